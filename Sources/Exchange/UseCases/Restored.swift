package import Ledger

/// Notes that this node's database went back in time; `Append` refuses from then on.
///
/// To be written on proof only: the marker outside the database, or something under this node's own
/// signature that is not here. The word of a peer is no proof.
///
/// Whoever proves it while it is known becomes a witness, too: the node does not go on by itself
/// before every one of them has given back what it has.
package struct MarkRestored: StoreWork {
  private let witness: AgencyCode
  private let subject: String
  private let evidence: [UInt8]
  private let outbox: OutboxID
  private let losesNumbers: Bool
  private let now: Timestamp

  /// Names the witness and what it showed.
  ///
  /// - Parameters:
  ///   - witness: the peer, or this node's agency for its own marker.
  ///   - subject: what was shown, for finding it again.
  ///   - evidence: the signed bytes that prove it; empty for the marker.
  ///   - outbox: the new id of the outbox: numbers once given may not be given again for others.
  ///   - losesNumbers: whether numbers of the outbox of now may be among what was lost. A node that
  ///     is known to have gone back takes no further id where they are not, or whoever has a proof
  ///     could make all readers begin anew as often as it shows it.
  ///   - now: what came of the own change sets from then on is to be confirmed by a person.
  package init(
    witness: AgencyCode, subject: String, evidence: [UInt8] = [],
    outbox: OutboxID = Entropy.system.outboxID(), losesNumbers: Bool = true, now: Timestamp
  ) {
    self.witness = witness
    self.subject = subject
    self.evidence = evidence
    self.outbox = outbox
    self.losesNumbers = losesNumbers
    self.now = now
  }

  package func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws {
    let known = try transaction.node().restored
    var state = known ?? RestoredState(witness: witness, since: now)
    state.add(witness)
    if known == nil || losesNumbers {
      state.outbox = try transaction.node().outbox
      try transaction.restartOutbox(outbox)
    }
    if state != known {
      var node = try transaction.node()
      node.restored = state
      try transaction.save(node)
    }
    try transaction.raise([
      Alarm(peer: witness, kind: .wentBack, subject: subject, evidence: evidence, at: now)
    ])
  }
}

/// Keeps an alarm that a peer claimed what it could not prove.
struct NoteClaim: StoreWork {
  let peer: AgencyCode
  let subject: String
  let now: Timestamp

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws {
    try transaction.raise([
      Alarm(peer: peer, kind: .wentBack, subject: subject, evidence: [], at: now)
    ])
  }
}

/// What stands between a restored node and writing again.
package struct RestoredStanding: Sendable, Equatable {
  /// Who showed that the database went back in time, and since when it is known.
  package var state: RestoredState
  /// Own change sets under the key in force that came back from peers since: a person confirms
  /// them, for they may be a thief's.
  package var returned: [ReconcileReport.Entry]
  /// Own change sets under the key in force that are held here, so that a chain is not whole.
  package var held: [ReconcileReport.Entry]
}

/// Reads what stands between a restored node and writing again; nil when it is not restored.
///
/// What was signed with a key replaced since is left out: the first change set under the new key
/// chooses the branch, so a rotation settles it, whoever wrote it.
package struct ReadRestored: StoreWork {
  private let signatory: Signatory

  /// Asks for the node that signs with this key.
  package init(signatory: Signatory) {
    self.signatory = signatory
  }

  package func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> RestoredStanding? {
    guard let state = try transaction.node().restored else { return nil }
    let keys = try OwnKeys(signatory: signatory, in: transaction)
    let ids = try transaction.received(
      writtenBy: keys.agencies, under: keys.inForce, since: state.since,
      limit: Limits.reportEntriesMax)
    let returned = try transaction.changeSets(ids).filter {
      keys.isInForce($0.header.key, of: $0.header.author)
    }
    let held = try transaction.held(
      writtenBy: keys.agencies, limit: Limits.reportEntriesMax)
    var entries: Set<ReconcileReport.Entry> = []
    for batch in held.slices(of: Limits.heldCopiesPerReadMax) {
      for copy in try transaction.heldCopies(batch) where keys.prove(copy.received) {
        guard let origin = copy.origin else { continue }
        entries.insert(
          ReconcileReport.Entry(
            id: copy.id, dossier: origin.dossier, author: origin.author,
            sequence: origin.sequence))
      }
    }
    return RestoredStanding(
      state: state,
      returned: returned.map { changeSet in
        ReconcileReport.Entry(
          id: changeSet.id, dossier: changeSet.dossier, author: changeSet.header.author,
          sequence: changeSet.header.sequence)
      },
      held: entries.sorted { $0.id < $1.id })
  }
}

