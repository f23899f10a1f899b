import Exchange
import Ledger
import PeerSupport
import Postgres
import Replica
import TestSupport
import Testing

@testable import Node

/// A bulk load between real nodes, and a letter that a person writes while it is under way.
@Suite(.timeLimit(.minutes(20)), .serialized) struct UrgentLaneScenario {
  private static let seals = 20
  /// How often a seal may wait in vain on a machine that does much else.
  private static let waitsMax = 5

  @Test func `a letter written under a bulk load of 20,480 change sets gets the very next number`()
    async throws
  {
    try await Scratch.withDirectory { directory in
      let node = try await RealNode.make("420300-FZB", in: directory, registrar: true)
      let peer = try await RealNode.make("420300-JW", in: directory)
      try await node.whileRunning { _ in
        try await peer.whileRunning { _ in try await node.admit(peer) }
        try await load(Self.seals, at: node, for: peer)
        try await peer.whileRunning { _ in
          try await eventually("the load is under way", within: .seconds(120)) {
            try await numbers(at: node).given > 1_000
          }
          let dossier = try await node.run(
            "dossier", "create", "--kind", "advice", "--title", "letter", "--json",
            as: RealNode.clerk
          ).text("dossier")
          try await node.run("dossier", "admit", dossier, peer.code, as: RealNode.clerk)
          // Whatever is served after its commit begins with the letter, so it is at most the two
          // change sets of its dossier above what was given by now, whenever now is.
          let (given, queued, receipted) = try await numbers(at: node)
          #expect(queued > 2_000, "the load was over too soon for this test")
          try await eventually("the letter is there", within: .seconds(120)) {
            try await peer.run("dossier", "show", dossier, "--json", expecting: nil).code == 0
          }
          let place = try #require(
            Int(
              try await node.superuser(
                """
                SELECT max(s.number) FROM exchange.served AS s
                JOIN ledger.change_set AS c ON c.id = s.change_set
                WHERE c.dossier = decode('\(dossier)', 'hex')
                """)))
          print(
            "a letter under a bulk load: number \(place), when \(given) were given, \(receipted) "
              + "of them receipted, and \(queued) queued")
          #expect(place <= given + 2)
          #expect(try await numbers(at: node).queued > 0, "the load goes on behind it")
        }
      }
    }
  }

  /// Where the outbox for the peer stands.
  private func numbers(
    at node: RealNode
  ) async throws -> (given: Int, queued: Int, receipted: Int) {
    let row = try await node.superuser(
      """
      SELECT coalesce(max(number), 0), (SELECT count(*) FROM exchange.queued),
        coalesce(max(receipted), 0) FROM exchange.outbox
      """
    ).split(separator: "|").compactMap { Int($0) }
    try #require(row.count == 3)
    return (row[0], row[1], row[2])
  }

  /// Writes dossiers with the peer as a member, 1,024 to a seal, as an import does.
  private func load(_ seals: Int, at node: RealNode, for peer: RealNode) async throws {
    let author = try HostileMember(node, against: peer)
    let reader = try #require(AgencyCode(peer.code))
    let store = PostgresStore(node.owner)
    let part = Part(membership: [.grant(Grant(agency: reader, ground: .admit))])
    do {
      for _ in 0..<seals {
        try await writing {
          _ = try await store.write(
            Append(
              author: Signatory(agency: author.agency, key: author.key),
              drafts: (0..<1_024).map { _ in Draft(dossier: nil, parts: [part]) },
              now: author.now, gate: .open)
          ).get()
        }
      }
    } catch {
      await store.close()
      throw error
    }
    await store.close()
  }

  /// Tries again what waited too long behind the node's own work: nothing of it was written.
  private func writing(_ seal: () async throws -> Void) async throws {
    for _ in 0..<Self.waitsMax {
      do {
        return try await seal()
      } catch let error as PostgresError where error.code == .timeout {
        print("a seal waited too long for the node's own work: \(error)")
      }
    }
    try await seal()
  }
}

extension HostileMember {
  /// The time by the system's clock.
  fileprivate var now: Timestamp {
    Timestamp(microseconds: TransportTime.system.seconds * 1_000_000)
  }
}
