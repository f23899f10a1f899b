import Casework
import Ledger
import Postgres
import Replica

/// Compares a report of the year with the records held here.
struct YearReports {
  let office: Office

  /// What the records say otherwise than a report; of one contributor, by the dossiers that the
  /// agency which reports sees, too.
  ///
  /// The causes are looked for of what is shown alone, in a second pass over its dossiers.
  func compared(
    _ standing: StandingReport, of contributor: AgencyCode?, asOf day: CivilDate,
    shown limit: Int, in transaction: borrowing OfficeTransaction
  ) throws -> Compared {
    let report = standing.told
    let calendar = try WorkCalendar.read(in: transaction.sql)
    var comparison = ReportComparison(
      report, of: contributor, asOf: day, limit: calendar.limit)
    let subject = report.subject
    let scope = KeptCounts.Scope(
      agency: office.agency, sharedWith: contributor == nil ? nil : subject.agency)
    let counted = try office.kept.bundles(of: scope, in: transaction)
    let facts = try CountedFacts(subject.rules, counted, office.kept, in: transaction)
    var unreadable = 0
    try counted.forEach(in: transaction) { states in
      let then = try facts.value(of: states, asOf: subject.asOf, in: transaction)
      let now = try facts.value(of: states, asOf: day, in: transaction)
      let told = then.lines(of: subject)
      let isSame = now.facts == then.facts
      comparison.add(now: isSame ? told : now.lines(of: subject), then: told)
      unreadable += now.unreadable
      return true
    }
    var shown = Array(comparison.differences.prefix(limit))
    let basis = KeptCauses.Basis(
      report: standing.entry.place, contributor: contributor, asOf: day, lacking: report.lacking,
      calendar: calendar, held: counted.bundles.held)
    let dossiers = Set(shown.compactMap { ($0.was ?? $0.now)?.dossier })
    let bundles = try counted.bundles.statesByBundle(of: dossiers, in: transaction)
    try office.kept.causes.explain(&shown, by: bundles, on: basis) { states, differences in
      let folded = try states.compactMap { try transaction.folded($0.dossier) }
      comparison.explain(&differences, by: folded, held: basis.held)
    }
    return Compared(comparison: comparison, shown: shown, unreadable: unreadable)
  }

  /// What a comparison found.
  struct Compared {
    let comparison: ReportComparison
    /// The first differences, with their causes.
    let shown: [ReportComparison.Difference]
    /// How many of the dossiers hold a record that this build does not know.
    let unreadable: Int
  }

  static let tooLong = OfficeError(
    .conflict, ["detail": "conflict.reportTooLong, \(Limits.reportLinesMax)"])
}

/// A report that was issued and stands.
struct StandingReport {
  let dossier: DossierID
  let entry: Entry
  let folded: FoldedDossier
  let document: Casework.Document
  let told: FigureReport
  let card: CourseCard

  /// The report at a place, with the extracts that a reader may open; refused where its text is
  /// none of its author's.
  init(
    at place: Citation, in dossier: DossierID, named text: String, for reader: AgencyCode,
    _ transaction: borrowing OfficeTransaction
  ) throws {
    guard let folded = try transaction.folded(dossier), let entry = folded.entry(at: place),
      let document = entry.document, let card = folded.course(of: entry)
    else { throw Lookup.notFound(text) }
    self.dossier = dossier
    self.entry = entry
    self.folded = folded
    self.document = document
    self.card = card
    told = try Self.told(
      document.body, by: entry.author, with: folded.sheets(of: entry.author, for: reader))
  }

  /// The report that a text tells of an agency, with those of its extracts that are among some
  /// sheets.
  static func told(
    _ text: String, by agency: AgencyCode, with sheets: [String]
  ) throws -> FigureReport {
    guard let told = FigureReport(text: text)?.opened(by: sheets), told.isSound,
      told.subject.agency == agency
    else { throw OfficeError(.conflict, ["detail": "conflict.reportUnreadable"]) }
    return told
  }

  /// Refuses what takes the extracts of some agencies, where one of them is not here.
  static func requireExtracts(_ told: FigureReport, of agencies: [AgencyCode]) throws {
    guard let away = told.lacking.first(where: agencies.contains) else { return }
    throw OfficeError(.conflict, ["detail": "conflict.extractAway, \(away)"])
  }
}

extension Office {
  /// The report that a text names.
  func standingReport(
    _ text: String, in transaction: borrowing OfficeTransaction
  ) throws -> StandingReport {
    let (place, dossier) = try standingPlace(
      of: .annualReport, text, missing: "conflict.noReport", in: transaction)
    return try StandingReport(at: place, in: dossier, named: text, for: agency, transaction)
  }

  /// The report of a year that this agency issued and that stands, the newest version.
  func standingReport(
    of year: Int, in transaction: borrowing OfficeTransaction
  ) throws -> StandingReport? {
    let headers = FigureReport.headers(of: agency, year: year)
    let row = try transaction.sql.firstRow(
      """
      SELECT d.change, d.part, d.record, d.dossier FROM casework.document d
      WHERE d.form = \(DocumentForm.annualReport.rawValue) AND d.author = \(agency)
        AND d.state = \(DocumentState.issued.rawValue)
        AND EXISTS (SELECT FROM unnest(\(headers)) AS t (header) WHERE starts_with(d.body, header))
      ORDER BY d.version DESC, d.issued_on DESC, d.id DESC LIMIT 1
      """)
    return try row.map { row in
      try StandingReport(
        at: try Citation(row), in: try row.value(3), named: String(year), for: agency, transaction)
    }
  }
}
