/// A JSON document whose objects keep the order of their members.
///
/// The contract puts `schema` first and pins the rest of the order by golden files; Foundation's
/// encoder promises no order. This type, its parser, its writer and the two coders beside it are
/// all of the JSON that the office API uses.
package enum JSONValue: Hashable, Sendable {
  /// The value `null`.
  case null
  /// A truth value.
  case bool(Bool)
  /// A number without fraction that fits 64 bits; counts and amounts are never anything else.
  case integer(Int64)
  /// Any other number.
  case number(Double)
  /// Text.
  case string(String)
  /// A list.
  case array([JSONValue])
  /// An object; names are unique.
  case object([Member])

  /// One member of an object.
  package struct Member: Hashable, Sendable {
    /// The name.
    package var name: String
    /// The value.
    package var value: JSONValue

    /// Pairs a name with a value.
    package init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// The member with this name; nil for another kind of value.
  package subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// The text of a scalar as a person or a query string writes it; nil for lists and objects.
  package var text: String? {
    switch self {
    case .null: ""
    case .bool(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let value): "\(value)"
    case .string(let value): value
    case .array, .object: nil
    }
  }
}
