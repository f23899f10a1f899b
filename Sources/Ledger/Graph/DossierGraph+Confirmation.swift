/// What depends on keys withdrawn since: shown and used for delivery, never folded into tables.
extension DossierGraph {
  /// What a change set is worth to this node now, 待确认 included.
  ///
  /// It is unconfirmed while its key is withdrawn in `view` and no change set of its author under
  /// a newer key in force goes on from it. One written after an `end` or `exclude` of the author
  /// is void and confirms all the same: whoever left still answers for what it wrote and granted
  /// before. Nil for a change set that is not here.
  package func standing(of id: ChangeSetID, in view: DirectoryView) -> Standing? {
    guard let number = number(of: id) else { return nil }
    if let reason = nodes[number].void { return .void(reason) }
    return isConfirmed(number, in: view) ? .counts : .unconfirmed
  }

  /// The members to whom this node delivers: the home, and each by a grant that is confirmed.
  ///
  /// A grant under a key withdrawn since may be a thief's; delivery waits for its re-affirmation,
  /// while the tables show the member already. The home needs no confirmation: the dossier's id
  /// names it, and it must be able to fetch its chain in order to re-affirm it.
  package func deliverable(in view: DirectoryView) -> Set<AgencyCode> {
    members.filter { agency in
      if agency == home { return true }
      return (membership.grantsOf[agency] ?? []).contains { index in
        let grant = membership.grants[index]
        return grant.counts && isAfterEveryEnd(grant) && isConfirmed(grant.node, in: view)
      }
    }
  }

  /// The change sets with a counting `end` that closed a membership of the agency, in the order of
  /// arrival: by what their author had seen, a grant to it counted and none had ended it since.
  ///
  /// The agency may read up to each of them. An `end` of somebody who was never let in, or whose
  /// membership was over, gives nothing more, and one after a grant that is not confirmed in `view`
  /// nothing yet.
  package func closings(of agency: AgencyCode, in view: DirectoryView?) -> [ChangeSetID] {
    let grants = (membership.grantsOf[agency] ?? []).map { membership.grants[$0] }
    let cuts = (membership.cutOffs[agency] ?? []).filter {
      $0.isExclude || nodes[$0.node].void == nil
    }
    return cuts.filter { cut in
      let earlier = cuts.filter { sees(cut.node, $0.node) }
      return !cut.isExclude
        && grants.contains { grant in
          grant.counts && sees(cut.node, grant.node)
            && earlier.allSatisfy { sees(grant.node, $0.node) }
            && (view.map { isConfirmed(grant.node, in: $0) } ?? true)
        }
    }.map { nodes[$0.node].changeSet.id }
  }

  private func isAfterEveryEnd(_ grant: Membership.GrantFact) -> Bool {
    (membership.cutOffs[grant.agency] ?? [])
      .filter { $0.isExclude || nodes[$0.node].void == nil }
      .allSatisfy { sees(grant.node, $0.node) }
  }

  private func isConfirmed(_ number: Int, in view: DirectoryView) -> Bool {
    if isDirectory || !view.isWithdrawn(nodes[number].key.key) { return true }
    let author = nodes[number].changeSet.header.author
    return (lanesOf[author] ?? []).contains { lane in
      guard let last = lanes[lane].nodes.last else { return false }
      return nodes[last].void?.isCutOff != false && !view.isWithdrawn(nodes[last].key.key)
        && nodes[number].key < nodes[last].key && follows(last, number)
    }
  }

  /// Whether `later` goes on from `earlier` along `previous`.
  private func follows(_ later: Int, _ earlier: Int) -> Bool {
    if nodes[later].lane == nodes[earlier].lane {
      return nodes[later].place > nodes[earlier].place
    }
    var next: Int? = later
    while let number = next {
      if nodes[number].lane == nodes[earlier].lane {
        return nodes[number].place >= nodes[earlier].place
      }
      next = nodes[lanes[nodes[number].lane].nodes.first ?? number].previous
    }
    return false
  }
}
