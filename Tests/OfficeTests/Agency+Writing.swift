import Casework
import Exchange
import Ledger
import Office
import Replica
import TestSupport
import Testing

extension Agency {
  /// Writes records into a dossier past the office, as another build or a dishonest node may.
  func write(
    _ records: [Record], for audience: [AgencyCode] = [], in dossier: String
  ) async throws {
    var content = ChangeContent()
    content.add(records, audience: audience.sorted())
    let id = try #require(DossierID(hex: dossier))
    let draft = Draft(dossier: id, parts: content.parts)
    _ = try await store.write(
      Append(
        author: Signatory(agency: code, key: key), drafts: [draft], now: office.clock.now,
        gate: .open)
    ).get()
  }

  /// The id of the person who has a role.
  func person(_ role: Role) async throws -> RecordID {
    let people = try await store.read { transaction in
      try transaction.directory()?.current.people(of: code) ?? []
    }
    return try #require(people.first { $0.roles.contains(role.rawValue) }).id
  }

  /// A record of this agency that carries a document; the same seed makes the same id.
  func record(_ document: Casework.Document, seed: UInt8) -> Record {
    Record(id: recordID(seed), author: code, .document(document))
  }

  /// An id for a record that is written past the office.
  func recordID(_ seed: UInt8) -> RecordID {
    RecordID(timestamp: office.clock.now, random: Array(repeating: seed, count: 10))
  }
}
