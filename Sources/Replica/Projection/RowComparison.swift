import Casework
import Exchange
import Ledger

/// What the fold gives against what a table holds.
struct RowComparison {
  /// Rows to write: missing or changed ones, as the fold gives them.
  private(set) var written: [String: [ProjectedRow]] = [:]
  /// Rows to remove: extra ones, as they are on disk.
  private(set) var removed: [String: [ProjectedRow]] = [:]
  /// Every row that differs.
  private var found: [Found] = []

  private struct Found {
    let key: Key
    let seen: ProjectedRow?
    let due: ProjectedRow?

    func difference(of dossier: DossierID?) -> RowDifference {
      RowDifference(
        table: key.table, id: key.text,
        kind: seen == nil ? .missing : due == nil ? .extra : .changed, dossier: dossier,
        seen: seen.map(Self.digest), due: due.map(Self.digest))
    }

    private static func digest(_ row: ProjectedRow) -> Hash256 {
      .sha256(Array(CopyText.line(row).utf8))
    }
  }

  private struct Key: Hashable {
    let table: String
    let cells: [Cell]

    init(_ row: ProjectedRow) {
      table = row.table
      cells = (Tables.table(row.table)?.keyPositions ?? []).map { row.cells[$0] }
    }

    /// The key as a person reads it: its cells as PostgreSQL writes them, joined by slashes.
    var text: String {
      let line = CopyText.line(ProjectedRow(table: table, cells: cells)).dropLast()
      return line.split(separator: "\t", omittingEmptySubsequences: false).map { cell in
        cell.hasPrefix("\\\\x") ? String(cell.dropFirst(3)) : String(cell)
      }.joined(separator: "/")
    }
  }

  /// Compares rows.
  ///
  /// Of folded rows with one key one alone is kept, on every replica of the same records the same,
  /// so that no author can write what stops the rows of a dossier.
  init(folded: [ProjectedRow], onDisk: [ProjectedRow]) {
    var rest: [Key: ProjectedRow] = [:]
    for row in onDisk { rest[Key(row)] = row }
    let keyed = folded.map { (key: Key($0), row: $0) }
    var kept: [Key: ProjectedRow] = [:]
    for (key, row) in keyed {
      kept[key] = kept[key].map { $0.comes(before: row) ? $0 : row } ?? row
    }
    for (key, _) in keyed {
      guard let row = kept.removeValue(forKey: key) else { continue }
      let other = rest.removeValue(forKey: key)
      if other != row { note(Found(key: key, seen: other, due: row)) }
    }
    for (key, row) in rest { note(Found(key: key, seen: row, due: nil)) }
  }

  /// The rows that differ, by table and key.
  func differences(of dossier: DossierID) -> [RowDifference] {
    found.map { $0.difference(of: dossier) }.sorted { ($0.table, $0.id) < ($1.table, $1.id) }
  }

  /// The same for only those of the rows that a plan names as they are.
  func limited(to planned: Set<RowDifference>) -> RowComparison {
    let dossier = planned.first?.dossier
    var result = RowComparison(folded: [], onDisk: [])
    for one in found where planned.contains(one.difference(of: dossier)) { result.note(one) }
    return result
  }

  private mutating func note(_ one: Found) {
    found.append(one)
    if let due = one.due {
      written[due.table, default: []].append(due)
    } else if let seen = one.seen {
      removed[seen.table, default: []].append(seen)
    }
  }
}

extension ProjectedRow {
  /// Whether this of two rows with one key is kept: the one with the smaller bytes.
  fileprivate func comes(before other: ProjectedRow) -> Bool {
    CopyText.line(self).utf8.lexicographicallyPrecedes(CopyText.line(other).utf8)
  }
}
