import Casework
import Ledger
import Postgres
import Replica

/// Reads documents, minutes in the state of their own machine.
enum Documents {
  static let columns: SQL = """
    SELECT d.id, d.form, coalesce(m.number, d.number), d.version, d.title, d.author, d.to_agencies,
      d.cc_agencies, d.issued_on, d.due_on, coalesce(m.state, d.state), d.change, d.dossier
    FROM casework.document d
    LEFT JOIN casework.minutes m
      ON m.dossier = d.dossier AND m.convenor = d.author AND m.document = d.id
    """

  static func shown(_ row: Row) throws -> API.DocumentLine {
    API.DocumentLine(
      id: try row.value(0, as: RecordID.self).uuidString,
      dossier: try row.value(12, as: DossierID.self).hex, form: try row.value(1),
      number: try row.value(2), version: try row.value(3), title: try row.value(4),
      author: try row.value(5), to: try row.value(6), cc: try row.value(7),
      issuedOn: try row.value(8, as: CivilDate.self).description,
      dueOn: try row.value(9, as: CivilDate?.self)?.description, state: try row.value(10),
      changeSet: try row.value(11, as: ChangeSetID.self).hex)
  }

  /// The issued documents of a dossier in their order, see ``ChainTimes``.
  static func all(
    of dossier: DossierID, in transaction: borrowing OfficeTransaction
  ) throws -> [API.DocumentLine] {
    try transaction.sql.rows(
      """
      \(columns) JOIN \(ChainTimes.rows(of: dossier)) s ON s.id = d.change
      WHERE d.dossier = \(dossier)
      ORDER BY s.written_at, s.author, s.sequence, d.part, d.record
      LIMIT \(Limits.answerListMax + 1)
      """
    ).map { try shown($0) }
  }
}

extension Office {
  /// Lists issued documents, the newest first.
  package func documents(_ request: API.DocumentListRequest) async throws -> API.DocumentList {
    let page = try Page(request.page, request.limit)
    let form = try Field.optionalCode(request.form, "form", as: DocumentForm.self)
    let author = try request.author.map { try Field.agency($0, "author") }
    return try await read { transaction in
      let dossier = try request.dossier.map {
        try Lookup(agency: agency).dossier($0, in: transaction)
      }
      let sight = try Sight(of: agency, in: transaction)
      let question = ListQuestion(
        agency: agency, list: .documents, filters: [dossier?.hex, form?.rawValue, author?.rawValue])
      let (keys, next) = try kept.records.page(page, of: question, in: transaction) { clause in
        """
        SELECT d.dossier, d.author, d.id FROM casework.document d
        WHERE (\(dossier)::bytea IS NULL OR d.dossier = \(dossier))
          AND (\(form?.rawValue)::text IS NULL OR d.form = \(form?.rawValue))
          AND (\(author)::text IS NULL OR d.author = \(author))
          AND \(sight.sees("d.dossier"))
        ORDER BY d.issued_on DESC, d.authored_at DESC, d.author, d.id, d.dossier
        \(clause)
        """
      }
      let rows = try transaction.sql.rows(
        """
        \(Documents.columns)
        JOIN \(RecordKey.rows(keys))
          ON p.dossier = d.dossier AND p.author = d.author AND p.record = d.id
        ORDER BY p.place
        """)
      return API.DocumentList(documents: try rows.map { try Documents.shown($0) }, next: next)
    }
  }

  /// Shows a document, or a draft of this office.
  ///
  /// Sealed sheets are withheld unless a person with a content role asks, and such a look stands in
  /// the audit.
  package func document(
    _ request: API.DocumentRequest, by acting: Acting = .node
  ) async throws -> API.Document {
    try await look("document", on: request.document, by: acting) { transaction, reader in
      if let id = RecordID(uuidString: request.document),
        let draft = try DraftRow.read(id, of: agency, in: transaction.sql), draft.state != .issued
      {
        return try shown(draft, for: &reader, in: transaction)
      }
      let found = try Lookup(agency: agency).find(request.document, in: transaction)
      guard found.kind == .document, let id = found.record else {
        throw Lookup.notFound(request.document)
      }
      return try shown(id, found, for: &reader, in: transaction)
    }
  }

  private func shown(
    _ draft: DraftRow, for reader: inout Reader, in transaction: borrowing OfficeTransaction
  ) throws -> API.Document {
    let content = draft.content
    let place = "draft/\(draft.id.uuidString)"
    let isWithheld = content.form == DocumentForm.sheet.rawValue && !reader.open(place)
    let sheets = content.sealed.map { reader.sheet($0.audience, $0.title, $0.body, at: place) }
    let items = content.items.enumerated().map { position, item in
      API.Item(
        id: "", dossier: draft.dossier.hex, document: draft.id.uuidString, number: position + 1,
        kind: item.kind, text: item.text, issuer: agency.rawValue, unit: item.unit,
        coUnits: item.coUnits, dueOn: item.dueOn, state: draft.state.rawValue,
        standard: item.standard, category: item.category)
    }
    return API.Document(
      id: draft.id.uuidString, dossier: draft.dossier.hex, form: content.form,
      number: draft.number, version: content.version, supersedes: content.supersedes,
      purpose: content.purpose,
      title: isWithheld ? "" : content.title, body: isWithheld ? "" : content.body,
      author: agency.rawValue, to: content.to,
      cc: content.cc, required: content.required, drafter: draft.drafter.uuidString,
      signer: draft.signer?.uuidString, dueOn: content.dueOn, state: draft.state.rawValue,
      items: items,
      attachments: try DraftAttachments(of: draft.id, in: transaction.sql).lines.map(\.shown),
      sealed: sheets, withheld: isWithheld)
  }

