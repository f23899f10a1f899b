import Ledger

extension Questions {
  /// Where a tracked item stands; nil for items that nobody tracks.
  func item(_ entry: Entry) -> ItemCard? {
    guard let item = entry.item, item.kind.isTracked, let place = entry.target,
      let document = index.entry(place)
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
    let lastReopen = all.last { $0.author == entry.author && $0.act?.verb == .reopen }
    for act in all where act.author == entry.author { decide(act, &card) }
    for act in all { take(act, all, since: lastReopen, &card) }
    return card
  }

  /// Whether a document's items bind: minutes only once a version is issued.
  private func isLive(_ document: Entry) -> Bool {
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
      card.passedOn = nil
      card.signedOffOn = nil
    case .cancel, .uphold: card.state = .cancelled
    case .reassign:
      card.state = .issued
      card.unit = act.agencies.first ?? card.unit
    case .grant:
      card.dueOn = act.dueOn ?? card.dueOn
      card.extensionState = .granted
    case .deny: card.extensionState = .denied
    default: break
    }
  }

  /// An act of the unit: shown at once, decides nothing.
  private func take(
    _ entry: Entry, _ all: [Entry], since reopen: Entry?, _ card: inout ItemCard
  ) {
    guard let act = entry.act, entry.author != card.issuer || entry.author == card.unit else {
      return
    }
    let place = entry.place
    switch act.verb {
    case .report:
      card.report = entry.record.id
      card.reportedOn = act.on
      let isStale = reopen.map { sight.isAncestor(place.change, $0.place.change) } ?? false
      guard !isStale, !isCited(place, [.pass, .reject], all) else { return }
      card.pendingReports.append(place)
      if card.state.isOpen { card.state = .reported } else { card.hasNewMaterial = true }
    case .plan:
      let fromHere: Set<ItemState> = [.issued, .acknowledged]
      if fromHere.contains(card.state) { card.state = .planned }
    case .acknowledge: if card.state == .issued { card.state = .acknowledged }
    case .dispute:
      if !isCited(place, [.uphold, .dismissDispute], all) { card.openDisputes.append(place) }
    case .requestExtension:
      guard !isCited(place, [.grant, .deny], all) else { return }
      card.openExtensions.append(place)
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
