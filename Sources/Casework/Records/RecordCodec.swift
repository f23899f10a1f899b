import FoundationEssentials
import Ledger
import SwiftProtobuf
import Wire

/// Decodes a body in its one lawful form.
///
/// Nothing of a body with fields of a later build is looked at further: they may change what the
/// others mean.
private func lawful<Message: SwiftProtobuf.Message>(
  _ body: [UInt8], _ record: RecordType, within budget: FieldBudget? = nil,
  as type: Message.Type = Message.self
) throws(RecordFlaw) -> Message {
  guard budget?.covers(body) != false,
    let reading = LawfulForm.read(type, body, knowing: record.fields)
  else { throw RecordFlaw(.malformed, "form") }
  switch reading {
  case .message(let message): return message
  case .later(let field): throw RecordFlaw(.unknownCode, "field:\(field)")
  }
}

extension FieldBudget {
  /// A field of citations.
  fileprivate static func citations(_ number: UInt64) -> FieldBudget {
    .field(number, upTo: Limits.citationsReadMax)
  }
}

private func refuse(_ detail: String) -> RecordFlaw { RecordFlaw(.malformed, detail) }

extension CaseRecord.Content {
  /// The body bytes in their one lawful form.
  package func encoded() -> [UInt8] {
    switch self {
    case .dossier(let dossier): LawfulForm.encode(dossier.wire)
    case .document(let document): LawfulForm.encode(document.wire)
    case .item(let item): LawfulForm.encode(item.wire)
    case .act(let act): LawfulForm.encode(act.wire)
    case .result(let result): LawfulForm.encode(result.wire)
    case .destruction(let destruction): LawfulForm.encode(destruction.wire)
    case .disclosure(let disclosure): LawfulForm.encode(disclosure.wire)
    }
  }
}

extension Dossier {
  init(body: [UInt8]) throws(RecordFlaw) {
    let wire: WireDossier = try lawful(body, .dossier)
    // No build ever holds a state secret.
    if case .stateSecret = Classification.reading(wire.classification) {
      throw refuse(RecordFlaw.stateSecretCover)
    }
    let kind: DossierKind = try Form.code(wire.kind, "kind")
    let source: OversightKind? = try Form.optionalCode(wire.source, "source")
    let classification: Classification = try Form.code(wire.classification, "classification")
    let channel: PetitionChannel? = try Form.optionalCode(wire.channel, "channel")
    let demandKind: DemandKind? = try Form.optionalCode(wire.demandKind, "demand_kind")
    let level: BidLevel? = try Form.optionalCode(wire.level, "level")
    self.init(
      kind: kind, number: try Form.text(wire.number, "number"),
      title: try Form.text(wire.title, "title"), source: source,
      sourceAgency: try Form.optionalAgency(wire.sourceAgency, "source_agency"),
      region: try Form.text(wire.region, "region"),
      campaign: try Form.text(wire.campaign, "campaign"), classification: classification,
      channel: channel, demandKind: demandKind, level: level, batch: wire.batch)
  }

  var wire: WireDossier {
    var wire = WireDossier()
    wire.kind = kind.rawValue
    wire.number = number
    wire.title = title
    wire.source = source?.rawValue ?? ""
    wire.sourceAgency = sourceAgency?.rawValue ?? ""
    wire.region = region
    wire.campaign = campaign
    wire.classification = classification.rawValue
    wire.channel = channel?.rawValue ?? ""
    wire.demandKind = demandKind?.rawValue ?? ""
    wire.level = level?.rawValue ?? ""
    wire.batch = batch
    return wire
  }
}

