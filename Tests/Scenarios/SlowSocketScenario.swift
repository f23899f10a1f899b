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

  @Test func `security T14 a thousand idle and slow sockets are shed and keep nobody out`()
    async throws
  {
    try await Scratch.withDirectory { directory in
      let node = try await RealNode.make("420300-FZB", in: directory, registrar: true)
      try await node.whileRunning { process in
        let peer = try await RealNode.make("420300-JW", in: directory)
        try await peer.whileRunning { _ in try await node.admit(peer) }
        let member = try HostileMember(peer, against: node)
        let alone = try await Self.answerTimes(of: member, count: 100)
        let memory = try #require(Kernel.residentKiB(of: process.pid))
        let flood = try await SlowFlood.open(port: node.peerPort, idle: Self.idle, slow: Self.slow)
        let crowded = try await Self.answerTimes(of: member, count: 100)
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
        print(
          "\(Self.idle) idle and \(Self.slow) slow sockets: a request's median "
            + "\(alone[alone.count / 2]) alone, \(crowded[crowded.count / 2]) crowded, p99 "
            + "\(alone[98]) and \(crowded[98]); the last was shed after \(shed); VmRSS grew by "
            + "\(grown) KiB")
        // Half a minute more than the limit is for a machine with other work.
        #expect(shed < .seconds(limit + 30))
        #expect(crowded[98] < alone[98] * 2 + .milliseconds(250))
        #expect(grown < 64 * 1024)
        try await node.run("status", "--json")
      }
    }
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
