import Ledger

/// Gives numbers to what a step has just written, for readers whose question waits at this node.
///
/// For a reader that waits and for whom nothing is queued, the step's transaction is the one that
/// first serves its lines: there is no order to choose, and the page that follows the commit only
/// reads (decision record 0018). Everybody else's lines are queued, where they can be withdrawn
/// without trace, and where a letter goes before a load.
struct DirectNumbering {
  /// The node, and the outbox whose numbers are given.
  let node: NodeRecord
  /// The directory as it stands after the step.
  let routing: Routing
  /// The readers whose question waits.
  let attached: Set<AgencyCode>

  /// Numbers what can be given out at once.
  ///
  /// - Parameters:
  ///   - lines: what the step owes, each reader's in the order in which it is to be sent.
  ///   - written: the change sets of the step.
  ///   - graphs: their dossiers with them.
  ///   - transaction: the one that has written them.
  /// - Returns: the lines that are to be queued, in the order given.
  /// - Throws: what the store refuses.
  func run<T: StoreTransaction & ~Copyable>(
    _ lines: [OutboxLine], of written: [StoredChangeSet], in graphs: [DossierGraph],
    _ transaction: borrowing T
  ) throws -> [OutboxLine] {
    let steps = steps(of: lines, written: Set(written.map(\.id)))
    guard !steps.isEmpty else { return lines }
    let positions = try transaction.idle(steps.keys.sorted())
    guard !positions.isEmpty else { return lines }
    var shelf = Shelf(routing: routing, node: node)
    try shelf.put(written, in: graphs, transaction)
    var numbered: [AgencyCode: [NumberedLine]] = [:]
    for (reader, position) in positions {
      numbered[reader] = steps[reader].flatMap { number($0, for: reader, from: position, shelf) }
    }
    if !numbered.isEmpty { try transaction.number(numbered) }
    return lines.filter { numbered[$0.reader] == nil }
  }

  /// By attached reader, what it is owed of the step; without those that are owed more than that,
  /// or as much as a load.
  private func steps(
    of lines: [OutboxLine], written: Set<ChangeSetID>
  ) -> [AgencyCode: [ChangeSetID]] {
    let owed = Dictionary(grouping: lines.filter { attached.contains($0.reader) }, by: \.reader)
    return owed.filter { _, lines in
      lines.count <= Limits.stepLinesMax
        && lines.allSatisfy { !$0.isBulk && written.contains($0.id) }
    }.mapValues { $0.map(\.id) }
  }

  /// The lines with their numbers; nil when the reader may not have one of them now.
  private func number(
    _ ids: [ChangeSetID], for reader: AgencyCode, from position: OutboxPosition, _ shelf: Shelf
  ) -> [NumberedLine]? {
    var walk = OutboxWalk(node.outbox, from: position.number, hash: position.runningHash)
    var lines: [NumberedLine] = []
    for id in ids {
      guard let received = shelf.received(id, for: reader) else { return nil }
      lines.append(walk.number(received))
    }
    return lines
  }
}
