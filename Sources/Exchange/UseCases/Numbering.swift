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
/// Lines of one dossier keep the order in which they were queued, which is that of ancestry.
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
  private var isFull = false
  /// What was numbered, ascending.
  private(set) var deliveries: [Delivery] = []

  /// Goes on from a position; `isFirst` lets one delivery in whatever its size.
  init(
    reader: AgencyCode, node: NodeRecord, position: OutboxPosition, room: Int, isFirst: Bool,
    deliveriesMax: Int, resealing: Resealing
  ) {
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
    var after: ChangeSetID?
    var batch = Limits.queuedBatchMin
    while !isFull, seen.count < Limits.queuedLinesPerPageMax {
      let front = try transaction.queued(for: reader, after: after, limit: batch)
      try takeDossiers(of: front, &shelf, in: transaction)
      guard front.count == batch else { break }
      after = front.last?.id
      batch = min(2 * batch, Limits.queuedBatchMax)
    }
    if !withdrawn.isEmpty { try transaction.unqueue(withdrawn, for: reader) }
    if !lines.isEmpty { try transaction.number([reader: lines]) }
  }

  /// Takes everything that waits of the dossiers of these lines, one dossier after the other.
  private mutating func takeDossiers<T: StoreTransaction & ~Copyable>(
    of front: [QueuedLine], _ shelf: inout Shelf, in transaction: borrowing T
  ) throws {
    // Of what is not stored nobody knows the dossier, and nothing is sent.
    try take(front.filter { $0.dossier == nil }.map(\.id), &shelf, in: transaction)
    var turns: [DossierID] = []
    var listed: Set<DossierID> = []
    for line in front where !seen.contains(line.id) {
      if let dossier = line.dossier, listed.insert(dossier).inserted { turns.append(dossier) }
    }
    var rest = turns[...]
    var width = Limits.queuedDossiersMin
    while !isFull, !rest.isEmpty, seen.count < Limits.queuedLinesPerPageMax {
      let next = Array(rest.prefix(width))
      rest = rest.dropFirst(width)
      width = min(2 * width, Limits.queuedDossiersMax)
      let queued = try transaction.queued(
        for: reader, of: next, limit: Limits.pageDeliveriesMax)
      try take(queued, &shelf, in: transaction)
    }
  }

  private mutating func take<T: StoreTransaction & ~Copyable>(
    _ queued: [ChangeSetID], _ shelf: inout Shelf, in transaction: borrowing T
  ) throws {
    var rest = queued.filter { seen.insert($0).inserted }[...]
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
      if !shelf.waits(id, for: reader) { withdrawn.append(id) }
      return
    }
    let delivery = Delivery(number: walk.number + 1, content: .changeSet(received))
    let isOnly = isFirst && deliveries.isEmpty
    let size = resealing.wireBytesMax(of: delivery)
    guard isOnly || size <= room else {
      isFull = true
      return
    }
    room -= size
    lines.append(walk.number(received))
    deliveries.append(delivery)
  }
}
