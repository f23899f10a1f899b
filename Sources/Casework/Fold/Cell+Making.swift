import Ledger

extension Cell {
  /// Null for no text and for an empty one.
  static func optional(_ value: String?) -> Cell {
    guard let value, !value.isEmpty else { return .null }
    return .text(value)
  }

  static func agency(_ code: AgencyCode?) -> Cell { code.map { .text($0.rawValue) } ?? .null }

  static func agencies(_ codes: [AgencyCode]) -> Cell { .textArray(codes.map(\.rawValue)) }

  static func ids(_ list: [RecordID]) -> Cell { .textArray(list.map(\.uuidString)) }

  static func optional(_ id: RecordID?) -> Cell { id.map { .uuid($0) } ?? .null }

  static func optional(_ date: CivilDate?) -> Cell { date.map { .date($0) } ?? .null }

  static func optional(_ number: Int64?) -> Cell { number.map { .int($0) } ?? .null }

  static func code(_ code: (some CodeTable)?) -> Cell { code.map { .text($0.rawValue) } ?? .null }

  static func number(_ value: some BinaryInteger) -> Cell { .int(Int64(clamping: value)) }
}

extension ProjectedRow {
  /// The row of an open table, or of its sealed twin when the audience is not everybody.
  init(_ table: TableSchema, audience: [AgencyCode], _ cells: [Cell]) {
    if audience.isEmpty {
      self.init(table: table.name, cells: cells)
    } else {
      self.init(
        table: table.name.replacingPrefix("casework.", with: "casework.sealed_"),
        cells: cells + [.agencies(audience), .bytes(Self.hash(of: audience).bytes)])
    }
  }

  private static func hash(of audience: [AgencyCode]) -> Hash256 {
    .sha256(Array(audience.map(\.rawValue).joined(separator: ",").utf8))
  }
}
