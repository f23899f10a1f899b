import Casework
import Exchange
import Ledger
import Postgres
import Replica

extension Office {
  /// Drafts a document.
  package func draft(_ request: API.DraftRequest, by acting: Acting) async throws -> API.Draft {
    try await write(
      API.draft, request, by: acting, on: request.dossier,
      recording: { _ in request.form == DocumentForm.recordedPaper.rawValue ? .paper : nil }
    ) { transaction, desk in
      let dossier = try Lookup(agency: agency).dossier(request.dossier, in: transaction)
      let form = try Field.code(request.form, "form", as: DocumentForm.self)
      var content = DraftContent(
        form: form, title: request.title, body: request.body,
        to: try Field.agencies(request.to, "to"), cc: try Field.agencies(request.cc, "cc"))
      content.items = request.items
      content.dueOn = request.dueOn
      content.supersedes = request.supersedes
      content.purpose = request.purpose
      content.basis = request.basis
      content.required = request.required
      content.sealed = request.sealed
      return try desk.draft(content, in: dossier, in: transaction)
    }
  }

  /// Lists our drafts that are not issued yet, those changed last first.
  package func drafts(_ request: API.DraftListRequest) async throws -> API.DraftList {
    let page = try Page(request.page, request.limit)
    let state = try Field.optionalCode(request.state, "state", as: DocumentState.self)
    return try await read { transaction in
      let dossier = try request.dossier.map {
        try Lookup(agency: agency).dossier($0, in: transaction)
      }
      let (drafts, next) = try DraftRow.page(
        page, of: agency, in: dossier, state: state, transaction.sql)
      return API.DraftList(drafts: drafts.map(\.shown), next: next)
    }
  }

  /// Changes a draft before it is submitted, also one that was sent back.
  ///
  /// What the request leaves out stays as it is. Only its drafter may, for nobody signs a text of
  /// their own; of one whose drafter may not draft, such as a prepared notice, whoever changes it
  /// is the drafter.
  package func changeDraft(
    _ request: API.ChangeDraftRequest, by acting: Acting
  ) async throws -> API.Draft {
    try await write(
      API.changeDraft, request, by: acting, on: request.draft,
      recording: { try Recording(ofDraft: request.draft, of: agency, in: $0.sql) }
    ) { transaction, desk in
      var draft = try desk.openDraft(request.draft, in: transaction)
      let clerk = try desk.clerk()
      if clerk.id != draft.drafter {
        guard try !desk.mayDraft(draft.drafter) else {
          throw OfficeError(.conflict, ["detail": "conflict.othersDraft, \(clerk.name)"])
        }
        draft.drafter = clerk.id
      }
      var content = draft.content
      if let title = request.title { content.title = title }
      if let body = request.body { content.body = body }
      if let to = request.to { content.to = to }
      if let cc = request.cc { content.cc = cc }
      if let items = request.items { content.items = items }
      if let dueOn = request.dueOn { content.dueOn = dueOn.isEmpty ? nil : dueOn }
      if let basis = request.basis { content.basis = basis }
      draft.content = try desk.checked(content, in: draft.dossier, in: transaction)
      try draft.rewrite(at: desk.now, in: transaction.sql)
      return draft.shown
    }
  }

  /// Submits a draft for signing.
  ///
  /// What the office prepared for a deputy, such as the notice of a meeting, has no lawful drafter
  /// yet: who submits it is.
  package func submit(_ request: API.DraftActRequest, by acting: Acting) async throws -> API.Draft {
    try await write(API.submit, request, by: acting, on: request.draft) { transaction, desk in
      var draft = try desk.draft(request.draft, for: .submit, in: transaction)
      _ = try draft.attached(in: transaction.sql).records()
      draft.state = .submitted
      let clerk = try desk.clerk()
      draft.submitter = clerk.id
      if try !desk.mayDraft(draft.drafter) { draft.drafter = clerk.id }
      desk.detail = Repeat.line(try Field.optionalText(request.note, "note"))
      try draft.update(at: desk.now, in: transaction.sql)
      return draft.shown
    }
  }

  /// Reviews a submitted draft before it is signed; who drafted it may not.
  package func review(_ request: API.DraftActRequest, by acting: Acting) async throws -> API.Draft {
    try await write(API.review, request, by: acting, on: request.draft) { transaction, desk in
      var draft = try desk.draft(request.draft, for: .review, in: transaction)
      let clerk = try desk.clerk()
      guard clerk.id != draft.drafter else {
        throw OfficeError(.conflict, ["detail": "conflict.ownDraft, \(clerk.name)"])
      }
      desk.detail = Repeat.line(try Field.optionalText(request.note, "note"))
      draft.state = .reviewed
      try draft.update(at: desk.now, in: transaction.sql)
      return draft.shown
    }
  }

