import Exchange
import Ledger
import TestSupport
import Testing

/// What an agency has to say about its own key travels by disc, also when that key is withdrawn.
@Suite struct BundleKeyTests {
  /// A request of B for its next key, by an invitation of A.
  private func request(in world: BundleWorld) -> JoinRequest {
    let (registrar, next) = (world["A"].agency.signatory, SampleAgency("B", generation: 1))
    let secret = [UInt8](repeating: 4, count: Invitation.secretByteCount)
    let invitation = Invitation(
      signer: registrar.agency, key: registrar.key.keyID, agency: next.code,
      endpoint: "https://a.example:1", tlsPin: .sha256([1]), directory: world.directory,
      newest: world.directory.first, secret: secret, expiresAt: .sample)
    let particulars = Particulars(
      signer: next.code, key: next.signatory.key.keyID, version: 2,
      encryptionKey: BundleWorld.encryptionKey("B").bytes)
    return JoinRequest(
      entry: next.entry, key: next.signatory.key.publicKey,
      particulars: SignedObject(signing: particulars, with: next.signatory.key),
      invitation: SignedObject(signing: invitation, with: registrar.key), secret: secret,
      isSample: true)
  }

  private func suspension(of label: String, by signatory: Signatory) -> SignedObject {
    let key = SampleAgency(label).signatory.key
    return SignedObject(
      signing: Suspension(
        signer: BundleWorld.code(label), key: key.keyID, agency: BundleWorld.code(label),
        suspended: key.keyID, reason: "stolen"), with: signatory.key)
  }

  @Test func `a suspension and a request for a key travel word for word`() async throws {
    let world = try await BundleWorld(["A", "B"])
    let word = suspension(of: "B", by: world["B"].agency.signatory)
    let request = request(in: world)
    let taken = try await world.import(
      world.export("B", to: "A", particulars: word, keyRequest: request), at: "A")
    #expect(taken.particulars == word && taken.keyRequest == request && !taken.isRequestAlone)
    // What the registrar's office makes of the word: the key signs no disc any more.
    try await world["A"].append(world.directory, [Part(directory: [.suspension(word)])])
    let refusal = await #expect(throws: BundleRefusal.self) {
      try await world.import(world.export("B", to: "A"), at: "A")
    }
    #expect(refusal?.code == .withdrawnKey)
  }

  @Test func `under a withdrawn key a disc brings its request for a new one and nothing else`()
    async throws
  {
    let world = try await BundleWorld(["A", "B"])
    let grant = MembershipStatement.grant(Grant(agency: BundleWorld.code("A"), ground: .admit))
    let dossier = try await world["B"].append(nil, [Part(membership: [grant])]).dossier
    try await world.suspend("B")
    let before = try await world.state(of: "A", dossiers: [dossier, world.directory])
    let request = request(in: world)
    let file = try await world.export(
      "B", to: "A", particulars: suspension(of: "B", by: world["B"].agency.signatory),
      keyRequest: request)
    let taken = try await world.import(file, at: "A")
    #expect(taken.isRequestAlone && taken.keyRequest == request)
    #expect(taken.particulars == nil && taken.receipt == nil)
    #expect(taken.stored == 0 && taken.queued == 0)
    #expect(try await world.state(of: "A", dossiers: [dossier, world.directory]) == before)
    // Whoever carries it cannot put another in its place.
    var changed = file
    changed[file.count - 9] ^= 1
    let refusal = await #expect(throws: BundleRefusal.self) {
      try await world.import(changed, at: "A")
    }
    #expect(refusal?.code == .withdrawnKey)
  }

  @Test func `security T3 a suspension signed by another's key has no effect in the directory`()
    async throws
  {
    let world = try await BundleWorld(["A", "B", "C"])
    let forged = suspension(of: "B", by: world["C"].agency.signatory)
    let taken = try await world.import(
      world.export("C", to: "A", particulars: forged), at: "A")
    #expect(taken.particulars == forged, "the office judges it")
    try await world["A"].append(world.directory, [Part(directory: [.suspension(forged)])])
    try await world.import(world.export("A", to: "B"), at: "B")
    for label in ["A", "B"] {
      let active = try await world[label].store.read(ActiveKey(agency: BundleWorld.code("B")))
      #expect(active == world["B"].agency.signatory.key.keyID)
    }
  }
}

/// The key with which an agency signs now.
private struct ActiveKey: StoreWork {
  let agency: AgencyCode

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> KeyID? {
    try transaction.directory()?.current.activeKey(of: agency)?.id
  }
}
