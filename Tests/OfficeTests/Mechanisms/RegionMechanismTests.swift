import Casework
import Ledger
import Office
import TestSupport
import Testing

/// Questions put to several agencies, and what counties do in the sight of their city.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct RegionMechanismTests {
  @Test func `row 32: each agency says its position on a question, and all read the conclusion`()
    async throws
  {
    try await City.with([City.six[0], City.six[1], City.six[3]]) { city in
      let (fzb, jw, fy) = (try city["420300-FZB"], try city["420300-JW"], try city["420300-FY"])
      try city.on("2023-03-07")
      let dossier = try await fzb.open(
        "issue", "执行异议期间能否督办", admit: ["420300-JW", "420300-FY"])
      try await city.settle()
      for agency in [jw, fy] {
        _ = try await agency.issue("position", in: dossier) { $0.body = agency.code.rawValue }
      }
      try await city.settle()
      await expect(.notYours) { try await fy.advance(dossier, to: "concluded", as: .deputy) }
      await expect(.conflict) { try await fzb.advance(dossier, to: "concluded", as: .deputy) }
      let conclusion = try await fzb.issue("conclusion", in: dossier) {
        $0.body = "可以督办,不得干预裁判"
        $0.items = [API.DraftItem(kind: "resolution", text: "修订规程", unit: "420300-FY")]
      }
      try await fzb.advance(dossier, to: "concluded", as: .deputy) {
        $0.cites = [conclusion.number]
      }
      try await city.settle()
      for agency in [fzb, jw, fy] {
        #expect(try await agency.course(dossier).stage == "concluded")
        #expect(try await agency.item(of: dossier).unit == "420300-FY")
        let papers = try await agency.read(dossier).documents
        #expect(papers.map(\.form) == ["position", "position", "conclusion"])
        var bodies: [String] = []
        for paper in papers {
          let shown = try await agency.office.document(API.DocumentRequest(document: paper.id))
          bodies.append(shown.body)
        }
        #expect(bodies == ["420300-JW", "420300-FY", "可以督办,不得干预裁判"])
      }
    }
  }

  @Test func `row 35: the city reads a county's bid to be a model area, and its designation`()
    async throws
  {
    try await City.with([City.six[0], City.six[5]]) { city in
      let (fzb, county) = (try city["420300-FZB"], try city["420322-FZB"])
      try city.on("2023-03-07")
      let bid = try await county.open("demonstration", "全省示范地区", admit: ["420300-FZB"]) {
        ($0.level, $0.batch) = ("provincial", 2)
      }
      try await refuseBids(county)
      let material = try await county.issue("report", in: bid)
      try await county.advance(bid, to: "approved", as: .deputy) {
        ($0.number, $0.cites) = ("样县委批〔2023〕3号", [material.number])
      }
      try await city.settle()
      #expect(try await fzb.course(bid).approval == "样县委批〔2023〕3号")
      let named = API.ResultRequest(
        clue: bid, kind: "designation", decidedBy: "样例省委依法治省办", documentNumber: "样〔2023〕9号")
      await expect(.notYours) { try await fzb.office.recordResult(named, by: fzb.by(.deputy)) }
      _ = try await county.office.recordResult(named, by: county.by(.deputy))
      try await city.settle()
      #expect(try await fzb.course(bid).stage == "designated")
      try await county.advance(bid, to: "archived", as: .registry)
      try await city.settle()
      for agency in [fzb, county] {
        let shown = try await agency.read(bid)
        #expect(shown.home == "420322-FZB" && shown.courses.first?.stage == "archived")
        #expect(shown.level == "provincial" && shown.batch == 2)
        let list = try await agency.office.dossiers(API.DossierListRequest(kind: "demonstration"))
        let listed = try #require(list.dossiers.first { $0.id == bid })
        #expect(listed.level == "provincial" && listed.batch == 2)
        #expect(shown.documents.map(\.id) == [material.id])
        #expect(shown.results.map(\.kind) == ["designation"])
        #expect(shown.results.map(\.decidedBy) == ["样例省委依法治省办"])
      }
    }
  }

  /// A level is one of the table, a batch is counted from 1, and no other dossier has them.
  private func refuseBids(_ agency: Agency) async throws {
    await expect(.invalidValue) {
      try await agency.open("demonstration", "示范创建") { $0.level = "county" }
    }
    for batch in [0, -1, 1_001] {
      await expect(.invalidValue) {
        try await agency.open("demonstration", "示范创建") { $0.batch = batch }
      }
    }
    await expect(.conflict) { try await agency.open("campaign", "专项") { $0.level = "city" } }
    await expect(.conflict) { try await agency.open("petition", "反映收费不明") { $0.batch = 2 } }
  }

  @Test func `row 36: a city's sum has the clues of its counties, and a county counts its own`()
    async throws
  {
    try await City.with([City.six[0], City.six[1], City.six[4], City.six[5]]) { city in
      let (fzb, jw, countyJW, county) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420322-JW"],
        try city["420322-FZB"]
      )
      try city.on("2023-03-07")
      let own = try await fzb.refer("甲项", to: ["420300-JW"]).clue.dossier
      let theirs = try await county.refer("乙项", to: ["420322-JW"]).clue.dossier
      for member in ["420300-FZB", "420300-JW"] {
        _ = try await county.office.admit(
          API.AdmitRequest(dossier: theirs, agency: member), by: county.by(.deputy))
      }
      try await city.settle()
      for (body, clue) in [(jw, own), (countyJW, theirs)] {
        try await body.receive(clue)
        try await body.accept(clue)
      }
      try await city.settle()
      func referred(_ agency: Agency, _ region: String? = nil) async throws -> API.Figure {
        let answer = try await agency.office.figures(
          API.FiguresRequest(year: 2023, region: region))
        return try #require(answer.figures.first { $0.code == "clueReferred" })
      }
      for agency in [fzb, jw] {
        let sum = try await referred(agency)
        #expect(sum.value == 2 && sum.byRegion.counts == ["420300": 1, "420322": 1])
        #expect(try await referred(agency, "420322").value == 1)
      }
      let alone = try await referred(county)
      #expect(alone.value == 1 && alone.byRegion.counts == ["420322": 1])
      #expect(try await referred(fzb, "420322").evidence == alone.evidence)
    }
  }
}
