/// A proposal that waits for governors or for its finalization.
package struct PendingProposal: Sendable {
  /// The change set that carries it.
  package let id: ChangeSetID
  /// Who proposed it.
  package let author: AgencyCode
  /// What is asked for.
  package let proposal: Proposal
  /// The governors that agreed, ascending.
  package let agreed: [AgencyCode]
  /// The change sets by which they agreed, ascending, for the finalization to cite.
  package let countersignatures: [ChangeSetID]
  /// Whether enough governors agreed.
  package let isReady: Bool

  /// Nil when the change set carries no proposal, or one that lapsed or was finalized.
  init?(_ id: ChangeSetID, graph: DossierGraph, view: DirectoryView) {
    guard let changeSet = graph.changeSet(id), let proposal = changeSet.proposal,
      view.mayAuthor(changeSet.header.author), !view.hasLapsed(proposal, carriedBy: id, in: graph)
    else { return nil }
    var agreed: [AgencyCode: ChangeSetID] = [:]
    for other in graph.order {
      guard let candidate = graph.changeSet(other), candidate.countersigns(id),
        graph.isAncestor(id, of: other) || other == id
      else { continue }
      let author = candidate.header.author
      if agreed[author] == nil { agreed[author] = other }
    }
    self.id = id
    self.author = changeSet.header.author
    self.proposal = proposal
    let voters = Set(agreed.keys)
    self.agreed = voters.filter(view.governors.contains).sorted()
    countersignatures = agreed.filter { $0.value != id }.values.sorted()
    isReady = view.isCarried(proposal.change, by: voters)
  }
}

extension StoredChangeSet {
  /// The directory statements of part 0.
  var directoryStatements: [DirectoryStatement] { part(0)?.directory ?? [] }

  /// The proposal it carries; a change set carries at most one that counts.
  var proposal: Proposal? {
    for case .proposal(let proposal) in directoryStatements { return proposal }
    return nil
  }

  /// Whether its author agrees with the proposal that `id` carries: by saying so, or by having
  /// made it.
  func countersigns(_ id: ChangeSetID) -> Bool {
    if self.id == id { return true }
    return directoryStatements.contains(.countersignature(proposal: id))
  }
}
