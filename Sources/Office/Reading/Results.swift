import Casework
import Ledger
import Postgres
import Replica

/// Reads results, corrected and revoked versions among them.
enum Results {
  static let columns: SQL = "SELECT \(fields) FROM casework.result r"

  private static let fields: SQL = """
    r.id, r.dossier, r.change, r.author, r.kind, r.on_date, r.case_result, r.measures,
      r.amount, r.person_key, r.decided_by, r.document_number, r.form_of_discipline, r.status,
      r.root, r.rank, r.ranked, r.score, r.unit
    """

  /// A result in force, with the place of its first version: there it moved what it answers.
  struct Placed {
    /// The version in force.
    let result: API.CaseResult
    /// The document that it answers.
    let document: String?
    /// Place of the first version in the chain of its author.
    let sequence: Int
    /// Part of the change set.
    let part: Int
    /// Position in the part.
    let record: Int
  }

  /// The results of a dossier that are in force.
  static func valid(
    of dossier: DossierID, in transaction: borrowing OfficeTransaction
  ) throws -> [Placed] {
    try transaction.sql.rows(
      """
      SELECT \(fields), f.clue, s.sequence, f.part, f.record
      FROM casework.result r
      JOIN casework.result f
        ON f.dossier = r.dossier AND f.author = r.author AND f.id = r.root
      JOIN ledger.change_set s ON s.id = f.change
      WHERE r.dossier = \(dossier) AND r.status = \(ResultState.valid.rawValue)
      """
    ).map { row in
      Placed(
        result: try shown(row), document: try row.value(19, as: RecordID?.self)?.uuidString,
        sequence: try row.value(20), part: try row.value(21), record: try row.value(22))
    }
  }

  static func shown(_ row: Row) throws -> API.CaseResult {
    let measures = try row.value(7, as: [String].self).map { text in
      let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
      return API.Measure(class: parts.first ?? text, value: parts.count > 1 ? parts[1] : "")
    }
    return API.CaseResult(
      id: try row.value(0, as: RecordID.self).uuidString,
      root: try row.value(14, as: RecordID.self).uuidString,
      dossier: try row.value(1, as: DossierID.self).hex,
      changeSet: try row.value(2, as: ChangeSetID.self).hex, author: try row.value(3),
      kind: try row.value(4), on: try row.value(5, as: CivilDate.self).description,
      case: try row.value(6, as: RecordID?.self)?.uuidString, measures: measures,
      amount: try row.value(8), personKey: try row.value(9), decidedBy: try row.value(10),
      documentNumber: try row.value(11), formOfDiscipline: try row.value(12),
      rank: try row.value(15), ranked: try row.value(16), score: try row.value(17),
      unit: try row.value(18), state: try row.value(13))
  }

  /// The results of a dossier by date.
  static func all(
    of dossier: DossierID, in transaction: borrowing OfficeTransaction
  ) throws -> [API.CaseResult] {
    try transaction.sql.rows(
      """
      \(columns) WHERE r.dossier = \(dossier)
      ORDER BY r.on_date, r.authored_at, r.id LIMIT \(Limits.answerListMax + 1)
      """
    ).map { try shown($0) }
  }
}

extension Office {
  /// Lists results by date.
  package func results(_ request: API.ResultListRequest) async throws -> API.ResultList {
    let page = try Page(request.page, request.limit)
    let kind = try Field.optionalCode(request.kind, "kind", as: ResultKind.self)
    return try await read { transaction in
      let dossier = try request.dossier.map {
        try Lookup(agency: agency).dossier($0, in: transaction)
      }
      let sight = try Sight(of: agency, in: transaction)
      let question = ListQuestion(
        agency: agency, list: .results, filters: [dossier?.hex, kind?.rawValue])
      let (keys, next) = try kept.records.page(page, of: question, in: transaction) { clause in
        """
        SELECT r.dossier, r.author, r.id FROM casework.result r
        WHERE (\(dossier)::bytea IS NULL OR r.dossier = \(dossier))
          AND (\(kind?.rawValue)::text IS NULL OR r.kind = \(kind?.rawValue))
          AND \(sight.sees("r.dossier"))
        ORDER BY r.on_date, r.authored_at, r.id, r.author, r.dossier
        \(clause)
        """
      }
      let rows = try transaction.sql.rows(
        """
        \(Results.columns)
        JOIN \(RecordKey.rows(keys))
          ON p.dossier = r.dossier AND p.author = r.author AND p.record = r.id
        ORDER BY p.place
        """)
      return API.ResultList(results: try rows.map { try Results.shown($0) }, next: next)
    }
  }
}
