package import Ledger

/// What became of fetched change sets.
package struct TakenFetch: Sendable {
  /// Stored now, those released included.
  package var stored: Int
  /// Still held of what came.
  package var held: Int
  /// What still is to be asked for.
  package var wanted: [ChangeSetID]
  /// Nodes with new lines in this node's outbox.
  package var readers: [AgencyCode]
  /// Whether the directory changed.
  package var changedDirectory: Bool
  /// Nodes to compare with, since an agency of this node was let into a dossier again, or a hole
  /// was filled that kept what they delivered from being taken.
  package var comparing: Set<AgencyCode> = []
}

extension TakenFetch {
  /// Nothing taken, and something queued for a node.
  init(queuedFor reader: AgencyCode) {
    self.init(stored: 0, held: 0, wanted: [], readers: [reader], changedDirectory: false)
  }
}

/// Takes change sets fetched outside the outbox: the same judging, without a cursor or a receipt.
///
/// What can be stored is, however much is held from the peer; beyond the limit nothing more is held
/// of it, since an answer may bring anything, also what nobody asked for.
package struct TakeFetched: StoreWork {
  private let peer: AgencyCode
  private let deliveries: [Delivery]
  private let now: Timestamp
  /// The seals checked so far.
  package var seals = SealMemory()

  /// Takes what a peer answered.
  package init(peer: AgencyCode, deliveries: [Delivery], now: Timestamp) {
    self.peer = peer
    self.deliveries = deliveries
    self.now = now
  }

  package func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> TakenFetch {
    var intake = try Intake(
      node: transaction.node(), sender: peer, now: now, seals: seals, in: transaction)
    let known = intake.directory?.graph.count
    let received = deliveries.compactMap(\.received)
    try intake.prepare(received, in: transaction)
    var counts: [Intake.Taken: Int] = [:]
    for copy in received where !intake.isHoled(copy) {
      counts[intake.take(copy, from: peer).taken, default: 0] += 1
    }
    let released = try intake.release(in: transaction)
    intake.limitHeld(
      to: Limits.heldBytesPerPeerMax - (try transaction.heldBytes(from: peer)))
    let wanted = intake.wanted
    let readers = try intake.finish(in: transaction)
    return TakenFetch(
      stored: (counts[.stored] ?? 0) + released, held: counts[.held] ?? 0, wanted: wanted,
      readers: readers, changedDirectory: intake.directory?.graph.count != known,
      comparing: intake.regranting)
  }
}

/// Judges held copies again whose objects have all come, which one transaction had no room left to
/// release; after a start also those that wait for something else than an object, which a newer
/// build may be able to read.
///
/// What an operator names is judged again whatever it waits for.
package struct RetryHeld: StoreWork {
  private let node: AgencyCode
  private var isAfterStart = false
  private var chosen: [HeldNotice]?
  private let now: Timestamp

  /// Tries once more.
  package init(node: AgencyCode, isAfterStart: Bool, now: Timestamp) {
    self.node = node
    self.isAfterStart = isAfterStart
    self.now = now
  }

  /// Tries these once more, as many as are judged at once.
  package init(node: AgencyCode, chosen: [HeldNotice], now: Timestamp) {
    self.node = node
    self.chosen = chosen
    self.now = now
  }

  /// The ids of as many of some copies, in their order, as one transaction judges again.
  package static func atOnce(_ notices: [HeldNotice]) -> [ChangeSetID] {
    var room = Limits.retriedBytesMax
    return notices.prefix { notice in
      room -= notice.byteCount
      return room > 0
    }.map(\.id)
  }

  package func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> TakenFetch {
    let ids = if let chosen { Self.atOnce(chosen) } else { try ready(in: transaction) }
    guard !ids.isEmpty else {
      return TakenFetch(stored: 0, held: 0, wanted: [], readers: [], changedDirectory: false)
    }
    var intake = try Intake(node: transaction.node(), sender: node, now: now, in: transaction)
    let known = intake.directory?.graph.count
    let copies = try transaction.heldCopies(ids)
    try intake.prepare(copies.map(\.received), in: transaction)
    let count = intake.judgeAgain(copies)
    let released = try intake.release(in: transaction)
    let wanted = intake.wanted
    let readers = try intake.finish(in: transaction)
    return TakenFetch(
      stored: count + released, held: 0, wanted: wanted, readers: readers,
      changedDirectory: intake.directory?.graph.count != known, comparing: intake.regranting)
  }

  /// The held ids that nothing keeps waiting, those whose objects have come first.
  private func ready<T: StoreTransaction & ~Copyable>(
    in transaction: borrowing T
  ) throws -> [ChangeSetID] {
    let oldest = try transaction.heldNotices(limit: Limits.idsPerQueryMax)
    let objects = Set(oldest.flatMap(\.missing)).sorted()
    let stored = try transaction.locate(objects)
    let rejected = try transaction.rejected(objects)
    let ready = oldest.filter { notice in
      notice.missing.allSatisfy { stored[$0] != nil || rejected[$0] != nil }
    }
    let others = isAfterStart ? ready.filter(\.missing.isEmpty) : []
    return Self.atOnce(ready.filter { !$0.missing.isEmpty } + others)
  }
}

