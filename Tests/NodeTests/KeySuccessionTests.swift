import Foundation
import Ledger
import Office
import TestSupport
import Testing

@testable import Node

/// The file of the key that follows, and the step by which it takes the place of the old one.
@Suite struct AgencyKeySuccession {
  private func folder(_ body: (_ folder: String, _ path: String) throws -> Void) async throws {
    try await Scratch.withDirectory { directory in
      let key = try #require(SigningKey(rawRepresentation: Entropyless.bytes(32)))
      let path = "\(directory)/agency.pem"
      try SecretFile.create(AgencyKeyFile.pem(of: key), at: path)
      try body(directory, path)
    }
  }

  private func key(at path: String) throws -> SigningKey {
    try AgencyKeyFile.key(pem: try SecretFile.text(at: path), path: path)
  }

  @Test func `the next key stands beside the old one, is made once and closed to others`()
    async throws
  {
    try await folder { folder, path in
      #expect(try AgencyKeyFile.next(in: folder) == nil)
      let next = try AgencyKeyFile.makeNext(in: folder)
      #expect(try AgencyKeyFile.makeNext(in: folder).keyID == next.keyID)
      #expect(try AgencyKeyFile.next(in: folder)?.keyID == next.keyID)
      #expect(try key(at: path).keyID != next.keyID)
      let file = try FileManager.default.attributesOfItem(
        atPath: "\(folder)/\(AgencyKeyFile.next)")
      #expect(file[.posixPermissions].map { "\($0)" } == "\(0o600)")
    }
  }

  @Test func `a process that dies between the two steps has the new key at its next start`()
    async throws
  {
    try await folder { folder, path in
      let next = try AgencyKeyFile.makeNext(in: folder)
      // Nothing happens while the old key is there.
      try AgencyKeyFile.completeSuccession(in: folder, at: path)
      #expect(try key(at: path).keyID != next.keyID)
      try FileManager.default.removeItem(atPath: path)
      try AgencyKeyFile.completeSuccession(in: folder, at: path)
      #expect(try key(at: path).keyID == next.keyID)
      #expect(try AgencyKeyFile.next(in: folder) == nil)
      let another = try AgencyKeyFile.makeNext(in: folder)
      try AgencyKeyFile.succeed(in: folder, at: path)
      #expect(try key(at: path).keyID == another.keyID)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["agency.pem"])
    }
  }
}

extension OneAtATime.WholeNodes {
  @Test func `scenario S13 a member's key is rotated, stolen and given anew through the office`()
    async throws
  {
    try await Scratch.withDirectory { directory in
      let registrar = try await NodeHouse.make("420300-FZB", in: directory, registrar: true)
      let member = try await NodeHouse.make("420300-JW", in: directory)
      try await registrar.whileRunning {
        try await member.whileRunning {
          try await joined(registrar, member)
          try await opened("before", at: member, seenBy: registrar, count: 1)
          let first = try await rotated(member, by: registrar)
          try await opened("mid-dossier", at: member, seenBy: registrar, count: 2)
          // The operator finds the key stolen and withdraws it: nothing is written any more.
          try await suspended(member, seenBy: registrar)
          let second = try await rotated(member, by: registrar)
          #expect(second != first)
          try await opened("after the theft", at: member, seenBy: registrar, count: 3)
          // Particulars are signed with the new key, or the registrar would not publish them.
          _ = try await member.ask(
            API.addPerson, API.PersonRequest(name: "a newcomer", roles: ["handler", "deputy"]))
          try await eventually("a person named under the new key is published") {
            try await registrar.ask(API.people, API.PersonListRequest(agency: "420300-JW"))
              .people.contains { $0.name == "a newcomer" }
          }
          try await consistent(member, with: registrar)
        }
        // The new key is the one of the next start.
        try await member.whileRunning {
          try await opened("after a restart", at: member, seenBy: registrar, count: 4)
        }
      }
    }
  }

  @Test func `scenario S13 the registrar's key is rotated while a member is away`() async throws {
    try await Scratch.withDirectory { directory in
      let registrar = try await NodeHouse.make("420300-FZB", in: directory, registrar: true)
      let member = try await NodeHouse.make("420300-JW", in: directory)
      try await registrar.whileRunning {
        try await member.whileRunning {
          try await joined(registrar, member)
          try await opened("before", at: registrar, seenBy: member, count: 1)
        }
        let rotation = try await registrar.ask(API.rotateKey, API.RotateKeyRequest())
        #expect(rotation.state == "effective", "it governs alone")
        try await used(rotation.fingerprint, by: registrar)
        // Nobody but the registrar can tell the member, and it answers under the new key only.
        try await member.whileRunning {
          try await eventually("the member knows the new key") {
            try await fingerprint(of: registrar, seenBy: member) == rotation.fingerprint
          }
          try await opened("after", at: registrar, seenBy: member, count: 2)
          try await reaffirmed(rotation.fingerprint, by: registrar)
          try await consistent(member, with: registrar)
        }
      }
    }
  }