  private func shown(
    _ id: RecordID, _ found: Lookup.Found, for reader: inout Reader,
    in transaction: borrowing OfficeTransaction
  ) throws -> API.Document {
    let dossier = found.dossier
    let row = try transaction.sql.firstRow(
      """
      SELECT d.form, coalesce(m.number, d.number), d.version, d.supersedes, d.title, d.body,
        d.author, d.to_agencies, d.cc_agencies, d.required, d.drafter, d.signer, d.issued_on,
        d.due_on, coalesce(m.state, d.state), d.hash, d.change, d.part, d.record
      FROM (
        SELECT dossier, author, id, form, number, version, supersedes, title, body, to_agencies,
          cc_agencies, required, drafter, signer, issued_on, due_on, state, hash, change, part,
          record
        FROM casework.document
        WHERE dossier = \(dossier) AND id = \(id) AND change = \(found.change)
        UNION ALL
        SELECT dossier, author, id, form, number, version, supersedes, title, body, to_agencies,
          cc_agencies, required, drafter, signer, issued_on, due_on, state, hash, change, part,
          record
        FROM casework.sealed_document AS s
        WHERE dossier = \(dossier) AND id = \(id) AND change = \(found.change)
          AND \(SealedRows.areFor(agency))
      ) d
      LEFT JOIN casework.minutes m
        ON m.dossier = d.dossier AND m.convenor = d.author AND m.document = d.id
      ORDER BY d.part
      LIMIT 1
      """)
    guard let row else { throw Lookup.notFound(id.uuidString) }
    let author = try row.value(6, as: AgencyCode.self)
    let change = try row.value(16, as: ChangeSetID.self)
    let part = try row.value(17, as: Int.self)
    let place = Citation(change: change, part: part, record: try row.value(18))
    let deadlines = try Deadlines.read(in: transaction.sql)
    let (items, itemsCut) = API.cut(
      try Items.all(of: dossier, at: place, deadlines, in: transaction))
    let graph = try transaction.graphs([dossier])[dossier] ?? DossierGraph(dossier)
    let (acts, actsCut) = API.cut(
      try Acts(dossier: dossier, agency: agency)
        .all(on: place, of: graph, for: &reader, in: transaction))
    let isWithheld = part > 0 && !reader.open(change, part)
    return API.Document(
      id: id.uuidString, dossier: dossier.hex, changeSet: change.hex, form: try row.value(0),
      number: try row.value(1), version: try row.value(2),
      supersedes: try row.value(3, as: RecordID?.self)?.uuidString,
      purpose: try transaction.folded(dossier)?.entry(at: place)?.document?.purpose?.rawValue,
      title: isWithheld ? "" : try row.value(4), body: isWithheld ? "" : try row.value(5),
      author: author.rawValue, to: try row.value(7),
      cc: try row.value(8), required: try row.value(9),
      drafter: try row.value(10, as: RecordID?.self)?.uuidString,
      signer: try row.value(11, as: RecordID?.self)?.uuidString,
      issuedOn: try row.value(12, as: CivilDate.self).description,
      dueOn: try row.value(13, as: CivilDate?.self)?.description, state: try row.value(14),
      hash: try row.value(15, as: Hash256.self).hex, items: items,
      attachments: isWithheld
        ? [] : try DocumentAttachments(at: place, dossier, in: transaction).shown,
      sealed: try sheets(beside: change, dossier, for: &reader, in: transaction),
      withheld: isWithheld, acts: acts, truncated: itemsCut || actsCut)
  }

  /// The sheets of the same change set that are at hand and meant for this agency.
  private func sheets(
    beside change: ChangeSetID, _ dossier: DossierID, for reader: inout Reader,
    in transaction: borrowing OfficeTransaction
  ) throws -> [API.ShownSheet] {
    try transaction.sql.rows(
      """
      SELECT audience, title, body, part FROM casework.sealed_document AS s
      WHERE dossier = \(dossier) AND change = \(change)
        AND form = \(DocumentForm.sheet.rawValue) AND \(SealedRows.areFor(agency))
      ORDER BY part, record
      """
    ).map { row in
      let part = try row.value(3, as: Int.self)
      return try reader.sheet(
        row.value(0), row.value(1), row.value(2), at: "\(change.hex)/\(part)")
    }
  }
}
