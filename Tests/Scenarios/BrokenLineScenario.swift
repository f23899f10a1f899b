import Office
import PeerSupport
import TestSupport
import Testing

/// A line between two nodes with every fault that a line can have.
@Suite(.timeLimit(.minutes(30)), .serialized) struct BrokenLineScenario {

  /// Where connections end: in the greeting of TLS, the certificates, a request, and a page.
  ///
  /// A connection that pulls one dossier carries 2 to 4 KiB each way; beyond that it is whole.
  private static let grid =
    LongRuns.areOn
    ? Array(stride(from: 0, to: 6_000, by: 61)) : [0, 3, 400, 1_200, 2_100, 2_900, 4_500]

  @Test func `scenario S3 a connection cut at any byte leaves before or after, never between`()
    async throws
  {
    try await Self.overLine { node, peer, proxy in
      let begin = ContinuousClock.now
      let watch = ChainWatch(peer)
      var points = 0
      for (index, bytes) in Self.grid.enumerated() {
        for direction in LineFaults.Direction.allCases {
          let dossier = try await node.run(
            "dossier", "create", "--kind", "advice", "--title", "\(bytes)", "--json",
            as: RealNode.clerk
          ).text("dossier")
          // By turns as an end that is told, and as a reset.
          let ending: LineFaults.Ending = index.isMultiple(of: 2) ? .closed : .reset
          proxy.set(.ending(ending, after: bytes, of: direction))
          proxy.cut()
          let cuts = proxy.cutCount
          try await node.run("dossier", "admit", dossier, peer.code, as: RealNode.clerk)
          try await eventually("the line breaks at byte \(bytes)") {
            // Far behind the greeting one connection may carry all that there is.
            if proxy.cutCount > cuts { return true }
            return try await watch.stored(of: dossier) == 2
          }
          // All of a step with its rows, or nothing of it.
          let torn = try await watch.flaws()
          #expect(torn.isEmpty, "byte \(bytes) of the \(direction): \(torn)")
          proxy.set(LineFaults())
          try await eventually("the next pull completes") {
            try await watch.stored(of: dossier) == 2
          }
          points += 1
        }
      }
      await watch.close()
      try await node.expectWhole()
      try await peer.expectWhole()
      let (here, there) = (
        try await node.chains(of: node.code), try await peer.chains(of: node.code)
      )
      #expect(here == there)
      #expect(proxy.cutCount >= points)
      print("\(points) points, \(proxy.cutCount) cuts: \(ContinuousClock.now - begin)")
    }
  }

  @Test func `a slow line, one that hands on byte by byte, and a narrow one all deliver`()
    async throws
  {
    try await Self.overLine { node, peer, proxy in
      for (name, faults) in [
        ("a satellite", LineFaults(latency: .milliseconds(400))),
        ("byte by byte", LineFaults(sliceBytes: 1)),
        ("a modem", LineFaults(latency: .milliseconds(50), bytesPerSecond: 6_000)),
      ] {
        proxy.set(faults)
        // New connections too have to come about over this line.
        proxy.cut()
        let begin = ContinuousClock.now
        let dossier = try await node.opened(name, for: peer)
        try await node.expectSame(dossier, as: peer)
        print("\(name): \(ContinuousClock.now - begin)")
      }
      try await peer.expectWhole()
    }
  }

  @Test(.enabled(if: LongRuns.areOn))
  func `a connection whose other end has gone without a word is given up`() async throws {
    try await Self.overLine { node, peer, proxy in
      for direction in LineFaults.Direction.allCases {
        let dossier = try await node.opened("before", for: peer)
        try await node.expectSame(dossier, as: peer)
        // Open connections fall silent at their next byte; new ones are well.
        proxy.set(.ending(.silence, after: 0, of: direction))
        let cuts = proxy.cutCount
        let next = try await node.opened("after", for: peer)
        try await eventually("a connection has fallen silent") { proxy.cutCount > cuts }
        proxy.set(LineFaults())
        let begin = ContinuousClock.now
        // At most a poll of 30 s and as much patience again, then a pause of 30 s.
        try await eventually("the letter is there all the same", within: .seconds(150)) {
          try await peer.run("dossier", "show", next, expecting: nil).code == 0
        }
        print("silent in the \(direction): \(ContinuousClock.now - begin)")
      }
      try await peer.expectWhole()
    }
  }

  /// Runs two nodes that know each other; the first is reached over a line.
  static func overLine(
    _ body: (_ node: RealNode, _ peer: RealNode, _ proxy: FaultProxy) async throws -> Void
  ) async throws {
    try await Scratch.withDirectory { directory in
      let (node, peer) = try await RealNode.pair(in: directory)
      let port = try await PortProbe.free()
      let line = ["GUANTONG_PEER__ADVERTISE": "https://127.0.0.1:\(port)"]
      try await FaultProxy.run(on: port, to: node.peerPort) { proxy in
        try await node.whileRunning(environment: line) { _ in
          try await peer.whileRunning { _ in
            try await node.admit(peer)
            for each in [node, peer] { try await each.isReady() }
            try await body(node, peer, proxy)
          }
          proxy.set(LineFaults())
        }
      }
    }
  }
}
