import Crypto

/// One numbered step of the schema, as it is in `Schema/sql`.
///
/// The text is in the program itself, not in a resource beside it, so that it is found wherever
/// the program runs; a test compares it with the file. A migration that has been released is never
/// changed: its checksum is in every database it made.
package struct Migration: Sendable, CustomStringConvertible {
  /// Its number, from 1 without gaps.
  package let version: Int
  /// The name of its file without the ending, such as `v0001_ledger`.
  package let name: String
  /// Its statements.
  package let sql: String

  init(_ version: Int, _ name: String, _ sql: String) {
    self.version = version
    self.name = name
    self.sql = sql
  }

  /// The name, without the statements.
  package var description: String { name }

  /// SHA-256 of the statements.
  package var checksum: [UInt8] { Array(SHA256.hash(data: Array(sql.utf8))) }

  /// Every migration of this version, ascending.
  package static let all: [Migration] = [
    v0001, v0002, v0003, v0004, v0005, v0006, v0007, v0008, v0009, v0010, v0011,
    v0012, v0013, v0014, v0015, v0016, v0017, v0018, v0019, v0020,
  ]
}
