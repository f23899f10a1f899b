import Exchange
import Ledger
import TestSupport

/// How a page was made to show less than there is.
enum Shortening {
  /// A number is missing inside it: told at once.
  case gap
  /// It says that the outbox stands behind what the reader has: told at once.
  case lower(UInt64)
  /// Its last line is a blank whose running hash does not lead to the one signed: told at once.
  case lie
}

/// A deliverer that leaves out of its pages what it should deliver, under its own signature.
///
/// Lines cut off the end of a page, or off its beginning, come with the next one. A blank in place
/// of a line is a lie that no number shows: what comes after it waits and is asked for, and where
/// nothing comes after it, the next comparison names it.
extension Simulation {
  /// What a page becomes on its way out.
  func withheld(
    _ page: DeliveryPage, from reader: AgencyCode, by node: SimulatedNode
  ) throws -> DeliveryPage {
    guard faults != nil, let first = page.deliveries.first, let last = page.deliveries.last else {
      return page
    }
    if node.code == foul.guest?.host, sideways(8) == 0 {
      return try blanked(page, from: reader, by: node) { $0.header.author == foul.guest?.code }
    }
    guard node.code == foul.withholder, sideways(4) == 0,
      let head = page.head.claim(as: HeadStatement.self)
    else { return page }
    var deliveries = page.deliveries
    switch sideways(7) {
    case 0...1 where deliveries.count > 2:
      deliveries.remove(at: 1 + sideways(deliveries.count - 2))
      return try shortened(page, deliveries, .gap, from: reader, by: node)
    case 2:
      deliveries.removeLast(1 + sideways(deliveries.count))
      return try resigned(page, deliveries, by: node)
    case 3:
      deliveries.removeFirst()
      return try resigned(page, deliveries, by: node)
    case 4 where first.number > 1:
      let number = UInt64(sideways(Int(first.number) - 1))
      return try shortened(page, [], .lower(number), from: reader, by: node)
    case 5 where last.number == head.number:
      deliveries[deliveries.count - 1].content = .blank(.sha256(side.bytes(8)))
      return try shortened(page, deliveries, .lie, from: reader, by: node)
    default:
      return try blanked(page, from: reader, by: node) { _ in sideways(2) == 0 }
    }
  }

  /// Signs a page that shows too little and remembers how, by its signature.
  private func shortened(
    _ page: DeliveryPage, _ deliveries: [Delivery], _ how: Shortening, from reader: AgencyCode,
    by node: SimulatedNode
  ) throws -> DeliveryPage {
    let sent = try resigned(page, deliveries, by: node) { statement in
      guard case .lower(let number) = how else { return }
      statement.number = number
      statement.runningHash = runningHash(number, for: reader, at: node) ?? RunningHash.start
    }
    foul.shortened[sent.head.signature] = how
    foul.tried.withheld += 1
    note("\(node.code) withholds from \(reader): \(how)")
    return sent
  }

  /// The running hash at a number of an outbox.
  func runningHash(_ number: UInt64, for reader: AgencyCode, at node: SimulatedNode) -> Hash256? {
    let lines = node.store.contents.outboxes[reader]?.numbered
    return lines?.last { $0.number == number }?.runningHash
  }

  /// A page with blanks in place of letters, each with the running hash of its line.
  ///
  /// Only letters of whoever works elsewhere than the home: who belongs to a dossier is not put in
  /// doubt by what a node keeps to itself that may be shut out before it turns honest.
  private func blanked(
    _ page: DeliveryPage, from reader: AgencyCode, by node: SimulatedNode,
    where isWithheld: (StoredChangeSet) -> Bool
  ) throws -> DeliveryPage {
    var blanks: [Delivery] = []
    let deliveries = try page.deliveries.map { delivery in
      guard case .changeSet(let received) = delivery.content,
        let changeSet = node.store.contents.rows[received.id]?.changeSet,
        try isLetter(changeSet, fromElsewhereThan: node), isWithheld(changeSet),
        let hash = runningHash(delivery.number, for: reader, at: node)
      else { return delivery }
      foul.withheld[changeSet.dossier, default: [:]][changeSet.id, default: []].insert(reader)
      let blank = Delivery(number: delivery.number, content: .blank(hash))
      blanks.append(blank)
      return blank
    }
    guard !blanks.isEmpty else { return page }
    // What is blank is no more acknowledged than a line put out of reach.
    try audit.handedOut(blanks, by: node, to: reader, at: self)
    foul.tried.withheld += 1
    note("\(node.code) withholds \(blanks.count) from \(reader)")
    return try resigned(page, deliveries, by: node)
  }

