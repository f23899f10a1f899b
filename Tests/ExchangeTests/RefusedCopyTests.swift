import Exchange
import Ledger
import TestSupport
import Testing

/// What is wrong with a change set that comes: refused with its own reason, and never in the way of
/// the good one.
@Suite(.timeLimit(.minutes(5))) struct RefusedCopyTests {
  /// Bytes of a delivery that its id does not cover.
  enum Piece: String, CaseIterable {
    case seal, signature, blind, path, part, salt

    /// Why a copy is held in which they are wrong.
    var reason: HoldReason {
      switch self {
      case .seal, .signature, .blind, .path: .seal
      case .part, .salt: .openPart
      }
    }

    func alarm(about id: ChangeSetID) -> String {
      reason == .seal ? "seal \(id)" : "part 0 \(id)"
    }

    /// The copy with each byte of the piece changed in turn.
    func changed(in copy: ReceivedChangeSet) throws -> [ReceivedChangeSet] {
      let proof = try #require(copy.proof)
      let open = try #require(copy.parts[0])
      func sealed(_ signed: SignedObject? = nil, _ blind: [UInt8]? = nil, _ path: [Hash256]? = nil)
        -> ReceivedChangeSet
      {
        var wrong = copy
        wrong.proof = SealProof(
          seal: signed ?? proof.seal, blind: blind ?? proof.blind, leaf: proof.leaf,
          path: path ?? proof.path)
        return wrong
      }
      func opened(_ part: SaltedPart) -> ReceivedChangeSet {
        var wrong = copy
        wrong.parts[0] = part
        return wrong
      }
      let (body, signature) = (proof.seal.body, proof.seal.signature)
      return switch self {
      case .seal:
        body.changes.map { sealed(SignedObject(body: $0, signature: signature)) }
      case .signature:
        signature.changes.map { sealed(SignedObject(body: body, signature: $0)) }
      case .blind: proof.blind.changes.map { sealed(nil, $0) }
      case .path:
        try proof.path.indices.flatMap { step in
          try proof.path[step].bytes.changes.map { bytes in
            var path = proof.path
            path[step] = try #require(Hash256(bytes))
            return sealed(nil, nil, path)
          }
        }
      case .part: open.content.changes.map { opened(SaltedPart(salt: open.salt, content: $0)) }
      case .salt: open.salt.changes.map { opened(SaltedPart(salt: $0, content: open.content)) }
      }
    }
  }

  @Test(arguments: Piece.allCases)
  func `scenario S6 a changed byte that no id covers condemns its sender, never the change set`(
    _ piece: Piece
  ) async throws {
    let world = try await RefusalWorld()
    let good = try await world.written()
    let before = world.state
    let wrong = try piece.changed(in: good)
    #expect(wrong.count >= 32)
    for (byte, copy) in wrong.enumerated() {
      let taken = try await world.bring(copy)
      #expect(copy.id == good.id && taken.held == 1 && taken.stored == 0, "byte \(byte)")
      #expect(world.holding(good.id) == piece.reason, "byte \(byte)")
      #expect(world.state == before, "byte \(byte)")
    }
    let alarms = try await world.alarms()
    #expect(alarms.map(\.kind) == [.brokenDelivery])
    #expect(alarms.map(\.subject) == [piece.alarm(about: good.id)])
    #expect(alarms.map(\.peer) == [world.relay.code])
    try await world.takes(good)
  }

  @Test func `scenario S6 a changed byte of a sealed part is dropped alone, a good copy brings it`()
    async throws
  {
    let world = try await RefusalWorld()
    let good = try await world.written()
    let part = try #require(good.parts[1])
    let salted =
      part.content.changes.map { SaltedPart(salt: part.salt, content: $0) }
      + part.salt.changes.map { SaltedPart(salt: $0, content: part.content) }
    for wrong in salted {
      var copy = good
      copy.parts[1] = wrong
      try await world.bring(copy)
      #expect(world.stored(good.id)?.parts.keys.sorted() == [0])
    }
    #expect(try await world.alarms().map(\.subject) == ["part 1 \(good.id)"])
    try await world.bring(good)
    #expect(world.stored(good.id)?.parts == good.parts)
  }

  @Test func `scenario S6 a changed byte of a header is refused as what it became`() async throws {
    let world = try await RefusalWorld()
    let good = try await world.written()
    let before = world.state
    var reasons: Set<String> = []
    for bytes in good.headerBytes.changes {
      let copy = ReceivedChangeSet(headerBytes: bytes, proof: good.proof, parts: good.parts)
      let taken = try await world.bring(copy)
      #expect(copy.id != good.id && taken.stored == 0)
      #expect(world.state == before)
      let reason = try #require(world.reason(of: copy.id))
      reasons.insert(reason)
      guard world.holding(copy.id) == .seal else { continue }
      #expect(try await world.alarms().contains { $0.subject == "seal \(copy.id)" })
    }
    // What each field turns into: no message at all, another dossier, author, sequence, key, …
    #expect(
      reasons.isSuperset(of: [
        "header-not-lawful", "header-field", "foreign-ancestor", "sequence", "key-unknown",
        "ancestor", "directory-entry", "seal",
      ]), "\(reasons.sorted())")
    try await world.takes(good)
  }

  @Test func `scenario S6 each wrong key has its own reason`() async throws {
    var world = try await RefusalWorld()
    let good = try await world.written()
    let (home, relay) = (world.home.agency.signatory, world.relay.signatory)
    let stranger = SampleAgency("Z").signatory
    let before = world.state
    for (key, expected) in [
      (relay.key, RejectionReason.keyForeign), (stranger.key, .keyUnknown),
    ] {
      let copy = try await world.next(under: key, sealedBy: key)
      #expect(try await world.bring(copy).stored == 0)
      #expect(world.rejection(of: copy.id) == expected)
    }
    // The author's own key is named, and another one has signed.
    let forged = try await world.next(under: home.key, sealedBy: relay.key)
    #expect(try await world.bring(forged).held == 1)
    #expect(world.holding(forged.id) == .seal)
    #expect(
      try await world.alarms().map { "\($0.kind) \($0.subject)" } == [
        "brokenDelivery seal \(forged.id)", "rejected key-unknown", "rejected key-foreign",
      ])
    #expect(world.state == before)
    try await world.takes(good)
    // A key that is replaced by then.
    try await world.replaceKey()
    let replaced = world.state
    let late = try await world.next(under: home.key, sealedBy: home.key)
    #expect(try await world.bring(late).stored == 0)
    #expect(world.rejection(of: late.id) == .keyWithdrawn)
    #expect(world.state == replaced)
  }

  @Test func `scenario S6 a replay of a change set or of a page changes nothing`() async throws {
    let world = try await RefusalWorld()
    let good = try await world.written()
    let page = try await world.page()
    #expect(try await world.take(page).get().stored == 1)
    let before = world.state
    let cursor = try await world.node.store.read(CursorOf(world.home.agency.code))
    for _ in 0..<3 {
      let taken = try await world.bring(good)
      #expect(taken.stored == 0 && taken.held == 0)
      let again = try await world.take(page)
      #expect(throws: PageRefusal.gap) { try again.get() }
    }
    #expect(world.state == before)
    #expect(try await world.node.store.read(CursorOf(world.home.agency.code)) == cursor)
    #expect(try await world.alarms().isEmpty, "whoever repeats is not misbehaving")
  }

  @Test func `scenario S6 a reordered chain is refused, in a page and by its headers`() async throws
  {
    let world = try await RefusalWorld()
    let good = try await world.written()
    for _ in 0..<2 { try await world.home.append(world.first.dossier, [Part()]) }
    let honest = try await world.page()
    #expect(honest.deliveries.count == 3)
    let before = world.state
    let outcome = try await world.take(world.reordered(honest))
    #expect(throws: PageRefusal.withheld) { try outcome.get() }
    #expect(try await world.alarms().map(\.kind) == [.withholding])
    // The third where the second belongs.
    let home = world.home.agency.signatory
    let gap = try await world.next(under: home.key, sealedBy: home.key) { $0.sequence += 1 }
    #expect(try await world.bring(gap).stored == 0)
    #expect(world.rejection(of: gap.id) == .sequence)
    #expect(try await world.alarms().first?.subject == "sequence")
    #expect(world.state == before)
    #expect(try await world.take(honest).get().stored == 3)
    #expect(world.stored(good.id) != nil)
  }

  @Test(arguments: [false, true])
  func `scenario S6 two change sets with one sequence are void, whichever comes first`(
    _ isOtherFirst: Bool
  ) async throws {
    let world = try await RefusalWorld()
    let good = try await world.written()
    let home = world.home.agency.signatory
    let other = try await world.next(under: home.key, sealedBy: home.key)
    let both = isOtherFirst ? [other, good] : [good, other]
    try await world.bring(both[0])
    #expect(try await world.standing(of: both[0].id) == .counts)
    #expect(try await world.alarms().isEmpty)
    try await world.bring(both[1])
    for copy in both { #expect(try await world.standing(of: copy.id) == .void(.fork)) }
    #expect(try await world.standing(of: world.first.id) == .counts, "the last agreed state")
    let alarms = try await world.alarms()
    #expect(alarms.map(\.kind) == [.fork] && alarms.map(\.peer) == [home.agency])
    #expect(alarms.first?.subject == "\(world.first.dossier) \(home.agency) 2")
    let graph = try #require(try await world.graph())
    let proof = try #require(graph.forks.first)
    #expect(graph.forks.count == 1)
    #expect(proof.verify { $0 == home.key.keyID ? VerificationKey(home.key.publicKey) : nil })
    #expect(Set([proof.first.id, proof.second.id]) == Set(both.map(\.id)))
  }
}

extension [UInt8] {
  /// The bytes with one bit changed, once for each byte.
  fileprivate var changes: [[UInt8]] {
    indices.map { index in
      var wrong = self
      wrong[index] ^= 0x01
      return wrong
    }
  }
}
