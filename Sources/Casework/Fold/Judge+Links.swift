import Ledger

extension Judge {
  /// What ties clues together: which body is competent, which clue goes into which, what belongs to
  /// what.
  func checkLink(_ act: Act, _ found: Entry) throws(RecordFlaw) {
    let kind = try dossierKind()
    guard let rule = Machines.links.rule(.verb(act.verb), from: kind) else {
      throw RecordFlaw(.wrongDossierKind, "\(kind.rawValue):\(act.verb.rawValue)")
    }
    switch rule.by {
    case .superior: try checkCompetence(act, found, rule)
    case .holder:
      let holds = index.documents(sight).contains { letter in
        letter.audience == entry.audience && letter.document?.form == .referral
          && questions.referral(letter, at: author)?.isAccepted ?? false
      }
      guard self.kind(of: author) == .disciplineBody, holds else {
        throw RecordFlaw(.wrongAuthor, author.rawValue)
      }
      try check(act, rule)
    default: try check(act, rule)
    }
    if rule.needs.contains(.namesRecord) {
      guard act.points.count == 1, act.points.first != found.record.id else {
        throw RecordFlaw(.missingPoint, act.verb.rawValue)
      }
    }
  }

  /// Only a body above all those it decides between, once they cannot settle it themselves (K3).
  private func checkCompetence(
    _ act: Act, _ found: Entry, _ rule: Rule<DossierKind>
  ) throws(RecordFlaw) {
    guard found.document?.form == .referral else {
      throw RecordFlaw(.wrongForm, found.document?.form.rawValue ?? "")
    }
    let cards = questions.addressees(of: found).compactMap { questions.referral(found, at: $0) }
      .filter { $0.ground != .cc }
    guard kind(of: author) == .disciplineBody,
      cards.allSatisfy({ author.isAbove($0.addressee) })
    else { throw RecordFlaw(.wrongAuthor, author.rawValue) }
    try check(act, rule)
    let accepted = cards.filter(\.isAccepted).count
    let forwarded = cards.filter { !$0.forwardedTo.isEmpty }.count
    guard accepted >= 2 || (accepted == 0 && forwarded >= 2) else {
      throw RecordFlaw(.wrongState, "accepted:\(accepted)")
    }
    guard act.agencies.count == 1, cards.contains(where: { $0.addressee == act.agencies.first })
    else { throw RecordFlaw(.badAddressee, "agencies") }
  }
}

extension AgencyCode {
  /// Whether an agency of this region stands above one of the other, or is it: a city's, whose code
  /// ends in `00`, above those of its counties.
  func isAbove(_ other: AgencyCode) -> Bool {
    self == other || (region.hasSuffix("00") && other.region.hasPrefix(region.prefix(4)))
  }
}
