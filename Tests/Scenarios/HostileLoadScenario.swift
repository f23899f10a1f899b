import NIOCore
import PeerSupport
import TestSupport
import Testing

/// What members send that is wrong in every way, thousands of times, against a real node.
@Suite(.timeLimit(.minutes(45)), .serialized) struct HostileLoadScenario {
  /// Of each kind: 200 in every run, 10,000 with `GUANTONG_FULL=1` (`deploy/test --full`).
  ///
  /// A kind that is judged by its body takes from its member's allowance of 100 requests a second,
  /// one that is refused by its head from what its certificate has for those, 100 a second as well;
  /// ten kinds share two members: 10,000 of each take nine minutes at least.
  private static let count =
    LongRuns.areOn ? 10_000 : 200
  /// What fills caches and pools before memory is measured.
  private static let warming = 50
  /// The growth that is allowed, in KiB.
  private static let growthMax = 10 * 1024

  @Test func `security T14 thousands of each hostile kind change no table and no memory`()
    async throws
  {
    try await Scratch.withDirectory { directory in
      let node = try await RealNode.make("420300-FZB", in: directory, registrar: true)
      try await node.whileRunning { process in
        var members: [HostileMember] = []
        for code in ["420300-JW", "420300-FY"] {
          let member = try await RealNode.make(code, in: directory)
          try await member.whileRunning { _ in try await node.admit(member) }
          members.append(try HostileMember(member, against: node))
        }
        try await load(node, process, members)
      }
    }
  }

  private func load(
    _ node: RealNode, _ process: Program.Running, _ members: [HostileMember]
  ) async throws {
    try await play(Self.warming, members)
    let before = try await TableDigests.read(node)
    #expect(before.tables.count > 40)
    let memory = try #require(Kernel.residentKiB(of: process.pid))
    let begin = ContinuousClock.now
    try await play(Self.count, members)
    let grown = try #require(Kernel.residentKiB(of: process.pid)) - memory
    let changes = try await TableDigests.read(node).changes(
      to: before, except: ["ledger.quarantine"])
    print(
      "\(Self.count) of each of \(HostileRequest.allCases.count) hostile kinds in "
        + "\(ContinuousClock.now - begin): VmRSS \(memory) KiB, grown by \(grown) KiB")
    #expect(grown < Self.growthMax)
    #expect(changes.isEmpty, "\(changes.joined(separator: "\n"))")
    // The node still does its work.
    try await node.run("status", "--json")
  }

  /// Two members send the kinds in turn: each has an allowance for either sort of its own.
  private func play(_ count: Int, _ members: [HostileMember]) async throws {
    try await withThrowingDiscardingTaskGroup { group in
      for sort in [HostileRequest.byHead, HostileRequest.byBody] {
        for (index, member) in members.enumerated() {
          let kinds = sort.enumerated()
            .filter { $0.offset % members.count == index }.map(\.element)
          group.addTask {
            for kind in kinds { try await HostilePlayer(kind: kind, member: member).play(count) }
          }
        }
      }
    }
  }
}

/// Sends many requests of one kind and looks at every answer.
struct HostilePlayer: Sendable {
  let kind: HostileRequest
  let member: HostileMember

  /// The same bytes are sent again so often before fresh ones are made: they would be out of date.
  private static let replaysEach = 500

  /// Sends `count` requests; those that the allowance puts off are sent again.
  func play(_ count: Int) async throws {
    var sent = 0
    while sent < count {
      try await RawConnection.open(port: member.port, as: member.certificate) { stream in
        var bytes = try kind.bytes(of: member)
        var isUsed = false
        while sent < count {
          let isFresh = kind != .replayed || sent.isMultiple(of: Self.replaysEach)
          if isFresh { bytes = try kind.bytes(of: member) }
          do {
            try await stream.send(bytes)
          } catch {
            // A server may close after an answer, as it does after some refusals: asked once more.
            guard isUsed else { throw error }
            break
          }
          isUsed = true
          if kind == .truncated { stream.outbound.finish() }
          let answer = try await stream.answer()
          if let answer, answer.status == 429 {
            let seconds = answer.fields["retry-after"].flatMap { Int($0) }
            try await Task.sleep(for: .seconds(try #require(seconds)))
            continue
          }
          check(answer, isFirst: isFresh)
          sent += 1
          if kind.endsConnection || answer == nil { break }
        }
      }
    }
  }

  private func check(_ answer: RawAnswer?, isFirst: Bool) {
    guard let answer else {
      // Only what cannot be read to its end may end without a word.
      #expect(kind.endsConnection, "\(kind): the connection ended without an answer")
      return
    }
    // The first of the replayed ones is wrong only in what it says.
    let expected = kind == .replayed && isFirst ? "malformed" : kind.code
    if let expected {
      #expect(answer.code == expected, "\(kind): \(answer.status) \(answer.code ?? "")")
    } else {
      #expect(answer.status == 400, "\(kind): \(answer.status)")
    }
  }
}
