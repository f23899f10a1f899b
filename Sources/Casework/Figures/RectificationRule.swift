import Ledger

/// `rectRate` and `itemRate`: items signed off, of those issued without those a dispute cancelled.
///
/// Findings make the rate of their campaign, or of the kind of their dossier where it names none
/// (整改率); every other tracked item makes the rate of its kind. An item that later versions of its
/// document repeat counts once, by its first issue; one that a later version left out counts no
/// more from the day on which that version came into force, and none of a document from the day on
/// which its author revoked it. All items of a dossier count together, those of former periods,
/// too, as long as one of them was not settled when the period began: a rate is that of an
/// inspection, not of a year.
struct RectificationRule: CountingRule {
  func facts(in bundle: FigureBundle, _ terms: FigureTerms) -> [FigureFact] {
    bundle.dossiers.flatMap { dossier -> [FigureFact] in
      guard let home = dossier.home, let cover = dossier.cover else { return [] }
      return dossier.tracked.map { item in
        FigureFact(
          FigureEntry(
            Self.figure(of: item.card.kind, cover), in: dossier.id, item.card.item,
            by: item.decision, on: item.issuedOn, owner: home,
            count: item.card.state == .signedOff ? 1 : 0, of: 1),
          item: FigureFact.Standing(
            settledOn: item.settledOn, counts: !item.isCancelledOnDispute))
      }
    }
  }

  private static func figure(of kind: ItemKind, _ cover: Dossier) -> FigureKey {
    guard kind == .finding else { return FigureKey(.itemRate, part: kind.rawValue) }
    return FigureKey(findingsOf: cover)
  }
}

/// A tracked item with what its rate asks for.
struct TrackedFigureItem {
  /// Where it stands.
  let card: ItemCard
  /// When it was issued.
  let issuedOn: CivilDate
  /// The last act of its issuer, or the document that issued it.
  let decision: Entry
  /// When its issuer settled it; nil while it is open.
  let settledOn: CivilDate?
  /// Whether it was cancelled because a dispute was upheld.
  let isCancelledOnDispute: Bool
}

extension FoldedDossier {
  /// Where an item binds nobody: not yet, or no more.
  private static let unbinding: Set<ItemState> = [.proposed, .superseded, .revoked]

  /// The open tracked items that were issued.
  var tracked: [TrackedFigureItem] {
    let questions = questions
    return items.compactMap { card in
      guard card.audience.isEmpty, !Self.unbinding.contains(card.state),
        let item = entry(card.item, by: card.issuer, for: card.audience),
        let document = item.target.flatMap({ index.entry($0) }),
        let first = (questions.earlier(item).last ?? item).target.flatMap({ index.entry($0) }),
        let issuedOn = issuedOn(first)
      else { return nil }
      let decisions = questions.inherited(by: item) + questions.acts(item.place, by: card.issuer)
      let last = decisions.last { $0.act.map { Questions.deciding.contains($0.verb) } ?? false }
      let isSettled = card.state == .signedOff || card.state == .cancelled
      return TrackedFigureItem(
        card: card, issuedOn: issuedOn, decision: last ?? document,
        settledOn: isSettled ? last?.act?.on : nil,
        isCancelledOnDispute: card.state == .cancelled && last?.act?.verb == .uphold)
    }
  }

  /// When the items of a document became binding: of minutes, when they were issued.
  private func issuedOn(_ document: Entry) -> CivilDate? {
    guard document.document?.form == .minutes else { return document.document?.issuedOn }
    return minutes(of: document)?.issuedOn
  }
}
