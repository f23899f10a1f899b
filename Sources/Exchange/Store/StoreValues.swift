package import Ledger

/// What a store keeps about the node itself.
package struct NodeRecord: Sendable, Equatable {
  /// The agency that runs this node.
  package var agency: AgencyCode
  /// The random id of this database's outbox.
  package var outbox: OutboxID
  /// The pinned id of the directory's first entry; nil while a join is pending.
  package var directory: DossierID?
  /// Whether this node has ever sealed a change set.
  package var hasSealed: Bool
  /// Set when a peer or the marker showed that the database went back in time; nil otherwise.
  package var restored: RestoredState?

  /// Makes the record of a node that has done nothing yet.
  package init(agency: AgencyCode, outbox: OutboxID, directory: DossierID?) {
    self.agency = agency
    self.outbox = outbox
    self.directory = directory
    self.hasSealed = false
    self.restored = nil
  }
}

/// Why a node that went back in time may not seal.
package struct RestoredState: Sendable, Equatable {
  /// The agency that showed it first, or this node's own for its marker.
  package let witness: AgencyCode
  /// Those that showed it since, in that order.
  package private(set) var laterWitnesses: [AgencyCode] = []
  /// When it was noticed.
  package var since: Timestamp
  /// The outbox under which this database served until then; nil when that is not known.
  package var outbox: OutboxID?

  /// Notes the witness, the time and the outbox.
  package init(witness: AgencyCode, since: Timestamp, outbox: OutboxID? = nil) {
    self.witness = witness
    self.since = since
    self.outbox = outbox
  }

  /// Everybody who showed it, the first of them first.
  package var witnesses: [AgencyCode] { [witness] + laterWitnesses }

  /// Notes that another agency showed it, too; once is enough.
  package mutating func add(_ agency: AgencyCode) {
    if !witnesses.contains(agency) { laterWitnesses.append(agency) }
  }
}

/// How far an outbox came for one reader.
package struct OutboxEnd: Sendable, Equatable {
  /// The highest number given; 0 for none.
  package var number: UInt64
  /// The running hash at that number.
  package var runningHash: Hash256

  /// Names an end.
  package init(number: UInt64, runningHash: Hash256) {
    self.number = number
    self.runningHash = runningHash
  }
}

/// A change set for the log.
package struct LogEntry: Sendable {
  /// The change set with the parts this node has.
  package var changeSet: StoredChangeSet
  /// The peer it came from; nil for this node's own.
  package var sender: AgencyCode?
  /// When it became durable here, by the business clock.
  package var storedAt: Timestamp

  /// Ties a change set to its sender and time.
  package init(changeSet: StoredChangeSet, sender: AgencyCode?, storedAt: Timestamp) {
    self.changeSet = changeSet
    self.sender = sender
    self.storedAt = storedAt
  }

  /// The entry without the parts that its dossier knows to be destroyed: they never reach a disk.
  package func withoutDestroyed(in graph: DossierGraph?) -> LogEntry {
    guard let graph else { return self }
    var entry = self
    for (index, part) in changeSet.parts
    where graph.refuses(part, at: PartPlace(change: changeSet.id, part: index)) {
      entry.changeSet.withhold(index)
    }
    return entry
  }
}

/// What a store keeps about a dossier beside its log.
package struct DossierSummary: Sendable, Equatable {
  /// The dossier.
  package var dossier: DossierID
  /// Its heads, ascending by bytes.
  package var heads: [ChangeSetID]
  /// The agencies that are members now, ascending.
  package var members: [AgencyCode]
  /// The agencies that a lawful grant once named and that are neither members nor excluded now,
  /// ascending: they read up to the `end` that closed their membership.
  package var former: [AgencyCode]
  /// The agencies excluded from it, ascending.
  package var excluded: [AgencyCode]
  /// The change sets stored of it.
  package var count: Int
  /// The change sets of which a part was disclosed that is not here, ascending.
  package var lacking: [ChangeSetID]

  /// Makes a summary.
  package init(
    dossier: DossierID, heads: [ChangeSetID], members: [AgencyCode], former: [AgencyCode],
    excluded: [AgencyCode], count: Int, lacking: [ChangeSetID]
  ) {
    self.dossier = dossier
    self.heads = heads
    self.members = members
    self.former = former
    self.excluded = excluded
    self.count = count
    self.lacking = lacking
  }
}

extension DossierSummary {
  /// What a store keeps about a dossier: it is made of every graph that `put` is given.
  package init(_ graph: DossierGraph) {
    self.init(
      dossier: graph.id, heads: graph.heads, members: graph.members.sorted(),
      former: graph.granted.subtracting(graph.members).subtracting(graph.excluded).sorted(),
      excluded: graph.excluded.sorted(), count: graph.count, lacking: graph.lacking)
  }

