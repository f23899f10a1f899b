import Ledger

/// Judges copies that came, and gathers what one transaction writes about them.
///
/// Everything a transaction takes goes through here: pages, fetched change sets, and held ones
/// that something stored has released. It is written at the end in a few batches by `finish`.
struct Intake {
  /// What became of one copy.
  enum Taken: Equatable {
    case stored
    case known
    case held
    case rejected
  }

  let node: NodeRecord
  let sender: AgencyCode
  let now: Timestamp
  private(set) var directory: Directory?
  private let pinned: DossierID
  private var seals: SealVerifier
  private var located: [ChangeSetID: DossierID] = [:]
  private var graphs: [DossierID: DossierGraph] = [:]
  /// The dossiers with a hole in their log here: nothing is judged in them before it is filled.
  private var holed: Set<DossierID> = []
  private var before: [DossierID: Set<AgencyCode>] = [:]
  private var touched: Set<DossierID> = []
  private var entries: [LogEntry] = []
  private var grown: [ChangeSetID: LogEntry] = [:]
  private var fresh: [ChangeSetID] = []
  private var rejected: [ChangeSetID: RejectionReason] = [:]
  private var quarantined: [QuarantinedDelivery] = []
  private var holding: [HeldCopy] = []
  private var releasing: Set<ChangeSetID> = []
  private(set) var alarms: [Alarm] = []
  /// The nodes that hold dossiers in which an agency of this node became a member once more.
  private(set) var regranting: Set<AgencyCode> = []
  private let viewBefore: DirectoryView?

  init<T: StoreTransaction & ~Copyable>(
    node: NodeRecord, sender: AgencyCode, now: Timestamp, seals: SealMemory = SealMemory(),
    in transaction: borrowing T
  ) throws {
    guard let pinned = node.directory else {
      throw ExchangeError(.notInitialized, "no directory is pinned yet", hint: "join first")
    }
    self.pinned = pinned
    self.node = node
    self.sender = sender
    self.now = now
    self.seals = SealVerifier(seals)
    directory = try transaction.directory()
    viewBefore = directory?.current
  }

  /// Reads what judging these copies takes, in a few batches.
  mutating func prepare<T: StoreTransaction & ~Copyable>(
    _ copies: [ReceivedChangeSet], in transaction: borrowing T
  ) throws {
    let dossiers = copies.compactMap { $0.origin?.dossier }
    let wanted = Set(dossiers).filter { graphs[$0] == nil && !holed.contains($0) }.sorted()
    let found = try transaction.wholeGraphs(wanted)
    for (dossier, graph) in found.graphs {
      graphs[dossier] = graph
      before[dossier] = graph.members
    }
    holed.formUnion(found.holed)
    let links = copies.flatMap { copy in
      [copy.id] + (copy.header?.links ?? []) + (copy.header?.directory.map { [$0] } ?? [])
    }
    let asked = Set(links).sorted()
    rejected.merge(try transaction.rejected(asked)) { $1 }
    located.merge(try transaction.locate(asked)) { $1 }
  }

  /// Whether a copy cannot be judged, for its dossier has a hole here, or the directory, by which
  /// everything is judged and routed.
  func isHoled(_ received: ReceivedChangeSet) -> Bool {
    if directory?.isHoled == true { return true }
    return received.origin.map { holed.contains($0.dossier) } ?? false
  }

  /// Whether what a number carried is here by now, or rejected, as far as these copies tell.
  func has(_ untaken: UntakenNumber) -> Bool {
    guard let id = untaken.change else { return false }
    var arrivals = Arrivals()
    if rejected[id] != nil { arrivals.add(rejected: id) }
    if let graph = located[id].flatMap({ graphs[$0] }) { arrivals.add(id, in: graph) }
    return arrivals.cover(untaken)
  }

  /// Judges one copy; broken pieces of it are dropped and told apart from the change set.
  ///
  /// - Returns: what became of it, and whether the delivery itself was at fault.
  mutating func take(
    _ received: ReceivedChangeSet, from sender: AgencyCode
  ) -> (taken: Taken, isFaulty: Bool) {
    let origin = received.origin
    if let reason = rejected[received.id] {
      refuse(received, from: sender, reason)
      return (.rejected, false)
    }
    if let dossier = origin?.dossier, let stored = graphs[dossier]?.changeSet(received.id) {
      return (.known, !grow(stored, by: received, in: dossier, from: sender))
    }
    let judge = Judge(
      pinned: pinned, directory: directory, rejected: Set(rejected.keys),
      foreign: foreign(to: origin?.dossier, among: received.header?.links ?? []))
    let judgement = judge.judge(
      received, in: origin.flatMap { graphs[$0.dossier] }, seals: &seals)
    for fault in judgement.faults { blame(sender, fault, received.id) }
    let taken: Taken
    switch judgement.verdict {
    case .rejected(let reason):
      rejected[received.id] = reason
      refuse(received, from: sender, reason)
      fresh.append(received.id)
      taken = .rejected
    case .held(let reason, let missing):
      hold(received.sound, from: sender, reason, missing)
      taken = .held
    case .stored(let changeSet):
      store(changeSet, from: sender)
      taken = .stored
    }
    return (taken, !judgement.faults.isEmpty)
  }

