import Exchange
import Ledger

/// Calls writing primitives one after the other in one transaction.
struct Do: StoreWork {
  enum Step: Sendable {
    case save(NodeRecord)
    case put([LogEntry], [DossierGraph])
    case project([DossierGraph])
    case hold([HeldCopy])
    case release([ChangeSetID])
    case quarantine([QuarantinedDelivery])
    case enqueue([OutboxLine])
    case unqueue([ChangeSetID], AgencyCode)
    case number([NumberedLine], AgencyCode)
    case give([AgencyCode: [NumberedLine]])
    case restart(OutboxID)
    case keep(KeptReceipt)
    case move(Cursor)
    case settle(Arrivals, Timestamp)
    case raise([Alarm])
    case forget([ChangeSetID], DossierID)
    /// Ends the work by throwing: nothing may remain.
    case fail
  }

  /// What `.fail` throws.
  struct Failed: Error {}

  private let steps: [Step]

  init(_ steps: Step...) { self.steps = steps }

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws {
    for step in steps {
      switch step {
      case .save(let node): try transaction.save(node)
      case .put(let entries, let graphs): try transaction.put(entries, graphs: graphs)
      case .project(let graphs):
        try transaction.project(graphs, directory: transaction.directory())
      case .hold(let copies): try transaction.hold(copies)
      case .release(let ids): try transaction.release(ids)
      case .quarantine(let deliveries): try transaction.quarantine(deliveries)
      case .enqueue(let lines): try transaction.enqueue(lines)
      case .unqueue(let ids, let reader): try transaction.unqueue(ids, for: reader)
      case .number(let lines, let reader): try transaction.number([reader: lines])
      case .give(let lines): try transaction.number(lines)
      case .restart(let id): try transaction.restartOutbox(id)
      case .keep(let receipt): try transaction.keep(receipt)
      case .move(let cursor): try transaction.move(cursor)
      case .settle(let arrivals, let time): try transaction.settle(arrivals, at: time)
      case .raise(let alarms): try transaction.raise(alarms)
      case .forget(let ids, let dossier): try transaction.forget(ids, in: dossier)
      case .fail: throw Failed()
      }
    }
  }
}

/// Reads through every reading primitive at once.
struct See: StoreWork {
  var ids: [ChangeSetID] = []
  var dossiers: [DossierID] = []
  var agency: AgencyCode
  var other: AgencyCode
  var above: UInt64 = 0
  var limit = 100

  /// What the primitives answered.
  struct Seen: Sendable {
    var located: [ChangeSetID: DossierID]
    var readable: [ChangeSetID: DossierID]
    var open: Set<DossierID>
    var changeSets: [StoredChangeSet]
    var graphs: [DossierID: DossierGraph]
    var summaries: [DossierID: DossierSummary]
    var writtenByOther: [DossierID]
    var items: [Hash256]
    var ofItems: [Hash256: DossierID]
    var held: [HeldCopy]
    var exclusions: [DossierID: Set<HeldExclusion>]
    var heldByOther: [ChangeSetID]
    var notices: [HeldNotice]
    var awaiting: [ChangeSetID]
    var heldBytes: Int
    var rejected: [ChangeSetID: RejectionReason]
    var quarantined: [QuarantinedDelivery]
    var position: OutboxPosition
    var queued: [ChangeSetID]
    var urgent: [ChangeSetID]
    var queuedOfDossiers: [[ChangeSetID]]
    var isQueued: Bool
    var idle: [AgencyCode: OutboxPosition]
    var numbered: [NumberedLine]
    var owed: Set<ChangeSetID>
    var readers: [AgencyCode]
    var trails: [ReceiptTrail]
    var cursor: Cursor?
    var cursors: [Cursor]
    var alarms: [Alarm]
    var page: [DossierID]
    var logged: [LoggedChangeSet]
    var differences: [RowDifference]
    var digests: [DossierID: Hash256]
    var directory: ChangeSetID?
  }

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Seen {
    let items = try transaction.items(sharedBy: [agency], with: [other], barred: [agency, other])
    let graphs = try transaction.graphs(dossiers)
    let directory = try transaction.directory()
    var digests: [DossierID: Hash256] = [:]
    for dossier in dossiers { digests[dossier] = try transaction.digest(of: dossier) }
    return Seen(
      located: try transaction.locate(ids),
      readable: try transaction.locate(ids, readableBy: [other]),
      open: try transaction.readable(dossiers, by: [other]),
      changeSets: try transaction.changeSets(ids), graphs: graphs,
      summaries: try transaction.summaries(dossiers),
      writtenByOther: try transaction.dossiers(writtenBy: other, after: nil, limit: limit),
      items: items,
      ofItems: try transaction.dossiers(
        ofItems: items, sharedBy: [agency], with: [other], barred: [agency, other]),
      held: try transaction.heldCopies(ids),
      exclusions: try transaction.heldExclusions(in: dossiers),
      heldByOther: try transaction.held(writtenBy: [other], limit: limit),
      notices: try transaction.heldNotices(limit: limit),
      awaiting: try transaction.held(awaiting: ids),
      heldBytes: try transaction.heldBytes(from: other), rejected: try transaction.rejected(ids),
      quarantined: try transaction.quarantined(limit: limit),
      position: try transaction.position(of: other),
      queued: try transaction.queued(for: other, after: nil, limit: limit).map(\.id),
      urgent: try transaction.urgent(for: other),
      queuedOfDossiers: try dossiers.map {
        try transaction.queued(for: other, of: [$0], limit: limit)
      },
      isQueued: try transaction.isQueued(for: other),
      idle: try transaction.idle([other]),
      numbered: try transaction.numbered(for: other, after: above, limit: limit),
      owed: try transaction.owes(ids, to: other, above: above),
      readers: try transaction.readersWaiting(),
      trails: try ids.flatMap { try transaction.receipts(of: $0) },
      cursor: try transaction.cursor(of: other), cursors: try transaction.cursors(),
      alarms: try transaction.alarms(limit: limit),
      page: try transaction.dossiers(after: dossiers.first, limit: limit),
      logged: try dossiers.flatMap { try transaction.logged($0) },
      differences: try graphs.values.flatMap {
        try transaction.compare($0, directory: directory).differences
      }, digests: digests, directory: directory?.newest)
  }
}

/// The record about the node.
struct SeeNode: StoreWork {
  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> NodeRecord {
    try transaction.node()
  }
}
