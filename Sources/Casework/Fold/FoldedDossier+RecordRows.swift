import Ledger

extension FoldedDossier {
  /// The rows that stand for one record.
  func rows(of record: FoldedRecord) -> [ProjectedRow] {
    var rows = contentRows(record)
    rows += record.referrals.map(row)
    rows += record.handlings.map(row)
    rows += record.minutes.map(row)
    rows += record.items.map(row)
    rows += record.courses.flatMap(courseRows)
    return rows
  }

  private func contentRows(_ record: FoldedRecord) -> [ProjectedRow] {
    let entry = record.entry
    return switch entry.record.content {
    case .dossier: []
    case .document(let document): [row(record, document)] + attachmentRows(entry, document)
    case .item(let item): [row(entry, item)]
    case .act(let act): [row(entry, act)]
    case .result(let result): [row(record, result)]
    case .destruction(let destruction): [row(entry, destruction)]
    case .disclosure(let disclosure): [row(entry, disclosure)]
    }
  }

  private func envelope(_ entry: Entry) -> [Cell] {
    [
      dossierCell, .agency(entry.author), .uuid(entry.record.id),
      .bytes(entry.place.change.bytes), .number(entry.place.part), .number(entry.place.record),
      .timestamp(entry.authoredAt),
    ]
  }

  private func row(_ record: FoldedRecord, _ document: Document) -> ProjectedRow {
    let entry = record.entry
    let meeting = document.meeting
    let number = document.number.isEmpty ? record.minutes.first?.number : document.number
    return ProjectedRow(
      Tables.document, audience: entry.audience,
      envelope(entry) + [
        .text(document.form.rawValue), .optional(number), .number(document.version),
        .optional(document.supersedes), .agencies(document.to), .agencies(document.cc),
        .text(document.title), .text(document.body), .ids(document.items),
        .number(document.attachments.count), .optional(document.dueOn),
        .uuid(document.drafter), .uuid(document.signer), .date(document.issuedOn),
        .agencies(document.required), .optional(meeting?.series),
        .optional(meeting.flatMap { $0.issue == 0 ? nil : Int64($0.issue) }),
        .optional(meeting?.heldOn), .optional(meeting?.place), .optional(meeting?.chair),
        .agencies(meeting?.present ?? []), .agencies(meeting?.absent ?? []),
        .textArray(meeting?.topics ?? []), .bytes(entry.record.hash.bytes),
        .text(record.state),
      ])
  }

  private func attachmentRows(_ entry: Entry, _ document: Document) -> [ProjectedRow] {
    document.attachments.enumerated().map { position, attachment in
      ProjectedRow(
        Tables.attachment, audience: entry.audience,
        [
          dossierCell, .agency(entry.author), .uuid(entry.record.id), .number(position),
          .text(attachment.name), .number(attachment.size),
          .bytes(attachment.salt.bytes), .bytes(attachment.root.bytes),
        ])
    }
  }

  private func row(_ entry: Entry, _ item: Item) -> ProjectedRow {
    ProjectedRow(
      Tables.item, audience: entry.audience,
      envelope(entry) + [
        .uuid(item.document), .number(item.number), .text(item.kind.rawValue),
        .text(item.text), .agency(item.unit), .agencies(item.coUnits),
        .optional(item.dueOn), .optional(item.standard), .optional(item.amount),
        .optional(item.category),
      ])
  }

  private func row(_ entry: Entry, _ act: Act) -> ProjectedRow {
    ProjectedRow(
      Tables.act, audience: entry.audience,
      envelope(entry) + [
        .number(act.targetType.rawValue), .uuid(act.target), .text(act.verb.rawValue),
        .optional(act.actor), .code(act.role), .date(act.on), .optional(act.reason),
        .text(act.note), .agencies(act.agencies), .ids(act.points), .optional(act.kind),
        .bool(act.final), .bool(act.automatic), .optional(act.internalNumber),
        .optional(act.dueOn), act.hash.map { .bytes($0.bytes) } ?? .null,
        .agency(act.recordedBy),
      ])
  }

  private func row(_ record: FoldedRecord, _ result: Result) -> ProjectedRow {
    let entry = record.entry
    let revised = entry.record.revises.flatMap { index.entry($0) }
    let rating = result.rating
    return ProjectedRow(
      Tables.result, audience: entry.audience,
      envelope(entry) + [
        .uuid(record.root), .optional(revised?.record.id),
        .text(result.kind.rawValue), .date(result.on), .optional(result.caseFiled),
        .textArray(result.measures.map { "\($0.kind.rawValue):\($0.value)" }),
        .optional(result.amount), .optional(result.personKey), .optional(result.decidedBy),
        .optional(result.documentNumber), .text(result.note),
        .optional(result.formOfDiscipline == 0 ? nil : Int64(result.formOfDiscipline)),
        .uuid(result.actor), .code(result.role), .optional(result.clue),
        .text(record.state),
        .optional(rating.rank == 0 ? nil : Int64(rating.rank)),
        .optional(rating.ranked == 0 ? nil : Int64(rating.ranked)), .optional(rating.score),
        .agency(rating.unit),
      ])
  }
}
