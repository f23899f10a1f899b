import Ledger

/// `oversight.A.B`: matters that came from one kind of oversight and were taken up by another.
///
/// A matter comes from the kind that its cover states, else from that of the agency it comes from,
/// else from that of its home. It is taken up by its home when it is opened, and by each agency
/// that accepted a letter in it: by the kind that the acceptance states, else by the purpose of the
/// letter or of what supplements it, else by the kind of the agency. It counts once for each pair,
/// by the first time; merged clues count in the survivor.
struct OversightRule: CountingRule {
  private struct Pair: Hashable {
    let dossier: DossierID
    let figure: FigureKey
  }

  func facts(in bundle: FigureBundle, _ terms: FigureTerms) -> [FigureFact] {
    var first: [Pair: FigureEntry] = [:]
    for dossier in bundle.dossiers {
      guard let cover = dossier.cover, cover.kind.isMatter, let home = dossier.home,
        let survivor = bundle.survivor(of: dossier.id),
        let from = cover.source ?? Self.oversight(of: cover.sourceAgency ?? home, terms)
      else { continue }
      for use in dossier.uses(terms) {
        let figure = FigureKey(from: from, to: use.kind)
        let entry = FigureEntry(
          figure, in: survivor, use.record, by: use.decision, on: use.on, owner: home)
        let pair = Pair(dossier: survivor, figure: figure)
        if let earlier = first[pair], (earlier.on, earlier.place) <= (entry.on, entry.place) {
          continue
        }
        first[pair] = entry
      }
    }
    return first.values.map { FigureFact($0) }
  }

  fileprivate static func oversight(
    of agency: AgencyCode, _ terms: FigureTerms
  ) -> OversightKind? {
    terms.kind(agency)?.oversight
  }
}

/// How a matter was taken up by one kind of oversight.
private struct Use {
  let kind: OversightKind
  /// The cover, or the letter.
  let record: RecordID
  let decision: Entry
  let on: CivilDate
}

extension FoldedDossier {
  fileprivate func uses(_ terms: FigureTerms) -> [Use] {
    var uses: [Use] = []
    if let cover = index.covers(sight).first,
      let kind = OversightRule.oversight(of: cover.author, terms)
    {
      uses.append(
        Use(
          kind: kind, record: cover.record.id, decision: cover, on: cover.authoredAt.civilDate))
    }
    for card in referrals where card.isAccepted && card.ground != .cc && card.audience.isEmpty {
      guard let letter = entry(card.document, by: card.sender, for: card.audience),
        let accepted = questions.acts(letter.place, [.accept], by: card.addressee).first,
        let act = accepted.act,
        let kind = OversightKind(rawValue: act.kind) ?? purpose(of: letter, in: accepted)
          ?? OversightRule.oversight(of: card.addressee, terms)
      else { continue }
      uses.append(Use(kind: kind, record: card.document, decision: accepted, on: act.on))
    }
    return uses
  }

  /// What the addressee was asked for when it accepted: what the last supplement that it had seen
  /// says, else what the letter says.
  private func purpose(of letter: Entry, in acceptance: Entry) -> OversightKind? {
    let supplements = questions.acts(letter.place, [.supplement], by: letter.author).filter {
      $0.audience.isEmpty && $0.act?.agencies.contains(acceptance.author) == true
        && graph.isAncestor($0.place.change, of: acceptance.place.change)
    }
    let stated = questions.causal(supplements).flatMap { questions.supplements(of: $0) }
      .compactMap { $0.document?.purpose }
    return stated.last ?? letter.document?.purpose
  }
}