extension Document {
  init(body: [UInt8]) throws(RecordFlaw) {
    let wire: WireDocument = try lawful(
      body, .document,
      within: .root([.field(10, upTo: Limits.attachmentsReadMax), .citations(14)]))
    let form: DocumentForm = try Form.code(wire.form, "form")
    let purpose: OversightKind? = try Form.optionalCode(wire.purpose, "purpose")
    guard wire.version >= 1 else { throw refuse("version") }
    self.init(
      form: form, number: try Form.text(wire.number, "number"),
      version: wire.version, supersedes: try Form.optionalID(wire.supersedes, "supersedes"),
      to: try Form.agencies(wire.to, "to"), cc: try Form.agencies(wire.cc, "cc"),
      title: try Form.text(wire.title, "title"), body: try Form.text(wire.body, "body"),
      items: try Form.ids(wire.items, "items"),
      attachments: try wire.attachments.map { one throws(RecordFlaw) in try Attachment(one) },
      dueOn: wire.hasDueOn ? try Form.date(wire.dueOn, "due_on") : nil,
      drafter: try Form.id(wire.drafter, "drafter"), signer: try Form.id(wire.signer, "signer"),
      issuedOn: try Form.date(wire.issuedOn, "issued_on"),
      basis: try Form.citations(wire.basis, "basis"),
      required: try Form.agencies(wire.required, "required"),
      meeting: wire.hasMeeting ? try Meeting(wire.meeting) : nil, purpose: purpose)
    guard to.allSatisfy({ !cc.contains($0) }) else { throw refuse("cc:repeated") }
    guard attachments.count <= Limits.attachmentsMax else { throw refuse("attachments:count") }
  }

  var wire: WireDocument {
    var wire = WireDocument()
    wire.form = form.rawValue
    wire.number = number
    wire.version = version
    wire.supersedes = Data(supersedes?.bytes ?? [])
    wire.to = to.map(\.rawValue)
    wire.cc = cc.map(\.rawValue)
    wire.title = title
    wire.body = body
    wire.items = items.map { Data($0.bytes) }
    wire.attachments = attachments.map(\.wire)
    if let dueOn { wire.dueOn = dueOn.days }
    wire.drafter = Data(drafter.bytes)
    wire.signer = Data(signer.bytes)
    wire.issuedOn = issuedOn.days
    wire.basis = basis.map(\.casework)
    wire.required = required.map(\.rawValue)
    if let meeting { wire.meeting = meeting.wire }
    wire.purpose = purpose?.rawValue ?? ""
    return wire
  }
}

extension Citation {
  fileprivate var casework: WireCitation {
    var wire = WireCitation()
    wire.change = Data(change.bytes)
    wire.part = UInt32(clamping: part)
    wire.record = UInt32(clamping: record)
    return wire
  }
}

extension Meeting {
  fileprivate init(_ wire: WireMeeting) throws(RecordFlaw) {
    self.init(
      series: try Form.text(wire.series, "series"), issue: wire.issue,
      heldOn: try Form.date(wire.heldOn, "held_on"), place: try Form.text(wire.place, "place"),
      chair: try Form.text(wire.chair, "chair"),
      present: try Form.agencies(wire.present, "present"),
      absent: try Form.agencies(wire.absent, "absent"),
      topics: try wire.topics.map { one throws(RecordFlaw) in try Form.text(one, "topics") })
  }

  fileprivate var wire: WireMeeting {
    var wire = WireMeeting()
    wire.series = series
    wire.issue = issue
    wire.heldOn = heldOn.days
    wire.place = place
    wire.chair = chair
    wire.present = present.map(\.rawValue)
    wire.absent = absent.map(\.rawValue)
    wire.topics = topics
    return wire
  }
}

extension Attachment {
  fileprivate init(_ wire: WireAttachment) throws(RecordFlaw) {
    self.init(
      name: try Form.text(wire.name, "attachment"), size: wire.size,
      salt: try Form.hash(wire.salt, "salt"), root: try Form.hash(wire.root, "root"))
    guard Attachment.isName(wire.name) else { throw refuse("attachment:name") }
    guard content != nil else { throw refuse("attachment:size") }
  }

  fileprivate var wire: WireAttachment {
    var wire = WireAttachment()
    wire.name = name
    wire.size = size
    wire.salt = Data(salt.bytes)
    wire.root = Data(root.bytes)
    return wire
  }
}

