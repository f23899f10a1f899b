import Ledger

extension Questions {
  /// Where a tracked item stands; nil for items that nobody tracks.
  func item(_ entry: Entry) -> ItemCard? {
    guard let item = entry.item, item.kind.isTracked, let place = entry.target,
      let document = self.entry(at: place)
    else { return nil }
    var card = ItemCard(
      item: entry.record.id, issuer: entry.author, document: item.document,
      number: Int(item.number), kind: item.kind, audience: entry.audience, unit: item.unit,
      state: .issued, dueOn: item.dueOn)
    guard isLive(document) else {
      card.state = .proposed
      return card
    }
    let all = acts(entry.place)
    let decisions = all.filter { $0.author == entry.author }
    for act in inherited(by: entry) + decisions { decide(act, &card) }
    for act in all { raise(act, &card) }
    if let end = end(ofItemsIn: document) {
      card.state = end
      return card
    }
    let turns = Turns(decisions)
    for act in all where act.author == card.unit && !isBefore(act, turns.reassigned) {
      take(act, all, turns, &card)
    }
    return card
  }

  /// Whether a document's items bind: minutes only once a version is issued.
  func isLive(_ document: Entry) -> Bool {
    guard document.document?.form == .minutes else { return true }
    return !acts(document.place, [.issue], by: document.author).isEmpty
  }

  /// An act of the issuer, who alone moves the item.
  private func decide(_ entry: Entry, _ card: inout ItemCard) {
    guard let act = entry.act else { return }
    switch act.verb {
    case .pass:
      card.state = .passed
      card.passedOn = act.on
    case .reject: card.state = .rejected
    case .signOff:
      card.state = .signedOff
      card.signedOffOn = act.on
    case .reopen:
      card.state = .reopened
      card.reopened += 1
      // The date that was given for good was for what has ended; the issuer may give another.
      card.isLongTerm = false
      card.passedOn = nil
      card.signedOffOn = nil
    case .cancel, .uphold: card.state = .cancelled
    case .reassign:
      card.state = .issued
      card.isLongTerm = false
      card.unit = act.agencies.first ?? card.unit
    case .grant:
      card.dueOn = act.dueOn ?? card.dueOn
      card.extensionState = .granted
    case .deny: card.extensionState = .denied
    case .prolong:
      card.isLongTerm = true
      card.dueOn = act.dueOn ?? card.dueOn
    default: break
    }
  }

  /// A step of the ladder of supervision: shown, the highest of all, and decides nothing.
  private func raise(_ entry: Entry, _ card: inout ItemCard) {
    guard let act = entry.act, act.verb == .urge, let level = SupervisionLevel(rawValue: act.kind)
    else { return }
    card.level = card.level.map { $0.number >= level.number ? $0 : level } ?? level
  }

  /// The last decisions of the issuer after which the unit begins again.
  private struct Turns {
    /// Gave the item to its present unit; what a unit wrote before counts no more.
    let reassigned: Entry?
    /// Made it open again; a report from before is answered.
    let reopened: Entry?
    /// Any that asks for a new plan.
    let latest: Entry?

    init(_ decisions: [Entry]) {
      reassigned = decisions.last { $0.act?.verb == .reassign }
      reopened = decisions.last { $0.act?.verb == .reopen }
      latest = decisions.last { [.reassign, .reopen, .reject].contains($0.act?.verb) }
    }
  }

  /// Whether an act was known to whoever took a decision.
  private func isBefore(_ act: Entry, _ decision: Entry?) -> Bool {
    decision.map { sight.isAncestor(act.place.change, $0.place.change) } ?? false
  }

  /// An act of the unit: shown at once, decides nothing.
  private func take(
    _ entry: Entry, _ all: [Entry], _ turns: Turns, _ card: inout ItemCard
  ) {
    guard let act = entry.act else { return }
    let place = entry.place
    switch act.verb {
    case .report:
      card.report = entry.record.id
      card.reportedOn = act.on
      guard !isBefore(entry, turns.reopened), !isCited(place, [.pass, .reject], all) else { return }
      card.pendingReports.append(place)
      if card.state.isOpen { card.state = .reported } else { card.hasNewMaterial = true }
    case .plan:
      let fromHere: Set<ItemState> = [.issued, .acknowledged, .rejected, .reopened]
      if fromHere.contains(card.state), !isBefore(entry, turns.latest) { card.state = .planned }
    case .acknowledge:
      let fromHere: Set<ItemState> = [.issued, .reopened]
      if fromHere.contains(card.state), !isBefore(entry, turns.latest) {
        card.state = .acknowledged
      }
    case .dispute:
      guard !isCited(place, [.uphold, .dismissDispute], all) else { return }
      card.openDisputes.append(place)
      card.disputedOn = min(card.disputedOn ?? act.on, act.on)
    case .requestExtension:
      guard !isCited(place, [.grant, .deny], all) else { return }
      card.openExtensions.append(place)
      card.askedOn = min(card.askedOn ?? act.on, act.on)
      card.extensionState = .requested
    default: break
    }
  }

  private func isCited(_ place: Citation, _ verbs: Set<Verb>, _ all: [Entry]) -> Bool {
    all.contains { entry in
      guard let act = entry.act, verbs.contains(act.verb) else { return false }
      return act.basis.contains(place)
    }
  }
}
