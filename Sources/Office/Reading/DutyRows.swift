import Casework
import Ledger
import Postgres
import Replica

/// Computes what is due from the rows that are open: letters, items, minutes, meetings, courses,
/// and from the agency's own papers on their way to the police.
///
/// Nothing of sealed parts is among them, as in every list.
struct DutyRows {
  let deadlines: Deadlines
  let sight: Sight
  let agency: AgencyCode
  let node: AgencyCode
  /// Only this dossier; all when nil.
  let dossier: DossierID?
  /// From which day on sanctions are looked for whose term may run; nil where nobody asks for them.
  var termsSince: CivilDate?

  /// A duty and what it is about.
  struct Line {
    let dossier: DossierID
    let subject: RecordID
    let duty: Duty
    /// The highest level of supervision, of what keeps one.
    var level: SupervisionLevel?
    /// Whether it is an item, which climbs the ladder rung by rung.
    var isItem = false

    var order: (CivilDate, AgencyCode, DossierID, RecordID, String) {
      (duty.due.on, duty.owes, dossier, subject, duty.due.rule?.rawValue ?? "")
    }
  }

  /// Every line, the earliest first, and whether some source had more than is read at once.
  func all(in transaction: borrowing OfficeTransaction) throws -> (lines: [Line], isCut: Bool) {
    var (lines, isCut) = ([Line](), false)
    for rows in [
      try letters(in: transaction), try items(in: transaction), try minutes(in: transaction),
      try meetings(in: transaction), try courses(in: transaction), try terms(in: transaction),
      try drafts(in: transaction),
    ] {
      lines += rows.lines
      isCut = isCut || rows.isCut
    }
    return (lines.sorted { $0.order < $1.order }, isCut)
  }

  /// Reads one source, the oldest first; one row more than is read at once says that there is more.
  private func read(
    _ query: SQL, in transaction: borrowing OfficeTransaction, _ lines: (Row) throws -> [Line]
  ) throws -> (lines: [Line], isCut: Bool) {
    let rows = try transaction.sql.rows("\(query) LIMIT \(Limits.dutyRowsMax + 1)")
    return (
      try rows.prefix(Limits.dutyRowsMax).flatMap(lines), rows.count > Limits.dutyRowsMax
    )
  }

  /// The condition on the dossier in a column.
  private func covers(_ column: SQL) -> SQL {
    "(\(dossier)::bytea IS NULL OR \(column) = \(dossier)) AND \(sight.sees(column))"
  }

  /// The condition that a document was neither revoked nor superseded: of others nothing is due.
  private func inForce(_ document: SQL) -> SQL {
    "\(document).state = \(DocumentState.issued.rawValue)"
  }

  private func letters(
    in transaction: borrowing OfficeTransaction
  ) throws -> (lines: [Line], isCut: Bool) {
    let open: [ReferralState] = [.sent, .received, .accepted, .split]
    let view = try transaction.directory()?.current
    let rows = try transaction.sql.rows(
      """
      \(Referrals.columns)
      WHERE r.state = ANY(\(open.map(\.rawValue))) AND \(inForce("d")) AND \(covers("r.dossier"))
      ORDER BY r.sent_on, r.dossier, r.sender, r.document, r.addressee
      LIMIT \(Limits.dutyRowsMax + 1)
      """)
    let known = Array(rows.prefix(Limits.dutyRowsMax))
    let deliveries = try Deliveries(ofSent: known, at: node, view, in: transaction)
    var lines: [Line] = []
    for row in known {
      let delivered = try deliveries.time(of: row)
      guard let due = try Referrals.due(row, delivered: delivered, deadlines) else { continue }
      lines.append(
        Line(
          dossier: try row.value(17), subject: try row.value(0),
          duty: Duty(due, try row.value(3))))
    }
    return (lines, rows.count > Limits.dutyRowsMax)
  }

  private func items(
    in transaction: borrowing OfficeTransaction
  ) throws -> (lines: [Line], isCut: Bool) {
    let done = ItemState.allCases.filter { !$0.isOpen }
    let query: SQL = """
      SELECT c.dossier, c.item, c.kind, d.form, c.issuer, c.unit, c.state,
        coalesce(m.issued_on, d.issued_on), c.due_on,
        c.reported_on, c.disputed_on, c.asked_on, c.long_term, c.level
      FROM casework.item_card c
      JOIN casework.document d
        ON d.dossier = c.dossier AND d.author = c.issuer AND d.id = c.document
      LEFT JOIN casework.minutes m
        ON m.dossier = c.dossier AND m.convenor = c.issuer AND m.document = c.document
      WHERE NOT c.state = ANY(\(done.map(\.rawValue))) AND \(covers("c.dossier"))
      ORDER BY coalesce(m.issued_on, d.issued_on), c.dossier, c.issuer, c.item
      """
    return try read(query, in: transaction) { row in
      guard let kind = ItemKind(rawValue: try row.value(2)),
        let state = ItemState(rawValue: try row.value(6))
      else { return [] }
      var item = Deadlines.Tracked(
        kind: kind, form: DocumentForm(rawValue: try row.value(3)), issuer: try row.value(4),
        unit: try row.value(5), state: state, issuedOn: try row.value(7))
      item.stated = try row.value(8)
      item.reportedOn = try row.value(9)
      item.disputedOn = try row.value(10)
      item.askedOn = try row.value(11)
      item.isLongTerm = try row.value(12)
      let level = try row.value(13, as: String?.self).flatMap(SupervisionLevel.init(rawValue:))
      let (dossier, subject) = (
        try row.value(0, as: DossierID.self), try row.value(1, as: RecordID.self)
      )
      return deadlines.duties(of: item).map {
        Line(dossier: dossier, subject: subject, duty: $0, level: level, isItem: true)
      }
    }
  }

