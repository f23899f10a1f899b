import FoundationEssentials
import NIOCore
import NIOPosix
import PeerSupport
import TestSupport
import Testing

@testable import Node

/// Sockets that say nothing or say it slowly, against a real node with its ordinary limits.
@Suite(.timeLimit(.minutes(10)), .serialized) struct SlowSocketScenario {
  private static let idle = 1_000
  private static let slow = 200
  private static let samples = 200
  private static let roundsMax = 5

  @Test func `security T14 a thousand idle and slow sockets are shed and keep nobody out`()
    async throws
  {
    try await Scratch.withDirectory { directory in
      let node = try await RealNode.make("420300-FZB", in: directory, registrar: true)
      try await node.whileRunning { process in
        let peer = try await RealNode.make("420300-JW", in: directory)
        try await peer.whileRunning { _ in try await node.admit(peer) }
        let member = try HostileMember(peer, against: node)
        // Other work of the machine can only lengthen a round: what the crowd costs is what the
        // best of them shows. A crowd that keeps people out does so in every one.
        var rounds: [Round] = []
        while rounds.count < Self.roundsMax, rounds.allSatisfy({ $0.ratio >= 2 }) {
          rounds.append(try await Self.round(member, node, process))
        }
        let best = try #require(rounds.min { $0.ratio < $1.ratio })
        #expect(best.ratio < 2, "\(rounds)")
        try await node.run("status", "--json")
      }
    }
  }

  /// What one crowd did to a member's requests.
  private struct Round: CustomStringConvertible {
    let alone: [Duration]
    let crowded: [Duration]

    /// How many times longer the ninety-ninth of a hundred takes in the crowd.
    var ratio: Double { Self.p99(crowded) / Self.p99(alone) }

    var description: String {
      "a request's median \(alone[alone.count / 2]) alone, \(crowded[crowded.count / 2]) crowded, "
        + "p99 \(Self.p99(alone)) and \(Self.p99(crowded))"
    }

    private static func p99(_ times: [Duration]) -> Duration { times[times.count * 99 / 100 - 1] }
  }

  /// Asks alone, then in a crowd, and waits until the whole crowd is shed.
  private static func round(
    _ member: HostileMember, _ node: RealNode, _ process: Program.Running
  ) async throws -> Round {
    let memory = try #require(Kernel.residentKiB(of: process.pid))
    let alone = try await answerTimes(of: member, count: samples)
    let flood = try await SlowFlood.open(port: node.peerPort, idle: idle, slow: slow)
    let crowded = try await answerTimes(of: member, count: samples)
    let grown = try #require(Kernel.residentKiB(of: process.pid)) - memory
    // More than the room holds were shed at once, the others when their time is over.
    try await eventually("all but a roomful are shed", within: .seconds(30)) {
      flood.openCount <= Limits.strangerConnectionsMax
    }
    let limit = Limits.firstRequestSecondsMax
    try await eventually("every one is shed", within: .seconds(limit + 30)) {
      flood.openCount == 0
    }
    let shed = flood.longestLife
    let round = Round(alone: alone, crowded: crowded)
    print(
      "\(idle) idle and \(slow) slow sockets: \(round); the last was shed after \(shed); "
        + "VmRSS grew by \(grown) KiB")
    // Half a minute more than the limit is for a machine with other work.
    #expect(shed < .seconds(limit + 30))
    #expect(grown < 64 * 1024)
    return round
  }

  /// How long a member's request takes, each on a connection of its own, in order.
  private static func answerTimes(of member: HostileMember, count: Int) async throws -> [Duration] {
    var times: [Duration] = []
    for _ in 0..<count {
      let begin = ContinuousClock.now
      try await RawConnection.open(port: member.port, as: member.certificate) { stream in
        let request = try member.request([], to: "/peer/v1/fetch")
        try await stream.send(request, body: [])
        let answer = try #require(try await stream.answer())
        #expect(answer.status == 200, "\(answer.status) \(answer.code ?? "")")
      }
      times.append(ContinuousClock.now - begin)
    }
    return times.sorted()
  }
}