  private func foreign(
    to dossier: DossierID?, among links: [ChangeSetID]
  ) -> Set<ChangeSetID> {
    Set(links.filter { link in located[link].map { $0 != dossier } ?? false })
  }

  /// Judges again what waited for something stored (or rejected) since, until nothing moves.
  mutating func release<T: StoreTransaction & ~Copyable>(
    in transaction: borrowing T
  ) throws -> Int {
    var count = 0
    while !fresh.isEmpty, count < Limits.releasesPerTransactionMax {
      let moved = fresh
      fresh = []
      let waiting = Set(try transaction.held(awaiting: moved))
        .union(holding.filter { !$0.missing.allSatisfy { !moved.contains($0) } }.map(\.id))
      let copies =
        try transaction.heldCopies(waiting.sorted())
        + holding.filter { waiting.contains($0.id) }
      try prepare(copies.map(\.received), in: transaction)
      count += judgeAgain(copies)
    }
    return count
  }

  /// Judges held copies again, every sender's copy of one id together; those of a dossier with a
  /// hole stay held.
  mutating func judgeAgain(_ copies: [HeldCopy]) -> Int {
    let copies = copies.filter { !isHoled($0.received) }
    var count = 0
    for (id, copies) in Dictionary(grouping: copies, by: \.id).sorted(by: { $0.key < $1.key }) {
      for copy in copies.sorted(by: { $0.sender < $1.sender }) {
        let (taken, _) = take(Self.joined(copy.received, with: copies), from: copy.sender)
        guard taken != .held else { continue }
        holding.removeAll { $0.id == id }
        releasing.insert(id)
        count += taken == .stored ? 1 : 0
        break
      }
    }
    return count
  }

  /// Parts that match the header are sound whoever sent them; proofs stay each sender's own.
  private static func joined(
    _ received: ReceivedChangeSet, with copies: [HeldCopy]
  ) -> ReceivedChangeSet {
    var joined = received
    for copy in copies {
      joined.parts.merge(copy.received.parts) { mine, _ in mine }
    }
    return joined
  }
}

extension Intake {
  private mutating func store(_ changeSet: StoredChangeSet, from sender: AgencyCode) {
    let dossier = changeSet.dossier
    var graph =
      graphs.removeValue(forKey: dossier)
      ?? DossierGraph(dossier)
    graph.insert(changeSet, directory: dossier == pinned ? nil : directory)
    if dossier == pinned { advanceDirectory(by: changeSet, graph) }
    graphs[dossier] = graph
    located[changeSet.id] = dossier
    touched.insert(dossier)
    releasing.insert(changeSet.id)
    fresh.append(changeSet.id)
    entries.append(LogEntry(changeSet: changeSet, sender: sender, storedAt: now))
  }

  private mutating func advanceDirectory(by entry: StoredChangeSet, _ graph: DossierGraph) {
    if directory == nil {
      directory = Directory(graph: graph)
    } else {
      directory?.insert(entry)
    }
  }

  /// Adds parts that a stored change set lacked; says whether the copy's bytes were all sound.
  private mutating func grow(
    _ stored: StoredChangeSet, by copy: ReceivedChangeSet, in dossier: DossierID,
    from sender: AgencyCode
  ) -> Bool {
    let sound = copy.sound.parts
    for index in copy.parts.keys.sorted() where sound[index] == nil {
      blame(sender, .part(index), copy.id)
    }
    let more = sound.filter { index, part in
      stored.parts[index] == nil
        && graphs[dossier]?.refuses(part, at: PartPlace(change: stored.id, part: index)) != true
    }
    if !more.isEmpty {
      graphs[dossier]?.add(parts: more, to: stored.id)
      touched.insert(dossier)
      if let index = entries.firstIndex(where: { $0.changeSet.id == stored.id }) {
        entries[index].changeSet.add(more)
      } else {
        var entry =
          grown[stored.id] ?? LogEntry(changeSet: stored, sender: sender, storedAt: now)
        entry.changeSet.add(more)
        grown[stored.id] = entry
      }
    }
    return sound.count == copy.parts.count
  }

