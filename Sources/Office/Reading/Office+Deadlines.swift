import Casework
package import Exchange
package import Ledger
import Postgres
import Replica

extension Office {
  /// Lists what is due, by date: of letters, items, minutes and courses, with lamps.
  ///
  /// Everything is computed from the rows, the calendar and the terms of the office as they are
  /// now. Where the clock of a peer that answered differs much from ours, the lamps are doubtful,
  /// and the list says so; nothing else depends on it.
  ///
  /// - Parameters:
  ///   - request: what to list.
  ///   - clocks: how far the clocks of peers that have answered are ahead of ours.
  /// - Returns: a page of the list.
  /// - Throws: ``OfficeError`` for a request that cannot be read.
  package func deadlines(
    _ request: API.DeadlineListRequest, clocks: [AgencyCode: ClockDifference] = [:]
  ) async throws -> API.DeadlineList {
    let page = try Page(request.page, request.limit)
    let owes = try request.agency.map { try Field.agency($0, "agency") }
    let lamp = try Field.optionalWord(request.lamp, "lamp", among: Lamp.allCases.map(\.rawValue))
    return try await read { transaction in
      let deadlines = try Deadlines.read(in: transaction.sql)
      let today = clock.today
      let rows = DutyRows(
        deadlines: deadlines, sight: try Sight(of: agency, in: transaction), agency: agency,
        node: node,
        dossier: try request.dossier.map {
          try Lookup(agency: agency).dossier($0, in: transaction)
        }, termsSince: request.rights ? today.adding(days: -Limits.sanctionDaysMax) : nil)
      let (all, isCut) = try rows.all(in: transaction)
      let wanted = all.filter { line in
        if line.duty.isRight {
          guard request.rights, today <= line.duty.due.on else { return false }
        }
        guard owes == nil || line.duty.owes == owes else { return false }
        let shown = deadlines.lamp(of: line.duty, on: today)
        if request.overdue { guard shown == .red || shown == .black else { return false } }
        return lamp == nil || shown.rawValue == lamp
      }
      let (lines, next) = page.cut(wanted)
      let covers = try covers(of: Set(lines.map(\.dossier)).sorted(), in: transaction)
      return API.DeadlineList(
        on: today.description,
        deadlines: lines.map {
          shown(
            $0, covers[$0.dossier], deadlines.lamp(of: $0.duty, on: today), today,
            deadlines.terms)
        }, next: next, truncated: isCut, clockAheadSeconds: Self.largest(of: clocks))
    }
  }

  /// The largest of the differences that are flagged.
  private static func largest(of clocks: [AgencyCode: ClockDifference]) -> Int64? {
    clocks.values.filter(\.isFlagged).map(\.seconds)
      .max { ($0.magnitude, $0) < ($1.magnitude, $1) }
  }

  private struct Cover {
    let kind: String
    let number: String?
    let title: String?
  }

  private func covers(
    of dossiers: [DossierID], in transaction: borrowing OfficeTransaction
  ) throws -> [DossierID: Cover] {
    var covers: [DossierID: Cover] = [:]
    for row in try transaction.sql.rows(
      """
      SELECT dossier, coalesce(kind, ''), number, title FROM casework.dossier
      WHERE dossier = ANY(\(dossiers))
      """)
    {
      covers[try row.value(0)] = Cover(
        kind: try row.value(1), number: try row.value(2), title: try row.value(3))
    }
    return covers
  }

  private func shown(
    _ line: DutyRows.Line, _ cover: Cover?, _ lamp: Lamp, _ today: CivilDate, _ terms: OwnTerms
  ) -> API.DeadlineLine {
    let (duty, due) = (line.duty, line.duty.due)
    let daysLeft = Int(due.on.days) - Int(today.days)
    // Nobody urges itself, and a right is nothing to be urged for.
    let isUrged = duty.owes != agency && !duty.isRight
    let suggestion =
      line.isItem
      ? Ladder.next(after: line.level, lamp: lamp, daysOverdue: -daysLeft)
      : Ladder.highest(lamp: lamp, daysOverdue: -daysLeft)
    return API.DeadlineLine(
      dossier: line.dossier.hex, kind: cover?.kind ?? "", number: cover?.number,
      title: cover?.title, subject: line.subject.uuidString, rule: due.rule?.rawValue,
      basis: due.rule.map { terms.rule($0).basis }, owes: duty.owes.rawValue,
      dueOn: due.on.description, daysLeft: daysLeft, lamp: lamp.rawValue,
      waitingOn: duty.waiting?.on.rawValue, waitingSince: duty.waiting?.since.description,
      right: duty.isRight, level: line.level?.rawValue,
      suggestion: isUrged ? suggestion?.rawValue : nil)
  }
}
