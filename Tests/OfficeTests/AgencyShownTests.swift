import Casework
import Ledger
import Office
import TestSupport
import Testing

/// What is shown of one agency of the directory, and to whom.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct AgencyShownTests {
  private func shown(_ code: String, by agency: Agency) async throws -> API.ShownAgency {
    try await agency.office.shownAgency(API.AgencyRequest(agency: code))
  }

  @Test func `an agency is shown with its keys, its offices and what waits about it`()
    async throws
  {
    let governors = ["420300-FZB", "420300-JW"]
    try await City.with(Array(City.six.prefix(3)), governors: governors) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      let first = try await shown("420300-FZB", by: sfj)
      #expect(first.registrar && first.governor && first.threshold == 2)
      #expect(first.governors == governors)
      let before = try await shown("420300-JW", by: sfj)
      #expect(!before.registrar && before.governor)
      #expect(before.agency.name == "市纪委监委" && before.agency.state == "active")
      #expect(before.agency.people == City.roles.count)
      #expect(before.particulars?.acting == City.roles.count)
      #expect(before.since?.hasPrefix("2023-01-0") == true)
      #expect(before.keys.map(\.state) == ["active"] && before.keys.allSatisfy(\.known))
      #expect(before.keys.map(\.key) == [jw.key.keyID.hex])
      #expect(before.keys.map(\.fingerprint) == [before.agency.fingerprint])
      #expect(before.hosts.isEmpty && before.proposals.isEmpty)

      let change = try await fzb.office.changeAgency(
        API.ChangeAgencyRequest(agency: "420300-JW", name: "市纪委监委机关"), by: fzb.operator)
      #expect(change.state == "proposed")
      _ = try await fzb.office.suspendKey(
        API.SuspendKeyRequest(agency: "420300-SFJ", reason: "遗失", confirm: "420300-SFJ"),
        by: fzb.operator)
      try await city.settle()
      let waiting = try await shown("420300-JW", by: jw)
      #expect(waiting.proposals.map(\.id) == [change.id])
      let suspended = try await shown("420300-SFJ", by: jw)
      #expect(suspended.agency.state == "suspended" && suspended.proposals.isEmpty)
      #expect(suspended.keys.map(\.state) == ["withdrawn"])
      #expect(suspended.keys.first?.withdrawnAt != nil)
      #expect(suspended.keys.first?.withdrawnBy?.count == 64)
    }
  }

  @Test func `what is not published yet is told at the own desk, and an unknown code is not found`()
    async throws
  {
    try await City.with(Array(City.six.prefix(2))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let published = try #require(try await shown("420300-JW", by: jw).particulars?.version)
      _ = try await jw.office.addPerson(
        API.PersonRequest(name: "新人", roles: ["registry"]), by: jw.operator)
      let own = try await shown("420300-JW", by: jw)
      #expect(own.unpublishedVersion == published + 1)
      #expect(own.particulars?.version == published)
      #expect(try await shown("420300-JW", by: fzb).unpublishedVersion == nil)
      #expect(try await shown("420300-FZB", by: jw).unpublishedVersion == nil)
      for code in ["420300-XX", "420322-JW"] {
        await expect(.notFound) { try await shown(code, by: jw) }
      }
      await expect(.invalidValue) { try await shown("市纪委监委", by: jw) }
    }
  }
}
