import Exchange
import Ledger
import TestSupport
import Testing

/// A sealed part opened later comes by every way there is, to nobody else; a destroyed one by none.
@Suite struct SealedWaysTests {
  /// How the part may come.
  enum Way: String, CaseIterable, Sendable {
    case pull, push, fetch, reconcile, bundle
  }

  private static let secret = Array("canary: the petitioner's name".utf8)
  private static let labels = ["H", "X", "Y", "Z"]

  /// A dossier of H with X and Y, from which Z is excluded; H sealed one part for itself.
  private struct Scene {
    let world: BundleWorld
    let first: StoredChangeSet

    var place: PartPlace { PartPlace(change: first.id, part: 1) }

    init() async throws {
      world = try await BundleWorld(SealedWaysTests.labels)
      let grants = ["X", "Y", "Z"].map {
        MembershipStatement.grant(Grant(agency: BundleWorld.code($0), ground: .admit))
      }
      let home = world["H"].agency
      first = try await world["H"].append(
        nil,
        [
          Part(membership: grants),
          Part(
            audience: [home.code],
            records: [.about(nil, type: 4, by: home, body: SealedWaysTests.secret)]),
        ])
      try await world.settle(SealedWaysTests.labels)
      try await world["H"].append(
        first.dossier,
        [Part(membership: [.exclude(agency: BundleWorld.code("Z"), reason: "")])])
      try await world.settle(["H", "X", "Y"])
    }

    @discardableResult
    func disclose(to labels: [String], by author: String = "H") async throws -> StoredChangeSet {
      let agency = world[author].agency
      let audience = Set(labels.map(BundleWorld.code) + [agency.code]).sorted()
      return try await world[author].append(
        first.dossier,
        [Part(), Part(audience: audience, records: [.about(place, type: 9, by: agency)])])
    }

    @discardableResult
    func destroy(by author: String = "H") async throws -> StoredChangeSet {
      let agency = world[author].agency
      return try await world[author].append(
        first.dossier, [Part(records: [.about(place, type: 8, by: agency)])])
    }

    func graph(at label: String) async throws -> DossierGraph {
      try #require(
        try await world[label].store.read(GraphsOf(dossiers: [first.dossier]))[first.dossier])
    }

    func parts(at label: String) async throws -> [Int: SaltedPart] {
      try await graph(at: label).changeSet(first.id)?.parts ?? [:]
    }

    /// Tells a node of a change set, with all of its parts.
    func tell(_ label: String, _ change: StoredChangeSet) async throws {
      let copy = ReceivedChangeSet(change, parts: change.parts)
      _ = try await world[label].store.write(
        TakeFetched(
          peer: BundleWorld.code("H"),
          deliveries: [Delivery(number: 0, content: .changeSet(copy))], now: .sample))
    }

