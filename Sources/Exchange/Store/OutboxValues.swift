package import Ledger

/// A change set to be delivered to a reader.
package struct OutboxLine: Sendable, Hashable {
  /// The node it goes to, by the agency that runs it.
  package var reader: AgencyCode
  /// The change set.
  package var id: ChangeSetID
  /// Whether it is queued even if it has been served before: the reader became a member again.
  package var isRepeated: Bool
  /// Whether it is part of a bulk load, however few lines of that load are for this reader.
  package var isBulk: Bool

  /// Makes a line without a number.
  package init(
    reader: AgencyCode, id: ChangeSetID, isRepeated: Bool = false, isBulk: Bool = false
  ) {
    self.reader = reader
    self.id = id
    self.isRepeated = isRepeated
    self.isBulk = isBulk
  }

  /// Which of the lines that one call queues are urgent: those of a person's step.
  ///
  /// A letter queues itself and what its reader lacks of the dossier; whoever queues more than
  /// ``Limits/stepLinesMax`` lines for one reader at once loads in bulk.
  package static func areUrgent(_ lines: [OutboxLine]) -> [Bool] {
    var counts: [AgencyCode: Int] = [:]
    for line in lines { counts[line.reader, default: 0] += 1 }
    return lines.map { !$0.isBulk && counts[$0.reader, default: 0] <= Limits.stepLinesMax }
  }
}

/// A line that has no number yet.
package struct QueuedLine: Sendable, Equatable {
  /// The change set.
  package var id: ChangeSetID
  /// Its dossier; nil when nothing stored tells it.
  package var dossier: DossierID?

  /// Makes a line as it waits.
  package init(id: ChangeSetID, dossier: DossierID?) {
    self.id = id
    self.dossier = dossier
  }
}

/// A line that has been served at least once.
package struct NumberedLine: Sendable, Equatable {
  /// Its number, from 1.
  package var number: UInt64
  /// The change set.
  package var id: ChangeSetID
  /// The bit set of the parts delivered at its first serving.
  package var parts: UInt32
  /// h(number) of its first serving.
  package var runningHash: Hash256

  /// Makes a numbered line.
  package init(number: UInt64, id: ChangeSetID, parts: UInt32, runningHash: Hash256) {
    self.number = number
    self.id = id
    self.parts = parts
    self.runningHash = runningHash
  }
}

/// Where the outbox of one reader stands.
package struct OutboxPosition: Sendable, Equatable {
  /// The highest number given; 0 before the first.
  package var number: UInt64
  /// h(number); 32 zero bytes at 0.
  package var runningHash: Hash256
  /// The highest number a receipt covers.
  package var receipted: UInt64
  /// When the reader signed that receipt.
  package var receiptedAt: Timestamp?
  /// How many numbers that receipt names as not taken.
  package var untaken: Int

  /// Makes a position.
  package init(
    number: UInt64, runningHash: Hash256, receipted: UInt64, receiptedAt: Timestamp?,
    untaken: Int = 0
  ) {
    self.number = number
    self.runningHash = runningHash
    self.receipted = receipted
    self.receiptedAt = receiptedAt
    self.untaken = untaken
  }

  /// How far the outbox came.
  package var end: OutboxEnd { OutboxEnd(number: number, runningHash: runningHash) }
}

/// A reader's signed receipt as it came.
package struct KeptReceipt: Sendable {
  /// The reader that signed it.
  package var reader: AgencyCode
  /// The outbox it is about.
  package var outbox: OutboxID
  /// Up to and including this number.
  package var number: UInt64
  /// When the reader says the bytes were durable.
  package var storedAt: Timestamp
  /// The numbers whose bytes it could not take, ascending.
  package var untaken: [UInt64]
  /// The signed object as sent.
  package var signed: SignedObject

  /// Makes a kept receipt.
  package init(
    reader: AgencyCode, outbox: OutboxID, number: UInt64, storedAt: Timestamp,
    untaken: [UInt64], signed: SignedObject
  ) {
    self.reader = reader
    self.outbox = outbox
    self.number = number
    self.storedAt = storedAt
    self.untaken = untaken
    self.signed = signed
  }
}

