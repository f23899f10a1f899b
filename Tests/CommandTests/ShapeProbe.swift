import Office

/// Decodes any shape of the API out of nothing, so that encoding it again shows every field.
///
/// Text is empty, numbers are 7, flags are true, optionals are there and lists have one element.
struct ShapeProbe: Decoder {
  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any] = [:]

  /// The JSON of a type with every field filled.
  static func value(of type: any Codable.Type) throws -> JSONValue {
    try JSONValue(encoding: type.init(from: ShapeProbe()))
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(Fields<Key>())
  }

  func unkeyedContainer() -> any UnkeyedDecodingContainer { Elements() }
  func singleValueContainer() -> any SingleValueDecodingContainer { Scalar() }

  private struct Fields<Key: CodingKey>: KeyedDecodingContainerProtocol {
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }
    func contains(_ key: Key) -> Bool { true }
    func decodeNil(forKey key: Key) -> Bool { false }
    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
      try Value(from: ShapeProbe())
    }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedDecodingContainer<Nested> { KeyedDecodingContainer(Fields<Nested>()) }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedDecodingContainer { Elements() }
    func superDecoder() -> any Decoder { ShapeProbe() }
    func superDecoder(forKey key: Key) -> any Decoder { ShapeProbe() }
  }

  private struct Elements: UnkeyedDecodingContainer {
    var codingPath: [any CodingKey] { [] }
    var count: Int? { 1 }
    var isAtEnd: Bool { currentIndex == 1 }
    var currentIndex = 0
    mutating func decodeNil() -> Bool { false }
    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
      currentIndex += 1
      return try Value(from: ShapeProbe())
    }

    mutating func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type
    ) -> KeyedDecodingContainer<Nested> { KeyedDecodingContainer(Fields<Nested>()) }

    mutating func nestedUnkeyedContainer() -> any UnkeyedDecodingContainer { Elements() }
    mutating func superDecoder() -> any Decoder { ShapeProbe() }
  }

  private struct Scalar: SingleValueDecodingContainer {
    var codingPath: [any CodingKey] { [] }
    func decodeNil() -> Bool { false }
    func decode(_ type: Bool.Type) -> Bool { true }
    func decode(_ type: String.Type) -> String { "" }
    func decode(_ type: Double.Type) -> Double { 7 }
    func decode(_ type: Float.Type) -> Float { 7 }
    func decode(_ type: Int.Type) -> Int { 7 }
    func decode(_ type: Int8.Type) -> Int8 { 7 }
    func decode(_ type: Int16.Type) -> Int16 { 7 }
    func decode(_ type: Int32.Type) -> Int32 { 7 }
    func decode(_ type: Int64.Type) -> Int64 { 7 }
    func decode(_ type: UInt.Type) -> UInt { 7 }
    func decode(_ type: UInt8.Type) -> UInt8 { 7 }
    func decode(_ type: UInt16.Type) -> UInt16 { 7 }
    func decode(_ type: UInt32.Type) -> UInt32 { 7 }
    func decode(_ type: UInt64.Type) -> UInt64 { 7 }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
      try Value(from: ShapeProbe())
    }
  }
}
