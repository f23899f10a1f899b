import Casework
import Exchange
import Ledger
import Postgres

/// The `casework` tables as the projection sees them: any table that its schema describes.
enum Projection {
  static let tables = Tables.all

  /// The rows of these dossiers as they are on disk.
  ///
  /// A row whose cells cannot be read as what the schema says (a superuser's UUID that is no
  /// version 7, an infinite date, a list with a NULL) is given as one that differs from every
  /// lawful row.
  static func rows(
    of dossiers: [[UInt8]], in tables: [TableSchema], _ sql: borrowing Transaction
  ) throws -> [ProjectedRow] {
    let questions = tables.map { table -> SQL in
      let columns = SQL.joined(
        table.columns.map { "\(unsafeIdentifier: $0.name)" }, by: ", ")
      return """
        SELECT \(columns) FROM \(unsafeQualifiedIdentifier: table.name)
        WHERE dossier = ANY(\(dossiers))
        """
    }
    var result: [ProjectedRow] = []
    for (table, rows) in zip(tables, try sql.rows(ofEach: questions)) {
      for row in rows {
        let cells = try table.columns.indices.map { try cell(row, $0, table.columns[$0].type) }
        result.append(ProjectedRow(table: table.name, cells: cells))
      }
    }
    return result
  }

  /// Rows by the bytes of their dossier, each of which is that of some ``rows(of:in:_:)``.
  static func byDossier(_ rows: [ProjectedRow]) -> [[UInt8]: [ProjectedRow]] {
    var places: [String: Int] = [:]
    for table in tables {
      places[table.name] = table.columns.firstIndex { $0.name == "dossier" }
    }
    return Dictionary(grouping: rows) { row in
      guard let place = places[row.table], case .bytes(let dossier) = row.cells[place] else {
        return []
      }
      return dossier
    }
  }

  private static func cell(_ row: Row, _ index: Int, _ type: ColumnType) throws -> Cell {
    guard try row.cell(index).bytes != nil else { return .null }
    switch type {
    case .text: return .text(try row.value(index))
    case .int: return .int(try row.value(index))
    case .bool: return .bool(try row.value(index))
    case .bytes: return .bytes(try row.value(index))
    case .textArray:
      let list = try? row.value(index, as: [String].self)
      return list.map { .textArray($0) } ?? .text("not a plain list")
    case .uuid:
      let raw = try row.value(index, as: SQLUUID.self)
      return RecordID(bytes: raw.bytes).map { .uuid($0) } ?? .bytes(raw.bytes)
    case .date:
      let date = try? row.value(index, as: CivilDate.self)
      return date.map { .date($0) } ?? .text("infinity")
    case .timestamp:
      let instant = try? row.value(index, as: Timestamp.self)
      return instant.map { .timestamp($0) } ?? .text("infinity")
    }
  }

  /// Makes the tables what a comparison or the marks ask for.
  static func write(
    _ written: [String: [ProjectedRow]], removing removed: [String: [RowKey]],
    _ sql: borrowing Transaction
  ) throws {
    for table in tables {
      try delete(removed[table.name] ?? [], from: table, sql)
      try insert(written[table.name] ?? [], into: table, sql)
    }
  }

  /// Writes rows of one table, replacing those of equal keys.
  private static func insert(
    _ rows: [ProjectedRow], into table: TableSchema, _ sql: borrowing Transaction
  ) throws {
    guard !rows.isEmpty else { return }
    let binds = try table.columns.indices.map { index in
      try bind(rows.map { $0.cells[index] }, table.columns[index].type)
    }
    let upsert = upserts[table.name] ?? Upsert(table)
    try sql.later("\(upsert.head)\(SQL.joined(binds, by: ", "))\(upsert.tail)")
  }

  /// What stands around the values where rows are written, made once for each table: a step writes
  /// one row in each of several tables, and the text takes longer to make than the values.
  private struct Upsert: Sendable {
    let head: SQL
    let tail: SQL

