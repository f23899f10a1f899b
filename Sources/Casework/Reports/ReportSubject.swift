package import Ledger

/// Which year one agency reports, as of which day and by which rules.
package struct ReportSubject: Sendable, Equatable {
  /// The agency whose figures they are.
  package let agency: AgencyCode
  /// The year.
  package let year: Int
  /// The last day that was known of.
  package let asOf: CivilDate
  /// The rules that count.
  package let rules: CountingRules
  /// The days of the year.
  package let period: Period

  /// Names a report; nil for a day on which its year is not over.
  package init?(of agency: AgencyCode, year: Int, asOf: CivilDate, rules: CountingRules) {
    guard Period.years.contains(year), let period = Period(year: year), period.last <= asOf
    else { return nil }
    self.agency = agency
    self.year = year
    self.asOf = asOf
    self.rules = rules
    self.period = period
  }

  package static func == (left: ReportSubject, right: ReportSubject) -> Bool {
    left.agency == right.agency && left.year == right.year && left.asOf == right.asOf
      && left.rules.version == right.rules.version
  }

  /// One line of evidence and whose extract it belongs to.
  package struct Line: Sendable, Hashable {
    /// Who answers for it.
    package let contributor: AgencyCode
    /// The evidence.
    package let entry: FigureEntry
    /// The figure as a text names it.
    package let figure: FigureKey
    /// What stands for the line in a text.
    package let mark: FigureReport.Mark

    init(_ entry: FigureEntry, of contributor: AgencyCode, mark known: FigureReport.Mark? = nil) {
      self.contributor = contributor
      self.entry = entry
      figure = FigureKey(
        entry.figure.code, part: entry.figure.part.isEmpty ? "" : entry.figure.part.asWord)
      mark = known ?? FigureReport.Mark(of: entry, figure)
    }
  }

  /// The lines that dossiers counted together give to the report.
  ///
  /// A line is of the extract of whoever decided it, as long as that agency and the one that
  /// reports are both members of the dossier; else the one that reports answers for it alone.
  ///
  /// - Parameters:
  ///   - dossiers: dossiers that count together.
  ///   - day: the last day that is known of; that of the report when absent.
  ///   - held: the covers that are held here outside of them, see ``FigureBundle``.
  ///   - limit: the last of some calendar days after a day, holidays regarded.
  /// - Returns: the lines, ordered by figure, day and place.
  package func lines(
    of dossiers: [FoldedDossier], asOf day: CivilDate? = nil, held: Set<RecordID> = [],
    limit: @escaping @Sendable (_ start: CivilDate, _ days: Int) -> CivilDate = { start, days in
      start.adding(days: days)
    }
  ) -> [Line] {
    let bundle = FigureBundle(dossiers, asOf: day ?? asOf, held: held)
    let readers = Dictionary(dossiers.map { ($0.id, $0.readers) }) { first, _ in first }
    return lines(of: rules.facts(in: bundle, FigureTerms(limit: limit)), readers: readers)
  }

  /// The lines that facts of dossiers counted together give to the report.
  ///
  /// - Parameters:
  ///   - facts: what counts by the rules of the report, as of a day.
  ///   - readers: who may see each dossier.
  ///   - marks: the marks of these lines as they were found before, which say the same of equal
  ///     facts and an equal year; nil to find them.
  /// - Returns: the lines, in the order of the facts.
  package func lines(
    of facts: [FigureFact], readers: [DossierID: Set<AgencyCode>],
    marks: [FigureReport.Mark]? = nil
  ) -> [Line] {
    let evidence = FigureFact.evidence(of: facts, in: period)
    let known = marks.flatMap { $0.count == evidence.count ? $0 : nil }
    return evidence.enumerated().map { index, entry in
      let members = readers[entry.dossier] ?? []
      let answers = members.contains(agency) && members.contains(entry.author)
      return Line(entry, of: answers ? entry.author : agency, mark: known?[index])
    }
  }
}
