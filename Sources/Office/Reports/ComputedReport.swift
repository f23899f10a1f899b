import Casework
import Ledger
import Postgres
import Replica

/// What is counted for a step about the report of a year.
struct ReportQuestion: Sendable, Equatable {
  /// Whose records are counted.
  let agency: AgencyCode
  /// The agency whose report the own extract is of, nil for the own report.
  ///
  /// Then only what both see counts.
  var other: AgencyCode?
  /// Which year is reported.
  let subject: ReportSubject
  /// As of which other day it is counted as well.
  var day: CivilDate?
}

/// The lines of a report with the state of every dossier that they were counted from.
///
/// Counting may fold all that a node holds, so it is done over a snapshot, beside whoever writes;
/// the step that needs it asks only whether all dossiers are still as they were.
struct ComputedReport: Sendable {
  /// What was counted.
  let question: ReportQuestion
  private let calendar: WorkCalendar
  private let state: Hash256?
  private let held: Set<RecordID>
  /// By the items of a bundle; 100 bytes for each dossier, beside the lines.
  private let pieces: [Hash256: Piece]

  /// What dossiers that count together gave while they were in one state.
  private struct Piece: Sendable {
    var then: [ReportSubject.Line] = []
    var now: [ReportSubject.Line] = []
    /// Dossiers with a record that this build does not know; the rest of them counts.
    var unreadable = 0
  }

  /// Counts; of bundles that are as an earlier count found them, nothing is folded.
  init(
    _ question: ReportQuestion, after earlier: ComputedReport? = nil,
    in transaction: borrowing OfficeTransaction
  ) throws {
    let scope = try FigureScope(
      of: question.agency, sharedWith: question.other, in: transaction)
    let bundles = try FigureBundles(scope, in: transaction)
    let calendar = try WorkCalendar.read(in: transaction.sql)
    var kept: [Hash256: Piece] = [:]
    if let earlier, earlier.question == question, earlier.calendar == calendar,
      earlier.held == bundles.held
    {
      kept = earlier.pieces
    }
    var pieces: [Hash256: Piece] = [:]
    var lines = 0
    try bundles.forEachID(in: transaction) { ids in
      let state = try Self.state(of: ids, in: transaction)
      let piece =
        try kept[state]
        ?? Self.count(
          question, ids.compactMap { try transaction.folded($0) }, bundles.held, calendar)
      pieces[state] = piece
      lines += piece.then.count + piece.now.count
      guard lines <= Limits.reportLinesMax * (question.day == nil ? 1 : 2) else {
        throw YearReports.tooLong
      }
      return true
    }
    self.question = question
    self.calendar = calendar
    self.held = bundles.held
    self.pieces = pieces
    state = try scope.state(in: transaction)
  }

  private static func state(
    of ids: [DossierID], in transaction: borrowing OfficeTransaction
  ) throws -> Hash256 {
    let items = try transaction.sql.rows(
      "SELECT id, item FROM ledger.dossier WHERE id = ANY(\(ids)) ORDER BY id"
    ).map { try ($0.value(0, as: DossierID.self).bytes, $0.value(1, as: Hash256.self).bytes) }
    return .sha256(items.flatMap { Array($0.0) + Array($0.1) })
  }

  private static func count(
    _ question: ReportQuestion, _ folded: [FoldedDossier], _ held: Set<RecordID>,
    _ calendar: WorkCalendar
  ) -> Piece {
    func lines(asOf day: CivilDate) -> [ReportSubject.Line] {
      question.subject.lines(of: folded, asOf: day, held: held, limit: calendar.limit).filter {
        question.other == nil || $0.contributor == question.agency
      }
    }
    return Piece(
      then: lines(asOf: question.subject.asOf), now: question.day.map(lines) ?? [],
      unreadable: folded.count { $0.needsUpgrade })
  }

  /// Whether the same dossiers count, each as it was, and by the same calendar.
  func isCurrent(in transaction: borrowing OfficeTransaction) throws -> Bool {
    let scope = try FigureScope(
      of: question.agency, sharedWith: question.other, in: transaction)
    return try calendar == WorkCalendar.read(in: transaction.sql)
      && state == scope.state(in: transaction)
  }

  /// The report that the lines give, and its extracts, each with a salt.
  func frozen(
    regions: [String], salt: (AgencyCode) throws -> Hash256
  ) throws -> FrozenReport {
    guard regions.count <= Casework.Limits.reportRegionsMax else { throw YearReports.tooLong }
    let counted = FigureReport(
      question.subject, regions: regions, lines: pieces.values.flatMap(\.then),
      unreadable: pieces.values.reduce(0) { $0 + $1.unreadable })
    let (report, extracts) = try counted.frozen(salt: salt)
    let texts = extracts.map(\.text)
    let bytes = texts.reduce(0) { $0 + $1.utf8.count }
    guard max(report.text.utf8.count, bytes) <= Casework.Limits.reportTextBytesMax,
      extracts.count <= Casework.Limits.reportExtractsMax
    else { throw YearReports.tooLong }
    let title = "\(question.subject.year)年度统计摘录"
    return FrozenReport(
      report: report,
      sheets: zip(extracts, texts).map { extract, text in
        API.SealedSheet(audience: [extract.contributor.rawValue], title: title, body: text)
      })
  }

  /// What the lines say otherwise than a report of the same subject; without causes.
  func comparison(with told: FigureReport) -> ReportComparison {
    var comparison = ReportComparison(
      told, of: question.other == nil ? nil : question.agency,
      asOf: question.day ?? question.subject.asOf, limit: calendar.limit)
    for piece in pieces.values {
      comparison.add(now: question.day == nil ? piece.then : piece.now, then: piece.then)
    }
    return comparison
  }
}

/// A report as it goes out: the text that is open, and a sheet for each contributor.
struct FrozenReport {
  let report: FigureReport
  let sheets: [API.SealedSheet]
}

/// A step of the single writer needs a report that was not counted before it, or changed since.
struct UncomputedReport: Error {
  let question: ReportQuestion
}

extension Desk {
  /// What was counted for this step; ends the step where that is not at hand, or not current,
  /// unless it was ended often enough.
  func counted(
    _ question: ReportQuestion, in transaction: borrowing OfficeTransaction
  ) throws -> ComputedReport {
    if let report = computed.report, report.question == question,
      try report.isCurrent(in: transaction)
    {
      return report
    }
    guard computed.isLast else { throw UncomputedReport(question: question) }
    return try ComputedReport(question, after: computed.report, in: transaction)
  }
}

extension WorkCalendar {
  /// The last of some calendar days after a day, holidays regarded.
  var limit: @Sendable (_ start: CivilDate, _ days: Int) -> CivilDate {
    { start, days in end(of: .calendarDays(days), from: start) }
  }
}
