import Crypto
import FoundationEssentials
package import Ledger
import SwiftProtobuf
import Wire

/// What a newcomer must hold to join: one use, 72 hours, ten tries.
package struct Invitation: SignedBody, Sendable, Equatable {
  /// The name under which it is signed.
  package static let type = "invitation"
  /// The number of bytes of the secret.
  package static let secretByteCount = 16

  /// The registrar.
  package var signer: AgencyCode
  /// The key that signs.
  package var key: KeyID
  /// The code it is for.
  package var agency: AgencyCode
  /// The registrar's address.
  package var endpoint: String
  /// SHA-256 of the registrar's TLS SubjectPublicKeyInfo.
  package var tlsPin: Hash256
  /// The id of the directory's first entry: what the newcomer pins.
  package var directory: DossierID
  /// The registrar's newest entry at the time.
  package var newest: ChangeSetID
  /// 128 random bits.
  package var secret: [UInt8]
  /// When it lapses.
  package var expiresAt: Timestamp

  /// Invites an agency.
  package init(
    signer: AgencyCode, key: KeyID, agency: AgencyCode, endpoint: String, tlsPin: Hash256,
    directory: DossierID, newest: ChangeSetID, secret: [UInt8], expiresAt: Timestamp
  ) {
    self.signer = signer
    self.key = key
    self.agency = agency
    self.endpoint = endpoint
    self.tlsPin = tlsPin
    self.directory = directory
    self.newest = newest
    self.secret = secret
    self.expiresAt = expiresAt
  }

  /// The body's bytes in their one lawful form.
  package func encoded() -> [UInt8] {
    var wire = WireInvitation()
    wire.signer = signer.rawValue
    wire.key = Data(key.bytes)
    wire.agency = agency.rawValue
    wire.endpoint = endpoint
    wire.tlsPin = Data(tlsPin.bytes)
    wire.directory = Data(directory.bytes)
    wire.newest = Data(newest.bytes)
    wire.secret = Data(secret)
    wire.expiresAt = expiresAt.microseconds
    return LawfulForm.encode(wire)
  }

  /// Reads a body.
  package init?(decoding bytes: [UInt8]) {
    guard let wire = LawfulForm.decode(WireInvitation.self, bytes),
      let signer = AgencyCode(wire.signer), let key = KeyID(wire.key),
      let agency = AgencyCode(wire.agency), let pin = Hash256(wire.tlsPin),
      let directory = DossierID(wire.directory), let newest = ChangeSetID(wire.newest),
      wire.secret.count == Self.secretByteCount,
      Timestamp.lawful.contains(Timestamp(microseconds: wire.expiresAt))
    else { return nil }
    self.init(
      signer: signer, key: key, agency: agency, endpoint: wire.endpoint, tlsPin: pin,
      directory: directory, newest: newest, secret: Array(wire.secret),
      expiresAt: Timestamp(microseconds: wire.expiresAt))
  }

  /// What a join request names it by, without showing the secret.
  package static func reference(of signed: SignedObject) -> Hash256 { .sha256(signed.body) }
}

