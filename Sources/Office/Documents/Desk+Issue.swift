import Casework
import Exchange
import Ledger
import Postgres
import Replica

extension Desk {
  /// Issues a signed draft as a document with its number, its items, its sheets and the grants that
  /// its addressees imply.
  mutating func issue(
    _ draft: DraftRow, on: String?, in transaction: borrowing OfficeTransaction
  ) throws -> API.Step {
    let form = try draft.form()
    let date = try date(on)
    switch form {
    case .statement: try assertCurrent(draft, in: transaction)
    case .annualReport: try assertFrozen(draft, in: transaction)
    case .assessment: try assertUnassessed(draft.content, in: transaction)
    default: break
    }
    let number =
      form.rule.isNumbered && form != .minutes
      ? try drawNumber(form, year: date.year, in: transaction) : ""
    var draft = draft
    let attached = try draft.attached(in: transaction.sql)
    let composition = try compose(
      draft, form, number: number, on: date, attachments: try attached.records(),
      in: transaction)
    let written = try commit(composition, to: draft.dossier, in: transaction)
    try attached.handOver(to: written.id, in: transaction.sql)
    draft.state = .issued
    draft.issuer = try clerk().id
    draft.number = number.isEmpty ? nil : number
    draft.change = written.id
    try draft.update(at: now, in: transaction.sql)
    detail = number
    return try step(
      draft.dossier, written.id, composition.ids, number: draft.number, in: transaction)
  }

  /// The next number of the series of a form in a year, in its printed form.
  func drawNumber(
    _ form: DocumentForm, year: Int, in transaction: borrowing OfficeTransaction
  ) throws -> String {
    let drawn = try Series.draw(
      Series.documents(form), of: office.agency, year: year, in: transaction.sql)
    let word = try numberWord(in: transaction) + form.rule.group.mark
    guard let number = DocumentNumber(word: word, year: year, number: drawn) else {
      throw OfficeError(.conflict, ["detail": "conflict.numberWord, \(word)"])
    }
    return number.description
  }

  /// The agency's own word in its numbers: as set, else the one of its kind, in sample data 样
  /// first.
  private func numberWord(in transaction: borrowing OfficeTransaction) throws -> String {
    let own = try setting(.numberWord, in: transaction)
    if let own { return own }
    let word =
      switch try kind() {
      case .partyOffice: "法"
      case .disciplineBody: "纪"
      case .court: "院"
      case .procuratorate: "检"
      case .justice: "司"
      case .federation: "联"
      case .unit, nil: "机"
      }
    return try view().isSample ? "样" + word : word
  }

  private func compose(
    _ draft: DraftRow, _ form: DocumentForm, number: String, on date: CivilDate,
    attachments: [Casework.Attachment], in transaction: borrowing OfficeTransaction
  ) throws -> Composition {
    guard let signer = draft.signer else {
      throw OfficeError(.draftState, ["state": "draft.draft", "needed": "draft.signed"])
    }
    let clerk = try clerk()
    guard clerk.id != draft.drafter, clerk.id != signer else {
      throw OfficeError(.conflict, ["detail": "conflict.threePeople, \(clerk.name)"])
    }
    let content = draft.content
    try refuseEarly(content, on: date)
    let (to, cc) = (try Field.agencies(content.to, "to"), try Field.agencies(content.cc, "cc"))
    let graph = try transaction.graphs([draft.dossier])[draft.dossier]
    try refuseExcluded(to + cc, in: graph)
    let categories = FindingCategories(try setting(.findingCategories, in: transaction))
    let items = try content.items.map {
      (id: newID(), item: try ItemFields($0, form.rule, categories))
    }
    let supersedes = try content.supersedes.map {
      try Lookup(agency: office.agency).letter($0, of: draft.dossier, in: transaction)
    }
    let document = Casework.Document(
      form: form, number: number, version: UInt32(clamping: content.version),
      supersedes: supersedes, to: to, cc: cc.filter { !to.contains($0) }, title: content.title,
      body: content.body, items: items.map(\.id), attachments: attachments,
      dueOn: try Field.date(content.dueOn, "dueOn"),
      drafter: draft.drafter, signer: signer, issuedOn: date,
      basis: try content.basis.map { try citation($0, of: draft.dossier, in: transaction) },
      required: try Field.agencies(content.required, "required"),
      meeting: try content.meeting?.record(),
      purpose: try Field.optionalCode(content.purpose, "purpose", as: OversightKind.self))
    var composition = Composition(office.agency)
    for grant in grants(to: to, cc: document.cc, draft, in: graph) {
      composition.add(.grant(grant))
    }
    composition.add(draft.id, .document(document))
    for (position, item) in items.enumerated() {
      composition.add(item.id, .item(item.item.record(document: draft.id, number: position + 1)))
    }
    try add(supplementOf: draft, signer: signer, on: date, to: &composition)
    try add(sheetsOf: draft, signer: signer, on: date, to: &composition, in: transaction)
    return composition
  }

