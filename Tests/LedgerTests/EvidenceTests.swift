import Ledger
import TestSupport
import Testing

/// Evidence: what a third party finds with the id of a directory and nothing else.
@Suite struct EvidenceTests {
  private struct Scene {
    var world: World
    var graph: DossierGraph
    let home: AgencyCode
    let member: AgencyCode
    let subject: ChangeSetID
  }

  private func scene(
    others: [String] = ["420300-JW", "420300-FY"], home: String = "420300-JW"
  ) throws -> Scene {
    var world = try World(others: others)
    let home = try Agencies.code(home)
    let member = try Agencies.code("420300-FY")
    var graph = try world.begin(by: home, [.to(member)])
    // The third leaf of five, so that the file holds an audit path.
    let twist = World.Twist(sealedParts: [Part(audience: [home])], others: 4)
    let subject = try world.write(by: member, in: &graph, [], twist)
    return Scene(world: world, graph: graph, home: home, member: member, subject: subject)
  }

  /// A receipt of the home for three lines of the member's outbox, the subject's the second.
  private func receipt(
    _ scene: inout Scene, later seconds: Int64 = 2, untaken: [UInt64] = []
  ) throws -> EvidencedReceipt {
    let outbox = try #require(OutboxID(scene.world.random.bytes(16)))
    let key = try scene.world.key(of: scene.home)
    let steps = [
      EvidencedReceipt.Step(change: scene.subject, parts: 0b11),
      EvidencedReceipt.Step(change: scene.graph.id.first, parts: 0b1),
    ]
    let before = RunningHash.next(
      after: RunningHash.start, outbox: outbox, number: 1, change: scene.graph.id.first, parts: 1)
    var hash = before
    for (index, step) in steps.enumerated() {
      hash = RunningHash.next(
        after: hash, outbox: outbox, number: UInt64(2 + index), change: step.change,
        parts: step.parts)
    }
    let authored = try #require(scene.graph.changeSet(scene.subject)).header.authoredAt
    let body = Receipt(
      signer: scene.home, key: key.keyID, destination: scene.member, outbox: outbox, number: 3,
      runningHash: hash, storedAt: authored.adding(seconds: seconds), untaken: untaken)
    return EvidencedReceipt(
      receipt: SignedObject(signing: body, with: key), before: before, number: 2, steps: steps)
  }

