package import Ledger

/// Who may be given what of one dossier: the one place where an answer's audience is computed.
///
/// It is read from the snapshot that serves each page, so an exclude stops delivery at once. Where
/// the log has a hole, only who was a member when it was whole is given anything, of what is left.
package struct Audience: Sendable {
  private let graph: DossierGraph
  private let routing: Routing
  private let isDirectory: Bool
  /// Agencies that a held change set of the home or an addressee excludes, or that were excluded
  /// before the log got a hole: doubt closes.
  private let doubted: Set<AgencyCode>
  /// Members with a grant that is not only under a key withdrawn since; where the log has a hole
  /// those who were members before it.
  private let deliverable: Set<AgencyCode>

  /// Takes the graph of a dossier, and the excludes of it that are held.
  package init(
    graph: DossierGraph, routing: Routing, isDirectory: Bool, held: Set<HeldExclusion> = []
  ) {
    self.graph = graph
    self.routing = routing
    self.isDirectory = isDirectory
    // Who lost the beginning does not know the home, which alone nobody can exclude.
    let hasNoHome = graph.hole != nil && graph.home == nil
    doubted = held.reduce(into: graph.hole?.excluded ?? []) {
      $0.formUnion(
        hasNoHome ? Set([$1.agency]) : graph.barredWhileHeld([$1.agency], by: $1.author))
    }
    let members = routing.view.map { graph.deliverable(in: $0) } ?? graph.members
    deliverable = graph.hole.map { members.intersection($0.members) } ?? members
  }

  /// The agencies working on the node that may read this change set; none means not a byte of it.
  ///
  /// The directory goes to every admitted agency. Elsewhere an agency reads as a member, or up to
  /// the `end` that closed its membership, unless the log has a hole, for the grant before that
  /// `end` may have been worth nothing; an exclude of it, or of its host, closes everything.
  package func readers(at node: AgencyCode, of id: ChangeSetID) -> [AgencyCode] {
    let agencies = routing.agencies(at: node)
    if isDirectory { return agencies }
    guard !isBarred(node) else { return [] }
    return agencies.filter { agency in
      guard !isBarred(agency) else { return false }
      if deliverable.contains(agency) { return true }
      return graph.hole == nil
        && graph.closings(of: agency, in: routing.view).contains { graph.reaches($0, id) }
    }
  }

  /// Whether the node may be told of the dossier as it stands now, its heads and items included: an
  /// agency working there is a member to whom everything is delivered.
  package func isOpen(to node: AgencyCode) -> Bool {
    if isDirectory { return true }
    guard !isBarred(node) else { return false }
    return routing.agencies(at: node).contains { !isBarred($0) && deliverable.contains($0) }
  }

  /// The nodes of the members that may be asked about the dossier: a question names what it is
  /// about, so it goes to nobody who may not have the answer.
  var askable: Set<AgencyCode> {
    Set(deliverable.map(routing.host(of:))).filter(isOpen(to:))
  }

  /// The nodes that may be asked for what the log lacks: those of the members before it had the
  /// hole, also of one whose grant is lost; where no store tells these any more, those of the
  /// members by what is left, and where that tells nobody, nobody's.
  ///
  /// Former members hear of the hole only where no other node is left to ask.
  func askableForHoles(orElse former: [AgencyCode]) -> Set<AgencyCode> {
    let known = graph.hole?.members ?? []
    let others = nodes(of: known.isEmpty ? graph.members : known).subtracting([routing.node])
    return others.isEmpty ? nodes(of: Set(former)).subtracting([routing.node]) : others
  }

  private func nodes(of agencies: Set<AgencyCode>) -> Set<AgencyCode> {
    Set(agencies.filter { !isBarred($0) }.map(routing.host(of:))).filter { !isBarred($0) }
  }

  /// The parts of a change set that these agencies may read, of those at hand here.
  ///
  /// A sealed part is for its author, for the audience that it names and for those to whom its
  /// author has opened it since; a destroyed one is for nobody.
  package func parts(of changeSet: StoredChangeSet, for readers: [AgencyCode]) -> [Int: SaltedPart]
  {
    changeSet.parts.filter { index, part in
      let place = PartPlace(change: changeSet.id, part: index)
      return graph.isReadable(index, of: changeSet, by: readers, in: routing.view)
        && (index == 0 || !graph.refuses(part, at: place))
    }
  }

  /// The nodes that may be asked for a part which its author has opened: who else has it would
  /// learn of that by the question.
  func askable(forPartsOf changeSet: StoredChangeSet) -> Set<AgencyCode> {
    let author = changeSet.header.author
    let opened = changeSet.header.parts.indices.flatMap {
      graph.openedTo(PartPlace(change: changeSet.id, part: $0), in: nil)
    }
    let knowing = Set(opened.map(routing.host(of:))).intersection(askable)
    return knowing.union(nodes(of: [author]))
  }

  /// Those of these nodes, at which the author of a change set works or worked, that may be asked
  /// for what belongs to it: none if the author is shut out.
  func askable(_ nodes: [AgencyCode], of author: AgencyCode) -> [AgencyCode] {
    isBarred(author) ? [] : nodes.filter { !isBarred($0) }
  }

  /// The change set as this node may have it; nil when it may not.
  package func disclosed(
    _ changeSet: StoredChangeSet, to node: AgencyCode
  ) -> ReceivedChangeSet? {
    let readers = readers(at: node, of: changeSet.id)
    guard !readers.isEmpty else { return nil }
    return ReceivedChangeSet(changeSet, parts: parts(of: changeSet, for: readers))
  }

  /// The dossier's change sets, ancestors first.
  var order: [ChangeSetID] { graph.order }

  /// Whether the change set stands in the dossier, and nothing is lost that says who may have it.
  func knows(_ id: ChangeSetID) -> Bool { graph.contains(id) && graph.hole == nil }

  /// Whether the grant of a member, or of one whose membership was ended, only waits for its author
  /// to re-affirm it under a new key.
  func isWaiting(_ agency: AgencyCode) -> Bool {
    if graph.members.contains(agency) { return !deliverable.contains(agency) }
    return !graph.excluded.contains(agency)
      && graph.closings(of: agency, in: nil) != graph.closings(of: agency, in: routing.view)
  }

  /// Whether nothing of the dossier may reach an agency, for an exclude that counts or may.
  func isBarred(_ agency: AgencyCode) -> Bool {
    graph.excluded.contains(agency) || doubted.contains(agency)
  }
}
