package import Ledger

/// What became of a page.
package struct TakenPage: Sendable {
  /// Change sets stored, those released included.
  package var stored: Int
  /// Change sets that were here already.
  package var known: Int
  /// Change sets held.
  package var held: Int
  /// Change sets rejected.
  package var rejected: Int
  /// Where this node stands now.
  package var cursor: Cursor
  /// The signed receipt to send, also after an empty page, in case the one before was lost; nil
  /// when there is nothing to acknowledge yet.
  package var receipt: SignedObject?
  /// Change sets and entries to ask for at once, the deliverer first.
  package var wanted: [ChangeSetID]
  /// Nodes with new lines in this node's outbox.
  package var readers: [AgencyCode]
  /// Whether the directory changed.
  package var changedDirectory: Bool
  /// Whether the peer has numbers that did not come yet: ask again at once.
  package var hasMore: Bool
  /// Whether the peer's outbox is another than before, or heard of for the first time: ask again
  /// at once, and reconcile with the peer.
  package var isNewOutbox: Bool
  /// Nodes to compare with, since an agency of this node was let into a dossier again.
  package var regranting: Set<AgencyCode> = []
}

extension TakenPage {
  /// What becomes of a page whose numbers are all here: nothing.
  init(nothingBeyond cursor: Cursor) {
    self.init(
      stored: 0, known: 0, held: 0, rejected: 0, cursor: cursor, receipt: nil, wanted: [],
      readers: [], changedDirectory: false, hasMore: false, isNewOutbox: false)
  }
}

/// Why a page was not taken; nothing of it was stored.
package enum PageRefusal: String, Error, Sendable, CaseIterable {
  /// Not a page in its lawful form, or over a limit.
  case malformed
  /// The head statement is not the peer's, or not signed by a key of it, or not for this node.
  case headStatement
  /// The deliveries are not the ones the head statement signs.
  case digest
  /// The first number is not the next one, and nobody asked from there on: a reader that was pushed
  /// to answers where it stands.
  case gap
  /// Numbers leave one out, or go back: inside the page, or before the first one asked for.
  case withheld
  /// The running hash does not lead to the one signed.
  case runningHash
  /// The peer's outbox stands behind what it showed before.
  case wentBack
  /// More is held from this peer than the limit.
  case full
  /// The next number cannot be taken, and a receipt names no more of them.
  case untaken
  /// The log of the directory has a hole here, so whose page it is is not known.
  case hole
}

