import Ledger

extension Questions {
  /// How a discipline body handles a referral; nil until it accepted some of it.
  func handling(_ entry: Entry, by body: AgencyCode) -> HandlingCard? {
    guard let referral = referral(entry, at: body), let acceptedOn = referral.acceptedOn else {
      return nil
    }
    var card = HandlingCard(
      document: entry.record.id, sender: entry.author, body: body, audience: entry.audience,
      stageOn: acceptedOn)
    for step in index.following(entry.place, sight) where step.author == body {
      if let act = step.act, act.verb == .dispose { apply(act, to: &card) }
      if let result = step.result, step.record.revises == nil { apply(step, result, to: &card) }
    }
    return card
  }

  /// Where a version of a result stands.
  func state(ofResult entry: Entry) -> ResultState {
    if !index.revisions(of: entry.place, sight).isEmpty { return .revised }
    return entry.result?.revoked == true ? .revoked : .valid
  }

  /// The version of a result in force.
  func current(_ entry: Entry) -> Entry {
    var last = entry
    // Every step goes to a later sequence of the same author, so the walk ends.
    while let next = index.revisions(of: last.place, sight).last { last = next }
    return last
  }

  /// The first version of a result.
  func root(_ entry: Entry) -> Entry {
    var first = entry
    // Every step goes to an ancestor, so the walk ends.
    while let place = first.record.revises, let earlier = self.entry(at: place) { first = earlier }
    return first
  }

  /// Whether the result that a version belongs to is in force.
  func isValid(_ entry: Entry) -> Bool { current(entry).result?.revoked == false }

  /// The valid filing of a body on a referral that an id names, by any of its versions.
  func filing(_ id: RecordID, on document: Entry, by body: AgencyCode) -> Entry? {
    index.candidates(id, sight).first { entry in
      guard let result = entry.result, result.kind == .caseFiled, entry.author == body else {
        return false
      }
      return root(entry).target == document.place && isValid(entry)
    }
  }

  private func apply(_ act: Act, to card: inout HandlingCard) {
    guard let disposition = Disposition(rawValue: act.kind) else { return }
    if card.firstDisposition == nil {
      card.firstDisposition = disposition
      card.disposedOn = act.on
    }
    card.closeKind = disposition == .closed ? CloseKind(rawValue: act.reason) : nil
    if disposition == .executed { card.executedOn = act.on }
    move(.disposition(disposition), on: act.on, &card)
  }

  private func apply(_ entry: Entry, _ first: Result, to card: inout HandlingCard) {
    guard first.kind.isDiscipline, isValid(entry), let result = current(entry).result else {
      return
    }
    switch result.kind {
    case .caseFiled:
      card.filings += 1
      card.filedOn = card.filedOn ?? result.on
    case .sanction:
      card.sanctions += 1
      card.isAccountable = true
      card.decidedOn = result.on
      if let named = result.caseFiled, result.measures.contains(where: { $0.kind.countsPerson }) {
        let filing = index.candidates(named, beside: entry, sight).first
        card.persons.insert(
          HandlingCard.PersonTime(
            filing: filing.map { root($0).record.id } ?? named, key: result.personKey))
      }
    case .accountability: card.isAccountable = true
    default: break
    }
    move(.result(result.kind), on: result.on, &card)
  }

  /// Moves to where the machine's row for the step leads.
  ///
  /// The step was lawful in its own ancestry. Where something before it became void since, it still
  /// stands and is marked for review, so the row is looked up by the step alone.
  private func move(_ step: Step, on date: CivilDate, _ card: inout HandlingCard) {
    guard let rule = Machines.handling.rules.first(where: { $0.step == step }),
      case .moves(let stage) = rule.to
    else { return }
    card.stage = stage
    card.stageOn = date
  }
}