  /// Whether a change set says nothing about members, in a dossier whose home is not at this node.
  private func isLetter(
    _ changeSet: StoredChangeSet, fromElsewhereThan node: SimulatedNode
  ) throws -> Bool {
    guard changeSet.dossier != directory, let open = changeSet.part(0), open.membership.isEmpty,
      !open.records.isEmpty,
      let home = try node.store.readNow(GraphOf(dossier: changeSet.dossier))?.home
    else { return false }
    return node.keys[home] == nil
  }

  /// What an answer to a question becomes likewise: the reader asks others, or once more.
  func withheld(_ answer: FetchAnswer, by node: SimulatedNode) -> FetchAnswer {
    guard faults != nil else { return answer }
    var answer = answer
    if node.code == foul.guest?.host, sideways(2) == 0 {
      answer.deliveries.removeAll { delivery in
        guard case .changeSet(let received) = delivery.content else { return false }
        return received.reading.author == foul.guest?.code
      }
    }
    if node.code == foul.withholder, sideways(4) == 0 { answer.deliveries = [] }
    return answer
  }

  /// What shows too little is refused, and kept against its sender.
  func checkTold(
    _ page: DeliveryPage, _ outcome: Swift.Result<TakenPage, PageRefusal>, of peer: AgencyCode,
    before cursor: Cursor?, at node: SimulatedNode
  ) throws {
    guard let how = foul.shortened[page.head.signature] else { return }
    let kinds: Set<Alarm.Kind> =
      if case .lie = how { [.brokenPage, .withholding] } else { [.withholding] }
    switch outcome {
    case .success:
      // A reader that stands no further, or in another outbox, cannot tell.
      if case .lower(let number) = how {
        let outbox = page.head.claim(as: HeadStatement.self)?.outbox
        guard let cursor, cursor.outbox == outbox, cursor.number > number else { return }
      }
      throw failed("\(node.code) takes a page of \(peer) that leaves something out", .lost)
    case .failure(let refusal) where [.withheld, .wentBack, .runningHash].contains(refusal):
      let isTold = try node.store.readNow(AlarmsAbout(peer: peer)).contains { alarm in
        kinds.contains(alarm.kind) && alarm.subject.hasPrefix(refusal.rawValue)
      }
      if !isTold { throw failed("\(node.code) keeps nothing against \(peer), which withholds") }
    case .failure:
      return
    }
  }

  /// Whoever belongs to a dossier has in the end what was withheld from it and others have.
  func checkWithheld() throws {
    for (dossier, withheld) in foul.withheld.sorted(by: { $0.key < $1.key }) {
      let entitled = try entitled(dossier)
      for (id, readers) in withheld.sorted(by: { $0.key < $1.key }) {
        let lacking = entitled.filter { $0.store.contents.rows[id] == nil }
        guard lacking.count < entitled.count,
          let node = lacking.first(where: { readers.contains($0.code) })
        else { continue }
        throw failed(
          "\(node.code) lacks \(id.hex.prefix(8)), withheld from it, and others have it",
          .differs)
      }
    }
  }
}

/// Everything kept against a peer.
private struct AlarmsAbout: StoreWork {
  let peer: AgencyCode

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> [Alarm] {
    try transaction.alarms(limit: .max).filter { $0.peer == peer }
  }
}