    func bring(_ way: Way, to label: String) async throws {
      let (home, reader) = (world["H"], world[label])
      switch way {
      case .pull, .push: try await reader.catchUp(with: home)
      case .fetch: _ = try await world.askWanted(label, among: ["H"])
      case .reconcile:
        let report = try await Reconciliation(
          peer: home.agency.code, mode: .repair(changesMax: nil), settle: .zero
        ).run(
          over: reader.store, now: { .sample }, pause: { _ in },
          ask: { question in try await home.answered(question, from: reader.agency.code) })
        #expect(report.isConsistent)
        #expect(report.repaired == 1)
      case .bundle: try await world.import(world.export("H", to: label), at: label)
      }
    }
  }

  private func everything(_ scene: Scene, to reader: String) async throws -> HandedOut {
    let curiosity = Curiosity(
      ids: [scene.first.id], dossiers: [scene.first.dossier],
      authors: Self.labels.map(BundleWorld.code))
    return try await scene.world.everything(of: "H", to: reader, curiosity)
  }

  private func holds(_ handed: HandedOut) -> Bool {
    handed.bytes.contains { $0.contains(Self.secret) }
  }

  @Test(arguments: Way.allCases)
  func `a part opened later comes with its salt and the original seal proves it`(
    _ way: Way
  ) async throws {
    let scene = try await Scene()
    #expect(try await scene.parts(at: "X").keys.sorted() == [0])
    let disclosing = try await scene.disclose(to: ["X"])
    if way == .fetch || way == .reconcile { try await scene.tell("X", disclosing) }
    try await scene.bring(way, to: "X")
    #expect(try await scene.parts(at: "X") == scene.first.parts)
    #expect(try await scene.graph(at: "X").lacking.isEmpty)
    let directory = try #require(try await scene.world["X"].store.read(WholeDirectory()))
    let evidence = try #require(
      Evidence(
        of: scene.first.id, in: try await scene.graph(at: "X"), receipts: [],
        directory: directory))
    guard
      case .valid(let found) = Evidence.verify(evidence.encoded(), directory: scene.world.directory)
    else {
      Issue.record("the original seal does not prove the part")
      return
    }
    #expect(found.parts[1]?.records.first?.body == Self.secret)
    #expect(found.header.author == BundleWorld.code("H"))
  }

  @Test func `security T11 nobody but whom it is opened to gets the part, or hears of it`()
    async throws
  {
    let scene = try await Scene()
    let disclosing = try await scene.disclose(to: ["X"])
    try await scene.world.settle(["H", "X", "Y"])
    #expect(try await scene.parts(at: "X") == scene.first.parts)
    let (x, y, z) = (
      try await everything(scene, to: "X"), try await everything(scene, to: "Y"),
      try await everything(scene, to: "Z")
    )
    #expect(holds(x))
    #expect(!holds(y) && !holds(z))
    // Y sees that something was written with a sealed part, and not what, about what or for whom.
    #expect(y.parts[disclosing.id] == [0])
    #expect(y.parts[scene.first.id] == [0])
    let there = try await scene.graph(at: "Y")
    #expect(there.openedTo(scene.place, in: nil).isEmpty)
    #expect(z.parts[scene.first.id] == nil && z.parts[disclosing.id] == nil)
  }

  @Test func `an excluded agency never gets a part that was opened to it`() async throws {
    let scene = try await Scene()
    let disclosing = try await scene.disclose(to: ["Z"])
    let handed = try await everything(scene, to: "Z")
    #expect(handed.parts[scene.first.id] == nil && handed.parts[disclosing.id] == nil)
    #expect(!holds(handed))
    let queued = try await scene.world["H"].store.read(QueuedFor(BundleWorld.code("Z")))
    #expect(queued == 0)
  }

  @Test func `a disclosure or a destruction by another member does nothing`() async throws {
    let scene = try await Scene()
    try await scene.disclose(to: ["X"])
    try await scene.world.settle(["H", "X", "Y"])
    try await scene.disclose(to: ["Y"], by: "X")
    try await scene.destroy(by: "X")
    try await scene.world.settle(["H", "X", "Y"])
    for (label, count) in [("H", 2), ("X", 2), ("Y", 1)] {
      #expect(try await scene.parts(at: label).count == count)
      #expect(try await scene.graph(at: label).destroyed.isEmpty)
    }
    #expect(try await !holds(everything(scene, to: "Y")))
    let fromX = try await scene.world.everything(
      of: "X", to: "Y", Curiosity(ids: [scene.first.id], dossiers: [scene.first.dossier]))
    #expect(!holds(fromX))
  }

  @Test(arguments: Way.allCases)
  func `a destroyed part is gone everywhere and a peer that has not heard brings none back`(
    _ way: Way
  ) async throws {
    let scene = try await Scene()
    let disclosing = try await scene.disclose(to: ["X", "Y"])
    try await scene.world.settle(["H", "X", "Y"])
    let backup = scene.world["X"].store.contents
    #expect(try await scene.parts(at: "Y").count == 2)
    let destroying = try await scene.destroy()
    #expect(try await scene.parts(at: "H").keys.sorted() == [0])
    #expect(try await !holds(everything(scene, to: "X")))

    // X hears of it; Y does not, and gives what it has.
    if way == .fetch || way == .reconcile { try await scene.tell("X", destroying) }
    if way == .reconcile { try await scene.tell("X", disclosing) }
    if way == .reconcile {
      // Heads are equal and nothing is lacking: nothing is asked for.
      let report = try await Reconciliation(
        peer: BundleWorld.code("H"), mode: .repair(changesMax: nil), settle: .zero
      ).run(
        over: scene.world["X"].store, now: { .sample }, pause: { _ in },
        ask: { try await scene.world["H"].answered($0, from: BundleWorld.code("X")) })
      #expect(report.isConsistent && report.repaired == 0)
    } else {
      try await scene.bring(way, to: "X")
    }
    #expect(try await scene.parts(at: "X").keys.sorted() == [0])
    let asked = try await scene.world["Y"].store.read(
      AnswerFetch(
        requester: BundleWorld.code("X"), request: FetchRequest(ids: [scene.first.id])))
    #expect(asked.encoded().contains(Self.secret))
    _ = try await scene.world["X"].store.write(
      TakeFetched(peer: BundleWorld.code("Y"), deliveries: asked.deliveries, now: .sample))
    #expect(try await scene.parts(at: "X").keys.sorted() == [0])

    // A backup from before has it until the destruction comes again.
    scene.world["X"].store.tamper { $0 = backup }
    #expect(try await scene.parts(at: "X").count == 2)
    try await scene.world.settle(["H", "X", "Y"])
    for label in ["H", "X", "Y"] {
      #expect(try await scene.parts(at: label).keys.sorted() == [0])
      #expect(try await scene.graph(at: label).destroyed == [scene.place])
      let check = try await scene.world[label].store.read(SelfCheck(after: nil))
      #expect(check.report.isConsistent)
    }
  }
}

/// The directory as a store has it.
private struct WholeDirectory: StoreWork {
  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Directory? {
    try transaction.directory()
  }
}

/// How many lines wait for a reader.
private struct QueuedFor: StoreWork {
  let reader: AgencyCode

  init(_ reader: AgencyCode) { self.reader = reader }

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Int {
    try transaction.queued(for: reader, after: nil, limit: 1_000).count
  }
}
