package import Ledger

/// A directory that a registrar keeps by its own vote, as change sets and without its fold.
package struct SampleDirectory: Sendable {
  /// Who keeps it.
  package let registrar: SampleAgency
  /// Its change sets.
  package private(set) var graph: DossierGraph
  /// The registrar's newest entry.
  package private(set) var newest: ChangeSetID

  /// Founds it.
  package init(_ registrar: SampleAgency, _ bytes: inout SampleBytes) {
    self.registrar = registrar
    let founding = Founding(
      registrar: registrar.entry, key: registrar.key.publicKey, sample: true)
    let first = registrar.written(
      Part(directory: [.founding(founding)]), in: nil, directory: nil, at: .sample, &bytes)
    graph = DossierGraph(first.dossier)
    graph.insert(first, directory: nil)
    newest = first.id
  }

  /// Admits an agency with what it says about itself: a proposal, and the entry that carries it.
  package mutating func admit(
    _ agency: SampleAgency, particulars: SignedObject?, _ bytes: inout SampleBytes
  ) {
    let admission = Proposal.Change.admission(
      entry: agency.entry, key: agency.key.publicKey, particulars: particulars)
    let proposal = enter(.proposal(Proposal(basedOn: newest, change: admission)), &bytes)
    enter(.finalization(Finalization(proposal: proposal, countersignatures: [])), &bytes)
  }

  /// Enters one statement of the registrar.
  @discardableResult
  package mutating func enter(
    _ statement: DirectoryStatement, _ bytes: inout SampleBytes
  ) -> ChangeSetID {
    let entry = registrar.written(
      Part(directory: [statement]), in: graph, directory: nil, at: .sample, &bytes)
    graph.insert(entry, directory: nil)
    newest = entry.id
    return entry.id
  }
}