/// Takes a page of a peer's outbox: judges, stores or holds, releases, folds, moves the cursor,
/// in one transaction, and signs the receipt.
///
/// A page is checked as a whole first (head statement, digest, numbers, running hash); after that
/// every change set is judged alone and none blocks another.
package struct TakeDeliveries: StoreWork {
  /// The peer whose outbox it is.
  package var peer: AgencyCode
  /// The page as it came.
  package var page: DeliveryPage
  /// Who signs the receipt: the agency that runs this node.
  package var signatory: Signatory
  /// The business clock.
  package var now: Timestamp
  /// The seals checked so far.
  package var seals = SealMemory()
  /// The positions of the page to take; the rest is left for another transaction.
  var range: Range<Int>
  /// Whether numbers that are here already are passed over: a bundle begins at the newest receipt
  /// its sender had, and pages may have come another way since.
  package var passesOverKnown = false
  /// Positions whose content the store refused when tried alone: passed over and told as untaken,
  /// as is what belongs to a dossier with a hole.
  var unstorable: Set<Int> = []

  /// What the page answers; nil for one that came unasked, by a push or in a bundle.
  package var question: PullSession.Question?

  /// Takes the whole page.
  package init(peer: AgencyCode, page: DeliveryPage, signatory: Signatory, now: Timestamp) {
    self.peer = peer
    self.page = page
    self.signatory = signatory
    self.now = now
    range = page.deliveries.indices
  }

  package func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> Swift.Result<TakenPage, PageRefusal> {
    let node = try transaction.node()
    let directory = try transaction.directory()
    // A lost entry may have withdrawn the key of the page: nothing of it is taken or signed for.
    if let directory, directory.isHoled { return .failure(.hole) }
    let known = try transaction.cursor(of: peer)
    guard let head = verifiedHead(node: node, directory, newest: known?.head) else {
      return .failure(.headStatement)
    }
    guard head.page == page.digest else {
      return try refuse(.digest, .brokenPage, "outbox \(head.outbox)", in: transaction)
    }
    if isOvertaken(known) { return .failure(.gap) }
    var cursor = known ?? Cursor(peer: peer, outbox: head.outbox)
    let isNewOutbox = known?.outbox != head.outbox
    if passesOverKnown, !isNewOutbox {
      return try beyondKnown(cursor, head).map { try $0.run(transaction) }
        ?? .success(TakenPage(nothingBeyond: cursor))
    }
    if isNewOutbox, known != nil {
      cursor = Cursor(peer: peer, outbox: head.outbox)
      try transaction.raise([
        alarm(.newOutbox, "outbox \(head.outbox)")
      ])
    }
    if try transaction.heldBytes(from: peer) > Limits.heldBytesPerPeerMax {
      return .failure(.full)
    }
    switch walk(from: cursor, head: head) {
    case .failure(let refusal):
      let kind: Alarm.Kind = refusal == .runningHash ? .brokenPage : .withholding
      if refusal == .gap { return .failure(refusal) }
      return try refuse(refusal, kind, "outbox \(head.outbox) \(cursor.number)", in: transaction)
    case .success(let end):
      return try take(
        to: end, head: head, cursor, isNewOutbox, node: node, in: transaction)
    }
  }

  /// The same work without the numbers up to the cursor; nil when the page shows nothing newer.
  private func beyondKnown(_ cursor: Cursor, _ head: HeadStatement) -> TakeDeliveries? {
    guard head.number >= cursor.number else { return nil }
    let first =
      page.deliveries.firstIndex { $0.number > cursor.number } ?? page.deliveries.endIndex
    var rest = self
    rest.passesOverKnown = false
    let start = max(range.lowerBound, first)
    rest.range = start..<max(start, range.upperBound)
    return rest
  }

  private func take<T: StoreTransaction & ~Copyable>(
    to end: OutboxWalk, head: HeadStatement, _ former: Cursor, _ isNewOutbox: Bool,
    node: NodeRecord, in transaction: borrowing T
  ) throws -> Swift.Result<TakenPage, PageRefusal> {
    var intake = try Intake(node: node, sender: peer, now: now, seals: seals, in: transaction)
    let known = intake.directory?.graph.count
    try intake.prepare(page.deliveries[range].compactMap(\.received), in: transaction)
    var cursor = former
    let (counts, stop) = take(into: &intake, &cursor)
    if let stop {
      let alarm = alarm(.untaken, "outbox \(head.outbox)")
      if stop == range.lowerBound {
        try transaction.raise([alarm])
        return .failure(.untaken)
      }
      intake.raise(alarm)
    }
    let released = try intake.release(in: transaction)
    var wanted = intake.wanted
    if let entry = head.directory, try isUnknown(entry, in: transaction, intake) {
      wanted.append(entry)
    }
    let readers = try intake.finish(in: transaction)
    let reached = stop.map { walk(from: former, to: $0) } ?? end
    (cursor.number, cursor.runningHash) = (reached.number, reached.hash)
    cursor.announced = max(cursor.announced, head.number)
    cursor.directory = head.directory
    cursor.head = page.head
    cursor.untaken.removeAll { intake.has($0) }
    if !range.isEmpty || cursor.receivedAt == nil { cursor.receivedAt = now }
    if cursor != former || isNewOutbox { try transaction.move(cursor) }
    return .success(
      TakenPage(
        stored: (counts[.stored] ?? 0) + released, known: counts[.known] ?? 0,
        held: max(0, (counts[.held] ?? 0)), rejected: counts[.rejected] ?? 0, cursor: cursor,
        receipt: cursor.number == 0 ? nil : receipt(for: cursor), wanted: wanted,
        readers: readers, changedDirectory: intake.directory?.graph.count != known,
        hasMore: cursor.number < head.number, isNewOutbox: isNewOutbox,
        regranting: intake.regranting))
  }

  /// Hands the deliveries to the intake and lists those that cannot be taken, up to the first that
  /// a receipt could not name.
  ///
  /// - Returns: what became of the change sets, and the position of that one; nil without one.
  private func take(
    into intake: inout Intake, _ cursor: inout Cursor
  ) -> (counts: [Intake.Taken: Int], stop: Int?) {
    var counts: [Intake.Taken: Int] = [:]
    for index in range {
      let delivery = page.deliveries[index]
      guard let received = delivery.received else { continue }
      let isPassed = unstorable.contains(index) || intake.isHoled(received)
      var isFaulty = false
      if isPassed {
        intake.raise(alarm(.unstorable, "\(received.id)"))
      } else {
        let (taken, hasFaults) = intake.take(received, from: peer)
        counts[taken, default: 0] += 1
        isFaulty = hasFaults
      }
      guard isPassed || isFaulty else { continue }
      let untaken = UntakenNumber(delivery.number, carrying: received)
      guard !intake.has(untaken) else { continue }
      if cursor.untaken.count >= Limits.untakenMax { cursor.untaken.removeAll { intake.has($0) } }
      guard cursor.untaken.count < Limits.untakenMax else { return (counts, index) }
      cursor.untaken.append(untaken)
    }
    return (counts, nil)
  }

  private func isUnknown<T: StoreTransaction & ~Copyable>(
    _ entry: ChangeSetID, in transaction: borrowing T, _ intake: Intake
  ) throws -> Bool {
    guard intake.directory?.graph.contains(entry) != true else { return false }
    return try transaction.heldCopies([entry]).isEmpty
  }

  private func receipt(for cursor: Cursor) -> SignedObject {
    SignedObject(
      signing: Receipt(
        signer: signatory.agency, key: signatory.key.keyID, destination: peer,
        outbox: cursor.outbox, number: cursor.number, runningHash: cursor.runningHash,
        storedAt: now, untaken: cursor.untaken.map(\.number)), with: signatory.key)
  }
}

