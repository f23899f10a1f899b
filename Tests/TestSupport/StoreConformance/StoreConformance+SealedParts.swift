import Exchange
package import Ledger
import Testing

/// A dossier of A with B and C, whose first change set has a sealed part for A alone.
private struct SealedScene<S: Store> {
  let a: SampleNode<MemoryStore>
  let b: SampleNode<S>
  let first: StoredChangeSet

  var place: PartPlace { PartPlace(change: first.id, part: 1) }

  init(_ store: S) async throws {
    a = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
    let directory = try await a.found()
    b = SampleNode(store, SampleAgency("B"))
    try await b.join(a, directory)
    first = try await a.append(
      nil,
      [
        Part(membership: [.grant(Grant(agency: b.agency.code, ground: .admit))]),
        Part(audience: [a.agency.code], records: [.about(nil, type: 4, by: a.agency)]),
      ])
    try await b.catchUp(with: a)
  }

  func disclose() async throws -> StoredChangeSet {
    let audience = [a.agency.code, b.agency.code].sorted()
    return try await a.append(
      first.dossier,
      [
        Part(),
        Part(audience: audience, records: [.about(place, type: 9, by: a.agency)]),
      ])
  }

  func destroy() async throws -> StoredChangeSet {
    try await a.append(first.dossier, [Part(records: [.about(place, type: 8, by: a.agency)])])
  }

  /// What B has of the first change set.
  func kept() async throws -> [Int: SaltedPart] {
    try await seen().changeSets.first?.parts ?? [:]
  }

  func seen() async throws -> See.Seen {
    try await b.store.read(
      See(
        ids: [first.id], dossiers: [first.dossier], agency: b.agency.code, other: a.agency.code))
  }

  /// Gives B copies as a fetch does.
  @discardableResult
  func give(_ copies: [ReceivedChangeSet]) async throws -> TakenFetch {
    try await b.store.write(
      TakeFetched(
        peer: a.agency.code,
        deliveries: copies.map { Delivery(number: 0, content: .changeSet($0)) }, now: .sample))
  }

  func check(repairs: Bool = false) async throws -> SelfCheckReport {
    try await SelfChecking(repairs: repairs).run(
      over: b.store, now: { .sample },
      ask: { _, request in
        try await a.store.read(AnswerFetch(requester: b.agency.code, request: request))
      })
  }
}

extension StoreConformance {
  /// A part disclosed later comes with the outbox; one that was lost on the way is asked for.
  func checkDisclosed<S: Store>(_ store: S) async throws {
    let scene = try await SealedScene(store)
    #expect(try await scene.kept().keys.sorted() == [0])
    let disclosing = try await scene.disclose()
    // The word of it comes before the part.
    try await scene.give([ReceivedChangeSet(disclosing, parts: disclosing.parts)])
    #expect(try await scene.seen().summaries[scene.first.dossier]?.lacking == [scene.first.id])
    #expect(try await scene.check().isConsistent)
    let questions = try await store.read(ListWanted(peers: [scene.a.agency.code]))
    #expect(questions.map(\.peer) == [scene.a.agency.code])
    #expect(questions.map(\.request.ids) == [[scene.first.id]])
    let answer = try await scene.a.store.read(
      AnswerFetch(requester: scene.b.agency.code, request: questions[0].request))
    _ = try await store.write(
      TakeFetched(peer: scene.a.agency.code, deliveries: answer.deliveries, now: .sample))
    #expect(try await scene.kept() == scene.first.parts)
    #expect(try await scene.seen().summaries[scene.first.dossier]?.lacking == [])
    #expect(try await store.read(ListWanted(peers: [scene.a.agency.code])).isEmpty)
    // The outbox owes both once more, and what is here already changes nothing.
    try await scene.b.catchUp(with: scene.a)
    #expect(try await scene.kept() == scene.first.parts)
    #expect(try await scene.check().isConsistent)
  }

  /// Who fills a hole without a sealed part takes none away that a broken row still has.
  func checkPartsOfBroken<S: Store>(_ store: S) async throws {
    let scene = try await SealedScene(store)
    let disclosing = try await scene.disclose()
    try await scene.b.catchUp(with: scene.a)
    let dossier = scene.first.dossier
    let graph = try #require(try await scene.seen().graphs[dossier])
    var broken = scene.first
    broken.proof = disclosing.proof
    try await store.write(Do(.forget([broken.id], dossier)))
    let entry = LogEntry(changeSet: broken, sender: scene.a.agency.code, storedAt: .sample)
    try await store.write(Do(.put([entry], [graph])))
    let hole = SelfCheckReport.Hole(
      id: broken.id, dossier: dossier, author: nil, sequence: nil)
    #expect(try await scene.check().holes.map(\.id) == [hole.id])
    let copy = ReceivedChangeSet(
      scene.first, parts: scene.first.parts.filter { $0.key == 0 })
    let filled = try await store.write(
      FillHoles(peer: scene.a.agency.code, holes: [hole], copies: [copy], now: .sample))
    #expect(filled == 1)
    #expect(try await scene.kept() == scene.first.parts)
    #expect(try await scene.check().isConsistent)
  }

