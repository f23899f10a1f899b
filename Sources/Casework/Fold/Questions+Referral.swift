import Ledger

/// Where each question stands for a reader; the same code judges acts and makes cards.
struct Questions {
  let index: RecordIndex
  let home: AgencyCode
  let sight: Sight

  /// The record at a place.
  func entry(at place: Citation) -> Entry? {
    let found = index.entry(place)
    if found == nil { sight.inquiry?.note(.at(place)) }
    return found
  }

  /// The acts on a record with one of some verbs.
  func acts(_ place: Citation, _ verbs: Set<Verb>? = nil, by author: AgencyCode? = nil) -> [Entry] {
    index.following(place, sight).filter { entry in
      guard let act = entry.act else { return false }
      return (author == nil || entry.author == author) && (verbs?.contains(act.verb) ?? true)
    }
  }
}

extension Questions {
  /// Where a document stands at an addressee; nil when it never got there.
  func referral(_ entry: Entry, at addressee: AgencyCode) -> ReferralCard? {
    guard let document = entry.document, var card = opened(entry, document, addressee) else {
      return nil
    }
    add(supplementsOf: entry, to: &card)
    let own = acts(entry.place, by: addressee)
    guard let decision = competence(entry) else {
      for act in own { apply(act, to: &card) }
      setWithdraw(entry, &card)
      return card
    }
    let isAfter = { (act: Entry) in
      sight.isAncestor(decision.place.change, act.place.change)
    }
    for act in own where !isAfter(act) { apply(act, to: &card) }
    card.bind(isCompetent: decision.act?.agencies.first == addressee)
    for act in own where isAfter(act) { apply(act, to: &card) }
    setWithdraw(entry, &card)
    return card
  }

  /// The last word of a common superior on who handles a letter (K3).
  ///
  /// Each was lawful in its own ancestry. Of two superiors who had not seen each other the one that
  /// comes last in the causal order stands, on every replica the same.
  func competence(_ entry: Entry) -> Entry? {
    causal(acts(entry.place, [.assignCompetence])).last
  }

  /// The agencies a document went to: addressees, copies, and those it was forwarded to.
  func addressees(of entry: Entry) -> [AgencyCode] {
    guard let document = entry.document else { return [] }
    let forwarded = acts(entry.place, [.forward]).compactMap(\.act).flatMap(\.agencies)
    return Set(document.to + document.cc + forwarded).sorted()
  }

  private func opened(
    _ entry: Entry, _ document: Document, _ addressee: AgencyCode
  ) -> ReferralCard? {
    let forwards = acts(entry.place, [.forward]).filter {
      $0.act?.agencies.contains(addressee) ?? false
    }
    let ground: ReferralCard.Ground
    var points = document.items
    var sentOn = document.issuedOn
    if document.to.contains(addressee) {
      ground = .to
    } else if let first = forwards.first, let act = first.act {
      ground = .forward
      sentOn = act.on
      let named = forwards.compactMap(\.act?.points)
      if named.allSatisfy({ !$0.isEmpty }) {
        let all = Set(named.flatMap { $0 })
        points = document.items.filter(all.contains)
      }
    } else if document.cc.contains(addressee) {
      ground = .cc
    } else {
      return nil
    }
    var card = ReferralCard(
      document: entry.record.id, sender: entry.author, addressee: addressee, ground: ground,
      form: document.form, number: document.number, sequence: entry.sequence, sentOn: sentOn,
      forwardedBy: ground == .forward ? forwards.first?.author : nil, audience: entry.audience,
      state: ground == .cc ? .copied : .sent, points: points)
    if ground != .cc {
      let counted: [RecordID?] = points.isEmpty ? [nil] : points
      card.fates = counted.map { ReferralCard.Fate(point: $0, outcome: .open) }
    }
    return card
  }

  private func add(supplementsOf entry: Entry, to card: inout ReferralCard) {
    for supplement in acts(entry.place, [.supplement], by: entry.author) {
      guard let act = supplement.act, act.agencies.contains(card.addressee) else { continue }
      card.supplements += 1
      for letter in supplements(of: supplement) {
        card.points += (letter.document?.items ?? []).filter { !card.points.contains($0) }
      }
    }
  }

