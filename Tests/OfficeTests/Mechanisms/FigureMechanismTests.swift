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

  @Test func `row 27: a unit disputes its lines of an assessment, which are published and scored`()
    async throws
  {
    try await City.with(Self.offices) { city in
      let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
      try city.on("2023-12-29")
      let dossier = try await fzb.open("assessment", "年度法治建设绩效考核")
      let lines = try await fzb.issue("assessment", in: dossier) { $0.to = ["420300-SFJ"] }
      try await city.settle()
      await expect(.conflict) { try await sfj.advance(lines.id, to: "disputed", as: .head) }
      try await sfj.advance(lines.id, to: "disputed", as: .head) { $0.note = "已按期整改" }
      try await city.settle()
      try await fzb.advance(lines.id, to: "published", as: .head)
      let score = API.ResultRequest(clue: dossier, kind: "score", note: "98.5")
      _ = try await fzb.office.recordResult(score, by: fzb.by(.deputy))
      try await city.settle()
      await expect(.notYours) { try await sfj.office.recordResult(score, by: sfj.by(.deputy)) }
      for agency in [fzb, sfj] {
        let course = try await agency.course(lines.id)
        #expect(course.stage == "published" && course.disputed == ["420300-SFJ"])
        let results = try await agency.read(dossier).results
        #expect(results.map(\.kind) == ["score"] && results.map(\.author) == ["420300-FZB"])
      }
      try await sfj.advance(lines.id, to: "confirmed", as: .deputy)
      try await city.settle()
      let course = try await fzb.course(lines.id)
      #expect(course.confirmed == ["420300-SFJ"] && course.disputed.isEmpty)
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
        note: "全省第二名")
      let recorded = try await fzb.office.recordResult(survey, by: fzb.by(.deputy))
      try await city.settle()
      await expect(.notYours) { try await sfj.office.recordResult(survey, by: sfj.by(.deputy)) }
      let list = try await sfj.office.results(API.ResultListRequest(kind: "survey")).results
      let line = try #require(list.first)
      #expect(list.count == 1 && recorded.records == [line.id])
      #expect(line.decidedBy == "样例测评机构" && line.documentNumber == "样测〔2023〕2号")
      let shown = try await sfj.office.show(API.ShowRequest(id: line.id))
      let note = shown.records.first?.fields.first { $0.name == "note" }
      #expect(note?.value == "全省第二名")
    }
  }
}
