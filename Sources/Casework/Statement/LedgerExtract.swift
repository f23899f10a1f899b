import Ledger

/// What one dossier gives to the statement of two agencies.
struct LedgerExtract {
  private(set) var letters: [Statement.Letter] = []
  private(set) var outcomes: [Statement.Outcome] = []

  /// Takes from a dossier what both agencies see of it, as it stood on the last day of the period.
  ///
  /// A dossier that one of them is excluded from, or was no member of then, gives nothing. Where a
  /// membership was ended later, what both hold goes on to count, so that what was agreed stays
  /// agreed. Sealed letters and results give nothing: a statement may not change when a part is
  /// destroyed.
  init(
    _ dossier: FoldedDossier, of one: AgencyCode, and other: AgencyCode, in period: StatementPeriod
  ) {
    guard one != other, let own = dossier.readable(by: one, leavingAfter: period.last),
      let shared = own.readable(by: other, leavingAfter: period.last)
    else { return }
    let seen = shared.asOf(period.last)
    let questions = seen.questions
    let entries = seen.entries.filter { questions.sight.contains($0) && $0.audience.isEmpty }
    if seen.cover?.kind == .clue {
      for (sender, addressee) in [(one, other), (other, one)] {
        letters += Self.letters(
          entries.filter { $0.author == sender && $0.document?.form == .referral }, at: addressee,
          in: period, questions)
      }
    }
    outcomes = entries.compactMap { entry in
      guard [one, other].contains(entry.author) else { return nil }
      return Self.outcome(entry, in: period, questions)
    }
  }

  private static func letters(
    _ referrals: [Entry], at addressee: AgencyCode, in period: StatementPeriod,
    _ questions: Questions
  ) -> [Statement.Letter] {
    let found = referrals.compactMap { entry -> (entry: Entry, card: ReferralCard)? in
      guard let card = questions.referral(entry, at: addressee), card.ground != .cc,
        period.contains(card.sentOn)
      else { return nil }
      return (entry, card)
    }.sorted { ($0.card.sequence, $0.card.document) < ($1.card.sequence, $1.card.document) }
    let merges = questions.merges()
    let away: Set<Statement.Fate> = [.withdrawn, .returned, .forwarded]
    var letters = found.map { entry, card -> Statement.Letter in
      let fate = Statement.Fate(card)
      var disposal: Statement.Disposal?
      if fate == .accepted {
        let stage = questions.handling(entry, by: addressee)?.stage ?? .registered
        disposal =
          !merges.isEmpty ? .merged : stage == .registered ? .awaiting : .stage(stage)
      }
      return Statement.Letter(
        document: card.document, number: card.number, sender: card.sender, addressee: addressee,
        sentOn: card.sentOn, fate: fate, disposal: disposal, leads: false,
        records: records(
          entry, at: addressee, fate == .accepted ? merges.map(\.record.id) : [], questions))
    }
    if let leading = letters.lastIndex(where: { !away.contains($0.fate) }) ?? letters.indices.last {
      letters[leading].leads = true
    }
    return letters
  }

  /// The letter and what says where it stands at the addressee.
  private static func records(
    _ entry: Entry, at addressee: AgencyCode, _ merges: [RecordID], _ questions: Questions
  ) -> [RecordID] {
    let following = questions.index.following(entry.place, questions.sight).filter { step in
      guard step.audience.isEmpty else { return false }
      if step.author == addressee || step.act?.verb == .assignCompetence { return true }
      guard let act = step.act else { return false }
      return act.agencies.contains(addressee)
        && (step.author == entry.author || act.verb == .forward)
    }
    let versions = following.flatMap { questions.versions(of: $0) }
    return Set([entry.record.id] + versions.map(\.record.id) + merges).sorted()
  }

  private static func outcome(
    _ entry: Entry, in period: StatementPeriod, _ questions: Questions
  ) -> Statement.Outcome? {
    guard entry.result != nil, entry.record.revises == nil,
      let result = questions.current(entry).result, period.contains(result.on)
    else { return nil }
    return Statement.Outcome(
      root: entry.record.id, author: entry.author, kind: result.kind, on: result.on,
      amount: result.amount, isRevoked: result.revoked,
      records: Set(questions.versions(of: entry).map(\.record.id)).sorted())
  }
}

extension Statement.Fate {
  /// What became of a letter at its addressee.
  ///
  /// A letter of several points that were decided differently counts once: as accepted when any
  /// point was, else as undecided while any is, else as forwarded before returned.
  fileprivate init(_ card: ReferralCard) {
    let outcomes = card.fates.map(\.outcome)
    switch card.state {
    case .withdrawn: self = .withdrawn
    case .overruled: self = .forwarded
    case .sent, .copied: self = .inTransit
    case _ where outcomes.contains(.accepted): self = .accepted
    case _ where outcomes.contains(.open): self = .pending
    case _ where outcomes.contains(.forwarded): self = .forwarded
    case .received, .split, .accepted, .returned, .forwarded, .closed, .noted: self = .returned
    }
  }
}

extension Questions {
  /// The acts that merged this clue into another one.
  fileprivate func merges() -> [Entry] {
    index.covers(sight).flatMap { acts($0.place, [.merge]) }.filter(\.audience.isEmpty)
  }

  /// A record and, of a result, its later versions.
  fileprivate func versions(of entry: Entry) -> [Entry] {
    guard entry.result != nil else { return [entry] }
    var versions = [entry]
    // Every step goes to a later sequence of the same author, so the walk ends.
    while let last = versions.last, let next = index.revisions(of: last.place, sight).last {
      versions.append(next)
    }
    return versions
  }
}
