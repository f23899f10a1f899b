package import Ledger

/// Writes one re-affirming change set in each of the next dossiers that the author ever wrote in,
/// under its new key: the first change set under a new key chooses the branch.
///
/// To be run page by page once the new key is in the directory and the author's own chains have
/// been fetched. The change sets carry no records. Where the author has been cut off they are void
/// and still confirm what it wrote and granted before; a dossier that has been written in under the
/// new key already is passed over.
package struct Reaffirm: StoreWork {
  /// What one page did.
  package struct Page: Sendable {
    /// The change sets written.
    package var changeSets: [StoredChangeSet]
    /// The nodes with new lines in their outbox: whoever waits there is to be woken.
    package var readers: [AgencyCode]
    /// The last dossier looked at; nil when there was none left.
    package var last: DossierID?
    /// Whether none of the dossiers has a hole in its log: one that has waits for its repair.
    package var isWhole: Bool
  }

  private let author: Signatory
  private let after: DossierID?
  private let now: Timestamp
  private let gate: SealingGate
  private let entropy: Entropy
  /// The seals checked so far.
  package var seals = SealMemory()

  /// Takes the author with its new key, and where the page before this one ended.
  package init(
    author: Signatory, after: DossierID?, now: Timestamp, gate: SealingGate,
    entropy: Entropy = .system
  ) {
    self.author = author
    self.after = after
    self.now = now
    self.gate = gate
    self.entropy = entropy
  }

  package func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> Swift.Result<Page, AppendRefusal> {
    let dossiers = try transaction.dossiers(
      writtenBy: author.agency, after: after, limit: Limits.reaffirmationsPerSealMax)
    let directory = try transaction.node().directory
    let (graphs, holed) = try transaction.wholeGraphs(dossiers.filter { $0 != directory })
    let open = graphs.filter { _, graph in
      !graph.changeSets(of: author.agency).contains { $0.header.key == author.key.keyID }
    }
    guard !open.isEmpty else {
      return .success(
        Page(changeSets: [], readers: [], last: dossiers.last, isWhole: holed.isEmpty))
    }
    var append = Append(
      author: author, drafts: open.keys.sorted().map { Draft(dossier: $0, parts: [Part()]) },
      now: now, gate: gate, entropy: entropy)
    append.reaffirms = true
    append.seals = seals
    return try append.run(transaction).map {
      Page(
        changeSets: $0.changeSets, readers: $0.readers, last: dossiers.last,
        isWhole: holed.isEmpty)
    }
  }
}
