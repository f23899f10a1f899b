import Exchange
import Ledger
import Testing

/// A store as one of three agencies, with a dossier that two of them share.
struct ConformanceWorld<S: Store>: Sendable {
  let home: SampleNode<S>
  let other = SampleAgency("B")
  let third = SampleAgency("C")
  let directory: DossierID

  init(_ store: S) async throws {
    home = SampleNode(store, SampleAgency("A"))
    directory = try await home.found()
    for agency in [other, third] {
      try await home.carry(
        .admission(
          entry: agency.entry, key: agency.signatory.key.publicKey, particulars: nil),
        in: directory)
    }
  }

  func dossier(with members: [SampleAgency]) async throws -> StoredChangeSet {
    try await home.append(
      nil,
      [
        Part(
          membership: members.map {
            .grant(Grant(agency: $0.code, ground: .admit))
          })
      ])
  }

  func see(_ ids: [ChangeSetID] = [], _ dossiers: [DossierID] = [], above: UInt64 = 0) async throws
    -> See.Seen
  {
    try await home.store.read(
      See(
        ids: ids, dossiers: dossiers, agency: home.agency.code, other: other.code, above: above))
  }

  func id(_ number: Int) -> ChangeSetID { ChangeSetID(.sha256(Array("id \(number)".utf8))) }

  func held(
    _ number: Int, from sender: AgencyCode, waitingFor missing: [ChangeSetID], bytes: Int = 10,
    at seconds: Int64 = 0
  ) -> HeldCopy {
    let received = ReceivedChangeSet(
      headerBytes: Array("header \(number)".utf8), proof: nil,
      parts: [0: SaltedPart(salt: [UInt8](repeating: 7, count: 32), content: [1, 2])])
    return HeldCopy(
      id: id(number), sender: sender, received: received,
      reason: missing.isEmpty ? .seal : .ancestor, missing: missing,
      origin: ChangeSetOrigin(
        dossier: DossierID(first: id(1_000 + number % 2)), author: other.code,
        sequence: UInt64(number)),
      since: Timestamp.sample.adding(seconds: seconds), byteCount: bytes)
  }
}

