import Casework
import Ledger
import Postgres
import Replica

/// Reads items with their cards.
enum Items {
  /// The columns; the condition and the order follow.
  static let columns: SQL = """
    SELECT i.id, i.dossier, i.document, i.number, i.kind, i.text, i.author,
      coalesce(c.unit, i.unit), i.co_units, coalesce(c.due_on, i.due_on),
      coalesce(c.state, 'issued'), c.report, coalesce(c.new_material, false), c.reported_on,
      coalesce(m.issued_on, d.issued_on), coalesce(c.extension, 'none'), c.level,
      coalesce(c.long_term, false), d.form, nullif(i.standard, ''), nullif(i.category, ''),
      i.change, i.part, i.record
    FROM casework.item i
    JOIN casework.document d
      ON d.dossier = i.dossier AND d.author = i.author AND d.id = i.document
    LEFT JOIN casework.minutes m
      ON m.dossier = i.dossier AND m.convenor = i.author AND m.document = i.document
    LEFT JOIN casework.item_card c
      ON c.dossier = i.dossier AND c.issuer = i.author AND c.item = i.id
    """

  /// The order of a list: by due date, author and place in the author's chain of the dossier,
  /// whatever times it states; by these only where the chains of several dossiers are as long.
  ///
  /// An item is of the change set of its document, which is `s`.
  static let order: SQL = """
    coalesce(c.due_on, i.due_on) NULLS LAST, i.author, s.sequence, i.authored_at, i.dossier,
      i.number, i.id
    """

  /// One item; its due date is computed where neither the item nor an extension states one.
  static func shown(_ row: Row, _ deadlines: Deadlines) throws -> API.Item {
    let kind = ItemKind(rawValue: try row.value(4))
    let state = try row.value(10, as: String.self)
    let stated = try row.value(9, as: CivilDate?.self)
    var due = stated
    if let kind, let known = ItemState(rawValue: state) {
      let issuedOn = try row.value(14, as: CivilDate.self)
      let form = DocumentForm(rawValue: try row.value(18))
      due =
        stated
        ?? deadlines.report(
          of: kind, in: form, state: known, stated: nil, issuedOn: issuedOn)?.on
    }
    return API.Item(
      id: try row.value(0, as: RecordID.self).uuidString,
      dossier: try row.value(1, as: DossierID.self).hex,
      document: try row.value(2, as: RecordID.self).uuidString, number: try row.value(3),
      kind: try row.value(4), text: try row.value(5), issuer: try row.value(6),
      unit: try row.value(7), coUnits: try row.value(8), dueOn: due?.description, state: state,
      report: try row.value(11, as: RecordID?.self)?.uuidString, newMaterial: try row.value(12),
      extensionState: try row.value(15), level: try row.value(16), longTerm: try row.value(17),
      standard: try row.value(19), category: try row.value(20))
  }

  /// The items of a dossier, in the order of documents, see ``ChainTimes``, and numbers: all, those
  /// of the document at a place, or those of one kind; one more than an answer shows, so that a cut
  /// is seen.
  static func all(
    of dossier: DossierID, at document: Citation? = nil, kind: ItemKind? = nil,
    _ deadlines: Deadlines, in transaction: borrowing OfficeTransaction
  ) throws -> [API.Item] {
    let rows = try transaction.sql.rows(
      """
      \(columns) JOIN \(ChainTimes.rows(of: dossier)) s ON s.id = d.change
      WHERE i.dossier = \(dossier)
        AND (\(document?.change)::bytea IS NULL OR d.change = \(document?.change)
          AND d.part = \(document?.part) AND d.record = \(document?.record))
        AND (\(kind?.rawValue)::text IS NULL OR i.kind = \(kind?.rawValue))
      ORDER BY s.written_at, s.author, s.sequence, d.part, d.record, i.number, i.record
      LIMIT \(Limits.answerListMax + 1)
      """)
    return try rows.map { try shown($0, deadlines) }
  }
}

extension Office {
  /// Shows an item with the acts that have effect on it.
  ///
  /// Acts of sealed parts are withheld unless a person with a content role asks, and such a look
  /// stands in the audit.
  package func item(
    _ request: API.ItemRequest, by acting: Acting = .node
  ) async throws -> API.ShownItem {
    try await look("item", on: request.item, by: acting) { transaction, reader in
      let found = try Lookup(agency: agency).find(request.item, in: transaction)
      guard found.kind == .item, let id = found.record,
        let row = try transaction.sql.firstRow(
          """
          \(Items.columns)
          WHERE i.dossier = \(found.dossier) AND i.id = \(id) AND i.change = \(found.change)
          """),
        let graph = try transaction.graphs([found.dossier])[found.dossier]
      else { throw Lookup.notFound(request.item) }
      let item = try Items.shown(row, try Deadlines.read(in: transaction.sql))
      let place = Citation(
        change: try row.value(21), part: try row.value(22), record: try row.value(23))
      let (acts, actsCut) = API.cut(
        try Acts(dossier: found.dossier, agency: agency)
          .all(on: place, of: graph, for: &reader, in: transaction))
      return API.ShownItem(item: item, acts: acts, truncated: actsCut)
    }
  }

  /// Lists items by due date.
  package func items(_ request: API.ItemListRequest) async throws -> API.ItemList {
    let page = try Page(request.page, request.limit)
    let unit = try request.unit.map { try Field.agency($0, "unit") }
    let state = try Field.optionalCode(request.state, "state", as: ItemState.self)
    return try await read { transaction in
      let deadlines = try Deadlines.read(in: transaction.sql)
      let dossier = try request.dossier.map {
        try Lookup(agency: agency).dossier($0, in: transaction)
      }
      let sight = try Sight(of: agency, in: transaction)
      let question = ListQuestion(
        agency: agency, list: .items, filters: [dossier?.hex, unit?.rawValue, state?.rawValue])
      let (keys, next) = try kept.records.page(page, of: question, in: transaction) { clause in
        """
        SELECT i.dossier, i.author, i.id FROM casework.item i
        JOIN ledger.change_set s ON s.id = i.change
        LEFT JOIN casework.item_card c
          ON c.dossier = i.dossier AND c.issuer = i.author AND c.item = i.id
        WHERE (\(dossier)::bytea IS NULL OR i.dossier = \(dossier))
          AND (\(unit)::text IS NULL OR coalesce(c.unit, i.unit) = \(unit))
          AND (\(state?.rawValue)::text IS NULL
            OR coalesce(c.state, 'issued') = \(state?.rawValue))
          AND \(sight.sees("i.dossier"))
        ORDER BY \(Items.order)
        \(clause)
        """
      }
      let rows = try transaction.sql.rows(
        """
        \(Items.columns)
        JOIN \(RecordKey.rows(keys))
          ON p.dossier = i.dossier AND p.author = i.author AND p.record = i.id
        ORDER BY p.place
        """)
      return API.ItemList(items: try rows.map { try Items.shown($0, deadlines) }, next: next)
    }
  }
}
