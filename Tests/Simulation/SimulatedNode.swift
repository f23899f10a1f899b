import Exchange
import Ledger
import TestSupport

/// One node of the simulation: the production works and sessions over a store in memory.
final class SimulatedNode {
  let code: AgencyCode
  /// The keys of every agency that works on this node, by generation; the last is the newest.
  var keys: [AgencyCode: [SampleAgency]] = [:]
  let store: MemoryStore
  let entropy: Entropy
  var sessions: [AgencyCode: PullSession] = [:]
  /// Whether a question to this peer is on its way.
  var asking: Set<AgencyCode> = []
  /// Where it stands with readers that it pushes to, and how many pages it has pushed.
  var pushes: [AgencyCode: Push] = [:]
  var pagesPushed = 0
  /// Microseconds that this node's clock is wrong by.
  var clockError: Int64 = 0
  /// The turn at which it goes on, where it was stopped.
  var pausedUntil = 0
  /// Whether it may seal: closed from when its database went back in time until it goes on.
  var gate = SealingGate.open
  /// The dossiers of which a row was deleted and is not back yet, those of which one ever was, and
  /// how many rows that were.
  var holes: [DossierID: DeletedRow] = [:]
  var onceHoled: Set<DossierID> = []
  var rowsDeleted = 0
  /// Change sets written here, with the dossier: they may never be lost.
  var written: [ChangeSetID: DossierID] = [:]
  /// What is on its way of attachments, and from whom.
  var transfers: [AttachmentPlace: (peer: AgencyCode, transfer: PieceTransfer)] = [:]
  /// Agencies whose newest key still has to re-affirm what was written before.
  var toReaffirm: Set<AgencyCode> = []

  /// The fold of production over the dossiers of this node.
  let casework: CaseworkProjection

  init(_ code: AgencyCode, seed: UInt64, mistake: StoreMistake?, listsAttachments: Bool) {
    self.code = code
    let casework = CaseworkProjection(listsAttachments: listsAttachments)
    self.casework = casework
    store = MemoryStore(making: mistake) { casework.projection(of: $0, $1) }
    entropy = seededEntropy(seed)
  }

  /// The newest key of the agency that the node's own directory knows.
  func signatory(_ agency: AgencyCode) throws -> Signatory? {
    let active = try store.readNow(ActiveKey(agency: agency))
    return keys[agency]?.last { $0.signatory.key.keyID == active }?.signatory
  }

  /// Whether every number it gave is acknowledged.
  var isAcknowledged: Bool {
    store.contents.outboxes.values.allSatisfy { outbox in
      let receipted = outbox.receipts.map(\.number).max() ?? 0
      return receipted >= outbox.numbered.last?.number ?? 0
    }
  }

  /// A restart: what was not committed is gone, sessions begin where the store stands.
  func restart() {
    store.suffer(nil)
    pausedUntil = 0
    sessions = [:]
    asking = []
    pushes = [:]
    transfers = [:]
  }
}

/// The key in force of an agency.
struct ActiveKey: StoreWork {
  let agency: AgencyCode

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> KeyID? {
    try transaction.directory()?.current.activeKey(of: agency)?.id
  }
}

/// The graph of one dossier.
struct GraphOf: StoreWork {
  let dossier: DossierID

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> DossierGraph? {
    try transaction.graphs([dossier])[dossier]
  }
}

/// The directory.
struct DirectoryOf: StoreWork {
  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Directory? {
    try transaction.directory()
  }
}

/// Stores a change set made past the production path and queues it, in one transaction.
struct Plant: StoreWork {
  let received: ReceivedChangeSet
  let readers: [AgencyCode]
  let node: AgencyCode
  let now: Timestamp
  let seals: SealMemory

  /// - Returns: whether it was stored.
  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Bool {
    let delivery = Delivery(number: 0, content: .changeSet(received))
    var work = TakeFetched(peer: node, deliveries: [delivery], now: now)
    work.seals = seals
    let taken = try work.run(transaction)
    guard taken.stored > 0 else { return false }
    try transaction.enqueue(readers.map { OutboxLine(reader: $0, id: received.id) })
    return true
  }
}
