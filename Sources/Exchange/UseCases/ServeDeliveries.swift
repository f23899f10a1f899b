package import Ledger

/// What a reader is given.
package struct ServedPage: Sendable {
  /// The page in its wire form.
  package var bytes: [UInt8]
  /// The deliveries in it; with 0 a long poll waits and asks again.
  package var count: Int
  /// The number that it ends with.
  package var last: UInt64
  /// Whether the reader asked for another outbox than the one there is.
  package var isOtherOutbox: Bool
  /// Whether more lines wait behind it.
  package var hasMore: Bool
  /// Whether the reader claims numbers that were never given: `Confirming` asks it for the proof.
  package var isDoubted = false
  /// The line behind which the next serving begins to walk through the queue; nil at its front.
  package var place: ChangeSetID?
  /// Whether this serving came to the end of the queue.
  package var isThrough = true
}

/// Serves one page of a reader's outbox, to be committed before its bytes leave.
///
/// Numbers are given here, in the transaction that first serves a line, in the order of
/// `Numbering`. A line that the reader may
/// no longer have is left out when it has no number yet, and is a blank when it has one.
package struct ServeDeliveries: StoreWork {
  /// What a page in flight carries is bounded by how fast the line is.
  package static var isBrief: Bool { true }

  /// The node that asks, by the agency that runs it.
  package var reader: AgencyCode
  /// The outbox it knows; nil when it knows none.
  package var outbox: OutboxID?
  /// The number it has everything up to.
  package var after: UInt64
  /// h(after) as it knows it; nil when it does not say.
  package var hash: Hash256?
  /// The most bytes it takes.
  package var bytesMax: Int
  /// Who signs the head statement.
  package var signatory: Signatory
  /// The business clock.
  package var now: Timestamp
  /// For the blinds of change sets that are sealed again.
  package var entropy: Entropy
  /// Where the walk through the queue begins; nil is its front.
  ///
  /// As ``ServedPage/place`` of the serving before says. Behind a line that waits no more nothing
  /// is found, and the serving after it begins at the front.
  package var place: ChangeSetID?

  /// Serves the lines after a number.
  package init(
    reader: AgencyCode, outbox: OutboxID?, after: UInt64, hash: Hash256?,
    bytesMax: Int = Limits.pageBytesMax, signatory: Signatory, now: Timestamp,
    entropy: Entropy = .system
  ) {
    self.reader = reader
    self.outbox = outbox
    self.after = after
    self.hash = hash
    self.bytesMax = min(max(bytesMax, Limits.pageBytesMin), Limits.pageBytesMax)
    self.signatory = signatory
    self.now = now
    self.entropy = entropy
  }

  package func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> ServedPage {
    let node = try transaction.node()
    let directory = try transaction.wholeDirectory()
    guard outbox == node.outbox else {
      return try page([], node: node, directory, isOther: true, in: transaction)
    }
    if try claimsMore(node, in: transaction) {
      try NoteClaim(peer: reader, subject: "outbox \(node.outbox)", now: now).run(transaction)
      var empty = try page([], node: node, directory, isOther: false, in: transaction)
      empty.isDoubted = true
      return empty
    }
    var opening = try opening(node, directory, in: transaction)
    if !opening.again.isEmpty { try transaction.enqueue(opening.again) }
    if !opening.isFull {
      var numbering = Numbering(
        reader: reader, node: node, position: try transaction.position(of: reader), place: place,
        room: opening.room, isFirst: opening.deliveries.isEmpty,
        deliveriesMax: Limits.pageDeliveriesMax - opening.deliveries.count, resealing: resealing)
      try numbering.run(&opening.shelf, in: transaction)
      var served = try page(
        opening.deliveries + numbering.deliveries, node: node, directory, isOther: false,
        in: transaction)
      (served.place, served.isThrough) = (numbering.place, numbering.isThrough)
      return served
    }
    return try page(opening.deliveries, node: node, directory, isOther: false, in: transaction)
  }

  /// The page for a reader for whom nothing is queued, of the outbox that it asks for; nil when it
  /// takes a write: to queue a blank again, or to note a claim.
  func pageOfNumbered<T: StoreTransaction & ~Copyable>(
    in transaction: borrowing T
  ) throws -> ServedPage? {
    let node = try transaction.node()
    if try claimsMore(node, in: transaction) { return nil }
    let directory = try transaction.wholeDirectory()
    let opening = try opening(node, directory, in: transaction)
    guard opening.again.isEmpty else { return nil }
    return try page(opening.deliveries, node: node, directory, isOther: false, in: transaction)
  }

  /// What a page begins with: the lines that have their numbers.
  private struct Opening {
    var deliveries: [Delivery]
    var room: Int
    var isFull: Bool
    /// What is to be queued once more.
    var again: [OutboxLine]
    var shelf: Shelf
  }

  private func opening<T: StoreTransaction & ~Copyable>(
    _ node: NodeRecord, _ directory: Directory?, in transaction: borrowing T
  ) throws -> Opening {
    let numbered = try transaction.numbered(
      for: reader, after: after, limit: Limits.pageDeliveriesMax)
    var shelf = Shelf(routing: Routing(node: node.agency, view: directory?.current), node: node)
    var room = bytesMax - Limits.headStatementBytesMax
    let deliveries = try again(numbered, &shelf, &room, in: transaction)
    let isFull = deliveries.count < numbered.count || numbered.count == Limits.pageDeliveriesMax
    let owed = try owedAgain(Array(numbered.prefix(deliveries.count)), shelf, in: transaction)
    return Opening(deliveries: deliveries, room: room, isFull: isFull, again: owed, shelf: shelf)
  }

  /// Those of the lines served before that fit the page, read a batch at a time: a reader may ask
  /// for its outbox from any number, as often as it likes, and a page is all that it is given.
  private func again<T: StoreTransaction & ~Copyable>(
    _ numbered: [NumberedLine], _ shelf: inout Shelf, _ room: inout Int,
    in transaction: borrowing T
  ) throws -> [Delivery] {
    var deliveries: [Delivery] = []
    var rest = numbered[...]
    var batch = Limits.queuedBatchMin
    while !rest.isEmpty {
      let lines = rest.prefix(batch)
      rest = rest.dropFirst(batch)
      batch = min(2 * batch, Limits.queuedBatchMax)
      try shelf.load(lines.map(\.id), in: transaction)
      for line in lines {
        let delivery = shelf.again(line, for: reader)
        let size = resealing.wireBytesMax(of: delivery)
        guard deliveries.isEmpty || size <= room else { return deliveries }
        room -= size
        deliveries.append(delivery)
      }
    }
    return deliveries
  }

  private var resealing: Resealing {
    Resealing(signatory: signatory, now: now, entropy: entropy)
  }

  /// A reader that claims numbers we never gave: this database went back in time, or it lies.
  ///
  /// A claim proves nothing, so it raises an alarm and no more.
  private func claimsMore<T: StoreTransaction & ~Copyable>(
    _ node: NodeRecord, in transaction: borrowing T
  ) throws -> Bool {
    guard after > 0 else { return false }
    let position = try transaction.position(of: reader)
    var isBehind = after > position.number
    if !isBehind, let hash {
      let line = try transaction.numbered(for: reader, after: after - 1, limit: 1).first
      isBehind = line?.runningHash != hash
    }
    return isBehind
  }

  /// What is to be queued once more: what is a blank now though the reader is not put out, for its
  /// grant waits to be re-affirmed, or another agency of the node could read a part at the first
  /// serving.
  ///
  /// A blank uses up its number, so that what stands behind it need not wait.
  private func owedAgain<T: StoreTransaction & ~Copyable>(
    _ numbered: [NumberedLine], _ shelf: Shelf, in transaction: borrowing T
  ) throws -> [OutboxLine] {
    let blanks = numbered.filter { shelf.again($0, for: reader).received == nil }
    guard !blanks.isEmpty else { return [] }
    let receipted = try transaction.position(of: reader).receipted
    // What has a later line comes with that; else a reader that asks for the same number again and
    // again would have one line more each time.
    var later = try transaction.owes(
      blanks.map(\.id), to: reader, above: numbered.last?.number ?? 0)
    let newest = Set(numbered.reversed().filter { later.insert($0.id).inserted }.map(\.number))
    return blanks.filter { line in
      line.number > receipted && newest.contains(line.number)
        && (shelf.received(line.id, for: reader) != nil || shelf.waits(line.id, for: reader))
    }.map { OutboxLine(reader: reader, id: $0.id, isRepeated: true) }
  }

  private func page<T: StoreTransaction & ~Copyable>(
    _ deliveries: [Delivery], node: NodeRecord, _ directory: Directory?, isOther: Bool,
    in transaction: borrowing T
  ) throws -> ServedPage {
    let position = try transaction.position(of: reader)
    let lines = DeliveryPage.encode(resealing.resealed(deliveries))
    let statement = HeadStatement(
      signer: signatory.agency, key: signatory.key.keyID, reader: reader, outbox: node.outbox,
      number: position.number, runningHash: position.runningHash, directory: directory?.newest,
      page: .sha256(lines))
    let head = SignedObject(signing: statement, with: signatory.key)
    let last = deliveries.last?.number ?? after
    let hasMore =
      try !isOther
      && (last < position.number || transaction.isQueued(for: reader))
    return ServedPage(
      bytes: lines + DeliveryPage.encode(head: head), count: deliveries.count, last: last,
      isOtherOutbox: isOther, hasMore: hasMore, place: isOther ? nil : place)
  }
}

