package import Ledger

/// What became of a receipt.
package enum ReceiptOutcome: Sendable, Equatable {
  /// It is kept: the reader has everything up to this number.
  case kept(UInt64)
  /// It is about another outbox than there is now; nothing is kept.
  case otherOutbox
  /// It is not the reader's, not signed by a key of it, or not for this node.
  case invalid
  /// Its running hash is not the one of that number.
  case runningHash
  /// It covers a number that was never given here: this database went back in time, or the reader
  /// is mistaken; an alarm is raised.
  case wentBack

  /// The word that programs are told.
  package var code: String {
    switch self {
    case .kept: "kept"
    case .otherOutbox: "otherOutbox"
    case .invalid: "invalid"
    case .runningHash: "runningHash"
    case .wentBack: "wentBack"
    }
  }
}

/// Takes a reader's receipt: proof of delivery, kept as signed.
package struct TakeReceipt: StoreWork {
  /// A receipt is kept in milliseconds.
  package static var isBrief: Bool { true }

  private let reader: AgencyCode
  private let signed: SignedObject
  private let now: Timestamp

  /// Takes a receipt that the reader sent.
  package init(reader: AgencyCode, signed: SignedObject, now: Timestamp) {
    self.reader = reader
    self.signed = signed
    self.now = now
  }

  package func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> ReceiptOutcome {
    let node = try transaction.node()
    guard let receipt = try ReadReceipt(reader: reader, signed: signed).run(transaction) else {
      return .invalid
    }
    guard receipt.outbox == node.outbox else { return .otherOutbox }
    guard receipt.number > 0 else { return .kept(0) }
    let position = try transaction.position(of: reader)
    guard receipt.number <= position.number else {
      // Its signature is the reader's, not ours, so it proves nothing about what we once gave.
      try transaction.raise([
        Alarm(
          peer: reader, kind: .wentBack, subject: "outbox \(node.outbox)",
          evidence: signed.body + signed.signature, at: now)
      ])
      return .wentBack
    }
    let line = try transaction.numbered(for: reader, after: receipt.number - 1, limit: 1).first
    guard line?.runningHash == receipt.runningHash else { return .runningHash }
    // One sent again, or overtaken by a later one, proves nothing new; one of the same number that
    // names fewer as not taken proves that more has come.
    guard
      (receipt.number, position.untaken) > (position.receipted, receipt.untaken.count)
    else { return .kept(receipt.number) }
    try transaction.keep(
      KeptReceipt(
        reader: reader, outbox: receipt.outbox, number: receipt.number,
        storedAt: receipt.storedAt, untaken: receipt.untaken, signed: signed))
    return .kept(receipt.number)
  }
}

/// Reads a receipt without keeping anything: one that is not the reader's costs no write.
package struct ReadReceipt: StoreWork {
  private let reader: AgencyCode
  private let signed: SignedObject

  /// Takes a receipt that the reader sent.
  package init(reader: AgencyCode, signed: SignedObject) {
    self.reader = reader
    self.signed = signed
  }

  /// The receipt; nil when it is not the reader's, not signed by a key of it, or not for this node.
  package func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> Receipt? {
    guard let claim = signed.claim(as: Receipt.self), claim.signer == reader,
      claim.destination == (try transaction.node()).agency,
      claim.untaken.count <= Limits.untakenMax,
      let view = try transaction.wholeDirectory()?.current,
      let key = view.agency(reader)?.key(claim.key)?.verification
    else { return nil }
    return signed.verified(as: Receipt.self, by: key)
  }
}
