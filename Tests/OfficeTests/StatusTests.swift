import Exchange
import Ledger
import Office
import Postgres
import Replica
import TestSupport
import Testing

/// What `status` says of a peer, each value as it comes about.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct StatusTests {
  private static let three = Array(City.six.prefix(3))

  private func states(_ agency: Agency) async throws -> [String: String] {
    let status = try await agency.office.status(
      API.StatusRequest(), process: Office.Process(isReady: true))
    #expect(!status.truncated)
    return Dictionary(uniqueKeysWithValues: status.peers.map { ($0.agency, $0.state) })
  }

  @Test func `a peer is equal, behind, pending, forked or revoked`() async throws {
    try await City.with(Self.three) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      #expect(try await states(fzb) == ["420300-JW": "equal", "420300-SFJ": "equal"])
      _ = try await fzb.refer(to: ["420300-JW"])
      #expect(try await states(fzb)["420300-JW"] == "behind")
      try await city.settle()

      // Nobody has heard of SFJ since: as for an agency that was admitted just now.
      try await city.tamper(fzb, "DELETE FROM exchange.cursor WHERE peer = '420300-SFJ'")
      let pending = try await fzb.office.status(
        API.StatusRequest(peer: "420300-SFJ"), process: Office.Process(isReady: true))
      #expect(pending.peers.map(\.state) == ["pending"])
      #expect(pending.peers.first?.lastReceivedAt == nil)

      let (one, other) = (Hash256.sha256([1]), Hash256.sha256([2]))
      try await city.tamper(
        fzb,
        """
        INSERT INTO ledger.fork (dossier, author, sequence, one, other)
        VALUES (\(one), '420300-JW', 3, \(one), \(other))
        """)
      #expect(try await states(fzb)["420300-JW"] == "forked")

      try await suspend(sfj, by: fzb)
      #expect(try await states(fzb)["420300-SFJ"] == "revoked")
      try await city.settle()
      #expect(try await states(jw)["420300-SFJ"] == "revoked")
    }
  }

  /// Seconds ahead, what is shown of them, and whether it is flagged.
  private static let clocks: [(Int64, Int64?, Bool)] = [
    (4, nil, false), (-5, -5, false), (299, 299, false), (-300, -300, true), (.min, .min, true),
  ]

  @Test(arguments: clocks)
  func `scenario S14 a clock difference is shown from 5 s and flagged from 5 min`(
    seconds: Int64, shown: Int64?, flagged: Bool
  ) async throws {
    try await City.with(Array(City.six.prefix(2))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let process = Office.Process(
        isReady: true, clocks: [jw.code: ClockDifference(seconds: seconds)])
      let status = try await fzb.office.status(API.StatusRequest(), process: process)
      #expect(status.peers.first?.state == "equal")
      #expect(status.peers.first?.clockAheadSeconds == shown)
      #expect(status.peers.first?.clockFlagged == flagged)
    }
  }

  /// The registrar withdraws an agency's key and enters it in the directory.
  private func suspend(_ agency: Agency, by registrar: Agency) async throws {
    let claim = SignedObject(
      signing: Suspension(
        signer: registrar.code, key: registrar.key.keyID, agency: agency.code,
        suspended: agency.key.keyID, reason: "lost"), with: registrar.key)
    let directory = try await registrar.store.read { try $0.node().directory }
    _ = try await registrar.store.write(
      Append(
        author: Signatory(agency: registrar.code, key: registrar.key),
        drafts: [Draft(dossier: directory, parts: [Part(directory: [.suspension(claim)])])],
        now: registrar.office.clock.now, gate: .open)
    ).get()
  }
}
