import FoundationEssentials
import SwiftProtobuf
import Wire

/// The body of particulars: how to reach an agency and who works there.
package struct Particulars: SignedBody, Hashable {
  package static let type = "particulars"

  package var signer: AgencyCode
  package var key: KeyID
  /// 1, 2, 3 …; the highest is in force.
  package var version: UInt64
  /// The https URL of the node; empty for one that only dials out.
  package var endpoint: String
  /// SHA-256 of the SubjectPublicKeyInfo of its TLS certificate; nil when it never answers.
  package var tlsPin: Hash256?
  /// Its X25519 key; empty when it takes no sealed envelopes.
  package var encryptionKey: [UInt8]
  /// Who works there.
  package var people: [Person]
  /// Whether pages to it travel as HPKE envelopes.
  package var gateway: Bool

  /// States an agency's particulars.
  package init(
    signer: AgencyCode, key: KeyID, version: UInt64, endpoint: String = "",
    tlsPin: Hash256? = nil, encryptionKey: [UInt8] = [], people: [Person] = [],
    gateway: Bool = false
  ) {
    self.signer = signer
    self.key = key
    self.version = version
    self.endpoint = endpoint
    self.tlsPin = tlsPin
    self.encryptionKey = encryptionKey
    self.people = people
    self.gateway = gateway
  }

  package func encoded() -> [UInt8] {
    var wire = WireParticulars()
    wire.signer = signer.rawValue
    wire.key = key.wire
    wire.version = version
    wire.endpoint = endpoint
    wire.tlsPin = Data(tlsPin?.bytes ?? [])
    wire.encryptionKey = Data(encryptionKey)
    wire.people = people.map(\.wire)
    wire.gateway = gateway
    return LawfulForm.encode(wire)
  }

  package init?(decoding bytes: [UInt8]) {
    guard FieldBudget.root([.field(7, upTo: Limits.peopleMax)]).covers(bytes),
      let wire = LawfulForm.decode(WireParticulars.self, bytes),
      let signer = AgencyCode(wire.signer), let key = KeyID(wire.key), wire.version > 0,
      wire.encryptionKey.isEmpty || wire.encryptionKey.count == 32,
      let people = all(wire.people, Person.init(wire:))
    else { return nil }
    var pin: Hash256?
    if !wire.tlsPin.isEmpty {
      guard let hash = Hash256(wire.tlsPin) else { return nil }
      pin = hash
    }
    self.init(
      signer: signer, key: key, version: wire.version, endpoint: wire.endpoint, tlsPin: pin,
      encryptionKey: Array(wire.encryptionKey), people: people, gateway: wire.gateway)
  }
}

/// A person who acts for an agency.
package struct Person: Hashable, Sendable {
  /// The person's id.
  package var id: RecordID
  /// The name.
  package var name: String
  /// The section the person works in.
  package var section: String
  /// The post.
  package var post: String
  /// The roles the person may act in.
  package var roles: [String]
  /// Whether the person no longer acts for the agency.
  package var ended: Bool
  /// The person this one stands in for.
  package var alternateOf: RecordID?

  /// Describes a person.
  package init(
    id: RecordID, name: String, section: String = "", post: String = "", roles: [String],
    ended: Bool = false, alternateOf: RecordID? = nil
  ) {
    self.id = id
    self.name = name
    self.section = section
    self.post = post
    self.roles = roles
    self.ended = ended
    self.alternateOf = alternateOf
  }

  var wire: WirePerson {
    var wire = WirePerson()
    wire.id = Data(id.bytes)
    wire.name = name
    wire.section = section
    wire.post = post
    wire.roles = roles
    wire.ended = ended
    wire.alternateOf = Data(alternateOf?.bytes ?? [])
    return wire
  }

  init?(wire: WirePerson) {
    guard let id = RecordID(bytes: wire.id) else { return nil }
    var alternateOf: RecordID?
    if !wire.alternateOf.isEmpty {
      guard let other = RecordID(bytes: wire.alternateOf) else { return nil }
      alternateOf = other
    }
    self.init(
      id: id, name: wire.name, section: wire.section, post: wire.post, roles: wire.roles,
      ended: wire.ended, alternateOf: alternateOf)
  }
}
