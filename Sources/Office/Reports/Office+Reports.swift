import Casework
import Exchange
import Ledger
import Postgres
import Replica

extension Office {
  /// Drafts the report of a year: its figures as of a day, and in a sealed sheet for each
  /// contributor its extract, with a mark for each line of evidence.
  ///
  /// It is addressed to whoever decided anything that counts, so that each of them confirms its own
  /// extract before it is published, and to others that shall confirm that they decided nothing.
  /// While one that is not published stands, the draft is its next version, in the same dossier.
  package func createReport(
    _ request: API.CreateReportRequest, by acting: Acting
  ) async throws -> API.Draft {
    try await write(API.createReport, request, by: acting, on: String(request.year)) {
      transaction, desk in
      let asked = try AskedFigures(
        API.FiguresRequest(year: request.year, asOf: request.asOf), today: desk.today)
      guard asked.asOf < desk.today else { throw Desk.notOver(asked.asOf, on: desk.today) }
      let subject = ReportSubject(
        of: agency, year: asked.year, asOf: asked.asOf, rules: asked.rules)
      guard let subject else {
        throw Field.invalid(asked.asOf.description, "as_of", "≥ \(asked.period.last)")
      }
      let standing = try standingReport(of: asked.year, in: transaction)
      if let standing, standing.card.stage.isPublished {
        throw OfficeError(
          .conflict, ["detail": "conflict.reportPublished, \(standing.document.number)"])
      }
      let frozen = try desk.counted(
        ReportQuestion(agency: agency, subject: subject), in: transaction
      ).frozen(regions: try reporting(nil, in: transaction)) { _ in try desk.salt() }
      let to = Set(try Field.agencies(request.to, "to")).union(frozen.report.contributors)
        .subtracting([agency]).sorted()
      guard !to.isEmpty else { throw OfficeError(.missingValue, ["field": "to"]) }
      let cc = try Field.agencies(request.cc, "cc").filter { $0 != agency && !to.contains($0) }
      let title = "\(asked.year)年度统计"
      var content = DraftContent(
        form: .annualReport, title: title, body: frozen.report.text, to: to, cc: cc)
      content.sealed = frozen.sheets
      if let standing {
        content.supersedes = standing.entry.record.id.uuidString
        return try desk.draft(content, in: standing.dossier, in: transaction)
      }
      let opened = try desk.open(Opening(kind: .report, title: title), in: transaction)
      return try desk.draft(content, in: opened.dossier, in: transaction)
    }
  }

  /// Drafts the notice that says what of a published report is otherwise now.
  ///
  /// The report stays as it was published; the step `corrected` of its course cites the notice.
  package func correctReport(
    _ request: API.CorrectReportRequest, by acting: Acting
  ) async throws -> API.Draft {
    try await write(API.correctReport, request, by: acting, on: request.report) {
      transaction, desk in
      let standing = try standingReport(request.report, in: transaction)
      guard standing.entry.author == agency else {
        throw OfficeError(
          .notYours,
          ["verb": "form.correctionNotice", "agency": standing.entry.author.rawValue])
      }
      guard standing.card.stage.isPublished else {
        throw OfficeError(.conflict, ["detail": "conflict.reportUnpublished"])
      }
      try StandingReport.requireExtracts(standing.told, of: standing.told.lacking)
      let day = try standing.compared(asOf: request.asOf, today: desk.today)
      let comparison = try desk.counted(
        ReportQuestion(agency: agency, subject: standing.told.subject, day: day),
        in: transaction
      ).comparison(with: standing.told)
      guard !comparison.differences.isEmpty else {
        throw OfficeError(.conflict, ["detail": "conflict.reportUnchanged, \(comparison.asOf)"])
      }
      var content = DraftContent(
        form: .correctionNotice, title: "\(standing.told.subject.year)年度统计更正说明",
        body: comparison.notice(on: standing.document.number), to: standing.document.to,
        cc: standing.document.cc)
      content.basis = [standing.entry.record.id.uuidString]
      return try desk.draft(content, in: standing.dossier, in: transaction)
    }
  }
}

extension StandingReport {
  /// The day that a report is compared as of: today when absent, and never before its own.
  func compared(asOf text: String?, today: CivilDate) throws -> CivilDate {
    let day = try AskedFigures.day(text, today: today) ?? today
    guard day <= today else {
      throw OfficeError(.dateAhead, ["on": day.description, "today": today.description])
    }
    guard day >= told.subject.asOf else {
      throw Field.invalid(day.description, "as_of", "≥ \(told.subject.asOf)")
    }
    return day
  }
}

