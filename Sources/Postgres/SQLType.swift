/// A type of PostgreSQL that this module sends and reads, with its fixed object ids.
///
/// The ids are part of PostgreSQL's catalogue (`pg_type.dat`) and never change.
package struct SQLType: Sendable, Hashable {
  /// The type's own object id.
  package let oid: UInt32
  /// The object id of the type's array.
  package let arrayOID: UInt32
  /// The type's name, for messages.
  package let name: String

  init(_ oid: UInt32, array: UInt32, _ name: String) {
    self.oid = oid
    arrayOID = array
    self.name = name
  }

  /// Whether it is a type of arrays.
  var isArray: Bool { arrayOID == 0 }

  /// The type of arrays of this type.
  package var array: SQLType { SQLType(arrayOID, array: 0, "\(name)[]") }

  /// Names a type by its id for messages.
  static func name(of oid: UInt32) -> String {
    for type in all {
      if type.oid == oid { return type.name }
      if type.arrayOID == oid { return "\(type.name)[]" }
    }
    return "type \(oid)"
  }

  /// `boolean`, true or false.
  package static let bool = SQLType(16, array: 1000, "boolean")
  /// `bytea`, bytes.
  package static let bytea = SQLType(17, array: 1001, "bytea")
  /// `bigint`, 64 bits.
  package static let int8 = SQLType(20, array: 1016, "bigint")
  /// `smallint`, 16 bits.
  package static let int2 = SQLType(21, array: 1005, "smallint")
  /// `integer`, 32 bits.
  package static let int4 = SQLType(23, array: 1007, "integer")
  /// `text`, UTF-8 without NUL.
  package static let text = SQLType(25, array: 1009, "text")
  /// `json`, kept as the text it came as.
  package static let json = SQLType(114, array: 199, "json")
  /// `date`, a day of the calendar.
  package static let date = SQLType(1082, array: 1182, "date")
  /// `timestamptz`, a moment in microseconds.
  package static let timestamptz = SQLType(1184, array: 1185, "timestamptz")
  /// `numeric`, a decimal of any length.
  package static let numeric = SQLType(1700, array: 1231, "numeric")
  /// `uuid`, sixteen bytes.
  package static let uuid = SQLType(2950, array: 2951, "uuid")
  /// `jsonb`, kept as a value.
  package static let jsonb = SQLType(3802, array: 3807, "jsonb")
  static let name = SQLType(19, array: 1003, "name")
  static let varchar = SQLType(1043, array: 1015, "varchar")
  static let bpchar = SQLType(1042, array: 1014, "char")
  static let oid = SQLType(26, array: 1028, "oid")
  static let char = SQLType(18, array: 1002, "\"char\"")

  private static let all = [
    bool, bytea, int8, int2, int4, text, json, date, timestamptz, numeric, uuid, jsonb, name,
    varchar, bpchar, oid, char,
  ]
}

/// One cell of a result: its type and its bytes in PostgreSQL's binary form.
package struct SQLCell: Sendable {
  /// The object id of the column's type.
  package let oid: UInt32
  /// The bytes; nil is NULL.
  package let bytes: ArraySlice<UInt8>?
  let column: String

  /// The bytes of a cell that must have one of these types and must not be NULL.
  package func bytes(as types: SQLType...) throws(PostgresError) -> ArraySlice<UInt8> {
    for type in types where type.oid == oid {
      guard let bytes else {
        throw PostgresError(.decoding, object: column, detail: "NULL where a value is needed")
      }
      return bytes
    }
    let wanted = types.map(\.name).joined(separator: " or ")
    throw PostgresError(
      .decoding, object: column,
      detail: "\(SQLType.name(of: oid)) where \(wanted) is needed")
  }

  /// The error for bytes that are not what their type promises.
  package func malformed(_ what: String) -> PostgresError {
    PostgresError(.decoding, object: column, detail: what)
  }
}
