import Ledger

/// What becomes of one clue dossier in the count of clues referred: exactly one of these.
///
/// Whatever is withdrawn, returned, forwarded or merged, the classes add up to the dossiers, so no
/// clue is lost and none counts twice.
package enum ClueStanding: String, CaseIterable, Sendable {
  /// Opened and not referred.
  case registered
  /// Referred, and not received yet.
  case inTransit
  /// Received, or passed on, and not decided yet.
  case pending
  /// Accepted by a discipline body, wholly or in part: it counts.
  case counted
  /// Sent back.
  case returned
  /// Withdrawn before it was accepted.
  case withdrawn
  /// Kept as a repetition of another (重复件).
  case duplicate
  /// Merged into another dossier, where it counts.
  case merged
}

extension FigureBundle {
  /// What becomes of one of its clues; nil for a dossier of another kind.
  package func standing(of dossier: FoldedDossier) -> ClueStanding? {
    guard let clue = dossier.clue else { return nil }
    if survivor(of: dossier.id) != dossier.id { return .merged }
    if members(of: dossier.id).contains(where: { $0.countedLetter != nil }) { return .counted }
    if dossier.letters.contains(where: \.isAccepted) { return .duplicate }
    let current = dossier.letters.first {
      $0.document == clue.document && $0.addressee == clue.holder
    }
    switch clue.state {
    case .registered: return .registered
    case .withdrawRequested: return current?.state == .sent ? .inTransit : .pending
    case .referral(let state):
      switch state {
      case .sent:
        // One that was passed on was received by whoever passed it on.
        let isReceived = dossier.letters.contains {
          $0.document == clue.document && $0.receivedOn != nil
        }
        return isReceived ? .pending : .inTransit
      case .returned: return dossier.isReturnedAsDuplicate ? .duplicate : .returned
      case .withdrawn: return .withdrawn
      case .received, .split, .accepted, .closed, .forwarded, .overruled, .copied, .noted:
        return .pending
      }
    }
  }
}

extension FoldedDossier {
  /// The clue's letters at their addressees, without copies and what is sealed.
  var letters: [ReferralCard] {
    referrals.filter { $0.form == .referral && $0.ground != .cc && $0.audience.isEmpty }
  }

  /// The letter by which the clue counts: accepted, not kept as a repetition, the one received
  /// first; then the order of the author's chain.
  var countedLetter: (card: ReferralCard, receivedOn: CivilDate)? {
    let accepted = letters.filter { card in
      card.isAccepted && handling(of: card)?.closeKind != .duplicate
    }
    return accepted.compactMap { card in
      firstReceipt(of: card).map { (card: card, receivedOn: $0) }
    }.min { one, other in
      (one.receivedOn, one.card.sequence, one.card.document, one.card.addressee)
        < (other.receivedOn, other.card.sequence, other.card.document, other.card.addressee)
    }
  }

  /// When a letter was first received by anybody; a forward does not put it off.
  private func firstReceipt(of card: ReferralCard) -> CivilDate? {
    letters.filter { $0.document == card.document && $0.sender == card.sender }
      .compactMap(\.receivedOn).min()
  }

  fileprivate var isReturnedAsDuplicate: Bool {
    letters.contains {
      $0.document == clue?.document && $0.returnReason == ReturnReason.duplicate.rawValue
    }
  }
}