  /// The item that stands for the dossier in a comparison: SHA-256(dossier ‖ sorted heads).
  package var item: Hash256 {
    .sha256(dossier.bytes + heads.flatMap(\.bytes))
  }
}

extension LogHole {
  /// Takes what a store keeps about a dossier; to one of which it keeps nothing nobody belongs.
  package init(_ summary: DossierSummary?) {
    self.init(members: Set(summary?.members ?? []), excluded: Set(summary?.excluded ?? []))
  }
}

/// One sender's copy of a change set that is held (待补).
package struct HeldCopy: Sendable {
  /// The id its header gives, or the SHA-256 of the header's bytes when the format is unknown.
  package var id: ChangeSetID
  /// The peer it came from.
  package var sender: AgencyCode
  /// The copy as it came.
  package var received: ReceivedChangeSet
  /// Why it waits.
  package var reason: HoldReason
  /// The change sets or directory entries it waits for, ascending; empty when it waits for
  /// anything else.
  package var missing: [ChangeSetID]
  /// The dossier and the author its header names; nil when the header cannot be read.
  package var origin: ChangeSetOrigin?
  /// When the first copy from this sender came.
  package var since: Timestamp
  /// The bytes it counts towards the limit of its sender.
  package var byteCount: Int
  /// Whether what it says is known to be its author's word, not anybody's in that name.
  package var isWord = true

  /// The agencies to which delivery stops for it.
  package var excludes: [AgencyCode] { isWord ? received.excludes : [] }

  /// The copy without its bytes.
  package var notice: HeldNotice {
    HeldNotice(
      id: id, sender: sender, reason: reason, missing: missing, origin: origin,
      byteCount: byteCount)
  }

  /// Makes a held copy.
  package init(
    id: ChangeSetID, sender: AgencyCode, received: ReceivedChangeSet, reason: HoldReason,
    missing: [ChangeSetID], origin: ChangeSetOrigin?, since: Timestamp, byteCount: Int
  ) {
    self.id = id
    self.sender = sender
    self.received = received
    self.reason = reason
    self.missing = missing
    self.origin = origin
    self.since = since
    self.byteCount = byteCount
  }
}

/// What is known of a held copy without reading its bytes.
package struct HeldNotice: Sendable, Hashable {
  /// The id of the change set.
  package var id: ChangeSetID
  /// The peer it came from.
  package var sender: AgencyCode
  /// Why it waits.
  package var reason: HoldReason
  /// What it waits for, ascending; empty when it waits for anything but objects.
  package var missing: [ChangeSetID]
  /// The place its header names; nil when the header cannot be read.
  package var origin: ChangeSetOrigin?
  /// The bytes it counts towards the limit of its sender.
  package var byteCount: Int

  /// Makes a notice.
  package init(
    id: ChangeSetID, sender: AgencyCode, reason: HoldReason, missing: [ChangeSetID],
    origin: ChangeSetOrigin?, byteCount: Int
  ) {
    self.id = id
    self.sender = sender
    self.reason = reason
    self.missing = missing
    self.origin = origin
    self.byteCount = byteCount
  }
}

/// An exclude that is still held: who says it of whom, by its seal or from its own node.
package struct HeldExclusion: Sendable, Hashable {
  /// The author its header names.
  package var author: AgencyCode
  /// The agency it excludes.
  package var agency: AgencyCode

  /// Names an exclude.
  package init(author: AgencyCode, agency: AgencyCode) {
    self.author = author
    self.agency = agency
  }
}

/// Which place in which chain a header claims.
package struct ChangeSetOrigin: Sendable, Hashable {
  /// The dossier; of a dossier's first change set its own id.
  package var dossier: DossierID
  /// The author.
  package var author: AgencyCode
  /// The author's sequence in that dossier.
  package var sequence: UInt64

  /// Names a place in a chain.
  package init(dossier: DossierID, author: AgencyCode, sequence: UInt64) {
    self.dossier = dossier
    self.author = author
    self.sequence = sequence
  }
}

/// A delivery that was refused, with its sender.
package struct QuarantinedDelivery: Sendable {
  /// The id its header gives; nil when only the sender is condemned (broken bytes).
  package var id: ChangeSetID?
  /// The peer it came from.
  package var sender: AgencyCode
  /// Why.
  package var reason: RejectionReason
  /// The place its header claims, when it can be read.
  package var origin: ChangeSetOrigin?
  /// When it came.
  package var since: Timestamp
  /// The delivery as it came, in its wire form.
  package var bytes: [UInt8]

  /// Makes a quarantined delivery.
  package init(
    id: ChangeSetID?, sender: AgencyCode, reason: RejectionReason, origin: ChangeSetOrigin?,
    since: Timestamp, bytes: [UInt8]
  ) {
    self.id = id
    self.sender = sender
    self.reason = reason
    self.origin = origin
    self.since = since
    self.bytes = bytes
  }
}
