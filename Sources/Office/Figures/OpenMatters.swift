import Casework
import Ledger

/// What is owed in one dossier, folded as of a day, was rejected or has relapsed.
///
/// Sealed records are left out.
///
/// What waits for the answer of another agency is nobody's fault yet and is left out, and so is a
/// right that may lapse.
struct OpenMatters {
  private let dossier: FoldedDossier
  private let deadlines: Deadlines
  /// Whether a report of the dossier stands; looked up once for all its courses.
  private let hasReport: Bool

  init(_ dossier: FoldedDossier, _ deadlines: Deadlines) {
    self.dossier = dossier
    self.deadlines = deadlines
    hasReport = dossier.entries.contains {
      $0.document?.form == .annualReport && dossier.state(ofDocument: $0) == .issued
    }
  }

  /// Every matter with which something is wrong or may be, in no particular order.
  var all: [OpenMatter] {
    dossier.items.filter(\.audience.isEmpty).compactMap(matter)
      + dossier.referrals.filter(\.audience.isEmpty).compactMap(matter)
      + dossier.courses.filter(\.audience.isEmpty).compactMap(matter)
  }

  private func matter(_ card: ItemCard) -> OpenMatter? {
    guard card.state.isOpen,
      let text = dossier.entry(card.item, by: card.issuer, for: card.audience)?.item?.text,
      let issued = dossier.entry(card.document, by: card.issuer, for: card.audience),
      let document = issued.document
    else { return nil }
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
    var matter = blank(card.item, "item", card.state.rawValue, text: text)
    matter.level = card.level?.rawValue
    matter.owed = owed(deadlines.duties(of: item))
    guard !failures.isEmpty else { return matter.owed.isEmpty ? nil : matter }
    matter.failures = failures
    matter.failed = card.unit ?? card.issuer
    return matter
  }

  /// A letter that its addressee received and owes something of.
  private func matter(_ card: ReferralCard) -> OpenMatter? {
    let handling = dossier.handling(of: card)
    let sent = dossier.entry(card.document, by: card.sender, for: card.audience)
    var letter = Deadlines.Letter(
      isReferral: card.form == .referral, state: card.state,
      answerBy: sent?.document?.dueOn, receivedOn: card.receivedOn,
      acceptedOn: card.acceptedOn, fedBackOn: card.fedBackOn, stage: handling?.stage,
      stageOn: handling?.stageOn)
    letter.form = card.form
    guard let due = deadlines.due(of: letter), isInForce(card.document, of: card.sender) else {
      return nil
    }
    var matter = blank(card.document, "letter", card.state.rawValue, text: card.number)
    matter.owed = [OpenMatter.Owed(unit: card.addressee, due: due)]
    return matter
  }

  private func matter(_ card: CourseCard) -> OpenMatter? {
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
    let owed = owed(deadlines.duties(of: course))
    guard !owed.isEmpty, isInForce(card.subject, of: card.author) else { return nil }
    var matter = blank(
      card.subject, "course", card.stage.rawValue, text: dossier.cover?.title ?? "")
    matter.owed = owed
    return matter
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

  private func owed(_ duties: [Duty]) -> [OpenMatter.Owed] {
    duties.filter { !$0.isRight && $0.waiting == nil }.map {
      OpenMatter.Owed(unit: $0.owes, due: $0.due)
    }
  }

  /// The first day of some acts.
  private func first(_ acts: [Citation]) -> CivilDate? {
    acts.compactMap { dossier.entry(at: $0)?.act?.on }.min()
  }

  private func blank(
    _ record: RecordID, _ type: String, _ state: String, text: String
  ) -> OpenMatter {
    let number = dossier.cover?.number ?? ""
    return OpenMatter(
      dossier: dossier.id, number: number.isEmpty ? nil : number, record: record, type: type,
      state: state, text: text)
  }
}
