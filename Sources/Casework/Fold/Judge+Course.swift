import Ledger

extension Judge {
  /// A step of a course: the row of the stage it leads to, in the stage that its author had seen.
  func checkCourse(_ act: Act, _ found: Entry) throws(RecordFlaw) {
    guard let stage = Stage(rawValue: act.kind) else { throw RecordFlaw(.wrongKind, act.kind) }
    let (course, card) = try course(of: found)
    guard let rule = course.machine.rule(.stage(stage), from: card.stage) else {
      throw RecordFlaw(.wrongState, card.stage.rawValue)
    }
    try checkParty(rule.by, card, found)
    try check(act, rule)
    for need in rule.needs { try check(need, act, found, card) }
  }

  /// A result that moves a course.
  func checkCourse(_ result: Result) throws(RecordFlaw) {
    let course = Course.of(try dossierKind())
    guard let card = questions.dossierCourse(), let cover = index.cover(sight) else {
      throw RecordFlaw(.noTarget, "cover")
    }
    // Every member sees the course, so what moves it is written for every member.
    guard entry.audience == cover.audience else {
      throw RecordFlaw(.audience, result.kind.rawValue)
    }
    guard let rule = course.machine.rule(.result(result.kind), from: card.stage) else {
      throw RecordFlaw(.wrongState, card.stage.rawValue)
    }
    try checkParty(rule.by, card, cover)
    try require(
      result.actor, result.role, oneOf: rule.roles.roles(in: kind(of: author)))
    try checkAmount(result)
  }

  private func course(of found: Entry) throws(RecordFlaw) -> (Course, CourseCard) {
    if let kind = found.cover?.kind, let card = questions.dossierCourse() {
      return (Course.of(kind), card)
    }
    if let form = found.document?.form, let course = Course.of(form),
      let card = questions.course(ofDocument: found)
    {
      return (course, card)
    }
    if let kind = found.item?.kind, let course = Course.of(kind),
      let card = questions.course(ofItem: found)
    {
      return (course, card)
    }
    throw RecordFlaw(.wrongForm, found.document?.form.rawValue ?? found.item?.kind.rawValue ?? "")
  }

  private func checkParty(
    _ party: Party, _ card: CourseCard, _ found: Entry
  ) throws(RecordFlaw) {
    let isLawful =
      switch party {
      case .home: author == home
      case .author: author == found.author
      case .handler: isTurn(of: card.handler ?? home)
      case .court:
        kind(of: author) == .court && index.cover(sight)?.cover?.sourceAgency == author
      case .contributor, .addressee: addressees(of: found).contains(author)
      case .authorOrAddressee:
        author == found.author || addressees(of: found).contains(author)
      default: false
      }
    guard isLawful else { throw RecordFlaw(.wrongAuthor, author.rawValue) }
  }

  /// Whether it is the author's turn where an agency was given the dossier; the home has the turn
  /// of one that has left it.
  private func isTurn(of handler: AgencyCode) -> Bool {
    author == handler || (author == home && !isMember(handler))
  }

  /// To whom a document is addressed, or the document that carries an item.
  private func addressees(of found: Entry) -> [AgencyCode] {
    if let document = found.document { return document.to }
    return found.target.flatMap { index.entry($0) }?.document?.to ?? []
  }

  private func check(
    _ need: Need, _ act: Act, _ found: Entry, _ card: CourseCard
  ) throws(RecordFlaw) {
    switch need {
    case .note:
      guard !act.note.isEmpty else { throw RecordFlaw(.wrongReason, "note") }
    case .approval:
      guard !act.internalNumber.isEmpty else { throw RecordFlaw(.missingBasis, "approval") }
      guard DocumentNumber(act.internalNumber) != nil else {
        throw RecordFlaw(.malformed, "approval")
      }
    case .inspectionMode:
      _ = try Form.code(act.reason, "reason", as: InspectionMode.self, or: .wrongReason)
    case .declineReason:
      _ = try Form.code(act.reason, "reason", as: DeclineReason.self, or: .wrongReason)
    case .reason:
      _ = try Form.code(act.reason, "reason", as: ExtensionReason.self, or: .wrongReason)
    case .dueDate:
      guard act.dueOn != nil else { throw RecordFlaw(.missingBasis, "dueOn") }
    case .cites(let form):
      guard !questions.documents(form, broughtBy: entry).isEmpty else {
        throw RecordFlaw(.missingBasis, form.rawValue)
      }
    case .namesHandler:
      guard act.agencies.count == 1, let agency = act.agencies.first, agency != home,
        isMember(agency)
      else { throw RecordFlaw(.badAddressee, "agencies") }
    case .itemsSettled: try checkSettled()
    case .textHash:
      guard act.hash == found.record.hash else {
        throw RecordFlaw(.hashMismatch, act.hash?.hex ?? "")
      }
    case .allConfirmed:
      let asked = addressees(of: found)
      guard !asked.isEmpty else { throw RecordFlaw(.unanswered, "to") }
      let missing = asked.first { !card.confirmed.contains($0) }
      if let missing { throw RecordFlaw(.unanswered, missing.rawValue) }
    default: try checkSecondment(need, act, card)
    }
  }

