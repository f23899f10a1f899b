import Exchange
import Ledger
import TestSupport
import Testing

/// Random audiences against an oracle of the protocol's words: whatever way a node is asked, the
/// answer lies within what the asker may have.
@Suite struct AudienceTests {
  /// One change set as it was written.
  private struct Written {
    let id: ChangeSetID
    let author: AgencyCode
    /// The audiences of its sealed parts.
    let audiences: [Set<AgencyCode>]
    /// Words that stand in each part and in its attachment, and nowhere else.
    let canaries: [[UInt8]]
    /// To whom its author has opened each part since.
    var opened: [Int: Set<AgencyCode>] = [:]
    /// The parts that its author has destroyed.
    var destroyed: Set<Int> = []
    /// Whether it opens a part of another.
    let opens: Bool
  }

  /// What a step says about a part of an earlier one: its number, the part, and to whom it is
  /// opened; nobody when it is destroyed.
  private struct Word {
    let change: Int
    let part: Int
    var readers: Set<AgencyCode> = []
  }

  /// What everybody may read of one dossier, where one step is taken after the other.
  private struct Ledgered {
    let dossier: DossierID
    var written: [Written] = []
    var members: Set<AgencyCode> = []
    var addressees: Set<AgencyCode> = []
    var excluded: Set<AgencyCode> = []
    /// Up to which change set somebody reads whose membership was ended.
    var ended: [AgencyCode: Int] = [:]

    mutating func apply(_ statement: MembershipStatement, byHome: Bool) {
      switch statement {
      case .grant(let grant):
        if grant.ground.makesAddressee { addressees.insert(grant.agency) }
        if !excluded.contains(grant.agency) { members.insert(grant.agency) }
      case .end(let agency, _):
        if members.remove(agency) != nil { ended[agency] = written.count }
      case .exclude(let agency, _):
        guard byHome || !addressees.contains(agency) else { return }
        members.remove(agency)
        excluded.insert(agency)
      }
    }

    func readable(by agencies: [AgencyCode], at node: AgencyCode) -> [ChangeSetID: Set<Int>] {
      guard !excluded.contains(node) else { return [:] }
      var parts: [ChangeSetID: Set<Int>] = [:]
      for (index, change) in written.enumerated() {
        let readers = agencies.filter { agency in
          !excluded.contains(agency)
            && (members.contains(agency) || ended[agency].map { index <= $0 } == true)
        }
        guard !readers.isEmpty else { continue }
        parts[change.id] = Set(
          [0]
            + change.audiences.indices.filter { sealed in
              readers.contains(change.author)
                || !change.audiences[sealed].isDisjoint(with: readers)
                || change.opened[sealed + 1]?.isDisjoint(with: readers) == false
            }.map { $0 + 1 }
        ).subtracting(change.destroyed)
      }
      return parts
    }
  }

  private static let nodes = ["A", "H", "T", "X", "Y"]
  private static let hosted = SampleAgency("U", hostedBy: "Y")
  private static let everybody = (nodes + ["U"]).map(BundleWorld.code)

  private func agencies(at node: String) -> [AgencyCode] {
    [BundleWorld.code(node)] + (node == "Y" ? [Self.hosted.code] : [])
  }

  private func world() async throws -> BundleWorld {
    let world = try await BundleWorld(Self.nodes)
    try await world["A"].carry(
      .admission(
        entry: Self.hosted.entry, key: Self.hosted.signatory.key.publicKey, particulars: nil),
      in: world.directory)
    try await world.settle(Self.nodes)
    return world
  }

