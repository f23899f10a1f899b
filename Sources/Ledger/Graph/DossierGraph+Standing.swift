/// The standing of every change set, as a function of the set.
///
/// One pass in the order of `order` gives the cut-offs and the counting grants, because both look
/// only at ancestors. The key rule looks at all change sets of an author and in turn leaves out
/// those that are cut off; so pass and key rule alternate until nothing changes. Two authors who
/// try to make this swing for ever are closed by doubt: from a fixed round on, what was void once
/// stays void.
extension DossierGraph {
  /// What a stored change set is worth, whatever the directory says since.
  ///
  /// This is what tables are folded from. Nil for a change set that is not here.
  package func standing(of id: ChangeSetID) -> Standing? {
    number(of: id).map { nodes[$0].void.map { .void($0) } ?? .counts }
  }

  /// The standing of a node just added: alone when nobody else can be touched by it.
  mutating func judgeStanding(of number: Int) {
    let author = nodes[number].changeSet.header.author
    let isAlone =
      lanesOf[author]?.count == 1
      && !membership.liftings.contains { $0.admit == number }
      && !membership.cutOffs.values.contains { $0.contains { $0.node == number } }
    guard isAlone else {
      judgeAllStandings()
      return
    }
    nodes[number].void = cutOff(of: number) ?? withoutGrant(number)
    countGrants(in: number)
    for index in membership.grantsIn[number] ?? [] {
      judgeMembership(of: membership.grants[index].agency)
    }
  }

  /// Computes everything again.
  mutating func judgeAllStandings() {
    let branching = lanesOf.filter { $0.value.count > 1 }.keys.sorted()
    var flaws: [Int: VoidReason] = [:]
    for author in branching { flaws.merge(keyRule(author, cut: [])) { $1 } }
    var round = 0
    while true {
      let cut = pass(flaws)
      var next: [Int: VoidReason] = [:]
      for author in branching { next.merge(keyRule(author, cut: cut)) { $1 } }
      round += 1
      if round > Limits.standingRoundsMax { next.merge(flaws) { $1 } }
      if Set(next.keys) == Set(flaws.keys) {
        break
      }
      flaws = next
    }
    for agency in Set(membership.grantsOf.keys).union(membership.cutOffs.keys) {
      judgeMembership(of: agency)
    }
  }

  /// One pass over all nodes under given findings of the key rule.
  ///
  /// - Returns: the nodes that an `end` or `exclude` cuts off.
  private mutating func pass(_ flaws: [Int: VoidReason]) -> Set<Int> {
    // The home is never cut off and its own grant always counts: its findings are final at once,
    // and a lifting that comes later in the order can be looked up.
    for (number, flaw) in flaws where nodes[number].changeSet.header.author == home {
      nodes[number].void = flaw
    }
    for number in nodes.indices
    where nodes[number].changeSet.header.author == home && flaws[number] == nil {
      nodes[number].void = nil
    }
    var cut: Set<Int> = []
    for number in numbersInOrder {
      let reason = cutOff(of: number)
      if reason != nil { cut.insert(number) }
      nodes[number].void = reason ?? flaws[number] ?? withoutGrant(number)
      countGrants(in: number)
    }
    return cut
  }

  /// The `end` or `exclude` outside whose ancestry the node lies, if one still bites.
  private func cutOff(of number: Int) -> VoidReason? {
    let author = nodes[number].changeSet.header.author
    guard let cuts = membership.cutOffs[author] else { return nil }
    var ended: ChangeSetID?
    var excluded: ChangeSetID?
    for cut in cuts where cut.node != number && !sees(cut.node, number) {
      // An end in a void change set is void with it; an exclude is not.
      if !cut.isExclude, nodes[cut.node].void != nil { continue }
      let mayReturn = !cut.isExclude || (sees(number, cut.node) && isLifted(cut))
      if mayReturn, hasCountingGrant(author, after: cut.node, before: number) { continue }
      let id = nodes[cut.node].changeSet.id
      if cut.isExclude {
        excluded = min(excluded ?? id, id)
      } else {
        ended = min(ended ?? id, id)
      }
    }
    if let excluded { return .excluded(by: excluded) }
    return ended.map { .ended(by: $0) }
  }

  /// A counting grant that descends from `earlier` and that `later` descends from.
  private func hasCountingGrant(_ agency: AgencyCode, after earlier: Int, before later: Int) -> Bool
  {
    (membership.grantsOf[agency] ?? []).contains { index in
      let grant = membership.grants[index]
      return grant.counts && sees(grant.node, earlier) && sees(later, grant.node)
    }
  }

  private func withoutGrant(_ number: Int) -> VoidReason? {
    let author = nodes[number].changeSet.header.author
    if author == home { return nil }
    let counts = (membership.grantsOf[author] ?? []).contains { index in
      membership.grants[index].counts && sees(number, membership.grants[index].node)
    }
    return counts ? nil : .noCountingGrant
  }

  /// Settles which grants of a node count, once the node's own standing is known.
  private mutating func countGrants(in number: Int) {
    for index in membership.grantsIn[number] ?? [] {
      membership.grants[index].counts = nodes[number].void == nil && isEntitled(index, in: number)
    }
  }

  private func isEntitled(_ index: Int, in number: Int) -> Bool {
    guard membership.grants[index].needsAddressee else { return true }
    let author = nodes[number].changeSet.header.author
    return (membership.grantsOf[author] ?? []).contains { other in
      let grant = membership.grants[other]
      return grant.counts && grant.ground.makesAddressee && sees(number, grant.node)
    }
  }

  /// An exclude in a void change set that a counting admit of the home cites.
  func isLifted(_ cut: Membership.CutOff) -> Bool {
    guard cut.isExclude, nodes[cut.node].void != nil else { return false }
    return membership.liftings.contains {
      $0.excluding == cut.node && $0.agency == cut.agency && nodes[$0.admit].void == nil
    }
  }

  private mutating func judgeMembership(of agency: AgencyCode) {
    let cuts = membership.cutOffs[agency] ?? []
    let standing = cuts.contains { $0.isExclude && !isLifted($0) }
    if standing { membership.excluded.insert(agency) } else { membership.excluded.remove(agency) }
    let grants = (membership.grantsOf[agency] ?? []).filter { membership.grants[$0].counts }
    let ends = cuts.filter { $0.isExclude || nodes[$0.node].void == nil }
    let isMember =
      !standing && !grants.isEmpty
      && ends.allSatisfy { end in grants.contains { sees(membership.grants[$0].node, end.node) } }
    if isMember { membership.members.insert(agency) } else { membership.members.remove(agency) }
  }
}