  private func checkSecondment(
    _ need: Need, _ act: Act, _ card: CourseCard
  ) throws(RecordFlaw) {
    let asked = card.secondments.filter { $0.outcome == .open && act.basis.contains($0.request) }
    switch need {
    case .period:
      guard Period(act.reason) != nil else { throw RecordFlaw(.wrongReason, act.reason) }
    case .citesRequest:
      // One act decides one request, so that no two of them could overlap each other.
      guard asked.count == 1 else { throw RecordFlaw(.missingBasis, "requested") }
    case .noOverlap:
      let taken = card.secondments.first { other in
        (other.outcome == .approved || other.outcome == .deployed)
          && asked.contains { $0.period.overlaps(other.period) }
      }
      if let taken { throw RecordFlaw(.overlap, taken.period.description) }
    case .citesApproval:
      // One approval is for one secondment (一次一授权); the others wait for theirs.
      let approved = card.secondments.filter { one in
        one.outcome == .approved && (one.approval.map(act.basis.contains) ?? false)
      }
      guard approved.count == 1 else { throw RecordFlaw(.missingBasis, "approved") }
    default: break
    }
  }

  /// No tracked item of the dossier is open, but those on the long-term list, no letter waits for
  /// its addressee, and no minutes are on their way to be issued.
  ///
  /// Whoever has left the dossier holds nothing up.
  private func checkSettled() throws(RecordFlaw) {
    let documents = index.documents(sight).filter(\.audience.isEmpty)
    for letter in documents where letter.document?.form == .referral {
      let cards = questions.addressees(of: letter).compactMap {
        questions.referral(letter, at: $0)
      }
      let open = cards.first { $0.ground != .cc && !$0.state.isEnded && isMember($0.addressee) }
      if let open { throw RecordFlaw(.itemsOpen, open.addressee.rawValue) }
    }
    let minutes = documents.compactMap { questions.minutes($0) }
    if let open = minutes.first(where: { $0.state.isOpen && isMember($0.convenor) }) {
      throw RecordFlaw(.itemsOpen, open.convenor.rawValue)
    }
    let items = index.all.filter { sight.contains($0) && $0.audience.isEmpty && $0.item != nil }
    let open = items.compactMap { questions.item($0) }.filter { !$0.isSettled }
      .map(\.item.uuidString).min()
    if let open { throw RecordFlaw(.itemsOpen, open) }
  }

  /// Whether an agency belonged to the dossier by what the author had seen.
  private func isMember(_ agency: AgencyCode) -> Bool {
    agency == home || graph.isMember(agency, at: entry.place.change)
  }

  /// An archived dossier takes no more case work of anybody who knows of it; its home opens it
  /// again.
  ///
  /// A letter in a sealed part stays its addressee's question: nobody else sees it, so the
  /// archiving could not wait for it.
  func checkOpen() throws(RecordFlaw) {
    switch entry.record.content {
    // What a sealed part may be opened to, or that it is destroyed, is no step of the case.
    case .dossier, .item, .destruction, .disclosure: return
    case .act(let act):
      if act.targetType == .dossier && act.verb == .advance || !act.verb.isLate { return }
      if act.targetType == .document && isOthersSealed { return }
    // A sanction that is revoked on appeal is revoked, wherever its dossier is.
    case .result(let result):
      if result.revoked && entry.record.revises != nil { return }
      if result.clue != nil && isOthersSealed { return }
    case .document: break
    }
    guard index.covers(sight).contains(where: { !index.advances($0.place, sight).isEmpty }),
      questions.dossierCourse()?.stage == .archived
    else { return }
    throw RecordFlaw(.archived, home.rawValue)
  }
  private var isOthersSealed: Bool { !entry.audience.isEmpty && author != home }
}
