import Exchange
import Ledger
import Testing

extension StoreConformance {
  private func lines(_ reader: AgencyCode, _ ids: [ChangeSetID], isRepeated: Bool = false)
    -> [OutboxLine]
  {
    ids.map { OutboxLine(reader: reader, id: $0, isRepeated: isRepeated) }
  }

  private func numbered(_ first: UInt64, _ ids: [ChangeSetID]) -> [NumberedLine] {
    zip(first..., ids).map { number, id in
      NumberedLine(
        number: number, id: id, parts: UInt32(number), runningHash: .sha256([UInt8(number)]))
    }
  }

  func checkOutbox<S: Store>(_ store: S) async throws {
    let world = try await ConformanceWorld(store)
    let b = world.other.code
    // What the directory queued already is not what this check is about.
    let opening = try await world.see().queued
    try await store.write(Do(.unqueue(opening, b)))
    let ids = (1...6).map(world.id)
    #expect(try await world.see().position.number == 0)
    #expect(try await world.see().position.runningHash == .zero)
    #expect(try await world.see().idle == [b: try await world.see().position])
    try await store.write(
      Do(
        .enqueue(lines(b, [ids[2], ids[0], ids[2]])), .enqueue(lines(b, [ids[0], ids[1]])),
        .enqueue(lines(world.third.code, [ids[0]]))))
    var seen = try await world.see(ids)
    #expect(seen.queued == [ids[2], ids[0], ids[1]])
    #expect(seen.isQueued)
    #expect(seen.idle.isEmpty)
    #expect(seen.owed == Set(ids[0...2]))
    let given = numbered(1, [ids[2], ids[0]])
    try await store.write(Do(.number(given, b)))
    seen = try await world.see(ids, above: 1)
    #expect(seen.numbered == [given[1]])
    #expect(seen.queued == [ids[1]])
    #expect(seen.position.number == 2)
    #expect(seen.position.runningHash == given[1].runningHash)
    #expect(seen.owed == [ids[0], ids[1]], "above 1: the second number and what has none")
    try await store.write(
      Do(.enqueue(lines(b, [ids[2]])), .enqueue(lines(b, [ids[0]], isRepeated: true))))
    seen = try await world.see(ids)
    #expect(seen.queued == [ids[1], ids[0]], "a served line returns only when it says so")
    try await store.write(Do(.unqueue([ids[1]], b), .number(numbered(3, [ids[0]]), b)))
    seen = try await world.see(ids)
    #expect(seen.numbered.map(\.number) == [1, 2, 3])
    #expect(seen.numbered.map(\.id) == [ids[2], ids[0], ids[0]])
    #expect(!seen.isQueued)
    #expect(seen.idle == [b: seen.position])
    #expect(seen.readers.contains(b))
    // What was never queued is numbered too, for several readers at once.
    let third = world.third.code
    let further = [b: numbered(4, [ids[3]]), third: numbered(1, [ids[3]])]
    try await store.write(Do(.unqueue([ids[0]], third), .give(further)))
    seen = try await world.see(ids)
    #expect(seen.numbered.last?.id == ids[3])
    #expect(seen.idle == [b: seen.position])
    #expect(seen.position.number == 4)
    #expect(seen.readers.contains(third))
  }

  func checkUrgent<S: Store>(_ store: S) async throws {
    let world = try await ConformanceWorld(store)
    let b = world.other.code
    let opening = try await world.see([], [world.directory])
    #expect(opening.queuedOfDossiers == [opening.queued], "nothing but the directory so far")
    let grant = Part(membership: [.grant(Grant(agency: b, ground: .admit))])
    let drafts = (0...Exchange.Limits.stepDraftsMax).map { _ in Draft(dossier: nil, parts: [grant])
    }
    let bulk = try await store.write(
      Append(
        author: world.home.agency.signatory, drafts: drafts, now: .sample, gate: .open,
        entropy: world.home.entropy)
    ).get().changeSets
    #expect(try await world.see().urgent == opening.queued)
    let letter = try await world.dossier(with: [world.other])
    let later = try await world.home.append(bulk[3].dossier, [Part()])
    // A dossier in which too much waits for any of it to go first.
    let long = try await world.home.append(nil, [Part()])
    for _ in 0..<Exchange.Limits.urgentLinesPerDossierMax {
      try await world.home.append(long.dossier, [Part()])
    }
    try await world.home.append(long.dossier, [grant])
    let last = try await world.home.append(long.dossier, [Part()])
    var seen = try await world.see([], [bulk[3].dossier, long.dossier])
    #expect(seen.urgent == opening.queued + [bulk[3].id, letter.id, later.id])
    #expect(seen.queuedOfDossiers.first == [bulk[3].id, later.id])
    #expect(seen.queuedOfDossiers.last?.count == Exchange.Limits.urgentLinesPerDossierMax + 3)
    // What is left of it may go first when the rest has gone.
    try await store.write(Do(.number(numbered(1, Array(seen.queued.prefix { $0 != last.id })), b)))
    seen = try await world.see()
    #expect(seen.urgent == [last.id])
    #expect(seen.queued == [last.id])
    try await store.write(Do(.enqueue(lines(b, (1...100).map(world.id)))))
    #expect(try await world.see().urgent == [last.id], "so many at once are a bulk load")
    let after = try await store.read(QueuedAfter(reader: b, line: world.id(98)))
    #expect(after == [world.id(99), world.id(100)])
  }