extension TakeDeliveries {
  /// The head statement, when the peer signed it for this node.
  ///
  /// A key that our own directory has withdrawn since, or does not know yet, is settled by the
  /// request's own signature before a page comes here; before there is a directory nothing is.
  /// The statement that ended the page before was checked then: a quiet peer sends it again.
  private func verifiedHead(
    node: NodeRecord, _ directory: Directory?, newest: SignedObject?
  ) -> HeadStatement? {
    guard let claim = page.head.claim(as: HeadStatement.self), claim.signer == peer,
      claim.reader == node.agency,
      let key = directory?.current.agency(peer)?.key(claim.key)?.verification
    else { return nil }
    if page.head == newest { return claim }
    return page.head.verified(as: HeadStatement.self, by: key)
  }

  /// Whether the cursor has moved since the page was asked for: somebody else took a later one, so
  /// that this one shows less is no evidence against the peer.
  private func isOvertaken(_ known: Cursor?) -> Bool {
    guard let question, range.lowerBound == 0 else { return false }
    return question.outbox != known?.outbox || question.after != known?.number ?? 0
  }

  /// Checks the numbers and the running hash; gives where the range ends.
  private func walk(
    from cursor: Cursor, head: HeadStatement
  ) -> Swift.Result<OutboxWalk, PageRefusal> {
    let next = page.deliveries.dropFirst(range.lowerBound).first?.number
    // What was pushed, or is the second half of a page, may be overtaken by a later one.
    let isUnasked = question == nil || range.lowerBound > 0
    if isUnasked, let next, next > 0, next <= cursor.number { return .failure(.gap) }
    if head.number < cursor.number { return .failure(.wentBack) }
    if range.lowerBound == 0, let next, next != cursor.number + 1 {
      // What was asked for begins at the next number; what came unasked may follow what is lost.
      return .failure(next == 0 || question != nil ? .withheld : .gap)
    }
    var walk = OutboxWalk(head.outbox, from: cursor.number, hash: cursor.runningHash)
    var end = walk
    for (index, delivery) in page.deliveries.enumerated() where index >= range.lowerBound {
      guard walk.take(delivery), delivery.number <= head.number else {
        return .failure(.withheld)
      }
      if index < range.upperBound { end = walk }
    }
    if walk.number == head.number, walk.hash != head.runningHash {
      return .failure(.runningHash)
    }
    return .success(end)
  }

