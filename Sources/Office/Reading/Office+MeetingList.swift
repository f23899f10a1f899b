import Casework
import Ledger
import Postgres
import Replica

/// Reads meetings as lines of a list: each with its leading minutes and their resolutions.
private struct MeetingRows {
  /// Only meetings held in this period.
  let period: Casework.Period?
  /// The last day on which one may have been held.
  let today: CivilDate
  let sight: Sight

  /// Of the convenor, which is the home, alone: the issued minutes lead until others are issued in
  /// their place, else the final version, else the newest; where there is none, the notice that
  /// stands says the day.
  private var from: SQL {
    """
    FROM casework.dossier d
    LEFT JOIN LATERAL (
      SELECT convenor, document, state, number FROM casework.minutes
      WHERE dossier = d.dossier AND convenor = d.home
      ORDER BY state = \(MinutesState.issued.rawValue) DESC,
        state = \(MinutesState.finalized.rawValue) DESC, version DESC, document DESC LIMIT 1
    ) m ON true
    LEFT JOIN LATERAL (
      SELECT held_on FROM casework.document
      WHERE dossier = d.dossier AND meeting_series IS NOT NULL
        AND (id = m.document AND author = m.convenor
          OR form = \(DocumentForm.meetingNotice.rawValue) AND author = d.home
            AND state = \(DocumentState.issued.rawValue))
      ORDER BY id IS NOT DISTINCT FROM m.document DESC, authored_at DESC, id DESC LIMIT 1
    ) n ON true
    LEFT JOIN LATERAL (
      SELECT count(*) AS resolutions, count(*) FILTER (WHERE c.state = 'signedOff') AS signed_off
      FROM casework.item i
      LEFT JOIN casework.item_card c
        ON c.dossier = i.dossier AND c.issuer = i.author AND c.item = i.id
      WHERE i.dossier = d.dossier AND i.author = m.convenor AND i.document = m.document
    ) r ON true
    WHERE d.kind = \(DossierKind.meeting.rawValue) AND \(sight.sees("d.dossier"))
      AND (\(period?.first)::date IS NULL OR n.held_on >= \(period?.first))
      AND (\(last)::date IS NULL OR n.held_on <= \(last))
    """
  }

  /// The last day of the period that is not ahead.
  private var last: CivilDate? { period.map { min($0.last, today) } }

  func lines(
    _ page: Page, in transaction: borrowing OfficeTransaction
  ) throws -> (lines: [API.MeetingLine], next: Int?) {
    let rows = try transaction.sql.rows(
      """
      SELECT d.dossier, d.number, d.title, d.home, n.held_on, coalesce(m.state, 'draft'), m.number,
        r.resolutions, r.signed_off
      \(from)
      ORDER BY n.held_on DESC NULLS LAST, d.dossier
      \(page.clause)
      """)
    let (shown, next) = page.cut(rows)
    let lines = try shown.map { row in
      API.MeetingLine(
        dossier: try row.value(0, as: DossierID.self).hex, number: try row.value(1),
        title: try row.value(2), convenor: try row.value(3),
        heldOn: try row.value(4, as: CivilDate?.self)?.description, state: try row.value(5),
        minutesNumber: try row.value(6), resolutions: try row.value(7),
        signedOff: try row.value(8))
    }
    return (lines, next)
  }

  /// Meetings, those with issued minutes, and the resolutions of these.
  func sums(
    of year: Int, in transaction: borrowing OfficeTransaction
  ) throws -> API.MinutesReport {
    let row = try transaction.sql.firstRow(
      """
      SELECT count(*), count(*) FILTER (WHERE m.state = 'issued'),
        coalesce(sum(r.resolutions) FILTER (WHERE m.state = 'issued'), 0)::bigint,
        coalesce(sum(r.signed_off) FILTER (WHERE m.state = 'issued'), 0)::bigint
      \(from)
      """)
    guard let row else { return API.MinutesReport(year: year) }
    return API.MinutesReport(
      year: year, held: try row.value(0), issued: try row.value(1),
      resolutions: try row.value(2), signedOff: try row.value(3))
  }
}

extension Office {
  /// Lists meetings, the newest first.
  package func meetings(_ request: API.MeetingListRequest) async throws -> API.MeetingList {
    let page = try Page(request.page, request.limit)
    return try await read { transaction in
      let rows = MeetingRows(
        period: nil, today: clock.today, sight: try Sight(of: agency, in: transaction))
      let (lines, next) = try rows.lines(page, in: transaction)
      return API.MeetingList(meetings: lines, next: next)
    }
  }

  /// Counts the meetings held in a year up to today, their minutes and what became of their
  /// resolutions, as they stand now.
  package func minutesReport(
    _ request: API.MinutesReportRequest
  ) async throws -> API.MinutesReport {
    let asked = try AskedFigures(API.FiguresRequest(year: request.year), today: clock.today)
    let page = try Page(request.page, request.limit)
    return try await read { transaction in
      let rows = MeetingRows(
        period: asked.period, today: clock.today, sight: try Sight(of: agency, in: transaction))
      var report = try rows.sums(of: asked.year, in: transaction)
      let (lines, next) = try rows.lines(page, in: transaction)
      report.meetings = lines
      report.next = next
      return report
    }
  }
}
