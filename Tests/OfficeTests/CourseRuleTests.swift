import Casework
import Ledger
import Office
import Postgres
import TestSupport
import Testing

/// What the office fills in and refuses before a step of a course is judged.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct CourseRuleTests {
  private static let three = Array(City.six.prefix(3))

  @Test func `a petition is given to nobody who is excluded`() async throws {
    try await City.with(Self.three) { city in
      let fzb = try city["420300-FZB"]
      try city.on("2023-03-07")
      let petition = try await fzb.office.createDossier(
        API.CreateDossierRequest(kind: "petition", title: "反映办证超期", admit: ["420300-SFJ"]),
        by: fzb.by(.deputy)
      ).dossier
      _ = try await fzb.office.exclude(
        API.ExcludeRequest(dossier: petition, agency: "420300-SFJ", reason: "conflict"),
        by: fzb.by(.deputy))
      let transfer = API.AdvanceRequest(
        dossier: petition, stage: "transferred", handler: "420300-SFJ")
      await expect(.conflict) { try await fzb.office.advance(transfer, by: fzb.by(.deputy)) }
    }
  }

  @Test func `row 22: a secondment uses the approval of the earliest days and leaves the others`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
      try city.on("2023-03-07")
      let pool = try await fzb.office.createDossier(
        API.CreateDossierRequest(kind: "expertPool", title: "人才库", admit: ["420300-SFJ"]),
        by: fzb.by(.deputy)
      ).dossier
      try await city.settle()
      _ = try await sfj.finish(
        try await sfj.office.draft(
          API.DraftRequest(
            dossier: pool, form: "nomination", title: "人才推荐表", body: "推荐",
            to: ["420300-FZB"],
            items: [API.DraftItem(kind: "expert", text: "样例专家甲", category: "legal")]),
          by: sfj.by(.handler)))
      try await city.settle()
      let shown = try await fzb.office.dossier(API.DossierRequest(dossier: pool))
      let expert = try #require(shown.items.first).id
      func step(
        _ stage: String, _ agency: Agency, _ role: Role, _ days: String? = nil,
        citing cites: [String] = []
      ) async throws -> API.Step {
        let made = try await agency.office.advance(
          API.AdvanceRequest(dossier: expert, stage: stage, reason: days, cites: cites),
          by: agency.by(role))
        try await city.settle()
        return made
      }
      _ = try await step("inPool", fzb, .deputy)
      let letter = try await fzb.finish(
        try await fzb.office.draft(
          API.DraftRequest(
            dossier: pool, form: "secondmentRequest", title: "抽调函", body: "商请抽调",
            to: ["420300-SFJ"]), by: fzb.by(.handler)))
      let number = letter.number ?? ""
      for days in ["2023-07-01/2023-07-31", "2023-05-01/2023-05-31"] {
        _ = try await step("requested", fzb, .deputy, days, citing: [number])
      }
      for _ in 1...2 { _ = try await step("approved", sfj, .head) }
      for stage in ["deployed", "returned", "deployed"] {
        #expect(try await step(stage, sfj, .deputy).state == stage)
      }
      await expect(.unlawful) { try await step("deployed", sfj, .deputy) }
    }
  }
}
