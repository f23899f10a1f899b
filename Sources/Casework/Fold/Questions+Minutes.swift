import Ledger

extension Questions {
  /// Where a version of minutes stands.
  func minutes(_ entry: Entry) -> MinutesCard? {
    guard let document = entry.document, document.form == .minutes else { return nil }
    var card = MinutesCard(
      document: entry.record.id, convenor: entry.author, version: Int(document.version),
      hash: entry.record.hash, required: document.required, circulatedOn: document.issuedOn,
      audience: entry.audience)
    let finalize = acts(entry.place, [.finalize], by: entry.author).first
    for answer in acts(entry.place, [.countersign, .object, .abstain]) {
      guard let verb = answer.act?.verb else { continue }
      card.answers.removeAll { $0.member == answer.author }
      card.answers.append(
        MinutesCard.Answer(member: answer.author, verb: verb, place: answer.place))
    }
    card.lapsed = Set(
      acts(entry.place, [.lapse], by: entry.author).compactMap(\.act).flatMap(\.agencies)
    ).sorted()
    card.finalizedOn = finalize?.act?.on
    if let issue = acts(entry.place, [.issue], by: entry.author).first?.act {
      card.issuedOn = issue.on
      card.number = issue.internalNumber
    }
    card.state = state(of: entry, card)
    if card.finalizedOn != nil { card.reserved = card.members(.object) }
    return card
  }

  private func state(of entry: Entry, _ card: MinutesCard) -> MinutesState {
    if card.issuedOn != nil {
      return isAmended(entry) ? .amended : .issued
    }
    if card.finalizedOn != nil { return .finalized }
    let others = round(of: entry).filter { $0.place != entry.place }
    if others.contains(where: { !acts($0.place, [.finalize], by: $0.author).isEmpty }) {
      return .dropped
    }
    return index.successors(of: entry, sight).isEmpty ? .circulated : .replaced
  }

  /// Whether a later version was issued, so that this one is history.
  func isAmended(_ entry: Entry) -> Bool {
    var open = index.successors(of: entry, sight)
    // Every step goes to a document with this one in its ancestry, so the walk ends.
    while let next = open.popLast() {
      if !acts(next.place, [.issue], by: next.author).isEmpty { return true }
      open += index.successors(of: next, sight)
    }
    return false
  }

  /// The versions of one round: those linked by supersession without an issued one in between.
  ///
  /// A version that was circulated when its predecessor had been issued begins a new round, which
  /// its own ancestry tells.
  func round(of entry: Entry) -> [Entry] {
    var first = entry
    // Every step goes to an ancestor, so the walk ends.
    while let earlier = predecessor(of: first), !beginsRound(first, after: earlier) {
      first = earlier
    }
    var versions = [first]
    var position = 0
    while position < versions.count {
      let version = versions[position]
      versions += index.successors(of: version, sight).filter { !beginsRound($0, after: version) }
      position += 1
    }
    return versions
  }

  /// The version that a version supersedes.
  func predecessor(of entry: Entry) -> Entry? {
    guard let old = entry.document?.supersedes else { return nil }
    return index.candidates(old, beside: entry, sight).first { $0.document != nil }
  }

  private func beginsRound(_ entry: Entry, after earlier: Entry) -> Bool {
    acts(earlier.place, [.issue], by: earlier.author).contains {
      sight.isAncestor($0.place.change, entry.place.change)
    }
  }
}

extension Questions {
  /// Where a document stands with its author.
  func state(ofDocument entry: Entry) -> DocumentState {
    if !acts(entry.place, [.revoke], by: entry.author).isEmpty { return .revoked }
    return index.successors(of: entry, sight).isEmpty ? .issued : .superseded
  }
}
