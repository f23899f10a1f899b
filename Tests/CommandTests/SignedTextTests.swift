import Office
import Testing

@testable import guantong

/// What people read for texts that are signed in codes.
@Suite struct SignedTextTests {
  private static let report = """
    guantong-report 2
    agency 420300-FZB
    year 2023 asOf 2023-12-31 rules 1 unreadable 0
    regions 420300 420322
    figure clueReferred 12 420300=7 420322=5
    figure caseFiled 3 420300=- 420322=-
    figure accountable 0 420300=0 420322=0
    figure personTimes 0 420300=0 420322=0
    figure petitionsAccepted 0 420300=0 420322=0
    figure petitionsClosed 0 420300=0 420322=0
    figure petitionRate 5/5 420300=5/5 420322=0/0
    figure petitionOnTime 0/0 420300=0/0 420322=0/0
    figure settled 0 420300=0 420322=0
    figure amount 0 420300=0 420322=0
    figure trainings 0 420300=0 420322=0
    extract 420300-JW 00000000000000000000000000000000000000000000000000000000000000aa
    """

  private static let extract = """
    guantong-extract 1
    report 420300-FZB 2023 2023-12-31 1
    contributor 420300-JW
    salt 00000000000000000000000000000000000000000000000000000000000000bb
    piece caseFiled 420322 1 00000000000000cc
    """

  private static let letter = "01890a5d-ac96-774b-bcce-b302099a8057"
  private static let sums =
    "issued=1 inTransit=0 received=1 accepted=1 returned=0 forwarded=0 pending=0 withdrawn=0"
  private static let nothing =
    "issued=0 inTransit=0 received=0 accepted=0 returned=0 forwarded=0 pending=0 withdrawn=0"

  private static let statement = [
    "guantong-statement 2", "agencies 420300-FZB 420300-JW",
    "period 2023Q1 2023-01-01 2023-03-31",
    "sums letters 420300-FZB \(sums) awaiting=0 filed=1",
    "sums clues 420300-FZB \(sums) awaiting=0 filed=1",
    "sums letters 420300-JW \(nothing) awaiting=0", "sums clues 420300-JW \(nothing) awaiting=0",
    "total 420300-JW caseFiled 1 0",
    "letter \(letter) 420300-FZB 420300-JW 样法办函〔2023〕4号 2023-03-07 accepted filed 1 \(letter)",
    "outcome \(letter) 420300-JW caseFiled 2023-03-20 - revoked \(letter)",
  ].joined(separator: "\n")

  private func lines(_ text: String, _ language: Language) throws -> [String] {
    try #require(Words(language: language, isASCII: false).reading(text))
      .split(separator: "\n").map(String.init)
  }

  @Test func `a report is read in the words of the tables`() throws {
    let zh = try lines(Self.report, .zh)
    #expect(zh.first == "420300-FZB 2023年度统计,截至 2023-12-31,口径第 1 版")
    #expect(zh.contains("移送问题线索 12件: 420300 7件, 420322 5件"))
    #expect(zh.contains("立案 3件: 420300 不单列, 420322 不单列"))
    #expect(zh.contains("信访办结率 100.00% (5/5): 420300 100.00% (5/5), 420322 - (0/0)"))
    #expect(zh.contains { $0.hasPrefix("420300-JW 摘录") && $0.hasSuffix("00aa") })
    let en = try lines(Self.report, .en)
    #expect(en.contains("cases filed 3: 420300 not told apart, 420322 not told apart"))
    let piece = try lines(Self.extract, .zh)
    #expect(piece.last == "立案 420322 1件: 00000000000000cc")
  }

  @Test func `a statement is read in the words of the tables, and whatever else as it stands`()
    throws
  {
    // A statement without the outcome that its total counts is none.
    #expect(Words(language: .zh, isASCII: false).reading(Self.statement) == nil)
    let text = Self.statement.replacing(" revoked ", with: " valid ")
    let zh = try lines(text, .zh)
    #expect(zh.first == "420300-FZB ↔ 420300-JW  2023Q1 (2023-01-01 至 2023-03-31)")
    #expect(zh.contains { $0.hasPrefix("420300-FZB 函件: 已发 1, 在途 0") && $0.hasSuffix("已立案 1") })
    #expect(
      zh.contains("2023-03-07 样法办函〔2023〕4号 420300-FZB → 420300-JW 受理 已立案"))
    #expect(zh.last == "2023-03-20 420300-JW 立案")
    #expect(try lines(text, .en).contains { $0.hasSuffix("accepted case filed") })
    for other in ["", "现移送", Self.report + "\n"] {
      #expect(Words(language: .zh, isASCII: false).reading(other) == nil)
    }
  }

  @Test func `programs get the text that was signed`() throws {
    let words = Words(language: .zh, isASCII: false)
    let page = Page(blocks: [.text(name: "body", Self.extract, shown: words.reading(Self.extract))])
    let visible = page.visible(isASCII: false)
    let paint = Paint(.never, environment: [:], isTerminal: false)
    #expect(visible.lines(paint: paint).last == "立案 420322 1件: 00000000000000cc")
    #expect(visible.programLines { $0.tabbed() }.joined().contains("guantong-extract 1"))
    #expect(!visible.programLines { $0.tabbed() }.joined().contains("立案"))
  }
}
