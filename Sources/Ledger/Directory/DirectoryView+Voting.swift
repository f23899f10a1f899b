extension DirectoryView {
  /// Whether enough governors are among the voters: k of the governors, and for a change of
  /// governance also the new k of the new ones.
  func isCarried(_ change: Proposal.Change, by voters: Set<AgencyCode>) -> Bool {
    guard governors.count(where: voters.contains) >= threshold else { return false }
    guard case .governance(let next, let nextThreshold) = change else { return true }
    return next.count(where: voters.contains) >= nextThreshold
  }

  /// Whether a registrar's entry after the one it is based on touched the same subject.
  ///
  /// A proposal based on what its author had not seen has lapsed from the first: whether that entry
  /// comes later must make no difference.
  func hasLapsed(_ proposal: Proposal, carriedBy id: ChangeSetID, in graph: DossierGraph) -> Bool {
    guard graph.isAncestor(proposal.basedOn, of: id) else { return true }
    guard let last = touched[proposal.change.subject] else { return false }
    return last != proposal.basedOn && !graph.isAncestor(last, of: proposal.basedOn)
  }
}
