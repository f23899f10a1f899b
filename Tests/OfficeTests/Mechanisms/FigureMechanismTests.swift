import Casework
import Ledger
import Office
import TestSupport
import Testing

/// Texts and figures that others confirm or dispute at their own nodes before they stand.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct FigureMechanismTests {
  private static let offices = [City.six[0], City.six[2]]
  private static let three = Array(City.six.prefix(3))
  private static let contributors = ["420300-JW", "420300-SFJ"]

  @Test func `row 1: an instrument is in force when every party has confirmed its very text`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      try city.on("2023-03-07")
      let dossier = try await fzb.open("instrument", "线索收集协作配合机制")
      let first = try await fzb.issue("instrument", in: dossier) { $0.to = Self.contributors }
      try await city.settle()
      try await sfj.advance(first.id, to: "confirmed", as: .deputy)
      try await jw.advance(first.id, to: "disputed", as: .deputy) { $0.note = "程序未写明" }
      try await city.settle()
      await expect(.countersignaturesMissing) {
        try await fzb.advance(first.id, to: "reconciled", as: .deputy)
      }
      let second = try await fzb.issue("instrument", in: dossier) {
        ($0.to, $0.supersedes) = (Self.contributors, first.number)
      }
      try await city.settle()
      // Nobody's word on the first text is one on the second.
      await expect(.countersignaturesMissing) {
        try await fzb.advance(second.id, to: "reconciled", as: .deputy)
      }
      for agency in [jw, sfj] {
        try await agency.advance(second.id, to: "confirmed", as: .deputy)
      }
      try await city.settle()
      try await fzb.advance(second.id, to: "reconciled", as: .deputy)
      try await fzb.advance(second.id, to: "published", as: .head)
      try await city.settle()
      for agency in [fzb, jw, sfj] {
        let course = try await agency.course(second.id)
        #expect(course.stage == "published" && course.confirmed == Self.contributors)
        #expect(try await agency.course(first.id).disputed == ["420300-JW"])
        let papers = try await agency.read(dossier).documents
        #expect(papers.map(\.version) == [1, 2])
        #expect(papers.map(\.state) == ["superseded", "issued"])
      }
    }
  }

  @Test func `row 27: late items take points off a unit, which disputes its lines and is scored`()
    async throws
  {
    try await City.with(Self.offices) { city in
      let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
      try await inspect(city)
      try city.on("2023-12-29")
      let open = try await fzb.office.deductions(API.OverdueRequest())
      #expect(
        open.lines.map { "\($0.rule) \($0.days)" }.sorted()
          == ["longOverdue 182", "overdue 14", "overdue 182"])
      #expect(open.lines.allSatisfy { $0.assessment == nil && $0.dossier != nil })
      #expect(
        open.units == [API.DeductionUnit(unit: "420300-SFJ", open: 3, openPoints: 150)])
      #expect(
        try await fzb.office.deductions(API.OverdueRequest(asOf: "2023-06-30")).lines == [])
      let draft = try await fzb.office.assess(
        API.AssessRequest(unit: "420300-SFJ"), by: fzb.by(.handler))
      let paper = try #require(try await fzb.finish(draft).number)
      try await city.settle()
      try await disputeAndScore(draft.id, city)
      for agency in [fzb, sfj] {
        let found = try await agency.office.deductions(API.OverdueRequest(unit: "420300-SFJ"))
        #expect(
          found.units == [API.DeductionUnit(unit: "420300-SFJ", assessed: 3, points: 150)])
        #expect(Set(found.lines.map(\.record)) == Set(open.lines.map(\.record)))
        for line in found.lines {
          #expect(line.assessmentNumber == paper && line.author == "420300-FZB")
          #expect(line.stage == "published" && line.said == "disputed")
          // Every line leads to the item that it rests on.
          #expect(try await agency.office.show(API.ShowRequest(id: line.record)).kind == "item")
        }
      }
      // What was assessed once is not assessed again, nor does anybody assess itself.
      let again = API.AssessRequest(unit: "420300-SFJ")
      await expect(.conflict) { try await fzb.office.assess(again, by: fzb.by(.handler)) }
      await expect(.invalidValue) { try await sfj.office.assess(again, by: sfj.by(.handler)) }
      try await sfj.advance(draft.id, to: "confirmed", as: .deputy)
      try await city.settle()
      let course = try await fzb.course(draft.id)
      #expect(course.confirmed == ["420300-SFJ"] && course.disputed.isEmpty)
      _ = try await fzb.office.revokeDocument(
        API.RevokeDocumentRequest(document: draft.id, text: "重新考核"), by: fzb.by(.deputy))
      #expect(
        try await fzb.office.deductions(API.OverdueRequest()).units
          == [API.DeductionUnit(unit: "420300-SFJ", open: 3, openPoints: 150)])
    }
  }

  /// Two findings: one forgotten, of the other the plan alone is filed.
  private func inspect(_ city: City) async throws {
    let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
    try city.on("2023-03-07")
    let dossier = try await fzb.open("inspection", "年度督察")
    _ = try await fzb.issue("feedback", in: dossier) {
      $0.to = ["420300-SFJ"]
      $0.items = [("2023-06-30", "超期办理"), ("2023-12-15", "越权办理")].map { due, text in
        API.DraftItem(kind: "finding", text: text, unit: "420300-SFJ", dueOn: due)
      }
    }
    try await city.settle()
    for item in try await sfj.office.items(API.ItemListRequest(dossier: dossier)).items {
      _ = try await sfj.office.planItem(
        API.ItemTextRequest(item: item.id, text: "整改方案"), by: sfj.by(.sectionHead))
    }
    try await city.settle()
  }

  @Test func `row 27: a late answer and a late petition take points off, and no late clue does`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      try city.on("2023-03-07")
      let dossier = try await fzb.open("inspection", "年度督察")
      let letter = try await fzb.issue("supervisionLetter", in: dossier) {
        ($0.to, $0.dueOn) = (["420300-SFJ"], "2023-03-20")
      }
      let petition = try await fzb.open("petition", "反映办证超期", admit: ["420300-SFJ"])
      try await fzb.advance(petition, to: "transferred", as: .deputy) {
        $0.handler = "420300-SFJ"
      }
      let (clue, _) = try await fzb.refer(to: ["420300-JW"])
      try await city.settle()
      try await sfj.receive(letter.id)
      try await jw.receive(clue.dossier)
      try await city.settle()
      try city.on("2023-05-10")
      let late = try await fzb.office.overdue(API.OverdueRequest()).lines
      #expect(late.contains { $0.unit == "420300-JW" && $0.type == "letter" })
      let course = try await sfj.course(petition).subject
      for agency in [fzb, sfj] {
        let open = try await agency.office.deductions(API.OverdueRequest())
        #expect(
          Set(open.lines.map { "\($0.record) \($0.rule) \($0.days)" }) == [
            "\(letter.id) overdue 51", "\(letter.id) longOverdue 51",
            "\(course) overdue 49", "\(course) longOverdue 49",
          ])
        #expect(open.units.map(\.unit) == ["420300-SFJ"])
        #expect(Set(open.lines.map(\.text)) == [letter.number, "信访"])
      }
      let draft = try await fzb.office.assess(
        API.AssessRequest(unit: "420300-SFJ"), by: fzb.by(.handler))
      _ = try await fzb.finish(draft)
      try await city.settle()
      let assessed = try await sfj.office.deductions(API.OverdueRequest())
      #expect(
        assessed.units == [API.DeductionUnit(unit: "420300-SFJ", assessed: 4, points: 200)])
      #expect(assessed.lines.allSatisfy { !$0.text.contains("办证") })
      // Nor is what was assessed once taken off again as the days go by.
      try city.on("2023-12-29")
      let later = try await fzb.office.deductions(API.OverdueRequest())
      #expect(later.lines.allSatisfy { $0.assessment != nil })
    }
  }

  private func disputeAndScore(_ paper: String, _ city: City) async throws {
    let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
    await expect(.conflict) { try await sfj.advance(paper, to: "disputed", as: .head) }
    try await sfj.advance(paper, to: "disputed", as: .head) { $0.note = "已按期整改" }
    try await city.settle()
    try await fzb.advance(paper, to: "published", as: .head)
    let dossier = try await fzb.read(paper).id
    let score = API.ResultRequest(clue: dossier, kind: "score", note: "98.5")
    _ = try await fzb.office.recordResult(score, by: fzb.by(.deputy))
    try await city.settle()
    await expect(.notYours) { try await sfj.office.recordResult(score, by: sfj.by(.deputy)) }
    for agency in [fzb, sfj] {
      let course = try await agency.course(paper)
      #expect(course.stage == "published" && course.disputed == ["420300-SFJ"])
      let results = try await agency.read(dossier).results
      #expect(results.map(\.kind) == ["score"] && results.map(\.author) == ["420300-FZB"])
    }
  }

  @Test func `row 34: a survey by others is recorded once, and every member reads its rank`()
    async throws
  {
    try await City.with(Self.offices) { city in
      let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
      try city.on("2023-12-29")
      let dossier = try await fzb.open("report", "2023年度统计", admit: ["420300-SFJ"])
      let survey = API.ResultRequest(
        clue: dossier, kind: "survey", decidedBy: "样例测评机构", documentNumber: "样测〔2023〕2号",
        rank: 2, ranked: 17, score: 9_250, note: "全省第二名")
      let recorded = try await fzb.office.recordResult(survey, by: fzb.by(.deputy))
      try await city.settle()
      await expect(.notYours) { try await sfj.office.recordResult(survey, by: sfj.by(.deputy)) }
      let list = try await sfj.office.results(API.ResultListRequest(kind: "survey")).results
      let line = try #require(list.first)
      #expect(list.count == 1 && recorded.records == [line.id])
      #expect(line.decidedBy == "样例测评机构" && line.documentNumber == "样测〔2023〕2号")
      #expect(line.rank == 2 && line.ranked == 17 && line.score == 9_250 && line.unit == nil)
      try await correctRank(of: line.id, city)
      let shown = try await sfj.office.show(API.ShowRequest(id: line.id))
      let note = shown.records.first?.fields.first { $0.name == "note" }
      #expect(note?.value == "全省第二名")
    }
  }

  /// A rank lies among those ranked, and is corrected like anything else that a result states.
  private func correctRank(of survey: String, _ city: City) async throws {
    let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
    func correct(_ fill: (inout API.CorrectResultRequest) -> Void) async throws -> API.Step {
      var request = API.CorrectResultRequest(result: survey, text: "更正名次")
      fill(&request)
      return try await fzb.office.correctResult(request, by: fzb.by(.head))
    }
    await expect(.invalidValue) { try await correct { $0.rank = 18 } }
    await expect(.invalidValue) { try await correct { $0.rank = 0 } }
    await expect(.invalidValue) { try await correct { $0.score = -1 } }
    // Whom it is of is said of a score alone.
    await expect(.invalidValue) { try await correct { $0.unit = "420300-SFJ" } }
    _ = try await correct { $0.rank = 1 }
    try await city.settle()
    let list = try await sfj.office.results(API.ResultListRequest(kind: "survey")).results
    #expect(list.map(\.rank) == [2, 1] && list.map(\.state) == ["revised", "valid"])
    #expect(list.allSatisfy { $0.ranked == 17 && $0.score == 9_250 })
  }
}
