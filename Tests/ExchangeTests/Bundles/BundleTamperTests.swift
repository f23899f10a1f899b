import Exchange
import Ledger
import TestSupport
import Testing

/// Every bundle that is refused, with its reason, and nothing of it stored.
@Suite struct BundleTamperTests {
  private let grantB = MembershipStatement.grant(
    Grant(agency: BundleWorld.code("B"), ground: .admit))

  /// A world with something on its way from A to B.
  private func prepared() async throws -> (BundleWorld, DossierID) {
    let world = try await BundleWorld(["A", "B", "C"])
    let opened = try await world["A"].append(nil, [Part(membership: [grantB])])
    return (world, opened.dossier)
  }

  /// Takes a file that must be refused; B's state must be what it was.
  private func refused(
    _ file: [UInt8], in world: BundleWorld, at label: String = "B", alarms: Int = 0,
    keys: DecryptionKeys? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> BundleRefusal.Code? {
    let before = try await world.state(of: label, dossiers: [])
    let refusal = await #expect(throws: BundleRefusal.self, sourceLocation: sourceLocation) {
      try await world.import(file, at: label, keys: keys)
    }
    var after = try await world.state(of: label, dossiers: [])
    #expect(after.alarms == before.alarms + alarms, sourceLocation: sourceLocation)
    after.alarms = before.alarms
    #expect(after == before, sourceLocation: sourceLocation)
    return refusal?.code
  }