/// The change sets a page is made of, with the audiences of their dossiers.
struct Shelf {
  private let routing: Routing
  private let node: NodeRecord
  private var changeSets: [ChangeSetID: StoredChangeSet] = [:]
  private var audiences: [DossierID: Audience] = [:]
  /// The dossiers with a hole in their log here, which are looked at once.
  private var holed: Set<DossierID> = []
  /// What was asked for and is not here whole: who may have it is not known.
  private var lost: Set<ChangeSetID> = []

  init(routing: Routing, node: NodeRecord) {
    self.routing = routing
    self.node = node
  }

  /// Reads change sets, and the graphs and held excludes of their dossiers, a batch at a time.
  mutating func load<T: StoreTransaction & ~Copyable>(
    _ ids: [ChangeSetID], in transaction: borrowing T
  ) throws {
    let asked = ids.filter { changeSets[$0] == nil }
    let found = try transaction.changeSets(asked)
    let dossiers = Set(found.map(\.dossier))
      .filter { audiences[$0] == nil && !holed.contains($0) }.sorted()
    // A dossier with a hole keeps no other from the reader.
    let whole = try transaction.wholeGraphs(dossiers)
    holed.formUnion(whole.holed)
    try put(found, in: Array(whole.graphs.values), transaction)
    lost.formUnion(
      asked.filter { id in
        changeSets[id].flatMap { audiences[$0.dossier] }?.knows(id) != true
      })
  }

