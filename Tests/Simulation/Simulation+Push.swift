import Exchange
import Ledger
import TestSupport

/// A push that is under way: where it stands, and its newest page.
struct Push {
  var session: PushSession
  var page: ServedPage?
}

/// Pairs of nodes of which one cannot be dialled by the other and pushes what it owes: what a node
/// does in `PeerSession.push` and, where the page arrives, in `PeerDesk.take`.
extension Simulation {
  /// Whether some pairs push in this run: in some three of eight of the honest ones.
  private var isPushing: Bool {
    plan.ruleMistake == .pushReceiptBeforeCommit
      || plan.isHonest && (plan.seed % 4 == 2 || plan.seed % 8 == 5)
  }

  /// Whether one node pushes to another and is never asked by it: a third of the pairs, by the
  /// seed, each direction for itself.
  func isPushed(from owner: AgencyCode, to reader: AgencyCode) -> Bool {
    guard isPushing else { return false }
    let letters = [owner, reader].map { UInt64($0.rawValue.utf8.last ?? 0) }
    return (plan.seed / 4 + 5 * letters[0] + letters[1]) % 3 == 0
  }

  /// Whether everything is delivered and receipted that can be pushed.
  func isPushedThrough(from owner: SimulatedNode, to reader: SimulatedNode) -> Bool {
    guard let outbox = owner.store.contents.outboxes[reader.code] else { return true }
    let receipted = outbox.receipts.map(\.number).max() ?? 0
    return outbox.queued.isEmpty && receipted == outbox.numbered.last?.number ?? 0
  }

  /// Lets a node push the next page, if it has one.
  func push(from owner: SimulatedNode, to reader: SimulatedNode) async throws {
    if isPaused(owner) { return }
    try await running(owner) { try pushPage(from: owner, to: reader) }
  }

  private func pushPage(from owner: SimulatedNode, to reader: SimulatedNode) throws {
    guard let signatory = try owner.signatory(owner.code) else { return }
    let position = try owner.store.readNow(PositionOf(reader.code))
    var push = owner.pushes[reader.code] ?? Push(session: PushSession(position: position))
    let served = try owner.store.writeNow(
      ServeDeliveries(
        reader: reader.code, outbox: try owner.store.readNow(NodeState()).outbox,
        after: push.session.after, hash: nil, bytesMax: push.session.pace.bytesMax,
        signatory: signatory, now: now(owner), entropy: owner.entropy))
    push.page = served
    // Where nothing waits the push ends; the next one begins at the newest receipt.
    owner.pushes[reader.code] = served.count > 0 ? push : nil
    guard served.count > 0 else { return }
    owner.pagesPushed += 1
    reader.asking.insert(owner.code)
    try hand(served, to: reader.code, by: owner)
  }

  /// What an owner that pushes makes of a receipt: the next page starts where it says.
  func pushed(
    _ outcome: ReceiptOutcome, to reader: AgencyCode, by owner: SimulatedNode
  ) throws {
    guard var push = owner.pushes[reader], let page = push.page, let reader = node(reader)
    else { return }
    let step = push.session.answered(outcome, to: page, using: &generator)
    owner.pushes[reader.code] = push
    if step == .send { try pushPage(from: owner, to: reader) }
  }

  /// Answers a pushed page that begins elsewhere by a receipt of where this node stands.
  func stand(_ page: DeliveryPage, from peer: AgencyCode, at node: SimulatedNode) throws {
    guard isPushed(from: peer, to: node.code), let signatory = try node.signatory(node.code),
      let head = page.head.claim(as: HeadStatement.self)
    else { return }
    let receipt = try node.store.readNow(
      StandingReceipt(peer: peer, outbox: head.outbox, signatory: signatory, now: now(node)))
    let cursor = try node.store.readNow(CursorOf(peer))
    note("\(node.code) tells \(peer) where it stands")
    try acknowledge(
      receipt, upTo: cursor ?? Cursor(peer: peer, outbox: head.outbox), of: peer, by: node)
  }
}
