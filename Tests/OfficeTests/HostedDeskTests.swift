import Casework
import Exchange
import Ledger
import Office
import Postgres
import Replica
import TestSupport
import Testing

/// Agencies without a node, which act at the node of another with a key, a chain and numbers of
/// their own.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct HostedDeskTests {
  private static let three = Array(City.six.prefix(3))

  @Test func `a hosted agency is entered with the key that its host keeps`() async throws {
    try await City.with(Self.three) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let key = try City.key(77)
      let good = City.admission(of: key, by: "420300-JW")
      let ask: (API.AdmitAgencyRequest) async throws -> API.Proposal = {
        try await fzb.office.admitAgency($0, by: fzb.operator)
      }
      var request = good
      request.publicKey = nil
      await expect(.conflict) { [request] in try await ask(request) }
      request.publicKey = "00"
      await expect(.invalidValue) { [request] in try await ask(request) }
      request = good
      request.fingerprint = "0123456789abcdef"
      await expect(.fingerprintDiffers) { [request] in try await ask(request) }
      request = good
      request.hostedBy = "429999-JW"
      await expect(.agencyUnknown) { [request] in try await ask(request) }
      request = City.admission(of: fzb.key, by: "420300-JW")
      await expect(.conflict) { [request] in try await ask(request) }
      await expect(.registrarOnly) {
        try await jw.office.admitAgency(good, by: jw.operator)
      }
      await expect(.conflict) {
        try await jw.office.assertHostable(fzb.code)
      }

      let desk = try await city.host(at: "420300-JW")
      let listed = try await fzb.office.agencies(API.AgencyListRequest()).agencies
      let entry = try #require(listed.first { $0.code == City.hosted })
      #expect(entry.hostedBy == "420300-JW" && entry.fingerprint == good.fingerprint)
      #expect(entry.people == City.roles.count && entry.endpoint == nil)
      let keys = [desk.code: Office.HostedKey(key: key, next: try City.key(78))]
      let status = try await jw.office.status(
        API.StatusRequest(), process: Office.Process(isReady: true, hosted: keys))
      #expect(status.desks.map(\.state) == ["open"])
      #expect(status.desks.first?.nextFingerprint != nil)
      #expect(status.peers.map(\.agency) == ["420300-FZB", "420300-SFJ"], "it is no node")
      #expect(try await jw.office.desks([:]).desks.map(\.state) == ["keyless"])
      await expect(.conflict) {
        // Nobody is hosted by who is hosted itself.
        var next = City.admission(of: try City.key(80), by: City.hosted)
        next.agency = "420305-JW"
        next.profile?.code = "420305-JW"
        return try await ask(next)
      }
    }
  }

  @Test func `its letters have its own numbers, its own chain and its own three people`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let desk = try await city.host(at: "420300-FZB", kind: "partyOffice")
      try city.on("2023-03-07")
      let ofHost = try await letter(of: fzb.office) { fzb.by($0) }
      let ofDesk = try await letter(of: desk.office) { desk.by($0) }
      #expect(ofHost.number == ofDesk.number, "each series begins with its own first number")
      #expect(ofDesk.number?.contains("〔2023〕1号") == true)
      let shown = try await desk.office.show(API.ShowRequest(id: ofDesk.changeSet))
      let key = try City.key(77).keyID.hex
      #expect(shown.author == City.hosted && shown.key == key)
      try await city.settle()
      let theirs = try await jw.office.dossier(API.DossierRequest(dossier: ofDesk.dossier))
      #expect(theirs.home == City.hosted && theirs.void == 0)
      #expect(
        theirs.digest
          == (try await desk.office.dossier(API.DossierRequest(dossier: ofDesk.dossier))).digest)
      // People of one desk are nobody at the other, and so are their drafts.
      await expect(.personUnknown) {
        try await desk.office.createDossier(
          API.CreateDossierRequest(kind: "clue", title: "-"), by: fzb.by(.handler))
      }
      await expect(.personUnknown) {
        try await fzb.office.createDossier(
          API.CreateDossierRequest(kind: "clue", title: "-"), by: desk.by(.handler))
      }
      let again = try await desk.office.createDossier(
        API.CreateDossierRequest(kind: "clue", title: "乙项"), by: desk.by(.handler))
      #expect(again.number == "420304-JW-XS-2023-0002")
      try await separation(desk, fzb)
    }
  }

  /// Whoever drafts does not sign, also at a desk; and a draft is its own desk's.
  private func separation(_ desk: HostedDesk, _ host: Agency) async throws {
    let both = Acting(osUser: "tester", person: "二职")
    _ = try await desk.office.addPerson(
      API.PersonRequest(name: "二职", roles: ["handler", "deputy"]), by: host.operator)
    let signed = try #require(try await desk.office.unpublishedParticulars())
    #expect(try await host.office.takeParticulars(signed))
    let clue = try await desk.office.createClue(
      API.CreateClueRequest(title: "丙项"), by: desk.by(.handler))
    let draft = try await desk.office.refer(
      API.ReferRequest(
        clue: clue.dossier, to: ["420300-JW"], title: "函", body: "现移送", points: ["一"]),
      by: both)
    let request = API.DraftActRequest(draft: draft.id)
    await expect(.notFound) {
      try await host.office.submit(request, by: host.by(.handler))
    }
    await expect(.notFound) {
      try await host.office.document(
        API.DocumentRequest(document: draft.id), by: host.by(.handler))
    }
    _ = try await desk.office.submit(request, by: desk.by(.handler))
    await expect(.drafterSigns) { try await desk.office.sign(request, by: both) }
    _ = try await desk.office.sign(request, by: desk.by(.deputy))
    await expect(.roleMissing) { try await desk.office.issue(request.issue, by: desk.by(.deputy)) }
    _ = try await desk.office.issue(request.issue, by: desk.by(.registry))
  }

  /// Opens a clue at an office and refers it.
  private func letter(
    of office: Office, _ by: (Role) -> Acting
  ) async throws -> API.Step {
    let clue = try await office.createClue(
      API.CreateClueRequest(title: "甲项"), by: by(.handler))
    let draft = try await office.refer(
      API.ReferRequest(
        clue: clue.dossier, to: ["420300-JW"], title: "移送函", body: "现移送", points: ["一"]),
      by: by(.handler))
    let request = API.DraftActRequest(draft: draft.id)
    _ = try await office.submit(request, by: by(.handler))
    _ = try await office.sign(request, by: by(.deputy))
    return try await office.issue(request.issue, by: by(.registry))
  }

  @Test func `edge E02 a host forwards a clue to the agency it hosts, which accepts it`()
    async throws
  {
    try await City.with(Self.three, inEveryOrder: true) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let desk = try await city.host(at: "420300-JW")
      try city.on("2023-03-07")
      let clue = try await fzb.refer(to: ["420300-JW"]).clue.dossier
      try await city.settle()
      await expect(.notFound) {
        try await desk.office.receive(API.ReceiveRequest(clue: clue), by: desk.by(.registry))
      }
      _ = try await jw.office.receive(API.ReceiveRequest(clue: clue), by: jw.by(.registry))
      _ = try await jw.office.forward(
        API.ForwardRequest(clue: clue, to: City.hosted), by: jw.by(.deputy))
      _ = try await desk.office.receive(API.ReceiveRequest(clue: clue), by: desk.by(.registry))
      _ = try await desk.office.accept(API.AcceptRequest(clue: clue), by: desk.by(.caseOffice))
      try await city.settle()
      let shown = try await fzb.office.clue(API.ClueRequest(clue: clue))
      #expect(shown.holder == City.hosted && shown.state == "accepted")
      let own = try await desk.office.clue(API.ClueRequest(clue: clue))
      #expect(own.referrals.last?.deliveredAt != nil, "it was stored where the desk is")
    }
  }

  @Test
  func `a new key of a hosted agency is asked for at its desk, and the old one signs no more`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let desk = try await city.host(at: "420300-JW")
      let next = try City.key(91)
      let invitation = try await fzb.office.invite(
        API.InviteRequest(
          profile: API.AgencyProfile(code: City.hosted, name: "-"), newKey: true),
        by: fzb.operator)
      let asked = try await desk.office.rotateKey(
        API.RotateKeyRequest(invite: invitation.invite), to: next, isSample: true,
        by: jw.operator)
      #expect(asked.shown.state == "asked" && asked.shown.agency == City.hosted)
      #expect(try await desk.office.pendingRotation(to: next, isSample: true) != nil)
      #expect(try await jw.office.pendingRotation(to: next, isSample: true) == nil)
      _ = try await fzb.office.takeJoinRequest(try #require(asked.asking).request)
      let proposed = try await fzb.office.proposeKey(
        API.RotateKeyRequest(agency: City.hosted, fingerprint: asked.shown.fingerprint),
        by: fzb.operator)
      #expect(proposed.state == "effective")
      try await city.settle()
      await expect(.conflict) {
        try await desk.office.createDossier(
          API.CreateDossierRequest(kind: "clue", title: "-"), by: desk.by(.handler))
      }
      let fresh = desk.with(next)
      let step = try await fresh.office.createDossier(
        API.CreateDossierRequest(kind: "clue", title: "-"), by: desk.by(.handler))
      let shown = try await fresh.office.show(API.ShowRequest(id: step.changeSet))
      #expect(shown.key == next.keyID.hex)
      // The host's own key is as it was.
      _ = try await jw.office.createDossier(
        API.CreateDossierRequest(kind: "clue", title: "-"), by: jw.by(.handler))
    }
  }

  @Test func `the registrar that hosts proposes and withdraws the key of its hosted agency itself`()
    async throws
  {
    try await City.with(Self.three) { city in
      let fzb = try city["420300-FZB"]
      let desk = try await city.host(at: "420300-FZB")
      let next = try City.key(92)
      let rotated = try await desk.office.rotateKey(
        API.RotateKeyRequest(), to: next, isSample: true, by: fzb.operator)
      #expect(rotated.shown.state == "effective" && rotated.asking == nil)
      let fresh = desk.with(next)
      _ = try await fresh.office.createDossier(
        API.CreateDossierRequest(kind: "clue", title: "-"), by: desk.by(.handler))
      let withdrawal = try await fresh.office.suspendKey(
        API.SuspendKeyRequest(reason: "lost", confirm: City.hosted), by: fzb.operator)
      #expect(try await fzb.office.takeSuspension(try #require(withdrawal.toBring)))
      await expect(.conflict) {
        try await fresh.office.createDossier(
          API.CreateDossierRequest(kind: "clue", title: "-"), by: desk.by(.handler))
      }
      let keys = [desk.code: Office.HostedKey(key: next)]
      #expect(try await fzb.office.desks(keys).desks.map(\.state) == ["suspended"])
    }
  }
}
