import Exchange
import Ledger
import TestSupport
import Testing

/// What files alone carry between nodes.
@Suite struct BundleTests {
  private func grant(_ label: String) -> MembershipStatement {
    .grant(Grant(agency: BundleWorld.code(label), ground: .admit))
  }

  private func record(_ author: String, _ text: String, byteCount: Int = 0) -> Record {
    let padding = [UInt8](repeating: 7, count: byteCount)
    let seed = Hash256.sha256(Array("\(author) \(text)".utf8)).bytes
    let id = RecordID(timestamp: .sample, random: seed)
    return Record(
      id: id, type: 6, author: BundleWorld.code(author), body: Array(text.utf8) + padding)
  }

  /// Opens a dossier of A with B in it, lets B answer, and A once more; `exchange` carries.
  private func story(
    _ world: BundleWorld, exchange: (String, String) async throws -> Void
  ) async throws -> DossierID {
    let first = try await world["A"].append(
      nil,
      [
        Part(membership: [grant("B")], records: [record("A", "canary-letter")]),
        Part(audience: [BundleWorld.code("B")], records: [record("A", "canary-name")]),
      ])
    try await exchange("A", "B")
    try await world["B"].append(first.dossier, [Part(records: [record("B", "canary-answer")])])
    try await exchange("B", "A")
    try await world["A"].append(first.dossier, [Part(records: [record("A", "canary-thanks")])])
    try await exchange("A", "B")
    try await exchange("B", "A")
    return first.dossier
  }

  @Test func `scenario S16 bundle out, bundle back, by file only: the same state as online`()
    async throws
  {
    let online = try await BundleWorld(["A", "B"])
    let expected = try await story(online) { from, to in
      try await online[to].catchUp(with: online[from])
    }
    let files = try await BundleWorld(["A", "B"])
    var carried: [[UInt8]] = []
    let dossier = try await story(files) { from, to in
      let file = try await files.export(from, to: to)
      carried.append(file)
      try await files.import(file, at: to)
    }
    #expect(dossier == expected)
    for label in ["A", "B"] {
      let there = try await online.state(of: label, dossiers: [dossier, online.directory])
      let here = try await files.state(of: label, dossiers: [dossier, files.directory])
      #expect(there.digests == here.digests && there.heads == here.heads)
      #expect(here.digests.count == 2 && here.held == 0 && here.alarms == 0)
    }
    // The receipts came back by file: nothing is owed any more, and the next bundle is empty.
    let last = try await BundleFile(reading: .memory(files.export("A", to: "B"))).manifest
    #expect(last.last == last.first - 1 && last.first > 2)
    // Whoever carries the disc reads neither words nor ids.
    let hidden = [Array("canary".utf8), dossier.bytes]
    for (file, needle) in carried.flatMap({ file in hidden.map { (file, $0) } }) {
      #expect(file.firstRange(of: needle) == nil)
    }
  }

  @Test func `a bundle taken again is recognised and changes nothing`() async throws {
    let world = try await BundleWorld(["A", "B"])
    let dossier = try await world["A"].append(nil, [Part(membership: [grant("B")])]).dossier
    let file = try await world.export("A", to: "B")
    let first = try await world.import(file, at: "B")
    #expect(!first.isRepeated && first.stored >= 1)
    let before = try await world.state(of: "B", dossiers: [dossier])
    let again = try await world.import(file, at: "B")
    #expect(again.isRepeated && again.stored == 0 && again.known == 0)
    #expect(try await world.state(of: "B", dossiers: [dossier]) == before)
  }

  @Test func `a bundle that begins before what came another way is taken from there on`()
    async throws
  {
    let world = try await BundleWorld(["A", "B"])
    let opened = try await world["A"].append(nil, [Part(membership: [grant("B")])])
    let early = try await world.export("A", to: "B")
    try await world["A"].append(opened.dossier, [Part()])
    let late = try await world.export("A", to: "B")
    let firstOf = { (file: [UInt8]) in
      try await BundleFile(reading: .memory(file)).manifest.first
    }
    #expect(try await firstOf(early) == firstOf(late), "no receipt has come back")
    try await world.import(early, at: "B")
    let taken = try await world.import(late, at: "B")
    #expect(taken.stored == 1 && taken.known == 0 && !taken.isRepeated)
    // The other way about: the later one has brought everything that the earlier one has.
    #expect(try await world.import(early, at: "B").isRepeated)
    try await world["A"].append(opened.dossier, [Part()])
    try await world["B"].catchUp(with: world["A"])
    #expect(try await world.import(late, at: "B").isRepeated)
    let state = try await world.state(of: "B", dossiers: [opened.dossier])
    #expect(state.alarms == 0 && state.held == 0)
  }