  private func minutes(
    in transaction: borrowing OfficeTransaction
  ) throws -> (lines: [Line], isCut: Bool) {
    let open: [MinutesState] = [.circulated, .finalized]
    let query: SQL = """
      SELECT m.dossier, m.document, m.state, m.convenor, m.circulated_on, m.finalized_on,
        ARRAY(SELECT unnest(m.required) EXCEPT SELECT unnest(
          m.countersigned || m.objected || m.abstained || m.lapsed) ORDER BY 1)
      FROM casework.minutes m
      WHERE m.state = ANY(\(open.map(\.rawValue))) AND \(covers("m.dossier"))
      ORDER BY m.circulated_on, m.dossier, m.convenor, m.document
      """
    return try read(query, in: transaction) { row in
      guard let state = MinutesState(rawValue: try row.value(2)),
        let due = deadlines.due(
          ofMinutes: state, circulatedOn: try row.value(4), finalizedOn: try row.value(5))
      else { return [] }
      let convenor = try row.value(3, as: AgencyCode.self)
      let silent = try row.value(6, as: [AgencyCode].self)
      let (dossier, subject) = (
        try row.value(0, as: DossierID.self), try row.value(1, as: RecordID.self)
      )
      return (state == .circulated ? silent : [convenor]).map {
        Line(dossier: dossier, subject: subject, duty: Duty(due, $0))
      }
    }
  }

  /// Meetings that were called and held, and of which no minutes circulate yet.
  private func meetings(
    in transaction: borrowing OfficeTransaction
  ) throws -> (lines: [Line], isCut: Bool) {
    let query: SQL = """
      SELECT d.dossier, d.id, d.author, d.held_on FROM casework.document d
      JOIN casework.dossier v ON v.dossier = d.dossier AND v.home = d.author
      WHERE d.form = \(DocumentForm.meetingNotice.rawValue) AND d.held_on IS NOT NULL
        AND v.kind = \(DossierKind.meeting.rawValue)
        AND NOT EXISTS (SELECT FROM casework.minutes m WHERE m.dossier = d.dossier)
        AND \(inForce("d")) AND \(covers("d.dossier"))
      ORDER BY d.held_on, d.dossier, d.id
      """
    return try read(query, in: transaction) { row in
      let due = deadlines.due(.circulate, from: try row.value(3))
      return [
        Line(
          dossier: try row.value(0), subject: try row.value(1),
          duty: Duty(due, try row.value(2)))
      ]
    }
  }

  /// Governmental sanctions that are in force for a time; what one body decided about one person on
  /// one day is one line.
  private func terms(
    in transaction: borrowing OfficeTransaction
  ) throws -> (lines: [Line], isCut: Bool) {
    guard let since = termsSince else { return ([], false) }
    let query: SQL = """
      SELECT r.dossier, (array_agg(r.id ORDER BY r.id))[1] AS subject, array_agg(m.measure),
        r.on_date, r.author
      FROM casework.result r, unnest(r.measures) AS m (measure)
      WHERE r.kind = \(ResultKind.sanction.rawValue) AND r.on_date >= \(since)
        AND r.status = \(ResultState.valid.rawValue) AND \(covers("r.dossier"))
      GROUP BY r.dossier, r.author, r.on_date, coalesce(r.person_key, r.id::text)
      ORDER BY r.on_date, r.dossier, subject
      """
    return try read(query, in: transaction) { row in
      let term = deadlines.term(
        of: try row.value(2), from: try row.value(3), by: try row.value(4))
      let (dossier, subject) = (
        try row.value(0, as: DossierID.self), try row.value(1, as: RecordID.self)
      )
      return term.map { [Line(dossier: dossier, subject: subject, duty: $0)] } ?? []
    }
  }

