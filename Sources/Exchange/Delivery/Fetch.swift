package import Ledger

/// A question for change sets by id, by stretches of chains, or for the chains of dossiers.
package struct FetchRequest: Sendable, Equatable {
  /// A stretch of one author's chain.
  package struct Range: Sendable, Hashable {
    /// The dossier.
    package var dossier: DossierID
    /// The author.
    package var author: AgencyCode
    /// The sequences asked for.
    package var sequences: ClosedRange<UInt64>

    /// Names a stretch.
    package init(dossier: DossierID, author: AgencyCode, sequences: ClosedRange<UInt64>) {
      self.dossier = dossier
      self.author = author
      self.sequences = sequences
    }
  }

  /// Change sets asked for by id.
  package var ids: [ChangeSetID]
  /// Stretches asked for.
  package var ranges: [Range]
  /// Reconcile items whose dossiers' chains are asked for.
  package var items: [Hash256]
  /// Dossiers whose chains are asked for.
  package var dossiers: [DossierID]
  /// Asks where the answerer stands in the asker's outbox, and which of its change sets it holds.
  package var asksPosition: Bool
  /// Asks which dossiers the answerer holds of which the asker is a member; nil does not.
  package var listing: Listing?

  /// One page of the dossiers that the answerer holds, ascending.
  package struct Listing: Sendable, Hashable {
    /// From behind this dossier; nil for the first page.
    package var after: DossierID?
    /// Only those that a comparison does not show: the answerer has left them.
    package var isUnshared: Bool

    /// Asks for a page.
    package init(after: DossierID? = nil, isUnshared: Bool = false) {
      self.after = after
      self.isUnshared = isUnshared
    }
  }

  /// Asks for nothing yet.
  package init(
    ids: [ChangeSetID] = [], ranges: [Range] = [], items: [Hash256] = [],
    dossiers: [DossierID] = [], asksPosition: Bool = false, listing: Listing? = nil
  ) {
    self.listing = listing
    self.ids = ids
    self.ranges = ranges
    self.items = items
    self.dossiers = dossiers
    self.asksPosition = asksPosition
  }

  /// The same questions for chains, in requests that an answer has more room for; none when nothing
  /// can be left out.
  var smaller: [FetchRequest] {
    if !ranges.isEmpty { return [FetchRequest(items: items, dossiers: dossiers)] }
    guard items.count + dossiers.count > 1 else { return [] }
    let (middle, half) = ((items.count + 1) / 2, dossiers.count / 2)
    return [
      FetchRequest(items: Array(items[..<middle]), dossiers: Array(dossiers[..<half])),
      FetchRequest(items: Array(items[middle...]), dossiers: Array(dossiers[half...])),
    ]
  }

  /// Whether the answer holds change sets and nothing besides.
  var isForDeliveriesAlone: Bool {
    items.isEmpty && dossiers.isEmpty && !asksPosition && listing == nil
  }

  /// Whether nothing is asked for.
  package var isEmpty: Bool {
    ids.isEmpty && ranges.isEmpty && items.isEmpty && dossiers.isEmpty && !asksPosition
      && listing == nil
  }
}

/// The answer to a fetch request: what is unknown and what is forbidden are missing alike.
package struct FetchAnswer: Sendable {
  /// The change sets, ancestors before descendants within each dossier.
  package var deliveries: [Delivery]
  /// The chains asked for.
  package var chains: [DossierChains]
  /// Whether more was asked than fits.
  package var isTruncated: Bool
  /// Where the answerer stands in the asker's outbox, when that was asked.
  package var position: ReaderPosition?
  /// Nodes whose newest head statement the answerer has not caught up with, ascending.
  package var behind: [AgencyCode]
  /// Of a listing the last dossier told; nil when there are no more.
  package var listed: DossierID?

  /// Answers with nothing.
  package init() {
    listed = nil
    behind = []
    deliveries = []
    chains = []
    isTruncated = false
    position = nil
  }
}

/// Where a reader stands in an outbox, as it tells the owner.
package struct ReaderPosition: Sendable, Equatable {
  /// The outbox it knows.
  package var outbox: OutboxID
  /// The number up to which everything is durable.
  package var number: UInt64
  /// h(number).
  package var runningHash: Hash256
  /// Change sets written by the owner's agencies that the reader holds, ascending.
  package var held: [ChangeSetID]
  /// The owner's newest head statement as it was sent: what proves the number to its own signer.
  package var head: SignedObject?

  /// States where a reader stands.
  package init(
    outbox: OutboxID, number: UInt64, runningHash: Hash256, held: [ChangeSetID],
    head: SignedObject? = nil
  ) {
    self.outbox = outbox
    self.number = number
    self.runningHash = runningHash
    self.held = held
    self.head = head
  }
}

/// The heads of every author's chain in one dossier.
package struct DossierChains: Sendable, Equatable {
  /// One author's newest change set.
  package struct Head: Sendable, Hashable {
    /// The author.
    package var author: AgencyCode
    /// The sequence of its newest change set.
    package var sequence: UInt64
    /// The id of that change set; of a forked chain one of several with the same author.
    package var id: ChangeSetID
    /// The first sequence that the answerer's outbox still owes the asker; 0 for none.
    package var owed: UInt64

    /// Makes a head.
    package init(author: AgencyCode, sequence: UInt64, id: ChangeSetID, owed: UInt64 = 0) {
      self.author = author
      self.sequence = sequence
      self.id = id
      self.owed = owed
    }
  }

  /// The dossier.
  package var dossier: DossierID
  /// The heads, ascending by author and id.
  package var chains: [Head]

  /// Makes the chains of a dossier.
  package init(dossier: DossierID, chains: [Head]) {
    self.dossier = dossier
    self.chains = chains
  }
}
