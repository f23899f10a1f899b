import Casework
import Ledger
import Office
import TestSupport
import Testing

/// What an office shows and does of a dossier in which a member wrote with a newer build.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct LaterBuildTests {
  private static let two = Array(City.six.prefix(2))

  @Test func `scenario S17 a field of a later build names its author, and closing goes on`()
    async throws
  {
    try await City.with(Self.two) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let clue = try await fzb.refer(to: ["420300-JW"]).clue.dossier
      try await city.settle()
      var later = Record(
        id: jw.recordID(3), author: jw.code, .dossier(Dossier(kind: .clue, title: "线索")))
      // Field 5000, the number 1.
      later.body += [0xC0, 0xB8, 0x02, 0x01]
      try await jw.write([later], in: clue)
      try await city.settle()
      for agency in [fzb, jw] {
        let shown = try await agency.office.dossier(API.DossierRequest(dossier: clue))
        #expect(shown.needsUpgrade && shown.digest == nil)
        #expect(shown.newer == ["420300-JW"])
        let counted = try await agency.office.readings().tallies.filter { $0.kind == .upgrade }
        #expect(counted.map(\.count) == [1])
      }
      await expect(.upgradeNeeded) {
        try await fzb.office.withdraw(API.WithdrawRequest(clue: clue), by: fzb.by(.deputy))
      }
      await expect(.upgradeNeeded) {
        try await jw.office.receive(API.ReceiveRequest(clue: clue), by: jw.by(.registry))
      }
      // Who wrote what nobody here can read does not stay for that.
      _ = try await fzb.office.exclude(
        API.ExcludeRequest(dossier: clue, agency: "420300-JW", reason: "涉及该机关"),
        by: fzb.by(.deputy))
      let after = try await fzb.office.dossier(API.DossierRequest(dossier: clue))
      #expect(after.members == ["420300-FZB"] && after.excluded == ["420300-JW"])
      #expect(after.needsUpgrade && after.newer == ["420300-JW"])
    }
  }

  @Test func `scenario S17 a sealed record of a later build stops its readers alone`()
    async throws
  {
    try await City.with(Array(City.six.prefix(3))) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      try city.on("2023-03-07")
      let petition = try await fzb.office.createDossier(
        API.CreateDossierRequest(
          kind: "petition", title: "反映办证超期", admit: ["420300-JW", "420300-SFJ"]),
        by: fzb.by(.deputy)
      ).dossier
      try await city.settle()
      let later = Record(
        id: jw.recordID(3), type: 99, author: jw.code, revises: nil, body: [0xF8, 0x07, 0x01])
      try await jw.write([later], for: [fzb.code, jw.code], in: petition)
      try await city.settle()
      let shown = try await fzb.office.dossier(API.DossierRequest(dossier: petition))
      #expect(shown.needsUpgrade && shown.newer == ["420300-JW"])
      let outside = try await sfj.office.dossier(API.DossierRequest(dossier: petition))
      #expect(!outside.needsUpgrade && outside.newer == [] && outside.digest != nil)
      await expect(.upgradeNeeded) {
        try await fzb.office.advance(
          API.AdvanceRequest(dossier: petition, stage: "accepted"), by: fzb.by(.sectionHead))
      }
    }
  }

  @Test func `a reason that no table has is refused where it is typed, and nothing waits for it`()
    async throws
  {
    try await City.with(Self.two) { city in
      let fzb = try city["420300-FZB"]
      try city.on("2023-03-07")
      let petition = try await fzb.office.createDossier(
        API.CreateDossierRequest(kind: "petition", title: "反映办证超期"), by: fzb.by(.deputy)
      ).dossier
      for reason in ["outOfHours", "Out of hours", ""] {
        let step = API.AdvanceRequest(dossier: petition, stage: "notAccepted", reason: reason)
        await expect(.conflict) { try await fzb.office.advance(step, by: fzb.by(.deputy)) }
      }
      let shown = try await fzb.office.dossier(API.DossierRequest(dossier: petition))
      #expect(!shown.needsUpgrade && shown.digest != nil)
      let step = API.AdvanceRequest(
        dossier: petition, stage: "notAccepted", reason: "litigation")
      _ = try await fzb.office.advance(step, by: fzb.by(.deputy))
    }
  }
}
