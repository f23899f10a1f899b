extension JSONValue {
  /// Why a document does not have the shape asked for.
  package struct ShapeFailure: Error, Hashable, Sendable {
    /// Path of the field, its names joined by dots.
    package var field: String
    /// What was expected there.
    package var expected: String
  }

  /// Decodes a value.
  ///
  /// Unknown members are ignored, an absent list is empty and an absent flag is off.
  ///
  /// - Parameters:
  ///   - type: what is wanted.
  ///   - texts: the members that came as text, because a path or a query knows nothing else; there
  ///     text stands for a number, a flag or a list of one.
  /// - Returns: the value.
  /// - Throws: `ShapeFailure`.
  package func decoded<Value: Decodable>(
    as type: Value.Type = Value.self, texts: Set<String> = []
  ) throws -> Value {
    try Value(from: JSONValueDecoder(value: self, path: [], texts: texts))
  }
}

private protocol EmptyWhenAbsent {
  static var empty: Self { get }
}

extension Array: EmptyWhenAbsent {
  fileprivate static var empty: [Element] { [] }
}

private struct JSONValueDecoder: Decoder {
  let value: JSONValue
  let path: [String]
  let texts: Set<String>
  var isAbsent = false
  let codingPath: [any CodingKey] = []

  /// Whether the value came as text, whatever it stands for.
  var isText: Bool { path.first.map(texts.contains) ?? false }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func failure(_ expected: String) -> JSONValue.ShapeFailure {
    JSONValue.ShapeFailure(field: path.joined(separator: "."), expected: expected)
  }

  func container<Key: CodingKey>(
    keyedBy type: Key.Type
  ) throws -> KeyedDecodingContainer<Key> {
    guard case .object(let members) = value else { throw failure("object") }
    let values = Dictionary(members.map { ($0.name, $0.value) }) { first, _ in first }
    return KeyedDecodingContainer(FieldReader<Key>(decoder: self, values: values))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    switch value {
    case .array(let values): ElementReader(decoder: self, values: values)
    case .string where isText: ElementReader(decoder: self, values: [value])
    default: throw failure("list")
    }
  }

  func singleValueContainer() -> any SingleValueDecodingContainer {
    ScalarReader(decoder: self)
  }

  func bool() throws -> Bool {
    switch value {
    case .bool(let value): return value
    case .string("false") where isText: return false
    case .string("true") where isText, .string("") where isText: return true
    default: throw failure("flag")
    }
  }

  func string() throws -> String {
    guard case .string(let text) = value else { throw failure("text") }
    return text
  }

  func number() throws -> Double {
    switch value {
    case .number(let value): return value
    case .integer(let value): return Double(value)
    default: throw failure("number")
    }
  }

  func integer<Integer: FixedWidthInteger>() throws -> Integer {
    switch value {
    case .integer(let value):
      if let integer = Integer(exactly: value) { return integer }
    case .number(let value):
      // RFC 8259 has one kind of number: 3.0 is the integer 3.
      if let integer = Integer(exactly: value) { return integer }
    case .string(let text) where isText:
      if let integer = Integer(text) { return integer }
    default: break
    }
    throw failure("integer")
  }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    if isAbsent, let list = type as? any EmptyWhenAbsent.Type,
      let empty = list.empty as? Value
    {
      return empty
    }
    return try Value(from: self)
  }
}

private struct FieldReader<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let decoder: JSONValueDecoder
  let values: [String: JSONValue]
  var codingPath: [any CodingKey] { [] }
  var allKeys: [Key] { values.keys.compactMap { Key(stringValue: $0) } }

  func at(_ key: Key) -> JSONValueDecoder {
    let name = JSONValue.snakeCase(key.stringValue)
    return JSONValueDecoder(
      value: values[name] ?? .null, path: decoder.path + [name], texts: decoder.texts,
      isAbsent: values[name] == nil)
  }

  func contains(_ key: Key) -> Bool {
    values[JSONValue.snakeCase(key.stringValue)] != nil
  }

  func decodeNil(forKey key: Key) -> Bool { at(key).value == .null }
  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool {
    let flag = at(key)
    return flag.isAbsent ? false : try flag.bool()
  }
  func decode(_ type: String.Type, forKey key: Key) throws -> String { try at(key).string() }
  func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try at(key).number() }
  func decode(_ type: Float.Type, forKey key: Key) throws -> Float {
    Float(try at(key).number())
  }
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try at(key).integer() }
  func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try at(key).integer() }
  func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try at(key).integer() }
  func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try at(key).integer() }
  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try at(key).integer() }
  func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try at(key).integer() }
  func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try at(key).integer() }
  func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try at(key).integer() }
  func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try at(key).integer() }
  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try at(key).integer() }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try at(key).decode(type)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try at(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try at(key).unkeyedContainer()
  }

  func superDecoder() -> any Decoder { decoder }
  func superDecoder(forKey key: Key) -> any Decoder { at(key) }
}

private struct ElementReader: UnkeyedDecodingContainer {
  let decoder: JSONValueDecoder
  let values: [JSONValue]
  var currentIndex = 0
  var codingPath: [any CodingKey] { [] }
  var count: Int? { values.count }
  var isAtEnd: Bool { currentIndex == values.count }

  init(decoder: JSONValueDecoder, values: [JSONValue]) {
    self.decoder = decoder
    self.values = values
  }

  mutating func next() throws -> JSONValueDecoder {
    guard !isAtEnd else { throw decoder.failure("one more element") }
    defer { currentIndex += 1 }
    return JSONValueDecoder(
      value: values[currentIndex], path: decoder.path + [String(currentIndex)],
      texts: decoder.texts)
  }

  mutating func decodeNil() -> Bool {
    guard !isAtEnd, values[currentIndex] == .null else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try next().decode(type)
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> {
    try next().container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try next().unkeyedContainer()
  }

  mutating func superDecoder() throws -> any Decoder { try next() }
}

private struct ScalarReader: SingleValueDecodingContainer {
  let decoder: JSONValueDecoder
  var codingPath: [any CodingKey] { [] }

  func decodeNil() -> Bool { decoder.value == .null }
  func decode(_ type: Bool.Type) throws -> Bool { try decoder.bool() }
  func decode(_ type: String.Type) throws -> String { try decoder.string() }
  func decode(_ type: Double.Type) throws -> Double { try decoder.number() }
  func decode(_ type: Float.Type) throws -> Float { Float(try decoder.number()) }
  func decode(_ type: Int.Type) throws -> Int { try decoder.integer() }
  func decode(_ type: Int8.Type) throws -> Int8 { try decoder.integer() }
  func decode(_ type: Int16.Type) throws -> Int16 { try decoder.integer() }
  func decode(_ type: Int32.Type) throws -> Int32 { try decoder.integer() }
  func decode(_ type: Int64.Type) throws -> Int64 { try decoder.integer() }
  func decode(_ type: UInt.Type) throws -> UInt { try decoder.integer() }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try decoder.integer() }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try decoder.integer() }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try decoder.integer() }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try decoder.integer() }
  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try decoder.decode(type) }
}