  @Test func `what a node lacks is asked for in its next bundle and comes in the one after`()
    async throws
  {
    let world = try await BundleWorld(["A", "B", "C"])
    let opened = try await world["A"].append(nil, [Part(membership: [grant("B"), grant("C")])])
    for reader in ["B", "C"] { try await world.import(world.export("A", to: reader), at: reader) }
    // A's second step reaches C only; C builds on it and writes to B, which A does not.
    let second = try await world["A"].append(opened.dossier, [Part()])
    try await world.import(world.export("A", to: "C"), at: "C")
    let third = try await world["C"].append(opened.dossier, [Part()])
    // A disc of C that has lost what C's step stands on.
    try await world["C"].store.write(
      WithdrawQueued(reader: BundleWorld.code("B"), except: third.id))
    let taken = try await world.import(world.export("C", to: "B"), at: "B")
    #expect(taken.held == 1)
    let asked = try await world.import(world.export("B", to: "C"), at: "C")
    #expect(asked.queued == 1)
    #expect(try await world.import(world.export("C", to: "B"), at: "B").stored == 2)
    let state = try await world.state(of: "B", dossiers: [opened.dossier])
    #expect(state.heads[opened.dossier] == [third.id] && state.held == 0)
    #expect(third.header.links.contains(second.id))
  }

  @Test func `particulars travel back word for word, and a new key is sealed to from then on`()
    async throws
  {
    let world = try await BundleWorld(["A", "B"])
    let newer = BundleWorld.decryptionKey("newer")
    let (code, key) = (BundleWorld.code("B"), world["B"].agency.signatory.key)
    let signed = SignedObject(
      signing: Particulars(
        signer: code, key: key.keyID, version: 2, encryptionKey: newer.encryptionKey.bytes),
      with: key)
    let taken = try await world.import(world.export("B", to: "A", particulars: signed), at: "A")
    #expect(taken.particulars == signed)
    #expect(try await world.import(world.export("B", to: "A"), at: "A").particulars == nil)
    // What the registrar's office makes of them.
    try await world["A"].append(world.directory, [Part(directory: [.particulars(signed)])])
    let file = try await world.export("A", to: "B")
    #expect(try await BundleFile(reading: .memory(file)).manifest.envelopeKey == newer.id)
    let keys = DecryptionKeys(current: newer, former: [BundleWorld.decryptionKey("B")])
    #expect(try await world.import(file, at: "B", keys: keys).stored == 1)
  }

  @Test func `what a node may not have is not queued for it, known or not`() async throws {
    let world = try await BundleWorld(["A", "B", "C"])
    let secret = try await world["A"].append(
      nil, [Part(membership: [grant("B"), .exclude(agency: BundleWorld.code("C"), reason: "")])])
    let unknown = ChangeSetID(.sha256([1]))
    for reader in ["B", "C"] {
      let queued = try await world["A"].store.write(
        QueueWanted(reader: BundleWorld.code(reader), wants: [secret.id, unknown].sorted()))
      #expect(queued == 0, "owed to B already, forbidden to C")
    }
    try await world.import(world.export("A", to: "B"), at: "B")
    try await world.import(world.export("B", to: "A"), at: "A")
    let queued = { (reader: String) in
      try await world["A"].store.write(
        QueueWanted(reader: BundleWorld.code(reader), wants: [secret.id, unknown].sorted()))
    }
    #expect(try await queued("B") == 1, "B says it has lost it")
    #expect(try await queued("B") == 0, "owed once is enough")
    #expect(try await queued("C") == 0)
  }

  @Test func `a world of seven converges by files alone in three rounds`() async throws {
    let labels = ["A", "B", "C", "D", "E", "F", "G"]
    let world = try await BundleWorld(labels)
    var dossiers: [DossierID] = []
    for (index, label) in labels.enumerated() {
      let others = [1, 2, 3].map { labels[(index + $0) % labels.count] }
      let opened = try await world[label].append(
        nil, [Part(membership: others.map(grant), records: [record(label, "first")])])
      dossiers.append(opened.dossier)
    }
    for round in 1...3 {
      // Everybody writes its discs before anybody reads one, as a courier's day goes.
      var discs: [(reader: String, file: [UInt8])] = []
      for from in labels {
        for reader in labels where reader != from {
          discs.append((reader, try await world.export(from, to: reader)))
        }
      }
      for disc in discs { try await world.import(disc.file, at: disc.reader) }
      guard round == 1 else { continue }
      for (index, dossier) in dossiers.enumerated() {
        let member = labels[(index + 2) % labels.count]
        try await world[member].append(
          dossier, [Part(records: [record(member, "answer \(index)")])])
        let newcomer = labels[(index + 5) % labels.count]
        try await world[labels[index]].append(dossier, [Part(membership: [grant(newcomer)])])
      }
    }
    for (index, dossier) in dossiers.enumerated() {
      let members = [0, 1, 2, 3, 5].map { labels[(index + $0) % labels.count] }
      let states = try await members.asyncMap {
        try await world.state(of: $0, dossiers: [dossier])
      }
      #expect(Set(states.map(\.digests)).count == 1, "dossier \(index)")
      #expect(states[0].heads[dossier]?.count == 2)
      #expect(states.allSatisfy { $0.held == 0 && $0.alarms == 0 })
      let outsider = try await world.state(
        of: labels[(index + 4) % labels.count], dossiers: [dossier])
      #expect(outsider.heads[dossier] == nil)
    }
  }
}

extension Sequence {
  /// `map` with a closure that waits.
  fileprivate func asyncMap<Value>(
    _ transform: (Element) async throws -> Value
  ) async rethrows -> [Value] {
    var values: [Value] = []
    for element in self { values.append(try await transform(element)) }
    return values
  }
}
