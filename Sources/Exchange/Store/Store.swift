package import Ledger

/// The durable state of one node, seen as transactions.
///
/// Two types conform: `MemoryStore` here and `PostgresStore` in Replica. One conformance suite
/// (Tests/TestSupport/StoreConformance) is run over both, so a use case that works over one works
/// over the other.
package protocol Store: Sendable {
  /// Runs the work in the one writing transaction and commits it before it returns.
  ///
  /// Writes of one store never overlap: a second one waits. When the work throws, or the commit
  /// fails, nothing of it remains. The store may run the same work again after a serialization
  /// failure, so a work holds only values and does nothing outside the transaction.
  func write<W: StoreWork>(_ work: W) async throws -> W.Result

  /// Runs the work as `write` does, gives its result, and undoes everything it wrote.
  func rehearse<W: StoreWork>(_ work: W) async throws -> W.Result

  /// Runs the work over one snapshot; a writing primitive throws `.readOnly` in it.
  func read<W: StoreWork>(_ work: W) async throws -> W.Result

  /// Runs the work as `read` does, for an answer that leaves the node.
  ///
  /// A store that notes outside itself how far it has come has noted what the work saw before it
  /// returns: what a peer has been shown cannot be lost unnoticed.
  func serve<W: StoreWork>(_ work: W) async throws -> W.Result

  /// Whether the failure belongs to the values written (a constraint, a value that does not fit)
  /// and not to the connection or the machine.
  ///
  /// Only such a failure is isolated by bisection; any other is thrown on and tried again later.
  func belongsToContent(_ error: any Error) -> Bool
}

extension Store {
  package func serve<W: StoreWork>(_ work: W) async throws -> W.Result { try await read(work) }
}

/// One use case over a transaction: the same code for every store.
package protocol StoreWork: Sendable {
  associatedtype Result: Sendable

  /// Whether it takes milliseconds, so that a store may commit several of its like together.
  static var isBrief: Bool { get }

  /// Does the work; throwing undoes all of it.
  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Result
}

extension StoreWork {
  /// It may take long, and is committed alone.
  package static var isBrief: Bool { false }
}

