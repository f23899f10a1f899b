import Casework
import Exchange
import Ledger
import TestSupport

/// What agencies write: what the machines allow them now, and often enough what they do not.
extension Simulation {
  /// One agency about to write in one dossier.
  struct Desk {
    let agency: AgencyCode
    let folded: FoldedDossier

    var composer: Composer { Composer(agency, on: folded) }
  }

  /// What the agency sees of the dossier at a node.
  func desk(of agency: AgencyCode, in dossier: DossierID, at node: SimulatedNode) throws -> Desk? {
    guard let graph = try node.store.readNow(GraphOf(dossier: dossier)),
      let directory = try node.store.readNow(DirectoryOf())
    else { return nil }
    return Desk(agency: agency, folded: node.casework.folded(graph, directory))
  }

  func newID() -> RecordID { RecordID(timestamp: clock, random: generator.bytes(10)) }

  func pick<Element>(_ list: [Element]) -> Element? {
    list.isEmpty ? nil : list[random(list.count)]
  }

  /// The cover of a new dossier, its members, and the letter that begins it.
  func opening(by agency: AgencyCode, admitting members: [AgencyCode]) -> ChangeContent {
    let kinds: [DossierKind] = [.clue, .clue, .inspection, .meeting, .advice]
    let kind = kinds[random(kinds.count)]
    let composer = Composer(agency)
    var content = composer.opening(
      Dossier(kind: kind, title: "Matter \(random(1_000))"), id: newID(), admitting: members)
    guard random(4) > 0 else { return content }
    content.add(letter(Self.form(beginning: kind), by: agency, to: members, with: composer))
    return content
  }

  private static func form(beginning kind: DossierKind) -> DocumentForm {
    switch kind {
    case .clue: .referral
    case .inspection: .rectificationNotice
    case .meeting: .minutes
    default: .supervisionLetter
    }
  }

  /// A document, with an item of the kind that its form carries.
  func letter(
    _ form: DocumentForm, by agency: AgencyCode, to: [AgencyCode], with composer: Composer,
    audience: [AgencyCode] = []
  ) -> ChangeContent {
    let rule = form.rule
    let (id, itemID) = (newID(), newID())
    let fitting = to.filter { rule.addressees.contains(Cast.kind($0)) && $0 != agency }
    let isMinutes = form == .minutes
    letters += 1
    let number = DocumentNumber(word: "样法\(rule.group.mark)", year: 2026, number: letters)
    let document = Document(
      form: form, number: rule.isNumbered && !isMinutes ? number?.description ?? "" : "",
      to: isMinutes ? [] : fitting, title: "Letter \(letters)", body: "Text \(random(1_000))",
      attachments: someAttachments(),
      drafter: Cast.person(agency, .handler), signer: Cast.person(agency, .deputy),
      issuedOn: clock.civilDate, required: isMinutes ? Set(to + [agency]).sorted() : [],
      meeting: isMinutes
        ? Meeting(series: "Joint meeting", heldOn: clock.civilDate, present: to.sorted()) : nil)
    let kind = ItemKind.allCases.first(where: rule.items.contains)
    let items = kind.map { kind in
      [
        (
          id: itemID,
          item: Item(
            document: id, number: 1, kind: kind, text: "Point \(random(1_000))",
            unit: (isMinutes ? to : fitting).first, dueOn: clock.civilDate)
        )
      ]
    }
    return composer.document(document, id: id, items: items ?? [], audience: audience)
  }

  /// What an agency writes in a dossier: mostly a step that some machine allows it now.
  func content(at desk: Desk) -> ChangeContent {
    switch random(10) {
    case 0..<6: lawfulStep(at: desk) ?? anotherLetter(at: desk)
    case 6..<8: anyAct(at: desk) ?? anotherLetter(at: desk)
    case 8: result(at: desk) ?? anotherLetter(at: desk)
    default: anotherLetter(at: desk)
    }
  }

  /// A sealed sheet for one reader.
  func sheet(for reader: AgencyCode, at desk: Desk) -> ChangeContent {
    letter(
      .sheet, by: desk.agency, to: [], with: desk.composer,
      audience: [desk.agency, reader].sorted())
  }

  private func anotherLetter(at desk: Desk) -> ChangeContent {
    let forms: [DocumentForm] = [
      .report, .receipt, .supervisionLetter, .assistanceRequest, .bulletin, .minutes,
    ]
    let readers = desk.folded.members.subtracting([desk.agency]).sorted()
    let form = readers.isEmpty ? .report : forms[random(forms.count)]
    return letter(form, by: desk.agency, to: pick(readers).map { [$0] } ?? [], with: desk.composer)
  }

