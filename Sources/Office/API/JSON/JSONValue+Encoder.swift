extension JSONValue {
  /// Encodes a value with its fields in their order of declaration.
  ///
  /// Names become snake case and an absent optional becomes `null`, so that a reader finds every
  /// field of the contract in every answer.
  package init(encoding value: some Encodable) throws {
    let encoder = JSONValueEncoder()
    try value.encode(to: encoder)
    self = encoder.value
  }

  /// The name under which the contract shows a field: `lastReceivedAt` becomes `last_received_at`.
  package static func snakeCase(_ name: String) -> String {
    var result = ""
    for character in name {
      if character.isUppercase { result += "_" }
      result += character.lowercased()
    }
    return result
  }
}

/// Collects what a value encodes; one box per nesting level.
private final class JSONValueEncoder: Encoder {
  var value = JSONValue.null
  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any] = [:]

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if case .object = value {} else { value = .object([]) }
    return KeyedEncodingContainer(Fields(encoder: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    value = .array([])
    return Elements(encoder: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    Scalar(encoder: self)
  }

  static func value(of value: some Encodable) throws -> JSONValue {
    let encoder = JSONValueEncoder()
    try value.encode(to: encoder)
    return encoder.value
  }
}

private struct Fields<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let encoder: JSONValueEncoder
  let codingPath: [any CodingKey] = []

  func put(_ value: JSONValue, _ key: Key) {
    guard case .object(var members) = encoder.value else { return }
    members.append(JSONValue.Member(JSONValue.snakeCase(key.stringValue), value))
    encoder.value = .object(members)
  }

  func encodeNil(forKey key: Key) { put(.null, key) }
  func encode(_ value: Bool, forKey key: Key) { put(.bool(value), key) }
  func encode(_ value: String, forKey key: Key) { put(.string(value), key) }
  func encode(_ value: Double, forKey key: Key) { put(.number(value), key) }
  func encode(_ value: Float, forKey key: Key) { put(.number(Double(value)), key) }
  func encode(_ value: Int, forKey key: Key) { put(JSONValue(value), key) }
  func encode(_ value: Int8, forKey key: Key) { put(JSONValue(value), key) }
  func encode(_ value: Int16, forKey key: Key) { put(JSONValue(value), key) }
  func encode(_ value: Int32, forKey key: Key) { put(JSONValue(value), key) }
  func encode(_ value: Int64, forKey key: Key) { put(JSONValue(value), key) }
  func encode(_ value: UInt, forKey key: Key) { put(JSONValue(value), key) }
  func encode(_ value: UInt8, forKey key: Key) { put(JSONValue(value), key) }
  func encode(_ value: UInt16, forKey key: Key) { put(JSONValue(value), key) }
  func encode(_ value: UInt32, forKey key: Key) { put(JSONValue(value), key) }
  func encode(_ value: UInt64, forKey key: Key) { put(JSONValue(value), key) }

  func encode(_ value: some Encodable, forKey key: Key) throws {
    put(try JSONValueEncoder.value(of: value), key)
  }

  func encodeIfPresent(_ value: Bool?, forKey key: Key) {
    put(value.map(JSONValue.bool) ?? .null, key)
  }

  func encodeIfPresent(_ value: String?, forKey key: Key) {
    put(value.map(JSONValue.string) ?? .null, key)
  }

  func encodeIfPresent(_ value: Int?, forKey key: Key) {
    put(value.map { JSONValue($0) } ?? .null, key)
  }

  func encodeIfPresent(_ value: Int64?, forKey key: Key) {
    put(value.map { JSONValue($0) } ?? .null, key)
  }

  func encodeIfPresent(_ value: (some Encodable)?, forKey key: Key) throws {
    put(try value.map { try JSONValueEncoder.value(of: $0) } ?? .null, key)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    preconditionFailure("the shapes of this interface nest by their types")
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    preconditionFailure("the shapes of this interface nest by their types")
  }

  func superEncoder() -> any Encoder { encoder }
  func superEncoder(forKey key: Key) -> any Encoder { encoder }
}

private struct Elements: UnkeyedEncodingContainer {
  let encoder: JSONValueEncoder
  let codingPath: [any CodingKey] = []

  var count: Int {
    guard case .array(let values) = encoder.value else { return 0 }
    return values.count
  }

  func append(_ value: JSONValue) {
    guard case .array(var values) = encoder.value else { return }
    values.append(value)
    encoder.value = .array(values)
  }

  func encodeNil() { append(.null) }
  func encode(_ value: some Encodable) throws { append(try JSONValueEncoder.value(of: value)) }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) -> KeyedEncodingContainer<Nested> {
    preconditionFailure("the shapes of this interface nest by their types")
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    preconditionFailure("the shapes of this interface nest by their types")
  }

  func superEncoder() -> any Encoder { encoder }
}

private struct Scalar: SingleValueEncodingContainer {
  let encoder: JSONValueEncoder
  let codingPath: [any CodingKey] = []

  func encodeNil() { encoder.value = .null }
  func encode(_ value: Bool) { encoder.value = .bool(value) }
  func encode(_ value: String) { encoder.value = .string(value) }
  func encode(_ value: Double) { encoder.value = .number(value) }
  func encode(_ value: Float) { encoder.value = .number(Double(value)) }
  func encode(_ value: Int) { encoder.value = JSONValue(value) }
  func encode(_ value: Int8) { encoder.value = JSONValue(value) }
  func encode(_ value: Int16) { encoder.value = JSONValue(value) }
  func encode(_ value: Int32) { encoder.value = JSONValue(value) }
  func encode(_ value: Int64) { encoder.value = JSONValue(value) }
  func encode(_ value: UInt) { encoder.value = JSONValue(value) }
  func encode(_ value: UInt8) { encoder.value = JSONValue(value) }
  func encode(_ value: UInt16) { encoder.value = JSONValue(value) }
  func encode(_ value: UInt32) { encoder.value = JSONValue(value) }
  func encode(_ value: UInt64) { encoder.value = JSONValue(value) }
  func encode(_ value: some Encodable) throws {
    encoder.value = try JSONValueEncoder.value(of: value)
  }
}

extension JSONValue {
  fileprivate init(_ value: some BinaryInteger) {
    self = Int64(exactly: value).map(JSONValue.integer) ?? .number(Double(value))
  }
}
