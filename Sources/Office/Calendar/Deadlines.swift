package import Casework
package import Ledger

/// A due date and the rule it comes from.
package struct DueDate: Sendable, Hashable {
  /// The rule; nil when the document or act itself states the date.
  package let rule: DeadlineRule.Code?
  /// The last day.
  package let on: CivilDate
  /// From when the lamp is amber whatever is left, where the rule says so.
  package var warnsOn: CivilDate?

  /// Says what ends when.
  package init(rule: DeadlineRule.Code?, on: CivilDate, warnsOn: CivilDate? = nil) {
    self.rule = rule
    self.on = on
    self.warnsOn = warnsOn
  }
}

/// Computes due dates from what the cards say; a pure function of card, calendar and terms.
package struct Deadlines: Sendable, Equatable {
  /// The calendar it counts by.
  package let calendar: WorkCalendar

  /// How long each term is here.
  package let terms: OwnTerms

  /// Counts by a calendar, and by the terms of the program unless others are given.
  package init(_ calendar: WorkCalendar, _ terms: OwnTerms = .none) {
    self.calendar = calendar
    self.terms = terms
  }

  /// The end of the period of a rule.
  package func due(_ code: DeadlineRule.Code, from start: CivilDate) -> DueDate {
    let rule = terms.rule(code)
    return DueDate(
      rule: code, on: calendar.end(of: rule.period, from: start),
      warnsOn: rule.warning.map { calendar.end(of: $0, from: start) })
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
    if let stated = letter.answerBy { return DueDate(rule: nil, on: stated) }
    let rule: DeadlineRule.Code =
      switch letter.form {
      case .procuratorialRecommendation: .answerRecommendation
      case .reconsiderationOpinion: .reportOnReconsideration
      case .policeReferral: .policeDecision
      default: .answerLetter
      }
    return due(rule, from: received)
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

  /// What is due next of a referral to the police that is not issued yet; nil when nothing is.
  package func due(
    ofPoliceReferral state: DocumentState, submittedOn: CivilDate?, signedOn: CivilDate?
  ) -> DueDate? {
    switch state {
    case .submitted, .reviewed: submittedOn.map { due(.approvePoliceReferral, from: $0) }
    case .signed: signedOn.map { due(.sendToPolice, from: $0) }
    default: nil
    }
  }

  /// When the unit owes its report on an item; nil when the item asks for none.
  package func report(
    of kind: ItemKind, in form: DocumentForm? = nil, state: ItemState, stated: CivilDate?,
    issuedOn: CivilDate
  ) -> DueDate? {
    guard state.isOpen else { return nil }
    if let stated { return DueDate(rule: nil, on: stated) }
    return switch kind {
    case .direction where form == .onSiteAssignment: due(.rectifyOnSite, from: issuedOn)
    case .finding, .direction: due(.rectify, from: issuedOn)
    case .resolution: due(.resolution, from: issuedOn)
    case .opinion, .cluePoint, .planItem, .expert, .deduction: nil
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
    /// What paper it is, where that matters.
    package var form: DocumentForm?
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
      isReferral: Bool, form: DocumentForm? = nil, state: ReferralState, answerBy: CivilDate? = nil,
      deliveredOn: CivilDate? = nil, receivedOn: CivilDate? = nil, acceptedOn: CivilDate? = nil,
      fedBackOn: CivilDate? = nil, stage: HandlingStage? = nil, stageOn: CivilDate? = nil
    ) {
      self.isReferral = isReferral
      self.form = form
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
