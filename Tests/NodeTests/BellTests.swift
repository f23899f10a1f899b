import Ledger
import Node
import TestSupport
import Testing

/// Who counts as waiting at this node.
@Suite(.timeLimit(.minutes(1))) struct BellTests {
  @Test func `a reader is attached while its own question waits, and no longer`() async {
    let bell = Bell()
    let (reader, pushed) = (SampleAgency("A").code, SampleAgency("B").code)
    let pushing = Task {
      await bell.wait(for: pushed, past: bell.rings(for: pushed), atMost: .seconds(50))
    }
    let waiting = Task {
      await bell.wait(
        for: reader, past: bell.rings(for: reader), atMost: .seconds(50), isReader: true)
    }
    while bell.attached.isEmpty { await Task.yield() }
    #expect(bell.attached == [reader], "who waits to push is no reader")
    bell.ring([reader])
    await waiting.value
    #expect(bell.attached.isEmpty)
    bell.close()
    await pushing.value
  }
}
