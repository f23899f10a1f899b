/// Agencies, keys and governance: the fold of the directory's own dossier.
///
/// Only the registrar's entries change anything, and they stand in one line, so the fold walks
/// that line; what governors write is looked up in the ancestry of the entry that cites it. Each
/// entry's view is kept, because a change set is judged at the entry that it names.
package struct Directory: Sendable {
  /// The change sets it is folded from.
  package private(set) var graph: DossierGraph
  /// What the directory says now.
  ///
  /// Beyond `newest` only when governors appointed a registrar that has not written yet.
  package private(set) var current: DirectoryView
  private var line: RegistrarLine

  /// Begins with the founding entry; nil when that is not lawful.
  package init?(founding changeSet: StoredChangeSet) {
    var graph = DossierGraph(changeSet.dossier)
    graph.insert(changeSet, directory: nil)
    self.init(graph: graph)
  }

  /// Folds the directory; nil when its first entry is not a lawful founding.
  ///
  /// Cost: one pass over the entries; each finalization looks at the change sets it cites.
  package init?(graph: DossierGraph) {
    guard let line = RegistrarLine(graph: graph) else { return nil }
    self.graph = graph
    self.line = line
    current = line.current(in: graph)
  }

  /// Takes one more change set of the directory, whose ancestors are here.
  ///
  /// The result is the same as folding the whole again, for the cost of the one.
  package mutating func insert(_ changeSet: StoredChangeSet) {
    guard graph.insert(changeSet, directory: nil) else { return }
    line.walk(changeSet.id, in: graph)
    current = line.current(in: graph)
  }

  /// The dossier of the directory; a node pins it when it joins.
  package var id: DossierID { graph.id }

  /// Whether a part of its log is lost: the part may be what withdrew a key, moved an agency to
  /// another node or made somebody registrar, so nobody is let in by what is left.
  package var isHoled: Bool { graph.hole != nil }

  /// The registrar's newest entry.
  package var newest: ChangeSetID { current.entry }

  /// What each of the registrar's entries could not do, and why, in the order of the entries.
  package var ineffective: [IneffectiveStatement] {
    let places = Dictionary(uniqueKeysWithValues: zip(graph.order, 0...))
    return line.ineffective.sorted {
      (places[$0.entry] ?? 0, $0.position) < (places[$1.entry] ?? 0, $1.position)
    }
  }

  /// What the directory says at one of the registrar's entries; nil when `entry` is none.
  package func at(_ entry: ChangeSetID) -> DirectoryView? { line.views[entry] }

  /// What the directory says to a change set of its own before that is taken, by its links alone.
  ///
  /// Nil when one of them is not stored.
  package func view(before header: ChangeSetHeader) -> DirectoryView? {
    line.view(before: header, in: graph)
  }

  /// Whether the author of a header may write in the directory by what it had seen.
  ///
  /// The registrar, the governors, and whoever a proposal in the ancestry would make a governor:
  /// a change of governance needs the word of the new ones as well as of the old.
  package func mayAuthor(_ header: ChangeSetHeader) -> Bool {
    guard let view = view(before: header), let ancestry = graph.ancestry(of: header) else {
      return false
    }
    return view.mayAuthor(header.author)
      || (view.agency(header.author) != nil
        && line.wouldGovern(header.author, at: view, by: ancestry, in: graph))
  }

  /// The proposals that could still be finalized, in the order of the directory.
  package var pendingProposals: [PendingProposal] {
    graph.order.compactMap { PendingProposal($0, graph: graph, view: current) }
  }

  /// The appointments that fewer governors than the threshold have a word for, by last entry.
  package var pendingAppointments: [PendingAppointment] {
    line.voters(after: current, in: graph, seenBy: nil).compactMap { appointment, governors in
      guard let last = line.views[appointment.lastEntry] else { return nil }
      return PendingAppointment(
        appointment: appointment, agreed: governors.sorted(), threshold: last.threshold)
    }.sorted {
      ($0.appointment.lastEntry, $0.appointment.agency, $0.appointment.key.id)
        < ($1.appointment.lastEntry, $1.appointment.agency, $1.appointment.key.id)
    }
  }

  /// Whether a governor has a word already about who follows the registrar in office.
  ///
  /// Only the first counts.
  package func hasAppointed(_ governor: AgencyCode) -> Bool {
    line.hasSpoken(governor, about: current)
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
  /// The proposal it cites, or a countersignature, is not in its ancestry.
  case proposalMissing
  /// A later entry touched the same agency or governance.
  case lapsed
  /// Fewer governors than the threshold agreed.
  case tooFewGovernors
  /// A governance that no majority rules, or with an agency that is not admitted.
  case unlawfulGovernance
  /// A code that is taken, or an agency that is not admitted.
  case agency
  /// A key that is weak or in use already.
  case key
  /// A signature, signer or version that does not fit.
  case signature
  /// A kind of statement this build does not know.
  case unknown
}
