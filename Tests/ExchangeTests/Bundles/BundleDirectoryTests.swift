import Exchange
import Ledger
import TestSupport
import Testing

/// The directory by discs alone: new keys and suspensions take effect where they are imported.
@Suite struct BundleDirectoryTests {
  private func active(_ label: String, at node: BundleWorld.Node) async throws -> KeyID? {
    try await node.store.read(KeyInForce(agency: BundleWorld.code(label)))
  }

  private func opened(by label: String, for readers: [String], in world: BundleWorld)
    async throws -> DossierID
  {
    let grants = readers.map {
      MembershipStatement.grant(Grant(agency: BundleWorld.code($0), ground: .admit))
    }
    return try await world[label].append(nil, [Part(membership: grants)]).dossier
  }

  @Test func `the registrar's new key is learned from its own first disc under it`() async throws {
    var world = try await BundleWorld(["A", "B"])
    let dossier = try await opened(by: "A", for: ["B"], in: world)
    try await world.swap("A", "B")
    let old = try await world.export("A", to: "B")
    try await world.rotate("A")
    let next = world["A"].agency.signatory.key.keyID
    try await world["A"].append(dossier, [Part()])
    let file = try await world.export("A", to: "B")
    #expect(try await active("A", at: world["B"]) != next)
    let taken = try await world.import(file, at: "B")
    #expect(taken.manifest.key == next && taken.held == 0)
    #expect(taken.stored == 3 && taken.known == 2, "the two entries first, then the pages")
    #expect(try await active("A", at: world["B"]) == next)
    for each in [world.directory, dossier] {
      let here = try await world.state(of: "B", dossiers: [each])
      let there = try await world.state(of: "A", dossiers: [each])
      #expect(here.digests == there.digests && here.heads == there.heads)
      #expect(here.alarms == 0 && here.held == 0)
    }
    // What was on its way under the key replaced is refused from now on; nothing is lost by that.
    let refusal = await #expect(throws: BundleRefusal.self) {
      try await world.import(old, at: "B")
    }
    #expect(refusal?.code == .withdrawnKey)
    try await world.swap("A", "B")
  }

  @Test func `an agency's new key comes to others with what it relays itself`() async throws {
    var world = try await BundleWorld(["A", "B", "C"])
    let dossier = try await opened(by: "B", for: ["A", "C"], in: world)
    for reader in ["A", "C"] { try await world.swap("B", reader) }
    try await world.rotate("B")
    let next = world["B"].agency.signatory.key.keyID
    // The registrar's disc tells B's own node that its key is in force; C has had none of it.
    try await world.import(world.export("A", to: "B"), at: "B")
    #expect(try await active("B", at: world["B"]) == next)
    let affirmed = try await world["B"].append(dossier, [Part()])
    let taken = try await world.import(world.export("B", to: "C"), at: "C")
    #expect(taken.held == 0 && taken.rejected == 0)
    #expect(try await active("B", at: world["C"]) == next)
    let graph = try await world["C"].store.read(GraphsOf(dossiers: [dossier]))[dossier]
    #expect(graph?.standing(of: affirmed.id) == .counts)
    try await world.swap("A", "C")
  }

  @Test func `a suspension takes effect at the import that brings it, whoever carries it`()
    async throws
  {
    let world = try await BundleWorld(["A", "B", "C"])
    let before = try await world.export("B", to: "C")
    try await world.suspend("B")
    // C hears of it from the registrar's disc.
    #expect(try await world.import(world.export("A", to: "C"), at: "C").stored == 1)
    #expect(try await active("B", at: world["C"]) == nil)
    let refusal = await #expect(throws: BundleRefusal.self) {
      try await world.import(before, at: "C")
    }
    #expect(refusal?.code == .withdrawnKey)
    let sending = await #expect(throws: BundleRefusal.self) {
      try await world.export("C", to: "B")
    }
    #expect(sending?.code == .readerSuspended)
  }

  @Test func `a key that the disc's own entries do not name brings none of them`() async throws {
    let world = try await BundleWorld(["A", "B"])
    try await world.publish("A", version: 2)
    let before = try await world.state(of: "B", dossiers: [world.directory])
    let thief = SampleAgency("A", generation: 7).signatory
    let envelopes = Bytes()
    let made = try await ExportBundle(reader: BundleWorld.code("B"), signatory: thief).run(
      over: world["A"].store, now: { .sample }, write: { envelopes.all += $0 })
    let refusal = await #expect(throws: BundleRefusal.self) {
      try await world.import(made.opening + envelopes.all, at: "B")
    }
    #expect(refusal == BundleRefusal(.unknownKey, agency: BundleWorld.code("A")))
    #expect(try await world.state(of: "B", dossiers: [world.directory]) == before)
    #expect(try await world.import(world.export("A", to: "B"), at: "B").stored == 1)
  }
}

/// The key with which an agency signs now.
private struct KeyInForce: StoreWork {
  let agency: AgencyCode

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> KeyID? {
    try transaction.directory()?.current.activeKey(of: agency)?.id
  }
}