extension Item {
  init(body: [UInt8]) throws(RecordFlaw) {
    let wire: WireItem = try lawful(body, .item)
    let kind: ItemKind = try Form.code(wire.kind, "kind")
    guard wire.number >= 1 else { throw refuse("number") }
    self.init(
      document: try Form.id(wire.document, "document"), number: wire.number,
      kind: kind, text: try Form.text(wire.text, "text"),
      unit: try Form.optionalAgency(wire.unit, "unit"),
      coUnits: try Form.agencies(wire.coUnits, "co_units"),
      dueOn: wire.hasDueOn ? try Form.date(wire.dueOn, "due_on") : nil,
      standard: try Form.text(wire.standard, "standard"),
      amount: wire.hasAmount ? wire.amount : nil, category: try Form.text(wire.category, "category")
    )
  }

  var wire: WireItem {
    var wire = WireItem()
    wire.document = Data(document.bytes)
    wire.number = number
    wire.kind = kind.rawValue
    wire.text = text
    wire.unit = unit?.rawValue ?? ""
    wire.coUnits = coUnits.map(\.rawValue)
    if let dueOn { wire.dueOn = dueOn.days }
    wire.standard = standard
    if let amount { wire.amount = amount }
    wire.category = category
    return wire
  }
}

extension Act {
  init(body: [UInt8]) throws(RecordFlaw) {
    let wire: WireAct = try lawful(body, .act, within: .root([.citations(7)]))
    guard wire.targetType > 0 else { throw refuse("target_type") }
    guard let type = RecordType(rawValue: wire.targetType) else {
      throw RecordFlaw(.unknownCode, "target_type:\(wire.targetType)")
    }
    let verb: Verb = try Form.code(wire.verb, "verb")
    let role: Role? = try Form.optionalCode(wire.role, "role")
    try Self.check(kind: wire.kind, of: verb)
    self.init(
      on: try Form.id(wire.target, "target"), type, verb: verb,
      actor: try Form.optionalID(wire.actor, "actor"), role: role,
      date: try Form.date(wire.on, "on"),
      basis: try Form.citations(wire.basis, "basis"), reason: try Form.text(wire.reason, "reason"),
      note: try Form.text(wire.note, "note"),
      agencies: try Form.agencies(wire.agencies, "agencies"),
      points: try Form.ids(wire.points, "points"), kind: try Form.text(wire.kind, "kind"),
      final: wire.final, automatic: wire.automatic,
      internalNumber: try Form.text(wire.internalNumber, "internal_number"),
      dueOn: wire.hasDueOn ? try Form.date(wire.dueOn, "due_on") : nil,
      hash: wire.hash.isEmpty ? nil : try Form.hash(wire.hash, "hash"),
      recordedBy: try Form.optionalAgency(wire.recordedBy, "recorded_by"))
    guard automatic == (actor == nil), (actor == nil) == (role == nil) else {
      throw refuse("actor")
    }
  }

  var wire: WireAct {
    var wire = WireAct()
    wire.targetType = targetType.rawValue
    wire.target = Data(target.bytes)
    wire.verb = verb.rawValue
    wire.actor = Data(actor?.bytes ?? [])
    wire.role = role?.rawValue ?? ""
    wire.on = on.days
    wire.basis = basis.map(\.casework)
    wire.reason = reason
    wire.note = note
    wire.agencies = agencies.map(\.rawValue)
    wire.points = points.map { Data($0.bytes) }
    wire.kind = kind
    wire.final = final
    wire.automatic = automatic
    wire.internalNumber = internalNumber
    if let dueOn { wire.dueOn = dueOn.days }
    wire.hash = Data(hash?.bytes ?? [])
    wire.recordedBy = recordedBy?.rawValue ?? ""
    return wire
  }
}

extension Act {
  /// The kind of these verbs says which row of a machine is meant, so a kind of a later build needs
  /// an upgrade, as a verb of a later build does.
  private static func check(kind: String, of verb: Verb) throws(RecordFlaw) {
    switch verb {
    case .advance: _ = try Form.code(kind, "kind", as: Stage.self)
    case .urge: _ = try Form.code(kind, "kind", as: SupervisionLevel.self)
    default: break
    }
  }
}

