import Exchange
import Ledger
import Samples

extension Province {
  /// Beyond so many lines a newcomer's outboxes are not made: 2,000,000 take about a GiB.
  private static let linesMax = 2_000_000

  /// Everything that is measured, in the order of a node's life.
  mutating func measures() throws -> [Measure] {
    var list: [Measure] = []
    let before = Usage.memory
    try settle(officeStore, office)
    _ = try officeStore.writeNow(FoldedDirectory())
    list.append(measure("directory kept by a node", "MiB", Usage.memory - before))
    list += try join()
    try open()
    list += try steps()
    list += try changeDirectory()
    let peers = try memberStore.readNow(Peers())
    list.append(measure("peers that a node follows, each by a long poll", "", Double(peers)))
    return list
  }

  private func measure(_ name: String, _ unit: String, _ value: Double?) -> Measure {
    Measure(name: name, unit: unit, value: value)
  }

  private func settle(_ store: MemoryStore, _ agency: SampleAgency) throws {
    try store.writeNow(
      Settle(agency: agency.code, outbox: Entropy.system.outboxID(), graph: directory.graph))
  }

  /// What a newcomer is given, what it takes to check it, and whom it tells of it.
  private func join() throws -> [Measure] {
    let answer = try officeStore.readNow(AnswerJoin(agency: member.code, key: member.key.keyID))
    guard case .admitted(let deliveries) = answer else {
      throw GrowthError(description: "not admitted")
    }
    let bytes = Double(answer.encoded().count)
    let received = deliveries.compactMap { delivery -> ReceivedChangeSet? in
      if case .changeSet(let received) = delivery.content { received } else { nil }
    }
    let checking = try Usage.measured { try check(received) }
    var lines: Double?
    var taking: Double?
    if 2 * size * size <= Self.linesMax {
      let newcomer = MemoryStore { _, _ in MemoryProjection(rows: [], digest: nil) }
      try newcomer.writeNow(
        InitializeNode(
          NodeRecord(
            agency: member.code, outbox: Entropy.system.outboxID(),
            directory: directory.graph.id)))
      let work = TakeFetched(peer: office.code, deliveries: deliveries, now: .sample)
      taking = try Usage.measured { try newcomer.writeNow(work) }.microseconds / 1_000
      lines = Double(try newcomer.readNow(WaitingLines()))
    }
    return [
      measure("join: bytes of the answer", "KiB", bytes / 1_024),
      measure("join: checking the directory", "ms", checking.microseconds / 1_000),
      measure("join: taking it, with what is queued for others", "ms", taking),
      measure("join: lines that the newcomer queues for others", "", lines),
    ]
  }

  /// Judges and folds a directory as it comes, as whoever takes it does.
  private func check(_ received: [ReceivedChangeSet]) throws {
    var seals = SealVerifier()
    var graph = DossierGraph(directory.graph.id)
    var folded: Directory?
    for copy in received {
      let judge = Judge(pinned: graph.id, directory: folded)
      guard case .stored(let entry) = judge.judge(copy, in: graph, seals: &seals).verdict else {
        throw GrowthError(description: "an entry of the directory is not taken")
      }
      graph.insert(entry, directory: nil)
      if folded == nil { folded = Directory(founding: entry) } else { folded?.insert(entry) }
    }
    guard folded?.current.agencies.count == size else {
      throw GrowthError(description: "the directory has not all agencies")
    }
  }

  /// The everyday: the office's pages for many, one agency's pull, a letter, a look of a long poll.
  private mutating func steps() throws -> [Measure] {
    try settle(memberStore, member)
    _ = try memberStore.writeNow(FoldedDirectory())
    let readers = members.dropLast().suffix(20)
    let pages = try Usage.measured { try readers.map { try serve($0, after: nil) } }
    let deliveries = Double(pages.result.map(\.count).reduce(0, +))
    let first = try serve(member, after: nil)
    let taking = try Usage.measured { try take(first) }
    guard taking.result.stored >= 4 else { throw GrowthError(description: "dossiers are missing") }
    var cursor = taking.result.cursor
    let letters = 20
    var (writing, serving, reading) = (0.0, 0.0, 0.0)
    for number in 0..<letters {
      let draft = Draft(
        dossier: shared[number % shared.count], parts: [Part(records: [letter()])])
      writing += try Usage.measured { try append([draft]) }.microseconds
      let page = try Usage.measured { try serve(member, after: cursor) }
      serving += page.microseconds
      let taken = try Usage.measured { try take(page.result) }
      reading += taken.microseconds
      guard taken.result.stored == 1 else { throw GrowthError(description: "no letter came") }
      cursor = taken.result.cursor
    }
    let looks = 1_000
    let looking = try Usage.measured {
      for _ in 0..<looks {
        _ = try officeStore.readNow(
          HasDeliveries(reader: member.code, outbox: cursor.outbox, after: cursor.number))
      }
    }
    let each = Double(letters)
    return [
      measure("pull: bytes of an agency's page", "KiB", Double(first.bytes.count) / 1_024),
      measure("pull: taking it", "ms", taking.microseconds / 1_000),
      measure(
        "office: a page, for each change set in it", "µs", pages.microseconds / deliveries),
      measure("letter: writing it at the office", "µs", writing / each),
      measure("letter: its page at the office", "µs", serving / each),
      measure("letter: taking it", "µs", reading / each),
      measure(
        "office: looks of all long polls at one commit", "ms",
        looking.microseconds / Double(looks) * Double(size - 1) / 1_000),
    ]
  }

  /// One more agency, until one other knows it.
  private mutating func changeDirectory() throws -> [Measure] {
    let waiting = try officeStore.readNow(WaitingLines())
    let agency = SampleAgency("990000-N", kind: "unit", &bytes)
    let admission = Proposal.Change.admission(
      entry: agency.entry, key: agency.key.publicKey,
      particulars: agency.particulars(Self.people(&bytes)))
    let proposal = Proposal(basedOn: directory.newest, change: admission)
    let place = directory.graph.id
    let writing = try Usage.measured {
      let proposed = try append([
        Draft(dossier: place, parts: [Part(directory: [.proposal(proposal)])])
      ])
      let finalization = Finalization(proposal: proposed[0].id, countersignatures: [])
      try append([
        Draft(dossier: place, parts: [Part(directory: [.finalization(finalization)])])
      ])
    }
    let lines = try officeStore.readNow(WaitingLines()) - waiting
    let cursor = try memberStore.readNow(CursorOf(office.code))
    let page = try Usage.measured { try serve(member, after: cursor) }
    let taking = try Usage.measured { try take(page.result) }
    guard taking.result.changedDirectory else {
      throw GrowthError(description: "the directory did not change")
    }
    let told = try memberStore.readNow(WaitingLines())
    return [
      measure("admission: writing it", "ms", writing.microseconds / 1_000),
      measure("admission: lines that the registrar queues", "", Double(lines)),
      measure("admission: its page for one node", "ms", page.microseconds / 1_000),
      measure("admission: taking it at one node", "ms", taking.microseconds / 1_000),
      measure("admission: lines that this node queues for others", "", Double(told)),
      measure(
        "admission: deliveries until all know it", "",
        Double(2 * (size - 1) + told * (size - 1))),
    ]
  }
}
