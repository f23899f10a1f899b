import Casework
import Ledger
import Postgres
import Replica

/// Reads courses from their rows; those of sealed parts are none of them.
enum Courses {
  private static let columns: SQL = """
    SELECT c.subject, c.machine, c.stage, c.stage_on, c.moved_by, c.handler, c.approval,
      c.due_on, c.amount, c.confirmed, c.disputed, c.corrections, c.late, c.dossier, v.number,
      v.title, c.kind, c.author
    FROM casework.course c JOIN casework.dossier v ON v.dossier = c.dossier
    """

  /// The courses of a dossier, its own first; one more than an answer shows, so that a cut is seen.
  static func all(
    of dossier: DossierID, in transaction: borrowing OfficeTransaction
  ) throws -> [API.CourseLine] {
    try transaction.sql.rows(
      """
      \(columns) WHERE c.dossier = \(dossier)
      ORDER BY c.type, c.begun_on, c.author, c.subject LIMIT \(Limits.answerListMax + 1)
      """
    ).map(line)
  }

  /// The courses of some keys, in their order.
  fileprivate static func entries(
    _ keys: [RecordKey], in transaction: borrowing OfficeTransaction
  ) throws -> [API.CourseEntry] {
    try transaction.sql.rows(
      """
      \(columns)
      JOIN \(RecordKey.rows(keys))
        ON p.dossier = c.dossier AND p.author = c.author AND p.record = c.subject
      ORDER BY p.place
      """
    ).map { row in
      API.CourseEntry(
        dossier: try row.value(13, as: DossierID.self).hex, number: try row.value(14),
        title: try row.value(15), kind: try row.value(16), author: try row.value(17),
        course: try line(row))
    }
  }

  private static func line(_ row: Row) throws -> API.CourseLine {
    API.CourseLine(
      subject: try row.value(0, as: RecordID.self).uuidString, machine: try row.value(1),
      stage: try row.value(2), stageOn: try row.value(3, as: CivilDate?.self)?.description,
      movedBy: try row.value(4), handler: try row.value(5), approval: try row.value(6),
      dueOn: try row.value(7, as: CivilDate?.self)?.description, amount: try row.value(8),
      confirmed: try row.value(9), disputed: try row.value(10), corrections: try row.value(11),
      late: try row.value(12))
  }
}

extension Office {
  /// Lists courses, the oldest stage first.
  package func courses(_ request: API.CourseListRequest) async throws -> API.CourseList {
    let page = try Page(request.page, request.limit)
    let kinds =
      DossierKind.allCases.map(\.rawValue)
      + DocumentForm.allCases.filter { Course.of($0) != nil }.map(\.rawValue)
      + [ItemKind.expert.rawValue]
    let kind = try Field.optionalWord(request.kind, "kind", among: kinds)
    let stage = try Field.optionalCode(request.stage, "stage", as: Stage.self)
    let handler = try request.handler.map { try Field.agency($0, "handler") }
    return try await read { transaction in
      let dossier = try request.dossier.map {
        try Lookup(agency: agency).dossier($0, in: transaction)
      }
      let sight = try Sight(of: agency, in: transaction)
      let question = ListQuestion(
        agency: agency, list: .courses,
        filters: [dossier?.hex, kind, stage?.rawValue, handler?.rawValue])
      let (keys, next) = try kept.records.page(page, of: question, in: transaction) { clause in
        """
        SELECT c.dossier, c.author, c.subject FROM casework.course c
        WHERE (\(dossier)::bytea IS NULL OR c.dossier = \(dossier))
          AND (\(kind)::text IS NULL OR c.kind = \(kind))
          AND (\(stage?.rawValue)::text IS NULL OR c.stage = \(stage?.rawValue))
          AND (\(handler)::text IS NULL OR c.handler = \(handler))
          AND \(sight.sees("c.dossier"))
        ORDER BY coalesce(c.stage_on, c.begun_on), c.author, c.dossier, c.subject
        \(clause)
        """
      }
      return API.CourseList(
        courses: try Courses.entries(keys, in: transaction), next: next)
    }
  }
}
