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
    var new: [Piece: ReportSubject.Line] = [:]
    for line in now {
      let sum = FigureTally.Sum(count: line.entry.count, of: line.entry.of)
      current.add(sum, to: line.figure, in: line.entry.region)
      if missing.removeValue(forKey: line.mark) == nil { new[Piece(line)] = line }
    }
    for line in then {
      guard missing.removeValue(forKey: line.mark) != nil else { continue }
      let changed = new.removeValue(forKey: Piece(line))
      let causes =
        changed.map { self.causes(of: $0, since: line, in: dossiers) }
        ?? ending(of: line, in: dossiers, held)
      found.append(Difference(line, now: changed, causes: causes))
    }
    found += new.values.map {
      Difference($0, now: $0, causes: causes(of: $0, since: nil, in: dossiers), isNew: true)
    }
  }

  /// Everything told otherwise, once all dossiers were added: by figure, dossier and record; last
  /// the marks of which no dossier held here gives the line.
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

  private func lines(
    of dossiers: [FoldedDossier], asOf day: CivilDate, _ held: Set<RecordID>
  ) -> [ReportSubject.Line] {
    report.subject.lines(of: dossiers, asOf: day, held: held, limit: limit).filter {
      contributor == nil || $0.contributor == contributor
    }
  }

  /// What names one piece of a figure, however it is told.
  private struct Piece: Hashable {
    let figure: FigureKey
    let dossier: DossierID
    let record: RecordID

    init(_ line: ReportSubject.Line) {
      figure = line.figure
      dossier = line.entry.dossier
      record = line.entry.record
    }
  }
}

extension ReportComparison {
  /// The record that decides a line now, unless it decided it before.
  private func causes(
    of line: ReportSubject.Line, since before: ReportSubject.Line?, in dossiers: [FoldedDossier]
  ) -> [Cause] {
    guard before?.entry.place != line.entry.place else { return [] }
    let entry = dossiers.lazy.compactMap { $0.entry(at: line.entry.place) }.first
    return [entry.map(Cause.init)].compactMap(\.self)
  }

  /// The records of the day on which a line was lost: later versions of what it counted, else every
  /// open act and result of that day.
  ///
  /// The day is found by halves: before the first day the line stands, on the last it does not.
  private func ending(
    of line: ReportSubject.Line, in dossiers: [FoldedDossier], _ held: Set<RecordID>
  ) -> [Cause] {
    let dated = dossiers.flatMap { dossier in
      let questions = dossier.questions
      return dossier.entries.filter(\.audience.isEmpty).compactMap { entry in
        questions.happened(entry).map { (entry: entry, on: $0, root: questions.root(entry)) }
      }
    }.filter { report.subject.asOf < $0.on && $0.on <= asOf }
    let days = Set(dated.map(\.on)).sorted()
    guard var last = days.indices.last else { return [] }
    var first = 0
    while first < last {
      let middle = (first + last) / 2
      let lines = lines(of: dossiers, asOf: days[middle], held)
      if lines.contains(where: { Piece($0) == Piece(line) }) {
        first = middle + 1
      } else {
        last = middle
      }
    }
    let steps = dated.filter {
      $0.on == days[last] && ($0.entry.act != nil || $0.entry.result != nil)
    }
    let versions = steps.filter { $0.root.record.id == line.entry.record }
    return (versions.isEmpty ? steps : versions).map(\.entry).sorted { $0.place < $1.place }
      .prefix(Limits.causesMax).map(Cause.init)
  }

  /// One line of evidence that a report tells otherwise.
  package struct Difference: Sendable {
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
    /// What made it so, by the records; empty where they do not say.
    package let causes: [Cause]

    init(
      _ line: ReportSubject.Line, now: ReportSubject.Line?, causes: [Cause], isNew: Bool = false
    ) {
      figure = line.figure
      region = line.entry.region
      contributor = line.contributor
      mark = isNew ? nil : line.mark
      was = isNew ? nil : line.entry
      self.now = now?.entry
      self.causes = causes
    }

    init(_ mark: FigureReport.Mark, _ key: FigureReport.Extract.Key) {
      figure = key.figure
      region = key.region
      contributor = key.contributor
      self.mark = mark
      was = nil
      now = nil
      causes = []
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
