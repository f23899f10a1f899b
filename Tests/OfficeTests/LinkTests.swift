import Casework
import FoundationEssentials
import Ledger
import Office
import Postgres
import TestSupport
import Testing

/// Clues and dossiers that belong together.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct LinkTests {
  private static let five = Array(City.six.prefix(5))

  /// A clue of FZB that JW has received and, if so asked, accepted.
  private func referred(
    _ title: String, in city: City, accepting: Bool = true
  ) async throws -> String {
    let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
    let clue = try await fzb.refer(title, to: ["420300-JW"]).clue.dossier
    try await city.settle()
    _ = try await jw.office.receive(API.ReceiveRequest(clue: clue), by: jw.by(.registry))
    if accepting {
      _ = try await jw.office.accept(API.AcceptRequest(clue: clue), by: jw.by(.caseOffice))
    }
    try await city.settle()
    return clue
  }

  @Test func `race K4 a body merges one of two clues that it accepted into the other, one way`()
    async throws
  {
    try await City.with(Self.five) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let (first, second) = (
        try await referred("甲项", in: city), try await referred("乙项", in: city)
      )
      let third = try await referred("丙项", in: city, accepting: false)
      let merge = API.MergeRequest(clue: second, into: first, note: "同一问题")
      await expect(.roleMissing) { try await jw.office.merge(merge, by: jw.by(.registry)) }
      await expect(.conflict) { try await fzb.office.merge(merge, by: fzb.by(.caseOffice)) }
      for other in [third, second] {
        await expect(.conflict) {
          try await jw.office.merge(
            API.MergeRequest(clue: second, into: other), by: jw.by(.caseOffice))
        }
      }
      await expect(.notFound) {
        try await jw.office.merge(
          API.MergeRequest(clue: second, into: "样〔2023〕99号"), by: jw.by(.caseOffice))
      }
      _ = try await jw.office.merge(merge, by: jw.by(.caseOffice))
      await expect(.conflict) {
        try await jw.office.merge(
          API.MergeRequest(clue: first, into: second), by: jw.by(.caseOffice))
      }
      try await city.settle()
      for agency in [fzb, jw] {
        let ended = try await agency.office.clue(API.ClueRequest(clue: second))
        #expect(ended.mergedInto == first)
        #expect(try await agency.office.clue(API.ClueRequest(clue: first)).mergedInto == nil)
      }
    }
  }

  @Test func `race K3 the common superior names the body that is competent`() async throws {
    try await City.with(Self.five) { city in
      let (fzb, jw, county) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420322-JW"]
      )
      try city.on("2023-03-07")
      let clue = try await referred("甲项", in: city, accepting: false)
      _ = try await jw.office.accept(
        API.AcceptRequest(clue: clue, points: ["1"]), by: jw.by(.caseOffice))
      _ = try await jw.office.forward(
        API.ForwardRequest(clue: clue, to: "420322-JW", points: ["1"]), by: jw.by(.deputy))
      try await city.settle()
      let assign = API.AssignCompetenceRequest(clue: clue, to: "420322-JW", note: "指定管辖")
      _ = try await county.office.receive(
        API.ReceiveRequest(clue: clue), by: county.by(.registry))
      await expect(.conflict) {
        // Nobody else has accepted, and one forward waits for its answer.
        try await jw.office.assignCompetence(
          API.AssignCompetenceRequest(clue: clue, to: "420300-FY"), by: jw.by(.deputy))
      }
      _ = try await county.office.accept(
        API.AcceptRequest(clue: clue), by: county.by(.caseOffice))
      _ = try await jw.office.accept(
        API.AcceptRequest(clue: clue, points: ["2"]), by: jw.by(.caseOffice))
      try await city.settle()
      await expect(.roleMissing) {
        try await jw.office.assignCompetence(assign, by: jw.by(.caseOffice))
      }
      await expect(.notYours) {
        try await fzb.office.assignCompetence(assign, by: fzb.by(.deputy))
      }
      _ = try await jw.office.assignCompetence(assign, by: jw.by(.deputy))
      try await city.settle()
      for agency in [fzb, jw, county] {
        let shown = try await agency.office.clue(API.ClueRequest(clue: clue))
        #expect(shown.holder == "420322-JW")
        #expect(shown.referrals.first { $0.to == "420300-JW" }?.state == "overruled")
      }
    }
  }

  @Test func `a member relates a dossier to another one that it can see`() async throws {
    try await City.with(Array(City.six.prefix(2))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let clue = try await referred("甲项", in: city)
      let other = try await fzb.office.createDossier(
        API.CreateDossierRequest(kind: "inspection", title: "年度督察"), by: fzb.by(.deputy)
      ).dossier
      try await city.settle()
      let relate = API.RelateRequest(dossier: clue, to: other)
      await expect(.roleMissing) { try await fzb.office.relate(relate, by: fzb.by(.deputy)) }
      await expect(.conflict) {
        try await fzb.office.relate(
          API.RelateRequest(dossier: clue, to: clue), by: fzb.by(.handler))
      }
      // Who is no member of the other one cannot name it.
      await expect(.notFound) { try await jw.office.relate(relate, by: jw.by(.handler)) }
      _ = try await fzb.office.relate(relate, by: fzb.by(.handler))
      try await city.settle()
      let shown = try await jw.office.clue(API.ClueRequest(clue: clue))
      #expect(shown.acts.contains { $0.verb == "relate" && $0.standing != "void" })
    }
  }
}

@Suite struct `the verbs of the tables` {
  /// The source of the office, without blanks, so that line breaks decide nothing.
  private static let source: String = {
    let root = "\(Repository.root)/Sources/Office"
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? []
    let files = paths.filter { $0.hasSuffix(".swift") }.sorted()
    let texts = files.compactMap { Repository.text("Sources/Office/\($0)") }
    return String(texts.joined().filter { !$0.isWhitespace })
  }()

  @Test(arguments: Verb.allCases)
  func `are each written by an act of the office`(_ verb: Verb) {
    // A version of minutes is itself what is circulated.
    guard verb != .circulate else { return }
    let name = verb.rawValue
    let calls = ["decide", "answer", "change", "link", "review"].map { "desk.\($0)(.\(name)," }
    // An Act that is made, or one of two verbs that the state decides between.
    let forms = calls + ["verb:.\(name),actor:", "?.\(name):.", ":.\(name)return"]
    #expect(forms.contains { Self.source.contains($0) }, "\(name)")
  }
}
