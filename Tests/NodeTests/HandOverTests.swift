import Foundation
import Ledger
import Office
import TestSupport
import Testing

@testable import Node

extension OneAtATime.WholeNodes {
  /// The agency that moves.
  private static let unit = "420304-JW"

  @Test func `edge E22 a hosted agency moves to a node of its own, and nothing is lost or doubled`()
    async throws
  {
    try await Scratch.withDirectory { directory in
      let registrar = try await NodeHouse.make("420300-FZB", in: directory, registrar: true)
      let host = try await NodeHouse.make("420300-JW", in: directory)
      let own = try await NodeHouse.make(Self.unit, in: directory)
      try await registrar.whileRunning {
        let papers = try await host.whileRunning {
          try await joined(registrar, host)
          try await hosted(at: host, by: registrar)
          return try await papersOfDesk(at: host, registrar)
        }
        // The keys of the desk are those of the next start.
        try await host.whileRunning {
          try await eventually("the desk is open again") {
            let isOpen = try await desk(of: host)?.state == "open"
            return try await ready(host) && isOpen
          }
          try await rotatedAtDesk(of: host, by: registrar)
          try await own.whileRunning {
            try await moved(to: own, by: registrar)
            try await tookOver(own, papers, from: host, registrar)
            try await closed(host, papers)
          }
        }
        try await host.whileRunning { try await closed(host, papers) }
      }
    }
  }

  /// What the unit wrote at its host, and what the host wrote itself.
  private struct Papers: Sendable {
    /// The unit's dossiers: one of its own alone, and one shared with the registrar.
    var alone: String
    var shared: String
    /// One of the registrar's to which only the unit was admitted.
    var received: String
    /// The host's own.
    var ofHost: String
  }

  private func ready(_ node: NodeHouse) async throws -> Bool {
    try await node.ask(API.status, API.StatusRequest()).node.ready
  }

  private func desk(of host: NodeHouse) async throws -> API.HostedDesk? {
    try await host.ask(API.desks, API.Nothing()).desks.first { $0.agency == Self.unit }
  }

  /// Makes the key at the host, enters the agency, and lists a clerk of its desk.
  private func hosted(at host: NodeHouse, by registrar: NodeHouse) async throws {
    let made = try await host.ask(API.openDesk, API.OpenDeskRequest(agency: Self.unit))
    #expect(made.state == "prepared")
    let again = try await host.ask(API.openDesk, API.OpenDeskRequest(agency: Self.unit))
    #expect(again == made, "asked again it is the same key")
    let proposal = try await registrar.ask(
      API.admitAgency,
      API.AdmitAgencyRequest(
        agency: Self.unit, fingerprint: made.fingerprint,
        hostedBy: host.configuration.agency.rawValue, publicKey: made.publicKey,
        profile: API.AgencyProfile(code: Self.unit, name: "a county's body", kind: "unit")))
    #expect(proposal.state == "effective")
    try await eventually("the host knows that it hosts") {
      try await desk(of: host)?.state == "open"
    }
    _ = try await host.ask(
      API.addPerson, API.PersonRequest(name: "desk clerk", roles: ["handler", "deputy"]),
      at: Self.unit)
    for node in [registrar, host] {
      try await eventually("the clerk of the desk is published") {
        try await node.ask(API.people, API.PersonListRequest(agency: Self.unit))
          .people.contains { $0.name == "desk clerk" }
      }
    }
    try await eventually("the host may seal") { try await ready(host) }
  }

  private func created(
    _ title: String, at node: NodeHouse, as person: String, desk: String? = nil,
    admitting: [String] = []
  ) async throws -> API.Step {
    let step = try await node.ask(
      API.createDossier, API.CreateDossierRequest(kind: "clue", title: title), as: person,
      at: desk)
    for agency in admitting {
      _ = try await node.ask(
        API.admit, API.AdmitRequest(dossier: step.dossier, agency: agency), as: person, at: desk)
    }
    return step
  }

