package import Ledger

/// Which node a change set goes to, and what goes with it.
package struct Routing: Sendable {
  /// The agency that runs this node.
  package let node: AgencyCode
  /// The directory as it stands; nil before there is one.
  package let view: DirectoryView?

  /// Takes the node and the directory as it stands.
  package init(node: AgencyCode, view: DirectoryView?) {
    self.node = node
    self.view = view
  }

  /// The agency that runs the node on which this agency works.
  package func host(of agency: AgencyCode) -> AgencyCode {
    view?.host(of: agency) ?? agency
  }

  /// The agencies that work on a node, ascending.
  package func agencies(at node: AgencyCode) -> [AgencyCode] {
    // An agency that this directory does not know yet is taken for a node of its own.
    guard let view, view.agency(node) != nil else { return [node] }
    return view.hosted(by: node)
  }

  /// The agencies that work on this node.
  package var local: [AgencyCode] { agencies(at: node) }

  /// The agencies whose dossiers this node may compare with a peer's: those that work here, and
  /// those that worked here before they moved to the peer's node, which fetches their chains here.
  func comparable(with peer: AgencyCode) -> [AgencyCode] {
    let moved = agencies(at: peer).filter { formerHosts(of: $0).contains(node) }
    return Set(local + moved).sorted()
  }

  /// The nodes on which an agency worked before it moved.
  func formerHosts(of agency: AgencyCode) -> Set<AgencyCode> {
    view?.agency(agency)?.formerHosts ?? []
  }

  /// Every node of the directory.
  var nodes: Set<AgencyCode> { Set(view?.agencies.keys.map { host(of: $0) } ?? []) }

  /// Every other node, ascending.
  package var peers: [AgencyCode] { nodes.subtracting([node]).sorted() }

  /// The lines for a change set just written here.
  ///
  /// `before` are the members before it: who is new gets its whole ancestry, everyone else what
  /// came since the author's change set before it and was not shown to be there already.
  func lines(
    for changeSet: StoredChangeSet, in graph: DossierGraph, before: Set<AgencyCode>
  ) -> [OutboxLine] {
    disclosureLines(for: changeSet, in: graph)
      + ownLines(for: changeSet, in: graph, before: before)
  }

  /// The lines for the change sets of which this one opens a part: they go once more, with it, to
  /// whom it is opened.
  private func disclosureLines(
    for changeSet: StoredChangeSet, in graph: DossierGraph
  ) -> [OutboxLine] {
    graph.disclosures(by: changeSet.id).sorted { $0.key < $1.key }.flatMap { id, agencies in
      let readers = Set(agencies.subtracting(graph.excluded).map(host(of:)))
      return readers.subtracting(graph.excluded).subtracting([node]).sorted().map {
        OutboxLine(reader: $0, id: id, isRepeated: true)
      }
    }
  }

  private func ownLines(
    for changeSet: StoredChangeSet, in graph: DossierGraph, before: Set<AgencyCode>
  ) -> [OutboxLine] {
    // An end is itself the last delivery, to whoever was let in.
    let ended = changeSet.part(0)?.membership.compactMap { statement -> AgencyCode? in
      guard case .end(let agency, _) = statement,
        graph.closings(of: agency, in: nil).contains(changeSet.id)
      else { return nil }
      return agency
    }
    let readers = graph.members.union(ended ?? []).subtracting(graph.excluded)
    var lines: [OutboxLine] = []
    var seen: Set<AgencyCode> = []
    // A node that hosts a newcomer may host an old member too: the longer list comes first.
    let sorted = readers.sorted { left, right in
      let isLeftNew = !before.contains(left)
      return isLeftNew == !before.contains(right) ? left < right : isLeftNew
    }
    for agency in sorted {
      let reader = host(of: agency)
      guard reader != node, !graph.excluded.contains(reader), seen.insert(reader).inserted else {
        continue
      }
      let isNew = !before.contains(agency)
      let stop = isNew ? nil : changeSet.header.previous
      let shown = isNew ? [] : agencies(at: reader)
      let ancestry = graph.ancestry(of: changeSet, after: stop, notShownBy: shown)
      lines += (ancestry + [changeSet.id]).map {
        OutboxLine(reader: reader, id: $0, isRepeated: isNew)
      }
    }
    return lines
  }

  /// The lines for entries of the directory: for every admitted node; new nodes get all of it, also
  /// that of an agency which another hosted before.
  func directoryLines(
    for entries: [StoredChangeSet], newNodes: Set<AgencyCode>, graph: DossierGraph,
    except sender: AgencyCode? = nil
  ) -> [OutboxLine] {
    var lines: [OutboxLine] = []
    for peer in peers {
      if newNodes.contains(peer) {
        lines += graph.order.map { OutboxLine(reader: peer, id: $0) }
        continue
      }
      for entry in entries where peer != sender && peer != host(of: entry.header.author) {
        lines.append(OutboxLine(reader: peer, id: entry.id))
      }
    }
    return lines
  }
}

extension DossierGraph {
  /// The ancestors of a change set in the order of the graph, without those that `stop` reaches
  /// and those that a change set of one of the readers reaches.
  func ancestry(
    of changeSet: StoredChangeSet, after stop: ChangeSetID?, notShownBy readers: [AgencyCode]
  ) -> [ChangeSetID] {
    let shown = [stop].compactMap { $0 } + readers.compactMap { head(of: $0) }
    var found: Set<ChangeSetID> = []
    var open = changeSet.header.links
    while let id = open.popLast() {
      guard !found.contains(id), !shown.contains(where: { $0 == id || isAncestor(id, of: $0) }),
        let ancestor = self.changeSet(id)
      else { continue }
      found.insert(id)
      open += ancestor.header.links
    }
    return found.isEmpty ? [] : order.filter(found.contains)
  }
}

extension DossierGraph {
  /// Change sets and everything they reach, without what is known already.
  func closure(
    of ids: [ChangeSetID], beyond known: Set<ChangeSetID> = []
  ) -> Set<ChangeSetID> {
    var found: Set<ChangeSetID> = []
    var open = ids
    while let next = open.popLast() {
      guard !known.contains(next), found.insert(next).inserted else { continue }
      open += changeSet(next)?.header.links ?? []
    }
    return found
  }
}
