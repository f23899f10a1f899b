import FoundationEssentials
import SwiftProtobuf
import Wire

/// The body of a suspension: a key withdrawn by its holder or the registrar alone.
package struct Suspension: SignedBody, Hashable {
  package static let type = "suspension"

  package var signer: AgencyCode
  package var key: KeyID
  /// Whose key is withdrawn.
  package var agency: AgencyCode
  /// The key that is withdrawn.
  package var suspended: KeyID
  /// Why.
  package var reason: String

  /// Withdraws a key.
  package init(
    signer: AgencyCode, key: KeyID, agency: AgencyCode, suspended: KeyID, reason: String
  ) {
    self.signer = signer
    self.key = key
    self.agency = agency
    self.suspended = suspended
    self.reason = reason
  }

  package func encoded() -> [UInt8] {
    var wire = WireSuspension()
    wire.signer = signer.rawValue
    wire.key = key.wire
    wire.agency = agency.rawValue
    wire.suspended = suspended.wire
    wire.reason = reason
    return LawfulForm.encode(wire)
  }

  package init?(decoding bytes: [UInt8]) {
    guard let wire = LawfulForm.decode(WireSuspension.self, bytes),
      let signer = AgencyCode(wire.signer), let key = KeyID(wire.key),
      let agency = AgencyCode(wire.agency), let suspended = KeyID(wire.suspended)
    else { return nil }
    self.init(
      signer: signer, key: key, agency: agency, suspended: suspended, reason: wire.reason)
  }
}
