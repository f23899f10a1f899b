package import Ledger

extension ClueCard {
  /// The clue over all its referrals that are open to every member.
  ///
  /// The referral in play is the last letter, in the order of its author's chain, that was not
  /// withdrawn, returned or forwarded away; when none is, the last one. A forward passes the play
  /// to the new addressee. An addressee that was excluded since has no turn any more: the home has.
  package init(
    home: AgencyCode, excluded: Set<AgencyCode>, referrals: [ReferralCard],
    handlings: [HandlingCard]
  ) {
    let letters = referrals.filter {
      $0.form == .referral && $0.ground != .cc && $0.audience.isEmpty
    }.sorted { one, other in
      // A forward comes after the addressees of the letter itself.
      let (left, right) = (one.ground == .forward ? 1 : 0, other.ground == .forward ? 1 : 0)
      return (one.sequence, one.document, left, one.addressee)
        < (other.sequence, other.document, right, other.addressee)
    }
    let away: Set<ReferralState> = [.withdrawn, .returned, .forwarded, .overruled]
    let isAway = { (letter: ReferralCard) in
      away.contains(letter.state) || excluded.contains(letter.addressee)
    }
    let last = letters.last { !isAway($0) } ?? letters.last
    // Where two bodies accepted one thing it is counted once, at the smaller code, until their
    // common superior says whose it is.
    let current = letters.first { $0.isRival(of: last) && !isAway($0) } ?? last
    self.init(state: .registered, holder: home)
    if let current {
      document = current.document
      state = current.withdraw == .requested ? .withdrawRequested : .referral(current.state)
      holder = isAway(current) ? home : current.addressee
      fedBackOn = current.fedBackOn
      isFinal = current.state == .closed
    }
    let accepted = letters.filter { $0.isAccepted }
    receivedOn = accepted.compactMap(\.receivedOn).min()
    acceptedOn = accepted.compactMap(\.acceptedOn).min()
    let open = handlings.filter { $0.audience.isEmpty }
    if let current {
      let handling = open.first {
        $0.document == current.document && $0.body == current.addressee
      }
      stage = handling?.stage
      closeKind = handling?.closeKind
    }
    isFiled = open.contains { $0.filings > 0 }
    isAccountable = open.contains { $0.isAccountable }
    personTimes = open.reduce(0) { $0 + $1.persons.count }
  }
}

extension ReferralCard {
  /// Whether it is the same letter at another body, which accepted some of the same.
  fileprivate func isRival(of other: ReferralCard?) -> Bool {
    guard let other, document == other.document, addressee < other.addressee, isAccepted,
      other.isAccepted
    else { return false }
    return acceptedPoints.isEmpty || !Set(acceptedPoints).isDisjoint(with: other.acceptedPoints)
  }
}