  @Test func `security T1 every changed byte of a bundle is refused and stores nothing`()
    async throws
  {
    let (world, dossier) = try await prepared()
    let file = try await world.export("A", to: "B")
    var codes: [BundleRefusal.Code: Int] = [:]
    for place in file.indices {
      var changed = file
      changed[place] ^= 0x40
      let refusal = await #expect(throws: BundleRefusal.self, "byte \(place)") {
        try await world.import(changed, at: "B")
      }
      codes[refusal?.code ?? .full, default: 0] += 1
    }
    #expect(codes[.notABundle] == BundleFile.magic.count)
    #expect(
      Set(codes.keys).isSubset(of: [.notABundle, .truncated, .manifest, .signature, .digest]))
    #expect((codes[.digest] ?? 0) > 500 && (codes[.signature] ?? 0) > 200)
    let state = try await world.state(of: "B", dossiers: [dossier])
    #expect(state.heads.isEmpty && state.alarms == 0)
    #expect(try await world.import(file, at: "B").stored == 1)
  }

  @Test func `a truncated and an overlong bundle are told apart`() async throws {
    let (world, _) = try await prepared()
    let file = try await world.export("A", to: "B")
    #expect(try await refused([], in: world) == .notABundle)
    #expect(try await refused(Array("GTEV1\n and more".utf8), in: world) == .notABundle)
    for count in stride(from: 1, to: file.count, by: 97) {
      #expect(try await refused(Array(file.prefix(count)), in: world) == .truncated, "\(count)")
    }
    #expect(try await refused(file + [0], in: world) == .overlong)
  }

  @Test func `a bundle for another node, of a stranger or by a stranger's key is refused`()
    async throws
  {
    let (world, _) = try await prepared()
    let file = try await world.export("A", to: "B")
    let keys = DecryptionKeys(current: BundleWorld.decryptionKey("B"))
    #expect(try await refused(file, in: world, at: "C", keys: keys) == .foreign)
    #expect(try await refused(file, in: world, at: "A", keys: keys) == .foreign)
    let elsewhere = try await BundleWorld(["X", "B"])
    #expect(
      try await refused(elsewhere.export("X", to: "B"), in: world) == .unknownKey)
    // A thief signs the same manifest with a key of its own.
    let thief = SampleAgency("A", generation: 7).signatory
    let bundle = try await BundleFile(reading: .memory(file))
    var manifest = bundle.manifest
    manifest.key = thief.key.keyID
    manifest.publicKey = thief.key.publicKey.bytes
    let opening = BundleFile.opening(SignedObject(signing: manifest, with: thief.key))
    let rest = Array(file[BundleFile.opening(bundle.signed).count...])
    #expect(try await refused(opening + rest, in: world) == .unknownKey)
    // Under A's name with the thief's signature.
    let forged = SignedObject(
      body: bundle.signed.body,
      signature: SignedObject(signing: manifest, with: thief.key).signature)
    #expect(try await refused(BundleFile.opening(forged) + rest, in: world) == .signature)
  }

  @Test func `pages in another order are refused, and so is a manifest that says so`() async throws
  {
    let (world, dossier) = try await prepared()
    let big = [UInt8](repeating: 7, count: 3_600_000)
    for index in 0..<3 {
      let id = RecordID(timestamp: .sample, random: [UInt8](repeating: UInt8(index), count: 10))
      let record = Record(id: id, type: 6, author: BundleWorld.code("A"), body: big)
      try await world["A"].append(dossier, [Part(records: [record])])
    }
    let file = try await world.export("A", to: "B", pageBytesMax: 6 << 20)
    let bundle = try await BundleFile(reading: .memory(file))
    let entries = bundle.manifest.envelopes
    try #require(entries.count == 4, "three pages and the returns")
    let start = file.count - entries.reduce(0) { $0 + $1.byteCount }
    var places: [ArraySlice<UInt8>] = []
    var offset = start
    for entry in entries {
      places.append(file[offset..<offset + entry.byteCount])
      offset += entry.byteCount
    }
    let rest = [0, 2, 1, 3].flatMap { places[$0] }
    let swapped = Array(file[..<start]) + rest
    #expect(swapped.count == file.count)
    #expect(try await refused(swapped, in: world) == .digest)
    // The sender itself signs them in the wrong order: the pages' own numbers contradict it.
    var manifest = bundle.manifest
    manifest.envelopes[1].digest = entries[2].digest
    manifest.envelopes[2].digest = entries[1].digest
    manifest.envelopes[1].byteCount = entries[2].byteCount
    manifest.envelopes[2].byteCount = entries[1].byteCount
    let signed = SignedObject(signing: manifest, with: world["A"].agency.signatory.key)
    let lie = BundleFile.opening(signed) + rest
    #expect(try await refused(lie, in: world) == .content)
    #expect(try await world.import(file, at: "B").stored == 4)
  }

  @Test
  func `a bundle whose predecessor is missing names the number, and one from the start helps`()
    async throws
  {
    let (world, dossier) = try await prepared()
    try await world.swap("A", "B")
    // Nobody builds on what B wrote, so nobody's change set names it to B.
    try await world["A"].append(dossier, [Part()])
    let own = try await world["B"].append(dossier, [Part()])
    try await world.import(world.export("B", to: "A"), at: "A")
    // B has lost everything and begins anew.
    let fresh = BundleWorld.Node(MemoryStore(fold: SampleFold.fold), SampleAgency("B"), seed: 9)
    try await fresh.initialize(directory: world.directory)
    let answer = try await world["A"].store.read(
      AnswerJoin(agency: fresh.agency.code, key: fresh.agency.signatory.key.keyID))
    guard case .admitted(let entries) = answer else {
      Issue.record("not admitted")
      return
    }
    _ = try await fresh.store.write(
      TakeFetched(peer: BundleWorld.code("A"), deliveries: entries, now: .sample))
    let keys = DecryptionKeys(current: BundleWorld.decryptionKey("B"))
    func take(_ file: [UInt8]) async throws -> TakenBundle {
      try await ImportBundle(
        source: .memory(file), keys: keys, signatory: fresh.agency.signatory
      ).run(over: fresh.store, now: { .sample })
    }
    let late = try await world.export("A", to: "B")
    let refusal = await #expect(throws: BundleRefusal.self) { try await take(late) }
    #expect(refusal == BundleRefusal(.gap, number: 1))
    let whole = try await world.export("A", to: "B", isFromStart: true)
    #expect(try await take(whole).stored == 3)
    let graph = try await fresh.store.read(GraphsOf(dossiers: [dossier]))[dossier]
    #expect(graph?.contains(own.id) == true, "what B wrote itself comes back too")
  }

  @Test func `a bundle that shows an older directory than its sender showed before is refused`()
    async throws
  {
    let (world, _) = try await prepared()
    try await world.swap("A", "B")
    let old = try await world.export("A", to: "B")
    try await world.publish("C", version: 2)
    try await world.import(world.export("A", to: "B"), at: "B")
    #expect(try await refused(old, in: world) == .olderDirectory)
  }

  @Test func `an outbox that says two things is refused with an alarm`() async throws {
    let (world, _) = try await prepared()
    let (twin, _) = try await prepared()
    try await world.import(world.export("A", to: "B"), at: "B")
    // The same outbox id, the same numbers, another history: a database that was copied.
    let other = try await twin["A"].append(
      nil, [Part(membership: [grantB]), Part(audience: [BundleWorld.code("B")])])
    try await twin["A"].store.write(WithdrawQueued(reader: BundleWorld.code("B"), except: other.id))
    try await twin["A"].append(other.dossier, [Part()])
    let file = try await twin.export("A", to: "B")
    #expect(try await refused(file, in: world, alarms: 1) == .otherHistory)
  }

  @Test func `a withdrawn key signs no bundle, and none is made for whom nobody can seal to`()
    async throws
  {
    let world = try await BundleWorld(["A", "B", "C"])
    let weak = [UInt8](repeating: 0, count: 32)
    let key = world["C"].agency.signatory.key
    let particulars = Particulars(
      signer: BundleWorld.code("C"), key: key.keyID, version: 2, encryptionKey: weak)
    try await world["A"].append(
      world.directory,
      [Part(directory: [.particulars(SignedObject(signing: particulars, with: key))])])
    for (reader, code) in [
      ("C", BundleRefusal.Code.noEncryptionKey), ("A", .noReader), ("Z", .noReader),
    ] {
      let refusal = await #expect(throws: BundleRefusal.self) {
        try await world.export("A", to: reader)
      }
      #expect(refusal?.code == code)
    }
    let file = try await world.export("B", to: "A")
    try await world.suspend("B")
    #expect(try await refused(file, in: world, at: "A") == .withdrawnKey)
    let refusal = await #expect(throws: BundleRefusal.self) {
      try await world.export("A", to: "B")
    }
    #expect(refusal?.code == .readerSuspended)
  }

  @Test func `a replaced key still opens, one that is gone is told`() async throws {
    let (world, _) = try await prepared()
    let file = try await world.export("A", to: "B")
    let newer = BundleWorld.decryptionKey("newer")
    #expect(
      try await refused(file, in: world, keys: DecryptionKeys(current: newer)) == .envelope)
    let both = DecryptionKeys(current: newer, former: [BundleWorld.decryptionKey("B")])
    #expect(try await world.import(file, at: "B", keys: both).stored == 1)
  }
}
