import Ledger

/// `clueReferred`: clues of which a discipline body accepted a letter, wholly or in part.
///
/// By the first receipt of the accepted letter: one that was returned and sent again counts from
/// the second letter, one that was forwarded from its first receipt and for its first sender.
/// Merged clues count once, in the survivor; what was returned for good, withdrawn or kept as a
/// repetition counts nothing.
struct ClueRule: CountingRule {
  func facts(in bundle: FigureBundle, _ terms: FigureTerms) -> [FigureFact] {
    bundle.dossiers.compactMap { dossier in
      guard bundle.standing(of: dossier) == .counted else { return nil }
      // The survivor's own letter where it has one, else the earliest of those merged into it.
      let members = bundle.members(of: dossier.id)
      let holder =
        members.first { $0.id == dossier.id && $0.countedLetter != nil }
        ?? members.filter { $0.countedLetter != nil }.min { one, other in
          let left = (one.countedLetter?.receivedOn.days ?? .max, one.id)
          let right = (other.countedLetter?.receivedOn.days ?? .max, other.id)
          return left < right
        }
      guard let holder, let letter = holder.countedLetter,
        let decision = holder.acceptance(of: letter.card)
      else { return nil }
      return FigureFact(
        FigureEntry(
          FigureKey(.clueReferred), in: dossier.id, letter.card.document, by: decision,
          on: letter.receivedOn, owner: letter.card.sender))
    }
  }
}

extension FoldedDossier {
  /// The last act by which an addressee accepted a letter.
  fileprivate func acceptance(of card: ReferralCard) -> Entry? {
    let letter = entry(card.document, by: card.sender, for: card.audience)
    return letter.flatMap { questions.acts($0.place, [.accept], by: card.addressee).last }
  }
}
