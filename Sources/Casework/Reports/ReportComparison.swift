package import Ledger

/// What the records that are held now say otherwise than a report, and which act made it so.
///
/// Every dossier is folded twice: as of the day of the report, which finds the lines again that its
/// marks stand for, and as of the day that is asked for. Both days are the same when a contributor
/// checks its extract.
package struct ReportComparison: Sendable {
  /// The report.
  package let report: FigureReport
  /// Whose extract alone is compared; nil for the whole report.
  package let contributor: AgencyCode?
  /// The last day that is known of now.
  package let asOf: CivilDate
  /// What counts now.
  package private(set) var current: FigureTally
  private let limit: @Sendable (_ start: CivilDate, _ days: Int) -> CivilDate
  /// Contributors whose extract is not at hand; their lines are left out.
  private let lacking: Set<AgencyCode>
  private let named: Set<FigureKey>
  /// The marks of the report that no line counted up to now has.
  private var missing: [FigureReport.Mark: FigureReport.Extract.Key]
  private var found: [Difference] = []

  /// Begins a comparison; the bundles of dossiers are added one by one.
  package init(
    _ report: FigureReport, of contributor: AgencyCode? = nil, asOf day: CivilDate,
    limit: @escaping @Sendable (_ start: CivilDate, _ days: Int) -> CivilDate = { start, days in
      start.adding(days: days)
    }
  ) {
    self.report = report
    self.contributor = contributor
    asOf = day
    self.limit = limit
    lacking = Set(report.lacking)
    named = Set(report.figures.map(\.key))
    current = FigureTally(
      report.subject.rules, regions: contributor == nil ? report.regions : [])
    let extracts = report.extracts.filter {
      contributor == nil || $0.contributor == contributor
    }
    missing = Dictionary(
      extracts.flatMap { extract in extract.marks.map { ($0, extract.key) } }
    ) { first, _ in first }
  }

  /// Adds dossiers that count together.
  package mutating func add(_ dossiers: [FoldedDossier], held: Set<RecordID> = []) {
    let now = lines(of: dossiers, asOf: asOf, held)
    let then =
      asOf == report.subject.asOf ? now : lines(of: dossiers, asOf: report.subject.asOf, held)
    add(now: now, then: then)
  }

  /// Adds the lines that dossiers counted together give as of now, and gave as of the report's day.
  package mutating func add(now: [ReportSubject.Line], then: [ReportSubject.Line]) {
    var new: [Piece: ReportSubject.Line] = [:]
    for line in now where isCompared(line) {
      let sum = FigureTally.Sum(count: line.entry.count, of: line.entry.of)
      let told = missing.removeValue(forKey: line.mark)
      let counted = told?.figure ?? figure(of: line)
      current.add(sum, to: counted, in: line.entry.region)
      if told == nil { new[Piece(line)] = line }
    }
    for line in then where isCompared(line) {
      guard missing.removeValue(forKey: line.mark) != nil else { continue }
      let told = new.removeValue(forKey: Piece(line))
      // What another record decides now counts as it did.
      if let told, told.counts(as: line) { continue }
      found.append(Difference(line, now: told))
    }
    found += new.values.map { Difference($0, now: $0, isNew: true) }
  }

  /// The figure that a line not in the report adds to: where campaigns stand together in it, one
  /// that it does not name is among them.
  private func figure(of line: ReportSubject.Line) -> FigureKey {
    let isAmongOthers =
      line.figure.isCampaign && !named.contains(line.figure) && named.contains(.otherCampaigns)
    return isAmongOthers ? .otherCampaigns : line.figure
  }

  /// Everything that adds otherwise, once all dossiers were added: by figure, dossier and record;
  /// last the marks of which no dossier held here gives the line.
  package var differences: [Difference] {
    let unknown = missing.map { mark, key in Difference(mark, key) }
    return found.sorted(by: Difference.precedes) + unknown.sorted(by: Difference.precedes)
  }

  /// The sums of every figure, in the report and now.
  package var sums: [Pair] {
    let before = report.tally(of: contributor)
    return Set(before.figures).union(current.figures).sorted().map { figure in
      Pair(
        figure: figure, was: before.sums[figure] ?? FigureTally.Sum(),
        now: current.sums[figure] ?? FigureTally.Sum())
    }
  }

  /// The figures of which the sum is another one now.
  package var changes: [Pair] { sums.filter { $0.was != $0.now } }

  /// One figure, in the report and now.
  package struct Pair: Sendable, Equatable {
    /// The figure.
    package let figure: FigureKey
    /// Its sum in the report.
    package let was: FigureTally.Sum
    /// Its sum now.
    package let now: FigureTally.Sum
  }

  func lines(
    of dossiers: [FoldedDossier], asOf day: CivilDate, _ held: Set<RecordID>
  ) -> [ReportSubject.Line] {
    report.subject.lines(of: dossiers, asOf: day, held: held, limit: limit).filter(isCompared)
  }

  private func isCompared(_ line: ReportSubject.Line) -> Bool {
    contributor.map { $0 == line.contributor } ?? !lacking.contains(line.contributor)
  }

  /// What names one piece of a figure, however it is told.
  struct Piece: Hashable {
    let figure: FigureKey
    let whole: FigureEntry.Whole

    init(_ line: ReportSubject.Line) { self.init(line.figure, line.entry) }

    init(_ figure: FigureKey, _ entry: FigureEntry) {
      self.figure = figure
      whole = entry.whole
    }
  }
}