  private func evidence(
    _ scene: Scene, _ receipts: [EvidencedReceipt] = [], showing: Set<Int>? = nil
  ) throws -> Evidence {
    try #require(
      Evidence(
        of: scene.subject, in: scene.graph, showing: showing, receipts: receipts,
        directory: scene.world.directory))
  }

  private func findings(_ file: [UInt8], _ pinned: DossierID?) throws -> EvidenceFindings {
    switch Evidence.verify(file, directory: pinned) {
    case .valid(let findings): return findings
    case .invalid(let flaw): throw flaw
    }
  }

  private func expect(_ flaw: EvidenceFlaw, _ evidence: Evidence, _ scene: Scene) throws {
    let file = evidence.encoded()
    let pinned = scene.world.directory.id
    #expect(Evidence.verify(file, directory: pinned) == .invalid(flaw))
    let answer = try Oracle.verify(file, directory: pinned)
    #expect(!answer.valid)
    #expect(answer.reason == flaw.code)
  }

  @Test func `security T4 good evidence proves author, content, order and receipt`() throws {
    var scene = try scene()
    let file = try evidence(scene, [try receipt(&scene)]).encoded()
    #expect(file.starts(with: Array("GTEV1\n".utf8)))
    let found = try findings(file, scene.world.directory.id)
    #expect(found.id == scene.subject)
    #expect(found.dossier == scene.graph.id)
    #expect(found.header.author == scene.member)
    #expect(found.header.sequence == 1)
    #expect(found.parts.keys.sorted() == [0, 1])
    #expect(found.received.map(\.agency) == [scene.home])
    #expect(found.confirmation == .inForce)
    #expect(found.warnings.isEmpty)
    try agree(file, found, scene.world.directory.id)
  }

  private func agree(_ file: [UInt8], _ found: EvidenceFindings, _ pinned: DossierID?) throws {
    let answer = try Oracle.verify(file, directory: pinned)
    #expect(answer.valid)
    #expect(answer.id == found.id.hex)
    #expect(answer.dossier == found.dossier.hex)
    #expect(answer.author == found.header.author.rawValue)
    #expect(answer.sequence == found.header.sequence)
    #expect(answer.authored_at == found.header.authoredAt.microseconds)
    #expect(answer.sealed_at == found.sealedAt.microseconds)
    #expect(answer.confirmation == found.confirmation.rawValue)
    #expect(
      answer.received
        == found.received.map {
          Oracle.Reception(storedAt: $0.storedAt.microseconds, agency: $0.agency.rawValue)
        })
  }

  @Test func `a sealed part may stay hidden and the signature still verifies`() throws {
    let scene = try scene()
    let file = try evidence(scene, showing: [0]).encoded()
    #expect(try findings(file, scene.world.directory.id).parts.keys.sorted() == [0])
    try expect(.part(0), try evidence(scene, showing: [1]), scene)
  }

  @Test func `without a pinned directory the file only fits itself`() throws {
    let scene = try scene()
    let file = try evidence(scene).encoded()
    let found = try findings(file, nil)
    #expect(!found.isRootPinned)
    #expect(found.warnings == [.rootNotPinned, .noReceipt])
    #expect(found.directory == scene.world.directory.id)
    try agree(file, found, nil)
    let other = try World(seed: 9).directory.id
    #expect(Evidence.verify(file, directory: other) == .invalid(.otherDirectory))
  }

  @Test func `security T5 a change set dated long before anybody had it is warned of`() throws {
    var scene = try scene()
    let year: Int64 = 365 * 86_400
    let late = try evidence(scene, [try receipt(&scene, later: year)]).encoded()
    let found = try findings(late, scene.world.directory.id)
    #expect(found.warnings == [.backDated])
    #expect(found.received.map(\.storedAt) == [found.header.authoredAt.adding(seconds: year)])
    try agree(late, found, scene.world.directory.id)
    let early = try evidence(scene, [try receipt(&scene, later: -3_600)]).encoded()
    #expect(try findings(early, scene.world.directory.id).warnings == [.postDated])
  }

  @Test func `a key since replaced needs its re-affirmation, or the finding says so`() throws {
    var scene = try scene()
    try scene.world.rotate(scene.member)
    let before = try evidence(scene).encoded()
    let unconfirmed = try findings(before, scene.world.directory.id)
    #expect(unconfirmed.confirmation == .unconfirmed)
    #expect(unconfirmed.warnings.contains(.unconfirmedKey))
    try agree(before, unconfirmed, scene.world.directory.id)
    try scene.world.write(by: scene.member, in: &scene.graph)
    let after = try evidence(scene)
    #expect(after.reaffirming.count == 1)
    let confirmed = try findings(after.encoded(), scene.world.directory.id)
    #expect(confirmed.confirmation == .reaffirmed)
    try agree(after.encoded(), confirmed, scene.world.directory.id)
  }

  @Test func `an entry of the directory is proved like any change set`() throws {
    let scene = try scene()
    let directory = scene.world.directory
    for id in directory.graph.order {
      let evidence = try #require(
        Evidence(of: id, in: directory.graph, receipts: [], directory: directory))
      let found = try findings(evidence.encoded(), directory.id)
      #expect(found.dossier == directory.id)
      try agree(evidence.encoded(), found, directory.id)
    }
  }

  @Test func `every byte of a file is covered`() async throws {
    var scene = try scene()
    try scene.world.rotate(scene.member)
    try scene.world.write(by: scene.member, in: &scene.graph)
    let file = try evidence(scene, [try receipt(&scene)]).encoded()
    let pinned = scene.world.directory.id
    #expect(try findings(file, pinned).confirmation == .reaffirmed)
    let middle = file.count / 2
    // At once, because this is the longest test of the ledger.
    async let oracle = Oracle.everyChange(file, directory: pinned)
    async let later = reasons(file, changing: middle..<file.count, pinned)
    let ours = await reasons(file, changing: 0..<middle, pinned) + later
    #expect(!ours.contains("valid"))
    #expect(Set(ours).isSuperset(of: ["not-evidence", "not-lawful", "entry-0", "seal", "newest"]))
    let theirs = try await oracle
    #expect(theirs == ours)
    for length in [0, 5, 6, file.count / 2, file.count - 1] {
      guard case .invalid = Evidence.verify(Array(file.prefix(length)), directory: pinned) else {
        Issue.record("a file cut at \(length) is taken")
        continue
      }
    }
    #expect(Evidence.verify(file + [0], directory: pinned) == .invalid(.notLawful))
  }

  /// What is wrong with a file of which each byte of a stretch was changed by each of its masks.
  private func reasons(
    _ file: [UInt8], changing stretch: Range<Int>, _ pinned: DossierID
  ) -> [String] {
    stretch.flatMap { index in
      Oracle.masks(at: index).map { reason(file, changing: index, by: $0, pinned) }
    }
  }

  /// What is wrong with a file of which one byte was changed.
  private func reason(
    _ file: [UInt8], changing index: Int, by mask: UInt8, _ pinned: DossierID
  ) -> String {
    var changed = file
    changed[index] ^= mask
    switch Evidence.verify(changed, directory: pinned) {
    case .valid: return "valid"
    case .invalid(let flaw): return flaw.code
    }
  }

  /// Of the smallest file that has a message of each kind but a re-affirmation, which is written
  /// like the subject: the work grows with the square of its bytes.
  @Test(.enabled(if: LongRuns.areOn, "255 changes of each byte take minutes: GUANTONG_FULL=1"))
  func `no other value of any byte of a file is taken, and the oracle agrees`() async throws {
    var scene = try scene(others: ["420300-FY"], home: "420300-FZB")
    let file = try evidence(scene, [try receipt(&scene)]).encoded()
    let pinned = scene.world.directory.id
    let parts = 8
    let differing = try await withThrowingTaskGroup(of: [String].self) { group in
      for part in 0..<parts {
        group.addTask {
          let theirs = try Oracle.everyValue(file, directory: pinned, from: part, step: parts)
          let places = stride(from: part, to: file.count, by: parts)
          let ours = places.flatMap { index in
            (1...UInt8.max).map { reason(file, changing: index, by: $0, pinned) }
          }
          #expect(ours.count == theirs.count && !ours.contains("valid"))
          return zip(ours, theirs).filter { $0 != $1 }.map { "\($0), and the oracle: \($1)" }
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(differing.isEmpty, "\(differing.count) differ: \(Set(differing).sorted())")
  }

  @Test func `several agencies that had the bytes are named with their times, earliest first`()
    throws
  {
    var scene = try scene()
    let receipts = [
      try receipt(&scene, later: 40), try receipt(&scene, later: 2), try receipt(&scene, later: 7),
    ]
    let file = try evidence(scene, receipts).encoded()
    let found = try findings(file, scene.world.directory.id)
    let authored = found.header.authoredAt
    #expect(found.received.map(\.storedAt) == [2, 7, 40].map { authored.adding(seconds: $0) })
    try agree(file, found, scene.world.directory.id)
  }

  @Test func `each thing that can be wrong has its own name`() throws {
    var scene = try scene()
    let good = try evidence(scene, [try receipt(&scene)])
    var wrong = good
    wrong.directory.removeLast()
    try expect(.newest, wrong, scene)
    wrong = good
    wrong.directory.swapAt(1, 2)
    try expect(.entry(1), wrong, scene)
    wrong = good
    wrong.directory = []
    try expect(.entry(0), wrong, scene)
    wrong = good
    wrong.newest = scene.world.directory.id.first
    try expect(.newest, wrong, scene)
    wrong = good
    wrong.subject.headerBytes = []
    try expect(.header, wrong, scene)
    wrong = good
    wrong.subject.proof = good.directory[1].proof
    try expect(.seal, wrong, scene)
    wrong = good
    wrong.subject.parts[1] = wrong.subject.parts[0]
    try expect(.part(1), wrong, scene)
    wrong = good
    wrong.receipts = [try receipt(&scene, untaken: [2])]
    try expect(.receipt(0), wrong, scene)
    wrong = good
    wrong.receipts[0].number = 1
    try expect(.receipt(0), wrong, scene)
    wrong = good
    wrong.reaffirming = [good.subject]
    try expect(.reaffirming(0), wrong, scene)
    let other = try self.scene()
    wrong = good
    wrong.subject = try evidence(other).subject
    #expect(wrong.subject == good.subject)
    var elsewhere = try World(seed: 5, others: ["420300-JW", "420300-FY"])
    var graph = try elsewhere.begin(by: scene.home, [.to(scene.member)])
    let id = try elsewhere.write(by: scene.member, in: &graph)
    wrong.subject = try #require(
      Evidence(of: id, in: graph, receipts: [], directory: elsewhere.directory)
    ).subject
    try expect(.directoryEntry, wrong, scene)
    let forged = try forgedKey(scene)
    try expect(.key, forged, scene)
    #expect(
      Evidence.verify(Array(repeating: 0, count: 33 << 20), directory: nil) == .invalid(.tooLong))
    let hollow = Evidence.magic + repeatElement([0x1A, 0x00], count: 16_385).joined()
    #expect(Evidence.verify(hollow, directory: nil) == .invalid(.tooLong))
    #expect(Evidence.verify([], directory: nil) == .invalid(.notEvidence))
    #expect(Evidence.verify(Evidence.magic, directory: nil) == .invalid(.notLawful))
  }

  /// Evidence of a change set that names its author but another agency's key.
  private func forgedKey(_ scene: Scene) throws -> Evidence {
    var scene = scene
    let thief = try scene.world.key(of: scene.home)
    let received = try scene.world.draft(
      by: scene.member, on: scene.graph, [], World.Twist(key: thief))
    var forged = try evidence(scene)
    let proof = try #require(received.proof)
    forged.subject = Evidence.Exhibit(
      headerBytes: received.headerBytes, proof: proof, parts: received.parts)
    return forged
  }
}