  /// Referrals to the police of this agency that are to be approved or sent; no other knows them.
  private func drafts(
    in transaction: borrowing OfficeTransaction
  ) throws -> (lines: [Line], isCut: Bool) {
    let query: SQL = """
      SELECT o.dossier, o.id, o.state, o.submitted_at, o.signed_at FROM office.draft o
      WHERE o.agency = \(agency) AND o.kind = \(DocumentForm.policeReferral.rawValue)
        AND o.state <> \(DocumentState.issued.rawValue) AND \(covers("o.dossier"))
      ORDER BY o.submitted_at, o.id
      """
    return try read(query, in: transaction) { row in
      guard let state = DocumentState(rawValue: try row.value(2)),
        let due = deadlines.due(
          ofPoliceReferral: state,
          submittedOn: try row.value(3, as: Timestamp?.self)?.civilDate,
          signedOn: try row.value(4, as: Timestamp?.self)?.civilDate)
      else { return [] }
      return [
        Line(
          dossier: try row.value(0), subject: try row.value(1), duty: Duty(due, agency))
      ]
    }
  }

  private func courses(
    in transaction: borrowing OfficeTransaction
  ) throws -> (lines: [Line], isCut: Bool) {
    // What has no deadline in its stage is left to the database.
    let timed = Deadlines.timed.filter { termsSince != nil || !$0.isRight }
    let query: SQL = """
      SELECT c.dossier, c.subject, c.machine, c.kind, c.author, c.stage, c.begun_on, c.stage_on,
        c.handler, c.due_on, c.accepted_on,
        (SELECT max(s.last_on) FROM casework.secondment s
          WHERE c.machine = \(Machines.expert.machine.name) AND s.dossier = c.dossier
          AND s.author = c.author AND s.expert = c.subject AND s.outcome = 'deployed'),
        CASE WHEN c.machine = \(Machines.figures.machine.name) THEN
          ARRAY(SELECT unnest(d.to_agencies) EXCEPT SELECT unnest(c.confirmed || c.disputed)
            ORDER BY 1) ELSE '{}' END,
        EXISTS (SELECT FROM casework.document o
          WHERE c.machine = \(Machines.file.machine.name) AND o.dossier = c.dossier
          AND o.form = \(DocumentForm.annualReport.rawValue) AND \(inForce("o"))),
        \(given), \(told), \(reviewed)
      FROM casework.course c
      LEFT JOIN casework.document d
        ON d.dossier = c.dossier AND d.author = c.author AND d.id = c.subject
      WHERE (c.machine, c.stage) IN (
          SELECT * FROM unnest(\(timed.map(\.machine)), \(timed.map(\.stage.rawValue))))
        AND (c.machine <> \(Machines.file.machine.name) OR c.kind = \(DossierKind.report.rawValue))
        AND (d.id IS NULL OR \(inForce("d"))) AND \(covers("c.dossier"))
      ORDER BY coalesce(c.stage_on, c.begun_on), c.dossier, c.author, c.subject
      """
    return try read(query, in: transaction) { row in
      guard let stage = Stage(rawValue: try row.value(5)) else { return [] }
      var course = Deadlines.Progress(
        machine: try row.value(2), kind: try row.value(3), author: try row.value(4),
        stage: stage, begunOn: try row.value(6), stageOn: try row.value(7))
      course.handler = try row.value(8)
      course.dueOn = try row.value(9)
      course.acceptedOn = try row.value(10)
      course.lastDay = try row.value(11)
      course.silent = try row.value(12)
      course.hasReport = try row.value(13)
      course.givenOn = try row.value(14)
      course.toldOn = try row.value(15)
      course.reviewedOn = try row.value(16)
      let (dossier, subject) = (
        try row.value(0, as: DossierID.self), try row.value(1, as: RecordID.self)
      )
      return deadlines.duties(of: course).map {
        Line(dossier: dossier, subject: subject, duty: $0)
      }
    }
  }

  /// When a petition came before whoever decides on it, as its acts say.
  private var given: SQL {
    """
    (SELECT max(a.on_date) FROM casework.act a
      WHERE c.machine = \(Machines.petition.machine.name) AND a.dossier = c.dossier
        AND a.verb = \(Verb.advance.rawValue)
        AND a.kind = ANY(\(Deadlines.giving.map(\.rawValue))))
    """
  }

  /// When the home of a petition issued its last opinion.
  private var reviewed: SQL {
    """
    (SELECT max(n.issued_on) FROM casework.document n
      WHERE c.machine = \(Machines.petition.machine.name) AND n.dossier = c.dossier
        AND n.author = c.author
        AND n.form = \(DocumentForm.handlingOpinion.rawValue) AND \(inForce("n")))
    """
  }

  /// When whoever decides on a petition issued the last notice to the petitioner.
  private var told: SQL {
    """
    (SELECT max(n.issued_on) FROM casework.document n
      WHERE c.machine = \(Machines.petition.machine.name) AND n.dossier = c.dossier
        AND n.author = coalesce(c.handler, c.author)
        AND n.form = \(DocumentForm.acceptanceNotice.rawValue) AND \(inForce("n")))
    """
  }
}
