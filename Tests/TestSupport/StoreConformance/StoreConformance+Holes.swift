import Exchange
import Ledger
import Testing

/// What is lost of a dossier, and who could come in by that.
private enum LostStep: CaseIterable {
  /// The exclude of C, on whose node U works, which is a member.
  case excludeOfHost
  /// The exclude of U, which works on the node of C, which is a member.
  case excludeOfHosted
  /// The `end` of C.
  case end
  /// The forwarding to X by T.
  case forward
  /// The exclude of T, which forwarded to X without knowing of it.
  case excludeOfForwarder
  /// The `end` of T, which opened a part to X without knowing of it.
  case endOfDiscloser

  /// The members beside the home, and T as an addressee.
  var members: [String] {
    switch self {
    case .excludeOfHost, .excludeOfHosted: ["C", "U"]
    case .end: ["C"]
    case .forward, .excludeOfForwarder: []
    case .endOfDiscloser: ["X"]
    }
  }

  /// The node that asks.
  var asker: String {
    switch self {
    case .excludeOfHost, .excludeOfHosted, .end: "C"
    case .forward, .excludeOfForwarder, .endOfDiscloser: "X"
    }
  }

  /// Whom the home puts out, and whether by an exclude; nobody where the step of T is lost.
  var closing: MembershipStatement? {
    switch self {
    case .excludeOfHost: .exclude(agency: SampleAgency("C").code, reason: "")
    case .excludeOfHosted: .exclude(agency: SampleAgency("U").code, reason: "")
    case .end: .end(agency: SampleAgency("C").code, reason: "")
    case .forward: nil
    case .excludeOfForwarder: .exclude(agency: SampleAgency("T").code, reason: "")
    case .endOfDiscloser: .end(agency: SampleAgency("T").code, reason: "")
    }
  }
}

/// What was handed to a peer of one dossier.
private struct HandedParts: Equatable {
  var parts: [ChangeSetID: Set<Int>] = [:]
  /// Whether the peer was told of the dossier as it stands now.
  var isTold = false
  var hasAttachment = false

  mutating func take(_ deliveries: [Delivery], of known: [ChangeSetID]) {
    for case .changeSet(let copy) in deliveries.map(\.content) where known.contains(copy.id) {
      parts[copy.id, default: []].formUnion(copy.parts.keys)
    }
  }
}

/// The store under test as the node of A, T on a node of its own, and who may ask.
private struct HoledWorld<S: Store> {
  let a: SampleNode<S>
  let t: SampleNode<MemoryStore>

  init(_ store: S) async throws {
    a = SampleNode(store, SampleAgency("A"))
    t = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("T"))
    let directory = try await a.found()
    try await t.join(a, directory)
    for agency in [SampleAgency("C"), SampleAgency("U", hostedBy: "C"), SampleAgency("X")] {
      try await a.carry(
        .admission(entry: agency.entry, key: agency.signatory.key.publicKey, particulars: nil),
        in: directory)
    }
  }
}

/// A dossier of A with T, which writes last without knowing of the step before, which is lost.
private struct HoledScene<S: Store> {
  let a: SampleNode<S>
  let t: SampleNode<MemoryStore>
  let first: StoredChangeSet
  private(set) var written: [StoredChangeSet] = []
  private(set) var lost: StoredChangeSet

  private var file: SampleAttachment { SampleAttachment(bytes: 40) }

  init(_ world: HoledWorld<S>, losing step: LostStep) async throws {
    (a, t) = (world.a, world.t)
    let grants =
      [Grant(agency: t.agency.code, ground: .to)]
      + step.members.map { Grant(agency: SampleAgency($0).code, ground: .admit) }
    first = try await a.append(
      nil,
      [
        Part(membership: grants.map { .grant($0) }),
        Part(audience: [SampleAgency("U").code]),
      ])
    lost = first
    written = [first]
    try await t.catchUp(with: a)
    // An id of its own in every dossier.
    let record = Record.about(
      nil, type: 4, by: t.agency, body: [1, 2, 3] + Array("\(step)".utf8))
    let audience = [a.agency.code, t.agency.code].sorted()
    let sealed = try await t.append(
      first.dossier, [Part(), Part(audience: audience, records: [record])])
    try await a.catchUp(with: t)
    // Whoever asks has asked before: the lines of what it could read have their numbers.
    _ = try await page(for: SampleAgency(step.asker).code)
    let closing = try await close(step)
    let last = try await t.append(first.dossier, Self.last(step, t.agency, sealed))
    try await a.catchUp(with: t)
    written += [sealed, closing, last].compactMap(\.self)
    lost = closing ?? last
  }

  private func close(_ step: LostStep) async throws -> StoredChangeSet? {
    guard let closing = step.closing else { return nil }
    return try await a.append(first.dossier, [Part(membership: [closing])])
  }

  /// What T writes last.
  private static func last(
    _ step: LostStep, _ author: SampleAgency, _ sealed: StoredChangeSet
  ) -> [Part] {
    let x = SampleAgency("X").code
    switch step {
    case .forward, .excludeOfForwarder:
      return [Part(membership: [.grant(Grant(agency: x, ground: .forward))])]
    case .endOfDiscloser:
      let place = PartPlace(change: sealed.id, part: 1)
      let audience = [SampleAgency("A").code, author.code, x].sorted()
      return [Part(), Part(audience: audience, records: [.about(place, type: 9, by: author)])]
    case .excludeOfHost, .excludeOfHosted, .end: return [Part()]
    }
  }