  /// Where the range stands before a position, when the whole of it follows from the cursor.
  private func walk(from cursor: Cursor, to position: Int) -> OutboxWalk {
    page.deliveries[range.lowerBound..<position].reduce(
      into: OutboxWalk(cursor.outbox, from: cursor.number, hash: cursor.runningHash)
    ) { walk, delivery in _ = walk.take(delivery) }
  }

  private func alarm(_ kind: Alarm.Kind, _ subject: String) -> Alarm {
    Alarm(
      peer: peer, kind: kind, subject: subject,
      evidence: page.head.body + page.head.signature, at: now)
  }

  private func refuse<T: StoreTransaction & ~Copyable>(
    _ refusal: PageRefusal, _ kind: Alarm.Kind, _ subject: String, in transaction: borrowing T
  ) throws -> Swift.Result<TakenPage, PageRefusal> {
    try transaction.raise([alarm(kind, "\(refusal.rawValue) \(subject)")])
    return .failure(refusal)
  }
}

extension Delivery {
  /// The change set; nil for a blank.
  var received: ReceivedChangeSet? {
    if case .changeSet(let received) = content { received } else { nil }
  }
}

extension Store {
  /// Takes a page, halving it where the store refuses the content of something in it, so that one
  /// bad delivery is told as untaken while the rest goes on.
  package func take(_ work: TakeDeliveries) async throws -> Swift.Result<TakenPage, PageRefusal> {
    do {
      return try await write(work)
    } catch  where belongsToContent(error) && !work.range.isEmpty {
      guard work.range.count > 1 else {
        var passing = work
        passing.unstorable.insert(work.range.lowerBound)
        return try await write(passing)
      }
      let middle = work.range.lowerBound + work.range.count / 2
      var (first, second) = (work, work)
      first.range = work.range.lowerBound..<middle
      second.range = middle..<work.range.upperBound
      let reached = work.page.deliveries[middle - 1].number
      return try await joined(take(first), to: reached) { try await self.take(second) }
    }
  }

  /// What both halves brought together; a first one that stops before its end is the last.
  private func joined(
    _ first: Swift.Result<TakenPage, PageRefusal>, to reached: UInt64,
    _ next: () async throws -> Swift.Result<TakenPage, PageRefusal>
  ) async throws -> Swift.Result<TakenPage, PageRefusal> {
    guard case .success(let before) = first, before.cursor.number >= reached,
      case .success(var after) = try await next()
    else { return first }
    after.stored += before.stored
    after.known += before.known
    after.held += before.held
    after.rejected += before.rejected
    after.wanted = Set(after.wanted + before.wanted).sorted()
    after.readers = Set(after.readers + before.readers).sorted()
    after.changedDirectory = after.changedDirectory || before.changedDirectory
    after.isNewOutbox = after.isNewOutbox || before.isNewOutbox
    after.regranting.formUnion(before.regranting)
    return .success(after)
  }
}
