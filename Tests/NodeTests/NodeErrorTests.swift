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
  }
}
