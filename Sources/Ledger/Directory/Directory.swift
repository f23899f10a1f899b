/// Agencies, keys and governance: the fold of the directory's own dossier.
///
/// Only the registrar's entries change anything, and they stand in one line, so the fold walks
/// that line; what governors write is looked up in the ancestry of the entry that cites it. Each
/// entry's view is kept, because a change set is judged at the entry that it names.
package struct Directory: Sendable {
  /// The dossier of the directory; a node pins it when it joins.
  package let id: DossierID
  /// The change sets it is folded from.
  package let graph: DossierGraph
  /// The registrar's newest entry.
  package let newest: ChangeSetID
  /// What the directory says now.
  ///
  /// Beyond `newest` only when governors appointed a registrar that has not written yet.
  package let current: DirectoryView
  /// The newest registrar's entry that each change set of the directory reaches.
  private let governing: [ChangeSetID: ChangeSetID]
  private let views: [ChangeSetID: DirectoryView]
  /// What each of the registrar's entries could not do, and why.
  package let ineffective: [IneffectiveStatement]

  /// Folds the directory; nil when its first entry is not a lawful founding.
  ///
  /// Cost: one pass over the entries; each finalization looks at the change sets it cites.
  package init?(graph: DossierGraph) {
    guard let line = RegistrarLine(graph: graph) else { return nil }
    id = graph.id
    self.graph = graph
    views = line.views
    governing = line.governing
    ineffective = line.ineffective
    let tip = line.tip
    if let appointed = line.appointed(after: tip) {
      newest = appointed.entry
      current = appointed
    } else {
      newest = tip.entry
      current = tip
    }
  }

  /// What the directory says at one of the registrar's entries; nil when `entry` is none.
  package func at(_ entry: ChangeSetID) -> DirectoryView? { views[entry] }

  /// What the directory says to a change set of its own that links to `links`.
  ///
  /// Nil when none of them is stored.
  package func view(linking links: [ChangeSetID]) -> DirectoryView? {
    links.compactMap { governing[$0] }.compactMap { views[$0] }.max(by: RegistrarLine.isEarlier)
  }

  /// Whether `older` stands before `newer` on the line, or is the same entry.
  package func isOnLine(_ older: ChangeSetID, upTo newer: ChangeSetID) -> Bool {
    older == newer || graph.isAncestor(older, of: newer)
  }

  /// The proposals that could still be finalized, in the order of the directory.
  package var pendingProposals: [PendingProposal] {
    graph.order.compactMap { PendingProposal($0, graph: graph, view: current) }
  }
}

/// A statement in the directory that has no effect, with the reason.
package struct IneffectiveStatement: Hashable, Sendable {
  /// The entry it stands in.
  package var entry: ChangeSetID
  /// Its position in part 0.
  package var position: Int
  /// Why it has no effect.
  package var reason: IneffectiveReason
}

/// Why a directory statement has no effect.
package enum IneffectiveReason: String, Hashable, Sendable, CaseIterable {
  /// Only the first entry can found a directory.
  case secondFounding
  /// Written by an agency that may not make such a statement.
  case notEntitled
  /// The proposal it cites is not in its ancestry.
  case proposalMissing
  /// A later entry touched the same agency or governance.
  case lapsed
  /// Fewer governors than the threshold agreed.
  case tooFewGovernors
  /// A governance that no majority rules, or with an agency that is not admitted.
  case unlawfulGovernance
  /// A code that is taken, or an agency that is not admitted.
  case agency
  /// A key that is weak, of another suite or in use already.
  case key
  /// A signature, signer or version that does not fit.
  case signature
  /// A kind of statement this build does not know.
  case unknown
}