  /// Takes change sets and the graphs of their dossiers, as far as they are not here already, and
  /// reads the held excludes of these.
  mutating func put<T: StoreTransaction & ~Copyable>(
    _ found: [StoredChangeSet], in graphs: [DossierGraph], _ transaction: borrowing T
  ) throws {
    for changeSet in found { changeSets[changeSet.id] = changeSet }
    guard !graphs.isEmpty else { return }
    let held = try transaction.heldExclusions(in: graphs.map(\.id).sorted())
    for graph in graphs {
      audiences[graph.id] = Audience(
        graph: graph, routing: routing, isDirectory: graph.id == node.directory,
        held: held[graph.id] ?? [])
    }
  }

  /// The change sets of each dossier in the order of its graph, the dossiers ascending.
  func ordered(_ ids: [ChangeSetID]) -> [ChangeSetID] {
    let grouped = Dictionary(grouping: ids.filter { changeSets[$0] != nil }) { id in
      changeSets[id]?.dossier
    }
    return audiences.keys.sorted().flatMap { dossier -> [ChangeSetID] in
      let wanted = Set(grouped[dossier] ?? [])
      return audiences[dossier]?.order.filter(wanted.contains) ?? []
    }
  }

  /// The change set as the reader may have it.
  func received(_ id: ChangeSetID, for reader: AgencyCode) -> ReceivedChangeSet? {
    guard let changeSet = changeSets[id] else { return nil }
    return audiences[changeSet.dossier]?.disclosed(changeSet, to: reader)
  }

  /// Whether the line stays queued: the reader's grant only waits to be re-affirmed, or what it is
  /// about has a hole here that may be filled.
  func waits(_ id: ChangeSetID, for reader: AgencyCode) -> Bool {
    if lost.contains(id) { return true }
    guard let changeSet = changeSets[id] else { return false }
    let agencies = routing.agencies(at: reader)
    return agencies.contains { audiences[changeSet.dossier]?.isWaiting($0) == true }
  }

  /// A line served before: the very parts of its first serving, or a blank.
  func again(_ line: NumberedLine, for reader: AgencyCode) -> Delivery {
    let blank = Delivery(number: line.number, content: .blank(line.runningHash))
    guard var received = received(line.id, for: reader) else { return blank }
    received.parts = received.parts.filter { line.parts & 1 << UInt32($0.key) != 0 }
    guard RunningHash.bits(of: received.parts.keys) == line.parts else { return blank }
    return Delivery(number: line.number, content: .changeSet(received))
  }
}

extension Delivery {
  /// What the delivery adds to a page: its own bytes and under 16 of framing.
  var wireBytes: Int { encoded().count + 16 }
}
