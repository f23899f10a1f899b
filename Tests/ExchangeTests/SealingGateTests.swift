import Exchange
import Ledger
import TestSupport
import Testing

struct SealingGateTests {
  private let peers = ["A", "B"].map { SampleAgency($0).code }

  @Test func `a claim without proof neither opens the gate nor keeps it closed`() {
    var gate = SealingGate(peers: peers)
    gate.compared(peers[0], .unproven)
    #expect(!gate.isOpen, "nobody has agreed")
    gate.compared(peers[1], .agrees)
    #expect(gate.isOpen)
    gate.compared(peers[1], .unproven)
    #expect(!gate.isOpen, "who agreed takes it back")
  }

  @Test func `a proof keeps the gate closed whoever else agrees`() {
    var gate = SealingGate(peers: peers)
    gate.compared(peers[0], .ahead)
    gate.compared(peers[1], .agrees)
    #expect(!gate.isOpen)
    #expect(gate.peersAhead == [peers[0]])
    gate.compared(peers[0], .agrees)
    #expect(gate.isOpen, "what it had is here now")
  }

  @Test func `every peer is asked, and one that cannot be reached is passed over`() {
    var gate = SealingGate(peers: peers)
    gate.compared(peers[0], .agrees)
    #expect(!gate.isOpen && gate.peersWaiting == [peers[1]])
    gate.compared(peers[1], .unreachable)
    #expect(gate.isOpen)
    var alone = SealingGate(peers: peers)
    for peer in peers { alone.compared(peer, .unreachable) }
    #expect(!alone.isOpen, "at least one has to agree")
    alone.override(reason: "an operator's")
    #expect(alone.isOpen)
  }
}
