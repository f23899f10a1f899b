/// The lawful membership statements of a dossier, as they were read from the ancestry.
///
/// Lawful is what its author was entitled to by what it had seen; whether it counts is computed
/// with the standings.
struct Membership: Sendable {
  /// A grant by the home, or by an addressee who forwards.
  struct GrantFact: Sendable {
    let node: Int
    let agency: AgencyCode
    let ground: Grant.Ground
    /// Whether its author needs a counting grant of its own as an addressee.
    let needsAddressee: Bool
    var counts = false
  }

  /// An `end` or an `exclude`.
  struct CutOff: Sendable {
    let node: Int
    let agency: AgencyCode
    let isExclude: Bool
  }

  /// An admit of the home that cites a void change set with an exclude of the same agency.
  struct Lifting: Sendable {
    let admit: Int
    let agency: AgencyCode
    let excluding: Int
  }

  /// All grants, in the order of arrival.
  var grants: [GrantFact] = []
  /// Positions in `grants` by agency.
  var grantsOf: [AgencyCode: [Int]] = [:]
  /// Positions in `grants` by node.
  var grantsIn: [Int: [Int]] = [:]
  /// All ends and excludes by agency.
  var cutOffs: [AgencyCode: [CutOff]] = [:]
  var liftings: [Lifting] = []
  /// Who belongs to the dossier now.
  var members: Set<AgencyCode> = []
  /// Who is excluded and not let in again.
  var excluded: Set<AgencyCode> = []

  mutating func add(_ grant: GrantFact) {
    grantsOf[grant.agency, default: []].append(grants.count)
    grantsIn[grant.node, default: []].append(grants.count)
    grants.append(grant)
  }
}

extension DossierGraph {
  /// Reads the statements of a new node by what its author had seen.
  mutating func recordStatements(of number: Int) {
    let header = nodes[number].changeSet.header
    if header.dossier == nil {
      membership.add(
        Membership.GrantFact(
          node: number, agency: header.author, ground: .admit, needsAddressee: false))
    }
    guard case .part(let part) = nodes[number].changeSet.reading(0) else { return }
    let ancestry = nodes[number].ancestry
    // A part that is void for another reason grants nothing, but its excludes close all the same.
    let isVoid = nodes[number].changeSet.flaw(0) != nil
    let namedHere = part.membership.compactMap { statement -> AgencyCode? in
      guard case .grant(let grant) = statement, grant.ground.makesAddressee else { return nil }
      return grant.agency
    }
    let author = Author(
      code: header.author, isHome: header.author == home,
      isAddressee: isAddressee(header.author, in: ancestry))
    for statement in part.membership {
      switch statement {
      case .grant(let grant):
        if !isVoid { record(grant, by: author, in: number) }
      case .end(let agency, _):
        guard !isVoid, author.isHome, agency != author.code else { continue }
        membership.cutOffs[agency, default: []].append(
          Membership.CutOff(node: number, agency: agency, isExclude: false))
      case .exclude(let agency, _):
        guard
          mayExclude(agency, by: author, in: ancestry, named: namedHere)
        else { continue }
        membership.cutOffs[agency, default: []].append(
          Membership.CutOff(node: number, agency: agency, isExclude: true))
      }
    }
  }

  private struct Author {
    let code: AgencyCode
    let isHome: Bool
    let isAddressee: Bool
  }

  /// The home may let in on any ground, an addressee by forwarding, up to the limit on members.
  private mutating func record(_ grant: Grant, by author: Author, in number: Int) {
    guard author.isHome || (author.isAddressee && grant.ground == .forward) else { return }
    guard !isFull(for: grant.agency, in: number) else { return }
    membership.add(
      Membership.GrantFact(
        node: number, agency: grant.agency, ground: grant.ground, needsAddressee: !author.isHome))
    guard author.isHome, grant.ground == .admit else { return }
    for id in grant.lifting {
      guard let excluding = self.number(of: id), sees(number, excluding) else { continue }
      membership.liftings.append(
        Membership.Lifting(admit: number, agency: grant.agency, excluding: excluding))
    }
  }

  /// Whether a further agency would be one too many by what the author had seen and just said.
  private func isFull(for agency: AgencyCode, in number: Int) -> Bool {
    guard membership.grantsOf.count >= Limits.membersMax else { return false }
    let known = membership.grantsOf.filter { _, grants in
      grants.contains {
        let node = membership.grants[$0].node
        return node == number || sees(number, node)
      }
    }
    return known[agency] == nil && known.count >= Limits.membersMax
  }

  /// The home may exclude anyone but itself, an addressee anyone but the home and other addressees.
  private func mayExclude(
    _ agency: AgencyCode, by author: Author, in ancestry: Ancestry, named: [AgencyCode]
  ) -> Bool {
    if agency == home { return false }
    if author.isHome { return true }
    guard author.isAddressee else { return false }
    if agency == author.code { return true }
    return !isAddressee(agency, in: ancestry) && !named.contains(agency)
  }

  /// A lawful grant to the agency among what was seen, void or not.
  func hasGrant(_ agency: AgencyCode, in ancestry: Ancestry) -> Bool {
    (membership.grantsOf[agency] ?? []).contains { sees(ancestry, membership.grants[$0].node) }
  }

