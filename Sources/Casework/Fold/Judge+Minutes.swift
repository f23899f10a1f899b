import Ledger

extension Judge {
  func checkMinutes(_ act: Act, _ found: Entry) throws(RecordFlaw) {
    guard let card = questions.minutes(found) else {
      throw RecordFlaw(.wrongForm, found.document?.form.rawValue ?? "")
    }
    guard let rule = Machines.minutes.rule(.verb(act.verb), from: card.state) else {
      throw RecordFlaw(.wrongState, card.state.rawValue)
    }
    let isLawful = rule.by == .convenor ? author == card.convenor : card.required.contains(author)
    guard isLawful else { throw RecordFlaw(.wrongAuthor, author.rawValue) }
    try check(act, rule)
    for need in rule.needs { try check(need, act, card) }
  }

  private func check(_ need: Need, _ act: Act, _ card: MinutesCard) throws(RecordFlaw) {
    switch need {
    case .textHash:
      guard act.hash == card.hash else { throw RecordFlaw(.hashMismatch, act.hash?.hex ?? "") }
    case .note:
      guard !act.note.isEmpty else { throw RecordFlaw(.wrongReason, "note") }
    case .number:
      guard !act.internalNumber.isEmpty else { throw RecordFlaw(.missingBasis, "number") }
    case .namesSilentMembers:
      guard !act.agencies.isEmpty, act.agencies.allSatisfy(card.required.contains) else {
        throw RecordFlaw(.badAddressee, "agencies")
      }
      // Silence lapses; who has answered this text has not been silent.
      if let heard = card.answers.first(where: { act.agencies.contains($0.member) }) {
        throw RecordFlaw(.badAddressee, heard.member.rawValue)
      }
    case .allAnswered: try checkAnswers(act, card)
    default: break
    }
  }

  /// Each required member's last answer to this very text is a countersignature or an abstention
  /// that the finalization cites, or its silence was recorded.
  private func checkAnswers(_ act: Act, _ card: MinutesCard) throws(RecordFlaw) {
    for member in card.required where !card.lapsed.contains(member) {
      guard let answer = card.answers.first(where: { $0.member == member }), answer.verb != .object,
        act.basis.contains(answer.place)
      else { throw RecordFlaw(.unanswered, member.rawValue) }
    }
  }
}
