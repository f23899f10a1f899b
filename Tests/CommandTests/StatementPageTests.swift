import ArgumentParser
import Office
import Testing

@testable import guantong

@Suite struct StatementPageTests {
  private static let answer = API.Statement(
    agency: "420300-FZB", peer: "420300-JW", period: "2023Q1", firstDay: "2023-01-01",
    lastDay: "2023-03-31", outcome: "differs",
    flows: [
      API.StatementFlow(
        from: "420300-FZB", to: "420300-JW", unit: "letters", issued: 3, inTransit: 1, received: 2,
        accepted: 2, returned: 0, forwarded: 0, pending: 0, withdrawn: 1, awaiting: 1,
        disposals: [API.StatementDisposal(disposal: "verification", count: 1)])
    ],
    totals: [API.StatementTotal(author: "420300-JW", kind: "caseFiled", count: 1, amount: 0)],
    differences: [
      API.StatementDifference(
        document: "d", subject: "s", number: "样法办函〔2023〕4号", ours: nil, theirs: "x",
        onlyOurs: [], onlyTheirs: ["r"], mustAct: ["420300-FZB"])
    ],
    documents: [
      API.StatementDocument(
        document: "d", dossier: "c", number: "样纪办报〔2023〕1号", author: "420300-JW",
        issuedOn: "2023-04-03", stage: "compiled", equal: false, readable: true)
    ], digest: "00")

  private func lines(_ language: Language) -> [String] {
    Self.answer.page(Words(language: language, isASCII: false))
      .lines(paint: Paint(.never, environment: [:], isTerminal: false))
  }

  @Test func `a person reads the verdict, the sums, and who must act`() {
    let lines = lines(.zh)
    #expect(lines.first == "420300-FZB ↔ 420300-JW  2023Q1 (2023-01-01 至 2023-03-31)")
    #expect(lines.dropFirst().first == "✘ 账账不符")
    #expect(lines.contains { $0.contains("函件") && $0.hasSuffix("初步核实 1") })
    #expect(lines.contains { $0.contains("立案") })
    #expect(lines.contains { $0.contains("不一致") })
    #expect(lines.contains { $0.contains("样法办函〔2023〕4号") && $0.hasSuffix("420300-FZB") })
    #expect(self.lines(.en).dropFirst().first == "✘ the ledgers differ")
  }

  @Test func `a program reads codes, in tables one after the other`() {
    let lines = Self.answer.page(Words(language: .zh, isASCII: false))
      .programLines { $0.tabbed() }
    #expect(
      lines.first
        == "from\taddressee\tcounted\tissued\tsigned_for\tin_transit\taccepted\treturned\t"
        + "forwarded\tundecided\twithdrawn\tawaiting\tdisposals")
    #expect(
      lines.dropFirst().first
        == "420300-FZB\t420300-JW\tletters\t3\t2\t1\t2\t0\t0\t0\t1\t1\tverification=1")
    #expect(lines.contains("number\tsubject\tours\ttheirs\tmissing_there\tmissing_here\tmust_act"))
    #expect(lines.last == "样法办函〔2023〕4号\ts\t\tx\t\tr\t420300-FZB")
  }

  @Test(arguments: [
    ["--statement"], ["--period", "2023"], ["--statement", "--period", "2023"],
    ["--statement", "--period", "2023", "--peer", "a", "--peer", "b"],
    ["--statement", "--period", "2023", "--self"],
    ["--statement", "--period", "2023", "--peer", "a", "--dossier", "d"],
    ["--statement", "--period", "2023", "--peer", "a", "--out", "f"],
  ])
  func `reconcile prints a statement of one peer and a period alone`(arguments: [String]) {
    #expect(throws: (any Error).self) { try ReconcileCommand.parse(arguments) }
  }

  @Test func `reconcile takes a statement with its peer and period`() throws {
    let command = try ReconcileCommand.parse(
      ["--statement", "--period", "2023Q3", "--peer", "420300-JW"])
    #expect(command.statement && command.period == "2023Q3")
  }
}
