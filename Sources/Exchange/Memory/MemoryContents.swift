package import Ledger
import Synchronization

/// One row of a projection in memory.
package struct MemoryRow: Sendable, Equatable {
  /// The table with its schema.
  package var table: String
  /// The key as text.
  package var id: String
  /// The other cells as text.
  package var cells: String

  /// Makes a row.
  package init(table: String, id: String, cells: String) {
    self.table = table
    self.id = id
    self.cells = cells
  }
}

/// What the injected fold makes of one dossier; made when it is first looked at, as most are
/// replaced before anybody does.
package struct MemoryProjection: Sendable {
  /// The rows, in any fixed order, (table, id) being unique, and the digest of those that come
  /// from part 0s; nil when there is none.
  package typealias Content = (rows: [MemoryRow], digest: Hash256?)

  private final class Making: Sendable {
    enum State {
      case waiting(@Sendable () -> Content)
      case made(Content)
    }

    let state: Mutex<State>

    init(_ state: sending State) { self.state = Mutex(state) }

    var content: Content {
      state.withLock { state in
        switch state {
        case .made(let content): return content
        case .waiting(let make):
          let content = make()
          state = .made(content)
          return content
        }
      }
    }
  }

  private let making: Making

  /// The rows.
  package var rows: [MemoryRow] { making.content.rows }

  /// The digest of the rows that come from part 0s; nil when there is none.
  package var digest: Hash256? { making.content.digest }

  /// Makes a projection.
  package init(rows: [MemoryRow], digest: Hash256?) {
    making = Making(.made((rows, digest)))
  }

  /// Makes a projection later; `make` is called once at the most.
  package init(making make: @escaping @Sendable () -> Content) {
    making = Making(.waiting(make))
  }
}

/// Everything a `MemoryStore` has made durable.
package struct MemoryContents: Sendable {
  /// One stored change set with what the store knows about its coming.
  package struct Row: Sendable {
    /// The change set.
    package var changeSet: StoredChangeSet
    /// The peer it came from; nil for this node's own.
    package var sender: AgencyCode?
    /// When it became durable.
    package var storedAt: Timestamp
  }

  /// The lines of one reader.
  package struct Outbox: Sendable {
    /// Lines without a number, in the order queued.
    package var queued: [ChangeSetID] = []
    /// Lines with one, ascending.
    package var numbered: [NumberedLine] = []
    /// Every change set that has a number.
    var seen: Set<ChangeSetID> = []
    /// The reader's receipts, in the order they came.
    package var receipts: [KeptReceipt] = []
  }

  /// The record about the node.
  package var node: NodeRecord?
  /// The log, by id.
  package var rows: [ChangeSetID: Row] = [:]
  /// The ids of each dossier, in the order they were stored.
  package var log: [DossierID: [ChangeSetID]] = [:]
  /// What `put` kept about each dossier.
  package var summaries: [DossierID: DossierSummary] = [:]
  /// The projection of each dossier.
  package var projections: [DossierID: MemoryProjection] = [:]
  /// Graphs kept between transactions.
  var graphs: [DossierID: DossierGraph] = [:]
  /// The directory kept between transactions.
  var directory: Directory?
  var writers: [AgencyCode: Set<DossierID>] = [:]
  /// Held copies by id and sender.
  package var held: [ChangeSetID: [AgencyCode: HeldCopy]] = [:]
  var waiting: [ChangeSetID: Set<ChangeSetID>] = [:]
  var heldBytes: [AgencyCode: Int] = [:]
  /// The ids rejected for good.
  package var rejected: [ChangeSetID: RejectionReason] = [:]
  var quarantine: [QuarantinedDelivery] = []
  /// The outbox of each reader.
  package var outboxes: [AgencyCode: Outbox] = [:]
  var cursors: [AgencyCode: Cursor] = [:]
  var alarms: [Alarm] = []

  init() {}
}
