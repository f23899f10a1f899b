import Ledger

/// Gives numbers to queued lines until a page is full.
///
/// Which line comes next is free until it has a number, so a bulk load does not stand in the way of
/// a letter (decision record 0009):
///
/// 1. the directory, which every change set names;
/// 2. the dossiers in which a person's step waits, each with everything that waits of it;
/// 3. the rest in the order queued.
///
/// Lines of one dossier keep the order in which they were queued, which is that of ancestry.
struct Numbering {
  private let reader: AgencyCode
  private let node: NodeRecord
  private let isFirst: Bool
  private let deliveriesMax: Int
  private var room: Int
  private var number: UInt64
  private var hash: Hash256
  private var lines: [NumberedLine] = []
  private var withdrawn: [ChangeSetID] = []
  private var seen: Set<ChangeSetID> = []
  private var isFull = false
  /// What was numbered, ascending.
  private(set) var deliveries: [Delivery] = []

  /// Goes on from a position; `isFirst` lets one delivery in whatever its size.
  init(
    reader: AgencyCode, node: NodeRecord, position: OutboxPosition, room: Int, isFirst: Bool,
    deliveriesMax: Int
  ) {
    self.reader = reader
    self.node = node
    self.isFirst = isFirst
    self.deliveriesMax = deliveriesMax
    self.room = room
    (number, hash) = (position.number, position.runningHash)
  }

  /// Numbers what fits, and withdraws what the reader may no longer have.
  mutating func run<T: StoreTransaction & ~Copyable>(
    _ shelf: inout Shelf, in transaction: borrowing T
  ) throws {
    if let directory = node.directory {
      let entries = try transaction.queued(
        for: reader, of: directory, limit: Limits.pageDeliveriesMax)
      try take(entries, &shelf, in: transaction)
    }
    if !isFull { try take(transaction.urgent(for: reader), &shelf, in: transaction) }
    var after: ChangeSetID?
    var batch = Limits.queuedBatchMin
    while !isFull, seen.count < Limits.queuedLinesPerPageMax {
      let queued = try transaction.queued(for: reader, after: after, limit: batch)
      try take(queued, &shelf, in: transaction)
      guard queued.count == batch else { break }
      after = queued.last
      batch = min(2 * batch, Limits.queuedBatchMax)
    }
    if !withdrawn.isEmpty { try transaction.unqueue(withdrawn, for: reader) }
    if !lines.isEmpty { try transaction.number(lines, for: reader) }
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
    let delivery = Delivery(number: number + 1, content: .changeSet(received))
    let isOnly = isFirst && deliveries.isEmpty
    let size = delivery.wireBytes
    guard isOnly || size <= room else {
      isFull = true
      return
    }
    room -= size
    number += 1
    let parts = RunningHash.bits(of: received.parts.keys)
    hash = RunningHash.next(
      after: hash, outbox: node.outbox, number: number, change: id, parts: parts)
    lines.append(NumberedLine(number: number, id: id, parts: parts, runningHash: hash))
    deliveries.append(delivery)
  }
}
