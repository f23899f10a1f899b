import Casework
import Ledger
import Postgres
import Replica

/// Reads courses from their rows; those of sealed parts are none of them.
enum Courses {
  /// The courses of a dossier, its own first; one more than an answer shows, so that a cut is seen.
  static func all(
    of dossier: DossierID, in transaction: borrowing OfficeTransaction
  ) throws -> [API.CourseLine] {
    try transaction.sql.rows(
      """
      SELECT subject, machine, stage, stage_on, moved_by, handler, approval, due_on, amount,
        confirmed, disputed, corrections, late
      FROM casework.course WHERE dossier = \(dossier)
      ORDER BY type, begun_on, author, subject LIMIT \(Limits.answerListMax + 1)
      """
    ).map { row in
      API.CourseLine(
        subject: try row.value(0, as: RecordID.self).uuidString, machine: try row.value(1),
        stage: try row.value(2), stageOn: try row.value(3, as: CivilDate?.self)?.description,
        movedBy: try row.value(4), handler: try row.value(5), approval: try row.value(6),
        dueOn: try row.value(7, as: CivilDate?.self)?.description, amount: try row.value(8),
        confirmed: try row.value(9), disputed: try row.value(10),
        corrections: try row.value(11), late: try row.value(12))
    }
  }
}