  /// A lawful grant that makes the agency an addressee among what was seen, void or not.
  func isAddressee(_ agency: AgencyCode, in ancestry: Ancestry) -> Bool {
    (membership.grantsOf[agency] ?? []).contains { index in
      let grant = membership.grants[index]
      return grant.ground.makesAddressee && sees(ancestry, grant.node)
    }
  }
}

extension DossierGraph {
  /// Who belongs to the dossier now.
  package var members: Set<AgencyCode> { membership.members }

  /// Who is excluded and was not let in again by an admit that cites a void exclude.
  package var excluded: Set<AgencyCode> { membership.excluded }

  /// Every agency ever named by a lawful grant, void or not.
  package var granted: Set<AgencyCode> { Set(membership.grantsOf.keys) }

  /// Every agency that a lawful grant makes an addressee, void or not.
  package var addressees: Set<AgencyCode> {
    Set(membership.grants.filter(\.ground.makesAddressee).map(\.agency))
  }

  /// The change sets with a counting `end` of the agency, in the order of arrival.
  package func ends(of agency: AgencyCode) -> [ChangeSetID] {
    (membership.cutOffs[agency] ?? []).filter { !$0.isExclude && nodes[$0.node].void == nil }
      .map { nodes[$0.node].changeSet.id }
  }

  /// Says whether a lawful grant to the agency stands in the change set or its ancestry.
  ///
  /// This is what an addressee of a document needs to have.
  package func hasGrant(_ agency: AgencyCode, at id: ChangeSetID) -> Bool {
    closedAncestry(of: id).map { hasGrant(agency, in: $0) } ?? false
  }

  /// Says whether the agency was an addressee by the change set or its ancestry.
  package func isAddressee(_ agency: AgencyCode, at id: ChangeSetID) -> Bool {
    closedAncestry(of: id).map { isAddressee(agency, in: $0) } ?? false
  }

  /// Says whether the agency was a member by the change set and its ancestry alone.
  ///
  /// Void or not plays no part: this is what the author could know.
  package func isMember(_ agency: AgencyCode, at id: ChangeSetID) -> Bool {
    guard let ancestry = closedAncestry(of: id), hasGrant(agency, in: ancestry) else {
      return false
    }
    let grants = (membership.grantsOf[agency] ?? []).map { membership.grants[$0].node }
      .filter { sees(ancestry, $0) }
    return (membership.cutOffs[agency] ?? []).filter { sees(ancestry, $0.node) }.allSatisfy { cut in
      !cut.isExclude && grants.contains { sees($0, cut.node) }
    }
  }

  /// The change sets whose grants to the agency count, in the order of `order`.
  ///
  /// Whoever wrote one of them owes the agency the grant's ancestry.
  package func countingGrants(to agency: AgencyCode) -> [ChangeSetID] {
    let counting = (membership.grantsOf[agency] ?? []).filter { membership.grants[$0].counts }
    let ids = Set(counting.map { membership.grants[$0].node })
    return ids.sorted { left, right in
      (nodes[left].depth, nodes[left].changeSet.id) < (
        nodes[right].depth, nodes[right].changeSet.id
      )
    }.map { nodes[$0].changeSet.id }
  }

  /// The same of an agency that was put out or left at some time; none of another.
  package func repeatedGrants(to agency: AgencyCode) -> [ChangeSetID] {
    (membership.cutOffs[agency] ?? []).isEmpty ? [] : countingGrants(to: agency)
  }

  /// The change sets with an exclude of the agency that has not been lifted, in the order of
  /// arrival; those that are void may be lifted by an admit of the home that cites them.
  package func standingExcludes(of agency: AgencyCode) -> [ChangeSetID] {
    (membership.cutOffs[agency] ?? []).filter { $0.isExclude && !isLifted($0) }
      .map { nodes[$0.node].changeSet.id }
  }

  /// Which of these agencies an exclude bars while it is still held: all but the home, when its
  /// author is the home or an addressee, and none otherwise.
  ///
  /// Delivery stops at once for such an agency: doubt closes. Where the log has a hole, what made
  /// the author an addressee may be lost, and it is taken for one.
  package func barredWhileHeld(
    _ agencies: Set<AgencyCode>, by author: AgencyCode
  ) -> Set<AgencyCode> {
    guard let home else { return [] }
    let isAddressee = (membership.grantsOf[author] ?? []).contains {
      membership.grants[$0].ground.makesAddressee
    }
    return author == home || isAddressee || hole != nil ? agencies.subtracting([home]) : []
  }
}

extension ReceivedChangeSet {
  /// The agencies that its open part excludes; empty when that part is not at hand or not lawful.
  package var excludes: [AgencyCode] {
    guard case .header(let header) = reading, let open = parts[0],
      let promised = header.parts.first, open.matches(promised),
      case .part(let part) = Part.decode(open.content)
    else { return [] }
    return part.membership.compactMap { statement in
      guard case .exclude(let agency, _) = statement else { return nil }
      return agency
    }
  }
}
