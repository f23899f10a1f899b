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
  @Test func `a newcomer that only dials out joins, and dossiers go both ways`() async throws {
    try await Scratch.withDirectory { directory in
      let registrar = try await NodeHouse.make("420300-FZB", in: directory, registrar: true)
      let newcomer = try await NodeHouse.make("420300-JW", in: directory, advertises: false)
      try await registrar.whileRunning {
        try await newcomer.whileRunning {
          try await joined(registrar, newcomer)
          let status = try await newcomer.ask(API.status, API.StatusRequest())
          #expect(status.node.ready, "\(status.node.notReady)")
          #expect(status.peers.map(\.agency) == ["420300-FZB"])
          try await exchanged(registrar, newcomer)
          try await opened("of the newcomer", at: newcomer, seenBy: registrar, count: 2)
        }
        // Again after a restart: nothing is lost and sealing is confirmed by the peer.
        try await newcomer.whileRunning {
          try await eventually("the node is ready again") {
            try await newcomer.ask(API.status, API.StatusRequest()).node.ready
          }
          let report = try await newcomer.ask(
            API.reconcilePeer, API.ReconcilePeerRequest(peer: "420300-FZB", settleSeconds: 1))
          #expect(report.consistent, "\(report)")
          #expect(report.sharedDossiers == 3)
          let own = try await newcomer.ask(API.reconcileSelf, API.ReconcileSelfRequest())
          #expect(own.consistent, "\(own)")
        }
      }
    }
  }

  @Test func `scenario S8 a node restored from yesterday's copy asks a person before it writes`()
    async throws
  {
    try await Scratch.withDirectory { directory in
      let registrar = try await NodeHouse.make("420300-FZB", in: directory, registrar: true)
      let restored = try await NodeHouse.make("420300-JW", in: directory)
      try await registrar.whileRunning {
        try await restored.whileRunning {
          try await joined(registrar, restored)
          try await opened("yesterday", at: restored, seenBy: registrar, count: 1)
        }
        try restored.copyData(from: "data", to: "yesterday")
        try await restored.whileRunning {
          try await opened("today", at: restored, seenBy: registrar, count: 2)
        }
        try restored.copyData(from: "yesterday", to: "data")
        try await restored.whileRunning {
          try await confirmed(restored)
          try await opened("after the restore", at: restored, seenBy: registrar, count: 3)
          let report = try await restored.ask(
            API.reconcilePeer, API.ReconcilePeerRequest(peer: "420300-FZB", settleSeconds: 1))
          #expect(report.consistent, "\(report)")
          #expect(report.sharedDossiers == 4)
        }
        // And it starts like any other node afterwards.
        try await restored.whileRunning {
          try await eventually("the node is ready again") {
            try await restored.ask(API.status, API.StatusRequest()).node.ready
          }
        }
      }
    }
  }

  @Test func `a TLS key replaced while the node runs is published before it is used`()
    async throws
  {
    try await Scratch.withDirectory { directory in
      var registrar = try await NodeHouse.make("420300-FZB", in: directory, registrar: true)
      // In the time between two looks its peers must have heard of its new key.
      registrar.configuration.certificateLook = .seconds(6)
      try await self.replaceKeys(
        registrar, try await NodeHouse.make("420300-JW", in: directory))
    }
  }

  private func replaceKeys(_ registrar: NodeHouse, _ member: NodeHouse) async throws {
    try await registrar.whileRunning {
      try await member.whileRunning {
        try await joined(registrar, member)
        var pin = try member.replaceTransport()
        try await eventually("the member shows its new certificate") {
          try await member.shows(pin, to: registrar)
        }
        try await opened("after the member's key", at: member, seenBy: registrar, count: 1)
        pin = try registrar.replaceTransport()
        try await eventually("the registrar shows its new certificate") {
          try await registrar.shows(pin, to: member)
        }
        try await opened("after the registrar's key", at: registrar, seenBy: member, count: 2)
        // What is under way while a peer changes its certificate ends, and is to be tried again.
        try await eventually("the member compares with the registrar, and nothing differs") {
          do {
            return try await member.ask(
              API.reconcilePeer, API.ReconcilePeerRequest(peer: "420300-FZB", settleSeconds: 1)
            ).consistent
          } catch let problem as API.Problem
            where problem.refusal == Refusal.peerUnreachable.rawValue
          {
            return false
          }
        }
      }
    }
  }

  /// Waits until what was written after the copy is back, and confirms it as an operator.
  private func confirmed(_ node: NodeHouse) async throws {
    let status = try await node.ask(API.status, API.StatusRequest())
    #expect(status.node.notReady.contains("history"))
    let person = try await self.person(of: node)
    let early = await #expect(throws: API.Problem.self) {
      try await node.ask(
        API.createDossier, API.CreateDossierRequest(kind: "clue", title: "too early"), as: person)
    }
    #expect(early?.refusal == Refusal.wentBack.rawValue)
    try await eventually("what it wrote is back") {
      let shown = try await node.ask(
        API.resume, API.ResumeRequest(reason: "", dryRun: true))
      #expect(shown.restored && !shown.resumed)
      #expect(shown.witness == node.configuration.agency.rawValue, "its own marker tells")
      // The first change set of the dossier and the grant to the registrar.
      return shown.returned.count == 2 && shown.held.isEmpty
    }
    let reason = "the change sets of today are ours"
    let bare = await #expect(throws: API.Problem.self) {
      try await node.ask(API.resume, API.ResumeRequest(reason: reason))
    }
    #expect(bare?.refusal == Refusal.confirmationMissing.rawValue)
    let resumed = try await node.ask(
      API.resume,
      API.ResumeRequest(reason: reason, confirm: node.configuration.agency.rawValue))
    #expect(resumed.resumed && resumed.returned.count == 2)
  }

  func person(of node: NodeHouse) async throws -> String {
    let people = try await node.ask(
      API.people, API.PersonListRequest(agency: node.configuration.agency.rawValue))
    return try #require(people.people.first?.id)
  }

  /// Opens a dossier once the node may seal, and lets another see it.
  func opened(
    _ title: String, at node: NodeHouse, seenBy other: NodeHouse, count: Int
  ) async throws {
    try await eventually("the node may seal") {
      try await node.ask(API.status, API.StatusRequest()).node.ready
    }
    let person = try await self.person(of: node)
    let step = try await node.ask(
      API.createDossier, API.CreateDossierRequest(kind: "clue", title: title), as: person)
    _ = try await node.ask(
      API.admit,
      API.AdmitRequest(dossier: step.dossier, agency: other.configuration.agency.rawValue),
      as: person)
    try await eventually("\(title) arrives") {
      try await other.ask(API.dossiers, API.DossierListRequest()).dossiers.count == count
    }
  }

  func joined(_ registrar: NodeHouse, _ newcomer: NodeHouse) async throws {
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