/// What proves that a reader has a change set: the receipt and the lines from the one to the other.
package struct ReceiptTrail: Sendable {
  /// The receipt.
  package var receipt: KeptReceipt
  /// h(number − 1) of the change set's line.
  package var before: Hash256
  /// The lines from the change set's own to the receipt's, ascending.
  package var lines: [NumberedLine]

  /// Makes a trail.
  package init(receipt: KeptReceipt, before: Hash256, lines: [NumberedLine]) {
    self.receipt = receipt
    self.before = before
    self.lines = lines
  }
}

/// Where this node stands in a peer's outbox.
package struct Cursor: Sendable, Equatable {
  /// The peer.
  package var peer: AgencyCode
  /// The peer's outbox.
  package var outbox: OutboxID
  /// The number up to which everything is durable here.
  package var number: UInt64
  /// h(number).
  package var runningHash: Hash256
  /// The highest number a head statement of this outbox has shown.
  package var announced: UInt64
  /// The newest directory entry the peer named; nil before its first head statement.
  package var directory: ChangeSetID?
  /// When a page last became durable here, or what an untaken number carried.
  package var receivedAt: Timestamp?
  /// The numbers of this outbox up to `number` whose content is not here, ascending, at most
  /// ``Limits/untakenMax``: every receipt names them.
  package var untaken: [UntakenNumber]
  /// The newest head statement as sent.
  package var head: SignedObject?

  /// Makes the cursor of an outbox of which nothing is stored yet.
  package init(peer: AgencyCode, outbox: OutboxID) {
    self.peer = peer
    self.outbox = outbox
    self.number = 0
    self.runningHash = .zero
    self.announced = 0
    self.directory = nil
    self.receivedAt = nil
    self.untaken = []
    self.head = nil
  }
}

/// Evidence that something went wrong at a peer.
package struct Alarm: Sendable, Equatable {
  /// What it is evidence of.
  package enum Kind: String, Sendable, CaseIterable {
    /// A page left out a number or went back below one shown before.
    case withholding
    /// The bytes of a page did not match what its head statement signs.
    case brokenPage
    /// A delivery whose seal, path, salt or bytes are wrong.
    case brokenDelivery
    /// A change set that every honest node rejects, so that none passes it on.
    case rejected
    /// Two change sets of one place in one chain.
    case fork
    /// A peer's outbox id changed: it lost or restored its database.
    case newOutbox
    /// A peer has change sets of ours, or numbers of our outbox, that we do not have.
    case wentBack
    /// A peer has a change set of ours whose row was deleted here: the log names it, and it is
    /// fetched by a repair.
    case lostRow
    /// Somebody else serves an outbox under the key of this node.
    case secondNode
    /// The content of one delivery could not be stored.
    case unstorable
    /// More of a peer's outbox could not be taken than a receipt names: it is taken no further
    /// until something of that has come in another way.
    case untaken
    /// A piece of an attachment that does not lead to its root.
    case brokenPiece
  }

  /// The peer it concerns.
  package var peer: AgencyCode
  /// What happened.
  package var kind: Kind
  /// What it is about, for finding it again: an id or an outbox and number, in words.
  package var subject: String
  /// The signed bytes that prove it; empty when none do.
  package var evidence: [UInt8]
  /// When it was noticed.
  package var at: Timestamp

  /// Makes an alarm.
  package init(
    peer: AgencyCode, kind: Kind, subject: String, evidence: [UInt8], at: Timestamp
  ) {
    self.peer = peer
    self.kind = kind
    self.subject = subject
    self.evidence = evidence
    self.at = at
  }
}

/// One row of the log as it is on disk; nothing in it is trusted.
package struct LoggedChangeSet: Sendable {
  /// The id the row is filed under.
  package var id: ChangeSetID
  /// The header's bytes.
  package var header: [UInt8]
  /// The proof's bytes in their wire form; nil when the row has none.
  package var proof: [UInt8]?
  /// The parts on disk.
  package var parts: [Int: SaltedPart]
  /// The sender the row names; nil for this node's own.
  package var sender: AgencyCode?

  /// Makes a row.
  package init(
    id: ChangeSetID, header: [UInt8], proof: [UInt8]?, parts: [Int: SaltedPart],
    sender: AgencyCode?
  ) {
    self.id = id
    self.header = header
    self.proof = proof
    self.parts = parts
    self.sender = sender
  }
}
