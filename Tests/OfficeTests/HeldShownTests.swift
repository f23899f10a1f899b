import Casework
import Exchange
import Ledger
import Office
import Postgres
import Replica
import TestSupport
import Testing

/// What is shown of one change set that could not be taken.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct HeldShownTests {
  private func deliveries(of dossier: String, at agency: Agency) async throws -> [Delivery] {
    let id = try #require(DossierID(hex: dossier))
    let graph = try await agency.store.read { try $0.graphs([id])[id] }
    return try #require(graph).changeSets.map { changeSet in
      Delivery(
        number: 0,
        content: .changeSet(ReceivedChangeSet(changeSet, parts: changeSet.parts)))
    }
  }

  private func take(
    _ deliveries: some Collection<Delivery>, at agency: Agency, from peer: Agency
  ) async throws -> TakenFetch {
    try await agency.store.write(
      TakeFetched(
        peer: peer.code, deliveries: Array(deliveries), now: agency.office.clock.now))
  }

  /// Judges everything that is held again; what is missing is not asked for here.
  private func judgeAgain(_ agency: Agency) async throws -> TakenFetch {
    let notices = try await agency.store.read(ListHeld(.all(from: nil)))
    return try await agency.store.write(
      RetryHeld(node: agency.code, chosen: notices, now: agency.office.clock.now))
  }

  @Test func `a held change set is shown with what it waits for and whom the node asks`()
    async throws
  {
    try await City.with(Array(City.six.prefix(3))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let dossier = try await fzb.open("advice", "监督意见", admit: ["420300-JW"])
      let cover = Casework.Dossier(kind: .advice, title: "另名", classification: .public)
      try await fzb.write(
        [Record(id: fzb.recordID(7), author: fzb.code, .dossier(cover))], in: dossier)
      let all = try await deliveries(of: dossier, at: fzb)
      let last = try #require(all.last)
      #expect(try await take([last], at: jw, from: fzb).held == 1)

      let held = try #require(try await jw.office.held(API.HeldListRequest()).held.first)
      let shown = try await jw.office.heldChangeSet(
        API.HeldRequest(id: String(held.id.prefix(8))))
      #expect(shown.id == held.id && shown.author == "420300-FZB" && shown.dossier == dossier)
      #expect(shown.reason == "ancestor" && shown.since == held.since)
      #expect(shown.sequence == held.sequence && shown.sequence > 1)
      #expect(shown.copies.map(\.from) == ["420300-FZB"] && shown.asked == ["420300-FZB"])
      #expect(shown.missing.map(\.id) == held.missing && !held.missing.isEmpty)
      #expect(shown.missing.allSatisfy { $0.state == "missing" })

      // Judged again without what is missing it waits as before, since the same moment.
      #expect(try await judgeAgain(jw).stored == 0)
      #expect(
        try await jw.office.heldChangeSet(API.HeldRequest(id: held.id)) == shown,
        "what is done twice comes to the same")
      #expect(try await take(all.dropLast(), at: jw, from: fzb).stored == all.count)
      await expect(.notFound) {
        try await jw.office.heldChangeSet(API.HeldRequest(id: held.id))
      }
      for text in ["", "0123", "zzzzzzzz", String(repeating: "0", count: 64)] {
        await expect(.notFound) { try await jw.office.heldChangeSet(API.HeldRequest(id: text)) }
        await expect(.notFound) { try await jw.office.heldID(text) }
      }
    }
  }

  @Test func `a sequence that no chain reaches, stated by a peer, keeps nobody from the list`()
    async throws
  {
    try await City.with(Array(City.six.prefix(2))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let dossier = try await fzb.open("advice", "监督意见", admit: ["420300-JW"])
      let delivery = try #require(try await deliveries(of: dossier, at: fzb).last)
      guard case .changeSet(let received) = delivery.content else { throw Unexpected("blank") }
      let origin = ChangeSetOrigin(
        dossier: try #require(DossierID(hex: dossier)), author: fzb.code, sequence: .max)
      let copy = HeldCopy(
        id: received.id, sender: fzb.code, received: received, reason: .unknownSuite, missing: [],
        origin: origin, since: .sample, byteCount: 16_384)
      let refused = QuarantinedDelivery(
        id: ChangeSetID(.sha256([1])), sender: fzb.code, reason: .noGrant, origin: origin,
        since: .sample, bytes: [0])
      try await jw.store.write(Keep(held: [copy], refused: [refused]))
      #expect(try await jw.office.held(API.HeldListRequest()).held.map(\.sequence) == [.max])
      let shown = try await jw.office.heldChangeSet(API.HeldRequest(id: received.id.hex))
      #expect(shown.sequence == .max && shown.missing.isEmpty && shown.reason == "unknown-suite")
      let rejected = try await jw.office.rejectedChangeSet(
        API.RejectedRequest(id: Hash256.sha256([1]).hex))
      #expect(rejected.sequence == .max && rejected.header == nil)
      #expect(rejected.deliveries.map(\.bytes) == [1])
    }
  }

  @Test func `a rejected change set is shown with its reason, size and digest, and no content`()
    async throws
  {
    try await City.with(Array(City.six.prefix(2))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let dossier = try await fzb.open("advice", "不该外传的标题", admit: ["420300-JW"])
      let delivery = try #require(try await deliveries(of: dossier, at: fzb).last)
      guard case .changeSet(let received) = delivery.content else { throw Unexpected("blank") }
      let bytes = delivery.encoded()
      let refused = QuarantinedDelivery(
        id: received.id, sender: fzb.code, reason: .keyWithdrawn, origin: nil, since: .sample,
        bytes: bytes)
      try await jw.store.write(Keep(held: [], refused: [refused, refused]))
      let shown = try await jw.office.rejectedChangeSet(
        API.RejectedRequest(id: String(received.id.hex.prefix(12)).uppercased()))
      #expect(shown.id == received.id.hex && shown.reason == "key-withdrawn" && shown.marked)
      let digest = Hash256.sha256(bytes).hex
      #expect(shown.deliveries.map(\.digest) == [digest, digest])
      #expect(shown.deliveries.allSatisfy { $0.bytes == bytes.count && $0.from == "420300-FZB" })
      #expect(shown.header?.key == fzb.key.keyID.hex)
      let told = String(decoding: try JSONValue(encoding: shown).encoded(), as: UTF8.self)
      #expect(!told.contains("不该外传的标题"))

      // The copies are given up beyond a limit; the mark stays.
      try await city.tamper(jw, "DELETE FROM ledger.quarantine")
      let forgotten = try await jw.office.rejectedChangeSet(
        API.RejectedRequest(id: received.id.hex))
      #expect(forgotten.reason == "key-withdrawn" && forgotten.marked)
      #expect(forgotten.deliveries.isEmpty && forgotten.header == nil)
      for text in ["", "key-withdrawn", String(repeating: "f", count: 64)] {
        await expect(.notFound) {
          try await jw.office.rejectedChangeSet(API.RejectedRequest(id: text))
        }
      }
    }
  }
}

private struct Keep: StoreWork {
  let held: [HeldCopy]
  let refused: [QuarantinedDelivery]

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws {
    try transaction.hold(held)
    try transaction.quarantine(refused)
  }
}
