extension API {
  /// The comparison with a peer.
  package struct ReconcilePeer: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.reconcile/v1"
    /// Code of the peer.
    package var peer: String
    /// Dossiers that both may hold.
    package var sharedDossiers: Int
    /// Dossiers with equal heads.
    package var equal: Int
    /// Change sets on their way.
    package var inFlight: Int
    /// Change sets only here.
    package var onlyLocal: [ChangeSetPlace]
    /// Change sets only there.
    package var onlyRemote: [ChangeSetPlace]
    /// One place of a chain with two change sets.
    package var differing: [Divergence]
    /// What could not be compared.
    package var errors: [ReconcileError]
    /// Change sets repaired.
    package var repaired: Int
    /// The three lists and errors are empty.
    package var consistent: Bool
    /// Questions asked.
    package var roundTrips: Int
    /// Bytes both ways.
    package var bytes: Int
    /// Time it took.
    package var milliseconds: Int
    /// Some list was cut at 1,000.
    package var truncated: Bool
    /// Code of the own agency.
    package var agency: String
    /// How many there are only here.
    package var onlyLocalTotal: Int
    /// How many there are only there.
    package var onlyRemoteTotal: Int
    /// How many places of chains have two change sets.
    package var differingTotal: Int
    /// Nothing was changed: `repaired` says what a repair would do.
    package var dryRun: Bool
    /// What a plan named that does not differ so any more; it was left alone.
    package var skipped: [PlannedChangeSet]

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      peer: String, sharedDossiers: Int, equal: Int, inFlight: Int,
      onlyLocal: [ChangeSetPlace] = [], onlyRemote: [ChangeSetPlace] = [],
      differing: [Divergence] = [], errors: [ReconcileError] = [], repaired: Int,
      consistent: Bool = false, roundTrips: Int, bytes: Int, milliseconds: Int,
      truncated: Bool = false, agency: String = "", onlyLocalTotal: Int? = nil,
      onlyRemoteTotal: Int? = nil, differingTotal: Int? = nil, dryRun: Bool = false,
      skipped: [PlannedChangeSet] = []
    ) {
      self.agency = agency
      self.onlyLocalTotal = onlyLocalTotal ?? onlyLocal.count
      self.onlyRemoteTotal = onlyRemoteTotal ?? onlyRemote.count
      self.differingTotal = differingTotal ?? differing.count
      self.dryRun = dryRun
      self.skipped = skipped
      self.peer = peer
      self.sharedDossiers = sharedDossiers
      self.equal = equal
      self.inFlight = inFlight
      self.onlyLocal = onlyLocal
      self.onlyRemote = onlyRemote
      self.differing = differing
      self.errors = errors
      self.repaired = repaired
      self.consistent = consistent
      self.roundTrips = roundTrips
      self.bytes = bytes
      self.milliseconds = milliseconds
      self.truncated = truncated
    }
  }

  /// A change set and its place.
  package struct ChangeSetPlace: Codable, Hashable, Sendable {
    /// Id.
    package var id: String
    /// Dossier.
    package var dossier: String
    /// Author; empty for a hole whose author is not known.
    package var author: String
    /// Place in the chain; 0 for a hole whose author is not known.
    package var sequence: Int

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(id: String, dossier: String, author: String, sequence: Int) {
      self.id = id
      self.dossier = dossier
      self.author = author
      self.sequence = sequence
    }
  }

  /// One place of a chain with two change sets.
  package struct Divergence: Codable, Hashable, Sendable {
    /// Dossier.
    package var dossier: String
    /// Author.
    package var author: String
    /// Place in the chain.
    package var sequence: Int
    /// The two ids.
    package var ids: [String]

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(dossier: String, author: String, sequence: Int, ids: [String] = []) {
      self.dossier = dossier
      self.author = author
      self.sequence = sequence
      self.ids = ids
    }
  }

  /// What could not be compared.
  package struct ReconcileError: Codable, Hashable, Sendable {
    /// One of `ReconcileReport.Fault.Code`, or the number of a refusal.
    package var code: String
    /// What happened, in the language of the reader.
    package var detail: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(code: String, detail: String) {
      self.code = code
      self.detail = detail
    }
  }

  /// The check of the own ledger and tables.
  package struct ReconcileSelf: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.reconcile-self/v1"
    /// Change sets checked.
    package var changeSetsChecked: Int
    /// Rows compared.
    package var rowsChecked: Int
    /// Change sets whose bytes are gone.
    package var holes: [ChangeSetPlace]
    /// Rows that are not what the log says.
    package var differing: [RowDifference]
    /// Holes and rows repaired.
    package var repaired: Int
    /// Both lists are empty.
    package var consistent: Bool
    /// Some list was cut at 1,000.
    package var truncated: Bool
    /// Code of the own agency.
    package var agency: String
    /// How many holes there are.
    package var holesTotal: Int
    /// How many rows differ.
    package var differingTotal: Int
    /// Nothing was changed: `repaired` says what a repair would do.
    package var dryRun: Bool
    /// Holes of a plan that are none any more; they were left alone.
    package var skippedHoles: [ChangeSetPlace]
    /// Rows of a plan that are not as it saw them any more; they were left alone.
    package var skippedRows: [RowDifference]
    /// The last dossier of a stretch, to go on after; null when none is left.
    package var next: String?
    /// Dossiers with a hole, none of whose rows was compared.
    package var dossiersUncompared: Int
    /// The dossier after which the check began; null when it began with the first.
    package var after: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      changeSetsChecked: Int, rowsChecked: Int, holes: [ChangeSetPlace] = [],
      differing: [RowDifference] = [], repaired: Int, consistent: Bool = false,
      truncated: Bool = false, agency: String = "", holesTotal: Int? = nil,
      differingTotal: Int? = nil, dryRun: Bool = false, skippedHoles: [ChangeSetPlace] = [],
      skippedRows: [RowDifference] = [], next: String? = nil, dossiersUncompared: Int = 0,
      after: String? = nil
    ) {
      self.agency = agency
      self.holesTotal = holesTotal ?? holes.count
      self.differingTotal = differingTotal ?? differing.count
      self.dryRun = dryRun
      self.skippedHoles = skippedHoles
      self.skippedRows = skippedRows
      self.next = next
      self.dossiersUncompared = dossiersUncompared
      self.after = after
      self.changeSetsChecked = changeSetsChecked
      self.rowsChecked = rowsChecked
      self.holes = holes
      self.differing = differing
      self.repaired = repaired
      self.consistent = consistent
      self.truncated = truncated
    }
  }

  /// A row that is not what the log says.
  package struct RowDifference: Codable, Hashable, Sendable {
    /// Table with its schema.
    package var table: String
    /// Primary key.
    package var id: String
    /// changed, missing or extra.
    package var kind: String
    /// Dossier; empty when the row belongs to none.
    package var dossier: String
    /// Digest of the row as it was found; empty when it was missing or is known by its key alone.
    package var seen: String
    /// Digest of the row as the log gives it; empty when it is extra or known by its key alone.
    package var due: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      table: String, id: String, kind: String, dossier: String = "", seen: String = "",
      due: String = ""
    ) {
      self.table = table
      self.id = id
      self.kind = kind
      self.dossier = dossier
      self.seen = seen
      self.due = due
    }
  }

  /// What stands between a node and writing again, and whether it was decided.
  package struct Resume: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.resume/v1"
    /// Code of the own agency.
    package var agency: String
    /// The database went back in time.
    package var restored: Bool
    /// Agency that proved it; the own one for its marker, null when it did not.
    package var witness: String?
    /// When it was noticed.
    package var since: String?
    /// Peers have confirmed since the start where the node stands.
    package var confirmed: Bool
    /// Own change sets that came back from peers since.
    package var returned: [ChangeSetPlace]
    /// Own change sets that are held.
    package var held: [ChangeSetPlace]
    /// The node goes on by this decision.
    package var resumed: Bool
    /// Some list was cut at 1,000.
    package var truncated: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      agency: String, restored: Bool, witness: String? = nil, since: String? = nil, confirmed: Bool,
      returned: [ChangeSetPlace] = [], held: [ChangeSetPlace] = [], resumed: Bool = false,
      truncated: Bool = false
    ) {
      self.agency = agency
      self.restored = restored
      self.witness = witness
      self.since = since
      self.confirmed = confirmed
      self.returned = returned
      self.held = held
      self.resumed = resumed
      self.truncated = truncated
    }
  }

  /// Change sets that wait for something missing.
  package struct HeldList: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.held/v1"
    /// Oldest first.
    package var held: [Held]
    /// The next page; null on the last.
    package var next: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(held: [Held] = [], next: Int? = nil) {
      self.held = held
      self.next = next
    }
  }

  /// A held change set.
  package struct Held: Codable, Hashable, Sendable {
    /// Id.
    package var id: String
    /// Author.
    package var author: String
    /// Dossier.
    package var dossier: String
    /// Place in the chain.
    package var sequence: Int
    /// Why it waits.
    package var reason: String
    /// Ids that it waits for.
    package var missing: [String]
    /// Peer that delivered it.
    package var from: String
    /// When it came.
    package var since: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      id: String, author: String, dossier: String, sequence: Int, reason: String,
      missing: [String] = [], from: String, since: String
    ) {
      self.id = id
      self.author = author
      self.dossier = dossier
      self.sequence = sequence
      self.reason = reason
      self.missing = missing
      self.from = from
      self.since = since
    }
  }

  /// Change sets in quarantine.
  package struct RejectedList: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.rejected/v1"
    /// Newest first.
    package var rejected: [Rejected]
    /// The next page; null on the last.
    package var next: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(rejected: [Rejected] = [], next: Int? = nil) {
      self.rejected = rejected
      self.next = next
    }
  }

  /// A rejected change set.
  package struct Rejected: Codable, Hashable, Sendable {
    /// Id.
    package var id: String
    /// Author that it names.
    package var author: String
    /// Dossier that it names.
    package var dossier: String
    /// Why.
    package var reason: String
    /// Peer that delivered it.
    package var from: String
    /// When it came.
    package var since: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      id: String, author: String, dossier: String, reason: String, from: String, since: String
    ) {
      self.id = id
      self.author = author
      self.dossier = dossier
      self.reason = reason
      self.from = from
      self.since = since
    }
  }

  /// One change set with what names it.
  package struct Shown: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.show/v1"
    /// What the id named: changeSet, dossier, document, item, act or result.
    package var kind: String
    /// The record or change set that was named.
    package var id: String
    /// Change set.
    package var changeSet: String
    /// Dossier.
    package var dossier: String
    /// Author.
    package var author: String
    /// Place in the chain.
    package var sequence: Int
    /// Change set before it.
    package var previous: String?
    /// Other heads that it saw.
    package var parents: [String]
    /// Directory entry that it names.
    package var directory: String?
    /// Id of the signing key.
    package var key: String
    /// When its author says it was written.
    package var authoredAt: String
    /// When it was stored here.
    package var storedAt: String
    /// Peer that delivered it; null for our own.
    package var from: String?
    /// counts, void or unconfirmed.
    package var standing: String
    /// Why it has no effect.
    package var voidReason: String?
    /// When its author says it was sealed.
    package var sealedAt: String?
    /// Parts.
    package var parts: [ShownPart]
    /// Records visible here.
    package var records: [ShownRecord]
    /// Receipts of readers.
    package var received: [Received]

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      kind: String, id: String, changeSet: String, dossier: String, author: String, sequence: Int,
      previous: String? = nil, parents: [String] = [], directory: String? = nil, key: String,
      authoredAt: String, storedAt: String, from: String? = nil, standing: String,
      voidReason: String? = nil, sealedAt: String? = nil, parts: [ShownPart] = [],
      records: [ShownRecord] = [], received: [Received] = []
    ) {
      self.kind = kind
      self.id = id
      self.changeSet = changeSet
      self.dossier = dossier
      self.author = author
      self.sequence = sequence
      self.previous = previous
      self.parents = parents
      self.directory = directory
      self.key = key
      self.authoredAt = authoredAt
      self.storedAt = storedAt
      self.from = from
      self.standing = standing
      self.voidReason = voidReason
      self.sealedAt = sealedAt
      self.parts = parts
      self.records = records
      self.received = received
    }
  }

  /// One part.
  package struct ShownPart: Codable, Hashable, Sendable {
    /// Position.
    package var part: Int
    /// Salted hash in the header.
    package var hash: String
    /// Its bytes are here.
    package var visible: Bool
    /// It is sealed for this agency, and its records are withheld because nobody with a content
    /// role asked.
    package var withheld: Bool
    /// Audience of a sealed part.
    package var audience: [String]
    /// Size; 0 when it is not here.
    package var bytes: Int
    /// Its author has destroyed it.
    package var destroyed: Bool
    /// Why it has no effect.
    package var voidReason: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      part: Int, hash: String, visible: Bool = false, withheld: Bool = false,
      audience: [String] = [], bytes: Int, destroyed: Bool = false, voidReason: String? = nil
    ) {
      self.part = part
      self.hash = hash
      self.visible = visible
      self.withheld = withheld
      self.audience = audience
      self.bytes = bytes
      self.destroyed = destroyed
      self.voidReason = voidReason
    }
  }

  /// One record.
  package struct ShownRecord: Codable, Hashable, Sendable {
    /// Record.
    package var id: String
    /// Part.
    package var part: Int
    /// dossier, document, item, act, result, destruction or disclosure.
    package var type: String
    /// Change set of the record that it replaces.
    package var revises: String?
    /// Its fields in their order.
    package var fields: [Field]
    /// Why it has no effect.
    package var voidReason: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      id: String, part: Int, type: String, revises: String? = nil, fields: [Field] = [],
      voidReason: String? = nil
    ) {
      self.id = id
      self.part = part
      self.type = type
      self.revises = revises
      self.fields = fields
      self.voidReason = voidReason
    }
  }

  /// One field of a record.
  package struct Field: Codable, Hashable, Sendable {
    /// Name.
    package var name: String
    /// Value as text.
    package var value: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// A receipt.
  package struct Received: Codable, Hashable, Sendable {
    /// Reader.
    package var agency: String
    /// When its node stored it.
    package var storedAt: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(agency: String, storedAt: String) {
      self.agency = agency
      self.storedAt = storedAt
    }
  }

  /// An evidence file.
  package struct EvidenceFile: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.evidence/v1"
    /// Change set.
    package var id: String
    /// The bytes of the file in base64.
    package var content: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(id: String, content: String) {
      self.id = id
      self.content = content
    }
  }
}