extension ReportSubject.Line {
  /// Whether it adds what another line adds, to the same sums.
  fileprivate func counts(as other: Self) -> Bool {
    contributor == other.contributor && entry.region == other.entry.region
      && entry.count == other.entry.count && entry.of == other.entry.of
  }
}

extension ReportComparison {
  /// One line of evidence that a report tells otherwise.
  package struct Difference: Sendable, Equatable {
    /// The figure.
    package let figure: FigureKey
    /// The region it counts for; of a changed line that of the report.
    package let region: String
    /// Whose extract it is of.
    package let contributor: AgencyCode
    /// The mark in the report; nil for a line that is not in it.
    package let mark: FigureReport.Mark?
    /// The line that the mark stands for; nil where no dossier held here gives it.
    package let was: FigureEntry?
    /// The line that counts now; nil where none does.
    package let now: FigureEntry?
    /// What made it so, by the records; empty where they do not say, and until it was looked for.
    package internal(set) var causes: [Cause] = []

    init(_ line: ReportSubject.Line, now: ReportSubject.Line?, isNew: Bool = false) {
      figure = line.figure
      region = line.entry.region
      contributor = line.contributor
      mark = isNew ? nil : line.mark
      was = isNew ? nil : line.entry
      self.now = now?.entry
    }

    init(_ mark: FigureReport.Mark, _ key: FigureReport.Extract.Key) {
      figure = key.figure
      region = key.region
      contributor = key.contributor
      self.mark = mark
      was = nil
      now = nil
    }

    static func precedes(_ one: Difference, _ other: Difference) -> Bool {
      if one.figure != other.figure { return one.figure < other.figure }
      if let left = one.was ?? one.now, let right = other.was ?? other.now {
        return (left.dossier, left.record, left.place)
          < (right.dossier, right.record, right.place)
      }
      return (one.mark?.description ?? "") < (other.mark?.description ?? "")
    }
  }

  /// A record that made a line another one.
  package struct Cause: Sendable, Equatable {
    /// The record.
    package let record: RecordID
    /// Where it stands.
    package let place: Citation
    /// Who wrote it.
    package let author: AgencyCode
    /// The date that it states.
    package let on: CivilDate?
    /// What it is.
    package let type: RecordType
    /// The verb of an act, the kind of a result or the form of a document.
    package let what: String
    /// Whether it revokes a result.
    package let isRevocation: Bool

    init(_ entry: Entry) {
      record = entry.record.id
      place = entry.place
      author = entry.author
      type = entry.record.content.type
      on = entry.act?.on ?? entry.result?.on ?? entry.document?.issuedOn
      what =
        entry.act?.verb.rawValue ?? entry.result?.kind.rawValue
        ?? entry.document?.form.rawValue ?? "-"
      isRevocation = entry.result?.revoked ?? false
    }
  }
}
