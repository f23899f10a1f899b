import Exchange
import Foundation
import Ledger
import NIOCore
import Office
import TestSupport
import Testing

@testable import Node

/// Tests of which only one may run at a time.
///
/// A test in a process of its own begins as a copy of this one with every open socket, and would
/// keep the port of a node that is stopped and started again meanwhile.
@Suite(.serialized) enum OneAtATime {}

extension OneAtATime {
  /// Whole nodes with embedded clusters, asked over their sockets.
  @Suite(.timeLimit(.minutes(5)), .serialized) struct WholeNodes {}
}

extension OneAtATime.WholeNodes {
  @Test func `a registrar invites, a newcomer joins, and a dossier reaches it`() async throws {
    try await Scratch.withDirectory { directory in
      let registrar = try await NodeHouse.make("420300-FZB", in: directory, registrar: true)
      let newcomer = try await NodeHouse.make("420300-JW", in: directory)
      try await registrar.whileRunning {
        try await newcomer.whileRunning {
          try await joined(registrar, newcomer)
          let status = try await newcomer.ask(API.status, API.StatusRequest())
          #expect(status.node.ready, "\(status.node.notReady)")
          #expect(status.peers.map(\.agency) == ["420300-FZB"])
          try await exchanged(registrar, newcomer)
        }
        // Again after a restart: nothing is lost and sealing is confirmed by the peer.
        try await newcomer.whileRunning {
          try await eventually("the node is ready again") {
            try await newcomer.ask(API.status, API.StatusRequest()).node.ready
          }
          let report = try await newcomer.ask(
            API.reconcilePeer, API.ReconcilePeerRequest(peer: "420300-FZB", settleSeconds: 1))
          #expect(report.consistent, "\(report)")
          #expect(report.sharedDossiers == 2)
          let own = try await newcomer.ask(API.reconcileSelf, API.ReconcileSelfRequest())
          #expect(own.consistent, "\(own)")
        }
      }
    }
  }

  private func joined(_ registrar: NodeHouse, _ newcomer: NodeHouse) async throws {
    let code = newcomer.configuration.agency.rawValue
    let invitation = try await registrar.ask(
      API.invite,
      API.InviteRequest(
        profile: API.AgencyProfile(
          code: code, name: "sample agency \(code)", shortName: code, level: "city",
          region: "420300", kind: "unit")))
    let join = try await newcomer.ask(API.join, API.JoinRequest(invite: invitation.invite))
    #expect(join.state == "pending")
    let pending = try await registrar.ask(API.pending, API.PendingRequest())
    let application = try #require(pending.applications.first)
    #expect(application.fingerprint == join.fingerprint)
    _ = try await registrar.ask(
      API.admitAgency,
      API.AdmitAgencyRequest(agency: code, fingerprint: application.fingerprint))
    try await eventually("the newcomer is admitted") {
      try await newcomer.ask(API.agencies, API.AgencyListRequest()).agencies.count == 2
    }
  }

  private func exchanged(_ registrar: NodeHouse, _ newcomer: NodeHouse) async throws {
    let people = try await registrar.ask(
      API.people, API.PersonListRequest(agency: registrar.configuration.agency.rawValue))
    let person = try #require(people.people.first?.id)
    let step = try await registrar.ask(
      API.createDossier, API.CreateDossierRequest(kind: "clue", title: "a sample matter"),
      as: person)
    let dossier = step.dossier
    _ = try await registrar.ask(
      API.admit,
      API.AdmitRequest(dossier: dossier, agency: newcomer.configuration.agency.rawValue),
      as: person)
    let begin = ContinuousClock.now
    try await eventually("the dossier arrives") {
      try await newcomer.ask(API.dossiers, API.DossierListRequest()).dossiers.count == 1
    }
    print("a dossier over PostgreSQL and TLS: visible after \(ContinuousClock.now - begin)")
    let here = try await registrar.ask(API.dossier, API.DossierRequest(dossier: dossier))
    let there = try await newcomer.ask(API.dossier, API.DossierRequest(dossier: dossier))
    #expect(here.digest == there.digest)
    #expect(here.digest != nil)
  }
}
