package import Casework
package import Ledger

/// A due date and the rule it comes from.
package struct DueDate: Sendable, Hashable {
  /// The rule; nil when the document or act itself states the date.
  package let rule: DeadlineRule.Code?
  /// The last day.
  package let on: CivilDate
}

/// Computes due dates from what the cards say; a pure function of card and calendar.
package struct Deadlines: Sendable {
  /// The calendar it counts by.
  package let calendar: WorkCalendar

  /// Counts by a calendar.
  package init(_ calendar: WorkCalendar) {
    self.calendar = calendar
  }

  /// The end of the period of a rule.
  package func due(_ code: DeadlineRule.Code, from start: CivilDate) -> DueDate {
    DueDate(rule: code, on: calendar.end(of: DeadlineRule.row(code).period, from: start))
  }

  /// What is due next of a letter at one addressee; nil when nothing is.
  package func due(of letter: Letter) -> DueDate? {
    switch letter.state {
    case .sent: letter.deliveredOn.map { due(.receive, from: $0) }
    case .received:
      letter.receivedOn.map { received in
        letter.isReferral ? due(.decide, from: received) : answer(of: letter, from: received)
      }
    case .accepted, .split: handling(of: letter)
    case .copied, .noted, .returned, .forwarded, .withdrawn, .closed, .overruled: nil
    }
  }

  private func answer(of letter: Letter, from received: CivilDate) -> DueDate {
    letter.answerBy.map { DueDate(rule: nil, on: $0) } ?? due(.answerLetter, from: received)
  }

  private func handling(of letter: Letter) -> DueDate? {
    guard let received = letter.receivedOn else { return nil }
    guard letter.isReferral, let stage = letter.stage, let stageOn = letter.stageOn else {
      return answer(of: letter, from: received)
    }
    switch stage {
    case .registered: return due(.dispose, from: received)
    case .inquiry: return due(.answerInquiry, from: stageOn)
    case .verification: return due(.verify, from: stageOn)
    case .shelved, .filed, .investigating, .trial:
      return due(.feedBack, from: max(letter.fedBackOn ?? stageOn, letter.acceptedOn ?? received))
    case .closed, .firstForm, .decided, .executed, .dismissed, .toProcuratorate:
      return due(.feedBackFinally, from: stageOn)
    }
  }

  /// When the unit owes its report on an item; nil when the item asks for none.
  package func report(
    of kind: ItemKind, state: ItemState, stated: CivilDate?, issuedOn: CivilDate
  ) -> DueDate? {
    guard state.isOpen else { return nil }
    if let stated { return DueDate(rule: nil, on: stated) }
    return switch kind {
    case .finding, .direction: due(.rectify, from: issuedOn)
    case .resolution: due(.resolution, from: issuedOn)
    case .opinion, .cluePoint, .planItem, .expert: nil
    }
  }

  /// When the issuer owes its conclusion about a report; nil when none waits.
  package func conclusion(state: ItemState, reportedOn: CivilDate?) -> DueDate? {
    guard state == .reported, let reportedOn else { return nil }
    return due(.inspectReport, from: reportedOn)
  }

  /// What is due next of a version of minutes; nil when nothing is.
  package func due(
    ofMinutes state: MinutesState, circulatedOn: CivilDate, finalizedOn: CivilDate?
  ) -> DueDate? {
    switch state {
    case .circulated: due(.countersign, from: circulatedOn)
    case .finalized: due(.issueMinutes, from: finalizedOn ?? circulatedOn)
    case .replaced, .issued, .dropped, .amended: nil
    }
  }

  /// A letter at one addressee, as far as due dates depend on it.
  package struct Letter: Sendable {
    /// Whether it refers a clue.
    package var isReferral: Bool
    /// Where it stands.
    package var state: ReferralState
    /// The date by which the letter itself asks for an answer.
    package var answerBy: CivilDate?
    /// When the node of the addressee stored it, as far as known here.
    package var deliveredOn: CivilDate?
    /// When a person received it.
    package var receivedOn: CivilDate?
    /// When it was accepted.
    package var acceptedOn: CivilDate?
    /// The last feedback.
    package var fedBackOn: CivilDate?
    /// The stage at the discipline body.
    package var stage: HandlingStage?
    /// When the stage began.
    package var stageOn: CivilDate?

    /// Describes a letter; what is not known stays nil.
    package init(
      isReferral: Bool, state: ReferralState, answerBy: CivilDate? = nil,
      deliveredOn: CivilDate? = nil, receivedOn: CivilDate? = nil, acceptedOn: CivilDate? = nil,
      fedBackOn: CivilDate? = nil, stage: HandlingStage? = nil, stageOn: CivilDate? = nil
    ) {
      self.isReferral = isReferral
      self.state = state
      self.answerBy = answerBy
      self.deliveredOn = deliveredOn
      self.receivedOn = receivedOn
      self.acceptedOn = acceptedOn
      self.fedBackOn = fedBackOn
      self.stage = stage
      self.stageOn = stageOn
    }
  }
}
