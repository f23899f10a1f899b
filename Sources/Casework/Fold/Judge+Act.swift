import Ledger

extension Judge {
  func check(_ act: Act) throws(RecordFlaw) -> Citation {
    let found = try target(act.target, act.targetType)
    try checkRecording(act, on: found)
    switch (act.targetType, act.verb) {
    case (.document, .dispose): try checkDisposal(act, found)
    case (.document, .revoke): try checkRevocation(act, found)
    case (.document, let verb) where Machines.referral.knows(.verb(verb)):
      try checkReferral(act, found)
    case (.document, let verb) where Machines.minutes.knows(.verb(verb)):
      try checkMinutes(act, found)
    case (.item, let verb) where Machines.item.knows(.verb(verb)): try checkItem(act, found)
    case (.item, .urge): try checkUrging(act, found)
    case (.dossier, .advance), (.document, .advance), (.item, .advance):
      try checkCourse(act, found)
    case (.document, .assignCompetence), (.dossier, .merge), (.dossier, .relate):
      try checkLink(act, found)
    case (.dossier, _): try checkMembership(act)
    default: throw RecordFlaw(.wrongState, "\(act.targetType):\(act.verb.rawValue)")
    }
    return found.place
  }

  /// Author, role and automatism, as the row of a machine asks for them.
  func check<State>(_ act: Act, _ rule: Rule<State>) throws(RecordFlaw) {
    guard let actor = act.actor, let role = act.role else {
      guard rule.mayBeAutomatic else { throw RecordFlaw(.notAutomatic, act.verb.rawValue) }
      return
    }
    try require(
      actor, role, oneOf: rule.roles.roles(in: kind(of: author)), recordedBy: act.recordedBy)
  }

  private func checkReferral(_ act: Act, _ found: Entry) throws(RecordFlaw) {
    let fromSender = act.verb == .requestWithdraw || act.verb == .supplement
    if fromSender {
      guard author == found.author else { throw RecordFlaw(.wrongAuthor, author.rawValue) }
      guard !act.agencies.isEmpty else { throw RecordFlaw(.badAddressee, "agencies") }
    }
    for addressee in fromSender ? act.agencies : [author] {
      guard let card = questions.referral(found, at: addressee) else {
        throw RecordFlaw(fromSender ? .badAddressee : .wrongAuthor, addressee.rawValue)
      }
      guard let rule = Machines.referral.rule(.verb(act.verb), from: card.state) else {
        throw RecordFlaw(.wrongState, card.state.rawValue)
      }
      try check(act, rule)
      for need in rule.needs { try check(need, act, found, card) }
      guard !act.automatic || card.state == .sent else {
        throw RecordFlaw(.notAutomatic, card.state.rawValue)
      }
    }
  }

  private func check(
    _ need: Need, _ act: Act, _ found: Entry, _ card: ReferralCard
  ) throws(RecordFlaw) {
    switch need {
    case .reason:
      _ = try Form.code(act.reason, "reason", as: ReturnReason.self, or: .wrongReason)
      guard !act.note.isEmpty else { throw RecordFlaw(.wrongReason, "note") }
    case .pointsOpen:
      let outcomes: Set<ReferralCard.Fate.Outcome> =
        act.verb == .accept ? [.open] : [.open, .accepted]
      let decided = card.decidable(act, from: outcomes)
      let extra = Set(act.points).subtracting(card.fates.compactMap(\.point))
      guard !decided.isEmpty, extra.isSubset(of: card.points),
        decided.count + extra.count >= act.points.count
      else { throw RecordFlaw(.missingPoint, act.verb.rawValue) }
    case .noStandingResult: try checkNoResult(found)
    case .namesAgencies: try checkForwarded(act, found)
    case .withdrawRequest:
      guard card.withdraw != .none, card.withdraw != .refused else {
        throw RecordFlaw(.missingBasis, "requestWithdraw")
      }
    case .citesSupplement:
      guard !questions.supplements(of: entry).isEmpty else {
        throw RecordFlaw(.missingBasis, "supplementLetter")
      }
    case .accepted:
      guard card.isAccepted else { throw RecordFlaw(.wrongState, card.state.rawValue) }
      guard kind(of: author) == .disciplineBody, card.form == .referral else { return }
      _ = try Form.code(act.kind, "kind", as: HandlingStage.self, or: .wrongKind)
    default: break
    }
  }

