package import Ledger
package import Postgres

// How the ledger's values stand in columns: hashes and ids as bytea, record ids as uuid, instants
// and dates as their own types. A column that holds anything else is a decoding error.

extension SQLScalar where Self: HashIdentifier {
  /// Thirty-two bytes.
  package static var sqlType: SQLType { .bytea }
  /// The bytes of the hash.
  package func encoded() -> [UInt8]? { bytes }
  /// Reads thirty-two bytes.
  package static func decode(_ cell: SQLCell) throws(PostgresError) -> Self {
    guard let value = Self(try cell.bytes(as: .bytea)) else {
      throw cell.malformed("not thirty-two bytes")
    }
    return value
  }
}

extension ChangeSetID: SQLScalar {}
extension DossierID: SQLScalar {}
extension KeyID: SQLScalar {}
extension PartHash: SQLScalar {}
extension SealRoot: SQLScalar {}

extension Hash256: SQLScalar {
  /// Thirty-two bytes.
  package static var sqlType: SQLType { .bytea }
  /// The bytes.
  package func encoded() -> [UInt8]? { bytes }
  /// Reads thirty-two bytes.
  package static func decode(_ cell: SQLCell) throws(PostgresError) -> Hash256 {
    guard let value = Hash256(try cell.bytes(as: .bytea)) else {
      throw cell.malformed("not thirty-two bytes")
    }
    return value
  }
}

extension OutboxID: SQLScalar {
  /// Sixteen bytes.
  package static var sqlType: SQLType { .bytea }
  /// The bytes.
  package func encoded() -> [UInt8]? { bytes }
  /// Reads sixteen bytes.
  package static func decode(_ cell: SQLCell) throws(PostgresError) -> OutboxID {
    guard let value = OutboxID(try cell.bytes(as: .bytea)) else {
      throw cell.malformed("not sixteen bytes")
    }
    return value
  }
}

extension AgencyCode: SQLScalar {
  /// The code as text.
  package static var sqlType: SQLType { .text }
  /// The code's bytes.
  package func encoded() -> [UInt8]? { rawValue.encoded() }
  /// Reads a lawful code.
  package static func decode(_ cell: SQLCell) throws(PostgresError) -> AgencyCode {
    guard let value = AgencyCode(try String.decode(cell)) else {
      throw cell.malformed("no agency code")
    }
    return value
  }
}

extension RecordID: SQLScalar {
  /// A uuid.
  package static var sqlType: SQLType { .uuid }
  /// The sixteen bytes.
  package func encoded() -> [UInt8]? { bytes }
  /// Reads a UUIDv7.
  package static func decode(_ cell: SQLCell) throws(PostgresError) -> RecordID {
    guard let value = RecordID(bytes: try cell.bytes(as: .uuid)) else {
      throw cell.malformed("no record id")
    }
    return value
  }
}

extension Timestamp: SQLScalar {
  /// A timestamptz.
  package static var sqlType: SQLType { .timestamptz }
  /// The instant.
  package func encoded() -> [UInt8]? { SQLTimestamp(microseconds: microseconds).encoded() }
  /// Reads an instant.
  package static func decode(_ cell: SQLCell) throws(PostgresError) -> Timestamp {
    Timestamp(microseconds: try SQLTimestamp.decode(cell).microseconds)
  }
}

extension CivilDate: SQLScalar {
  /// A date.
  package static var sqlType: SQLType { .date }
  /// The day.
  package func encoded() -> [UInt8]? { SQLDate(days: days).encoded() }
  /// Reads a day.
  package static func decode(_ cell: SQLCell) throws(PostgresError) -> CivilDate {
    CivilDate(days: try SQLDate.decode(cell).days)
  }
}

/// A peer's 64-bit number in a bigint, bit for bit: it may claim any, and none is compared by SQL.
struct PeerNumber: SQLScalar {
  let value: UInt64

  init(_ value: UInt64) {
    self.value = value
  }

  static var sqlType: SQLType { .int8 }

  func encoded() -> [UInt8]? { Int64(bitPattern: value).encoded() }

  static func decode(_ cell: SQLCell) throws(PostgresError) -> PeerNumber {
    PeerNumber(UInt64(bitPattern: try Int64.decode(cell)))
  }
}
