import Ledger

/// The agencies that work on the node that a bundle is for.
struct ReaderAgencies: StoreWork {
  private let reader: AgencyCode

  /// Names the node.
  init(at reader: AgencyCode) {
    self.reader = reader
  }

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> [AgencyCode] {
    let view = try transaction.directory()?.current
    return Routing(node: try transaction.node().agency, view: view).agencies(at: reader)
  }
}

/// Lists the change sets of an author that are stored here, some dossiers at a time.
struct ListChain: StoreWork {
  private let author: AgencyCode
  private let after: DossierID?

  /// Begins after a dossier.
  init(of author: AgencyCode, after: DossierID?) {
    self.author = author
    self.after = after
  }

  /// The change sets, and the last dossier looked at; nil when there is none after it.
  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> (ids: [ChangeSetID], last: DossierID?) {
    let dossiers = try transaction.dossiers(
      writtenBy: author, after: after, limit: Limits.dossiersPerLookMax)
    let graphs = try transaction.graphs(dossiers)
    let ids = dossiers.flatMap { graphs[$0]?.changeSets(of: author).map(\.id) ?? [] }
    return (ids, dossiers.last)
  }
}