/// Ends the restored state: own change sets are whole again, or an operator decides with a reason.
///
/// The outbox continues under a new id once more, so that readers start at 0 and reconcile.
package struct ResumeAfterRestore: StoreWork {
  private let outbox: OutboxID

  /// Takes the new id.
  package init(outbox: OutboxID) {
    self.outbox = outbox
  }

  package func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws {
    try transaction.restartOutbox(outbox)
    var node = try transaction.node()
    node.restored = nil
    try transaction.save(node)
  }
}

/// Ends the restored state by itself, when nothing of it is left for a person to decide.
///
/// - Returns: whether it ended now.
package struct ResumeWhenWhole: StoreWork {
  private let signatory: Signatory
  private let state: RestoredState
  private let outbox: OutboxID

  /// Takes the key of this node, what was known before its peers were asked, and the new id of its
  /// outbox.
  ///
  /// What a peer has shown since may be more than it has given back.
  package init(signatory: Signatory, state: RestoredState, outbox: OutboxID) {
    self.signatory = signatory
    self.state = state
    self.outbox = outbox
  }

  package func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Bool {
    guard let standing = try ReadRestored(signatory: signatory).run(transaction),
      standing.state == state, standing.returned.isEmpty, standing.held.isEmpty
    else { return false }
    try ResumeAfterRestore(outbox: outbox).run(transaction)
    return true
  }
}

/// The keys whose signatures prove to this node what it once wrote.
///
/// The key in force of every agency that works here, and the key that the process signs with: a
/// restored directory may not know that one yet. A key replaced since proves nothing: who stole it
/// could stop the node for ever, and a rotation has settled what it signed.
struct OwnKeys {
  /// The agencies that work on this node, ascending.
  let agencies: [AgencyCode]
  private let view: DirectoryView?
  private let signatory: Signatory

  init<T: StoreTransaction & ~Copyable>(
    signatory: Signatory, in transaction: borrowing T
  ) throws {
    let node = try transaction.node()
    let view = try transaction.directory()?.current
    agencies = Routing(node: node.agency, view: view).local
    self.view = view
    self.signatory = signatory
  }

  /// The keys in force, ascending.
  var inForce: [KeyID] {
    Set(agencies.compactMap { view?.activeKey(of: $0)?.id } + [signatory.key.keyID]).sorted()
  }

  /// Whether an agency signs with this key now.
  func isInForce(_ key: KeyID, of agency: AgencyCode) -> Bool {
    guard agencies.contains(agency) else { return false }
    if agency == signatory.agency, key == signatory.key.keyID { return true }
    return view?.activeKey(of: agency)?.id == key
  }

  /// Whether a copy carries the seal of an agency of this node under a key in force.
  func prove(_ copy: ReceivedChangeSet) -> Bool {
    guard let header = copy.header, isInForce(header.key, of: header.author) else { return false }
    return isSealed(copy)
  }

  /// Whether a copy carries the seal of an agency of this node under any key it ever had.
  func isSealed(_ copy: ReceivedChangeSet) -> Bool {
    if copy.isSealed(of: agencies, in: view) { return true }
    return copy.isSealed(by: signatory.agency, with: signatory.key.verificationKey)
  }

  /// A head statement of this node for a reader, when it was signed with a key in force.
  func statement(_ signed: SignedObject, for reader: AgencyCode) -> HeadStatement? {
    guard let claim = signed.claim(as: HeadStatement.self), claim.reader == reader,
      isInForce(claim.key, of: claim.signer), let key = verification(claim.key, of: claim.signer)
    else { return nil }
    return signed.verified(as: HeadStatement.self, by: key)
  }

  private func verification(_ key: KeyID, of agency: AgencyCode) -> VerificationKey? {
    if agency == signatory.agency, key == signatory.key.keyID {
      return signatory.key.verificationKey
    }
    return view?.agency(agency)?.key(key)?.verification
  }
}

extension ReceivedChangeSet {
  /// Whether it carries the seal of its author, one of the agencies, under any key of the author in
  /// the directory.
  func isSealed(of agencies: [AgencyCode], in view: DirectoryView?) -> Bool {
    guard let header, agencies.contains(header.author),
      let key = view?.agency(header.author)?.key(header.key)?.verification
    else { return false }
    return isSealed(by: header.author, with: key)
  }

  fileprivate func isSealed(by author: AgencyCode, with key: VerificationKey) -> Bool {
    guard let header, header.author == author, header.key == key.id else { return false }
    return proof?.verify(id: id, author: author, key: key) == true
  }
}
