import Casework
import Exchange

/// What the rows of a dossier were when this process wrote or read them, small enough to be kept.
///
/// A row is known by a hash under a key that this process drew at its start, so nobody can make two
/// rows that pass for one; by chance two do once in 2^64. With marks a step that adds three rows
/// asks the database for none, and makes and hashes no row but those that the step may change. What
/// somebody else did to the tables since is not seen, nor mended in passing: that is what the check
/// of the own tables is for, which reads past every cache.
struct RowMarks: Sendable {
  /// What a change of the fold asks for.
  struct Change {
    /// Rows to write.
    var written: [ProjectedRow] = []
    /// Rows to remove.
    var removed: [RowKey] = []
  }

  private var marks: [RowKey: Int] = [:]
  /// Whether several rows have one key: one of them is kept, which only all of them together tell.
  private var hasDoubles = false
  private var origins: RowOrigins?
  private var attachments: [ListedAttachment] = []
  private var needsUpgrade = false

  /// The marks of a dossier that has no rows.
  init() {}

  /// The marks of a dossier whose rows, all of them given, are on disk now.
  init(_ rows: [ProjectedRow], of folded: FoldedLog) {
    _ = renew(rows)
    note(folded)
  }

  /// What the marks take in memory, about: a key of one or two cells, a hash and the table's part.
  var byteCount: Int { marks.count * Limits.rowMarkBytes }

  /// Whether the attachments and the need of an upgrade are what they were.
  func agrees(with folded: FoldedLog) -> Bool {
    attachments == folded.attachments && needsUpgrade == folded.needsUpgrade
  }

  /// Moves on to what the fold gives now.
  mutating func renew(_ folded: FoldedLog) -> Change {
    var change: Change?
    if let changed = folded.changedRows(since: origins) { change = renew(changed) }
    note(folded)
    return change ?? renew(folded.rows)
  }

  private mutating func note(_ folded: FoldedLog) {
    origins = folded.origins
    attachments = folded.attachments
    needsUpgrade = folded.needsUpgrade
  }

  /// Moves on from all rows to all rows.
  mutating func renew(_ rows: [ProjectedRow]) -> Change {
    var change = Change()
    var rest = marks
    let unique = RowKey.unique(rows)
    hasDoubles = unique.count < rows.count
    for (key, row) in unique {
      let mark = row.hashValue
      if rest.removeValue(forKey: key) != mark {
        change.written.append(row)
        marks[key] = mark
      }
    }
    for key in rest.keys {
      change.removed.append(key)
      marks[key] = nil
    }
    return change
  }

  /// Moves on where no row but these is another than before.
  ///
  /// - Returns: what to do; nil, and nothing has changed, when a key has several rows, or had.
  mutating func renew(_ changed: ChangedRows) -> Change? {
    guard !hasDoubles else { return nil }
    var rest = Set(changed.former.map { RowKey($0) })
    var present: [RowKey: ProjectedRow] = [:]
    for row in changed.present {
      let key = RowKey(row)
      guard present.updateValue(row, forKey: key) == nil, rest.contains(key) || marks[key] == nil
      else { return nil }
    }
    var change = Change()
    for (key, row) in present {
      rest.remove(key)
      let mark = row.hashValue
      if marks.updateValue(mark, forKey: key) != mark { change.written.append(row) }
    }
    for key in rest {
      change.removed.append(key)
      marks[key] = nil
    }
    return change
  }
}
