/// Named maxima of this module, each with its arithmetic.
///
/// The limits of a header, a part and a change set are Ledger's.
package enum Limits {
  /// One delivery page: 8 MiB, so that the largest change set (6 MiB with its header, and under
  /// 64 KiB of proof and framing) always fits one and a slow peer costs one page of memory.
  package static let pageBytesMax = 8 << 20

  /// Pages in a row that may bring nothing sooner than they were asked for: one behind a page that
  /// was asked for ahead, one of a new outbox, and one to spare.
  package static let hastyPagesMax = 3

  /// Deliveries in one page: 8 MiB at 1 KiB, about the smallest that carries anything.
  package static let pageDeliveriesMax = 8192

  /// What a reader may ask for with `max` at least: 64 KiB, some fifty letters; a page carries one
  /// delivery whatever its size.
  package static let pageBytesMin = 64 << 10

  /// What a reader asks for before it knows its line: a second at 256 KiB/s, the slowest line we
  /// serve.
  package static let pageBytesFirst = 256 << 10

  /// How long a page may take from the question until it is durable before the next is smaller: a
  /// letter waits for the page that is taken and the one asked for ahead, and travels with the
  /// next, two seconds at the most.
  package static let pageTimeMax: Duration = .milliseconds(600)

  /// From which page size on the next page is asked for while one is taken: 1 MiB, to which only a
  /// line of 3 MiB/s comes.
  ///
  /// On a slow line a letter waits for one page and no more.
  package static let pageBytesAhead = 1 << 20

  /// The head statement and the framing of a page: a signed body under 300 bytes, kept generous.
  package static let headStatementBytesMax = 4 << 10

  /// One fetch request: 1,000 ids of 34 bytes and 1,000 ranges of under 80 bytes.
  package static let fetchRequestBytesMax = 256 << 10

  /// Ids in one fetch request.
  package static let fetchIDsMax = 1_000

  /// Ranges in one fetch request.
  package static let fetchRangesMax = 1_000

  /// Items or dossiers in one fetch request; an item is 34 bytes.
  package static let fetchItemsMax = 1_000

  /// Chains in one answer: 64 dossiers with 128 authors each at 100 bytes is under 1 MiB; what
  /// does not fit is marked as truncated and asked for again.
  package static let fetchChainsMax = 8_192

  /// Dossiers on one page of a listing: each may have 32 chains until the 8,192 of an answer are
  /// full, and what does not fit comes with the next page.
  package static let listedDossiersMax = 256

  /// Pages of one listing: 10^5 dossiers with 128 authors each fill 1,563 pages of 8,192 chains;
  /// ids can be invented without end.
  package static let listingPagesMax = 4_096

  /// Pages of a listing in a row that name what this node lacks while the peer gives none of it:
  /// 16 × 256 dossiers that are kept back or invented; the rest is left to other peers.
  package static let barrenPagesMax = 16

  /// Nodes that an answer may name as ones its giver has not caught up with: more than the 10,000
  /// entries that a directory is sized for.
  package static let behindMax = 16_384

  /// One negentropy message: 512 KiB, about 16,000 ids or 20,000 fingerprints.
  package static let reconcileFrameBytesMax = 512 << 10

  /// Items that are read for one answer of a comparison: 2^18 of 32 bytes are 8 MiB, and what
  /// sorting them takes; an answer that needs more tells the rest when it is asked again.
  package static let itemsPerAnswerMax = 1 << 18

  /// Items that are read at once for an answer, ahead of what it is known to need: 2^15 of 32 bytes
  /// are 1 MiB, twice the ids that fill a frame.
  package static let itemsPerReadMax = 1 << 15

  /// Leaves whose items are summed up at once where the sums that are kept are not whole: a
  /// sixteenth of all items is in memory.
  package static let leavesSummedMax = LeafSum.leaves / 16

  /// Round trips of one comparison: 16 ranges a step reach 16^8 dossiers in 8; frames that were
  /// full take one more each, and 10^7 ids that all differ fill 640 of them.
  package static let reconcileRoundTripsMax = 1_024

  /// Fetch requests of one reconciliation after the comparison: 10^5 change sets at a page each of
  /// 8 MiB or 1,000 ids.
  package static let reconcileFetchesMax = 1_024

  /// Dossiers that one comparison looks into: 2^17 differing items of 32 bytes are 8 MiB in a set,
  /// and ten times what a repair changes unless it is told to; another comparison finds the rest.
  package static let comparedItemsMax = 1 << 17

  /// What a comparison keeps of what it fetched: 10^5 headers of 300 bytes and what each takes
  /// besides, and 64 MiB of parts, so that eight answers need not come twice.
  package static let comparedHeaderBytesMax = 64 << 20, comparedPartBytesMax = 64 << 20

  /// What a header that is kept counts besides its bytes: its id, its links and its place.
  package static let comparedHeaderBytesMin = 256

  /// Dossiers for which a comparison asks what may follow together with their chains: what one
  /// letter too few looks like; of more, that would be much that nobody lacks.
  package static let guessedDossiersMax = 16

  /// How many change sets may follow at once: what a line that was cut for a while left out.
  package static let guessedChangeSetsMax: UInt64 = 64

  /// How many change sets each list of a report names; the counts are exact.
  package static let reportEntriesMax = 1_000

  /// Bytes of copies that a rehearsed repair keeps in memory: a page and seven more.
  package static let rehearsedBytesMax = 64 << 20

  /// A receipt: a signed body under 200 bytes and up to 1,000 numbers of under 10.
  package static let receiptBytesMax = 16 << 10

  /// Numbers a receipt may name as not taken; a reader takes the outbox no further than the first
  /// that it could not name.
  package static let untakenMax = 1_000

  /// A join request: an entry, a key and particulars of up to 1,000 people.
  package static let joinRequestBytesMax = 1 << 20

  /// A join answer: the whole directory.
  ///
  /// 10,000 entries of 1 KiB; more are pulled afterwards.
  package static let joinAnswerBytesMax = 16 << 20

  /// Entries of a join answer: 16 MiB at 1 KiB.
  package static let joinAnswerEntriesMax = 16_384

  /// Tries per invitation: a 128-bit secret is not guessed in ten, a typing error is.
  package static let invitationTriesMax = 10

  /// Bytes held from one peer: 1 GiB, beyond which that peer alone is not pulled.
  package static let heldBytesPerPeerMax = 1 << 30

  /// What a held copy counts at least: 16 KiB, so that a peer's GiB is 65,536 rows at most.
  package static let heldBytesMin = 16 << 10

  /// Bytes in quarantine from one peer: 64 MiB, 10 of the largest deliveries.
  package static let quarantineBytesPerPeerMax = 64 << 20

  /// Deliveries in quarantine from one peer: what a person can look through in a day, and little
  /// enough to be counted at every one that comes.
  package static let quarantinedPerPeerMax = 1_000

  /// Rejected ids remembered: 2^20 rows of about 100 bytes are 100 MiB.
  package static let rejectedMax = 1 << 20

  /// Alarms of one kind about one peer: the first 1,000 prove enough, the rest is noise.
  package static let alarmsPerPeerAndKindMax = 1_000

  /// Bytes of held copies judged again at once: 64 MiB, 10 of the largest.
  package static let retriedBytesMax = 64 << 20

  /// Lines that one transaction queues for one reader as a person's step: a letter and what the
  /// reader lacks of its dossier, where a few dozen are many; more is a bulk load.
  package static let stepLinesMax = 64

  /// Change sets sealed together as a person's step: a decision over the items of one meeting goes
  /// to a handful of dossiers.
  package static let stepDraftsMax = 16

  /// Lines of one dossier that go before a bulk load at once: what goes first has whole ancestry
  /// with it, so a dossier of which more waits takes its turn.
  package static let urgentLinesPerDossierMax = 64

  /// Dossiers that go before a bulk load, from either end of those in which a person's step waits.
  ///
  /// What came last is in the next page though thousands wait, and what waits longest as well.
  /// 2 × 128 dossiers of 64 lines are as many lines as one serving looks at behind them.
  package static let urgentDossiersMax = 128

  /// Queued lines read at once to fill a page, at first and at the most, doubling in between: a
  /// small page reads little more than it carries, a large one asks seldom.
  package static let queuedBatchMin = 128, queuedBatchMax = 2_048

  /// Own change sets of a page from which they are sealed again together: 16 signatures take a
  /// reader 2 ms to check, one and the hashes of 16 paths a tenth of that.
  package static let resealedMin = 16

  /// What sealing again adds to a delivery at most: ten hashes of 34 bytes, two more for the
  /// numbers of leaf and leaves and two for longer length prefixes, rounded up.
  package static let resealingBytesMax = 352

  /// Dossiers whose queued lines are asked for together, at first and at the most, doubling in
  /// between: a few long ones fill a page, and of those with a single line thousands.
  package static let queuedDossiersMin = 16, queuedDossiersMax = 2_048

  /// Lines of the queue that one serving looks at: twice the deliveries of a page, as some are
  /// passed over; the next serving looks at those behind them.
  package static let queuedLinesPerPageMax = 16_384

  /// Servings that one question of a reader makes at most until one gives something: 131,072 lines
  /// that wait are passed over, and whoever writes has a turn after each; the next question goes on
  /// behind them.
  package static let servingsPerQuestionMax = 8

  /// Dossiers whose graphs are looked at together, for parts that are not here, for the answer to a
  /// fetch or to tell which are closed to a peer: 64 of the usual few dozen change sets are a few
  /// MiB.
  package static let dossiersPerLookMax = 64

  /// Ids put into one query of a store; 16,384 × 32 bytes is half a MiB.
  package static let idsPerQueryMax = 16_384

  /// Rounds of release in one transaction: each stores at least one held change set, and a page
  /// releases at most what the held bytes of all peers hold; the rest is left to `RetryHeld`.
  package static let releasesPerTransactionMax = 16_384

  /// Dossiers that one transaction re-affirms: one seal.
  package static let reaffirmationsPerSealMax = 1_024

  /// The longest a pull waits at the server, in seconds.
  package static let pullWaitSecondsMax = 60

  /// The clock difference from which a peer's clock is reported, in seconds: more than the way of
  /// an answer takes.
  package static let clockReportedSeconds: Int64 = 5

  /// The clock difference from which it is flagged, in seconds: 5 min.
  package static let clockFlaggedSeconds: Int64 = 300

  /// The first delay after a failure.
  package static let backoffFirst: Duration = .milliseconds(100)

  /// The longest delay after failures: a node that comes back is heard within half a minute.
  package static let backoffLongest: Duration = .seconds(30)

  /// Dossiers that one stretch of a self-check looks at: small ones are checked in a tenth of a
  /// second, so it says often how far it is.
  package static let dossiersPerCheckMax = 100

  /// Bytes of the logs of dossiers that are checked together: 1 MiB, whose rows and graphs take ten
  /// times that; a dossier of more is checked alone.
  package static let checkedBytesMax = 1 << 20

  /// Bytes of an attachment asked for at once at most: a whole frame, 1 MiB and eleven hashes.
  package static let sliceBytesMax = (1 << 20) + 11 * 32

  /// Bytes of an attachment asked for at once on the worst line: 16 KiB come through in a second at
  /// 128 kbit/s, and what goes with a request is under a tenth of it.
  package static let sliceBytesMin = 16 << 10

  /// Attachments looked at in one round of fetching.
  package static let wantedAttachmentsMax = 1_000

  /// Rounds of filling holes in one repair: each fills every hole whose ancestors are here.
  package static let repairRoundsMax = 64

  /// Questions to one peer for holes and for what lacks behind them: 64 MiB of answers at the most,
  /// and as many changes from one author's chain to another's.
  package static let roundsBehindHolesMax = 8

  /// Held copies read at once where only their seals matter: 8 of at most 6 MiB.
  package static let heldCopiesPerReadMax = 8

  /// One envelope: a page or a fetch answer with its framing, and 64 KiB for key, tag and framing
  /// of the envelope itself, which take under 200 bytes.
  package static let envelopeBytesMax = pageBytesMax + headStatementBytesMax + (64 << 10)

  /// Deliveries of a fetch answer that tells more than these, or goes into an envelope: a MiB is
  /// left for 8,192 chains of 90 bytes and for what holds them.
  package static let describedFetchBytesMax = pageBytesMax - (1 << 20)

  /// Envelopes of one bundle: 4,096 entries of under 80 bytes are 320 KiB of the 512 KiB that the
  /// body of a signed object may have.
  package static let bundleEnvelopesMax = 4_096

  /// Bytes of one bundle's envelopes: 4 GiB fit a single-layer DVD (4.38 GiB) with its manifest;
  /// what is beyond goes into the next bundle, once the receipt for this one is back.
  package static let bundleBytesMax = 4 << 30

  /// The signed manifest with its framing: a body of 512 KiB and a signature.
  package static let bundleManifestBytesMax = (512 << 10) + (4 << 10)

  /// What travels back in a bundle: a receipt, what is wanted, signed particulars, which have a
  /// body of 512 KiB at the most and a KiB for signature and framing, a head statement, held
  /// copies, and a request for a key, which is particulars and under 8 KiB; together under 7.8 MiB,
  /// so that an envelope holds them.
  package static let bundleReturnsBytesMax =
    receiptBytesMax + fetchRequestBytesMax + 2 * ((512 << 10) + (1 << 10)) + (8 << 10)
    + headStatementBytesMax + bundleHeldBytesMax

  /// Held copies that travel back in a bundle: 6.5 MiB, so that the largest change set (6 MiB with
  /// its header, and under 64 KiB of proof and framing) fits; the rest goes when these are
  /// released.
  package static let bundleHeldBytesMax = (6 << 20) + (512 << 10)

  /// Copies of a bundle that are kept in memory for the holes of the own log: eight pages; what is
  /// beyond is asked for again.
  package static let bundleMendingBytesMax = 64 << 20

  /// Pieces of attachments in one envelope of a bundle: most attachments are one short piece, and
  /// 4,096 of 2 KiB are a page; each takes a few hundred bytes of memory beside its content.
  package static let bundlePiecesPerEnvelopeMax = 4_096

  /// What a piece takes in an envelope beside its frame: an id of 32 bytes, three numbers and the
  /// framing are under 64.
  package static let bundlePieceFramingBytes = 64

  /// Attachments that one bundle looks at: 65,536 with what is known of each are under 16 MiB; what
  /// is beyond goes when its reader asks for it.
  package static let bundleAttachmentsMax = 65_536

  /// Deliveries that a look into a bundle lists; their number is exact.
  package static let bundleDeliveriesListedMax = 1_000
}
