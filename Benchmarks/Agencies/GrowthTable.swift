import Foundation

/// One figure among so many agencies.
struct Measure: Codable {
  let name: String
  let unit: String
  /// Nil where it was not measured, for it would not fit into memory.
  let value: Double?

  /// A figure that was not taken is there as null.
  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(name, forKey: .name)
    try fields.encode(unit, forKey: .unit)
    try fields.encode(value, forKey: .value)
  }
}

/// The figures among so many agencies.
struct Column: Codable {
  let size: Int
  let measures: [Measure]
}

/// All figures beside each other.
struct GrowthTable: Codable {
  var schema = "guantong.growth/v1"
  let columns: [Column]

  /// As one JSON object.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// As a table in Markdown; the last column is the power of the number of agencies with which a
  /// figure grew between the two largest of its columns: 0 is flat, 1 is in proportion.
  func markdown() -> String {
    let heads = columns.map { "\($0.size)" }.joined(separator: " | ")
    var lines = [
      "| Measure | Unit | \(heads) | Power |",
      "|---|---|" + String(repeating: "---|", count: columns.count + 1),
    ]
    for (place, measure) in (columns.first?.measures ?? []).enumerated() {
      let values = columns.map(\.measures[place].value)
      let cells = values.map { $0.map(Self.text) ?? "–" }.joined(separator: " | ")
      lines.append("| \(measure.name) | \(measure.unit) | \(cells) | \(power(values)) |")
    }
    return lines.joined(separator: "\n")
  }

  private func power(_ values: [Double?]) -> String {
    let known = zip(columns, values).compactMap { column, value in
      value.flatMap { $0 > 0 ? (size: Double(column.size), value: $0) : nil }
    }.suffix(2)
    guard let least = known.first, let most = known.last, most.size > least.size else {
      return "–"
    }
    return String(format: "%.1f", log(most.value / least.value) / log(most.size / least.size))
  }

  /// Three digits that matter, or all before the point.
  private static func text(_ value: Double) -> String {
    switch abs(value) {
    case 100...: String(format: "%.0f", value)
    case 10...: String(format: "%.1f", value)
    default: String(format: "%.2f", value)
    }
  }
}
