import Exchange
import Ledger
import TestSupport

extension Simulation {
  /// A random node asks a random peer for its outbox.
  func ask() async throws {
    let (node, peer) = (nodes[random(nodes.count)], nodes[random(nodes.count)])
    guard node.code != peer.code, !isPaused(node) else { return }
    // A question that was lost is asked again: the session's own time limit has passed.
    if node.asking.contains(peer.code), random(4) != 0 { return }
    // Where nothing is to come the peer keeps the question waiting; now and then the wait ends.
    if try isQuiet(peer, for: node), random(4) != 0 { return }
    try await ask(node, peer)
  }

  /// Whether a peer would keep a node's question waiting, and an empty page would tell neither of
  /// them anything: all is receipted, and the peer's directory is known.
  func isQuiet(_ peer: SimulatedNode, for node: SimulatedNode) throws -> Bool {
    if isPushed(from: peer.code, to: node.code) { return isPushedThrough(from: peer, to: node) }
    let question = try session(of: node, with: peer.code).question
    guard let serving = try serving(question, to: node.code, at: peer),
      case .nothing = try peer.store.readNow(LookForDeliveries(serving, isDue: false)),
      let cursor = try node.store.readNow(CursorOf(peer.code)),
      cursor.number == question.after, cursor.outbox == question.outbox
    else { return false }
    let receipted = peer.store.contents.outboxes[node.code]?.receipts.last?.number ?? 0
    return try receipted == cursor.number
      && cursor.directory == peer.store.readNow(DirectoryOf())?.newest
  }

  /// Asks a peer for its outbox, or lets it push where it does that.
  func ask(_ node: SimulatedNode, _ peer: SimulatedNode) async throws {
    if isPushed(from: peer.code, to: node.code) { return try await push(from: peer, to: node) }
    let session = try session(of: node, with: peer.code)
    node.asking.insert(peer.code)
    send(Message(from: node.code, to: peer.code, body: .question(session.question)))
  }

  private func session(of node: SimulatedNode, with peer: AgencyCode) throws -> PullSession {
    if let session = node.sessions[peer] { return session }
    let session = PullSession(cursor: try node.store.readNow(CursorOf(peer)), waitSeconds: 0)
    node.sessions[peer] = session
    return session
  }

  func send(_ message: Message) {
    network.send(message, faults: faults, using: &generator)
  }

  /// Lets one message arrive.
  func deliver() async throws {
    guard let message = network.take(faults: faults, using: &generator),
      let node = node(message.to)
    else { return }
    if isPaused(node) { return network.keep(message) }
    try await running(node) {
      switch message.body {
      case .question(let question): try serve(question, to: message.from, at: node)
      case .page(let page): try await take(page, from: message.from, at: node)
      case .receipt(let signed):
        let outcome = try node.store.writeNow(
          TakeReceipt(reader: message.from, signed: signed, now: now(node)))
        // A reader that the directory here does not know yet signs again with its next page.
        if outcome == .wentBack, !restores.nodes.contains(node.code) {
          throw failed("\(node.code) says \(outcome) of \(message.from)'s receipt")
        }
        try pushed(outcome, to: message.from, by: node)
      case .fetch(let bytes): try answer(bytes, to: message.from, at: node)
      case .fetched(let bytes): try await takeFetched(bytes, from: message.from, at: node)
      }
    }
  }

  private func serving(
    _ question: PullSession.Question, to reader: AgencyCode, at node: SimulatedNode
  ) throws -> ServeDeliveries? {
    try node.signatory(node.code).map { signatory in
      ServeDeliveries(
        reader: reader, outbox: question.outbox, after: question.after, hash: question.hash,
        signatory: signatory, now: now(node), entropy: node.entropy)
    }
  }

  private func serve(
    _ question: PullSession.Question, to reader: AgencyCode, at node: SimulatedNode
  ) throws {
    guard let serving = try serving(question, to: reader, at: node) else { return }
    let served: ServedPage
    if case .page(let page) = try node.store.readNow(LookForDeliveries(serving, isDue: true)) {
      served = page
    } else {
      served = try node.store.writeNow(serving)
    }
    if node.gate.isOpen, try node.store.readNow(NodeState()).restored != nil {
      throw failed("\(node.code) believes it went back in time")
    }
    try hand(served, to: reader, by: node)
  }

  /// Lets a page leave, as it is or as a mistake or the forger makes it.
  func hand(_ served: ServedPage, to reader: AgencyCode, by node: SimulatedNode) throws {
    guard let lawful = DeliveryPage.decode(served.bytes) else {
      throw failed("\(node.code) serves no page")
    }
    let page = try mistaken(lawful, for: reader, by: node)
    try audit.handedOut(page.deliveries, by: node, to: reader, at: self)
    let sent =
      forger == node.code
      ? try tampered(page, by: node) : try withheld(page, from: reader, by: node)
    send(Message(from: node.code, to: reader, body: .page(sent)))
  }

