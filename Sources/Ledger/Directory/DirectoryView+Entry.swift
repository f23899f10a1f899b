extension DirectoryView {
  /// Takes one of the registrar's entries and returns what in it has no effect.
  ///
  /// - Parameters:
  ///   - changeSet: the entry, whose author is the registrar of this view.
  ///   - graph: where the change sets it cites are looked up, in its ancestry only.
  /// - Returns: the statements without effect, with the reasons.
  mutating func take(_ changeSet: StoredChangeSet, in graph: DossierGraph)
    -> [IneffectiveStatement]
  {
    entry = changeSet.id
    height += 1
    var ineffective: [IneffectiveStatement] = []
    for (position, statement) in changeSet.directoryStatements.enumerated() {
      guard let reason = take(statement, of: changeSet.id, in: graph) else { continue }
      ineffective.append(
        IneffectiveStatement(entry: changeSet.id, position: position, reason: reason))
    }
    return ineffective
  }

  private mutating func take(
    _ statement: DirectoryStatement, of entry: ChangeSetID, in graph: DossierGraph
  ) -> IneffectiveReason? {
    switch statement {
    case .founding: .secondFounding
    case .proposal, .countersignature, .appointment: nil
    case .finalization(let finalization): take(finalization, of: entry, in: graph)
    case .particulars(let signed): take(particulars: signed)
    case .suspension(let signed): take(suspension: signed, of: entry)
    case .unknown: .unknown
    }
  }

  private mutating func take(
    _ finalization: Finalization, of entry: ChangeSetID, in graph: DossierGraph
  ) -> IneffectiveReason? {
    let id = finalization.proposal
    guard graph.isAncestor(id, of: entry), let proposing = graph.changeSet(id),
      let proposal = proposing.proposal
    else { return .proposalMissing }
    guard mayAuthor(proposing.header.author) else { return .notEntitled }
    guard !hasLapsed(proposal, carriedBy: id, in: graph) else { return .lapsed }
    var voters: Set<AgencyCode> = isWithdrawn(proposing.header.key) ? [] : [proposing.header.author]
    for cited in finalization.countersignatures {
      guard graph.isAncestor(cited, of: entry), let countersigning = graph.changeSet(cited),
        countersigning.countersigns(id)
      else { return .proposalMissing }
      // A key withdrawn by now may have been in other hands when it agreed.
      if isWithdrawn(countersigning.header.key) { continue }
      voters.insert(countersigning.header.author)
    }
    guard isCarried(proposal.change, by: voters) else { return .tooFewGovernors }
    if let reason = carry(proposal.change, by: entry) { return reason }
    touched[proposal.change.subject] = entry
    return nil
  }

  private mutating func carry(_ change: Proposal.Change, by entry: ChangeSetID)
    -> IneffectiveReason?
  {
    switch change {
    case .admission(let agency, let key, let particulars):
      return admit(agency, key: key, particulars: particulars, by: entry)
    case .key(let agency, let key):
      return replaceKey(of: agency, with: key, by: entry)
    case .governance(let next, let nextThreshold):
      guard isLawful(governors: next, threshold: nextThreshold) else { return .unlawfulGovernance }
      governors = next
      threshold = nextThreshold
      return nil
    }
  }

  private func isLawful(governors next: [AgencyCode], threshold: Int) -> Bool {
    !next.isEmpty && next.isStrictlyAscending && next.allSatisfy { agencies[$0] != nil }
      && threshold <= next.count && threshold > next.count / 2
  }

  private mutating func admit(
    _ agency: AgencyEntry, key: PublicKey, particulars: SignedObject?, by entry: ChangeSetID
  ) -> IneffectiveReason? {
    if let host = agency.hostedBy, agencies[host] == nil || host == agency.code { return .agency }
    let former = agencies[agency.code]?.entry.hostedBy
    if let known = agencies[agency.code] {
      // The entry restated: with the key it has, or it would be a rotation past the key rule.
      guard known.keys.last?.publicKey == key else { return .agency }
      if let host = known.entry.hostedBy, host != agency.hostedBy {
        agencies[agency.code]?.formerHosts.insert(host)
      }
      agencies[agency.code]?.entry = agency
    } else {
      guard owners[key.id] == nil, let given = DirectoryKey(key, since: entry) else { return .key }
      agencies[agency.code] = DirectoryAgency(entry: agency, key: given)
      owners[key.id] = agency.code
    }
    move(agency.code, from: former, to: agency.hostedBy)
    // Particulars that do not verify are no reason to keep an agency out: it publishes better ones.
    if let particulars { _ = take(particulars: particulars) }
    return nil
  }

  /// Gives an agency a new key and withdraws those it had.
  mutating func replaceKey(of code: AgencyCode, with key: PublicKey, by entry: ChangeSetID)
    -> IneffectiveReason?
  {
    guard var agency = agencies[code] else { return .agency }
    guard owners[key.id] == nil, let given = DirectoryKey(key, since: entry) else { return .key }
    for position in agency.keys.indices where agency.keys[position].withdrawnBy == nil {
      agency.keys[position].withdrawnBy = entry
    }
    agency.keys.append(given)
    agencies[code] = agency
    owners[key.id] = code
    return nil
  }

  /// Publishes what an agency says about itself: signed with its own key, a later version.
  private mutating func take(particulars signed: SignedObject) -> IneffectiveReason? {
    guard let claim = signed.claim(as: Particulars.self),
      case .active(let owner, let signing) = key(claim.key), owner == claim.signer,
      let particulars = signed.verified(as: Particulars.self, by: signing)
    else { return .signature }
    guard particulars.version > agencies[owner]?.particulars?.version ?? 0 else {
      return .signature
    }
    agencies[owner]?.particulars = particulars
    agencies[owner]?.signedParticulars = signed
    return nil
  }

  /// Withdraws a key on the word of its holder or of the registrar.
  private mutating func take(suspension signed: SignedObject, of entry: ChangeSetID)
    -> IneffectiveReason?
  {
    guard let claim = signed.claim(as: Suspension.self),
      case .active(let signer, let signing) = key(claim.key), signer == claim.signer,
      let suspension = signed.verified(as: Suspension.self, by: signing)
    else { return .signature }
    guard signer == registrar || suspension.key == suspension.suspended else {
      return .notEntitled
    }
    guard let position = agencies[suspension.agency]?.rank(of: suspension.suspended) else {
      return .key
    }
    if agencies[suspension.agency]?.keys[position].withdrawnBy == nil {
      agencies[suspension.agency]?.keys[position].withdrawnBy = entry
    }
    touched[.agency(suspension.agency)] = entry
    return nil
  }
}