  private func write(
    _ statements: [MembershipStatement], by author: String, in ledgered: Ledgered?,
    _ world: BundleWorld, _ random: inout SeededGenerator, about word: Word? = nil
  ) async throws -> Ledgered {
    let code = BundleWorld.code(author)
    var audiences = (0..<Int.random(in: 0...2, using: &random)).map { _ in
      Set(Self.everybody.filter { _ in random.chance(35) } + [code])
    }
    if let word, !word.readers.isEmpty { audiences = [word.readers.union([code])] }
    let canaries = (0...audiences.count).map { _ in random.bytes(24) }
    func records(_ index: Int) -> [Record] {
      let id = RecordID(timestamp: .sample, random: random.bytes(10))
      let about = word.flatMap { word in
        ledgered.map { ledgered in
          Citation(change: ledgered.written[word.change].id, part: word.part, record: 0)
        }
      }
      let says = word.map { $0.readers.isEmpty == (index == 0) } ?? false
      let type: UInt32 = says ? (index == 0 ? 8 : 9) : 4
      return [
        Record(
          id: id, type: type, author: code, revises: says ? about : nil, body: canaries[index])
      ]
    }
    let parts =
      [Part(membership: statements, records: records(0))]
      + audiences.enumerated().map { index, audience in
        Part(audience: audience.sorted(), records: records(index + 1))
      }
    let stored = try await world[author].append(ledgered?.dossier, parts)
    var next = ledgered ?? Ledgered(dossier: stored.dossier)
    if ledgered == nil { next.members.insert(code) }
    for statement in statements { next.apply(statement, byHome: author == "H") }
    if let word, next.written[word.change].author == code {
      if word.readers.isEmpty {
        next.written[word.change].destroyed.insert(word.part)
      } else {
        next.written[word.change].opened[word.part, default: []].formUnion(word.readers)
      }
    }
    next.written.append(
      Written(
        id: stored.id, author: code, audiences: audiences, canaries: canaries,
        opens: word?.readers.isEmpty == false))
    for (index, canary) in canaries.enumerated() {
      let file = SampleAttachment(canary + canary, salt: .sha256(canary))
      let listed = ListedAttachment(
        place: AttachmentPlace(change: stored.id, part: index, position: 0),
        dossier: stored.dossier, record: 0, index: 0, content: file.content)
      try await world[author].store.write(
        DoAttachments(.list([listed]), .put(file.pieces, listed.place)))
    }
    return next
  }

  private func step(
    in ledgered: Ledgered, _ world: BundleWorld, _ random: inout SeededGenerator
  ) async throws -> Ledgered {
    let others = ["X", "Y", "U"].map(BundleWorld.code)
    let about = others[Int.random(in: 0..<3, using: &random)]
    let dice = Int.random(in: 0..<100, using: &random)
    let author = dice < 60 ? "H" : "T"
    let statements: [MembershipStatement] =
      switch dice {
      case 0..<20: [.grant(Grant(agency: about, ground: .admit))]
      case 20..<35: [.end(agency: about, reason: "")]
      case 35..<42, 60..<66: [.exclude(agency: about, reason: "")]
      case 66..<76: [.grant(Grant(agency: about, ground: .forward))]
      default: []
      }
    var word: Word?
    let silent = ledgered.written.indices.filter { !ledgered.written[$0].audiences.isEmpty }
    if statements.isEmpty, let change = silent.randomElement(using: &random) {
      let part = Int.random(in: 1...ledgered.written[change].audiences.count, using: &random)
      word = Word(change: change, part: part, readers: random.chance(75) ? [about] : [])
      // A part that opens another cannot be destroyed: who undid it would close what was opened.
      if word?.readers.isEmpty == true, ledgered.written[change].opens { word = nil }
    }
    return try await write(statements, by: author, in: ledgered, world, &random, about: word)
  }

  private func curiosity(_ ledgered: [Ledgered], _ world: BundleWorld) async throws -> Curiosity {
    let dossiers = ledgered.map(\.dossier)
    let written = ledgered.flatMap(\.written)
    return Curiosity(
      ids: written.map(\.id), dossiers: dossiers, authors: Self.everybody,
      items: Set(try await world["H"].store.read(ItemsOf(dossiers: dossiers)).values),
      places: written.flatMap { change in
        change.canaries.indices.map {
          AttachmentPlace(change: change.id, part: $0, position: 0)
        }
      })
  }