extension Result {
  init(body: [UInt8]) throws(RecordFlaw) {
    let wire: WireResult = try lawful(
      body, .result, within: .root([.field(4, upTo: Limits.measuresReadMax), .citations(15)]))
    let kind: ResultKind = try Form.code(wire.kind, "kind")
    let role: Role = try Form.code(wire.role, "role")
    let measures = try wire.measures.map { one throws(RecordFlaw) in
      let kind: MeasureClass = try Form.code(one.class, "measure.class")
      guard let measure = Measure(kind, one.value) else {
        throw Form.unlisted(one.value, "measure.value", or: .malformed)
      }
      return measure
    }
    guard wire.formOfDiscipline <= 4 else { throw refuse("form_of_discipline") }
    self.init(
      kind: kind, on: try Form.date(wire.on, "on"),
      caseFiled: try Form.optionalID(wire.case, "case"), measures: measures,
      amount: wire.hasAmount ? wire.amount : nil,
      personKey: try Form.text(wire.personKey, "person_key"),
      decidedBy: try Form.text(wire.decidedBy, "decided_by"),
      documentNumber: try Form.text(wire.documentNumber, "document_number"),
      revoked: wire.revoked, note: try Form.text(wire.note, "note"),
      formOfDiscipline: wire.formOfDiscipline, actor: try Form.id(wire.actor, "actor"),
      role: role, clue: try Form.optionalID(wire.clue, "clue"),
      basis: try Form.citations(wire.basis, "basis"),
      rating: wire.hasRating ? try Rating(wire.rating) : Rating())
  }

  var wire: WireResult {
    var wire = WireResult()
    wire.kind = kind.rawValue
    wire.on = on.days
    wire.case = Data(caseFiled?.bytes ?? [])
    wire.measures = measures.map { measure in
      var one = WireMeasure()
      one.class = measure.kind.rawValue
      one.value = measure.value
      return one
    }
    if let amount { wire.amount = amount }
    wire.personKey = personKey
    wire.decidedBy = decidedBy
    wire.documentNumber = documentNumber
    wire.revoked = revoked
    wire.note = note
    wire.formOfDiscipline = formOfDiscipline
    wire.actor = Data(actor.bytes)
    wire.role = role.rawValue
    wire.clue = Data(clue?.bytes ?? [])
    wire.basis = basis.map(\.casework)
    if rating != Rating() { wire.rating = rating.wire }
    return wire
  }
}

extension Rating {
  fileprivate init(_ wire: WireRating) throws(RecordFlaw) {
    self.init(
      rank: wire.rank, ranked: wire.ranked, score: wire.hasScore ? wire.score : nil,
      unit: try Form.optionalAgency(wire.unit, "unit"))
    guard self != Rating() else { throw refuse("rating") }
  }

  fileprivate var wire: WireRating {
    var wire = WireRating()
    wire.rank = rank
    wire.ranked = ranked
    if let score { wire.score = score }
    wire.unit = unit?.rawValue ?? ""
    return wire
  }
}

extension Destruction {
  init(body: [UInt8]) throws(RecordFlaw) {
    let wire: WireDestruction = try lawful(body, .destruction)
    let role: Role = try Form.code(wire.role, "role")
    self.init(
      actor: try Form.id(wire.actor, "actor"), role: role,
      on: try Form.date(wire.on, "on"), decision: try Form.text(wire.decision, "decision"),
      reason: try Form.text(wire.reason, "reason"))
  }

  var wire: WireDestruction {
    var wire = WireDestruction()
    wire.actor = Data(actor.bytes)
    wire.role = role.rawValue
    wire.on = on.days
    wire.decision = decision
    wire.reason = reason
    return wire
  }
}

extension Disclosure {
  init(body: [UInt8]) throws(RecordFlaw) {
    let wire: WireDisclosure = try lawful(body, .disclosure)
    let role: Role = try Form.code(wire.role, "role")
    self.init(
      actor: try Form.id(wire.actor, "actor"), role: role,
      on: try Form.date(wire.on, "on"), reason: try Form.text(wire.reason, "reason"))
  }

  var wire: WireDisclosure {
    var wire = WireDisclosure()
    wire.actor = Data(actor.bytes)
    wire.role = role.rawValue
    wire.on = on.days
    wire.reason = reason
    return wire
  }
}
