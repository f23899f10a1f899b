import Ledger
import TestSupport
import Testing

@testable import Casework

/// Texts in the words of the first form, as builds before the second wrote and signed them.
@Suite struct `texts in words` {
  private static let letter = "01890a5d-ac96-774b-bcce-b302099a8057"

  /// A statement of a former build with every disposal and every kind of result that it could tell.
  private static let statement = [
    "对账单 1", "双方 420300-FZB 420300-JW", "期间 2023Q1 2023-01-01 2023-03-31",
    "函件 420300-FZB 已发1=已签收1+在途0 已签收1=受理1+退回0+转送0+待定0"
      + " 受理1=待处置0+DISPOSED1 撤回0",
    "线索 420300-FZB 已发1=已签收1+在途0 已签收1=受理1+退回0+转送0+待定0"
      + " 受理1=待处置0+DISPOSED1 撤回0",
    "函件 420300-JW 已发0=已签收0+在途0 已签收0=受理0+退回0+转送0+待定0 受理0=待处置0 撤回0",
    "线索 420300-JW 已发0=已签收0+在途0 已签收0=受理0+退回0+转送0+待定0 受理0=待处置0 撤回0",
    "合计 420300-JW RESULT 1件 100分",
    "移送 \(letter) 420300-FZB 420300-JW 样法办函〔2023〕4号 2023-03-07 accepted disposal 1"
      + " \(letter)",
    "结果 \(letter) 420300-JW kind 2023-03-20 100 valid \(letter)",
  ].joined(separator: "\n")

  private func statement(
    _ disposal: String, _ disposed: String, _ kind: String, _ result: String
  ) -> String {
    Self.statement.replacing("DISPOSED", with: disposed).replacing("RESULT", with: result)
      .replacing(" disposal ", with: " \(disposal) ").replacing(" kind ", with: " \(kind) ")
  }

  @Test(arguments: [
    ("merged", "并入他件"), ("inquiry", "谈话函询"), ("verification", "初步核实"),
    ("shelved", "暂存待查"), ("closed", "予以了结"), ("firstForm", "第一种形态处理"),
    ("filed", "已立案"), ("investigating", "审查调查"), ("trial", "审理"), ("decided", "已处分"),
    ("executed", "已执行"), ("dismissed", "已撤案"), ("toProcuratorate", "移送起诉"),
  ])
  func `a statement keeps the word of its disposal, whatever the tables call it today`(
    code: String, word: String
  ) throws {
    let text = statement(code, word, "caseFiled", "立案")
    let read = try #require(Statement(text: text), "\(code)")
    #expect(read.form == .words && read.text.utf8.elementsEqual(text.utf8))
    #expect(read.letters.first?.disposal?.code == code)
    #expect(Statement(text: statement(code, "改称", "caseFiled", "立案")) == nil)
  }

  @Test(arguments: [
    ("caseFiled", "立案"), ("caseDismissed", "撤销案件"), ("accountability", "追责问责"),
    ("sanction", "处分处理"), ("transferredForProsecution", "移送起诉"), ("rectified", "整改完成"),
    ("petitionClosed", "信访办结"), ("performed", "履行到位"), ("score", "考核得分"),
    ("survey", "测评结果"), ("designation", "命名"), ("training", "培训"), ("deployed", "调配使用"),
  ])
  func `a statement keeps the word of its results`(code: String, word: String) throws {
    let text = statement("filed", "已立案", code, word)
    let read = try #require(Statement(text: text), "\(code)")
    #expect(read.outcomes.map(\.kind.rawValue) == [code] && read.text.utf8.elementsEqual(text.utf8))
    // What is counted now is written in codes, and still has the bytes that were signed.
    let own = Statement(
      of: read.agencies[1], and: read.agencies[0], in: read.period, letters: read.letters,
      outcomes: read.outcomes)
    #expect(own.form == .codes && own.hasBytes(of: read) && own.text != read.text)
    #expect(own.headers.contains(where: text.hasPrefix))
    #expect(own.differences(of: read.agencies[0], from: read) == [])
  }

  /// A report of a former build.
  private static let report = """
    年度统计 1
    机关 420300-FZB
    年度 2023 截至 2023-12-31 口径 1
    地区 420300 420322
    指标 clueReferred 移送问题线索 2件 2 420300=2 420322=0
    指标 caseFiled 立案 0件 0 420300=0 420322=0
    指标 accountable 追责问责 0件 0 420300=0 420322=0
    指标 personTimes 党纪政务处分或组织处理 1人次 1 420300=1 420322=0
    指标 petitionsAccepted 受理信访 0件 0 420300=0 420322=0
    指标 petitionsClosed 办结信访 0件 0 420300=0 420322=0
    指标 petitionRate 信访办结率 50.00% 1/2 420300=0/0 420322=1/2
    指标 petitionOnTime 信访按期办结率 - 0/0 420300=0/0 420322=0/0
    指标 settled 化解涉党政机关执行案件 0件 0 420300=0 420322=0
    指标 amount 执行到位金额 1.25万元 1250000 420300=1250000 420322=0
    指标 trainings 交流培训 0次 0 420300=0 420322=0
    摘录 420300-FY amount 420300 1250000 00000000000000aa
    摘录 420300-JW clueReferred 420300 2 00000000000000bb,00000000000000cc
    摘录 420300-JW personTimes 420300 1 00000000000000dd
    摘录 420322-FZB petitionRate 420322 1/2 00000000000000ee,00000000000000ff
    """

  @Test func `a report is read with every extract, and its figures are not believed`() throws {
    let text = Self.report
    let read = try #require(FigureReport(text: text))
    #expect(read.form == .words && read.lacking == [] && read.isSound)
    #expect(read.text.utf8.elementsEqual(text.utf8))
    #expect(read.contributors.map(\.rawValue) == ["420300-FY", "420300-JW", "420322-FZB"])
    #expect(read.tally.sums[FigureKey(.clueReferred)]?.count == 2)
    #expect(FigureReport.headers(of: Town.fzb, year: 2023).contains(where: text.hasPrefix))
    let wrong = [
      text.replacing("2件 2", with: "3件 3"), text.replacing("立案", with: "改称"),
      text.replacing("万元", with: "元"), text.replacing("00bb,", with: "00bb,00bb,"),
      text.replacing(" 420300 2 ", with: " 420300 \(Int64.max) "), text + "\n",
    ]
    for other in wrong { #expect(FigureReport(text: other) == nil, "\(other.prefix(400))") }
  }

  @Test func `texts in codes have no word of any table`() throws {
    var clue = try CountedClue(in: try CaseWorld(), seed: 2)
    let filing = try clue.file()
    try clue.sanction("P-001", .party, "warning", filing: filing)
    let folded = try clue.folded()
    var statement = Statement(
      of: Town.fzb, and: Town.jw, in: try #require(StatementPeriod("2023")))
    statement.add(folded)
    let subject = try #require(
      ReportSubject(
        of: Town.fzb, year: 2023, asOf: try CaseWorld.day("2023-12-31"),
        rules: CountingRules.newest))
    let (report, extracts) = FigureReport(
      subject, regions: ["420300"], lines: subject.lines(of: [folded])
    ).frozen { _ in .sha256([1]) }
    #expect(statement.letters.count == 1 && statement.outcomes.count == 2)
    // The number of a letter alone is in words: it is its author's.
    let number = try #require(statement.letters.first).number
    for text in [statement.text.replacing(number, with: ""), report.text] + extracts.map(\.text) {
      #expect(text.utf8.allSatisfy { $0 < 0x80 }, "\(text)")
    }
  }
}
