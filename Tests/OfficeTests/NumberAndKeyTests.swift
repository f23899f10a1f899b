import Casework
import Ledger
import Office
import TestSupport
import Testing

/// Numbers that are given to papers, and keys that stand for persons.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct NumberAndKeyTests {
  @Test func `a number of a revoked paper stays listed as void, and is drawn no more`()
    async throws
  {
    try await City.with(Array(City.six.prefix(2))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let dossier = try await fzb.open("inspection", "年度督察", admit: ["420300-JW"])
      let first = try await fzb.issue("bulletin", in: dossier)
      _ = try await fzb.office.revokeDocument(
        API.RevokeDocumentRequest(document: first.id, text: "发错"), by: fzb.by(.deputy))
      let second = try await fzb.issue("bulletin", in: dossier)
      #expect(first.number == "样法办通〔2023〕1号" && second.number == "样法办通〔2023〕2号")
      try await city.settle()
      for agency in [fzb, jw] {
        let papers = try await agency.read(dossier).documents
        #expect(
          Set(papers.map { "\($0.number ?? "") \($0.state)" }) == [
            "样法办通〔2023〕1号 revoked", "样法办通〔2023〕2号 issued",
          ])
      }
    }
  }

  @Test func `numbers that are drawn at once have no gap and no repetition`() async throws {
    try await City.with(Array(City.six.prefix(1))) { city in
      let fzb = try city["420300-FZB"]
      try city.on("2023-03-07")
      let dossier = try await fzb.open("inspection", "年度督察")
      var acts: [API.DraftActRequest] = []
      for _ in 1...5 {
        let draft = try await fzb.office.draft(
          API.DraftRequest(dossier: dossier, form: "bulletin", title: "通报", body: "正文"),
          by: fzb.by(.handler))
        try await fzb.sign(draft.id)
        acts.append(API.DraftActRequest(draft: draft.id))
      }
      let numbers = try await withThrowingTaskGroup(of: String?.self) { group in
        for act in acts {
          group.addTask { try await fzb.office.issue(act.issue, by: fzb.by(.registry)).number }
        }
        var numbers: [String] = []
        for try await number in group { numbers.append(number ?? "") }
        return numbers
      }
      #expect(numbers.sorted() == (1...5).map { "样法办通〔2023〕\($0)号" })
    }
  }

  /// A sanction of a person in a clue that a body accepted; the key that stands for the person.
  private func sanction(_ person: String, in clue: String, by body: Agency) async throws -> String {
    try await body.receive(clue)
    try await body.accept(clue)
    _ = try await body.office.dispose(
      API.DisposeRequest(clue: clue, kind: "verification"), by: body.by(.head))
    _ = try await body.office.recordResult(
      API.ResultRequest(clue: clue, kind: "caseFiled"), by: body.by(.caseOffice))
    _ = try await body.office.recordResult(
      API.ResultRequest(
        clue: clue, kind: "sanction", measures: [API.Measure(class: "party", value: "warning")],
        personKey: person), by: body.by(.caseOffice))
    let results = try await body.read(clue).results
    return try #require(results.first { $0.kind == "sanction" }?.personKey)
  }

  @Test func `a person has one key at one body, another at the next, and a name nowhere`()
    async throws
  {
    try await City.with([City.six[0], City.six[1], City.six[4]]) { city in
      let (fzb, jw, county) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420322-JW"]
      )
      try city.on("2023-03-07")
      let person = "样例人员之一"
      let first = try await fzb.refer("甲项", to: ["420300-JW"]).clue.dossier
      let second = try await fzb.refer("乙项", to: ["420300-JW"]).clue.dossier
      let third = try await fzb.refer("丙项", to: ["420322-JW"]).clue.dossier
      try await city.settle()
      let key = try await sanction(person, in: first, by: jw)
      #expect(Hash256(hex: key) != nil)
      #expect(try await sanction(person, in: second, by: jw) == key)
      #expect(try await sanction(person, in: third, by: county) != key)
      try await city.settle()
      for agency in [fzb, jw, county] { #expect(try await agency.holds(person) == false) }
      // One person in two cases is two person-times; two bodies cannot know that it is one person.
      let figures = try await fzb.office.figures(API.FiguresRequest(year: 2023)).figures
      #expect(figures.first { $0.code == "personTimes" }?.value == 3)
    }
  }
}
