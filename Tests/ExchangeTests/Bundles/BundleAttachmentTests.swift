import Exchange
import Ledger
import TestSupport
import Testing

/// Attachments that files alone carry between nodes.
@Suite struct BundleAttachmentTests {
  private func grant(_ label: String) -> MembershipStatement {
    .grant(Grant(agency: BundleWorld.code(label), ground: .admit))
  }

  private func listed(
    _ sample: SampleAttachment, _ opened: StoredChangeSet, part: Int = 0,
    position: Int = 0
  ) -> ListedAttachment {
    ListedAttachment(
      place: AttachmentPlace(change: opened.id, part: part, position: position),
      dossier: opened.dossier, record: 0, index: position, content: sample.content)
  }

  /// Notes an attachment with all its pieces.
  private func keep(
    _ sample: SampleAttachment, as listed: ListedAttachment, at node: BundleWorld.Node
  ) async throws {
    try await node.store.write(DoAttachments(.list([listed]), .put(sample.pieces, listed.place)))
  }

  private func look(
    at listed: ListedAttachment, of node: BundleWorld.Node
  ) async throws -> SeeAttachments.Seen {
    try await node.store.read(SeeAttachments(listed.place, in: listed.dossier))
  }

  @Test func `scenario S16 attachments come behind the pages, to whom their parts are for`()
    async throws
  {
    let world = try await BundleWorld(["A", "B", "C"])
    let opened = try await world["A"].append(
      nil,
      [
        Part(membership: [grant("B"), grant("C")]), Part(audience: [BundleWorld.code("B")]),
        Part(audience: [BundleWorld.code("C")]),
      ])
    var files: [(sample: SampleAttachment, listed: ListedAttachment)] = []
    for part in 0..<3 {
      let sample = SampleAttachment(bytes: part == 0 ? 2 << 20 | 77 : 900, seed: UInt64(part + 1))
      let attachment = listed(sample, opened, part: part)
      files.append((sample, attachment))
      try await keep(sample, as: attachment, at: world["A"])
      // Also the one that B may not have: it is not given, however much B expects it.
      try await world["B"].store.write(DoAttachments(.list([attachment])))
    }
    let file = try await world.export("A", to: "B")
    let manifest = try await BundleFile(reading: .memory(file)).manifest
    #expect(manifest.pages.count == 1 && manifest.pieceIndices == 2..<3 && !manifest.hasMore)
    let taken = try await world.import(file, at: "B")
    #expect(taken.pieces == 4, "three of the open one, one of B's own")
    for (part, (sample, attachment)) in files.enumerated() {
      let seen = try await look(at: attachment, of: world["B"])
      #expect(seen.listed?.isComplete == (part < 2))
      #expect(seen.pieces.flatMap(\.bytes) == (part < 2 ? sample.bytes : []))
    }
    let again = try await world.import(file, at: "B")
    #expect(again.isRepeated && again.pieces == 0)
    let bare = try await world.export("A", to: "B", isFromStart: true, carriesAttachments: false)
    #expect(try await BundleFile(reading: .memory(bare)).manifest.pieceIndices.isEmpty)
    // What B lacks of its own part is asked of the author, not of C, which may not have it.
    try await world["B"].store.write(
      DoAttachments(.unlist([files[2].listed.place]), .forget([0], files[1].listed.place)))
    for (reader, wants) in [("A", [opened.id]), ("C", [])] {
      let asking = try await BundleFile(reading: .memory(world.export("B", to: reader)))
      let keys = DecryptionKeys(current: BundleWorld.decryptionKey(reader))
      #expect(try await asking.returns(with: keys).wants == wants)
    }
  }

  @Test func `what has not come whole is asked for in the next bundle and comes in the one after`()
    async throws
  {
    let world = try await BundleWorld(["A", "B"])
    let opened = try await world["A"].append(nil, [Part(membership: [grant("B")])])
    let sample = SampleAttachment(bytes: 1 << 20 | 5)
    let attachment = listed(sample, opened)
    // A has not received the second piece itself yet; B holds the document back at first.
    try await world["A"].store.write(
      DoAttachments(.list([attachment]), .put([sample.pieces[0]], attachment.place)))
    let first = try await world.import(world.export("A", to: "B"), at: "B")
    #expect(first.stored == 1 && first.pieces == 0)
    try await world["B"].store.write(DoAttachments(.list([attachment])))
    for (there, count) in [([0], 1), ([0, 1], 1)] {
      let asked = try await world.import(world.export("B", to: "A"), at: "A")
      #expect(asked.queued == 1)
      let taken = try await world.import(world.export("A", to: "B"), at: "B")
      #expect(taken.pieces == count)
      #expect(try await look(at: attachment, of: world["B"]).numbers == there)
      try await world["A"].store.write(DoAttachments(.put(sample.pieces, attachment.place)))
    }
    #expect(try await look(at: attachment, of: world["B"]).listed?.isComplete == true)
    #expect(try await world.import(world.export("B", to: "A"), at: "A").queued == 0)
    let last = try await BundleFile(reading: .memory(world.export("A", to: "B"))).manifest
    #expect(last.last == last.first - 1 && last.pieceIndices.isEmpty, "nothing is owed any more")
  }