extension Stage {
  /// Whether figures in it were published, and so are edited no more.
  var isPublished: Bool { self == .published || self == .corrected }
}

extension Desk {
  /// Refuses to issue a report that is not what this node counts now, or that does not ask each of
  /// its contributors.
  func assertFrozen(
    _ draft: DraftRow, in transaction: borrowing OfficeTransaction
  ) throws {
    let told = try StandingReport.told(
      draft.content.body, by: office.agency, with: draft.content.sealed.map(\.body))
    guard told.subject.asOf < today else { throw Self.notOver(told.subject.asOf, on: today) }
    try assertSucceeds(draft, in: told.subject.year, transaction)
    let stale = OfficeError(.conflict, ["detail": "conflict.reportStale"])
    let now = try counted(
      ReportQuestion(agency: office.agency, subject: told.subject), in: transaction
    ).frozen(regions: try office.reporting(nil, in: transaction)) { contributor in
      guard let salt = told.salts[contributor] else { throw stale }
      return salt
    }
    let to = try Field.agencies(draft.content.to, "to")
    guard now.report.form == told.form, now.report.hasBytes(of: told),
      now.sheets == draft.content.sealed, told.contributors.allSatisfy(to.contains)
    else { throw stale }
  }

  /// Random bytes that keep a text from being guessed by its digest.
  func salt() throws -> Hash256 {
    guard let salt = Hash256(office.entropy.bytes(Hash256.byteCount)) else {
      throw OfficeError(.internalFault, ["request": acting.idempotencyKey ?? "-"])
    }
    return salt
  }

  /// Refuses a second report of a year: what is issued replaces the one that stands, unless that is
  /// published and only corrected.
  ///
  /// It is asked when the report is issued, since two may have been drafted before either was.
  private func assertSucceeds(
    _ draft: DraftRow, in year: Int, _ transaction: borrowing OfficeTransaction
  ) throws {
    guard let standing = try office.standingReport(of: year, in: transaction) else { return }
    let number = standing.document.number
    guard !standing.card.stage.isPublished else {
      throw OfficeError(.conflict, ["detail": "conflict.reportPublished, \(number)"])
    }
    let replaced = try draft.content.supersedes.flatMap { text in
      text.isEmpty
        ? nil : try Lookup(agency: office.agency).letter(text, of: draft.dossier, in: transaction)
    }
    guard draft.dossier == standing.dossier, replaced == standing.entry.record.id else {
      throw OfficeError(.conflict, ["detail": "conflict.reportStanding, \(number)"])
    }
  }

  /// Refuses to confirm a report of which the own extract is not what this node counts.
  mutating func assertCounts(
    _ document: Casework.Document, _ entry: Entry, of folded: FoldedDossier,
    in transaction: borrowing OfficeTransaction
  ) throws {
    // Whose own it is confirms nothing: the rows of the course say so.
    guard entry.author != office.agency else { return }
    guard folded.state(ofDocument: entry) == .issued else {
      throw OfficeError(.conflict, ["detail": "conflict.noReport"])
    }
    let told = try StandingReport.told(
      document.body, by: entry.author,
      with: folded.sheets(of: entry.author, for: office.agency))
    guard told.subject.asOf < today else { throw Self.notOver(told.subject.asOf, on: today) }
    try StandingReport.requireExtracts(told, of: [office.agency])
    detail = String(told.subject.year)
    let differences = try counted(
      ReportQuestion(
        agency: office.agency, other: told.subject.agency, subject: told.subject),
      in: transaction
    ).comparison(with: told).differences
    guard !differences.isEmpty else { return }
    let shown = differences.prefix(Limits.candidatesMax).map { difference in
      let line = difference.now.map { "+ \($0.record.uuidString)" }
      return "\(difference.figure) \(line ?? "- \(difference.mark?.description ?? "")")"
    }
    throw OfficeError(
      .reportDiffers,
      [
        "pieces": shown.joined(separator: "; "), "count": String(differences.count),
        "peer": entry.author.rawValue, "report": entry.record.id.uuidString,
      ])
  }

  /// The refusal of figures as of a day that is not over.
  static func notOver(_ day: CivilDate, on today: CivilDate) -> OfficeError {
    OfficeError(.dateAhead, ["on": day.description, "today": today.description])
  }
}
