import Exchange
import Foundation
import Ledger
import Office
import TestSupport
import Testing

@testable import Node

extension OneAtATime.WholeNodes {
  @Test func `scenario S13 a key is withdrawn and given anew by discs alone`() async throws {
    try await Scratch.withDirectory { directory in
      let registrar = try await NodeHouse.make("420300-FZB", in: directory, registrar: true)
      let member = try await NodeHouse.make("420300-JW", in: directory)
      try await registrar.whileRunning {
        try await member.whileRunning {
          try await joined(registrar, member)
          for node in [registrar, member] {
            try await eventually("the node is ready") {
              try await node.ask(API.status, API.StatusRequest()).node.ready
            }
            _ = try await node.ask(API.link, API.LinkRequest(cut: true))
          }
          try await withdrawn(member, at: registrar)
          try await givenAnew(member, by: registrar)
        }
      }
    }
  }

  /// The word of a member that its key is stolen goes by disc; what others say of keys counts for
  /// nothing.
  private func withdrawn(_ member: NodeHouse, at registrar: NodeHouse) async throws {
    let code = member.configuration.agency.rawValue
    let word = try await member.ask(
      API.suspendKey, API.SuspendKeyRequest(reason: "stolen", confirm: code))
    #expect(word.state == "kept", "the registrar cannot be reached")
    let (made, disc) = try await member.disc(for: registrar)
    #expect(made.suspension && !made.keyRequest)
    let forged = try await registrar.take(forgery(of: disc, by: member, against: registrar))
    #expect(forged.published == nil && forged.keyRequest == JoinRefusal.notInvited.rawValue)
    #expect(try await states(at: registrar) == ["420300-FZB active", "420300-JW active"])
    let taken = try await registrar.take(disc)
    #expect(taken.published == "suspension" && taken.keyRequest == nil && !taken.requestAlone)
    #expect(try await states(at: registrar) == ["420300-FZB active", "420300-JW suspended"])
    // From now on the key says nothing, not even the same again.
    let refused = await #expect(throws: API.Problem.self) { try await registrar.take(disc) }
    #expect(refused?.refusal == Refusal.integrity.rawValue)
  }

  /// The member asks by disc for a new key, and the disc of the registrar brings it.
  private func givenAnew(_ member: NodeHouse, by registrar: NodeHouse) async throws {
    let code = member.configuration.agency.rawValue
    let invitation = try await registrar.ask(
      API.invite,
      API.InviteRequest(profile: API.AgencyProfile(code: code, name: code), newKey: true))
    let asked = try await member.ask(
      API.rotateKey, API.RotateKeyRequest(invite: invitation.invite))
    #expect(asked.state == "kept")
    let (made, disc) = try await member.disc(for: registrar)
    #expect(made.keyRequest)
    let taken = try await registrar.take(disc)
    #expect(taken.requestAlone && taken.keyRequest == "pending" && taken.stored == 0)
    let application = try #require(
      try await registrar.ask(API.pending, API.PendingRequest()).applications.first)
    #expect(application.kind == "key" && application.fingerprint == asked.fingerprint)
    let proposed = try await registrar.ask(
      API.rotateKey,
      API.RotateKeyRequest(agency: code, fingerprint: application.fingerprint))
    #expect(proposed.state == "effective")
    #expect(try await member.take(registrar.disc(for: member).bytes).stored > 0)
    try await eventually("the new key is in use") {
      let pem = try? SecretFile.text(at: member.configuration.agencyKeyPath)
      let key = try pem.map { try AgencyKeyFile.key(pem: $0, path: "agency.pem") }
      return key.map { String($0.keyID.hex.prefix(16)) } == asked.fingerprint
    }
    // The node begins its servers anew with that key.
    var next: [UInt8] = []
    try await eventually("the node answers again") {
      guard let disc = try? await member.disc(for: registrar) else { return false }
      next = disc.bytes
      return !disc.made.suspension && !disc.made.keyRequest
    }
    let back = try await registrar.take(next)
    #expect(!back.requestAlone && back.keyRequest == nil)
    #expect(try await states(at: registrar) == ["420300-FZB active", "420300-JW active"])
  }

  /// The disc of a member, which has put into it that the registrar's key is withdrawn, and a
  /// request for a key of the registrar.
  private func forgery(
    of disc: [UInt8], by member: NodeHouse, against registrar: NodeHouse
  ) async throws -> [UInt8] {
    let (victim, code) = (registrar.key.keyID, registrar.configuration.agency)
    let suspension = Suspension(
      signer: code, key: victim, agency: code, suspended: victim, reason: "not mine")
    let particulars = Particulars(signer: code, key: member.key.keyID, version: 9)
    let request = JoinRequest(
      entry: AgencyEntry(
        code: code, name: "-", shortName: "-", level: "city", region: code.region, kind: "unit"),
      key: member.key.publicKey,
      particulars: SignedObject(signing: particulars, with: member.key),
      invitation: SignedObject(body: [1], signature: []), secret: [2], isSample: true)
    let returns = BundleReturns(
      receipt: nil, wants: [],
      particulars: SignedObject(signing: suspension, with: member.key), keyRequest: request)
    let keys = try #require(
      try EncryptionKeyFiles.existing(
        in: registrar.configuration.keysDirectory, today: CivilDate(days: 0)))
    return try await disc.replacing(
      returns,
      signedBy: Signatory(agency: member.configuration.agency, key: member.key),
      sealedTo: keys.current.encryptionKey)
  }

  private func states(at node: NodeHouse) async throws -> [String] {
    try await node.ask(API.agencies, API.AgencyListRequest()).agencies
      .map { "\($0.code) \($0.state)" }.sorted()
  }
}

extension NodeHouse {
  /// A disc for another node.
  fileprivate func disc(
    for reader: NodeHouse
  ) async throws -> (made: API.ExportedBundle, bytes: [UInt8]) {
    let made = try await ask(
      API.exportBundle, API.ExportBundleRequest(to: reader.configuration.agency.rawValue))
    var bytes: [UInt8] = []
    var (piece, isLast) = (0, false)
    while !isLast {
      let part = try await ask(
        API.bundlePiece, API.BundlePieceRequest(bundle: made.bundle, piece: piece))
      bytes += Array(try #require(Data(base64Encoded: part.content)))
      (piece, isLast) = (piece + 1, part.last)
    }
    return (made, bytes)
  }

  /// Takes a disc.
  @discardableResult
  fileprivate func take(_ bytes: [UInt8]) async throws -> API.ImportedBundle {
    let received = try await ask(
      API.receiveBundle, API.ReceiveBundleRequest(bytes: bytes.count))
    for offset in stride(from: 0, to: bytes.count, by: API.bundlePieceBytes) {
      let piece = bytes[offset..<min(offset + API.bundlePieceBytes, bytes.count)]
      _ = try await ask(
        API.putBundlePiece,
        API.PutBundlePieceRequest(
          bundle: received.bundle, offset: offset, content: Data(piece).base64EncodedString()))
    }
    return try await ask(API.importBundle, API.ImportBundleRequest(bundle: received.bundle))
  }
}
