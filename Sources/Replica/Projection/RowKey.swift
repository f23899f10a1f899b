import Casework

/// Which row of which table: the cells of the primary key.
struct RowKey: Hashable {
  let table: String
  let cells: [Cell]

  init(_ row: ProjectedRow) {
    table = row.table
    cells = (Self.positions[row.table] ?? []).map { row.cells[$0] }
  }

  /// The columns of the key of each table.
  private static let positions = Dictionary(
    uniqueKeysWithValues: Tables.all.map { ($0.name, $0.keyPositions) })

  /// The key as a person reads it: its cells as PostgreSQL writes them, joined by slashes.
  var text: String {
    let line = CopyText.line(ProjectedRow(table: table, cells: cells)).dropLast()
    return line.split(separator: "\t", omittingEmptySubsequences: false).map { cell in
      cell.hasPrefix("\\\\x") ? String(cell.dropFirst(3)) : String(cell)
    }.joined(separator: "/")
  }

  /// Rows by their key, in the order of the first of each.
  ///
  /// Of rows with one key one alone is kept, on every replica of the same records the same, so that
  /// no author can write what stops the rows of a dossier.
  static func unique(_ rows: [ProjectedRow]) -> [(key: RowKey, row: ProjectedRow)] {
    var place: [RowKey: Int] = [:]
    var result: [(key: RowKey, row: ProjectedRow)] = []
    result.reserveCapacity(rows.count)
    for row in rows {
      let key = RowKey(row)
      if let known = place[key] {
        if row.comes(before: result[known].row) { result[known].row = row }
      } else {
        place[key] = result.count
        result.append((key, row))
      }
    }
    return result
  }
}

extension ProjectedRow {
  /// Whether this of two rows with one key is kept: the one with the smaller bytes.
  fileprivate func comes(before other: ProjectedRow) -> Bool {
    CopyText.line(self).utf8.lexicographicallyPrecedes(CopyText.line(other).utf8)
  }
}