  /// The supplement letters that an act brings.
  func supplements(of entry: Entry) -> [Entry] { documents(.supplementLetter, broughtBy: entry) }

  /// The documents of a form that an act brings: those it cites, and those in its own part.
  ///
  /// A document counts that everybody can read who reads the act: an open one, or one of the same
  /// audience. By a sealed one the verdict on an open act would differ from member to member, and
  /// change when the part is destroyed.
  func documents(_ form: DocumentForm, broughtBy entry: Entry) -> [Entry] {
    let cited = (entry.act?.basis ?? []).compactMap { self.entry(at: $0) }.filter(sight.contains)
    let beside = index.documents(sight).filter {
      $0.place.change == entry.place.change && $0.place.part == entry.place.part
    }
    return (cited + beside).filter {
      $0.author == entry.author && $0.document?.form == form
        && ($0.audience.isEmpty || $0.audience == entry.audience)
    }
  }

  private func apply(_ entry: Entry, to card: inout ReferralCard) {
    guard let act = entry.act else { return }
    switch act.verb {
    case .receive:
      card.state = .received
      card.receivedOn = card.receivedOn ?? act.on
    case .note: card.state = .noted
    case .accept:
      card.decide(act, .accepted, from: [.open])
      card.acceptedOn = card.acceptedOn ?? act.on
      if !act.internalNumber.isEmpty { card.internalNumber = act.internalNumber }
    case .return:
      card.decide(act, .returned, from: [.open, .accepted])
      card.returnReason = act.reason
    case .forward:
      card.decide(act, .forwarded, from: [.open, .accepted])
      card.forwardedTo = Set(card.forwardedTo + act.agencies).sorted()
    case .agreeWithdraw:
      card.state = .withdrawn
      card.fateOn = act.on
    case .feedBack:
      card.fedBackOn = act.on
      if act.final { card.state = .closed }
    default: break
    }
  }

  /// A refusal answers the requests it has seen; one made after it is open again.
  private func setWithdraw(_ entry: Entry, _ card: inout ReferralCard) {
    let asked = acts(entry.place, [.requestWithdraw], by: entry.author).filter {
      $0.act?.agencies.contains(card.addressee) ?? false
    }
    guard !asked.isEmpty else { return }
    let refusals = acts(entry.place, [.refuseWithdraw], by: card.addressee)
    let isAnswered = asked.allSatisfy { request in
      refusals.contains { sight.isAncestor(request.place.change, $0.place.change) }
    }
    if card.state == .withdrawn {
      card.withdraw = .agreed
    } else if isAnswered {
      card.withdraw = .refused
    } else {
      card.withdraw = card.state.isOpen ? .requested : .noEffect
    }
  }
}

extension ReferralCard {
  /// What a common superior's word does to a letter: the competent body may decide again, and what
  /// the others accepted is theirs no more.
  fileprivate mutating func bind(isCompetent: Bool) {
    guard isCompetent else {
      if isAccepted || state.isOpen || state == .split { state = .overruled }
      return
    }
    guard state == .returned || state == .forwarded || state == .split else { return }
    for position in fates.indices where fates[position].outcome != .accepted {
      fates[position].outcome = .open
    }
    if !isAccepted { state = .received }
  }

  /// The fates that an act without named points, or with them, would decide.
  func decidable(_ act: Act, from outcomes: Set<Fate.Outcome>) -> [RecordID?] {
    let open = fates.filter { outcomes.contains($0.outcome) }.map(\.point)
    return act.points.isEmpty ? open : open.filter { $0.map(act.points.contains) ?? false }
  }

  fileprivate mutating func decide(
    _ act: Act, _ outcome: Fate.Outcome, from outcomes: Set<Fate.Outcome>
  ) {
    let decided = decidable(act, from: outcomes)
    for position in fates.indices where decided.contains(fates[position].point) {
      fates[position].outcome = outcome
    }
    acceptedPoints = fates.filter { $0.outcome == .accepted }.compactMap(\.point)
    fateOn = act.on
    let all = Set(fates.map(\.outcome))
    switch (all.count, all.first) {
    case (1, .accepted): state = .accepted
    case (1, .returned): state = .returned
    case (1, .forwarded): state = .forwarded
    default: state = .split
    }
  }
}
