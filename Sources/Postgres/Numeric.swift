/// An exact decimal number of any size, sent as numeric.
///
/// Its binary form (`numeric_send`) is groups of four decimal digits: count, weight of the first
/// group, sign, display scale, then the groups.
package struct SQLNumeric: SQLScalar, Hashable {
  /// Plain decimal text: optional sign, digits, optional fraction.
  package let text: String

  /// Takes plain decimal text such as `-12.50`; exponents and anything else are refused.
  package init?(_ text: String) {
    var digits = Substring(text)
    if digits.first == "-" { digits = digits.dropFirst() }
    let halves = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard halves.count <= 2, digits.utf8.count <= 16_000 else { return nil }
    for half in halves {
      guard !half.isEmpty, half.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
    }
    self.text = text
  }

  /// Takes an integer.
  package init(_ value: Int) {
    text = "\(value)"
  }

  /// A numeric.
  package static var sqlType: SQLType { .numeric }

  /// The groups of four digits.
  package func encoded() -> [UInt8]? {
    let isNegative = text.hasPrefix("-")
    let halves = text.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
    var whole = Array(halves[0].utf8.map { $0 - 0x30 })
    var fraction = halves.count > 1 ? Array(halves[1].utf8.map { $0 - 0x30 }) : []
    let scale = fraction.count
    whole = Array(repeating: 0, count: (4 - whole.count % 4) % 4) + whole
    fraction += Array(repeating: 0, count: (4 - fraction.count % 4) % 4)
    let all = whole + fraction
    var groups = stride(from: 0, to: all.count, by: 4).map { start in
      all[start..<start + 4].reduce(Int16(0)) { $0 * 10 + Int16($1) }
    }
    var weight = whole.count / 4 - 1
    while let first = groups.first, first == 0 {
      groups.removeFirst()
      weight -= 1
    }
    while let last = groups.last, last == 0 { groups.removeLast() }
    if groups.isEmpty { weight = 0 }
    var bytes: [UInt8] = []
    bytes.append(bigEndian: Int16(groups.count))
    bytes.append(bigEndian: Int16(weight))
    bytes.append(bigEndian: UInt16(isNegative && !groups.isEmpty ? 0x4000 : 0))
    bytes.append(bigEndian: UInt16(scale))
    for group in groups { bytes.append(bigEndian: group) }
    return bytes
  }

  /// Reads a numeric; NaN and infinity are refused.
  package static func decode(_ cell: SQLCell) throws(PostgresError) -> SQLNumeric {
    var reader = BigEndianReader(try cell.bytes(as: .numeric))
    guard let count = reader.int16(), let weight = reader.int16(),
      let sign = reader.integer(UInt16.self), let scale = reader.int16(),
      sign == 0 || sign == 0x4000, count >= 0, scale >= 0
    else { throw cell.malformed("a numeric that is no plain number") }
    var groups: [Int16] = []
    for _ in 0..<count {
      guard let group = reader.int16() else { throw cell.malformed("a truncated numeric") }
      groups.append(group)
    }
    func digits(of exponent: Int) -> String {
      let index = Int(weight) - exponent
      let group = groups.indices.contains(index) ? groups[index] : 0
      let text = "\(group)"
      return String(repeating: "0", count: 4 - text.utf8.count) + text
    }
    var whole = ""
    for exponent in stride(from: max(Int(weight), 0), through: 0, by: -1) {
      whole += digits(of: exponent)
    }
    whole = String(whole.drop { $0 == "0" })
    if whole.isEmpty { whole = "0" }
    var fraction = ""
    for exponent in stride(from: -1, through: -(Int(scale) + 3) / 4, by: -1) {
      fraction += digits(of: exponent)
    }
    let tail = scale > 0 ? "." + fraction.prefix(Int(scale)) : ""
    guard let value = SQLNumeric((sign == 0 ? "" : "-") + whole + tail) else {
      throw cell.malformed("a numeric that is no plain number")
    }
    return value
  }
}