  private mutating func hold(
    _ copy: ReceivedChangeSet, from sender: AgencyCode, _ reason: HoldReason,
    _ missing: [ChangeSetID]
  ) {
    let bytes = max(
      Limits.heldBytesMin,
      copy.parts.values.reduce(copy.headerBytes.count) { $0 + $1.content.count + 64 })
    var held = HeldCopy(
      id: copy.id, sender: sender, received: copy, reason: reason, missing: missing,
      origin: copy.origin, since: now, byteCount: bytes)
    // Nobody asks it of what excludes nobody, so no signature is looked at for nothing.
    if !held.excludes.isEmpty { held.isWord = isWord(copy, from: sender) }
    holding.removeAll { $0.id == copy.id && $0.sender == sender }
    holding.append(held)
  }

  /// Whether what is not judged yet is its author's word: by its seal, or, under a key that is not
  /// known here yet, because it comes from the author's own node.
  ///
  /// A header in somebody's name is written by anybody, and would shut out whom it likes.
  private func isWord(_ copy: ReceivedChangeSet, from sender: AgencyCode) -> Bool {
    guard let author = copy.header?.author, let view = directory?.current else { return false }
    guard let key = copy.header.flatMap({ view.agency(author)?.key($0.key)?.verification }) else {
      return sender == view.host(of: author)
    }
    return copy.proof?.verify(id: copy.id, author: author, key: key) == true
  }

  private mutating func refuse(
    _ copy: ReceivedChangeSet, from sender: AgencyCode, _ reason: RejectionReason
  ) {
    quarantined.append(
      QuarantinedDelivery(
        id: copy.id, sender: sender, reason: reason, origin: copy.origin, since: now,
        bytes: Delivery(number: 0, content: .changeSet(copy)).encoded()))
    // One for each reason: which they are is told by the quarantine.
    alarms.append(
      Alarm(peer: sender, kind: .rejected, subject: reason.code, evidence: [], at: now))
  }

  private mutating func blame(
    _ sender: AgencyCode, _ fault: DeliveryFault, _ id: ChangeSetID
  ) {
    let piece =
      switch fault {
      case .seal: "seal"
      case .part(let index): "part \(index)"
      }
    alarms.append(
      Alarm(
        peer: sender, kind: .brokenDelivery, subject: "\(piece) \(id)", evidence: [], at: now))
  }

  /// Adds evidence of something else that was noticed.
  mutating func raise(_ alarm: Alarm) { alarms.append(alarm) }

  /// Holds only as many of the copies taken now as there is room for; those that came first.
  mutating func limitHeld(to bytes: Int) {
    var room = bytes
    holding.removeAll { copy in
      room -= copy.byteCount
      return room < 0
    }
  }

  /// What still waits of the copies taken now, for the next question to the sender.
  var wanted: [ChangeSetID] { Set(holding.flatMap(\.missing)).sorted() }
}

extension Intake {
  /// Writes everything and queues what others are owed now.
  ///
  /// - Returns: the nodes with new lines.
  mutating func finish<T: StoreTransaction & ~Copyable>(
    in transaction: borrowing T
  ) throws -> [AgencyCode] {
    if !releasing.isEmpty { try transaction.release(releasing.sorted()) }
    if !holding.isEmpty { try transaction.hold(holding) }
    if !quarantined.isEmpty { try transaction.quarantine(quarantined) }
    var lines: [OutboxLine] = []
    if !touched.isEmpty {
      let changed = touched.sorted().compactMap { graphs[$0] }
      let more = grown.values.sorted { $0.changeSet.id < $1.changeSet.id }
      try transaction.put(entries + more, graphs: changed)
      try transaction.project(changed, directory: directory)
      for graph in changed {
        noteForks(graph)
        noteRegrants(graph)
        lines += owed(in: graph)
      }
    }
    let arrivals = arrivals
    if !arrivals.isEmpty { try transaction.settle(arrivals, at: now) }
    if touched.contains(pinned) { lines += try rerouted(in: transaction) }
    if !lines.isEmpty { try transaction.enqueue(lines) }
    if !alarms.isEmpty { try transaction.raise(alarms) }
    return Set(lines.map(\.reader)).sorted()
  }

