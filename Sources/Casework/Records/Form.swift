import Ledger
import Wire

/// Why a record's body is not a lawful record of its type.
package struct RecordFlaw: Error, Equatable, Sendable {
  /// What is wrong, as a code of the void table.
  package let reason: Invalidity
  /// Which field, and what it holds.
  package let detail: String

  /// The detail of a cover that names a level of state secrets.
  package static let stateSecretCover = "classification:stateSecret"

  init(_ reason: Invalidity, _ detail: String) {
    self.reason = reason
    self.detail = detail
  }
}

/// Checks shared by the readers of the record types: each returns the typed value or throws a flaw.
enum Form {
  /// A text that PostgreSQL can hold: without U+0000.
  static func text(_ text: String, _ field: String) throws(RecordFlaw) -> String {
    guard !text.utf8.contains(0) else { throw RecordFlaw(.malformed, "\(field):nul") }
    return text
  }

  static func optionalText(_ value: String, _ field: String) throws(RecordFlaw) -> String? {
    value.isEmpty ? nil : try text(value, field)
  }

  static func agency(_ code: String, _ field: String) throws(RecordFlaw) -> AgencyCode {
    guard let agency = AgencyCode(code) else { throw RecordFlaw(.malformed, "\(field):agency") }
    return agency
  }

  static func optionalAgency(_ code: String, _ field: String) throws(RecordFlaw) -> AgencyCode? {
    code.isEmpty ? nil : try agency(code, field)
  }

  /// Agency codes, ascending and without a repetition.
  static func agencies(_ codes: [String], _ field: String) throws(RecordFlaw) -> [AgencyCode] {
    var result: [AgencyCode] = []
    for code in codes {
      let next = try agency(code, field)
      if let last = result.last, last.rawValue >= next.rawValue {
        throw RecordFlaw(.malformed, "\(field):order")
      }
      result.append(next)
    }
    return result
  }

  static func id(_ bytes: some Collection<UInt8>, _ field: String) throws(RecordFlaw) -> RecordID {
    guard let id = RecordID(bytes: bytes) else { throw RecordFlaw(.malformed, "\(field):id") }
    return id
  }

  static func optionalID(
    _ bytes: some Collection<UInt8>, _ field: String
  ) throws(RecordFlaw) -> RecordID? {
    bytes.isEmpty ? nil : try id(bytes, field)
  }

  /// Record ids without a repetition; their order means something and is kept.
  static func ids(
    _ list: [some Collection<UInt8>], _ field: String
  ) throws(RecordFlaw) -> [RecordID] {
    var result: [RecordID] = []
    var seen: Set<RecordID> = []
    for bytes in list {
      let next = try id(bytes, field)
      if !seen.insert(next).inserted { throw RecordFlaw(.malformed, "\(field):repeated") }
      result.append(next)
    }
    return result
  }

  /// A day within the years 1900 to 2199.
  static func date(_ days: Int32, _ field: String) throws(RecordFlaw) -> CivilDate {
    guard Limits.firstDay...Limits.lastDay ~= days else {
      throw RecordFlaw(.malformed, "\(field):date")
    }
    return CivilDate(days: days)
  }

  /// The code of a table; one that could stand in a later build's table is unknown, not wrong.
  static func code<Code: CodeTable>(
    _ text: String, _ field: String, as: Code.Type = Code.self, or reason: Invalidity = .malformed
  ) throws(RecordFlaw) -> Code {
    guard let code = Code(rawValue: text) else { throw unlisted(text, field, or: reason) }
    return code
  }

  /// The flaw of a text that stands in no table of this build.
  ///
  /// - Parameters:
  ///   - text: what the record says.
  ///   - field: where it says so.
  ///   - reason: what is wrong when the text is no code in any build.
  /// - Returns: that the code is unknown, or the reason.
  static func unlisted(
    _ text: String, _ field: String, or reason: Invalidity
  ) -> RecordFlaw {
    guard isCode(text) else {
      return RecordFlaw(reason, reason == .malformed ? "\(field):code" : text)
    }
    return RecordFlaw(.unknownCode, "\(field):\(text)")
  }

  /// Whether a text has the form of the codes of every build: letters and digits of ASCII, the
  /// first a small letter.
  private static func isCode(_ text: String) -> Bool {
    let bytes = text.utf8
    guard 1...Limits.codeBytesMax ~= bytes.count, let first = bytes.first else { return false }
    return (0x61...0x7A).contains(first)
      && bytes.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte)
      }
  }

  static func optionalCode<Code: CodeTable>(
    _ text: String, _ field: String, as: Code.Type = Code.self
  ) throws(RecordFlaw) -> Code? {
    text.isEmpty ? nil : try code(text, field)
  }

  static func citations(
    _ list: [WireCitation], _ field: String
  ) throws(RecordFlaw) -> [Citation] {
    var result: [Citation] = []
    for wire in list {
      guard let change = ChangeSetID(wire.change) else {
        throw RecordFlaw(.malformed, "\(field):citation")
      }
      result.append(Citation(change: change, part: Int(wire.part), record: Int(wire.record)))
    }
    return result
  }

  static func hash(
    _ bytes: some Collection<UInt8>, _ field: String
  ) throws(RecordFlaw) -> Hash256 {
    guard let hash = Hash256(bytes) else { throw RecordFlaw(.malformed, "\(field):hash") }
    return hash
  }
}