  private func checkNoResult(_ found: Entry) throws(RecordFlaw) {
    let standing = index.following(found.place, sight).first {
      $0.author == author && $0.result != nil && $0.record.revises == nil && questions.isValid($0)
    }
    if let standing { throw RecordFlaw(.resultsStand, standing.record.id.uuidString) }
  }

  private func checkForwarded(_ act: Act, _ found: Entry) throws(RecordFlaw) {
    guard !act.agencies.isEmpty else { throw RecordFlaw(.badAddressee, "agencies") }
    let rule = found.document?.form.rule
    for agency in act.agencies {
      let known = questions.referral(found, at: agency)
      guard agency != author, agency != found.author, known == nil || known?.ground == .cc,
        let kind = kind(of: agency), rule?.addressees.contains(kind) ?? false
      else { throw RecordFlaw(.badAddressee, agency.rawValue) }
      guard graph.hasGrant(agency, at: entry.place.change) else {
        throw RecordFlaw(.notAddressed, agency.rawValue)
      }
    }
  }

  private func checkDisposal(_ act: Act, _ found: Entry) throws(RecordFlaw) {
    let disposition: Disposition = try Form.code(act.kind, "kind", or: .wrongKind)
    let card = try handled(found)
    guard let rule = Machines.handling.rule(.disposition(disposition), from: card.stage) else {
      throw RecordFlaw(.wrongState, card.stage.rawValue)
    }
    try check(act, rule)
    guard disposition == .closed else { return }
    let fitting: Set<CloseKind> =
      switch card.stage {
      case .registered, .shelved: [.direct, .duplicate]
      case .inquiry: [.accepted]
      default: [.unfounded]
      }
    let closing: CloseKind = try Form.code(act.reason, "reason", or: .wrongReason)
    guard fitting.contains(closing) else { throw RecordFlaw(.wrongReason, act.reason) }
  }

  /// The handling by this author of a clue that it has accepted and not given away.
  func handled(_ found: Entry) throws(RecordFlaw) -> HandlingCard {
    guard found.document?.form == .referral, kind(of: author) == .disciplineBody else {
      throw RecordFlaw(.wrongAuthor, author.rawValue)
    }
    guard let referral = questions.referral(found, at: author) else {
      throw RecordFlaw(.wrongAuthor, author.rawValue)
    }
    guard referral.isAccepted, let card = questions.handling(found, by: author) else {
      throw RecordFlaw(.wrongState, referral.state.rawValue)
    }
    return card
  }

  private func checkRevocation(_ act: Act, _ found: Entry) throws(RecordFlaw) {
    guard found.author == author else { throw RecordFlaw(.wrongAuthor, author.rawValue) }
    guard let form = found.document?.form, form != .referral, form != .minutes else {
      throw RecordFlaw(.wrongForm, found.document?.form.rawValue ?? "")
    }
    let state = questions.state(ofDocument: found)
    guard let rule = Machines.document.rule(.verb(.revoke), from: state) else {
      throw RecordFlaw(.wrongState, state.rawValue)
    }
    try check(act, rule)
    guard !act.note.isEmpty else { throw RecordFlaw(.wrongReason, "note") }
  }

  /// An act of membership says who did by whom and why what a statement does; without the statement
  /// in the same part it would tell of something that never happened.
  private func checkMembership(_ act: Act) throws(RecordFlaw) {
    let kind = try dossierKind()
    guard let rule = Machines.membership.rule(.verb(act.verb), from: kind) else {
      throw RecordFlaw(.wrongState, act.verb.rawValue)
    }
    let mayExclude =
      rule.by == .homeOrAddressee && graph.isAddressee(author, at: entry.place.change)
    guard author == home || mayExclude else { throw RecordFlaw(.wrongAuthor, author.rawValue) }
    try check(act, rule)
    guard !act.agencies.isEmpty else { throw RecordFlaw(.badAddressee, "agencies") }
    let statements = graph.changeSet(entry.place.change)?.part(0)?.membership ?? []
    for need in rule.needs {
      let stated = statements.filter { Self.answers($0, need) }.map(\.agency)
      if let missing = act.agencies.first(where: { !stated.contains($0) }) {
        throw RecordFlaw(.noStatement, "\(act.verb.rawValue) \(missing.rawValue)")
      }
    }
  }

  private static func answers(_ statement: MembershipStatement, _ need: Need) -> Bool {
    switch (statement, need) {
    case (.grant(let grant), .grantsNamed): grant.ground == .admit
    case (.exclude, .excludesNamed), (.end, .endsNamed): true
    default: false
    }
  }
}
