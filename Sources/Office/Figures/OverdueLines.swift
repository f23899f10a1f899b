import Casework
import Ledger

/// What is late in one dossier, folded as of a day; sealed records are left out.
///
/// One line for each duty that is past its date: a unit may owe its plan and its report. What waits
/// for the answer of another agency is nobody's fault yet and is left out, and so is a right that
/// has lapsed.
struct OverdueLines {
  private let dossier: FoldedDossier
  private let day: CivilDate
  private let deadlines: Deadlines
  /// Whether a report of the dossier stands; looked up once for all its courses.
  private let hasReport: Bool

  init(_ dossier: FoldedDossier, _ day: CivilDate, _ deadlines: Deadlines) {
    self.dossier = dossier
    self.day = day
    self.deadlines = deadlines
    hasReport = dossier.entries.contains {
      $0.document?.form == .annualReport && dossier.state(ofDocument: $0) == .issued
    }
  }

  /// Every line, in no particular order.
  var all: [API.OverdueLine] {
    dossier.items.filter(\.audience.isEmpty).flatMap(lines)
      + dossier.referrals.filter(\.audience.isEmpty).compactMap(line)
      + dossier.courses.filter(\.audience.isEmpty).flatMap(lines)
  }

  private func lines(_ card: ItemCard) -> [API.OverdueLine] {
    guard card.state.isOpen,
      let text = dossier.entry(card.item, by: card.issuer, for: card.audience)?.item?.text,
      let issued = dossier.entry(card.document, by: card.issuer, for: card.audience),
      let document = issued.document
    else { return [] }
    var item = Deadlines.Tracked(
      kind: card.kind, form: document.form, issuer: card.issuer, unit: card.unit,
      state: card.state,
      issuedOn: dossier.minutes(of: issued)?.issuedOn ?? document.issuedOn)
    item.stated = card.dueOn
    item.reportedOn = card.reportedOn
    item.disputedOn = first(card.openDisputes)
    item.askedOn = first(card.openExtensions)
    item.isLongTerm = card.isLongTerm
    var failures: [String] = card.state == .rejected ? ["rejected"] : []
    if card.reopened > 0 { failures.append("relapsed") }
    let make = { (unit: AgencyCode, due: DueDate?, reasons: [String]) in
      var line = line(
        card.item, "item", unit, card.state.rawValue, due, reasons: reasons, text: text)
      line.level = card.level?.rawValue
      return line
    }
    let late = overdue(deadlines.duties(of: item)).map { duty in
      make(duty.owes, duty.due, ["overdue"] + failures)
    }
    guard late.isEmpty, !failures.isEmpty else { return late }
    return [make(card.unit ?? card.issuer, nil, failures)]
  }

  /// A letter that its addressee received and is late with.
  private func line(_ card: ReferralCard) -> API.OverdueLine? {
    let handling = dossier.handling(of: card)
    let sent = dossier.entry(card.document, by: card.sender, for: card.audience)
    var letter = Deadlines.Letter(
      isReferral: card.form == .referral, state: card.state,
      answerBy: sent?.document?.dueOn, receivedOn: card.receivedOn,
      acceptedOn: card.acceptedOn, fedBackOn: card.fedBackOn, stage: handling?.stage,
      stageOn: handling?.stageOn)
    letter.form = card.form
    guard let due = deadlines.due(of: letter), due.on < day,
      isInForce(card.document, of: card.sender)
    else { return nil }
    return line(
      card.document, "letter", card.addressee, card.state.rawValue, due, reasons: ["overdue"],
      text: card.number)
  }

  private func lines(_ card: CourseCard) -> [API.OverdueLine] {
    var course = Deadlines.Progress(
      machine: card.machine, kind: card.kind, author: card.author, stage: card.stage,
      begunOn: card.begunOn, stageOn: card.stageOn)
    course.handler = card.handler
    course.dueOn = card.dueOn
    course.acceptedOn = card.acceptedOn
    course.lastDay = card.secondments.last { $0.outcome == .deployed }?.period.last
    let said = Set(card.confirmed + card.disputed)
    let subject = dossier.entry(card.subject, by: card.author, for: card.audience)
    let asked = subject?.document?.to ?? []
    course.silent = asked.filter { !said.contains($0) }
    course.hasReport = hasReport
    if card.machine == Machines.petition.machine.name {
      course.givenOn = givenOn
      course.toldOn = issued(.acceptanceNotice, by: card.handler ?? card.author)
      course.reviewedOn = issued(.handlingOpinion, by: card.author)
    }
    let late = overdue(deadlines.duties(of: course))
    guard !late.isEmpty, isInForce(card.subject, of: card.author) else { return [] }
    return late.map { duty in
      line(
        card.subject, "course", duty.owes, card.stage.rawValue, duty.due, reasons: ["overdue"],
        text: dossier.cover?.title ?? "")
    }
  }

  /// When a petition came before whoever decides on it, as its acts say.
  private var givenOn: CivilDate? {
    dossier.entries.compactMap { entry -> CivilDate? in
      guard let act = entry.act, act.verb == .advance, entry.audience.isEmpty,
        let stage = Stage(rawValue: act.kind), Deadlines.giving.contains(stage)
      else { return nil }
      return act.on
    }.max()
  }

  /// When an agency issued the last document of a form that stands.
  private func issued(_ form: DocumentForm, by agency: AgencyCode) -> CivilDate? {
    dossier.entries.compactMap { entry -> CivilDate? in
      guard entry.author == agency, entry.audience.isEmpty, let document = entry.document,
        document.form == form, dossier.state(ofDocument: entry) == .issued
      else { return nil }
      return document.issuedOn
    }.max()
  }

  /// Whether something is no document, or one that was neither revoked nor superseded.
  private func isInForce(_ id: RecordID, of author: AgencyCode) -> Bool {
    guard let entry = dossier.entry(id, by: author, for: []), entry.document != nil else {
      return true
    }
    return dossier.state(ofDocument: entry) == .issued
  }

  private func overdue(_ duties: [Duty]) -> [Duty] {
    duties.filter { !$0.isRight && $0.waiting == nil && $0.due.on < day }
  }

  /// The first day of some acts.
  private func first(_ acts: [Citation]) -> CivilDate? {
    acts.compactMap { dossier.entry(at: $0)?.act?.on }.min()
  }

  private func line(
    _ record: RecordID, _ type: String, _ unit: AgencyCode, _ state: String, _ due: DueDate?,
    reasons: [String], text: String
  ) -> API.OverdueLine {
    let number = dossier.cover?.number ?? ""
    return API.OverdueLine(
      dossier: dossier.id.hex, number: number.isEmpty ? nil : number, record: record.uuidString,
      type: type, unit: unit.rawValue, state: state, dueOn: due?.on.description,
      days: due.map { max(0, Int(day.days) - Int($0.on.days)) } ?? 0,
      rule: due?.rule?.rawValue, reasons: reasons, text: text)
  }
}