  private func papersOfDesk(
    at host: NodeHouse, _ registrar: NodeHouse
  ) async throws -> Papers {
    let clerk = try #require(
      try await host.ask(API.people, API.PersonListRequest(), at: Self.unit).people.first?.id)
    let alone = try await created("alone", at: host, as: clerk, desk: Self.unit)
    let shared = try await created(
      "shared", at: host, as: clerk, desk: Self.unit, admitting: ["420300-FZB"])
    #expect(alone.number?.hasSuffix("-0001") == true && shared.number?.hasSuffix("-0002") == true)
    let received = try await created(
      "received", at: registrar, as: try await person(of: registrar), admitting: [Self.unit])
    let ofHost = try await created("of the host", at: host, as: try await person(of: host))
    #expect(ofHost.number?.hasPrefix("420300-JW-") == true)
    try await eventually("what is for the desk comes to its host") {
      try await listed(host, at: Self.unit).count == 3
    }
    #expect(try await listed(host) == [ofHost.dossier])
    try await eventually("the registrar has what the desk wrote") {
      try await listed(registrar).contains(shared.dossier)
    }
    let shown = try await registrar.ask(API.show, API.ShowRequest(id: shared.changeSet))
    #expect(shown.author == Self.unit && shown.from == "420300-JW")
    let stranger = await #expect(throws: API.Problem.self) {
      try await created("-", at: host, as: try await person(of: host), desk: Self.unit)
    }
    #expect(stranger?.refusal == Refusal.personUnknown.rawValue)
    return Papers(
      alone: alone.dossier, shared: shared.dossier, received: received.dossier,
      ofHost: ofHost.dossier)
  }

  private func listed(_ node: NodeHouse, at desk: String? = nil) async throws -> [String] {
    try await node.ask(API.dossiers, API.DossierListRequest(), at: desk).dossiers.map(\.id)
      .sorted()
  }

  /// A new key for the desk, by invitation; the node takes it into use while it runs.
  private func rotatedAtDesk(of host: NodeHouse, by registrar: NodeHouse) async throws {
    let invitation = try await registrar.ask(
      API.invite,
      API.InviteRequest(
        profile: API.AgencyProfile(code: Self.unit, name: Self.unit), newKey: true))
    let asked = try await host.ask(
      API.rotateKey, API.RotateKeyRequest(invite: invitation.invite), at: Self.unit)
    #expect(asked.agency == Self.unit && asked.state == "asked")
    let proposed = try await registrar.ask(
      API.rotateKey,
      API.RotateKeyRequest(agency: Self.unit, fingerprint: asked.fingerprint))
    #expect(proposed.state == "effective")
    try await eventually("the desk signs with its new key") {
      let desk = try await desk(of: host)
      return desk?.fingerprint == asked.fingerprint && desk?.state == "open"
    }
    try await reaffirmed(asked.fingerprint, of: Self.unit, by: host, at: Self.unit)
  }

  /// Waits until the last word of an agency in each of its dossiers is under a key.
  private func reaffirmed(
    _ fingerprint: String, of agency: String, by node: NodeHouse, at desk: String? = nil
  ) async throws {
    try await eventually("every dossier is re-affirmed") {
      for id in try await listed(node, at: desk) {
        let dossier = try await node.ask(API.dossier, API.DossierRequest(dossier: id), at: desk)
        guard dossier.home == agency else { continue }
        for head in dossier.heads {
          let change = try await node.ask(API.show, API.ShowRequest(id: head), at: desk)
          if change.author == agency, !change.key.hasPrefix(fingerprint) { return false }
        }
      }
      return true
    }
  }

  /// The new node asks with an invitation, and the registrar proposes first its key and then its
  /// entry without a host.
  private func moved(to own: NodeHouse, by registrar: NodeHouse) async throws {
    let invitation = try await registrar.ask(
      API.invite,
      API.InviteRequest(
        profile: API.AgencyProfile(code: Self.unit, name: Self.unit), newKey: true))
    let join = try await own.ask(API.join, API.JoinRequest(invite: invitation.invite))
    #expect(join.state == "pending")
    let wrong = await #expect(throws: API.Problem.self) {
      try await registrar.ask(
        API.moveAgency,
        API.MoveAgencyRequest(agency: Self.unit, fingerprint: "0123456789abcdef"))
    }
    #expect(wrong?.refusal == Refusal.fingerprintDiffers.rawValue)
    let request = API.MoveAgencyRequest(agency: Self.unit, fingerprint: join.fingerprint)
    let key = try await registrar.ask(API.moveAgency, request)
    #expect(key.kind == "key" && key.state == "effective")
    let entry = try await registrar.ask(API.moveAgency, request)
    #expect(entry.kind == "change" && entry.state == "effective")
    let settled = await #expect(throws: API.Problem.self) {
      try await registrar.ask(API.moveAgency, request)
    }
    #expect(settled?.refusal == Refusal.conflict.rawValue)
  }

  private func tookOver(
    _ own: NodeHouse, _ papers: Papers, from host: NodeHouse, _ registrar: NodeHouse
  ) async throws {
    let clerk = "clerk%20of%20\(Self.unit)"
    let everything = [papers.alone, papers.shared, papers.received].sorted()
    try await eventually("the new node has every dossier of the agency") {
      try await listed(own) == everything
    }
    let key = String(own.key.keyID.hex.prefix(16))
    try await reaffirmed(key, of: Self.unit, by: own)
    try await eventually("the new node writes, and goes on with the numbers") {
      let step = try? await created("at home", at: own, as: clerk, admitting: ["420300-FZB"])
      guard let step else { return false }
      #expect(step.number?.hasSuffix("-0003") == true, "\(step.number ?? "-")")
      return true
    }
    try await eventually("the registrar hears the new node") {
      try await listed(registrar).count == 3
    }
    for (reader, dossier) in [(registrar, papers.shared), (own, papers.alone)] {
      let shown = try await reader.ask(API.dossier, API.DossierRequest(dossier: dossier))
      #expect(shown.forks.isEmpty && shown.void == 0, "\(shown)")
    }
    try await eventually("both hold the same of what they share") {
      let here = try await own.ask(API.dossier, API.DossierRequest(dossier: papers.shared))
      let there = try await registrar.ask(API.dossier, API.DossierRequest(dossier: papers.shared))
      return here.digest == there.digest && here.heads == there.heads
    }
    for peer in [registrar, host] {
      let report = try await own.ask(
        API.reconcilePeer,
        API.ReconcilePeerRequest(peer: peer.configuration.agency.rawValue, settleSeconds: 1))
      #expect(report.errors.isEmpty && report.differing.isEmpty, "\(report)")
      #expect(report.onlyRemote.isEmpty, "\(report)")
    }
    let whole = try await own.ask(API.reconcileSelf, API.ReconcileSelfRequest())
    #expect(whole.consistent, "\(whole)")
  }

  /// The desk at the former host is closed, and the host sees its own as before.
  private func closed(_ host: NodeHouse, _ papers: Papers) async throws {
    try await eventually("the host knows that the agency has moved") {
      try await desk(of: host)?.state == "moved"
    }
    let refused = await #expect(throws: API.Problem.self) {
      try await host.ask(API.dossiers, API.DossierListRequest(), at: Self.unit)
    }
    #expect(refused?.refusal == Refusal.conflict.rawValue)
    let unknown = await #expect(throws: API.Problem.self) {
      try await host.ask(API.dossiers, API.DossierListRequest(), at: "429999-XX")
    }
    #expect(unknown?.refusal == Refusal.conflict.rawValue)
    #expect(try await listed(host) == [papers.ofHost])
    let hidden = await #expect(throws: API.Problem.self) {
      try await host.ask(API.dossier, API.DossierRequest(dossier: papers.alone))
    }
    #expect(hidden?.refusal == Refusal.notFound.rawValue)
  }
}
