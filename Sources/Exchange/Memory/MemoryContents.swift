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
  private let made: Lazily<[MemoryRow]>
  private let digested: Lazily<Hash256?>

  /// The rows, in any fixed order; (table, id) is unique.
  package var rows: [MemoryRow] { made.value }

  /// The digest of the rows that come from part 0s; nil when there is none.
  package var digest: Hash256? { digested.value }

  /// The attachments that documents of the dossier list.
  package let attachments: [ListedAttachment]

  /// Makes a projection later; each closure is called once at the most.
  package init(
    rows: @autoclosure @escaping @Sendable () -> [MemoryRow],
    digest: @autoclosure @escaping @Sendable () -> Hash256?,
    attachments: [ListedAttachment] = []
  ) {
    made = Lazily(rows)
    digested = Lazily(digest)
    self.attachments = attachments
  }
}

/// A value that is made when somebody asks for it.
private final class Lazily<Value: Sendable>: Sendable {
  private let kept = Mutex<Value?>(nil)
  private let make: @Sendable () -> Value

  init(_ make: @escaping @Sendable () -> Value) { self.make = make }

  var value: Value {
    kept.withLock { kept in
      if let kept { return kept }
      let value = make()
      kept = value
      return value
    }
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
    /// Those of them that are steps of a person.
    var urgent: Set<ChangeSetID> = []
    /// Lines with one, ascending.
    package var numbered: [NumberedLine] = []
    /// Every change set that has a number.
    var seen: Set<ChangeSetID> = []
    /// The reader's receipts, in the order they came.
    package var receipts: [KeptReceipt] = []
    /// The last line with a number under the id before.
    var former: NumberedLine?
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
  /// Change sets of the directory stored since, in the order they came.
  var directoryAhead: [StoredChangeSet] = []
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
  var attachments: [AttachmentPlace: ListedAttachment] = [:]
  /// The pieces of attachments.
  package var pieces: [AttachmentPlace: [Int: LoggedPiece]] = [:]

  init() {}
}

extension MemoryRow {
  /// What stands for the row in a plan.
  var digest: Hash256 { .sha256(Array(cells.utf8)) }
}
