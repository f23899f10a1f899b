import Ledger
import Office
import Testing

@testable import guantong

@Suite struct SealedPageTests {
  private func lines(_ page: Page) -> String {
    page.lines(paint: Paint(.never, environment: [:], isTerminal: false)).joined(separator: "\n")
  }

  @Test func `the list of sealed parts tells what became of each`() {
    let list = API.SealedList(
      parts: [
        API.SealedPart(
          changeSet: "ab", part: 1, author: "420300-FZB", hash: "cd", state: "open",
          audience: ["420300-FZB"], openedTo: ["420300-SFJ"]),
        API.SealedPart(
          changeSet: "ab", part: 2, author: "420300-FZB", hash: "ef", state: "destroyed",
          destroyedBy: "12"),
      ], truncated: true)
    let zh = lines(list.page(Words(language: .zh, isASCII: false)))
    #expect(zh.contains("可阅") && zh.contains("已销毁") && zh.contains("未全部列出"))
    let rows = list.page(Words(language: .en, isASCII: true)).programLines { $0.tabbed() }
    #expect(
      rows == [
        "change_set\tpart\tauthor\tstate\taudience\topened_to\thash\tdestroyed_by",
        "ab\t1\t420300-FZB\topen\t420300-FZB\t420300-SFJ\tcd\t",
        "ab\t2\t420300-FZB\tdestroyed\t\t\tef\t12",
      ])
  }

  @Test func `a certificate that proves nothing says what is wrong in either language`() {
    let verified = VerifiedCertificate(.failure(.noDestruction))
    #expect(!verified.valid && verified.flaw == "no-destruction")
    #expect(
      lines(verified.page(Words(language: .en, isASCII: true)))
        .contains("the change set in evidence destroys no such part"))
    #expect(
      lines(verified.page(Words(language: .zh, isASCII: true))).contains("所附证据并未销毁该部分"))
  }

  @Test func `every flaw of a certificate has words`() {
    for flaw in [CertificateFlaw.notLawful, .part, .noDestruction, .foreignPart] {
      #expect(Catalogue.contains("flaw.\(flaw.code)"), "\(flaw)")
    }
  }
}
