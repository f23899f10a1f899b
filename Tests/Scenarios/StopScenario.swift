import Exchange
import FoundationEssentials
import Glibc
import HTTPTypes
import Ledger
import PeerSupport
import TestSupport
import Testing

/// What becomes of those who wait for a node that is told to stop.
@Suite(.timeLimit(.minutes(5)), .serialized) struct StopScenario {
  @Test func `a peer in a long poll gets its answer when the node is told to stop`() async throws {
    try await Scratch.withDirectory { directory in
      let node = try await RealNode.make("420300-FZB", in: directory, registrar: true)
      let member = try await RealNode.make("420300-JW", in: directory)
      try await node.whileRunning { process in
        try await member.whileRunning { _ in try await node.admit(member) }
        let asker = try HostileMember(member, against: node)
        let cluster = try #require(try postmaster(of: node))
        #expect(Kernel.field("State", of: cluster) != nil)
        let place = try await end(of: asker)
        try await RawConnection.open(port: asker.port, as: asker.certificate) { stream in
          let poll = try asker.request([], to: "/peer/v1/deliveries?\(place)&wait=30", method: .get)
          try await stream.send(poll, body: [])
          // Commands of a process of their own take longer than the poll needs to get there.
          for _ in 0..<3 { try await node.run("status") }
          let begin = ContinuousClock.now
          process.send(SIGTERM)
          let answer = try #require(try await stream.answer())
          #expect(ContinuousClock.now - begin < .seconds(5))
          #expect(answer.status == 503)
          #expect(answer.code == "unavailable")
          #expect(answer.fields["retry-after"] != nil)
        }
        #expect(await process.hasEnded(within: .seconds(30)))
        #expect(Kernel.field("State", of: cluster) == nil, "the cluster has outlived its node")
      }
    }
  }

  /// Where the node's outbox for the member ends, as the words of a question.
  private func end(of member: HostileMember) async throws -> String {
    var words = ""
    try await RawConnection.open(port: member.port, as: member.certificate) { stream in
      var isEnd = false
      while !isEnd {
        let path = "/peer/v1/deliveries?\(words.isEmpty ? "" : "\(words)&")wait=0"
        try await stream.send(try member.request([], to: path, method: .get), body: [])
        let answer = try #require(try await stream.answer())
        let page = try #require(DeliveryPage.decode(answer.body), "\(answer.code ?? "")")
        let head = try #require(page.head.claim(as: HeadStatement.self))
        isEnd = !words.isEmpty && page.deliveries.isEmpty
        words = "outbox=\(head.outbox.hex)&after=\(page.deliveries.last?.number ?? head.number)"
      }
    }
    return words
  }

  /// The process of the node's cluster.
  private func postmaster(of node: RealNode) throws -> Int32? {
    let path = "\(node.directory)/data/postmaster.pid"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    return text.split(separator: "\n").first.flatMap { Int32($0) }
  }
}