/// What this node still waits for, and whom to ask: the deliverer first, then the other members.
///
/// Nobody is asked who is shut out of the dossier: the question alone would tell of it.
package struct ListWanted: StoreWork {
  /// One question to one peer.
  package struct Question: Sendable {
    /// Whom to ask.
    package var peer: AgencyCode
    /// What to ask for.
    package var request: FetchRequest
  }

  private let peers: [AgencyCode]
  private let start: ChangeSetID
  private let chosen: [HeldNotice]?

  /// Lists questions for these peers only; those not reachable are left out by the caller.
  ///
  /// - Parameters:
  ///   - peers: the peers.
  ///   - start: where each list begins when it is longer than a question may be.
  ///   - chosen: the held copies for which alone is asked; nil asks for all that is missing.
  package init(
    peers: [AgencyCode], from start: ChangeSetID = Entropy.system.changeSetID(),
    for chosen: [HeldNotice]? = nil
  ) {
    self.peers = peers
    self.start = start
    self.chosen = chosen
  }

  package func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> [Question] {
    let node = try transaction.node()
    let directory = try transaction.directory()
    // Whom a question may be put to is not known while entries are lost.
    guard directory?.isHoled != true else { return [] }
    let copies: [HeldNotice]
    var questions: [AgencyCode: Set<ChangeSetID>] = [:]
    if let chosen {
      copies = chosen
    } else {
      copies = try transaction.heldNotices(limit: Limits.fetchIDsMax)
      questions = try named(directory, in: transaction)
      for question in try ListLacking(peers: peers, from: start).run(transaction) {
        questions[question.peer, default: []].formUnion(question.request.ids)
      }
    }
    guard !copies.isEmpty || !questions.isEmpty else { return [] }
    let routing = Routing(node: node.agency, view: directory?.current)
    let dossiers = Set(copies.compactMap { $0.origin?.dossier }).sorted()
    let held = try transaction.heldExclusions(in: dossiers)
    let audiences = try transaction.graphs(dossiers).mapValues { graph in
      Audience(
        graph: graph, routing: routing, isDirectory: graph.id == node.directory,
        held: held[graph.id] ?? [])
    }
    for copy in copies {
      let audience = copy.origin.flatMap { audiences[$0.dossier] }
      var asked: Set<AgencyCode> = [copy.sender]
      if let author = copy.origin?.author, audience?.isBarred(author) != true {
        let host = routing.host(of: author)
        if audience?.isBarred(host) != true { asked.insert(host) }
      }
      asked.formUnion(audience?.askable ?? [])
      if copy.reason == .directoryEntry, let registrar = directory?.current.registrar {
        asked.insert(registrar)
      }
      // What waits for a seal or for bytes waits for another copy of itself.
      let ids = copy.missing.isEmpty ? [copy.id] : copy.missing
      for peer in asked where peers.contains(peer) {
        questions[peer, default: []].formUnion(ids)
      }
    }
    return questions.sorted { $0.key < $1.key }.map { peer, ids in
      let turns = ids.sorted { ($0 < start ? 1 : 0, $0) < ($1 < start ? 1 : 0, $1) }
      return Question(
        peer: peer, request: FetchRequest(ids: turns.prefix(Limits.fetchIDsMax).sorted()))
    }
  }

  /// The newest entries that peers name in their head statements and that are not here: a peer
  /// that knows more of the directory is asked for it.
  private func named<T: StoreTransaction & ~Copyable>(
    _ directory: Directory?, in transaction: borrowing T
  ) throws -> [AgencyCode: Set<ChangeSetID>] {
    guard let graph = directory?.graph else { return [:] }
    let cursors = try transaction.cursors().filter { cursor in
      peers.contains(cursor.peer) && cursor.directory.map { !graph.contains($0) } == true
    }
    guard !cursors.isEmpty else { return [:] }
    let entries = Set(cursors.compactMap(\.directory)).sorted()
    let held = Set(try transaction.heldCopies(entries).map(\.id))
    let rejected = try transaction.rejected(entries)
    var questions: [AgencyCode: Set<ChangeSetID>] = [:]
    for cursor in cursors {
      guard let entry = cursor.directory, !held.contains(entry), rejected[entry] == nil else {
        continue
      }
      questions[cursor.peer, default: []].insert(entry)
    }
    return questions
  }
}
