import Ledger

/// Gives numbers to queued lines until a page is full.
///
/// Which line comes next is free until it has a number, so a bulk load does not stand in the way of
/// a letter (decision record 0009):
///
/// 1. the directory, which every change set names;
/// 2. the dossiers in which a person's step waits, each with everything that waits of it;
/// 3. the rest dossier by dossier, the one that has waited longest first: a reader folds a dossier
///    once for all that came of it (decision record 0016).
///
/// Lines of one dossier keep the order in which they were queued, which is that of ancestry. A line
/// whose grant waits to be re-affirmed, or whose dossier has a hole, stays where it is. One
/// serving passes over so many of them and no more; the next goes on behind ``place``.
struct Numbering {
  private let reader: AgencyCode
  private let node: NodeRecord
  private let isFirst: Bool
  private let deliveriesMax: Int
  private let resealing: Resealing
  private var room: Int
  private var walk: OutboxWalk
  private var lines: [NumberedLine] = []
  private var withdrawn: [ChangeSetID] = []
  private var seen: Set<ChangeSetID> = []
  private var seenMax = 0
  private var waiting: Set<ChangeSetID> = []
  private var isFull = false
  /// What was numbered, ascending.
  private(set) var deliveries: [Delivery] = []
  /// The line behind which the next walk through the queue begins; nil at its front.
  private(set) var place: ChangeSetID?
  /// Whether the queue was looked through to its end.
  private(set) var isThrough = false

  /// Goes on from a position; `isFirst` lets one delivery in whatever its size.
  init(
    reader: AgencyCode, node: NodeRecord, position: OutboxPosition, place: ChangeSetID?, room: Int,
    isFirst: Bool, deliveriesMax: Int, resealing: Resealing
  ) {
    self.place = place
    self.reader = reader
    self.node = node
    self.isFirst = isFirst
    self.deliveriesMax = deliveriesMax
    self.resealing = resealing
    self.room = room
    walk = OutboxWalk(node.outbox, from: position.number, hash: position.runningHash)
  }

  /// Numbers what fits, and withdraws what the reader may no longer have.
  mutating func run<T: StoreTransaction & ~Copyable>(
    _ shelf: inout Shelf, in transaction: borrowing T
  ) throws {
    if let directory = node.directory {
      let entries = try transaction.queued(
        for: reader, of: [directory], limit: Limits.pageDeliveriesMax)
      try take(entries, &shelf, in: transaction)
    }
    if !isFull { try take(transaction.urgent(for: reader), &shelf, in: transaction) }
    try walk(&shelf, in: transaction)
    if !withdrawn.isEmpty { try transaction.unqueue(withdrawn, for: reader) }
    if !lines.isEmpty { try transaction.number([reader: lines]) }
  }

  /// Looks through the queue until the page is full, from ``place`` on: a front of it, with all
  /// that waits of its dossiers, then the next.
  private mutating func walk<T: StoreTransaction & ~Copyable>(
    _ shelf: inout Shelf, in transaction: borrowing T
  ) throws {
    // Whatever was looked at before: what goes first and waits must not hide what follows.
    seenMax = seen.count + Limits.queuedLinesPerPageMax
    var after = place
    var batch = place == nil ? Limits.queuedBatchMin : Limits.queuedBatchMax
    while !isFull, seen.count < seenMax {
      let front = try transaction.queued(for: reader, after: after, limit: batch)
      try takeDossiers(of: front, &shelf, in: transaction)
      guard !isFull else { return }
      guard front.count == batch else {
        (place, isThrough) = (nil, true)
        return
      }
      // Every other line of the front has left the queue.
      place = front.last { waiting.contains($0.id) }?.id ?? place
      after = front.last?.id
      batch = min(2 * batch, Limits.queuedBatchMax)
    }
  }

  /// Takes everything that waits of the dossiers of these lines, one dossier after the other, then
  /// those of the lines themselves for which the dossiers before them have left no room.
  private mutating func takeDossiers<T: StoreTransaction & ~Copyable>(
    of front: [QueuedLine], _ shelf: inout Shelf, in transaction: borrowing T
  ) throws {
    var turns: [DossierID] = []
    var listed: Set<DossierID> = []
    for line in front where !seen.contains(line.id) {
      if let dossier = line.dossier, listed.insert(dossier).inserted { turns.append(dossier) }
    }
    var rest = turns[...]
    var width = Limits.queuedDossiersMin
    while !isFull, !rest.isEmpty, seen.count < seenMax {
      let next = Array(rest.prefix(width))
      rest = rest.dropFirst(width)
      width = min(2 * width, Limits.queuedDossiersMax)
      let queued = try transaction.queued(
        for: reader, of: next, limit: Limits.pageDeliveriesMax)
      try take(queued, &shelf, in: transaction)
    }
    // Of what is not stored nobody knows the dossier, and nothing is sent until it is here again.
    try take(front.map(\.id), &shelf, in: transaction)
  }

  private mutating func take<T: StoreTransaction & ~Copyable>(
    _ queued: [ChangeSetID], _ shelf: inout Shelf, in transaction: borrowing T
  ) throws {
    var rest = queued.filter { !seen.contains($0) }[...]
    var batch = Limits.queuedBatchMin
    while !isFull, !rest.isEmpty {
      let ids = Array(rest.prefix(batch))
      rest = rest.dropFirst(batch)
      batch = min(2 * batch, Limits.queuedBatchMax)
      try shelf.load(ids, in: transaction)
      for id in ids where !isFull { add(id, from: shelf) }
    }
  }

  private mutating func add(_ id: ChangeSetID, from shelf: Shelf) {
    guard deliveries.count < deliveriesMax else {
      isFull = true
      return
    }
    guard let received = shelf.received(id, for: reader) else {
      seen.insert(id)
      if shelf.waits(id, for: reader) { waiting.insert(id) } else { withdrawn.append(id) }
      return
    }
    let delivery = Delivery(number: walk.number + 1, content: .changeSet(received))
    let isOnly = isFirst && deliveries.isEmpty
    let size = resealing.wireBytesMax(of: delivery)
    guard isOnly || size <= room else {
      isFull = true
      return
    }
    seen.insert(id)
    room -= size
    lines.append(walk.number(received))
    deliveries.append(delivery)
  }
}