  /// Refuses a due date before the date of the document that asks for it.
  ///
  /// A later version repeats the items of the former one, some of them due already, and a plan
  /// lists what went before it.
  private func refuseEarly(_ content: DraftContent, on date: CivilDate) throws {
    var dues = [(field: "dueOn", due: try Field.date(content.dueOn, "dueOn"))]
    if content.supersedes == nil {
      dues += try content.items.filter { $0.kind != ItemKind.planItem.rawValue }
        .map { (field: "items.dueOn", due: try Field.date($0.dueOn, "items.dueOn")) }
    }
    for (field, due) in dues { try refuse(due, before: date, field) }
  }

  /// Refuses a due date before the date of what asks for it.
  func refuse(_ due: CivilDate?, before date: CivilDate, _ field: String) throws(OfficeError) {
    guard let due, due < date else { return }
    throw OfficeError(
      .dueTooEarly, ["field": field, "due": due.description, "on": date.description])
  }

  /// The home lets in whom its document names; elsewhere the addressees must be members already.
  private func grants(
    to: [AgencyCode], cc: [AgencyCode], _ draft: DraftRow, in graph: DossierGraph?
  ) -> [Grant] {
    guard graph?.home == office.agency else { return [] }
    return to.map { Grant(agency: $0, ground: .to, document: draft.id) }
      + cc.map { Grant(agency: $0, ground: .cc, document: draft.id) }
  }

  /// A supplement letter carries the act that adds it to the clue, by the person who signed it.
  private func add(
    supplementOf draft: DraftRow, signer: RecordID, on date: CivilDate,
    to composition: inout Composition
  ) throws {
    guard let text = draft.content.supplements, let letter = RecordID(uuidString: text) else {
      return
    }
    let held = try view().people(of: office.agency).first { $0.id == signer }?.heldRoles ?? []
    var act = Act(
      on: letter, .document, verb: .supplement, actor: signer,
      role: held.contains(.deputy) ? .deputy : .head, date: date)
    act.agencies = try Field.agencies(draft.content.to, "to")
    composition.add(newID(), .act(act))
  }

  /// The draft's own sheets, and those that waited for the first letter of the dossier.
  private func add(
    sheetsOf draft: DraftRow, signer: RecordID, on date: CivilDate,
    to composition: inout Composition, in transaction: borrowing OfficeTransaction
  ) throws {
    var sheets = draft.content.sealed.map { (sheet: $0, drafter: draft.drafter, id: newID()) }
    if draft.content.form == DocumentForm.referral.rawValue {
      let waiting = try DraftRow.all(
        .sheet, of: office.agency, in: draft.dossier, state: .draft, transaction.sql)
      for var row in waiting.reversed() {
        // What a deputy kept when opening the clue is drafted by who drafts the letter.
        if try !mayDraft(row.drafter) { row.drafter = draft.drafter }
        sheets += row.content.sealed.map { (sheet: $0, drafter: row.drafter, id: row.id) }
        row.state = .issued
        row.signer = signer
        try row.update(at: now, in: transaction.sql)
      }
    }
    for (sheet, drafter, id) in sheets {
      let document = Casework.Document(
        form: .sheet, title: try Field.line(sheet.title, "sealed.title"),
        body: try Field.text(sheet.body, "sealed.body"), drafter: drafter, signer: signer,
        issuedOn: date)
      composition.seal(
        .document(document), id, for: try Field.agencies(sheet.audience, "sealed.audience"))
    }
  }
}

/// The fields of an item of a draft, read and checked against the form.
struct ItemFields {
  private let kind: ItemKind
  private let text: String
  private let unit: AgencyCode?
  private let coUnits: [AgencyCode]
  private let dueOn: CivilDate?
  private let standard: String
  private let amount: Int64?
  private let category: String

  init(_ item: API.DraftItem, _ rule: FormRule, _ categories: FindingCategories) throws {
    kind = try Field.code(item.kind, "items.kind")
    guard rule.items.contains(kind) else {
      throw Field.invalid(
        item.kind, "items.kind", rule.items.map(\.rawValue).sorted().joined(separator: " | "))
    }
    text = try Field.text(item.text, "items.text")
    unit = try item.unit.flatMap { $0.isEmpty ? nil : try Field.agency($0, "items.unit") }
    coUnits = try Field.agencies(item.coUnits, "items.coUnits")
    dueOn = try Field.date(item.dueOn, "items.dueOn")
    standard = try Field.optionalText(item.standard, "items.standard")
    amount = item.amount.map(Int64.init)
    let category = try Field.optionalLine(item.category, "items.category")
    self.category = kind == .finding ? try categories.stored(category) : category
  }

  /// The record of the item in its document.
  func record(document: RecordID, number: Int) -> Casework.Item {
    Casework.Item(
      document: document, number: UInt32(clamping: number), kind: kind, text: text, unit: unit,
      coUnits: coUnits, dueOn: dueOn, standard: standard, amount: amount, category: category)
  }
}
