import Casework
import Exchange
import Ledger
import Office
import Postgres
import Replica
import TestSupport
import Testing

/// New keys, keys withdrawn, a registrar lost and agencies renamed, from the office's side.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct KeyTests {
  private static let governors = ["420300-FZB", "420300-JW", "420300-SFJ"]

  private func key(_ seed: UInt8) throws -> SigningKey {
    try #require(SigningKey(rawRepresentation: Array(repeating: seed, count: 32)))
  }

  private func agency(_ code: String, seenBy reader: Agency) async throws -> API.Agency {
    try #require(
      try await reader.office.agencies(API.AgencyListRequest()).agencies
        .first { $0.code == code })
  }

  @Test func `a member asks for a new key by invitation, and k governors give it`() async throws {
    try await City.with(Array(City.six.prefix(4)), governors: Self.governors) { city in
      let (fzb, jw, fy) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-FY"]
      )
      let next = try key(90)
      // Without an invitation it is shown and nothing is asked.
      let prepared = try await fy.office.rotateKey(
        API.RotateKeyRequest(), to: next, isSample: true, by: fy.operator)
      #expect(prepared.shown.state == "prepared" && prepared.asking == nil)
      await expect(.agencyUnknown) {
        try await fzb.office.invite(
          API.InviteRequest(
            profile: API.AgencyProfile(code: "420399-XX", name: "-"), newKey: true),
          by: fzb.operator)
      }
      await expect(.conflict) {
        try await fzb.office.proposeKey(
          API.RotateKeyRequest(agency: "420300-FY", fingerprint: "00"), by: fzb.operator)
      }
      let invitation = try await fzb.office.invite(
        API.InviteRequest(
          profile: API.AgencyProfile(code: "420300-FY", name: "-"), newKey: true),
        by: fzb.operator)
      #expect(try await fzb.office.openInvitations() == 1)
      await expect(.invalidValue) {
        try await jw.office.rotateKey(
          API.RotateKeyRequest(invite: invitation.invite), to: next, isSample: true,
          by: jw.operator)
      }
      let asked = try await fy.office.rotateKey(
        API.RotateKeyRequest(invite: invitation.invite), to: next, isSample: true,
        by: fy.operator)
      #expect(asked.shown.state == "asked")
      let request = try #require(asked.asking).request
      guard case .answered(.pending) = try await fzb.office.takeJoinRequest(request) else {
        Issue.record("the request for a new key was not kept")
        return
      }
      #expect(
        try await fy.office.pendingRotation(to: next, isSample: true)?.shown.fingerprint
          == asked.shown.fingerprint, "it goes on after a restart")
      let application = try #require(
        try await fzb.office.pending(API.PendingRequest()).applications.first)
      #expect(application.kind == "key" && application.fingerprint == asked.shown.fingerprint)
      try await propose(asked.shown.fingerprint, fzb, jw, city)
      guard case .answered(.admitted) = try await fzb.office.takeJoinRequest(request) else {
        Issue.record("the new key is not told the directory")
        return
      }
      #expect(
        try await agency("420300-FY", seenBy: jw).fingerprint == asked.shown.fingerprint)
      #expect(try await fzb.office.pending(API.PendingRequest()).applications.isEmpty)
      #expect(try await fzb.office.openInvitations() == 0)
      await expect(.conflict) {
        try await fy.office.createDossier(
          API.CreateDossierRequest(kind: "clue", title: "-"), by: fy.by(.handler))
      }
    }
  }

  private func propose(
    _ fingerprint: String, _ registrar: Agency, _ governor: Agency, _ city: City
  ) async throws {
    await expect(.missingValue) {
      try await registrar.office.proposeKey(
        API.RotateKeyRequest(agency: "420300-FY"), by: registrar.operator)
    }
    await expect(.fingerprintDiffers) {
      try await registrar.office.proposeKey(
        API.RotateKeyRequest(agency: "420300-FY", fingerprint: "0123456789abcdef"),
        by: registrar.operator)
    }
    await expect(.registrarOnly) {
      try await governor.office.proposeKey(
        API.RotateKeyRequest(agency: "420300-FY", fingerprint: fingerprint),
        by: governor.operator)
    }
    for _ in 0..<2 {
      let proposed = try await registrar.office.proposeKey(
        API.RotateKeyRequest(agency: "420300-FY", fingerprint: fingerprint),
        by: registrar.operator)
      #expect(proposed.state == "proposed")
      #expect(proposed.proposal?.countersignedBy == ["420300-FZB"])
    }
    try await city.settle()
    let agreed = try await governor.office.countersignProposal(
      API.CountersignProposalRequest(proposal: "420300-FY"), by: governor.operator)
    #expect(agreed.kind == "key" && agreed.fingerprint == fingerprint)
    try await bring(governor, to: registrar, city)
    let asker = try city["420300-FY"]
    while try await city.pull(asker, from: registrar) > 0 { continue }
  }

  /// Lets the registrar hear a governor, act by itself, and be heard.
  ///
  /// Nobody listens to a key that was replaced, so the whole city cannot settle afterwards.
  private func bring(_ governor: Agency, to registrar: Agency, _ city: City) async throws {
    while try await city.pull(registrar, from: governor) > 0 { continue }
    _ = try await registrar.office.standingActs()
    while try await city.pull(governor, from: registrar) > 0 { continue }
  }

  @Test func `a governor proposes its own new key, and the same command again nothing new`()
    async throws
  {
    try await City.with(Array(City.six.prefix(3)), governors: Self.governors) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let next = try key(91)
      var ids: Set<String> = []
      for _ in 0..<2 {
        let rotation = try await jw.office.rotateKey(
          API.RotateKeyRequest(), to: next, isSample: true, by: jw.operator)
        #expect(rotation.shown.state == "proposed")
        ids.insert(try #require(rotation.shown.proposal?.id))
      }
      #expect(ids.count == 1)
      try await city.settle()
      _ = try await fzb.office.countersignProposal(
        API.CountersignProposalRequest(proposal: "420300-JW"), by: fzb.operator)
      while try await city.pull(jw, from: fzb) > 0 { continue }
      let rotation = try await jw.office.rotateKey(
        API.RotateKeyRequest(), to: next, isSample: true, by: jw.operator)
      #expect(rotation.shown.state == "effective")
    }
  }

  @Test func `a key is withdrawn by its holder or the registrar, with the code repeated`()
    async throws
  {
    try await City.with(Array(City.six.prefix(3))) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      await expect(.registrarOnly) {
        try await jw.office.suspendKey(
          API.SuspendKeyRequest(agency: "420300-SFJ", reason: "-", confirm: "420300-SFJ"),
          by: jw.operator)
      }
      await expect(.confirmationMissing) {
        try await fzb.office.suspendKey(
          API.SuspendKeyRequest(agency: "420300-SFJ", reason: "lost"), by: fzb.operator)
      }
      await expect(.confirmationMissing) {
        try await jw.office.suspendKey(
          API.SuspendKeyRequest(reason: "lost"), by: jw.operator)
      }
      let own = try await jw.office.suspendKey(
        API.SuspendKeyRequest(reason: "stolen", confirm: "420300-JW"), by: jw.operator)
      let signed = try #require(own.toBring)
      #expect(!(try await fzb.office.takeParticulars(signed)), "another type of object")
      let forged = SignedObject(body: signed.body, signature: Array(repeating: 0, count: 64))
      #expect(!(try await fzb.office.takeSuspension(forged)))
      #expect(try await fzb.office.takeSuspension(signed))
      #expect(try await fzb.office.takeSuspension(signed), "asked again, it is done")
      let other = try await fzb.office.suspendKey(
        API.SuspendKeyRequest(agency: "420300-SFJ", reason: "lost", confirm: "420300-SFJ"),
        by: fzb.operator)
      #expect(other.toBring == nil && other.shown.by == "420300-FZB")
      await expect(.conflict) {
        try await fzb.office.suspendKey(
          API.SuspendKeyRequest(agency: "420300-SFJ", reason: "lost", confirm: "420300-SFJ"),
          by: fzb.operator)
      }
      #expect(try await agency("420300-JW", seenBy: fzb).state == "suspended")
      #expect(try await agency("420300-SFJ", seenBy: fzb).state == "suspended")
      _ = sfj
    }
  }

  @Test func `k governors appoint another registrar, and only equal first words add up`()
    async throws
  {
    try await City.with(Array(City.six.prefix(4)), governors: Self.governors) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      await expect(.governorOnly) {
        let fy = try city["420300-FY"]
        return try await fy.office.appoint(
          API.AppointRequest(agency: "420300-JW", confirm: "420300-JW"), by: fy.operator)
      }
      await expect(.confirmationMissing) {
        try await jw.office.appoint(API.AppointRequest(agency: "420300-JW"), by: jw.operator)
      }
      await expect(.conflict) {
        try await jw.office.appoint(
          API.AppointRequest(agency: "420300-FZB", confirm: "420300-FZB"), by: jw.operator)
      }
      await expect(.notFound) {
        try await jw.office.appoint(
          API.AppointRequest(
            agency: "420300-JW", lastEntry: String(repeating: "0", count: 64),
            confirm: "420300-JW"), by: jw.operator)
      }
      let first = try await jw.office.appoint(
        API.AppointRequest(agency: "420300-JW", confirm: "420300-JW"), by: jw.operator)
      #expect(first.state == "proposed" && first.countersignedBy == ["420300-JW"])
      await expect(.conflict) {
        try await jw.office.appoint(
          API.AppointRequest(agency: "420300-SFJ", confirm: "420300-SFJ"), by: jw.operator)
      }
      try await city.settle()
      #expect(
        try await sfj.office.pending(API.PendingRequest()).appointments.map(\.lastEntry)
          == [first.lastEntry])
      let second = try await sfj.office.appoint(
        API.AppointRequest(agency: "420300-JW", confirm: "420300-JW"), by: sfj.operator)
      #expect(second.state == "effective" && second.lastEntry == first.lastEntry)
      #expect(second.countersignedBy == ["420300-JW", "420300-SFJ"])
      try await city.settle()
      for reader in [fzb, jw, sfj] {
        let listed = try await reader.office.agencies(API.AgencyListRequest())
        #expect(listed.registrar == "420300-JW")
      }
      await expect(.registrarOnly) {
        try await fzb.office.invite(
          API.InviteRequest(profile: City.six[5]), by: fzb.operator)
      }
      // The new registrar does its work: an invitation, and a proposal that takes effect.
      _ = try await jw.office.invite(API.InviteRequest(profile: City.six[5]), by: jw.operator)
    }
  }

  @Test func `edge E21 an agency renamed and another merged into it keep their codes and records`()
    async throws
  {
    try await City.with(Array(City.six.prefix(4)), inEveryOrder: true) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      // Mid-year: a letter from before stands between them.
      let letter = try await fzb.refer(to: ["420300-JW"]).letter
      try await city.settle()
      await expect(.registrarOnly) {
        try await jw.office.changeAgency(
          API.ChangeAgencyRequest(agency: "420300-JW", name: "新名"), by: jw.operator)
      }
      for request in [
        API.ChangeAgencyRequest(agency: "420300-JW"),
        API.ChangeAgencyRequest(agency: "420300-JW", succeeds: "420300-JW"),
      ] {
        await expect(.conflict) {
          try await fzb.office.changeAgency(request, by: fzb.operator)
        }
      }
      await expect(.agencyUnknown) {
        try await fzb.office.changeAgency(
          API.ChangeAgencyRequest(agency: "420300-JW", succeeds: "420399-XX"), by: fzb.operator)
      }
      let before = try await agency("420300-JW", seenBy: fzb)
      let changed = try await fzb.office.changeAgency(
        API.ChangeAgencyRequest(agency: "420300-JW", name: "市纪委监委机关", succeeds: "420300-SFJ"),
        by: fzb.operator)
      #expect(changed.kind == "change" && changed.state == "effective")
      await expect(.conflict) {
        try await fzb.office.changeAgency(
          API.ChangeAgencyRequest(agency: "420300-SFJ", succeeds: "420300-JW"), by: fzb.operator)
      }
      try await city.settle()
      for reader in [fzb, jw, sfj] {
        let listed = try await agency("420300-JW", seenBy: reader)
        #expect(listed.name == "市纪委监委机关" && listed.succeeds == "420300-SFJ")
        #expect(listed.fingerprint == before.fingerprint && listed.state == "active")
        let row = try await reader.store.read { transaction in
          try transaction.sql.firstRow(
            "SELECT name, succeeds FROM casework.agency WHERE code = '420300-JW'"
          ).map { [try $0.value(0, as: String.self), try $0.value(1, as: String.self)] }
        }
        #expect(row == ["市纪委监委机关", "420300-SFJ"])
      }
      // What was written before stays with the code that wrote or received it, and goes on.
      let shown = try await jw.office.document(
        API.DocumentRequest(document: try #require(letter.number)), by: jw.by(.registry))
      #expect(shown.author == "420300-FZB")
    }
  }
}