  func checkRestart<S: Store>(_ store: S) async throws {
    let world = try await ConformanceWorld(store)
    let b = world.other.code
    let opening = try await world.see().queued
    let ids = (1...3).map(world.id)
    try await store.write(
      Do(.unqueue(opening, b), .enqueue(lines(b, ids)), .number(numbered(1, [ids[0]]), b)))
    let outbox = seededEntropy(9).outboxID()
    try await store.write(Do(.restart(outbox)))
    let seen = try await world.see(ids)
    #expect(try await store.read(SeeNode()).outbox == outbox)
    #expect(seen.numbered.isEmpty)
    let end = OutboxEnd(number: 1, runningHash: numbered(1, [ids[0]])[0].runningHash)
    #expect(try await store.read(FormerEnd(reader: b)) == end)
    #expect(
      try await store.read(FormerEnd(reader: world.third.code))
        == OutboxEnd(number: 0, runningHash: .zero))
    #expect(
      seen.position
        == OutboxPosition(
          number: 0, runningHash: .zero, receipted: 0, receiptedAt: nil))
    #expect(seen.queued == [ids[1], ids[2]])
    try await store.write(Do(.enqueue(lines(b, [ids[0]]))))
    #expect(try await world.see().queued == [ids[1], ids[2], ids[0]])
    try await store.write(Do(.restart(seededEntropy(10).outboxID())))
    #expect(
      try await store.read(FormerEnd(reader: b)) == OutboxEnd(number: 0, runningHash: .zero))
  }

  func checkReceipts<S: Store>(_ store: S) async throws {
    let world = try await ConformanceWorld(store)
    let b = world.other.code
    let opening = try await world.see().queued
    let ids = (1...4).map(world.id)
    let given = numbered(1, ids)
    let outbox = try await store.read(SeeNode()).outbox
    func receipt(
      _ number: UInt64, _ seconds: Int64, untaken: [UInt64] = []
    ) -> KeptReceipt {
      KeptReceipt(
        reader: b, outbox: outbox, number: number,
        storedAt: Timestamp.sample.adding(seconds: seconds), untaken: untaken,
        signed: SignedObject(body: [UInt8(number), UInt8(seconds)], signature: [9]))
    }
    try await store.write(
      Do(
        .unqueue(opening, b), .enqueue(lines(b, ids)), .number(given, b),
        .keep(receipt(4, 40, untaken: [2])), .keep(receipt(3, 30, untaken: [2])),
        .keep(receipt(1, 10))))
    let seen = try await world.see([ids[2]])
    #expect(seen.position.receipted == 4 && seen.position.untaken == 1)
    #expect(seen.position.receiptedAt == Timestamp.sample.adding(seconds: 40))
    let trail = try #require(seen.trails.first)
    #expect(seen.trails.count == 1)
    #expect(trail.receipt.number == 3)
    #expect(trail.receipt.untaken == [2])
    #expect(trail.receipt.signed == SignedObject(body: [3, 30], signature: [9]))
    #expect(trail.before == given[1].runningHash)
    #expect(trail.lines == [given[2]])
    // What every receipt names as not taken has no proof, until one of the same number does not.
    #expect(try await world.see([ids[1]]).trails.isEmpty)
    try await store.write(Do(.keep(receipt(4, 60))))
    let settled = try await world.see([ids[1]])
    #expect(settled.position.receipted == 4 && settled.position.untaken == 0)
    #expect(settled.position.receiptedAt == Timestamp.sample.adding(seconds: 60))
    #expect(settled.idle[b]?.untaken == 0)
    #expect(settled.trails.map(\.receipt.signed.body) == [[4, 60]])
    #expect(settled.trails.first?.lines == Array(given[1...]))
    #expect(try await world.see([ids[3]]).trails.map(\.receipt.signed.body) == [[4, 40]])
    let first = try await world.see([ids[0]]).trails.first
    #expect(first?.before == .zero)
    #expect(first?.lines == [given[0]])
    #expect(try await !world.see().readers.contains(b))
  }
}

/// The lines behind one of them.
private struct QueuedAfter: StoreWork {
  let reader: AgencyCode
  let line: ChangeSetID

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> [ChangeSetID] {
    try transaction.queued(for: reader, after: line, limit: 10).map(\.id)
  }
}

/// How far the outbox before came for a reader.
private struct FormerEnd: StoreWork {
  let reader: AgencyCode

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> OutboxEnd {
    try transaction.formerEnd(for: reader)
  }
}