  /// What has come with these copies, or was destroyed or rejected: no number that carried it is
  /// named any more.
  private var arrivals: Arrivals {
    var arrivals = Arrivals()
    for id in quarantined.compactMap(\.id) { arrivals.add(rejected: id) }
    let stored = entries.map(\.changeSet) + grown.values.map(\.changeSet)
    for changeSet in stored {
      if let graph = graphs[changeSet.dossier] { arrivals.add(changeSet.id, in: graph) }
    }
    for graph in touched.compactMap({ graphs[$0] }) {
      for place in graph.destroyed { arrivals.add(place.change, in: graph) }
    }
    return arrivals
  }

  /// Lines for an agency that was taken for a node of its own before the directory told its host.
  private func rerouted<T: StoreTransaction & ~Copyable>(
    in transaction: borrowing T
  ) throws -> [OutboxLine] {
    guard let view = directory?.current else { return [] }
    var lines: [OutboxLine] = []
    for agency in view.agencies.keys.sorted() where view.host(of: agency) != agency {
      let host = view.host(of: agency)
      while true {
        let queued = try transaction.queued(
          for: agency, after: nil, limit: Limits.idsPerQueryMax
        ).map(\.id)
        guard !queued.isEmpty else { break }
        try transaction.unqueue(queued, for: agency)
        if host != node.agency { lines += queued.map { OutboxLine(reader: host, id: $0) } }
      }
    }
    return lines
  }

  private mutating func noteForks(_ graph: DossierGraph) {
    for fork in graph.forks {
      alarms.append(
        Alarm(
          peer: fork.author, kind: .fork,
          subject: "\(fork.dossier) \(fork.author) \(fork.sequence)", evidence: [], at: now))
    }
  }

  /// Notes whom to compare with since an agency of this node was let in again: what came about
  /// while it was out was told to everybody else.
  private mutating func noteRegrants(_ graph: DossierGraph) {
    guard let known = before[graph.id], graph.id != pinned else { return }
    let came = graph.members.subtracting(known)
    guard !came.isEmpty else { return }
    let routing = Routing(node: node.agency, view: directory?.current)
    let isAgain = routing.local.contains {
      came.contains($0) && !graph.repeatedGrants(to: $0).isEmpty
    }
    guard isAgain else { return }
    regranting.formUnion(graph.members.map { routing.host(of: $0) })
    regranting.remove(node.agency)
  }

  /// What this node owes since these change sets are stored: entries of the directory to every
  /// admitted node; its own change sets to whom the fold has made a member.
  private func owed(in graph: DossierGraph) -> [OutboxLine] {
    let routing = Routing(node: node.agency, view: directory?.current)
    if graph.id == pinned {
      let newNodes = routing.nodes.subtracting(
        Routing(node: node.agency, view: viewBefore).nodes)
      let mayAuthor = routing.local.contains { directory?.current.mayAuthor($0) == true }
      return routing.directoryLines(
        for: entries.map(\.changeSet).filter { $0.dossier == graph.id },
        newNodes: mayAuthor ? newNodes : [], graph: graph, except: sender)
    }
    let own = routing.local.compactMap { graph.head(of: $0) }
    guard !own.isEmpty else { return [] }
    let mine = graph.closure(of: own)
    var lines: [OutboxLine] = []
    for agency in graph.members.subtracting(before[graph.id] ?? []).sorted() {
      let reader = routing.host(of: agency)
      guard reader != node.agency, !graph.excluded.contains(reader) else { continue }
      // Whoever granted membership sends what the grants reach.
      let granted = graph.closure(of: graph.countingGrants(to: agency))
      lines += graph.order.filter { id in
        guard mine.contains(id) else { return false }
        let isOwn = graph.changeSet(id).map { routing.local.contains($0.header.author) } ?? false
        return isOwn || !granted.contains(id)
      }.map { OutboxLine(reader: reader, id: $0, isRepeated: true) }
    }
    return lines
  }
}

extension ReceivedChangeSet {
  /// The header, when it is one of the format this build knows.
  var header: ChangeSetHeader? {
    if case .header(let header) = reading { header } else { nil }
  }

  /// The copy without the parts whose bytes are not those the header promises.
  var sound: ReceivedChangeSet {
    guard let header else { return self }
    var sound = self
    sound.parts = parts.filter { index, part in
      header.parts.indices.contains(index) && part.matches(header.parts[index])
    }
    return sound
  }

  /// The place the header claims.
  var origin: ChangeSetOrigin? {
    header.map {
      ChangeSetOrigin(dossier: $0.dossier(id: id), author: $0.author, sequence: $0.sequence)
    }
  }
}