  private func serving(_ peer: AgencyCode) async throws -> ServeDeliveries {
    ServeDeliveries(
      reader: peer, outbox: try await a.store.read(SeeNode()).outbox, after: 0, hash: nil,
      signatory: a.agency.signatory, now: .sample)
  }

  private func page(for peer: AgencyCode) async throws -> [Delivery] {
    let served = try await a.store.write(serving(peer))
    return try #require(DeliveryPage.decode(served.bytes)).deliveries
  }

  /// Asks A in a peer's name in every way.
  func handed(to peer: AgencyCode) async throws -> HandedParts {
    let ids = written.map(\.id)
    var handed = HandedParts()
    let looked = try await a.store.read(LookForDeliveries(serving(peer), isDue: true))
    if case .page(let page) = looked {
      handed.take(try #require(DeliveryPage.decode(page.bytes)).deliveries, of: ids)
    }
    handed.take(try await page(for: peer), of: ids)
    let dossier = first.dossier
    let item = try #require(try await a.store.read(ItemOf(dossier: dossier)))
    let ranges = Set(written.map(\.header.author)).sorted().map {
      FetchRequest.Range(dossier: dossier, author: $0, sequences: 1...100)
    }
    for request in [
      FetchRequest(ids: ids, ranges: ranges, items: [item], dossiers: [dossier]),
      FetchRequest(listing: FetchRequest.Listing()),
      FetchRequest(listing: FetchRequest.Listing(isUnshared: true)),
    ] {
      let answer = try await a.store.read(AnswerFetch(requester: peer, request: request))
      handed.take(answer.deliveries, of: ids)
      if answer.chains.contains(where: { $0.dossier == dossier }) { handed.isTold = true }
    }
    if try await a.store.read(ReconcileItems(peer: peer)).contains(item) { handed.isTold = true }
    // No document lists it, so a store may drop it whenever it folds.
    let place = AttachmentPlace(change: first.id, part: 0, position: 0)
    let listed = ListedAttachment(
      place: place, dossier: dossier, record: 0, index: 0, content: file.content)
    try await a.store.write(DoAttachments(.list([listed]), .put(file.pieces, place)))
    let range = try #require(AttachmentRange(first: 0))
    let answer = try await a.store.read(
      AnswerAttachment(requester: peer, place: place, range: range))
    handed.hasAttachment = answer != .nothing
    return handed
  }

  /// Deletes the step.
  func lose() async throws {
    try await a.store.write(Do(.forget([lost.id], first.dossier)))
  }

  /// Puts it back.
  func fill() async throws -> Int {
    let hole = SelfCheckReport.Hole(
      id: lost.id, dossier: first.dossier, author: nil, sequence: nil)
    let copy = ReceivedChangeSet(lost, parts: lost.parts)
    return try await a.store.write(
      FillHoles(peer: t.agency.code, holes: [hole], copies: [copy], now: .sample))
  }
}

extension StoreConformance {
  /// Whom a lost exclude or `end` put out stays out in every way, and so does whom one let in who
  /// was put out by it; when it is back, everybody has what was theirs before.
  func checkHoledAudience<S: Store>(_ store: S) async throws {
    let world = try await HoledWorld(store)
    for step in LostStep.allCases { try await check(step, in: world) }
  }

  private func check<S: Store>(_ step: LostStep, in world: HoledWorld<S>) async throws {
    let scene = try await HoledScene(world, losing: step)
    let words = Comment(rawValue: "\(step)")
    let asker = SampleAgency(step.asker).code
    let member = scene.t.agency.code
    let before = try await scene.handed(to: asker)
    let others = try await scene.handed(to: member)
    try await scene.lose()
    let holed = try await scene.handed(to: asker)
    for (id, parts) in holed.parts {
      #expect(parts.isSubset(of: before.parts[id] ?? []), words)
    }
    #expect(before.isTold || !holed.isTold, words)
    #expect(before.hasAttachment || !holed.hasAttachment, words)
    switch step {
    case .excludeOfHosted, .endOfDiscloser:
      #expect(holed.parts[scene.first.id] == [0] && holed.isTold, words)
    case .excludeOfHost, .end, .forward, .excludeOfForwarder:
      #expect(holed.parts.isEmpty && !holed.hasAttachment, words)
    }
    if step == .excludeOfHost || step == .excludeOfHosted || step == .end {
      let left = try await scene.handed(to: member)
      #expect(left.parts[scene.first.id] == [0] && left.isTold && left.hasAttachment, words)
    }
    #expect(try await scene.fill() == 1, words)
    #expect(try await scene.handed(to: asker) == before, words)
    #expect(try await scene.handed(to: member) == others, words)
  }
}

/// The item of a dossier.
private struct ItemOf: StoreWork {
  let dossier: DossierID

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Hash256? {
    try transaction.summaries([dossier])[dossier]?.item
  }
}