/// What a use case may ask of a store, in batches, never row by row.
///
/// Every list a primitive returns is in the order its comment says; a dictionary lacks the keys
/// that are not there. A limit of a list is the caller's; the store adds none.
package protocol StoreTransaction: ~Copyable {

  // MARK: The node

  /// The one record about this node; throws `.notInitialized` before the first `save`.
  func node() throws -> NodeRecord

  /// Replaces the record about this node.
  func save(_ node: NodeRecord) throws

  // MARK: The log

  /// The directory as stored; nil until `NodeRecord.directory` is pinned and its first entry here.
  ///
  /// A store may keep it between transactions and must drop what it kept when `put` gets a graph
  /// of the directory's dossier.
  func directory() throws -> Directory?

  /// The graphs of these dossiers, with every part this node has.
  ///
  /// A store may keep graphs between transactions; what it returns equals a graph built from the
  /// rows this transaction sees. Where a row does not prove itself, or fewer are there than `put`
  /// kept in the summary, the log has a hole: a store refuses the dossier to whoever writes, and
  /// for whoever reads notes in the graph what the summary says (`DossierGraph.hole`), so that
  /// nothing is opened by what is lost.
  func graphs(_ dossiers: [DossierID]) throws -> [DossierID: DossierGraph]

  /// The graphs of these dossiers as `graphs` gives them, and by name those that it refuses to
  /// whoever writes: what is wrong with one dossier keeps nobody from the others.
  ///
  /// The log of these has a hole: who may have what of them, and what may be written upon them, is
  /// known once it is filled. One of which nothing is stored has no graph, and no hole.
  func wholeGraphs(
    _ dossiers: [DossierID]
  ) throws -> (graphs: [DossierID: DossierGraph], holed: Set<DossierID>)

  /// The dossiers of those of the change sets that are stored.
  func locate(_ ids: [ChangeSetID]) throws -> [ChangeSetID: DossierID]

  /// Those of the change sets that are stored, in the order asked for.
  func changeSets(_ ids: [ChangeSetID]) throws -> [StoredChangeSet]

  /// Stores change sets, ancestors first, and keeps what the graphs say about their dossiers.
  ///
  /// An id that is stored already gains the parts it lacked and keeps its header, its proof and
  /// its first `storedAt`; what the graphs know to be destroyed is erased and never written.
  /// `graphs` holds the whole graph of every dossier touched, after the change: from it come the
  /// rows about heads, chains, members, excluded agencies and forks (a fork is kept for good). All
  /// in a few set-based statements.
  func put(_ entries: [LogEntry], graphs: [DossierGraph]) throws

  /// Folds these dossiers and replaces their rows in the projection by the result.
  ///
  /// `directory` is what the fold reads names and governance from; the graph of the directory's
  /// own dossier is projected into the rows about agencies and people.
  func project(_ graphs: [DossierGraph], directory: Directory?) throws

  /// Makes only these rows of one dossier what the log gives, each as `compare` told it.
  func project(_ graph: DossierGraph, directory: Directory?, only rows: [RowDifference]) throws

  /// The dossiers in which the agency has a stored change set, ascending, from after `after`.
  func dossiers(
    writtenBy agency: AgencyCode, after: DossierID?, limit: Int
  ) throws -> [DossierID]

  /// Change sets of these authors that came from a peer at or after a time, by (time, id), under
  /// one of these keys; nil takes every key.
  func received(
    writtenBy agencies: [AgencyCode], under keys: [KeyID]?, since: Timestamp, limit: Int
  ) throws -> [ChangeSetID]

  /// The reconcile items of the dossiers that this node's agencies share with a peer's, in any
  /// order, and without the directory's own.
  ///
  /// A dossier is shared when one of each side is a member and none of `barred` is excluded.
  func items(sharedBy local: [AgencyCode], with remote: [AgencyCode], barred: [AgencyCode]) throws
    -> [Hash256]

  /// The sums of the items that `items` with the same agencies would give, by leaf or block, and
  /// no empty one; a store may keep them, so that no item is read.
  ///
  /// Nil when what it keeps is not whole: sums that are lost would hide dossiers.
  func sums(
    by grain: LeafSum.Grain, sharedBy local: [AgencyCode], with remote: [AgencyCode],
    barred: [AgencyCode]
  ) throws -> [LeafSum]?

  /// How many items `items` with the same agencies would give, counted where they stand.
  func count(
    sharedBy local: [AgencyCode], with remote: [AgencyCode], barred: [AgencyCode]
  ) throws -> Int

  /// Of the items that `items` with the same agencies would give, those of these leaves.
  func items(
    in leaves: [Int], sharedBy local: [AgencyCode], with remote: [AgencyCode],
    barred: [AgencyCode]
  ) throws -> [Hash256]

  /// The dossiers behind those of the items that `items` with the same agencies would give.
  func dossiers(
    ofItems items: [Hash256], sharedBy local: [AgencyCode], with remote: [AgencyCode],
    barred: [AgencyCode]
  ) throws -> [Hash256: DossierID]

  /// Of the dossiers that `items` with the same agencies counts as shared, those where a member may
  /// be shut out all the same, with their items: a held copy excludes someone, or the chain of one
  /// of these authors is forked or ends under one of these keys. A store may name more.
  func doubtful(
    sharedBy local: [AgencyCode], with remote: [AgencyCode], barred: [AgencyCode],
    authors: [AgencyCode], keys: [KeyID]
  ) throws -> [DossierID: Hash256]

  /// Those of the change sets that are stored in a dossier one of the agencies may read: as a
  /// member, or as a former one (`DossierSummary.former`). The directory's dossier is not special.
  ///
  /// One query that starts from the agencies' dossiers, so that what is forbidden takes the same
  /// time as what is unknown.
  func locate(_ ids: [ChangeSetID], readableBy agencies: [AgencyCode]) throws
    -> [ChangeSetID: DossierID]

  /// Those of the dossiers that one of the agencies may read, as for `locate`.
  func readable(_ dossiers: [DossierID], by agencies: [AgencyCode]) throws -> Set<DossierID>

  /// The dossiers of which one of the agencies is a member, ascending, from after `after`, and
  /// without the directory's own.
  ///
  /// Of them those that `items(sharedBy: local, with: agencies, barred: barred)` does not count;
  /// all when `local` is empty.
  func dossiers(
    of agencies: [AgencyCode], unsharedBy local: [AgencyCode], barred: [AgencyCode],
    after: DossierID?, limit: Int
  ) throws -> [DossierID]

  /// What `put` last kept about each of these dossiers.
  func summaries(_ dossiers: [DossierID]) throws -> [DossierID: DossierSummary]

  /// Change sets of which a part was disclosed that is not here, with their dossiers: those of
  /// `DossierSummary.lacking` of one dossier or of all.
  ///
  /// Authors take turns, and each author's begin with the first id from `start` on and go round:
  /// who discloses what it never gives keeps no other's parts from being asked for, and of its own
  /// none for good.
  func lacking(
    of dossier: DossierID?, from start: ChangeSetID, limit: Int
  ) throws -> [ChangeSetID: DossierID]

  /// Removes the bytes and salts of these parts, with the contents of what they list, as far as
  /// they are there.
  func erase(_ places: [PartPlace], in dossier: DossierID) throws

  // MARK: Held and rejected

  /// Keeps copies that cannot be stored yet; one per (id, sender), the newer replaces.
  func hold(_ copies: [HeldCopy]) throws

  /// Every held copy of these ids, by id, then by sender.
  func heldCopies(_ ids: [ChangeSetID]) throws -> [HeldCopy]

  /// The excludes in held copies whose header names one of these dossiers.
  func heldExclusions(in dossiers: [DossierID]) throws -> [DossierID: Set<HeldExclusion>]

  /// The ids of held copies whose header names one of these authors, ascending; of more than the
  /// limit the oldest of every sender, then the second of every sender, and so on.
  func held(writtenBy agencies: [AgencyCode], limit: Int) throws -> [ChangeSetID]

  /// The ids with a held copy that waits for one of these objects (change sets or directory
  /// entries), ascending.
  func held(awaiting objects: [ChangeSetID]) throws -> [ChangeSetID]

  /// Held copies without their bytes: the oldest of every sender, then the second of every sender,
  /// and so on, so that no sender's copies keep another's from being looked at.
  func heldNotices(limit: Int) throws -> [HeldNotice]

  /// Removes every copy of these ids.
  func release(_ ids: [ChangeSetID]) throws

  /// The bytes held from this peer.
  func heldBytes(from peer: AgencyCode) throws -> Int

  /// Keeps rejected deliveries with reason and sender; the oldest of a peer go when it has more
  /// than `Limits.quarantineBytesPerPeerMax` or `Limits.quarantinedPerPeerMax`. An id stays marked
  /// as rejected even then; a store may forget the oldest beyond `Limits.rejectedMax`, which are
  /// judged again if they come again.
  func quarantine(_ deliveries: [QuarantinedDelivery]) throws

  /// Those of the ids whose header was rejected, with the reason.
  func rejected(_ ids: [ChangeSetID]) throws -> [ChangeSetID: RejectionReason]

  /// Quarantined deliveries, newest first.
  func quarantined(limit: Int) throws -> [QuarantinedDelivery]

  // MARK: The outbox

  /// Queues change sets for readers (nodes, by the agency that runs them), in the order given.
  ///
  /// A line that is queued already is left alone, and so is one that has a number unless it says
  /// `isRepeated`; then it gets a further number when it is served.
  func enqueue(_ lines: [OutboxLine]) throws

  /// Where the outbox of this reader stands; zero when nothing was numbered.
  func position(of reader: AgencyCode) throws -> OutboxPosition

  /// Lines of this reader without a number, in the order queued, from behind the line of `after`.
  func queued(for reader: AgencyCode, after: ChangeSetID?, limit: Int) throws -> [QueuedLine]

  /// Lines of this reader without a number that are of these dossiers, one dossier after the other
  /// as they are given, each in the order queued.
  func queued(for reader: AgencyCode, of dossiers: [DossierID], limit: Int) throws
    -> [ChangeSetID]

  /// The lines of this reader that go before a bulk load, in the order queued: everything without
  /// a number of each dossier in which an urgent line waits, unless it is more than
  /// `Limits.urgentLinesPerDossierMax` lines.
  ///
  /// At most `Limits.urgentDossiersMax` dossiers are looked at from either end: those in which an
  /// urgent line has waited longest, and those in which one was queued last.
  func urgent(for reader: AgencyCode) throws -> [ChangeSetID]

  /// Whether lines of this reader wait for a number.
  func isQueued(for reader: AgencyCode) throws -> Bool

  /// Whether a line of the reader for one of these ids is queued or numbered above `number`.
  func owes(_ ids: [ChangeSetID], to reader: AgencyCode, above number: UInt64) throws
    -> Set<ChangeSetID>

  /// Removes lines without a number, for good.
  func unqueue(_ ids: [ChangeSetID], for reader: AgencyCode) throws

  /// Where the outboxes of those of the readers stand for whom nothing is queued.
  func idle(_ readers: [AgencyCode]) throws -> [AgencyCode: OutboxPosition]

  /// Gives numbers, by reader and ascending: what of the lines was queued is not any more, and
  /// position becomes the last line's.
  func number(_ lines: [AgencyCode: [NumberedLine]]) throws

  /// Numbered lines of this reader after a number, ascending.
  func numbered(for reader: AgencyCode, after number: UInt64, limit: Int) throws -> [NumberedLine]

  /// Readers with a line that has no number or is not receipted, ascending.
  func readersWaiting() throws -> [AgencyCode]

  /// Forgets every number given but the last of each reader, keeps the lines without one, and
  /// continues under a new id.
  func restartOutbox(_ id: OutboxID) throws

  /// How far the outbox came for this reader under the id before the last restart.
  func formerEnd(for reader: AgencyCode) throws -> OutboxEnd

  /// Keeps a reader's receipt; `position` shows the highest, and of one number that which names
  /// fewest as not taken.
  func keep(_ receipt: KeptReceipt) throws

  /// What proves that readers have this change set: for each the first receipt at or above a line
  /// that carried it which does not name that line as not taken, and the lines between.
  func receipts(of id: ChangeSetID) throws -> [ReceiptTrail]

  // MARK: The inbox

  /// Where this node stands in a peer's outbox; nil before the first page.
  func cursor(of peer: AgencyCode) throws -> Cursor?

  /// Every cursor, by peer.
  func cursors() throws -> [Cursor]

  /// Replaces the cursor of its peer.
  func move(_ cursor: Cursor) throws

  /// Takes off the list of every cursor the numbers whose content has arrived, whoever brought it,
  /// and dates these cursors: what their receipts say from then on was not so before.
  func settle(_ arrivals: Arrivals, at time: Timestamp) throws

  /// Keeps evidence of misconduct or mishap of a peer; an equal one (peer, kind, subject) is kept
  /// once.
  func raise(_ alarms: [Alarm]) throws

  /// Alarms, newest first.
  func alarms(limit: Int) throws -> [Alarm]

  // MARK: Attachments

  /// Notes attachments that documents list, without any piece; `project` calls it with those that
  /// the fold gives.
  ///
  /// One that is noted already keeps its pieces, also when its document has no effect any more. One
  /// that another row stands for is noted anew.
  func list(_ attachments: [ListedAttachment]) throws

  /// What is noted of these attachments.
  func attachments(at places: [AttachmentPlace]) throws -> [AttachmentPlace: ListedAttachment]

  /// The attachments noted of these dossiers, in the order of their places.
  func attachments(of dossiers: [DossierID]) throws -> [ListedAttachment]

  /// The attachments noted of these change sets, by place.
  func attachments(listedBy changes: [ChangeSetID]) throws -> [ListedAttachment]

  /// Attachments that lack a piece, by place, from after `after`.
  func incompleteAttachments(after: AttachmentPlace?, limit: Int) throws -> [ListedAttachment]

  /// The numbers of the pieces of an attachment that are here, ascending.
  func pieces(of place: AttachmentPlace) throws -> [Int]

  /// A piece as it is on disk; nil when it is not here.
  func piece(_ number: Int, of place: AttachmentPlace) throws -> LoggedPiece?

  /// Stores a piece; one that is here already, or whose attachment is not noted, changes nothing.
  func put(_ piece: AttachmentPiece, of place: AttachmentPlace) throws

  /// Removes pieces, as far as they are there, and counts anew what is here of the attachment.
  func forget(pieces: [Int], of place: AttachmentPlace) throws

  /// Removes attachments that no document lists, with their pieces.
  func unlist(_ places: [AttachmentPlace]) throws

  // MARK: Checking oneself

  /// Dossiers with a stored change set or a summary, ascending, from after `after`.
  func dossiers(after: DossierID?, limit: Int) throws -> [DossierID]

  /// Dossiers with a record that the build which folded them did not know, ascending, from after
  /// `after`.
  func outdated(after: DossierID?, limit: Int) throws -> [DossierID]

  /// The bytes of the logs of these dossiers, of which nothing is read.
  func logBytes(_ dossiers: [DossierID]) throws -> [DossierID: Int]

  /// The rows of the logs of these dossiers as they are on disk, past any cache.
  func logged(_ dossiers: [DossierID]) throws -> [DossierID: [LoggedChangeSet]]

  /// Removes these change sets and their parts from the log, as far as they are there, and drops
  /// everything kept in memory about the dossier: sound copies are put in their place.
  func forget(_ ids: [ChangeSetID], in dossier: DossierID) throws

  /// Where what is derived from the log differs from it: every row changed, missing or extra of the
  /// projection, and of what `put` keeps about the dossier.
  ///
  /// `rows` counts the rows the log gives.
  func compare(_ graphs: [DossierGraph], directory: Directory?) throws
    -> [DossierID: (rows: Int, differences: [RowDifference])]

  /// Where the sums that are kept for comparisons are not those of the items; empty where none are
  /// kept.
  func compareSums(limit: Int) throws -> [RowDifference]

  /// Makes the sums that are kept for comparisons anew.
  func renewSums() throws

  /// The digest of the projected rows that come from part 0s, as they are on disk; nil while the
  /// fold met a record type it does not know.
  func digest(of dossier: DossierID) throws -> Hash256?
}

extension StoreTransaction where Self: ~Copyable {
  /// The attachments noted of one dossier, by place.
  package func attachments(of dossier: DossierID) throws -> [ListedAttachment] {
    try attachments(of: [dossier])
  }

  /// The rows of the log of one dossier.
  package func logged(_ dossier: DossierID) throws -> [LoggedChangeSet] {
    try logged([dossier])[dossier] ?? []
  }

  /// Where what is derived from the log of one dossier differs from it.
  package func compare(
    _ graph: DossierGraph, directory: Directory?
  ) throws -> (rows: Int, differences: [RowDifference]) {
    try compare([graph], directory: directory)[graph.id] ?? (0, [])
  }
}
