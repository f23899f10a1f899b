import Casework
import Exchange

/// What the fold gives against what a table holds.
struct RowComparison {
  /// Rows to write: missing or changed ones, as the fold gives them.
  private(set) var written: [String: [ProjectedRow]] = [:]
  /// Rows to remove: extra ones, as they are on disk.
  private(set) var removed: [String: [ProjectedRow]] = [:]
  /// The same as a list, by table and key.
  private(set) var differences: [RowDifference] = []

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

  init(folded: [ProjectedRow], onDisk: [ProjectedRow]) {
    var rest: [Key: ProjectedRow] = [:]
    for row in onDisk { rest[Key(row)] = row }
    for row in folded {
      let key = Key(row)
      guard let other = rest.removeValue(forKey: key) else {
        note(row, key, .missing)
        continue
      }
      if other != row { note(row, key, .changed) }
    }
    for (key, row) in rest {
      removed[row.table, default: []].append(row)
      differences.append(RowDifference(table: row.table, id: key.text, kind: .extra))
    }
    differences.sort { ($0.table, $0.id) < ($1.table, $1.id) }
  }

  private mutating func note(_ row: ProjectedRow, _ key: Key, _ kind: RowDifference.Kind) {
    written[row.table, default: []].append(row)
    differences.append(RowDifference(table: row.table, id: key.text, kind: kind))
  }
}