  /// Rotates a member's key by the registrar's invitation; returns the new fingerprint.
  private func rotated(_ member: NodeHouse, by registrar: NodeHouse) async throws -> String {
    let code = member.configuration.agency.rawValue
    let invitation = try await registrar.ask(
      API.invite,
      API.InviteRequest(profile: API.AgencyProfile(code: code, name: code), newKey: true))
    let asked = try await member.ask(
      API.rotateKey, API.RotateKeyRequest(invite: invitation.invite))
    #expect(asked.state == "asked")
    let application = try #require(
      try await registrar.ask(API.pending, API.PendingRequest()).applications.first)
    #expect(application.kind == "key" && application.fingerprint == asked.fingerprint)
    let proposed = try await registrar.ask(
      API.rotateKey,
      API.RotateKeyRequest(agency: code, fingerprint: application.fingerprint))
    #expect(proposed.state == "effective")
    try await used(asked.fingerprint, by: member)
    try await reaffirmed(asked.fingerprint, by: member)
    return asked.fingerprint
  }

  /// Waits until a node signs with a key; of the former one nothing is left.
  private func used(_ fingerprint: String, by node: NodeHouse) async throws {
    let keys = node.configuration.keysDirectory
    try await eventually("the new key is in use") {
      let pem = try? SecretFile.text(at: node.configuration.agencyKeyPath)
      let key = try pem.map { try AgencyKeyFile.key(pem: $0, path: "agency.pem") }
      return key.map { String($0.keyID.hex.prefix(16)) } == fingerprint
    }
    #expect(!FileManager.default.fileExists(atPath: "\(keys)/\(AgencyKeyFile.next)"))
    try await eventually("the node writes again") {
      (try? await node.ask(API.status, API.StatusRequest()))?.node.ready == true
    }
  }

  /// Waits until every head of a node is under a key.
  private func reaffirmed(_ fingerprint: String, by node: NodeHouse) async throws {
    try await eventually("every dossier is re-affirmed") {
      let dossiers = try await node.ask(API.dossiers, API.DossierListRequest()).dossiers
      for dossier in dossiers {
        let shown = try await node.ask(API.dossier, API.DossierRequest(dossier: dossier.id))
        for head in shown.heads {
          let change = try await node.ask(API.show, API.ShowRequest(id: head))
          if change.author == node.configuration.agency.rawValue,
            !change.key.hasPrefix(fingerprint)
          {
            return false
          }
        }
      }
      return true
    }
  }

  private func suspended(_ member: NodeHouse, seenBy registrar: NodeHouse) async throws {
    let code = member.configuration.agency.rawValue
    let bare = await #expect(throws: API.Problem.self) {
      try await member.ask(API.suspendKey, API.SuspendKeyRequest(reason: "stolen"))
    }
    #expect(bare?.refusal == Refusal.confirmationMissing.rawValue)
    _ = try await member.ask(
      API.suspendKey, API.SuspendKeyRequest(reason: "stolen", confirm: code))
    for node in [registrar, member] {
      try await eventually("the key is withdrawn everywhere") {
        try await node.ask(API.agencies, API.AgencyListRequest()).agencies
          .first { $0.code == code }?.state == "suspended"
      }
    }
    let person = try await self.person(of: member)
    let refused = await #expect(throws: API.Problem.self) {
      try await member.ask(
        API.createDossier, API.CreateDossierRequest(kind: "clue", title: "-"), as: person)
    }
    #expect(refused?.refusal == Refusal.conflict.rawValue)
  }

  private func fingerprint(of node: NodeHouse, seenBy reader: NodeHouse) async throws -> String? {
    try await reader.ask(API.agencies, API.AgencyListRequest()).agencies
      .first { $0.code == node.configuration.agency.rawValue }?.fingerprint
  }

  private func consistent(_ node: NodeHouse, with peer: NodeHouse) async throws {
    let report = try await node.ask(
      API.reconcilePeer,
      API.ReconcilePeerRequest(peer: peer.configuration.agency.rawValue, settleSeconds: 1))
    #expect(report.consistent, "\(report)")
    let own = try await node.ask(API.reconcileSelf, API.ReconcileSelfRequest())
    #expect(own.consistent, "\(own)")
  }
}
