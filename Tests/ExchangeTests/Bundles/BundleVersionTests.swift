import Exchange
import Ledger
import TestSupport
import Testing

/// Discs between builds one version apart.
@Suite struct BundleVersionTests {
  private func opening(to reader: String) -> Part {
    Part(membership: [.grant(Grant(agency: BundleWorld.code(reader), ground: .admit))])
  }

  @Test(arguments: [("A", "B"), ("B", "A")])
  func `scenario S17 a disc of a later build is taken, and that build takes the one that goes back`(
    _ later: String, _ this: String
  ) async throws {
    let world = try await BundleWorld(["A", "B"])
    let dossier = try await world[later].append(nil, [opening(to: this)]).dossier
    try await world.swap(later, this)
    try await world[this].append(dossier, [Part()])
    try await world.swap(this, later)
    let written = try await world[later].append(dossier, [Part()])
    let file = try await LaterDisc(from: later, to: this).made(of: world.export(later, to: this))
    let taken = try await world.import(file, at: this)
    #expect(taken.stored == 1 && taken.held == 0 && taken.rejected == 0)
    guard case .kept = taken.receipt else {
      Issue.record("its receipt says more than this build reads, and is a receipt")
      return
    }
    try await world[this].append(dossier, [Part()])
    #expect(try await world.import(world.export(this, to: later), at: later).stored == 1)
    let states = [
      try await world.state(of: later, dossiers: [dossier]),
      try await world.state(of: this, dossiers: [dossier]),
    ]
    #expect(states[0].digests == states[1].digests && states[0].heads == states[1].heads)
    #expect(states[1].heads[dossier]?.isEmpty == false && states[1].alarms == 0)
    let here = try await world[this].store.read(GraphsOf(dossiers: [dossier]))[dossier]
    #expect(here?.changeSet(written.id)?.headerBytes == written.headerBytes)
    #expect(try await world.import(file, at: this).isRepeated)
  }

  @Test func `security T1 what a later build adds to a disc is signed like the rest`() async throws
  {
    let world = try await BundleWorld(["A", "B"])
    try await world["A"].append(nil, [opening(to: "B")])
    let disc = LaterDisc(from: "A", to: "B")
    let file = try await disc.made(of: world.export("A", to: "B"))
    let signed = try await BundleFile(reading: .memory(file)).signed
    #expect(signed.body.suffix(LaterDisc.field.count) == LaterDisc.field[...])
    // Behind the body stand a tag, a length and the 64 bytes of the signature.
    var changed = file
    let place = BundleFile.opening(signed).count - 2 - signed.signature.count - 1
    #expect(changed[place] == 1)
    changed[place] = 2
    let refusal = await #expect(throws: BundleRefusal.self) {
      try await world.import(changed, at: "B")
    }
    #expect(refusal?.code == .signature)
    #expect(try await world.import(file, at: "B").stored == 1)
  }
}

/// Writes a file of this build as a later one would, with a field more in every message of it.
private struct LaterDisc {
  /// Field 1,000, which no build has yet, with the number 1.
  static let field: [UInt8] = [0xC0, 0x3E, 0x01]

  let sender: SampleAgency
  let reader: DecryptionKey

  init(from sender: String, to reader: String) {
    self.sender = SampleAgency(sender)
    self.reader = BundleWorld.decryptionKey(reader)
  }

  func made(of file: [UInt8]) async throws -> [UInt8] {
    let read = try await BundleFile(reading: .memory(file))
    var (manifest, envelopes) = (read.manifest, [UInt8]())
    for index in manifest.envelopes.indices {
      let content: Envelope.Content =
        manifest.pages.indices.contains(index)
        ? .page : index == manifest.returnsIndex ? .returns : .pieces
      let binding = Envelope.Binding(
        sender: manifest.signer, reader: manifest.reader, content: content)
      let plain = try #require(
        try await read.envelope(at: index).opened(binding, with: DecryptionKeys(current: reader)))
      let sealed = try Envelope(
        sealing: later(plain, content), binding, to: reader.encryptionKey
      ).encoded()
      let former = manifest.envelopes[index]
      manifest.envelopes[index] = BundleManifest.Entry(
        byteCount: sealed.count, digest: .sha256(sealed), first: former.first, last: former.last)
      envelopes += sealed
    }
    return BundleFile.opening(signed(body(of: manifest), as: BundleManifest.self)) + envelopes
  }

  private func later(_ plain: [UInt8], _ content: Envelope.Content) throws -> [UInt8] {
    switch content {
    case .page:
      let page = try #require(DeliveryPage.decode(plain))
      let lines = page.deliveries.flatMap { framed(1, $0.encoded() + Self.field) }
      var statement = try #require(page.head.claim(as: HeadStatement.self))
      statement.page = .sha256(lines)
      let head = signed(statement.encoded() + Self.field, as: HeadStatement.self)
      return lines + framed(2, framed(1, head.body) + framed(2, head.signature)) + Self.field
    case .returns:
      var returns = try #require(BundleReturns.decode(plain))
      if let receipt = returns.receipt {
        returns.receipt = signed(receipt.body + Self.field, as: Receipt.self)
      }
      return returns.encoded() + Self.field
    case .pieces, .fetched, .piece: return plain + Self.field
    }
  }

  /// The manifest with a field more, also in each of its entries.
  private func body(of manifest: BundleManifest) -> [UInt8] {
    var bare = manifest
    (bare.envelopes, bare.hasMore) = ([], false)
    let entries = manifest.envelopes.flatMap { entry in
      framed(
        13,
        number(1, UInt64(entry.byteCount)) + framed(2, entry.digest.bytes)
          + number(3, entry.first) + number(4, entry.last) + Self.field)
    }
    return bare.encoded() + entries + number(14, manifest.hasMore ? 1 : 0) + Self.field
  }

  private func signed<Body: SignedBody>(_ body: [UInt8], as type: Body.Type) -> SignedObject {
    let message = SignedObject.preAuthenticated(body, type: Body.type)
    return SignedObject(body: body, signature: sender.signatory.key.sign(message))
  }

  private func framed(_ field: UInt64, _ content: [UInt8]) -> [UInt8] {
    varint(field << 3 | 2) + varint(UInt64(content.count)) + content
  }

  /// A number as it stands in a message: 0 does not.
  private func number(_ field: UInt64, _ value: UInt64) -> [UInt8] {
    value == 0 ? [] : varint(field << 3) + varint(value)
  }

  private func varint(_ value: UInt64) -> [UInt8] {
    value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7F) | 0x80] + varint(value >> 7)
  }
}
