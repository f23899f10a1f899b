import Casework
import Ledger
import Office
import TestSupport
import Testing

/// Figures and overdue lists over a real database, as the routes of the reports give them.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct ReportTests {
  /// A clue that JW accepted on 2023-03-08, filed on 2023-06-12 and sanctioned on 2023-09-18.
  private func sanctioned(in city: City) async throws -> (clue: String, sanction: String) {
    let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
    try city.on("2023-03-07")
    let clue = try await fzb.refer("甲项", to: ["420300-JW"]).clue.dossier
    try await city.settle()
    try city.on("2023-03-08")
    _ = try await jw.office.receive(API.ReceiveRequest(clue: clue), by: jw.by(.registry))
    _ = try await jw.office.accept(API.AcceptRequest(clue: clue), by: jw.by(.caseOffice))
    _ = try await jw.office.dispose(
      API.DisposeRequest(clue: clue, kind: "verification"), by: jw.by(.head))
    try city.on("2023-06-12")
    _ = try await jw.office.recordResult(
      API.ResultRequest(clue: clue, kind: "caseFiled"), by: jw.by(.caseOffice))
    try city.on("2023-09-18")
    let sanction = try await jw.office.recordResult(
      API.ResultRequest(
        clue: clue, kind: "sanction", measures: [API.Measure(class: "party", value: "warning")],
        personKey: "P-001"), by: jw.by(.caseOffice))
    try await city.settle()
    return (clue, try #require(sanction.records.last))
  }

  private func figure(
    _ code: String, _ request: API.FiguresRequest, at agency: Agency
  ) async throws -> API.Figure {
    let answer = try await agency.office.figures(request)
    return try #require(answer.figures.first { $0.code == code }, "\(code)")
  }

  @Test func `row 26: a sanction revoked after the year leaves its figure and takes today's`()
    async throws
  {
    try await City.with(Array(City.six.prefix(3))) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      let (_, sanction) = try await sanctioned(in: city)
      try city.on("2024-03-01")
      _ = try await jw.office.revokeResult(
        API.RevokeResultRequest(result: sanction, text: "申诉改变"), by: jw.by(.head))
      try await city.settle()
      try city.on("2024-03-02")
      let year = API.FiguresRequest(year: 2023)
      let now = API.FiguresRequest(year: 2023, asOf: "now")
      for agency in [fzb, jw] {
        #expect(try await figure("clueReferred", year, at: agency).value == 1)
        #expect(try await figure("caseFiled", year, at: agency).value == 1)
        #expect(try await figure("accountable", year, at: agency).value == 1)
        #expect(try await figure("personTimes", year, at: agency).value == 1)
        #expect(try await figure("personTimes", now, at: agency).value == 0)
        #expect(try await figure("caseFiled", now, at: agency).value == 1)
      }
      let same = try await fzb.office.figures(year)
      #expect(try await jw.office.figures(year).figures == same.figures)
      #expect(same.asOf == "2023-12-31" && same.ruleVersion == 1 && same.dossiers == 1)
      // Who is no member counts nothing, and its zero says what it was counted over.
      #expect(try await figure("clueReferred", year, at: sfj).value == 0)
      #expect(try await sfj.office.figures(year).dossiers == 0)
    }
  }

  @Test func `a figure drills down to the act that decided it, page by page`() async throws {
    try await City.with(Array(City.six.prefix(2))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let (clue, sanction) = try await sanctioned(in: city)
      try city.on("2023-10-09")
      let other = try await fzb.refer("乙项", to: ["420300-JW"]).clue.dossier
      try await city.settle()
      _ = try await jw.office.receive(API.ReceiveRequest(clue: other), by: jw.by(.registry))
      _ = try await jw.office.accept(API.AcceptRequest(clue: other), by: jw.by(.caseOffice))
      try await city.settle()
      let persons = try await fzb.office.figureEvidence(
        API.FigureEvidenceRequest(figure: "personTimes", year: 2023))
      let line = try #require(persons.evidence.first)
      #expect(persons.evidence.count == 1 && persons.next == nil)
      #expect(line.dossier == clue && line.record == sanction && line.decision == sanction)
      #expect(line.on == "2023-09-18" && line.author == "420300-JW" && line.region == "420300")
      let decision = try await fzb.office.show(API.ShowRequest(id: line.decision))
      #expect(decision.changeSet == line.changeSet)
      let listed = try await figure("clueReferred", API.FiguresRequest(year: 2023), at: fzb)
      #expect(listed.value == 2 && listed.evidence.count == 2 && listed.text == "2")
      var seen: [String] = []
      for page in 1...2 {
        let part = try await fzb.office.figureEvidence(
          API.FigureEvidenceRequest(figure: "clueReferred", year: 2023, page: page, limit: 1))
        #expect(part.next == (page == 1 ? 2 : nil))
        seen += part.evidence.map(\.record)
      }
      #expect(seen == listed.evidence)
      let one = API.FiguresRequest(year: 2023, dossier: other)
      #expect(try await figure("clueReferred", one, at: fzb).value == 1)
      let quarter = API.FiguresRequest(year: 2023, quarter: 2)
      #expect(try await figure("clueReferred", quarter, at: fzb).value == 0)
      #expect(try await figure("caseFiled", quarter, at: fzb).value == 1)
    }
  }

  @Test func `clues that were merged count once at every node that holds them`() async throws {
    try await City.with(Array(City.six.prefix(2))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      var clues: [String] = []
      for title in ["甲项", "乙项", "丙项"] {
        let clue = try await fzb.refer(title, to: ["420300-JW"]).clue.dossier
        try await city.settle()
        _ = try await jw.office.receive(API.ReceiveRequest(clue: clue), by: jw.by(.registry))
        _ = try await jw.office.accept(API.AcceptRequest(clue: clue), by: jw.by(.caseOffice))
        clues.append(clue)
      }
      try city.on("2023-04-01")
      for ended in clues.dropFirst() {
        _ = try await jw.office.merge(
          API.MergeRequest(clue: ended, into: clues[0], note: "同一问题"), by: jw.by(.caseOffice))
      }
      try await city.settle()
      for agency in [fzb, jw] {
        let answer = try await agency.office.figures(API.FiguresRequest(year: 2023))
        #expect(answer.dossiers == 3)
        #expect(answer.figures.first { $0.code == "clueReferred" }?.value == 1)
        let before = API.FiguresRequest(year: 2023, asOf: "2023-03-31")
        #expect(try await figure("clueReferred", before, at: agency).value == 3)
        let lines = try await agency.office.figureEvidence(
          API.FigureEvidenceRequest(figure: "clueReferred", year: 2023))
        #expect(lines.evidence.map(\.dossier) == [clues[0]])
      }
    }
  }

  @Test func `edge E30 a city lists the counties without a clue, and a county itself alone`()
    async throws
  {
    try await City.with(inEveryOrder: true) { city in
      let (fzb, county) = (try city["420300-FZB"], try city["420322-FZB"])
      try city.on("2023-03-07")
      _ = try await sanctioned(in: city)
      let year = API.FiguresRequest(year: 2023)
      #expect(
        try await figure("clueReferred", year, at: fzb).byRegion.counts
          == ["420300": 1, "420322": 0])
      #expect(
        try await figure("clueReferred", year, at: county).byRegion.counts == ["420322": 0])
      let region = API.FiguresRequest(year: 2023, region: "420322")
      let shown = try await figure("clueReferred", region, at: fzb)
      #expect(shown.value == 0 && shown.byRegion.counts == ["420322": 0])
    }
  }

  @Test func `what no figure can be asked for is refused with what can`() async throws {
    try await City.with(Array(City.six.prefix(1))) { city in
      let fzb = try city["420300-FZB"]
      for request in [
        API.FiguresRequest(year: 2023, quarter: 5), API.FiguresRequest(year: 2023, quarter: 0),
        API.FiguresRequest(year: 12), API.FiguresRequest(year: .max),
        API.FiguresRequest(year: 2023, asOf: "2023-02-30"),
        API.FiguresRequest(year: 2023, region: "42"), API.FiguresRequest(year: 2023, rule: 9),
      ] {
        await expect(.invalidValue) { try await fzb.office.figures(request) }
      }
      await expect(.notFound) {
        try await fzb.office.figures(API.FiguresRequest(dossier: "样〔2023〕99号"))
      }
      await expect(.invalidValue) {
        try await fzb.office.figureEvidence(API.FigureEvidenceRequest(figure: "clues"))
      }
      await expect(.invalidValue) {
        try await fzb.office.figureEvidence(
          API.FigureEvidenceRequest(figure: "clueReferred", limit: 201))
      }
      await expect(.invalidValue) {
        try await fzb.office.overdue(API.OverdueRequest(unit: "nobody"))
      }
    }
  }

  @Test func `row 30: what is late is listed by its days (edge E10), as of any day, and rated`()
    async throws
  {
    try await City.with(Array(City.six.prefix(3))) { city in
      let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
      try city.on("2023-03-07")
      let dossier = try await fzb.office.createDossier(
        API.CreateDossierRequest(kind: "inspection", title: "中期督察", admit: ["420300-SFJ"]),
        by: fzb.by(.deputy)
      ).dossier
      let items = [("2023-06-30", "超期办理"), ("2023-09-30", "越权办理")].map { due, text in
        API.DraftItem(kind: "finding", text: text, unit: "420300-SFJ", dueOn: due)
      }
      _ = try await fzb.finish(
        try await fzb.office.draft(
          API.DraftRequest(
            dossier: dossier, form: "feedback", title: "反馈意见", body: "请整改",
            to: ["420300-SFJ"], items: items), by: fzb.by(.handler)))
      try await city.settle()
      try city.on("2023-10-10")
      for agency in [fzb, sfj] {
        let late = try await agency.office.overdue(API.OverdueRequest())
        let stated = late.lines.filter { $0.rule == nil }
        #expect(stated.map(\.text) == ["超期办理", "越权办理"])
        #expect(stated.map(\.days) == [102, 10])
        // The plan of each finding is late, too, by the rule of the table.
        #expect(late.lines.filter { $0.rule == "D14" }.count == 2 && late.lines.count == 4)
        #expect(late.lines.allSatisfy { $0.unit == "420300-SFJ" && $0.reasons == ["overdue"] })
        #expect(late.lines.map(\.days) == late.lines.map(\.days).sorted(by: >))
      }
      let then = try await fzb.office.overdue(
        API.OverdueRequest(asOf: "2023-07-01", unit: "420300-SFJ"))
      #expect(then.asOf == "2023-07-01")
      #expect(then.lines.filter { $0.rule == nil }.map(\.days) == [1])
      #expect(try await fzb.office.overdue(API.OverdueRequest(asOf: "2023-03-08")).lines == [])
      let first = try await fzb.office.overdue(API.OverdueRequest(page: 1, limit: 1))
      #expect(first.lines.count == 1 && first.next == 2)
      let elsewhere = try await fzb.office.overdue(API.OverdueRequest(region: "420322"))
      #expect(elsewhere.lines.isEmpty)
      let rate = try await figure("rectRate.inspection", API.FiguresRequest(year: 2023), at: fzb)
      #expect(rate.numerator == 0 && rate.denominator == 2 && rate.value == nil)
      #expect(rate.text == "0.00" && rate.ofByRegion.counts == ["420300": 2])
      let done = try #require(
        try await sfj.office.items(API.ItemListRequest(dossier: dossier)).items.first
      ).id
      _ = try await sfj.office.reportItem(
        API.ItemReportRequest(item: done, text: "已整改"), by: sfj.by(.head))
      try await city.settle()
      let act = API.ItemActRequest(item: done)
      _ = try await fzb.office.passItem(act, by: fzb.by(.sectionHead))
      _ = try await fzb.office.signOffItem(act, by: fzb.by(.deputy))
      try await city.settle()
      for agency in [fzb, sfj] {
        let year = API.FiguresRequest(year: 2023)
        #expect(try await figure("rectRate.inspection", year, at: agency).text == "50.00")
        let left = try await agency.office.overdue(API.OverdueRequest()).lines
        #expect(left.filter { $0.rule == nil }.map(\.text) == ["越权办理"])
      }
    }
  }
}
