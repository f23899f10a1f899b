package import Ledger

/// One line of the audit: who did or tried what, and how it ended.
///
/// Lines form a chain: each is hashed with the hash of the line before it, and the head of the
/// chain is kept apart. A line that was changed or removed, the last one too, is found by
/// ``AuditLog``.
package struct AuditEntry: Sendable, Hashable {
  /// Its place in the chain, from 1.
  package var number: Int
  /// When, by the business clock.
  package var at: Timestamp
  /// The operating system's user.
  package var osUser: String
  /// The person of the agency; nil for operators' verbs and unknown people.
  package var person: RecordID?
  /// What the caller named the person.
  package var personName: String
  /// The operation of the API, or of the node itself.
  package var operation: String
  /// What it was about, as the caller named it.
  package var subject: String
  /// `ok`, or the name of the refusal.
  package var outcome: String
  /// The change set it wrote.
  package var change: ChangeSetID?
  /// What else is worth knowing, such as the number drawn; no content of papers.
  package var detail: String
  /// The hash of the line before it; `beginning` at the first.
  package var previous: Hash256

  /// SHA-256("guantong/audit/v1" ‖ 0x00 ‖ previous ‖ every field with its length).
  package var hash: Hash256 {
    let fields: [[UInt8]] = [
      Array(String(number).utf8), Array(String(at.microseconds).utf8), Array(osUser.utf8),
      person?.bytes ?? [], Array(personName.utf8), Array(operation.utf8), Array(subject.utf8),
      Array(outcome.utf8), change?.bytes ?? [], Array(detail.utf8),
    ]
    var bytes = Array("guantong/audit/v1".utf8) + [0] + previous.bytes
    for field in fields { bytes += Array("\(field.count):".utf8) + field }
    return .sha256(bytes)
  }

  /// The hash that stands before the first line.
  package static let beginning = Hash256.sha256(Array("guantong/audit/v1".utf8))
}