/// The request of a newcomer, the only one taken from a stranger.
package struct JoinRequest: Sendable, Equatable {
  /// What the newcomer says it is; the governors decide.
  package var entry: AgencyEntry
  /// Its public key.
  package var key: PublicKey
  /// Its particulars, signed with that key: the proof that it has it.
  package var particulars: SignedObject
  /// Which invitation it answers.
  package var invitation: Hash256
  /// HMAC-SHA-256 by the invitation's secret over the request with this field empty.
  package var mac: [UInt8]
  /// Whether the newcomer is a node of sample data.
  package var isSample: Bool

  /// Answers an invitation.
  package init(
    entry: AgencyEntry, key: PublicKey, particulars: SignedObject, invitation: SignedObject,
    secret: [UInt8], isSample: Bool
  ) {
    self.entry = entry
    self.key = key
    self.particulars = particulars
    self.invitation = Invitation.reference(of: invitation)
    self.isSample = isSample
    mac = []
    mac = code(by: secret)
  }

  private init(
    entry: AgencyEntry, key: PublicKey, particulars: SignedObject, invitation: Hash256,
    mac: [UInt8], isSample: Bool
  ) {
    self.entry = entry
    self.key = key
    self.particulars = particulars
    self.invitation = invitation
    self.mac = mac
    self.isSample = isSample
  }

  /// The request's bytes in their one lawful form.
  package func encoded() -> [UInt8] { LawfulForm.encode(wire) }

  /// The request's wire form.
  var wire: WireJoinRequest {
    var wire = WireJoinRequest()
    wire.entry = entry.wire
    wire.key = key.wire
    wire.particulars = particulars.wire
    wire.invitation = Data(invitation.bytes)
    wire.mac = Data(mac)
    wire.sample = isSample
    return wire
  }

  /// Reads a request; nil when it is none or breaks a limit.
  package static func decode(_ bytes: [UInt8]) -> JoinRequest? {
    guard bytes.count <= Limits.joinRequestBytesMax else { return nil }
    return LawfulForm.decode(WireJoinRequest.self, bytes).flatMap(JoinRequest.init(wire:))
  }

  /// Reads the wire form; nil when it is none.
  init?(wire: WireJoinRequest) {
    guard wire.hasParticulars, let entry = AgencyEntry(wire: wire.entry),
      let invitation = Hash256(wire.invitation)
    else { return nil }
    self.init(
      entry: entry, key: PublicKey(wire: wire.key),
      particulars: SignedObject(wire: wire.particulars), invitation: invitation,
      mac: Array(wire.mac), isSample: wire.sample)
  }

  private func code(by secret: [UInt8]) -> [UInt8] {
    var open = self
    open.mac = []
    return Array(
      HMAC<SHA256>.authenticationCode(
        for: open.encoded(), using: SymmetricKey(data: secret)))
  }

  /// Whether the secret made the code; the comparison takes the same time wherever they differ.
  func isAuthentic(by secret: [UInt8]) -> Bool {
    let expected = code(by: secret)
    guard expected.count == mac.count else { return false }
    return zip(expected, mac).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}

/// Why a join request was refused.
package enum JoinRefusal: String, Error, Sendable, CaseIterable {
  /// No such invitation, a wrong code or secret: one answer for all, as strangers ask.
  case notInvited
  /// The invitation has lapsed.
  case expired
  /// It was used, or tried too often.
  case spent
  /// The particulars are not signed with the key, or name another agency.
  case possession
  /// A weak key or one of an unknown suite.
  case key
  /// Sample data on one side only.
  case sample
}

/// What the registrar keeps about an invitation it gave.
package struct InvitationState: Sendable, Equatable {
  /// The invitation.
  package var invitation: Invitation
  /// What requests name it by.
  package var reference: Hash256
  /// Requests so far that named it with a wrong code.
  package var tries: Int
  /// The key it was used with; nil while it is unused.
  package var usedBy: KeyID?

  /// Starts with an invitation just signed.
  package init(_ invitation: Invitation, signed: SignedObject) {
    self.invitation = invitation
    reference = Invitation.reference(of: signed)
    tries = 0
    usedBy = nil
  }

  /// Checks a request: proof of the secret, of the key, and that the invitation is still good.
  ///
  /// The newcomer asks again until the governors have decided, so the same key may use it again.
  package mutating func check(
    _ request: JoinRequest, now: Timestamp, isSample: Bool
  ) -> JoinRefusal? {
    guard request.invitation == reference else { return .notInvited }
    if tries >= Limits.invitationTriesMax { return .spent }
    guard request.isAuthentic(by: invitation.secret), request.entry.code == invitation.agency
    else {
      tries += 1
      return .notInvited
    }
    if let usedBy, usedBy != request.key.id { return .spent }
    if usedBy == nil, now > invitation.expiresAt { return .expired }
    guard let key = VerificationKey(request.key) else { return .key }
    guard
      request.particulars.verified(as: Particulars.self, by: key)?.signer == request.entry.code
    else { return .possession }
    if request.isSample != isSample { return .sample }
    usedBy = key.id
    return nil
  }
}
