import Exchange
import Ledger
import Testing

extension StoreConformance {
  func checkLog<S: Store>(_ store: S) async throws {
    let world = try await ConformanceWorld(store)
    let first = try await world.dossier(with: [world.other])
    let second = try await world.home.append(first.dossier, [Part()])
    let apart = try await world.dossier(with: [])
    let seen = try await world.see(
      [second.id, world.id(1), first.id],
      [first.dossier, apart.dossier, DossierID(first: world.id(2))])
    #expect(seen.located == [first.id: first.dossier, second.id: first.dossier])
    #expect(seen.changeSets.map(\.id) == [second.id, first.id])
    #expect(seen.changeSets.last == first)
    #expect(seen.graphs.count == 2)
    #expect(seen.graphs[first.dossier]?.heads == [second.id])
    #expect(seen.graphs[first.dossier]?.order == [first.id, second.id])
    let summary = try #require(seen.summaries[first.dossier])
    #expect(summary.heads == [second.id])
    #expect(summary.count == 2)
    #expect(summary.members == [world.home.agency.code, world.other.code])
    #expect(seen.logged.filter { $0.id == second.id }.map(\.header) == [second.headerBytes])
    #expect(seen.directory != nil)
  }

  func checkLaterParts<S: Store>(_ store: S) async throws {
    let world = try await ConformanceWorld(store)
    let sealed = Part(audience: [world.other.code])
    let whole = try await world.home.append(nil, [Part(), sealed])
    // The same change set as a relay without the sealed part would have brought it.
    let open = try #require(
      StoredChangeSet(
        headerBytes: whole.headerBytes, proof: whole.proof,
        parts: whole.parts.filter { $0.key == 0 }))
    try await store.write(Do(.forget([whole.id], whole.dossier)))
    var graph = DossierGraph(whole.dossier)
    let directory = try await world.see().directory
    #expect(directory != nil)
    let view = try await store.read(DirectoryNow())
    graph.insert(open, directory: view)
    let entry = LogEntry(changeSet: open, sender: world.third.code, storedAt: .sample)
    try await store.write(Do(.put([entry], [graph])))
    #expect(try await world.see([whole.id]).changeSets.first?.parts.count == 1)
    graph.add(parts: whole.parts, to: whole.id)
    let more = LogEntry(
      changeSet: whole, sender: world.other.code, storedAt: Timestamp.sample.adding(seconds: 9))
    try await store.write(Do(.put([more], [graph])))
    let seen = try await world.see([whole.id], [whole.dossier])
    #expect(seen.changeSets.first == whole)
    #expect(seen.graphs[whole.dossier]?.changeSet(whole.id)?.parts.count == 2)
    #expect(seen.logged.first?.sender == world.third.code, "the first sender stays")
    #expect(seen.logged.first?.parts.count == 2)
  }

  func checkItems<S: Store>(_ store: S) async throws {
    let world = try await ConformanceWorld(store)
    let shared = try await world.dossier(with: [world.other])
    _ = try await world.dossier(with: [world.third])
    let closed = try await world.dossier(with: [world.other])
    try await world.home.append(
      closed.dossier,
      [Part(membership: [.exclude(agency: world.other.code, reason: "avoidance")])])
    let ended = try await world.dossier(with: [world.other])
    try await world.home.append(
      ended.dossier, [Part(membership: [.end(agency: world.other.code, reason: "over")])])
    var seen = try await world.see([], [shared.dossier])
    let item = Hash256.sha256(shared.dossier.bytes + shared.id.bytes)
    #expect(seen.items == [item])
    #expect(seen.ofItems == [item: shared.dossier])
    #expect(seen.summaries[shared.dossier]?.item == item)
    let next = try await world.home.append(shared.dossier, [Part()])
    seen = try await world.see()
    #expect(seen.items == [Hash256.sha256(shared.dossier.bytes + next.id.bytes)])
  }

  func checkReadable<S: Store>(_ store: S) async throws {
    let world = try await ConformanceWorld(store)
    let shared = try await world.dossier(with: [world.other])
    let foreign = try await world.dossier(with: [world.third])
    let closed = try await world.dossier(with: [world.other])
    try await world.home.append(
      closed.dossier,
      [Part(membership: [.exclude(agency: world.other.code, reason: "avoidance")])])
    let ended = try await world.dossier(with: [world.other])
    try await world.home.append(
      ended.dossier, [Part(membership: [.end(agency: world.other.code, reason: "over")])])
    let all = [shared, foreign, closed, ended]
    let seen = try await world.see(all.map(\.id), all.map(\.dossier))
    #expect(Set(seen.readable.keys) == [shared.id, ended.id])
    #expect(seen.open == [shared.dossier, ended.dossier])
    #expect(seen.summaries[ended.dossier]?.former == [world.other.code])
    #expect(seen.summaries[closed.dossier]?.excluded == [world.other.code])
  }

  func checkPages<S: Store>(_ store: S) async throws {
    let world = try await ConformanceWorld(store)
    var dossiers: [DossierID] = [world.directory]
    for _ in 0..<5 { dossiers.append(try await world.dossier(with: []).dossier) }
    dossiers.sort()
    let home = world.home.agency.code
    func page(_ after: DossierID?, _ limit: Int) async throws -> ([DossierID], [DossierID]) {
      try await store.read(Pages(author: home, after: after, limit: limit))
    }
    #expect(try await page(nil, 100) == (dossiers, dossiers))
    #expect(try await page(dossiers[1], 2) == (Array(dossiers[2...3]), Array(dossiers[2...3])))
    #expect(try await page(dossiers[5], 2) == ([], []))
    #expect(try await world.see().writtenByOther.isEmpty)
  }

  func checkProjection<S: Store>(_ store: S) async throws {
    let world = try await ConformanceWorld(store)
    let first = try await world.dossier(with: [world.other])
    try await world.home.append(first.dossier, [Part()])
    let seen = try await world.see([], [first.dossier, world.directory])
    #expect(seen.differences.isEmpty)
    let digest = try #require(seen.digests[first.dossier])
    let graphs = Array(seen.graphs.values)
    try await store.write(Do(.project(graphs)))
    let again = try await world.see([], [first.dossier, world.directory])
    #expect(again.digests[first.dossier] == digest)
    #expect(again.differences.isEmpty)
  }

  func checkForgotten<S: Store>(_ store: S) async throws {
    let world = try await ConformanceWorld(store)
    let first = try await world.dossier(with: [world.other])
    let second = try await world.home.append(first.dossier, [Part()])
    let third = try await world.home.append(first.dossier, [Part()])
    try await store.write(Do(.forget([second.id], first.dossier)))
    let seen = try await world.see([first.id, second.id, third.id], [first.dossier])
    #expect(Set(seen.located.keys) == [first.id, third.id])
    #expect(seen.logged.count == 2)
    #expect(seen.summaries[first.dossier]?.heads == [third.id], "the summary is from `put`")
    let report = try await store.read(SelfCheck(after: nil)).report
    #expect(report.holes.map(\.id) == [second.id])
    #expect(report.holes.first?.sequence == 2)
    await #expect(throws: ExchangeError.hole(in: first.dossier)) {
      try await world.home.append(first.dossier, [Part()])
    }
    // Several logs are read together, each row under its own dossier, in the order of storing.
    let beside = try await world.dossier(with: [world.other])
    let both = try await store.read(LoggedTogether(dossiers: [first.dossier, beside.dossier]))
    #expect(
      both.rows.mapValues { $0.map(\.id) } == [
        first.dossier: [first.id, third.id], beside.dossier: [beside.id],
      ])
    #expect(both.rows.values.allSatisfy { $0.allSatisfy { $0.parts.count == 1 } })
    #expect(Set(both.bytes.keys) == [first.dossier, beside.dossier])
    #expect(both.bytes.values.allSatisfy { $0 > 0 })
  }
}

/// The logs of several dossiers, and how large they are.
struct LoggedTogether: StoreWork {
  let dossiers: [DossierID]

  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> (rows: [DossierID: [LoggedChangeSet]], bytes: [DossierID: Int]) {
    (try transaction.logged(dossiers), try transaction.logBytes(dossiers))
  }
}

/// The directory as stored.
struct DirectoryNow: StoreWork {
  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Directory? {
    try transaction.directory()
  }
}

/// One page of both listings of dossiers.
struct Pages: StoreWork {
  let author: AgencyCode
  let after: DossierID?
  let limit: Int

  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> ([DossierID], [DossierID]) {
    (
      try transaction.dossiers(writtenBy: author, after: after, limit: limit),
      try transaction.dossiers(after: after, limit: limit)
    )
  }
}
