import Exchange
import PeerSupport
import TestSupport
import Testing

/// Lawful pages of wrong change sets, pushed by a member against a real node.
@Suite(.timeLimit(.minutes(10)), .serialized) struct HostilePagesScenario {
  /// Lines of a page.
  private static let lines = 100
  /// Pages of each kind: more lines than the quarantine keeps, 10,000 with `GUANTONG_FULL=1`.
  private static let pages =
    LongRuns.areOn ? 100 : 15
  /// The growth that is allowed, in KiB.
  private static let growthMax = 10 * 1024
  /// What a wrong change set may leave, each with a bound: the refused, their ids, those whose seal
  /// may still come, what is told of the sender, and how far it has been read.
  private static let bounded: Set = [
    "ledger.quarantine", "ledger.rejected", "ledger.held", "exchange.alarm", "exchange.cursor",
  ]

  @Test func `security T14 wrong change sets in lawful pages fill the quarantine up to its bound`()
    async throws
  {
    try await Scratch.withDirectory { directory in
      let node = try await RealNode.make("420300-FZB", in: directory, registrar: true)
      try await node.whileRunning { process in
        let newcomer = try await RealNode.make("420300-JW", in: directory)
        try await newcomer.whileRunning { _ in try await node.admit(newcomer) }
        let member = try HostileMember(newcomer, against: node)
        var outbox = try await HostileOutbox(of: member)
        // Both branches of a fork are kept as evidence; told again they are nothing new.
        let fork = try outbox.fork()
        try await push([fork], of: member)
        #expect(try await count("ledger.fork", at: node) == 1)
        for line in HostileOutbox.Line.allCases {
          try await push([try outbox.page(line, of: Self.lines)], of: member)
        }
        let before = try await TableDigests.read(node)
        let memory = try #require(Kernel.residentKiB(of: process.pid))
        for round in 1...Self.pages {
          for line in HostileOutbox.Line.allCases {
            // As many numbers as a receipt can name are not taken; see below.
            guard line != .badSeal || round * Self.lines < Exchange.Limits.untakenMax else {
              continue
            }
            let page = try outbox.page(line, of: Self.lines)
            // Every page twice: the second time it is a replay, answered by where we stand.
            try await push([page, page], of: member)
            // So is one from before, since what is pushed may be overtaken by a later page.
            try await push([fork], of: member)
          }
        }
        let grown = try #require(Kernel.residentKiB(of: process.pid)) - memory
        let changes = try await TableDigests.read(node).changes(to: before, except: Self.bounded)
        #expect(changes.isEmpty, "\(changes.joined(separator: "\n"))")
        #expect(grown < Self.growthMax)
        print(
          "\(Self.pages) pages of \(Self.lines) wrong lines of each kind: grown by \(grown) KiB")
        try await expectBounds(node)
        try await node.run("status", "--json")
        // What no receipt could name any more is not acknowledged, and comes again.
        try await push([try outbox.page(.badSeal, of: 1)], of: member, answeredBy: 429)
        try await expectBounds(node)
      }
    }
  }

  /// As many rows as were sent, or as the limit allows.
  private func expectBounds(_ node: RealNode) async throws {
    let sent = Self.lines * (Self.pages + 1)
    #expect(
      try await count("ledger.quarantine", at: node) == Exchange.Limits.quarantinedPerPeerMax)
    #expect(sent > Exchange.Limits.quarantinedPerPeerMax)
    #expect(
      try await count("exchange.alarm WHERE kind = 'brokenDelivery'", at: node)
        == Exchange.Limits.alarmsPerPeerAndKindMax)
    #expect(try await count("ledger.rejected", at: node) == sent)
    #expect(
      try await count("ledger.held", at: node) == min(sent, Exchange.Limits.untakenMax))
    #expect(try await count("exchange.cursor", at: node) == 1)
  }

  private func count(_ rows: String, at node: RealNode) async throws -> Int? {
    Int(try await node.superuser("SELECT count(*) FROM \(rows)"))
  }

  /// Pushes pages over one connection; a lawful one is answered by a receipt, never by a verdict.
  private func push(
    _ pages: [[UInt8]], of member: HostileMember, answeredBy status: Int = 200
  ) async throws {
    try await RawConnection.open(port: member.port, as: member.certificate) { stream in
      for page in pages {
        let request = try member.request(page, to: "/peer/v1/deliveries")
        try await stream.send(request, body: page)
        let answer = try #require(try await stream.answer())
        #expect(answer.status == status, "\(answer.code ?? "")")
      }
    }
  }
}
