import Casework

/// What the rows of a dossier were when this process wrote or read them, small enough to be kept.
///
/// A row is known by a hash under a key that this process drew at its start, so nobody can make two
/// rows that pass for one; by chance two do once in 2^64. With marks a step that adds three rows
/// asks the database for none. What somebody else did to the tables since is not seen, nor mended
/// in passing: that is what the check of the own tables is for, which reads past every cache.
struct RowMarks: Sendable {
  /// What a change of the fold asks for.
  struct Change {
    /// Rows to write.
    var written: [ProjectedRow] = []
    /// Rows to remove.
    var removed: [RowKey] = []
  }

  private var marks: [RowKey: Int] = [:]

  /// The marks of a dossier that has no rows.
  init() {}

  /// The marks of rows that are on disk now.
  init(_ rows: [ProjectedRow]) { _ = renew(rows) }

  /// What the marks take in memory, about: a key of one or two cells, a hash and the table's part.
  var byteCount: Int { marks.count * Limits.rowMarkBytes }

  /// Moves on to what the fold gives now.
  mutating func renew(_ folded: [ProjectedRow]) -> Change {
    var change = Change()
    var rest = marks
    for (key, row) in RowKey.unique(folded) {
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
}