  @Test func `attachments that do not fit into one file come one after the other`() async throws {
    let world = try await BundleWorld(["A", "B"])
    let opened = try await world["A"].append(nil, [Part(membership: [grant("B")])])
    var attachments: [ListedAttachment] = []
    for position in 0..<4 {
      let sample = SampleAttachment(bytes: 1_500_000, seed: UInt64(position + 1))
      attachments.append(listed(sample, opened, position: position))
      try await keep(sample, as: attachments[position], at: world["A"])
    }
    try await world["B"].store.write(DoAttachments(.list(attachments)))
    var whole = 0
    var rounds: UInt64 = 0
    while whole < attachments.count, rounds < 4 {
      // Room for the page, one or two envelopes with pieces, and what is kept for the returns.
      let file = try await world.export(
        "A", to: "B", pageBytesMax: 2 << 20, bytesMax: 6 << 20, turn: rounds)
      #expect(file.count <= 6 << 20)
      let hasMore = try await BundleFile(reading: .memory(file)).manifest.hasMore
      #expect(hasMore, "all of them never fit at once")
      try await world.import(file, at: "B")
      let before = whole
      whole = 0
      for attachment in attachments {
        let seen = try await look(at: attachment, of: world["B"])
        whole += seen.listed?.isComplete == true ? 1 : 0
      }
      #expect(whole > before, "each round brings one at least")
      try await world.import(world.export("B", to: "A"), at: "A")
      rounds += 1
    }
    #expect(whole == attachments.count && rounds > 1)
  }

  @Test func `a piece that is not its attachment's is not kept, and its sender is named`()
    async throws
  {
    let world = try await BundleWorld(["A", "B"])
    let opened = try await world["A"].append(nil, [Part(membership: [grant("B")])])
    let (said, given) = (
      SampleAttachment(bytes: 2_000, seed: 1), SampleAttachment(bytes: 2_000, seed: 2)
    )
    try await keep(given, as: listed(given, opened), at: world["A"])
    let attachment = listed(said, opened)
    try await world["B"].store.write(DoAttachments(.list([attachment])))
    let taken = try await world.import(world.export("A", to: "B"), at: "B")
    #expect(taken.stored == 1 && taken.pieces == 0)
    #expect(try await look(at: attachment, of: world["B"]).numbers.isEmpty)
    let alarms = try await world["B"].store.read(ReadAlarms())
    #expect(alarms.map(\.kind) == [.brokenPiece])
    #expect(alarms.first?.peer == BundleWorld.code("A"))
  }

  @Test func `a bundle whose pieces are changed or stand elsewhere is refused whole`()
    async throws
  {
    let world = try await BundleWorld(["A", "B"])
    let opened = try await world["A"].append(nil, [Part(membership: [grant("B")])])
    let sample = SampleAttachment(bytes: 3_000)
    try await keep(sample, as: listed(sample, opened), at: world["A"])
    let file = try await world.export("A", to: "B")
    let bundle = try await BundleFile(reading: .memory(file))
    let entries = bundle.manifest.envelopes
    try #require(entries.count == 3, "a page, the returns, the pieces")
    let before = try await world.state(of: "B", dossiers: [opened.dossier])
    var changed = file
    changed[file.count - 100] ^= 1
    let refusal = await #expect(throws: BundleRefusal.self) {
      try await world.import(changed, at: "B")
    }
    #expect(refusal == BundleRefusal(.digest, envelope: 3))
    // The sender itself signs the pieces where the returns belong: neither opens as the other.
    var manifest = bundle.manifest
    manifest.envelopes.swapAt(1, 2)
    let start = file.count - entries.reduce(0) { $0 + $1.byteCount }
    let page = file[start..<start + entries[0].byteCount]
    let returns = file[page.endIndex..<page.endIndex + entries[1].byteCount]
    let opening = BundleFile.opening(
      SignedObject(signing: manifest, with: world["A"].agency.signatory.key))
    let swapped = opening + page + file[returns.endIndex...] + returns
    let second = await #expect(throws: BundleRefusal.self) {
      try await world.import(swapped, at: "B")
    }
    #expect(second?.code == .envelope)
    #expect(try await world.state(of: "B", dossiers: [opened.dossier]) == before)
    #expect(try await world.import(file, at: "B").stored == 1)
  }
}
