import Casework
import Exchange
import FoundationEssentials
import Ledger
import Office
import Replica
import TestSupport
import Testing

/// The directory from the office's side: governance, people, evidence, status.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct DirectoryTests {
  @Test func `a proposal waits for k governors and takes effect when the registrar has them`()
    async throws
  {
    let governors = ["420300-FZB", "420300-JW", "420300-SFJ"]
    try await City.with(Array(City.six.prefix(3)), governors: governors) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      let listed = try await sfj.office.agencies(API.AgencyListRequest())
      #expect(listed.governors == governors)
      #expect(listed.threshold == 2)
      #expect(listed.agencies.count == 3)
      await expect(.registrarOnly) {
        try await jw.office.govern(
          API.GovernRequest(governors: ["420300-JW"], threshold: 1), by: jw.operator)
      }
      await expect(.conflict) {
        try await fzb.office.govern(
          API.GovernRequest(governors: governors, threshold: 1), by: fzb.operator)
      }
      let proposal = try await fzb.office.govern(
        API.GovernRequest(governors: ["420300-FZB", "420300-JW"], threshold: 2),
        by: fzb.operator)
      #expect(proposal.state == "proposed")
      #expect(proposal.countersignedBy == ["420300-FZB"])
      try await city.settle()
      #expect(
        try await jw.office.pending(API.PendingRequest()).proposals.map(\.id) == [proposal.id])
      await expect(.notFound) {
        try await jw.office.countersignProposal(
          API.CountersignProposalRequest(proposal: "0000000000"), by: jw.operator)
      }
      _ = try await jw.office.countersignProposal(
        API.CountersignProposalRequest(proposal: String(proposal.id.prefix(8))), by: jw.operator)
      try await city.settle()
      #expect(
        try await sfj.office.agencies(API.AgencyListRequest()).governors
          == ["420300-FZB", "420300-JW"])
      await expect(.governorOnly) {
        try await sfj.office.countersignProposal(
          API.CountersignProposalRequest(proposal: proposal.id), by: sfj.operator)
      }
    }
  }

  @Test func `a member's new person acts once the registrar has published the particulars`()
    async throws
  {
    try await City.with(Array(City.six.prefix(2))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      _ = try await jw.office.addPerson(
        API.PersonRequest(name: "新人", roles: ["registry"]), by: jw.operator)
      let before = try await jw.office.people(API.PersonListRequest())
      #expect(!before.people.contains { $0.name == "新人" })
      let signed = try #require(try await jw.office.unpublishedParticulars())
      #expect(try await fzb.office.takeParticulars(signed))
      try await city.settle()
      #expect(try await jw.office.unpublishedParticulars() == nil)
      let after = try await fzb.office.people(API.PersonListRequest(agency: "420300-JW"))
      #expect(after.people.map(\.name).contains("新人"))
      // What somebody else signed is published for nobody.
      let forged = SignedObject(body: signed.body, signature: Array(repeating: 0, count: 64))
      #expect(!(try await fzb.office.takeParticulars(forged)))

      // Whose time has ended is out at once, and for everybody once the registrar knows.
      let clerk = jw.by(.handler)
      let change = API.ChangePersonRequest(person: try #require(clerk.person), ended: true)
      let ended = try await jw.office.changePerson(change, by: jw.operator)
      #expect(ended.ended && ended.roles == ["handler"])
      #expect(try await !jw.office.people(API.PersonListRequest()).people.contains(where: \.ended))
      for isPublished in [false, true] {
        if isPublished {
          let signed = try #require(try await jw.office.unpublishedParticulars())
          #expect(try await fzb.office.takeParticulars(signed))
          try await city.settle()
        }
        await expect(.personUnknown) {
          try await jw.office.createClue(API.CreateClueRequest(title: "甲项"), by: clerk)
        }
      }
      let people = try await fzb.office.people(API.PersonListRequest(agency: "420300-JW")).people
      #expect(people.filter(\.ended).map(\.id) == [ended.id])
      await expect(.personUnknown) {
        try await jw.office.changePerson(
          API.ChangePersonRequest(person: "无此人", ended: true), by: jw.operator)
      }
    }
  }

  @Test func `an invitation is good for one agency, one key and ten tries`() async throws {
    try await City.with(Array(City.six.prefix(1))) { city in
      let fzb = try city["420300-FZB"]
      let profile = City.six[1]
      let invitation = try await fzb.office.invite(
        API.InviteRequest(profile: profile), by: fzb.operator)
      #expect(invitation.invite.hasPrefix("GT1."))
      #expect(try await fzb.office.openInvitations() == 1)
      await expect(.conflict) {
        try await fzb.office.admitAgency(
          API.AdmitAgencyRequest(agency: profile.code), by: fzb.operator)
      }
      await expect(.conflict) {
        try await fzb.office.invite(
          API.InviteRequest(profile: fzb.start.profile), by: fzb.operator)
      }
      await expect(.invalidValue) {
        // It is for another agency than the one that would use it.
        try await fzb.office.beginJoin(
          API.JoinRequest(invite: invitation.invite), start: fzb.start,
          endpoint: "https://127.0.0.1:1", tlsPin: .zero, isSample: true, by: fzb.operator)
      }
      let joining = try stranger(invitation.invite, seed: 9)
      var refusals: [JoinRefusal] = []
      for _ in 0..<11 {
        let wrong = try stranger(invitation.invite, seed: 9, secret: Array(repeating: 0, count: 16))
        guard case .refused(let reason) = try await fzb.office.takeJoinRequest(wrong) else {
          Issue.record("a wrong secret was taken")
          return
        }
        refusals.append(reason)
      }
      #expect(refusals == Array(repeating: .notInvited, count: 10) + [.spent])
      guard case .refused(.spent) = try await fzb.office.takeJoinRequest(joining) else {
        Issue.record("an invitation tried too often was taken")
        return
      }
      #expect(try await fzb.office.openInvitations() == 0)
    }
  }

  /// The request of a newcomer with a key of its own, by the invitation's secret or another one.
  private func stranger(
    _ code: String, seed: UInt8, secret: [UInt8]? = nil
  ) throws -> Exchange.JoinRequest {
    let parts = code.split(separator: ".").map(String.init)
    let signed = SignedObject(
      body: try #require(Base64Text.bytes(parts[1])),
      signature: try #require(Base64Text.bytes(parts[2])))
    let invitation = try #require(signed.claim(as: Exchange.Invitation.self))
    let key = try #require(SigningKey(rawRepresentation: Array(repeating: seed, count: 32)))
    let particulars = Particulars(signer: invitation.agency, key: key.keyID, version: 1)
    let entry = AgencyEntry(
      code: invitation.agency, name: "市纪委监委", shortName: "", level: "city", region: "420300",
      kind: "disciplineBody")
    return Exchange.JoinRequest(
      entry: entry, key: key.publicKey,
      particulars: SignedObject(signing: particulars, with: key), invitation: signed,
      secret: secret ?? invitation.secret, isSample: true)
  }

  @Test func `evidence of a letter proves author, content and receipt to a third party`()
    async throws
  {
    try await City.with(Array(City.six.prefix(2))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let letter = try await fzb.refer(to: ["420300-JW"]).letter
      try await city.settle()
      let number = try #require(letter.number)
      let file = try await fzb.office.evidence(API.EvidenceRequest(id: number), by: fzb.operator)
      let bytes = try #require(Base64Text.bytes(file.content))
      let directory = try #require(
        try await fzb.office.agencies(API.AgencyListRequest()).directory.flatMap {
          DossierID(hex: $0)
        })
      guard case .valid(let findings) = Evidence.verify(bytes, directory: directory) else {
        Issue.record("\(Evidence.verify(bytes, directory: directory))")
        return
      }
      #expect(findings.id.hex == letter.changeSet)
      #expect(findings.received.map(\.agency.rawValue) == ["420300-JW"])
      let shown = try await jw.office.show(API.ShowRequest(id: number))
      #expect(shown.kind == "document")
      #expect(shown.changeSet == letter.changeSet)
      #expect(shown.from == "420300-FZB")
      #expect(
        shown.records.first?.fields.contains { $0.name == "number" && $0.value == number } == true)
      let lines = try await fzb.store.read { try AuditLog.newest(1, in: $0.sql) }
      #expect(lines.first?.operation == "evidence")
    }
  }

  @Test func `status counts what waits for a peer until its receipt is here`() async throws {
    try await City.with(Array(City.six.prefix(2))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let ready = Office.Process(isReady: true)
      let quiet = try await fzb.office.status(API.StatusRequest(), process: ready)
      #expect(quiet.peers.map(\.state) == ["equal"])
      _ = try await fzb.refer(to: ["420300-JW"])
      let busy = try await fzb.office.status(API.StatusRequest(), process: ready)
      #expect(busy.peers.map(\.state) == ["behind"])
      #expect(busy.peers.first?.outgoing == 2)
      let cut = Office.Process(isReady: true, faults: [jw.code: PeerFault("silent")])
      let away = try await fzb.office.status(API.StatusRequest(), process: cut)
      #expect(away.peers.map(\.state) == ["unreachable"])
      #expect(away.peers.first?.lastErrorCode == "silent")
      #expect(away.peers.first?.lastError == "对方没有应答")
      let told = try await fzb.office.status(API.StatusRequest(), process: cut, in: .en)
      #expect(told.peers.first?.lastError == "it did not answer")
      try await city.settle()
      let again = try await fzb.office.status(API.StatusRequest(peer: "420300-JW"), process: ready)
      #expect(again.peers.first?.outgoing == 0)
      #expect(again.node.sample)
      await expect(.peerUnknown) {
        try await fzb.office.status(API.StatusRequest(peer: "420300-XX"), process: ready)
      }
      #expect(try await fzb.office.held(API.HeldListRequest()).held.isEmpty)
      #expect(try await fzb.office.rejected(API.RejectedListRequest()).rejected.isEmpty)
    }
  }

  @Test func `a sample clock that was moved stays moved over a restart`() async throws {
    try await City.with(Array(City.six.prefix(1))) { city in
      let fzb = try city["420300-FZB"]
      let moved = try await fzb.office.clock(
        API.ClockRequest(set: "2023-06-20"), by: fzb.operator)
      #expect(moved.now.hasPrefix("2023-06-20T01:00:00"))
      fzb.office.clock.set(microsecondsAhead: 0)
      try await fzb.office.restoreClock()
      #expect(fzb.office.clock.today.description == "2023-06-20")
      await expect(.invalidValue) {
        try await fzb.office.clock(API.ClockRequest(set: "tomorrow"), by: fzb.operator)
      }
    }
  }
}

/// Base64 of either alphabet, with or without its padding.
enum Base64Text {
  static func bytes(_ text: String) -> [UInt8]? {
    var plain = String(text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
    plain += String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
    return Data(base64Encoded: plain).map(Array.init)
  }
}
