package import Ledger

/// Queues for a reader what it says it lacks: the next page or bundle carries it.
///
/// Look-ups start from the dossiers that the reader's agencies may read, as for a fetch; what it
/// may not have is passed over like what is unknown, and what it is owed anyway is not queued
/// twice. Serving looks at the audience once more.
package struct QueueWanted: StoreWork {
  private let reader: AgencyCode
  private let request: FetchRequest

  /// Takes what a reader wants, by id and by stretches.
  package init(reader: AgencyCode, wants: [ChangeSetID], ranges: [FetchRequest.Range] = []) {
    self.reader = reader
    request = FetchRequest(ids: wants, ranges: ranges)
  }

  /// How many were queued.
  package func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Int {
    let node = try transaction.node()
    let routing = Routing(node: node.agency, view: try transaction.wholeDirectory()?.current)
    let found = try AnswerFetch(requester: reader, request: request)
      .located(by: routing.agencies(at: reader), node: node, in: transaction)
    let receipted = try transaction.position(of: reader).receipted
    var lines: [OutboxLine] = []
    for dossiers in found.keys.sorted().slices(of: Limits.dossiersPerLookMax) {
      let graphs = try transaction.wholeGraphs(dossiers).graphs
      for dossier in dossiers {
        let asked = found[dossier] ?? []
        let ids = graphs[dossier]?.order.filter(asked.contains) ?? []
        let owed = try transaction.owes(ids, to: reader, above: receipted)
        // Of a long stretch as much is in memory as one request may name.
        for batch in ids.filter({ !owed.contains($0) }).slices(of: Limits.fetchIDsMax) {
          var shelf = Shelf(routing: routing, node: node)
          try shelf.load(batch, in: transaction)
          lines += batch.filter { shelf.received($0, for: reader) != nil }
            .map { OutboxLine(reader: reader, id: $0, isRepeated: true) }
        }
      }
    }
    if !lines.isEmpty { try transaction.enqueue(lines) }
    return lines.count
  }
}
