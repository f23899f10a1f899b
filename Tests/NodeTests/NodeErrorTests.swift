import Exchange
import Office
import Testing

@testable import Node

@Suite struct NodeErrorTests {
  @Test func `an unreachable peer is told in the language of the reader`() {
    let error = NodeError(
      .peerUnreachable, object: "420300-FY", message: "did not answer", words: "reach.silent")
    #expect(Problem.office(error, in: .zh).detail == "对方没有应答")
    #expect(Problem.office(error, in: .en).detail == "it did not answer")
    #expect(error.description == "420300-FY: did not answer")
    #expect(error.fault.code == "silent")
    #expect(error.fault.text(in: .zh) == "对方没有应答")
  }

  @Test func `a refusal of a peer is told with its code, another form as no usable answer`() {
    let busy = PeerRefusal(.refused(code: "busy", status: 429, retryAfterSeconds: 7))
    #expect(busy.fault.code == "refused" && busy.retryAfterSeconds == 7 && !busy.isKeyUnknown)
    #expect(busy.fault.text(in: .zh) == "对方没有接受(busy 429)")
    #expect(busy.fault.text(in: .en) == "it did not accept the request (busy 429)")
    let replaced = PeerRefusal(.refused(code: "key-unknown", status: 401, retryAfterSeconds: nil))
    #expect(replaced.isKeyUnknown)
    let odd = PeerRefusal(.answered(mediaType: nil, body: [1]))
    #expect(odd.fault.text(in: .zh) == "对方的应答无法使用")
  }

  @Test(arguments: Language.allCases)
  func `why a page or a receipt was not taken has words in both languages`(_ language: Language) {
    let receipts: [ReceiptOutcome] = [.kept(0), .otherOutbox, .invalid, .runningHash, .wentBack]
    let faults =
      PageRefusal.allCases.map { PeerFault("page", ["fault": "page.\($0.rawValue)"]) }
      + receipts.map { PeerFault("receipt", ["fault": "receipt.\($0.code)"]) }
    for fault in faults {
      let text = fault.text(in: language)
      let named = fault.values["fault"] ?? ""
      #expect(!text.contains("?") && !text.contains(named), "\(text)")
    }
  }
}
