import Casework
import Ledger
import Office
import TestSupport
import Testing

/// Findings of others and of campaigns, until each is signed off or has a longer time.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct RectificationMechanismTests {
  private func rectify(_ item: String, _ fzb: Agency, _ unit: Agency, _ city: City) async throws {
    _ = try await unit.office.reportItem(
      API.ItemReportRequest(item: item, text: "已整改"), by: unit.by(.head))
    try await city.settle()
    let act = API.ItemActRequest(item: item)
    _ = try await fzb.office.passItem(act, by: fzb.by(.sectionHead))
    _ = try await fzb.office.signOffItem(act, by: fzb.by(.deputy))
    try await city.settle()
  }

  private func rate(_ code: String, at agency: Agency) async throws -> String? {
    let figures = try await agency.office.figures(API.FiguresRequest(year: 2023)).figures
    return figures.first { $0.code == "rectRate.\(code)" }?.text
  }

  @Test func `row 29: findings from above go to their unit, and signed off make the whole rate`()
    async throws
  {
    try await City.with(Array(City.six.prefix(3))) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      try city.on("2023-03-07")
      let dossier = try await fzb.office.createDossier(
        API.CreateDossierRequest(kind: "upperFeedback", title: "中央督察反馈", source: "upper"),
        by: fzb.by(.deputy)
      ).dossier
      _ = try await fzb.issue("rectificationNotice", in: dossier) {
        ($0.to, $0.cc) = (["420300-SFJ"], ["420300-JW"])
        $0.items = ["超期办理", "越权办理"].map {
          API.DraftItem(kind: "finding", text: $0, unit: "420300-SFJ")
        }
      }
      try await city.settle()
      let findings = try await sfj.office.items(API.ItemListRequest(dossier: dossier)).items
      #expect(findings.map(\.text) == ["超期办理", "越权办理"])
      for (finding, expected) in zip(findings, ["50.00", "100.00"]) {
        await expect(.conflict) { try await fzb.advance(dossier, to: "archived", as: .registry) }
        try await rectify(finding.id, fzb, sfj, city)
        for agency in [fzb, jw, sfj] {
          #expect(try await rate("upperFeedback", at: agency) == expected)
        }
      }
      #expect(try await jw.read(dossier).source == "upper")
      try await fzb.advance(dossier, to: "archived", as: .registry)
      try await city.settle()
      for agency in [jw, sfj] { #expect(try await agency.course(dossier).stage == "archived") }
    }
  }

  /// Takes a campaign from its approval to the rectification of its findings.
  private func run(_ campaign: String, at fzb: Agency, for units: [String]) async throws {
    try await fzb.advance(campaign, to: "approved", as: .deputy) { $0.number = "样委批〔2023〕2号" }
    let notice = try await fzb.issue("inspectionNotice", in: campaign) { $0.to = units }
    try await fzb.advance(campaign, to: "noticed", as: .deputy) { $0.cites = [notice.number] }
    try await fzb.advance(campaign, to: "underway", as: .handler) { $0.reason = "desk" }
    try await fzb.advance(campaign, to: "reportDrafted", as: .sectionHead)
    let report = try await fzb.issue("inspectionReport", in: campaign)
    try await fzb.advance(campaign, to: "reportApproved", as: .head) {
      $0.cites = [report.number]
    }
    let feedback = try await fzb.issue("feedback", in: campaign) {
      $0.to = units
      $0.items = units.map { API.DraftItem(kind: "finding", text: "未履行裁判", unit: $0) }
    }
    try await fzb.advance(campaign, to: "fedBack", as: .deputy) { $0.cites = [feedback.number] }
    try await fzb.advance(campaign, to: "rectifying", as: .handler)
  }

  @Test func `row 31: a campaign is completed when each finding is settled or has a longer time`()
    async throws
  {
    try await City.with([City.six[0], City.six[2], City.six[3]]) { city in
      let (fzb, sfj, fy) = (try city["420300-FZB"], try city["420300-SFJ"], try city["420300-FY"])
      try city.on("2023-03-07")
      let campaign = try await fzb.office.createDossier(
        API.CreateDossierRequest(kind: "campaign", title: "履行生效裁判专项", campaign: "ZX02"),
        by: fzb.by(.deputy)
      ).dossier
      try await run(campaign, at: fzb, for: ["420300-FY", "420300-SFJ"])
      try await city.settle()
      let findings = try await fy.office.items(API.ItemListRequest(dossier: campaign)).items
      let theirs = try #require(findings.first { $0.unit == "420300-SFJ" }).id
      let ours = try #require(findings.first { $0.unit == "420300-FY" }).id
      try await rectify(theirs, fzb, sfj, city)
      await expect(.conflict) { try await fzb.advance(campaign, to: "completed", as: .head) }
      _ = try await fzb.office.prolongItem(
        API.ItemProlongRequest(item: ours, text: "长期坚持", dueOn: "2024-12-31"),
        by: fzb.by(.deputy))
      try await fzb.advance(campaign, to: "completed", as: .head)
      try await city.settle()
      for agency in [fzb, sfj, fy] {
        #expect(try await agency.course(campaign).stage == "completed")
        #expect(try await rate("ZX02", at: agency) == "50.00")
        let left = try await agency.office.items(
          API.ItemListRequest(dossier: campaign, unit: "420300-FY")
        ).items
        #expect(left.map(\.longTerm) == [true] && left.map(\.dueOn) == ["2024-12-31"])
      }
    }
  }
}
