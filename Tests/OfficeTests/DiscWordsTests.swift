import Exchange
import Ledger
import Office
import Replica
import TestSupport
import Testing

/// What an office keeps for the next bundle, and what a registrar makes of what a bundle brings.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct DiscWordsTests {
  private func suspension(of agency: Agency, by key: SigningKey) -> SignedObject {
    SignedObject(
      signing: Suspension(
        signer: agency.code, key: agency.key.keyID, agency: agency.code,
        suspended: agency.key.keyID, reason: "stolen"), with: key)
  }

  @Test func `a word that could not be brought is kept until the directory shows it`() async throws
  {
    try await City.with(Array(City.six.prefix(3))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      #expect(try await jw.office.unpublishedSuspension() == nil)
      let withdrawal = try await jw.office.suspendKey(
        API.SuspendKeyRequest(reason: "stolen", confirm: jw.code.rawValue), by: jw.operator)
      let word = try #require(withdrawal.toBring)
      try await jw.office.keep(suspension: word)
      #expect(try await jw.office.unpublished() == word, "before any particulars")
      #expect(try await fzb.office.unpublished() == nil)
      // Signed by a key that is not the one it withdraws: nobody's word.
      for thief in [fzb.key, try city["420300-SFJ"].key] {
        #expect(try await fzb.office.publish(suspension(of: jw, by: thief)) == nil)
      }
      #expect(try await jw.office.publish(word) == nil, "only the registrar publishes")
      #expect(try await fzb.office.publish(word) == .suspension)
      #expect(try await fzb.office.publish(word) == .suspension, "the same again is in force")
      while try await city.pull(jw, from: fzb) > 0 { continue }
      #expect(try await jw.office.unpublishedSuspension() == nil)
    }
  }

  @Test func `a request for a key is taken from the node of its agency alone`() async throws {
    try await City.with(Array(City.six.prefix(3))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let next = try #require(SigningKey(rawRepresentation: Array(repeating: 77, count: 32)))
      let invitation = try await fzb.office.invite(
        API.InviteRequest(
          profile: API.AgencyProfile(code: jw.code.rawValue, name: "-"), newKey: true),
        by: fzb.operator)
      let asked = try await jw.office.rotateKey(
        API.RotateKeyRequest(invite: invitation.invite), to: next, isSample: true,
        by: jw.operator)
      var request = try #require(asked.asking).request
      let refused = JoinRefusal.notInvited.rawValue
      for node in [fzb.code, try city["420300-SFJ"].code] {
        #expect(try await fzb.office.takeKeyRequest(request, from: node) == refused)
      }
      #expect(try await jw.office.takeKeyRequest(request, from: jw.code) == refused)
      #expect(try await fzb.office.takeKeyRequest(request, from: jw.code) == "pending")
      // A byte of it changed on its way.
      request.entry.name += "!"
      #expect(try await fzb.office.takeKeyRequest(request, from: jw.code) == refused)
      let shown = try await fzb.office.pending(API.PendingRequest()).applications
      #expect(shown.map(\.fingerprint) == [asked.shown.fingerprint])
    }
  }

  @Test func `what the last checks found holed is noted, and forgotten when it is whole`()
    async throws
  {
    try await City.with(Array(City.six.prefix(1))) { city in
      let office = try #require(city.agencies.first).office
      let dossiers = (0..<3).map { DossierID(.sha256([UInt8($0)])) }.sorted()
      #expect(try await office.holedDossiers().isEmpty)
      try await office.note(holes: [dossiers[0], dossiers[1]], in: .fromStart)
      try await office.note(holes: [dossiers[2]], in: .further)
      #expect(try await office.holedDossiers() == dossiers)
      try await office.note(holes: [], in: .dossier(dossiers[1]))
      #expect(try await office.holedDossiers() == [dossiers[0], dossiers[2]])
      try await office.note(holes: [], in: .fromStart)
      #expect(try await office.holedDossiers().isEmpty)
    }
  }
}