  /// Signs a submitted or reviewed draft; neither who drafted nor who submitted it may.
  package func sign(_ request: API.DraftActRequest, by acting: Acting) async throws -> API.Draft {
    try await write(API.sign, request, by: acting, on: request.draft) { transaction, desk in
      var draft = try desk.draft(request.draft, for: .sign, in: transaction)
      let clerk = try desk.clerk()
      guard clerk.id != draft.drafter, clerk.id != draft.submitter else {
        throw OfficeError(.drafterSigns, ["person": clerk.name])
      }
      desk.detail = Repeat.line(try Field.optionalText(request.note, "note"))
      draft.state = .signed
      draft.signer = clerk.id
      try draft.update(at: desk.now, in: transaction.sql)
      return draft.shown
    }
  }

  /// Gives a draft that was submitted, reviewed or signed back to its drafter, saying why.
  package func returnDraft(
    _ request: API.DraftActRequest, by acting: Acting
  ) async throws -> API.Draft {
    try await write(API.returnDraft, request, by: acting, on: request.draft) {
      transaction, desk in
      var draft = try desk.draft(request.draft, for: .sendBack, in: transaction)
      desk.detail = Repeat.line(try Field.text(request.note ?? "", "note"))
      draft.state = .draft
      draft.submitter = nil
      draft.signer = nil
      try draft.update(at: desk.now, in: transaction.sql)
      return draft.shown
    }
  }

  /// Issues a signed draft: number, grants of addressees and the document in one transaction.
  ///
  /// Minutes are circulated and issued by the meeting's own verbs, because members countersign in
  /// between.
  package func issue(_ request: API.IssueRequest, by acting: Acting) async throws -> API.Step {
    try await write(API.issue, request, by: acting, on: request.draft) { transaction, desk in
      let draft = try desk.draft(request.draft, for: .verb(.issue), in: transaction)
      guard try draft.form() != .minutes else {
        throw OfficeError(.conflict, ["detail": "conflict.minutesCirculate"])
      }
      return try desk.issue(draft, on: request.on, in: transaction)
    }
  }
}

extension Desk {
  static let drafters: Set<Role> = [.handler, .sectionHead]

  /// Whether a person of ours may draft.
  func mayDraft(_ id: RecordID) throws -> Bool {
    let person = try view().people(of: office.agency).first { $0.id == id && !$0.ended }
    return person.map { !$0.heldRoles.isDisjoint(with: Self.drafters) } ?? false
  }

  /// Checks what can be checked now and keeps the draft; the whole is judged when it is issued.
  func draft(
    _ content: DraftContent, in dossier: DossierID, in transaction: borrowing OfficeTransaction
  ) throws -> API.Draft {
    let clerk = try clerk()
    _ = try role(oneOf: content.drafters, for: "verb.draft")
    var kept = try checked(content, in: dossier, in: transaction)
    if let old = kept.supersedes, !old.isEmpty {
      kept.version = try version(after: old, in: dossier, in: transaction)
    }
    let row = DraftRow(id: newID(), dossier: dossier, content: kept, drafter: clerk.id)
    try row.insert(of: office.agency, at: now, in: transaction.sql)
    return row.shown
  }

  /// What a draft says, with its texts in order; refused where it cannot be lawful in the dossier.
  func checked(
    _ content: DraftContent, in dossier: DossierID, in transaction: borrowing OfficeTransaction
  ) throws -> DraftContent {
    var content = content
    content.title = try Field.line(content.title, "title")
    content.body = try Field.optionalText(content.body, "body")
    for sheet in content.sealed { try Field.notSecret("\(sheet.title)\n\(sheet.body)") }
    let form = try Field.code(content.form, "form", as: DocumentForm.self)
    try check(content, form, in: dossier, in: transaction)
    return content
  }

