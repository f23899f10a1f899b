/// A Swift value that PostgreSQL can take as a bind and give back in a column.
///
/// Values travel in PostgreSQL's binary form, so no value is ever quoted and none can be read as
/// SQL. Other modules conform their own types (typed ids, timestamps) by the type they wrap.
package protocol SQLValue: Sendable {
  /// The type it is sent as.
  static var sqlType: SQLType { get }
  /// The binary form; nil is NULL.
  func encoded() -> [UInt8]?
  /// Reads a cell of a result.
  static func decode(_ cell: SQLCell) throws(PostgresError) -> Self
}

/// A value that can stand in an array.
///
/// It is apart from ``SQLValue`` because bytes are special: `[UInt8]` is a bytea, not an array.
package protocol SQLElement: Sendable {
  /// The type that an array of these is sent as.
  static var arrayType: SQLType { get }
  /// The binary form of a whole array.
  static func encodeArray(_ elements: [Self]) -> [UInt8]
  /// Reads a whole array.
  static func decodeArray(_ cell: SQLCell) throws(PostgresError) -> [Self]
}

/// A value that is a bind by itself and in arrays.
package protocol SQLScalar: SQLValue, SQLElement {}

extension SQLScalar {
  /// The array of the value's own type.
  package static var arrayType: SQLType { sqlType.array }

  /// The binary form of an array of these.
  package static func encodeArray(_ elements: [Self]) -> [UInt8] {
    encodeArrayBody(elements.map { $0.encoded() }, of: sqlType)
  }

  /// Reads an array of these.
  package static func decodeArray(_ cell: SQLCell) throws(PostgresError) -> [Self] {
    var result: [Self] = []
    for element in try arrayElements(cell) { result.append(try decode(element)) }
    return result
  }
}

extension Optional: SQLValue where Wrapped: SQLValue {
  /// The wrapped value's type.
  package static var sqlType: SQLType { Wrapped.sqlType }
  /// NULL, or the wrapped value's form.
  package func encoded() -> [UInt8]? { flatMap { $0.encoded() } }
  /// Reads NULL as nil.
  package static func decode(_ cell: SQLCell) throws(PostgresError) -> Wrapped? {
    guard cell.bytes != nil else { return nil }
    return try Wrapped.decode(cell)
  }
}

extension Optional: SQLElement where Wrapped: SQLValue {
  /// The array of the wrapped value's type.
  package static var arrayType: SQLType { Wrapped.sqlType.array }
  /// The binary form of an array with NULLs.
  package static func encodeArray(_ elements: [Wrapped?]) -> [UInt8] {
    encodeArrayBody(elements.map { $0.flatMap { $0.encoded() } }, of: Wrapped.sqlType)
  }
  /// Reads an array with NULLs.
  package static func decodeArray(_ cell: SQLCell) throws(PostgresError) -> [Wrapped?] {
    var result: [Wrapped?] = []
    for element in try arrayElements(cell) { result.append(try Wrapped?.decode(element)) }
    return result
  }
}

extension Array: SQLValue where Element: SQLElement {
  /// The array of the element's type; bytea for bytes.
  package static var sqlType: SQLType { Element.arrayType }
  /// The array's binary form.
  package func encoded() -> [UInt8]? { Element.encodeArray(self) }
  /// Reads an array of one dimension.
  package static func decode(_ cell: SQLCell) throws(PostgresError) -> [Element] {
    try Element.decodeArray(cell)
  }
}

extension UInt8: SQLElement {
  /// Bytes are a bytea.
  package static var arrayType: SQLType { .bytea }
  /// The bytes themselves.
  package static func encodeArray(_ elements: [UInt8]) -> [UInt8] { elements }
  /// The bytes themselves.
  package static func decodeArray(_ cell: SQLCell) throws(PostgresError) -> [UInt8] {
    Array(try cell.bytes(as: .bytea))
  }
}

extension Array: SQLElement where Element == UInt8 {
  /// An array of byte strings.
  package static var arrayType: SQLType { SQLType.bytea.array }
  /// The binary form of an array of byte strings.
  package static func encodeArray(_ elements: [[UInt8]]) -> [UInt8] {
    encodeArrayBody(elements, of: .bytea)
  }
  /// Reads an array of byte strings.
  package static func decodeArray(_ cell: SQLCell) throws(PostgresError) -> [[UInt8]] {
    var result: [[UInt8]] = []
    for element in try arrayElements(cell) { result.append(try [UInt8].decode(element)) }
    return result
  }
}

extension RawRepresentable where Self: SQLValue, RawValue: SQLValue {
  /// The raw value's type.
  package static var sqlType: SQLType { RawValue.sqlType }
  /// The raw value's form.
  package func encoded() -> [UInt8]? { rawValue.encoded() }
  /// Reads the raw value and refuses one that the type does not know.
  package static func decode(_ cell: SQLCell) throws(PostgresError) -> Self {
    let raw = try RawValue.decode(cell)
    guard let value = Self(rawValue: raw) else {
      throw cell.malformed("not a value of \(Self.self)")
    }
    return value
  }
}

/// The binary form of arrays: dimensions, has-null flag, element type, size, lower bound, then
/// each element with its length (`array_send` in PostgreSQL's arrayfuncs.c).
private func encodeArrayBody(_ elements: [[UInt8]?], of type: SQLType) -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(20 + elements.reduce(0) { $0 + 4 + ($1?.count ?? 0) })
  bytes.append(bigEndian: Int32(elements.isEmpty ? 0 : 1))
  bytes.append(bigEndian: Int32(elements.contains { $0 == nil } ? 1 : 0))
  bytes.append(bigEndian: type.oid)
  guard !elements.isEmpty else { return bytes }
  bytes.append(bigEndian: Int32(elements.count))
  bytes.append(bigEndian: Int32(1))
  for element in elements {
    guard let element else {
      bytes.append(bigEndian: Int32(-1))
      continue
    }
    bytes.append(bigEndian: Int32(element.count))
    bytes += element
  }
  return bytes
}

/// The elements of an array cell, each as a cell of the element type that the array itself names.
private func arrayElements(_ cell: SQLCell) throws(PostgresError) -> [SQLCell] {
  guard let bytes = cell.bytes else { throw cell.malformed("NULL where an array is needed") }
  var reader = BigEndianReader(bytes)
  guard let dimensions = reader.int32(), reader.int32() != nil, let oid = reader.uint32() else {
    throw cell.malformed("not an array")
  }
  if dimensions == 0 { return [] }
  guard dimensions == 1, let count = reader.int32(), reader.int32() != nil, count >= 0 else {
    throw cell.malformed("an array of more than one dimension")
  }
  var elements: [SQLCell] = []
  elements.reserveCapacity(Int(min(count, 1_000_000)))
  for _ in 0..<count {
    guard let length = reader.int32() else { throw cell.malformed("a truncated array") }
    if length < 0 {
      elements.append(SQLCell(oid: oid, bytes: nil, column: cell.column))
    } else if let element = reader.take(Int(length)) {
      elements.append(SQLCell(oid: oid, bytes: element, column: cell.column))
    } else {
      throw cell.malformed("a truncated array")
    }
  }
  return elements
}
