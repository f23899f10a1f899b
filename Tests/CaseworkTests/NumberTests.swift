import Casework
import Ledger
import Testing

@Suite struct `numbers have one printed form` {
  @Test func `a document number carries the six-cornered brackets and no leading zero`() throws {
    let number = try #require(DocumentNumber(word: "样法办函", year: 2023, number: 7))
    #expect(number.description == "样法办函\u{3014}2023\u{3015}7号")
    #expect(DocumentNumber(number.description) == number)
  }

  @Test(arguments: [
    "样法办函[2023]7号", "样法办函（2023）7号", "样法办函〔2023〕07号", "样法办函〔2023〕第7号",
    "样法办函〔2023〕7", "〔2023〕7号", "样法办函〔23〕7号", "样法办函〔2023〕0号",
  ])
  func `any other form is refused`(text: String) {
    #expect(DocumentNumber(text) == nil)
  }

  @Test func `casework A8 a clue number names agency, kind, year and at least four digits`() throws
  {
    let fzb = try #require(AgencyCode("420300-FZB"))
    let number = try #require(DossierNumber(agency: fzb, kind: .clue, year: 2023, number: 4))
    #expect(number.description == "420300-FZB-XS-2023-0004")
    #expect(DossierNumber("420300-FZB-XS-2023-0004") == number)
    #expect(DossierNumber("420300-FZB-XS-2023-12345")?.number == 12_345)
    #expect(DossierNumber("420300-FZB-XS-2023-4") == nil)
    #expect(DossierNumber("420300-FZB-XS-2023-00004") == nil)
  }

  @Test func `no two kinds of dossier share a mark`() {
    let marks = Set(DossierKind.allCases.map(\.numberMark))
    #expect(marks.count == DossierKind.allCases.count)
  }

  @Test func `minutes are counted in issues`() {
    #expect(DocumentNumber.minutes(3) == "第3期")
  }
}
