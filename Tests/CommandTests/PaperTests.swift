import ArgumentParser
import Office
import Testing

@testable import guantong

/// What a signer reads before signing, and what an explanation says of acts without effect.
@Suite struct PaperTests {
  private static let draft = API.Document(
    id: "d", dossier: "c", form: "referral", version: 1, title: "移送函",
    body: "第一行\n第二行\u{1B}[31m", author: "420300-FZB", state: "submitted",
    sealed: [
      API.ShownSheet(audience: ["420300-JW"], withheld: true, title: "", body: ""),
      API.ShownSheet(audience: ["420300-JW"], title: "反映人", body: "联络方式"),
    ])

  private static func lines(_ format: Printer.Format, _ answer: some Pageable) -> [String] {
    let words = Words(language: .zh, isASCII: false)
    let printer = Printer(
      format: format, words: words, paint: Paint(.never, environment: [:], isTerminal: false),
      isTerminal: false)
    return printer.lines(of: answer.page(words))
  }

  @Test func `a table shows the text line by line and which sheets are withheld`() {
    let lines = Self.lines(.table, Self.draft)
    #expect(lines.contains("第一行"))
    #expect(lines.contains("第二行␛[31m"))
    #expect(lines.contains { $0.contains("[密封件: 420300-JW]") && $0.contains("反映人") })
    #expect(lines.contains("联络方式"))
    #expect(lines.count { $0.contains("--as") } == 1)
  }

  @Test(arguments: [true, false])
  func `a bundle that proves that the database went back says so, and what next`(_ proves: Bool) {
    let taken = API.ImportedBundle(
      sender: "420300-JW", outbox: "00", from: 2, to: 1, repeated: false, stored: 0, known: 0,
      held: 0, rejected: 0, receipted: nil, queued: 0, pieces: 0, wentBack: proves)
    let lines = Self.lines(.table, taken)
    #expect(lines.contains { $0.contains("guantong reconcile --resume --dry-run") } == proves)
  }

  @Test func `values for programs hold the text too, in one value`() {
    let lines = Self.lines(.tsv, Self.draft)
    #expect(lines.contains { $0.hasPrefix("body\t第一行") && $0.contains("第二行") })
    #expect(lines.contains("sealed\t联络方式"))
  }

  @Test(arguments: [Printer.Format.table, .tsv])
  func `an explanation lists acts without effect with their reasons`(_ format: Printer.Format) {
    let act = API.Act(
      id: "a", changeSet: "ab", author: "420300-JW", sequence: 3, verb: "accept", target: "t",
      on: "2023-03-07", standing: "void", voidReason: "fork")
    let lines = Self.lines(format, API.Explanation(dossier: "d", questions: [], voids: [act]))
    let line = lines.first { $0.contains("420300-JW") } ?? ""
    #expect(line.contains(format == .table ? "受理" : "accept"))
    #expect(line.contains(format == .table ? "分叉之后" : "fork"))
  }

  @Test(arguments: [
    ["document", "review", "d"], ["clue", "refuse-withdraw", "c", "--note", "n"],
    ["meeting", "lapse", "m", "--member", "420300-JW", "--minutes", "1"],
    ["item", "reject", "i", "--reason", "notDone"], ["result", "record", "c", "--kind", "k"],
    ["show", "x", "--evidence", "--part", "1", "--part", "2"],
  ])
  func `a step that answers another is on the command line`(_ words: [String]) throws {
    _ = try Guantong.parseAsRoot(words)
    #expect(CommandWords.suggestion(for: words) == nil)
  }

  @Test(arguments: ["submit", "review", "sign", "return"])
  func `a draft is moved without a date, which nothing would keep`(_ verb: String) throws {
    _ = try Guantong.parseAsRoot(["document", verb, "d", "--note", "n"])
    #expect(throws: (any Error).self) {
      try Guantong.parseAsRoot(["document", verb, "d", "--on", "2023-03-07"])
    }
  }

  @Test func `a part is shown by evidence alone`() {
    #expect(throws: (any Error).self) { try Guantong.parseAsRoot(["show", "x", "--part", "1"]) }
  }

  @Test(arguments: ["registered", "withdrawRequested", "sent"])
  func `every state of a clue has words`(_ state: String) {
    #expect(Catalogue.contains("clue.\(state)"))
    #expect(Catalogue.contains("state.\(state)"))
  }

  @Test(arguments: ["draft", "circulated", "final", "issued", "superseded"])
  func `every state of a meeting and of a version of its minutes has words`(_ state: String) {
    #expect(Catalogue.contains("minutes.\(state)"))
  }

  @Test(arguments: [
    ("finding", "majorDecision", "重大行政决策"), ("finding", "安全生产", "安全生产"),
    ("deduction", "longOverdue", "逾期超过30日加扣"),
  ])
  func `an item is shown with its category in words`(
    _ kind: String, _ category: String, _ word: String
  ) {
    let shown = API.ShownItem(
      item: API.Item(
        id: "i", dossier: "c", document: "d", number: 1, kind: kind, text: "事项",
        issuer: "420300-FZB", unit: "420300-SFJ", state: "issued", category: category))
    let lines = shown.page(Words(language: .zh, isASCII: false)).lines(
      paint: Paint(.never, environment: [:], isTerminal: false))
    #expect(lines.contains { $0.contains(word) })
  }

  @Test(arguments: [
    ("bulletin", "revoked", "已撤销"), ("bulletin", "issued", "已印发"), ("minutes", "circulated", "会签中"),
  ])
  func `a list of documents says of each in which state it is, since when and until when`(
    _ form: String, _ state: String, _ word: String
  ) throws {
    let line = API.DocumentLine(
      id: "d", dossier: "c", form: form, version: 1, title: "督办", author: "420300-FZB",
      issuedOn: "2023-03-07", dueOn: "2023-03-21", state: state, changeSet: "ab")
    let list = API.DocumentList(documents: [line])
    let shown = try #require(Self.lines(.table, list).first { $0.contains("420300-FZB") })
    for part in [word, "2023-03-07", "2023-03-21"] { #expect(shown.contains(part)) }
    let values = try #require(Self.lines(.tsv, list).last)
    #expect(values.split(separator: "\t").map(String.init).contains(state))
  }
}
