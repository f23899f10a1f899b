/// What a third party needs to check one change set with SHA-256, Ed25519 and the directory's id.
///
/// The file is the bytes `GTEV1\n` and one protobuf message in its lawful form. Every byte of it is
/// covered by a signature, a hash or that form, so every one-byte change is refused.
package struct Evidence: Hashable, Sendable {
  /// What every evidence file begins with.
  package static let magic = Array("GTEV1\n".utf8)

  /// A change set with as much of it as is shown.
  package struct Exhibit: Hashable, Sendable {
    /// The header as it came.
    package var headerBytes: [UInt8]
    /// The tie to its seal.
    package var proof: SealProof
    /// The parts that are shown.
    package var parts: [Int: SaltedPart]

    /// Shows a change set.
    package init(headerBytes: [UInt8], proof: SealProof, parts: [Int: SaltedPart]) {
      self.headerBytes = headerBytes
      self.proof = proof
      self.parts = parts
    }
  }

  /// The change set that is proved.
  package var subject: Exhibit
  /// Who had its bytes, and when.
  package var receipts: [EvidencedReceipt]
  /// The whole directory as known at export, in the order of its graph.
  package var directory: [Exhibit]
  /// The registrar's newest entry known at export.
  package var newest: ChangeSetID
  /// For a key since replaced: the author's change sets after the subject, along `previous`, up to
  /// the first under a key in force.
  package var reaffirming: [Exhibit]

  /// Gathers evidence; `verify` says what it is worth.
  package init(
    subject: Exhibit, receipts: [EvidencedReceipt], directory: [Exhibit], newest: ChangeSetID,
    reaffirming: [Exhibit]
  ) {
    self.subject = subject
    self.receipts = receipts
    self.directory = directory
    self.newest = newest
    self.reaffirming = reaffirming
  }

  /// Gathers what proves a stored change set; nil when it is not in the graph.
  ///
  /// - Parameters:
  ///   - id: the change set, of `graph`.
  ///   - graph: its dossier; the directory's own for an entry.
  ///   - shown: the parts to show; nil shows all at hand.
  ///   - receipts: of peers, with the running hashes that tie them to the change set.
  ///   - directory: as it stands here.
  package init?(
    of id: ChangeSetID, in graph: DossierGraph, showing shown: Set<Int>? = nil,
    receipts: [EvidencedReceipt], directory: Directory
  ) {
    guard let changeSet = graph.changeSet(id) else { return nil }
    let parts = changeSet.parts.filter { shown?.contains($0.key) ?? true }
    self.init(
      subject: Exhibit(
        headerBytes: changeSet.headerBytes, proof: changeSet.proof, parts: parts),
      receipts: receipts,
      directory: directory.graph.changeSets.map { entry in
        Exhibit(
          headerBytes: entry.headerBytes, proof: entry.proof,
          parts: entry.parts.filter { $0.key == 0 })
      },
      newest: directory.newest,
      reaffirming: Self.reaffirming(changeSet, in: graph, view: directory.current))
  }

  private static func reaffirming(
    _ changeSet: StoredChangeSet, in graph: DossierGraph, view: DirectoryView
  ) -> [Exhibit] {
    guard !graph.isDirectory, view.isWithdrawn(changeSet.header.key) else { return [] }
    let chain = graph.chain(of: changeSet.header.author)
    guard let place = chain.firstIndex(of: changeSet.id) else { return [] }
    let later = chain[(place + 1)...].compactMap { graph.changeSet($0) }
    guard let last = later.firstIndex(where: { !view.isWithdrawn($0.header.key) }) else {
      return []
    }
    return later[...last].map {
      Exhibit(headerBytes: $0.headerBytes, proof: $0.proof, parts: [:])
    }
  }
}

/// A receipt with the running hash from the change set's number up to the receipt's.
package struct EvidencedReceipt: Hashable, Sendable {
  /// One line of the outbox.
  package struct Step: Hashable, Sendable {
    /// The change set delivered.
    package var change: ChangeSetID
    /// The bit set of its parts delivered.
    package var parts: UInt32

    /// States one line.
    package init(change: ChangeSetID, parts: UInt32) {
      self.change = change
      self.parts = parts
    }
  }

  /// The receipt.
  package var receipt: SignedObject
  /// h(number of the change set − 1).
  package var before: Hash256
  /// The number of the change set in the outbox.
  package var number: UInt64
  /// The lines from that number to the receipt's, the change set's own first.
  package var steps: [Step]

  /// Ties a receipt to a change set.
  package init(receipt: SignedObject, before: Hash256, number: UInt64, steps: [Step]) {
    self.receipt = receipt
    self.before = before
    self.number = number
    self.steps = steps
  }
}