  /// A step that a row of a machine allows the agency by what it sees.
  private func lawfulStep(at desk: Desk) -> ChangeContent? {
    let (folded, agency) = (desk.folded, desk.agency)
    var choices: [(target: RecordID, type: RecordType, step: Step, roles: Roles)] = []
    for card in folded.referrals where card.addressee == agency {
      for rule in Machines.referral.rules where rule.from.contains(card.state) {
        choices.append((card.document, .document, rule.step, rule.roles))
      }
    }
    for card in folded.items where card.unit == agency || card.issuer == agency {
      for rule in Machines.item.rules where rule.from.contains(card.state) {
        choices.append((card.item, .item, rule.step, rule.roles))
      }
    }
    for card in folded.handlings where card.body == agency {
      for rule in Machines.handling.rules where rule.from.contains(card.stage) {
        choices.append((card.document, .document, rule.step, rule.roles))
      }
    }
    for card in folded.minutes where card.convenor == agency || card.required.contains(agency) {
      for rule in Machines.minutes.rules where rule.from.contains(card.state) {
        choices.append((card.document, .document, rule.step, rule.roles))
      }
    }
    for card in folded.courses {
      guard let course = Course.all.first(where: { $0.machine.name == card.machine }) else {
        continue
      }
      for rule in course.machine.rules where rule.from.contains(card.stage) {
        choices.append((card.subject, card.type, rule.step, rule.roles))
      }
    }
    guard let choice = pick(choices) else { return nil }
    var verb = Verb.dispose
    var kind = "registered"
    switch choice.step {
    case .verb(let other): verb = other
    case .disposition(let disposition): kind = disposition.rawValue
    case .stage(let stage): (verb, kind) = (.advance, stage.rawValue)
    case .level(let level): (verb, kind) = (.urge, level.rawValue)
    default: return result(at: desk)
    }
    let roles = choice.roles.roles(in: Cast.kind(agency))
    let role = pick(Role.allCases.filter(roles.contains)) ?? .handler
    return act(verb, on: choice.target, choice.type, role: role, kind: kind, at: desk)
  }

  /// Any verb on any record by anybody.
  private func anyAct(at desk: Desk) -> ChangeContent? {
    guard let target = pick(desk.folded.entries), let verb = pick(Verb.allCases),
      let role = pick(Cast.roles)
    else { return nil }
    // What this build does not know marks the dossier for an upgrade, which no step does.
    let kind =
      switch verb {
      case .dispose: pick(Disposition.allCases)?.rawValue ?? ""
      case .advance: pick(Stage.allCases)?.rawValue ?? ""
      case .urge: pick(SupervisionLevel.allCases)?.rawValue ?? ""
      default: "filed"
      }
    return act(
      verb, on: target.record.id, target.record.content.type, role: role, kind: kind, at: desk)
  }

  private func act(
    _ verb: Verb, on target: RecordID, _ type: RecordType, role: Role, kind: String, at desk: Desk
  ) -> ChangeContent {
    let others = desk.folded.members.subtracting([desk.agency]).sorted()
    // Who joins and who leaves is what `grant`, `cut` and `forward` decide.
    let names: Set<Verb> = [.advance, .reassign, .requestWithdraw, .lapse]
    let verb = [.admit, .exclude, .end, .forward].contains(verb) ? .receive : verb
    return desk.composer.act(
      Act(
        on: target, type, verb: verb, actor: Cast.person(desk.agency, role), role: role,
        date: clock.civilDate, reason: reason(verb, kind), note: "Note",
        agencies: names.contains(verb) ? pick(others).map { [$0] } ?? [] : [], kind: kind,
        final: random(4) == 0, dueOn: clock.civilDate), id: newID())
  }

  /// A reason of the table that a step looks at, or now and then what is no code in any build.
  ///
  /// A code of another table could be one of a later build: its dossier would wait for an upgrade.
  private func reason(_ verb: Verb, _ kind: String) -> String {
    let lawful: String? =
      switch (verb, Stage(rawValue: kind)) {
      case (.dispose, _): pick(CloseKind.allCases)?.rawValue
      case (.reject, _): pick(RejectReason.allCases)?.rawValue
      case (.requestExtension, _), (.advance, .extended): pick(ExtensionReason.allCases)?.rawValue
      case (.advance, .underway): pick(InspectionMode.allCases)?.rawValue
      case (.advance, .notAccepted): pick(DeclineReason.allCases)?.rawValue
      default: pick(ReturnReason.allCases)?.rawValue
      }
    return random(16) == 0 ? "no code" : lawful ?? ""
  }

  private func result(at desk: Desk) -> ChangeContent? {
    let letters = desk.folded.entries.filter { $0.document?.form == .referral }
    guard let clue = pick(letters), let measure = Measure(.party, "warning"),
      let kind = pick(ResultKind.allCases.filter(\.isDiscipline))
    else { return nil }
    let filings = desk.folded.entries.filter { $0.result?.kind == .caseFiled }
    return desk.composer.result(
      Casework.Result(
        kind: kind, on: clock.civilDate, caseFiled: pick(filings)?.record.id, measures: [measure],
        personKey: "P-\(random(9))", actor: Cast.person(desk.agency, .caseOffice),
        role: .caseOffice, clue: clue.record.id), id: newID())
  }

  /// An act of the home on its dossier, or of an addressee that forwards or excludes.
  func statement(
    _ verb: Verb, _ agency: AgencyCode, at desk: Desk, on target: Entry?
  ) -> ChangeContent? {
    guard let target = target ?? desk.folded.coverEntry else { return nil }
    return desk.composer.act(
      Act(
        on: target.record.id, target.record.content.type, verb: verb,
        actor: Cast.person(desk.agency, .deputy), role: .deputy, date: clock.civilDate,
        reason: "conflict", note: "Note", agencies: [agency]), id: newID())
  }
}