extension StoreConformance {
  func checkNodeRecord<S: Store>(_ store: S) async throws {
    await #expect {
      try await store.read(SeeNode())
    } throws: { error in
      (error as? ExchangeError)?.code == .notInitialized
    }
    let agency = SampleAgency("A")
    let entropy = seededEntropy(1)
    var record = NodeRecord(agency: agency.code, outbox: entropy.outboxID(), directory: nil)
    try await store.write(Do(.save(record)))
    #expect(try await store.read(SeeNode()) == record)
    record.directory = DossierID(.sha256([1]))
    record.hasSealed = true
    var restored = RestoredState(
      witness: agency.code, since: .sample, outbox: entropy.outboxID())
    restored.add(SampleAgency("B").code)
    restored.add(agency.code)
    #expect(restored.witnesses == [agency.code, SampleAgency("B").code])
    record.restored = restored
    try await store.write(Do(.save(record)))
    #expect(try await store.read(SeeNode()) == record)
    record.restored = nil
    try await store.write(Do(.save(record)))
    #expect(try await store.read(SeeNode()) == record)
  }

  func checkRollback<S: Store>(_ store: S) async throws {
    let world = try await ConformanceWorld(store)
    let before = try await store.read(SeeNode())
    let held = world.held(1, from: world.other.code, waitingFor: [world.id(9)])
    var cursor = Cursor(peer: world.other.code, outbox: before.outbox)
    cursor.number = 5
    var changed = before
    changed.hasSealed = false
    await #expect(throws: Do.Failed.self) {
      try await store.write(
        Do(
          .save(changed), .hold([held]), .move(cursor),
          .enqueue([OutboxLine(reader: world.other.code, id: world.id(3))]),
          .raise([
            Alarm(
              peer: world.other.code, kind: .fork, subject: "x", evidence: [], at: .sample)
          ]), .fail))
    }
    let seen = try await world.see([held.id, world.id(9)])
    #expect(try await store.read(SeeNode()) == before)
    #expect(seen.held.isEmpty && seen.awaiting.isEmpty && seen.heldBytes == 0)
    #expect(seen.cursor == nil && seen.alarms.isEmpty)
    #expect(!seen.queued.contains(world.id(3)))
  }

  func checkReadOnly<S: Store>(_ store: S) async throws {
    let world = try await ConformanceWorld(store)
    await #expect {
      try await store.read(
        Do(.enqueue([OutboxLine(reader: world.other.code, id: world.id(3))])))
    } throws: { error in
      (error as? ExchangeError)?.code == .readOnly
    }
  }

  func checkHeld<S: Store>(_ store: S) async throws {
    let world = try await ConformanceWorld(store)
    let (b, c) = (world.other.code, world.third.code)
    let (first, second) = (world.id(11), world.id(12))
    try await store.write(
      Do(
        .hold([
          world.held(2, from: c, waitingFor: [first, second], at: 3),
          world.held(2, from: b, waitingFor: [first], at: 2),
          world.held(3, from: b, waitingFor: [second], at: 1),
          world.held(4, from: b, waitingFor: []),
        ])))
    let dossier = DossierID(first: world.id(1_000))
    var seen = try await world.see([world.id(2), first], [dossier])
    #expect(seen.held.map(\.sender) == [b, c])
    #expect(seen.held.first?.received.parts[0]?.content == [1, 2])
    #expect(seen.held.first?.missing == [first])
    #expect(seen.held.first?.reason == .ancestor)
    #expect(seen.awaiting == [world.id(2)])
    #expect(seen.notices.map(\.id) == [4, 2, 3, 2].map(world.id), "turn by turn of each sender")
    #expect(seen.notices.map(\.sender) == [b, c, b, b])
    #expect(seen.notices.first == world.held(4, from: b, waitingFor: []).notice)
    #expect(seen.heldByOther == [world.id(2), world.id(3), world.id(4)].sorted())
    #expect(seen.exclusions.isEmpty)
    let few = try await store.read(See(agency: world.home.agency.code, other: b, limit: 2))
    #expect(few.heldByOther == [world.id(2), world.id(4)].sorted(), "turn by turn here too")
    try await store.write(Do(.release([world.id(2)])))
    seen = try await world.see([world.id(2), first, second], [dossier])
    #expect(seen.held.isEmpty)
    #expect(seen.awaiting == [world.id(3)])
  }

  func checkHeldBytes<S: Store>(_ store: S) async throws {
    let world = try await ConformanceWorld(store)
    let b = world.other.code
    try await store.write(
      Do(.hold([world.held(2, from: b, waitingFor: [world.id(9)], bytes: 100)])))
    try await store.write(
      Do(
        .hold([
          world.held(2, from: b, waitingFor: [world.id(8)], bytes: 40, at: 60),
          world.held(3, from: b, waitingFor: [world.id(9)], bytes: 5),
        ])))
    var seen = try await world.see([world.id(2), world.id(9)])
    #expect(seen.heldBytes == 45)
    #expect(seen.awaiting == [world.id(3)])
    #expect(seen.held.first?.since == .sample, "the first coming counts")
    try await store.write(Do(.release([world.id(2), world.id(3)])))
    seen = try await world.see([world.id(2), world.id(9), world.id(8)])
    #expect(seen.heldBytes == 0)
    #expect(seen.awaiting.isEmpty)
  }

  func checkQuarantine<S: Store>(_ store: S) async throws {
    let world = try await ConformanceWorld(store)
    func delivery(_ number: Int, _ reason: RejectionReason, bytes: Int = 3) -> QuarantinedDelivery {
      QuarantinedDelivery(
        id: world.id(number), sender: world.other.code, reason: reason,
        origin: ChangeSetOrigin(
          dossier: world.directory, author: world.third.code, sequence: UInt64(number)),
        since: Timestamp.sample.adding(seconds: Int64(number)),
        bytes: [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: bytes))
    }
    try await store.write(
      Do(
        .quarantine([delivery(1, .sequence), delivery(2, .header(.parentsNotAscending))]),
        .quarantine([delivery(1, .keyUnknown)])))
    let seen = try await world.see([world.id(1), world.id(2), world.id(3)])
    #expect(seen.rejected == [world.id(1): .sequence, world.id(2): .header(.parentsNotAscending)])
    #expect(seen.quarantined.first?.reason == .keyUnknown)
    #expect(seen.quarantined.last?.bytes == [1, 1, 1])
    let large = Exchange.Limits.quarantineBytesPerPeerMax / 8
    for number in 10..<20 {
      try await store.write(Do(.quarantine([delivery(number, .noGrant, bytes: large)])))
    }
    let bounded = try await world.see([world.id(1), world.id(10)])
    let kept = bounded.quarantined.reduce(0) { $0 + $1.bytes.count }
    #expect(kept <= Exchange.Limits.quarantineBytesPerPeerMax)
    #expect(bounded.quarantined.first?.id == world.id(19))
    #expect(bounded.rejected.count == 2, "an id stays rejected when its bytes are gone")
    let many = Exchange.Limits.quarantinedPerPeerMax + 5
    try await store.write(Do(.quarantine((0..<many).map { delivery(100 + $0, .noGrant) })))
    let crowded = try await store.read(
      See(agency: world.home.agency.code, other: world.other.code, limit: 2 * many))
    #expect(crowded.quarantined.count == Exchange.Limits.quarantinedPerPeerMax)
    #expect(crowded.quarantined.last?.id == world.id(105))
  }

  func checkCursors<S: Store>(_ store: S) async throws {
    let world = try await ConformanceWorld(store)
    let outbox = seededEntropy(3).outboxID()
    var cursor = Cursor(peer: world.other.code, outbox: outbox)
    cursor.number = 7
    cursor.runningHash = .sha256([7])
    cursor.announced = 9
    cursor.directory = world.directory.first
    cursor.receivedAt = .sample
    cursor.untaken = [
      UntakenNumber(number: 3, change: world.id(3), parts: 5),
      UntakenNumber(number: 5, change: nil, parts: 0),
    ]
    cursor.head = SignedObject(body: [1], signature: [2])
    let alarm = Alarm(
      peer: world.other.code, kind: .withholding, subject: "gap 8", evidence: [4], at: .sample)
    var repeated = alarm
    repeated.at = Timestamp.sample.adding(seconds: 5)
    var later = alarm
    later.subject = "gap 9"
    try await store.write(
      Do(.move(cursor), .raise([alarm]), .raise([repeated, later])))
    var seen = try await world.see()
    #expect(seen.cursor == cursor)
    #expect(seen.cursors == [cursor])
    #expect(seen.alarms.map(\.subject) == ["gap 9", "gap 8"])
    #expect(seen.alarms.last?.at == .sample)
    func flood(_ number: Int) -> Alarm {
      var one = alarm
      one.subject = "flood \(number)"
      return one
    }
    let many = (0..<Exchange.Limits.alarmsPerPeerAndKindMax).map(flood)
    try await store.write(Do(.raise(many)))
    try await store.write(Do(.raise([flood(-1)])))
    let flooded = try await store.read(
      See(agency: world.home.agency.code, other: world.other.code, limit: 2 * many.count))
    #expect(flooded.alarms.last?.subject == "gap 8", "the first evidence stays")
    #expect(!flooded.alarms.contains { $0.subject == "flood -1" })
    cursor.number = 8
    cursor.untaken = []
    cursor.head = nil
    try await store.write(Do(.move(cursor)))
    seen = try await world.see()
    #expect(seen.cursor == cursor)
  }
}
