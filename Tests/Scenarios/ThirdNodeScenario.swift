import Glibc
import Office
import TestSupport
import Testing

/// Three nodes of which one hears of a step from another than its author.
@Suite(.timeLimit(.minutes(10)), .serialized) struct ThirdNodeScenario {
  @Test func `scenario S5 a child that comes before its parent through a third node is released`()
    async throws
  {
    try await Scratch.withDirectory { directory in
      let begin = ContinuousClock.now
      var nodes: [RealNode] = []
      for code in ["420300-FZB", "420300-JW", "420300-FY"] {
        nodes.append(
          try await RealNode.make(
            code, in: directory, registrar: nodes.isEmpty, words: RealNode.lettersPeople))
      }
      let (author, answerer, third) = (nodes[0], nodes[1], nodes[2])
      try await author.whileRunning { first in
        try await answerer.whileRunning { _ in
          try await third.whileRunning { last in
            for newcomer in [answerer, third] { try await author.admit(newcomer) }
            for node in nodes { try await node.isReady() }
            let dossier = try await author.opened("a matter", for: answerer)
            try await author.run("dossier", "admit", dossier, third.code, as: RealNode.clerk)
            for node in [answerer, third] { try await author.expectSame(dossier, as: node) }
            last.send(SIGSTOP)
            let parent = try await author.sent("parent", to: answerer, in: dossier)
            try await answerer.receives(parent)
            // From here on only the third node's other peer can give it the parent.
            first.send(SIGSTOP)
            let child = try await answerer.sent("child", to: author, in: dossier)
            last.send(SIGCONT)
            try await third.receives(child, within: .seconds(120))
            try await third.receives(parent)
            let other = try await answerer.opened("another matter", for: third)
            try await answerer.expectSame(other, as: third)
            try await answerer.expectSame(dossier, as: third)
            let waiting = try await third.run("held", "list", "--json").list("held")
            #expect(waiting.isEmpty, "\(waiting)")
            first.send(SIGCONT)
            try await author.receives(child, within: .seconds(120))
            for node in nodes { try await node.expectWhole() }
          }
        }
      }
      print("a child through a third node: \(ContinuousClock.now - begin)")
    }
  }
}
