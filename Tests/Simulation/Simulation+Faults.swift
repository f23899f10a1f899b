import Exchange
import Ledger
import TestSupport

/// What befalls a node or a line, in shares of all disturbances.
struct Disturbances {
  /// A pair of nodes is cut off from each other, or joined again.
  var partition = 2
  /// A crash after some of the next writes: within an append, a take, a fold, a receipt.
  var crash = 3
  /// A crash when everything of a work is written, before the commit.
  var crashAtCommit = 1
  /// A crash when a work is committed and nobody has heard of it.
  var crashAfterCommit = 2
  /// One of the next writes fails, and the node goes on.
  var failure = 2
  /// The next commit fails, and the node goes on.
  var failureAtCommit = 2
  /// A clock is set, forward or back, by up to three days.
  var clock = 1
  /// A node stops and goes on later, as if nothing had been.
  var pause = 2
  /// A reader signs a receipt that is not true.
  var falseReceipt = 1
}

extension Simulation {
  /// The most half days that a clock is wrong by, and the most turns that a pause lasts.
  private static let clockErrorMax = 6
  private static let pauseMax = 150

  /// Lets one thing go wrong.
  func disturb() async throws {
    guard faults != nil else { return }
    let shares = Disturbances()
    let node = nodes[random(nodes.count)]
    let other = nodes[random(nodes.count)]
    let all: [(share: Int, happen: () async throws -> Void)] = [
      (shares.partition, { self.partition(node, other) }),
      (shares.crash, { self.plan(.crash(afterWrites: self.random(6)), at: node) }),
      (shares.crashAtCommit, { self.plan(.crashAtCommit, at: node) }),
      (shares.crashAfterCommit, { self.plan(.crashAfterCommit, at: node) }),
      (shares.failure, { self.plan(.failure(afterWrites: self.random(6)), at: node) }),
      (shares.failureAtCommit, { self.plan(.failureAtCommit, at: node) }),
      (shares.clock, { self.setClock(of: node) }),
      (shares.pause, { self.pause(node) }),
      (shares.falseReceipt, { try await self.lie(by: node, to: other) }),
    ]
    var left = random(all.reduce(0) { $0 + $1.share })
    for (share, happen) in all {
      if left < share { return try await happen() }
      left -= share
    }
  }

  private func partition(_ left: SimulatedNode, _ right: SimulatedNode) {
    guard left !== right else { return }
    network.toggle(left.code, right.code)
    note("partition \(left.code) \(right.code)")
  }

  private func plan(_ fault: StoreFault, at node: SimulatedNode) {
    node.store.suffer(fault)
    note("\(fault) planned at \(node.code)")
  }

  private func setClock(of node: SimulatedNode) {
    let halfDays = random(2 * Self.clockErrorMax + 1) - Self.clockErrorMax
    node.clockError = Int64(halfDays) * 43_200_000_000
    note("the clock of \(node.code) jumps to \(halfDays) half days")
  }

  private func pause(_ node: SimulatedNode) {
    node.pausedUntil = turn + random(Self.pauseMax)
    note("\(node.code) pauses until turn \(node.pausedUntil)")
  }

  /// Whether a node does nothing now.
  func isPaused(_ node: SimulatedNode) -> Bool { node.pausedUntil > turn }

  /// Runs a piece of one node's work; a crash ends it and restarts the node, and a write that
  /// failed ends it while the node goes on with what it remembers.
  func running(_ node: SimulatedNode, _ body: () async throws -> Void) async throws {
    do {
      try await body()
    } catch let error as ExchangeError where error.code == .unavailable {
      if node.store.isDown {
        done.crashes += 1
        note("\(node.code) restarts: \(error.object)")
        node.restart()
      } else {
        done.failures += 1
        note("\(node.code) goes on: \(error.object)")
      }
      recall(node)
    }
  }

  /// Writes down what a node committed without telling anybody.
  private func recall(_ node: SimulatedNode) {
    let rows = node.store.contents.rows.values.filter { row in
      (row.sender == nil || row.sender == node.code) && node.written[row.changeSet.id] == nil
        && node.keys[row.changeSet.header.author] != nil
    }
    for row in rows.sorted(by: { $0.changeSet.id < $1.changeSet.id }) {
      wrote(row.changeSet, at: node)
      let place = "\(row.changeSet.id.hex.prefix(8)) in \(row.changeSet.dossier.hex.prefix(8))"
      note("\(node.code) finds that it wrote \(place)")
    }
  }

  /// Writes down what a node wrote: it may never be lost again.
  func wrote(_ changeSet: StoredChangeSet, at node: SimulatedNode) {
    node.written[changeSet.id] = changeSet.dossier
    audit.wrote(changeSet, isForged: false)
    guard changeSet.header.dossier == nil, changeSet.dossier != directory,
      !dossiers.contains(changeSet.dossier)
    else { return }
    dossiers.append(changeSet.dossier)
  }

  /// A reader that signs for numbers never given, for another history, or with a key not its own:
  /// none is kept, and none makes the owner believe that it went back in time.
  private func lie(by node: SimulatedNode, to peer: SimulatedNode) async throws {
    guard node !== peer, !isPaused(peer), let signatory = try node.signatory(node.code) else {
      return
    }
    let outbox = peer.store.contents.outboxes[node.code]
    let last = outbox?.numbered.last?.number ?? 0
    let kind = random(3)
    let receipt = Receipt(
      signer: node.code, key: signatory.key.keyID, destination: peer.code,
      outbox: try peer.store.readNow(NodeState()).outbox,
      number: kind == 1 ? 1 + UInt64(random(Int(last) + 1)) : last + 1 + UInt64(random(3)),
      runningHash: .sha256(generator.bytes(8)), storedAt: now(node), untaken: [])
    let key = kind == 2 ? SampleAgency("X").signatory.key : signatory.key
    note("\(node.code) signs a false receipt for \(peer.code), up to \(receipt.number)")
    try await running(peer) {
      let outcome = try peer.store.writeNow(
        TakeReceipt(
          reader: node.code, signed: SignedObject(signing: receipt, with: key), now: now(peer)))
      done.forged += 1
      let kept = peer.store.contents.outboxes[node.code]?.receipts.count
      if case .kept = outcome { throw failed("\(peer.code) keeps a false one of \(node.code)") }
      if kept != outbox?.receipts.count { throw failed("\(peer.code) keeps what it refused") }
    }
  }
}
