import Ledger

extension Judge {
  func check(_ result: Result) throws(RecordFlaw) -> Citation? {
    if let amount = result.amount, amount < 0 { throw RecordFlaw(.wrongAmount, "amount") }
    try checkRating(result)
    if let revised = entry.record.revises { return try checkRevision(result, of: revised) }
    guard !result.revoked else { throw RecordFlaw(.wrongState, "revoked") }
    guard result.kind.isDiscipline else { return try checkPlain(result) }
    guard let clue = result.clue else { throw RecordFlaw(.noTarget, "clue") }
    let found = try target(clue, .document)
    let card = try handled(found)
    guard let rule = Machines.handling.rule(.result(result.kind), from: card.stage) else {
      throw RecordFlaw(.wrongState, card.stage.rawValue)
    }
    try require(
      result.actor, result.role, oneOf: rule.roles.roles(in: kind(of: author)))
    for need in rule.needs { try check(need, result, found) }
    return found.place
  }

  /// A result that is no step of a discipline body: the row of its kind, then its course's if the
  /// kind moves one.
  private func checkPlain(_ result: Result) throws(RecordFlaw) -> Citation? {
    guard let rule = ResultRule.row(for: result.kind) else {
      throw RecordFlaw(.wrongKind, result.kind.rawValue)
    }
    let kind = try dossierKind()
    guard rule.dossiers.contains(kind) else {
      throw RecordFlaw(.wrongDossierKind, "\(kind.rawValue):\(result.kind.rawValue)")
    }
    guard let own = self.kind(of: author), rule.authors.contains(own),
      !rule.isHome || author == home
    else { throw RecordFlaw(.wrongAuthor, author.rawValue) }
    if Course.of(kind).machine.knows(.result(result.kind)) {
      try checkCourse(result)
    } else {
      try require(result.actor, result.role, oneOf: rule.roles.roles(in: own))
    }
    guard let clue = result.clue else { return nil }
    return try target(clue, .document).place
  }

  /// Surveys and scores alone have ranks and points, and a score may name whom it is of.
  private func checkRating(_ result: Result) throws(RecordFlaw) {
    guard result.rating.fits(result.kind) else {
      throw RecordFlaw(.wrongKind, result.kind.rawValue)
    }
    guard result.rating.isConsistent else { throw RecordFlaw(.wrongAmount, "rank, score") }
    if let unit = result.rating.unit, kind(of: unit) == nil {
      throw RecordFlaw(.badAddressee, unit.rawValue)
    }
  }

  private func check(_ need: Need, _ result: Result, _ found: Entry) throws(RecordFlaw) {
    switch need {
    case .filing:
      guard let named = result.caseFiled,
        questions.filing(named, on: found, by: author) != nil
      else { throw RecordFlaw(.missingBasis, "caseFiled") }
    case .personKey:
      guard !result.personKey.isEmpty, !result.measures.isEmpty else {
        throw RecordFlaw(.missingBasis, "personKey")
      }
    default: break
    }
  }

  /// An amount above zero, where a course has a row for the kind that asks for one.
  func checkAmount(_ result: Result) throws(RecordFlaw) {
    let rules = Course.of(try dossierKind()).machine.rules
    let isNeeded = rules.contains { $0.step == .result(result.kind) && $0.needs.contains(.amount) }
    guard isNeeded else { return }
    guard let amount = result.amount, amount > 0 else { throw RecordFlaw(.wrongAmount, "amount") }
  }

  /// A correction or a revocation: the author's own version in force, the same matter.
  private func checkRevision(
    _ result: Result, of place: Citation
  ) throws(RecordFlaw) -> Citation? {
    guard let old = index.entry(place), sight.contains(old), old.author == author,
      let before = old.result, before.kind == result.kind, before.clue == result.clue,
      before.caseFiled == result.caseFiled
    else { throw RecordFlaw(.revisesForeign, "revises") }
    guard old.audience == entry.audience else { throw RecordFlaw(.audience, "revises") }
    if !result.revoked { try checkAmount(result) }
    let state = questions.state(ofResult: old)
    let step: Step = result.revoked ? .verb(.revoke) : .supersede
    guard let rule = Machines.result.rule(step, from: state) else {
      throw RecordFlaw(.wrongState, state.rawValue)
    }
    try require(
      result.actor, result.role, oneOf: rule.roles.roles(in: kind(of: author)))
    guard !result.note.isEmpty else { throw RecordFlaw(.wrongReason, "note") }
    return nil
  }
}