  /// A destroyed part is gone from the store with what it lists, is no damage, and does not return.
  func checkDestroyed<S: Store>(_ store: S) async throws {
    let scene = try await SealedScene(store)
    _ = try await scene.disclose()
    try await scene.b.catchUp(with: scene.a)
    #expect(try await scene.kept() == scene.first.parts)
    let file = SampleAttachment(bytes: 40)
    let listed = ListedAttachment(
      place: AttachmentPlace(change: scene.first.id, part: 1, position: 0),
      dossier: scene.first.dossier, record: 0, index: 0, content: file.content)
    try await store.write(DoAttachments(.list([listed]), .put(file.pieces, listed.place)))
    let whole = try await scene.seen()
    let before = try #require(whole.graphs[scene.first.dossier])
    _ = try await scene.destroy()
    try await scene.b.catchUp(with: scene.a)

    let left = scene.first.parts.filter { $0.key == 0 }
    func isGone() async throws -> Bool {
      let seen = try await scene.seen()
      let attached = try await store.read(
        SeeAttachments(listed.place, in: scene.first.dossier))
      let graph = seen.graphs[scene.first.dossier]
      return seen.changeSets.first?.parts == left
        && seen.logged.first { $0.id == scene.first.id }?.parts == left
        && graph?.changeSet(scene.first.id)?.parts == left
        && graph?.destroyed == [scene.place] && attached.all.isEmpty && attached.pieces.isEmpty
    }
    #expect(try await isGone())
    #expect(try await scene.check() == scene.check(repairs: true))
    #expect(try await scene.check().isConsistent)

    // Whoever has not heard of it gives the part in vain, by itself or with its own change set.
    let copy = ReceivedChangeSet(scene.first, parts: scene.first.parts)
    #expect(try await scene.give([copy, copy]).stored == 0)
    #expect(try await isGone())
    try await store.write(Do(.forget([scene.first.id], scene.first.dossier)))
    let hole = SelfCheckReport.Hole(
      id: scene.first.id, dossier: scene.first.dossier, author: nil, sequence: nil)
    let filled = try await store.write(
      FillHoles(peer: scene.a.agency.code, holes: [hole], copies: [copy], now: .sample))
    #expect(filled == 1)
    #expect(try await isGone())

    // A superuser, or an old copy of the table, brings the row back: it is found and erased.
    let entry = LogEntry(changeSet: scene.first, sender: nil, storedAt: .sample)
    try await store.write(Do(.put([entry], [before])))
    let found = try await scene.check().differing.filter { $0.table == "ledger.part" }
    #expect(found.map(\.kind) == [.extra])
    #expect(found.map(\.id) == ["\(scene.place)"])
    #expect(try await scene.check(repairs: true).isConsistent)
    #expect(try await isGone())
  }
}

extension StoreConformance {
  /// Who discloses many parts and gives none keeps nobody else's from being asked for.
  func checkLacking<S: Store>(_ store: S) async throws {
    let scene = try await SealedScene(store)
    let c = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("C"))
    let directory = try #require(try await store.read(Pinned()))
    try await c.join(scene.a, directory)
    try await scene.b.catchUp(with: scene.a)
    try await c.catchUp(with: scene.a)
    var lacking: [ChangeSetID] = []
    for _ in 0..<4 { lacking.append(try await scene.lost(by: scene.a)) }
    let other = try await scene.lost(by: c)
    let all = try await store.read(Lacking(start: ChangeSetID(.zero), limit: 100))
    #expect(Set(all.keys) == Set(lacking + [other]))
    lacking.sort()
    for start in lacking {
      let first = try await store.read(Lacking(start: start, limit: 2))
      #expect(Set(first.keys) == [start, other])
    }
    // Behind the last id it goes on with the first.
    let round = try await store.read(Lacking(start: lacking[3], limit: 3))
    #expect(Set(round.keys) == [lacking[3], lacking[0], other])
    let dossier = try #require(all[other])
    let one = try await store.read(
      Lacking(dossier: dossier, start: ChangeSetID(.zero), limit: 1))
    #expect(one == [other: dossier])
  }
}

extension SealedScene {
  /// A change set of a dossier of its own whose sealed part was opened to B and never came.
  fileprivate func lost(by author: SampleNode<MemoryStore>) async throws -> ChangeSetID {
    let agency = author.agency
    let first = try await author.append(
      nil,
      [
        Part(membership: [.grant(Grant(agency: b.agency.code, ground: .admit))]),
        Part(audience: [agency.code], records: [.about(nil, type: 4, by: agency)]),
      ])
    let place = PartPlace(change: first.id, part: 1)
    let disclosing = try await author.append(
      first.dossier,
      [
        Part(),
        Part(
          audience: [agency.code, b.agency.code].sorted(),
          records: [.about(place, type: 9, by: agency)]),
      ])
    let open = first.parts.filter { $0.key == 0 }
    try await give([
      ReceivedChangeSet(first, parts: open),
      ReceivedChangeSet(disclosing, parts: disclosing.parts),
    ])
    return first.id
  }
}

/// The directory that a node pins.
private struct Pinned: StoreWork {
  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> DossierID? {
    try transaction.node().directory
  }
}

/// What is lacking of one dossier or of all.
private struct Lacking: StoreWork {
  var dossier: DossierID?
  let start: ChangeSetID
  let limit: Int

  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> [ChangeSetID: DossierID] {
    try transaction.lacking(of: dossier, from: start, limit: limit)
  }
}

extension Record {
  /// A record of a type, about a part where one is named.
  package static func about(
    _ place: PartPlace?, type: UInt32, by agency: SampleAgency, body: [UInt8] = [1, 2, 3]
  ) -> Record {
    let seed = Hash256.sha256(Array("\(type) \(place.map { "\($0)" } ?? "")".utf8) + body).bytes
    return Record(
      id: RecordID(timestamp: .sample, random: Array(seed.prefix(10))), type: type,
      author: agency.code,
      revises: place.map { Citation(change: $0.change, part: $0.part, record: 0) }, body: body)
  }
}