    init(_ table: TableSchema) {
      let names = SQL.joined(table.columns.map { "\(unsafeIdentifier: $0.name)" }, by: ", ")
      let sources = table.columns.map { column -> SQL in
        column.type == .textArray
          ? "\(unsafeIdentifier: column.name)::text[]" : "\(unsafeIdentifier: column.name)"
      }
      let others = table.columns.filter { !table.key.contains($0.name) }.map { column -> SQL in
        "\(unsafeIdentifier: column.name) = excluded.\(unsafeIdentifier: column.name)"
      }
      let resolution: SQL =
        others.isEmpty ? "DO NOTHING" : "DO UPDATE SET \(SQL.joined(others, by: ", "))"
      let key = SQL.joined(table.key.map { "\(unsafeIdentifier: $0)" }, by: ", ")
      let head: SQL = """
        INSERT INTO \(unsafeQualifiedIdentifier: table.name) (\(names))
        SELECT \(SQL.joined(sources, by: ", "))
        FROM unnest(
        """
      let tail: SQL = """
        ) AS r (\(names))
        ON CONFLICT (\(key)) \(resolution)
        """
      (self.head, self.tail) = (head.compacted(), tail.compacted())
    }
  }

  private static let upserts = Dictionary(
    uniqueKeysWithValues: tables.map { ($0.name, Upsert($0)) })

  /// Removes rows of one table by their keys.
  private static func delete(
    _ keys: [RowKey], from table: TableSchema, _ sql: borrowing Transaction
  ) throws {
    guard !keys.isEmpty else { return }
    let positions = table.keyPositions
    let binds = try positions.enumerated().map { place, index in
      try bind(keys.map { $0.cells[place] }, table.columns[index].type)
    }
    let names = positions.map { SQL("\(unsafeIdentifier: table.columns[$0].name)") }
    let conditions = positions.map { index -> SQL in
      let name = table.columns[index].name
      return "t.\(unsafeIdentifier: name) = k.\(unsafeIdentifier: name)"
    }
    try sql.later(
      """
      DELETE FROM \(unsafeQualifiedIdentifier: table.name) AS t
      USING unnest(\(SQL.joined(binds, by: ", "))) AS k (\(SQL.joined(names, by: ", ")))
      WHERE \(SQL.joined(conditions, by: " AND "))
      """)
  }

  /// One column of many rows as one array.
  private static func bind(_ cells: [Cell], _ type: ColumnType) throws -> SQL {
    switch type {
    case .text: "\(try values(cells) { if case .text(let value) = $0 { value } else { nil } })"
    case .int: "\(try values(cells) { if case .int(let value) = $0 { value } else { nil } })"
    case .bool: "\(try values(cells) { if case .bool(let value) = $0 { value } else { nil } })"
    case .bytes: "\(try values(cells) { if case .bytes(let value) = $0 { value } else { nil } })"
    case .date: "\(try values(cells) { if case .date(let value) = $0 { value } else { nil } })"
    case .timestamp:
      "\(try values(cells) { if case .timestamp(let value) = $0 { value } else { nil } })"
    case .uuid:
      "\(try values(cells, uuid))"
    case .textArray:
      "\(try values(cells, list))"
    }
  }

  private static func values<Value>(
    _ cells: [Cell], _ read: (Cell) -> Value?
  ) throws -> [Value?] {
    try cells.map { cell in
      if cell == .null { return nil }
      guard let value = read(cell) else {
        throw ExchangeError(.corrupt, "a cell of another type than its column")
      }
      return value
    }
  }

  /// A row written by hand may have an id that is no version 7; it can still be removed.
  private static func uuid(_ cell: Cell) -> SQLUUID? {
    switch cell {
    case .uuid(let id): SQLUUID(id.bytes)
    case .bytes(let bytes): SQLUUID(bytes)
    default: nil
    }
  }

  private static func list(_ cell: Cell) -> String? {
    if case .textArray(let list) = cell { ArrayLiteral.text(list) } else { nil }
  }
}