  /// One reader asks one node for everything.
  private func check(
    _ owner: String, to reader: String, _ ledgered: [Ledgered], _ curiosity: Curiosity,
    _ world: BundleWorld
  ) async throws {
    let handed = try await world.everything(of: owner, to: reader, curiosity)
    var allowed: [ChangeSetID: Set<Int>] = [:]
    var open: Set<DossierID> = []
    for one in ledgered {
      allowed.merge(
        one.readable(by: agencies(at: reader), at: BundleWorld.code(reader))
      ) { $1 }
      let isMember = agencies(at: reader).contains(where: one.members.contains)
      if isMember, !one.excluded.contains(BundleWorld.code(reader)) { open.insert(one.dossier) }
    }
    let words = Comment(rawValue: "\(owner) asked by \(reader)")
    let written = ledgered.flatMap(\.written)
    for change in written {
      let parts = handed.parts[change.id] ?? []
      #expect(parts.isSubset(of: allowed[change.id] ?? []), words)
      if owner == "H" { #expect(parts.isEmpty == (allowed[change.id] == nil), words) }
    }
    #expect(handed.described.isSubset(of: open.union([world.directory])), words)
    let items = try await world[owner].store.read(ItemsOf(dossiers: open.sorted()))
    #expect(handed.items.intersection(curiosity.items).isSubset(of: items.values), words)
    #expect(handed.items.count <= open.count + 1, words)
    for place in handed.attachments {
      #expect(allowed[place.change]?.contains(place.part) == true, words)
    }
    var secrets: [UInt64: String] = [:]
    for change in written {
      let parts = allowed[change.id] ?? []
      if parts.isEmpty { secrets[Self.key(change.id.bytes[...])] = "the id of \(change.id)" }
      for (index, canary) in change.canaries.enumerated() where !parts.contains(index) {
        secrets[Self.key(canary[...])] = "part \(index) of \(change.id)"
      }
    }
    for bytes in handed.bytes {
      #expect(Self.found(secrets, in: bytes) == nil, words)
    }
    // Who may have nothing hears what one hears who asks for what never was.
    if allowed.isEmpty {
      // Asked for again: a bundle from the start queued what the reader's own node wrote elsewhere,
      // which a pull after it serves once more.
      let again = try await world.everything(of: owner, to: reader, curiosity)
      let nothing = try await world.everything(of: owner, to: reader, curiosity.aboutNothing)
      #expect(nothing.bytes.count == again.bytes.count, words)
      let answers = try await (
        world[owner].store.read(
          AnswerFetch(requester: BundleWorld.code(reader), request: curiosity.request)),
        world[owner].store.read(
          AnswerFetch(
            requester: BundleWorld.code(reader), request: curiosity.aboutNothing.request))
      )
      #expect(answers.0.encoded() == answers.1.encoded(), words)
    }
  }

  private static func key(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The first secret that stands in the bytes.
  private static func found(_ secrets: [UInt64: String], in bytes: [UInt8]) -> String? {
    var window: UInt64 = 0
    for (index, byte) in bytes.enumerated() {
      window = window << 8 | UInt64(byte)
      if index >= 7, let secret = secrets[window] { return secret }
    }
    return nil
  }

  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func `security T11 random audiences: every way of asking gives no more than is allowed`(
    _ seed: UInt64
  ) async throws {
    let world = try await world()
    var random = SeededGenerator(seed: seed)
    var ledgered: [Ledgered] = []
    for _ in 0..<2 {
      let to = MembershipStatement.grant(Grant(agency: BundleWorld.code("T"), ground: .to))
      ledgered.append(try await write([to], by: "H", in: nil, world, &random))
    }
    try await world.settle(Self.nodes)
    for number in 1...24 {
      let index = Int.random(in: 0..<2, using: &random)
      ledgered[index] = try await step(in: ledgered[index], world, &random)
      try await world.settle(Self.nodes)
      guard number % 3 == 0 else { continue }
      let curiosity = try await curiosity(ledgered, world)
      for owner in ["H", "T"] {
        for reader in Self.nodes where reader != owner {
          try await check(owner, to: reader, ledgered, curiosity, world)
        }
      }
    }
  }
}
