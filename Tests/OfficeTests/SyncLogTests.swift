import Casework
import Exchange
import Ledger
import Office
import Postgres
import Replica
import TestSupport
import Testing

/// The last exchanges, as the tables of a node tell them.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct SyncLogTests {
  private func log(
    _ agency: Agency, peer: String? = nil, limit: Int? = 200
  ) async throws -> API.SyncLog {
    try await agency.office.syncLog(API.SyncLogRequest(peer: peer, limit: limit))
  }

  private func received(_ agency: Agency, from peer: String) async throws -> Int? {
    try await agency.store.read {
      try $0.sql.value(
        "SELECT count(*) FROM ledger.change_set WHERE sender = \(peer)", as: Int.self)
    }
  }

  @Test func `what came, what was confirmed and by whom stands in the order of time`() async throws
  {
    try await City.with(Array(City.six.prefix(3))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      _ = try await fzb.refer(to: ["420300-JW"])
      try await city.settle()

      let told = try await log(jw)
      #expect(told.entries.map(\.at) == told.entries.map(\.at).sorted() && !told.truncated)
      let came = try await log(jw, peer: "420300-FZB").entries.filter { $0.kind == "received" }
      #expect(came.allSatisfy { $0.peer == "420300-FZB" && $0.code == nil })
      let stored = try await received(jw, from: "420300-FZB")
      #expect(came.map(\.count).reduce(0, +) == stored)
      #expect(came.last?.at.hasPrefix("2023-03-07T") == true)

      let taken = try await log(fzb, peer: "420300-JW").entries.filter { $0.kind == "confirmed" }
      let outbox = try await fzb.store.read { transaction in
        try transaction.sql.value(
          "SELECT receipted FROM exchange.outbox WHERE reader = '420300-JW'", as: Int.self)
      }
      #expect(taken.count > 1 && taken.last?.number == outbox)
      #expect(taken.map(\.count).reduce(0, +) == outbox, "every number is confirmed once")
      #expect(taken.allSatisfy { $0.untaken == 0 })

      let last = try await log(fzb, limit: 1)
      let all = try await log(fzb).entries
      #expect(last.entries == Array(all.suffix(1)) && last.truncated)
      await expect(.peerUnknown) { try await log(fzb, peer: "420322-JW") }
      await expect(.invalidValue) { try await log(fzb, peer: "纪委") }
      for limit in [0, 201] { await expect(.invalidValue) { try await log(fzb, limit: limit) } }
    }
  }

  @Test func `what waits, was refused or raised an alarm stands there, and what was done about it`()
    async throws
  {
    try await City.with(Array(City.six.prefix(2))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let now = fzb.office.clock.now
      let alarm = Alarm(
        peer: jw.code, kind: .withholding, subject: "gap 9", evidence: [1], at: now)
      let refused = (UInt8(1)...3).map { number in
        QuarantinedDelivery(
          id: ChangeSetID(.sha256([number])), sender: jw.code, reason: .noGrant, origin: nil,
          since: now, bytes: [0])
      }
      try await fzb.store.write(Trouble(alarms: [alarm], refused: refused))
      try await fzb.office.record(
        "reconcile", on: "420300-JW abc", detail: "repaired 2", by: fzb.operator)
      try await fzb.office.record("reconcile", on: "self", by: fzb.operator)
      let failure = Office.LastFailure(at: now, fault: PeerFault("silent"))
      let told = try await fzb.office.syncLog(
        API.SyncLogRequest(limit: 200), failures: [jw.code: failure], in: .en)
      func entries(_ kind: String) -> [String] {
        told.entries.filter { $0.kind == kind }.map {
          "\($0.peer) \($0.count) \($0.code ?? "-") \($0.detail ?? "-")"
        }
      }
      #expect(entries("rejected") == ["420300-JW 3 no-grant -"])
      #expect(entries("alarm") == ["420300-JW 1 withholding gap 9"])
      #expect(entries("failed") == ["420300-JW 1 silent it did not answer"])
      #expect(entries("operator") == ["420300-JW 1 reconcile ok", " 1 reconcile ok"])
      let ours = try await fzb.office.syncLog(
        API.SyncLogRequest(peer: "420300-FZB", limit: 200), failures: [jw.code: failure])
      #expect(ours.entries.isEmpty, "nothing is exchanged with oneself")
    }
  }
}

private struct Trouble: StoreWork {
  let alarms: [Alarm]
  let refused: [QuarantinedDelivery]

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws {
    try transaction.raise(alarms)
    try transaction.quarantine(refused)
  }
}