  private func take(_ page: DeliveryPage, from peer: AgencyCode, at node: SimulatedNode)
    async throws
  {
    node.asking.remove(peer)
    guard let signatory = try node.signatory(node.code) else { return }
    let before = foul.shortened.isEmpty ? nil : try node.store.readNow(CursorOf(peer))
    var work = TakeDeliveries(
      peer: peer, page: try trusting(page, from: peer, at: node), signatory: signatory,
      now: now(node))
    work.seals = seals
    if let early = try early(work, at: node), let receipt = early.receipt {
      try acknowledge(receipt, upTo: early.cursor, of: peer, by: node)
    }
    let outcome = try await node.store.take(work)
    try checkTold(page, outcome, of: peer, before: before, at: node)
    try checkForged(node)
    var session = try session(of: node, with: peer)
    _ = session.took(outcome, using: &generator)
    node.sessions[peer] = session
    switch outcome {
    case .failure(let refusal):
      // A page that came twice or late starts at a number long taken.
      note("\(node.code) refuses a page of \(peer): \(refusal.rawValue)")
      audit.refusals += 1
      if refusal == .gap { try stand(page, from: peer, at: node) }
    case .success(let taken):
      done.taken += taken.stored
      if taken.stored + taken.held + taken.rejected > 0 {
        let counts = "takes \(taken.stored), holds \(taken.held), up to \(taken.cursor.number)"
        note("\(node.code) \(counts) of \(peer)")
      }
      if let receipt = taken.receipt {
        try acknowledge(receipt, upTo: taken.cursor, of: peer, by: node)
      }
      if !taken.wanted.isEmpty { fetch(taken.wanted, from: peer, at: node) }
      if taken.changedDirectory { try directoryChanged(at: node) }
    }
  }

  /// Sends a receipt; what it covers must be durable in this moment.
  func acknowledge(
    _ receipt: SignedObject, upTo cursor: Cursor, of peer: AgencyCode, by node: SimulatedNode
  ) throws {
    guard let owner = self.node(peer) else { return }
    try audit.acknowledges(cursor, of: owner, by: node, at: self)
    send(Message(from: node.code, to: peer, body: .receipt(receipt)))
  }

  private func fetch(_ ids: [ChangeSetID], from peer: AgencyCode, at node: SimulatedNode) {
    let request = FetchRequest(ids: Array(ids.prefix(Exchange.Limits.fetchIDsMax)))
    send(Message(from: node.code, to: peer, body: .fetch(request.encoded())))
  }

  private func answer(_ bytes: [UInt8], to requester: AgencyCode, at node: SimulatedNode) throws {
    guard let request = FetchRequest.decode(bytes) else { throw failed("a request that is none") }
    let lawful = try node.store.readNow(AnswerFetch(requester: requester, request: request))
    let answer = withheld(
      try mistaken(lawful, to: request, from: requester, by: node), by: node)
    try audit.handedOut(answer.deliveries, by: node, to: requester, at: self)
    send(Message(from: node.code, to: requester, body: .fetched(answer.encoded())))
  }

  private func takeFetched(
    _ bytes: [UInt8], from peer: AgencyCode, at node: SimulatedNode
  ) async throws {
    guard let answer = FetchAnswer.decode(bytes) else { throw failed("an answer that is none") }
    var work = TakeFetched(
      peer: peer, deliveries: try trusting(answer.deliveries, at: node), now: now(node))
    work.seals = seals
    let taken = try node.store.writeNow(work)
    done.taken += taken.stored
    if taken.stored > 0, !taken.wanted.isEmpty { fetch(taken.wanted, from: peer, at: node) }
    try checkForged(node)
    if taken.changedDirectory { try directoryChanged(at: node) }
  }

  /// A random node asks around for what it holds.
  func fetchWanted() async throws {
    let node = nodes[random(nodes.count)]
    if !isPaused(node) { try askWanted(at: node) }
  }

  func askWanted(at node: SimulatedNode) throws {
    let peers = nodes.map(\.code).filter { $0 != node.code }
    for question in try node.store.readNow(ListWanted(peers: peers)) {
      send(
        Message(from: node.code, to: question.peer, body: .fetch(question.request.encoded())))
    }
  }
}

/// The record about a node.
struct NodeState: StoreWork {
  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> NodeRecord {
    try transaction.node()
  }
}
