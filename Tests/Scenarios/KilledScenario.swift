import Glibc
import Office
import Synchronization
import TestSupport
import Testing

/// Processes that are killed or stand still while there is work.
@Suite(.timeLimit(.minutes(60)), .serialized) struct KilledScenario {
  /// How often something is killed: the node, the server of its database, one of its backends.
  private static let kills = LongRuns.areOn ? 100 : 6
  /// How long a process stands still; the long one is longer than any patience between peers.
  private static let pause: Duration = LongRuns.areOn ? .seconds(95) : .seconds(4)

  @Test func `scenario S2 nothing acknowledged is lost, doubled or reordered by kill -9`()
    async throws
  {
    let begin = ContinuousClock.now
    try await Scratch.withDirectory { directory in
      let (peer, node) = try await RealNode.pair(in: directory)
      try await peer.whileRunning { _ in
        try await node.whileRunning { _ in
          try await peer.admit(node)
          for each in [peer, node] { try await each.isReady() }
        }
        let kept = Acknowledged()
        var random = SystemRandomNumberGenerator()
        var round = 0
        while round < Self.kills {
          // Two blows to the database, then one to the node, which is then started again.
          try await node.untilKilled { process in
            try await node.isReady(within: .seconds(120))
            for blow in [Blow.server, .backend] where round < Self.kills - 1 {
              let steps = try await work(at: node, for: peer, keeping: kept, random: &random)
              try blow.strike(node)
              _ = await steps.result
              round += 1
              try await node.isReady(within: .seconds(120))
            }
            let steps = try await work(at: node, for: peer, keeping: kept, random: &random)
            process.send(SIGKILL)
            _ = await steps.result
            round += 1
          }
        }
        try await node.whileRunning { _ in
          try await node.isReady(within: .seconds(120))
          let (here, acknowledged) = (try await node.chains(of: node.code), kept.dossiers)
          #expect(acknowledged.isSubset(of: RealNode.ids(here)), "acknowledged and lost")
          try await eventually("the peer has all of it") {
            // A dossier that was made just before a blow has the peer as no member.
            try await peer.chains(of: node.code)
              == node.chains(of: node.code, sharedWith: peer.code)
          }
          for each in [node, peer] { try await each.expectWhole() }
          for dossier in acknowledged { try await node.expectSame(dossier, as: peer) }
          print("\(round) kills, \(acknowledged.count) dossiers: \(ContinuousClock.now - begin)")
        }
      }
    }
  }

  /// What of a node's database is killed.
  private enum Blow {
    case server
    case backend

    func strike(_ node: RealNode) throws {
      let server = try #require(node.postmaster)
      switch self {
      case .server: kill(server, SIGKILL)
      // The kernel names a backend of the node after its role.
      case .backend: kill(try #require(Kernel.children(of: server, saying: "node").first), SIGKILL)
      }
    }
  }

  /// What was acknowledged, dossier by dossier.
  private final class Acknowledged: Sendable {
    private let all = Mutex<Set<String>>([])
    var dossiers: Set<String> { all.withLock { $0 } }
    func keep(_ dossier: String) { all.withLock { _ = $0.insert(dossier) } }
  }

  /// Begins steps and comes back at a random moment of them; those that were acknowledged by then
  /// are kept in mind, of the others either outcome is lawful.
  private func work(
    at node: RealNode, for peer: RealNode, keeping kept: Acknowledged,
    random: inout SystemRandomNumberGenerator
  ) async throws -> Task<Void, any Error> {
    let moment = Duration.milliseconds(Int.random(in: 300...1_500, using: &random))
    let begin = ContinuousClock.now
    let steps = Task {
      for number in 0..<4 {
        let made = try await node.run(
          "dossier", "create", "--kind", "advice", "--title", "step \(number)", "--json",
          "--timeout", "5", as: RealNode.clerk, expecting: nil)
        guard made.code == 0 else { return }
        let dossier = try made.text("dossier")
        let admitted = try await node.run(
          "dossier", "admit", dossier, peer.code, "--timeout", "5", as: RealNode.clerk,
          expecting: nil)
        if admitted.code == 0 { kept.keep(dossier) }
      }
    }
    try await eventually("a random moment") { ContinuousClock.now - begin > moment }
    return steps
  }

  @Test func `a node that stands still for a while delays nobody else and catches up`()
    async throws
  {
    try await BrokenLineScenario.overLine { node, peer, _ in
      let dossier = try await node.opened("a matter", for: peer)
      try await node.expectSame(dossier, as: peer)
      let server = try #require(peer.postmaster)
      let database = [server] + Kernel.children(of: server, saying: "postgres")
      for processes in [[try #require(peer.process)], database] {
        for process in processes { kill(process, SIGSTOP) }
        let begin = ContinuousClock.now
        let letter = try await node.sent("meanwhile", to: peer, in: dossier)
        #expect(try await node.run("status", "--json").json["node"]?["ready"] == .bool(true))
        try await eventually("the pause is over", within: Self.pause * 3) {
          ContinuousClock.now - begin > Self.pause
        }
        for process in processes { kill(process, SIGCONT) }
        try await peer.receives(letter, within: .seconds(150))
        try await peer.isReady(within: .seconds(150))
        try await node.receives(
          try await peer.sent("answer", to: node, in: dossier), within: .seconds(150))
      }
      for each in [node, peer] { try await each.expectWhole() }
    }
  }
}