  private func check(
    _ content: DraftContent, _ form: DocumentForm, in dossier: DossierID,
    in transaction: borrowing OfficeTransaction
  ) throws {
    let rule = form.rule
    let text = try transaction.sql.value(
      "SELECT kind FROM casework.dossier WHERE dossier = \(dossier)", as: String?.self)
    guard let kind = text.flatMap({ $0 }).flatMap(DossierKind.init(rawValue:)),
      rule.dossiers.contains(kind)
    else {
      throw OfficeError(.conflict, ["detail": "void.wrongDossierKind, form.\(form.rawValue)"])
    }
    guard let own = try self.kind(), rule.drafters.contains(own) else {
      throw OfficeError(
        .notYours,
        ["verb": "form.\(form.rawValue)", "agency": "kind.\(rule.drafters.first?.rawValue ?? "-")"])
    }
    let to = try Field.agencies(content.to, "to")
    let cc = try Field.agencies(content.cc, "cc")
    let required = try Field.agencies(content.required, "required")
    if rule.isAddressed, to.isEmpty { throw OfficeError(.missingValue, ["field": "to"]) }
    let purpose = try Field.optionalCode(content.purpose, "purpose", as: OversightKind.self)
    guard purpose == nil || rule.isAddressed else {
      throw OfficeError(.conflict, ["detail": "conflict.noPurpose, form.\(form.rawValue)"])
    }
    if content.isPaper, !content.isPlain {
      throw OfficeError(.conflict, ["detail": "conflict.paperIsPlain"])
    }
    let sheets = try content.sealed.flatMap { try Field.agencies($0.audience, "sealed.audience") }
    try known(to + cc + required + sheets)
    try refuseExcluded(to + cc + required + sheets, in: dossier, in: transaction)
    // A report of the year has a sheet for each contributor, which need not fit one change set.
    let sheetsMax =
      form == .annualReport ? Casework.Limits.reportExtractsMax : Limits.sheetsMax
    guard content.items.count <= Limits.itemsMax, content.sealed.count <= sheetsMax else {
      throw OfficeError(
        .tooLarge, ["bytes": String(content.items.count), "limit": String(Limits.itemsMax)])
    }
    let categories = FindingCategories(try setting(.findingCategories, in: transaction))
    for item in content.items { _ = try ItemFields(item, rule, categories) }
    _ = try Field.date(content.dueOn, "dueOn")
    for cited in content.basis { _ = try citation(cited, of: dossier, in: transaction) }
  }

  private func version(
    after text: String, in dossier: DossierID, in transaction: borrowing OfficeTransaction
  ) throws -> Int {
    let id = try Lookup(agency: office.agency).letter(text, of: dossier, in: transaction)
    let version = try transaction.sql.value(
      """
      SELECT version FROM casework.document
      WHERE dossier = \(dossier) AND author = \(office.agency) AND id = \(id)
      """, as: Int.self)
    guard let version else { throw Lookup.notFound(text) }
    return version + 1
  }

  /// The place of a record that a draft cites, by id or number, in the same dossier.
  func citation(
    _ text: String, of dossier: DossierID, in transaction: borrowing OfficeTransaction
  ) throws -> Citation {
    let found = try Lookup(agency: office.agency).find(text, of: dossier, in: transaction)
    guard let id = found.record else { throw Lookup.notFound(text) }
    let row = try transaction.sql.firstRow(
      """
      SELECT change, part, record FROM casework.document WHERE dossier = \(dossier) AND id = \(id)
      UNION ALL
      SELECT change, part, record FROM casework.item WHERE dossier = \(dossier) AND id = \(id)
      UNION ALL
      SELECT change, part, record FROM casework.act WHERE dossier = \(dossier) AND id = \(id)
      UNION ALL
      SELECT change, part, record FROM casework.result WHERE dossier = \(dossier) AND id = \(id)
      LIMIT 1
      """)
    guard let row else { throw Lookup.notFound(text) }
    return try Citation(row)
  }

  /// The draft that a request names.
  func draft(
    _ text: String, in transaction: borrowing OfficeTransaction
  ) throws -> DraftRow {
    guard let id = RecordID(uuidString: text),
      let row = try DraftRow.read(id, of: office.agency, in: transaction.sql)
    else { throw Lookup.notFound(text) }
    return row
  }

  /// The draft that a request names, in a state that allows the step to somebody of these roles.
  func draft(
    _ text: String, for step: Casework.Step, in transaction: borrowing OfficeTransaction
  ) throws -> DraftRow {
    let row = try draft(text, in: transaction)
    guard !row.content.isPaper else {
      throw OfficeError(.conflict, ["detail": "conflict.paperComesWithAct"])
    }
    let rules = Machines.document.rules.filter { $0.step == step }
    guard let rule = rules.first(where: { $0.from.contains(row.state) }) else {
      throw row.notIn(rules.flatMap(\.from))
    }
    _ = try role(rule.roles, for: "verb.\(step.code)")
    return row
  }

  /// Keeps a sheet that waits for the first letter of a dossier.
  func keep(
    _ sheet: API.SealedSheet, for dossier: DossierID, in transaction: borrowing OfficeTransaction
  ) throws {
    let audience = try Field.agencies(sheet.audience, "informant.audience")
    try known(audience)
    try refuseExcluded(audience, in: dossier, in: transaction)
    var content = DraftContent(
      form: .sheet, title: try Field.line(sheet.title, "informant.title"),
      body: try Field.text(sheet.body, "informant.body"))
    content.sealed = [sheet]
    let row = DraftRow(id: newID(), dossier: dossier, content: content, drafter: try clerk().id)
    try row.insert(of: office.agency, at: now, in: transaction.sql)
  }
}

extension DraftRow {
  /// The refusal of a step that needs the draft in one of some states.
  func notIn(_ states: [DocumentState]) -> OfficeError {
    OfficeError(
      .draftState,
      [
        "state": "draft.\(state.rawValue)",
        "needed": states.map { "draft.\($0.rawValue)" }.joined(separator: ", "),
      ])
  }
}
