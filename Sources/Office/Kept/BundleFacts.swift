import Casework
import Ledger
import Replica

/// What figures rest on beside the dossiers.
struct FigureBasis: Equatable, Sendable {
  private let version: Int
  private let calendar: WorkCalendar
  /// The kinds of agencies of the directory, where the rules ask for them.
  private let kinds: [AgencyCode: AgencyKind]

  /// Reads the calendar and, where the rules ask, the kinds of agencies.
  init(of rules: CountingRules, in transaction: borrowing OfficeTransaction) throws {
    version = rules.version
    calendar = try WorkCalendar.read(in: transaction.sql)
    let agencies = rules.asksKinds ? try transaction.directory()?.current.agencies ?? [:] : [:]
    kinds = agencies.compactMapValues { AgencyKind(rawValue: $0.entry.kind) }
  }

  /// What the rules ask.
  var terms: FigureTerms {
    var terms = FigureTerms(limit: calendar.limit)
    terms.kind = { [kinds] in kinds[$0] }
    return terms
  }
}

/// What dossiers that count together add to the figures of any period, as of a day.
struct BundleFacts: Sendable {
  /// What counts, ordered.
  let facts: [FigureFact]
  /// How many dossiers they are.
  let dossiers: Int
  /// How many of them hold a record that this build does not know; the rest of them counts.
  let unreadable: Int
  /// The numbers of those that have one.
  let numbers: [DossierID: String]
  /// Who may see those that something counts in.
  let readers: [DossierID: Set<AgencyCode>]
  /// What stands for them in reports, once it was asked for.
  private let marks = KeptMarks()
  /// The records outside of them that their merges name, each with whether it was held here.
  private let outside: [RecordID: Bool]

  /// Counts dossiers as of a day; `held` are the covers that merges name and that are held here.
  init(
    _ folded: [FoldedDossier], asOf day: CivilDate, held: Set<RecordID>, _ rules: CountingRules,
    _ terms: FigureTerms
  ) {
    let bundle = FigureBundle(folded, asOf: day, held: held)
    let facts = rules.facts(in: bundle, terms)
    self.facts = facts
    let counted = Set(facts.map(\.dossier))
    readers = Dictionary(
      folded.filter { counted.contains($0.id) }.map { ($0.id, $0.readers) }
    ) { first, _ in first }
    dossiers = folded.count
    unreadable = folded.count { $0.needsUpgrade }
    var numbers: [DossierID: String] = [:]
    for dossier in folded {
      if let number = dossier.cover?.number, !number.isEmpty { numbers[dossier.id] = number }
    }
    self.numbers = numbers
    outside = Dictionary(uniqueKeysWithValues: bundle.outside.map { ($0, held.contains($0)) })
  }

  /// Whether the same covers are held here as when it was counted, of those that matter to it.
  func holds(_ held: Set<RecordID>) -> Bool {
    outside.allSatisfy { held.contains($0.key) == $0.value }
  }

  /// The lines that they give to a report.
  func lines(of subject: ReportSubject) -> [ReportSubject.Line] {
    let known = marks.all(in: subject.period)
    let lines = subject.lines(of: facts, readers: readers, marks: known)
    if known == nil { marks.keep(lines.map(\.mark), in: subject.period) }
    return lines
  }

  /// Bytes that it takes.
  var weight: Int {
    (MemoryLayout<FigureFact>.stride + MemoryLayout<FigureReport.Mark>.stride) * facts.count
      + Limits.keptEntryBytes * (1 + numbers.count + outside.count + 2 * readers.count)
  }
}

/// The facts of the dossiers of a scope, as they are kept, else counted.
struct CountedFacts {
  private let rules: CountingRules
  private let terms: FigureTerms
  private let held: Set<RecordID>
  private let kept: KeptByDay<FigureBasis, BundleFacts>
  private let epoch: Int

  /// Reads what the rules rest on beside the dossiers.
  init(
    _ rules: CountingRules, _ counted: CountedBundles, _ kept: KeptCounts,
    in transaction: borrowing OfficeTransaction
  ) throws {
    let basis = try FigureBasis(of: rules, in: transaction)
    self.rules = rules
    terms = basis.terms
    held = counted.bundles.held
    self.kept = rules.asksKinds ? kept.matrix : kept.figures
    epoch = self.kept.epoch(of: basis)
  }

  /// What one bundle adds to the figures as of a day.
  func value(
    of states: [DossierState], asOf day: CivilDate, in transaction: borrowing OfficeTransaction
  ) throws -> BundleFacts {
    try kept.value(
      of: states, asOf: day, at: epoch, where: { $0.holds(held) },
      fold: { try states.compactMap { try transaction.folded($0.dossier) } },
      make: { BundleFacts($0, asOf: day, held: held, rules, terms) })
  }
}

extension Office {
  /// Gives what every bundle adds to the figures as of a day to a body until it answers that it
  /// wants no more; `only` restricts it to the bundle of one dossier.
  func forEachFacts(
    _ asked: AskedFigures, only: DossierID? = nil, in transaction: borrowing OfficeTransaction,
    _ body: (BundleFacts, _ crowded: Int) throws -> Bool
  ) throws {
    let scope = KeptCounts.Scope(agency: agency)
    let counted =
      only == nil
      ? try kept.bundles(of: scope, in: transaction)
      : try CountedBundles(of: scope, only: only, in: transaction)
    let facts = try CountedFacts(asked.rules, counted, kept, in: transaction)
    try counted.forEach(in: transaction) { states in
      try body(
        try facts.value(of: states, asOf: asked.asOf, in: transaction),
        counted.bundles.crowded(among: states.map(\.dossier)))
    }
  }
}

extension AskedFigures {
  /// The evidence that facts give, of the region and the dossier that are asked for.
  func entries(of facts: [FigureFact], only: DossierID?) -> [FigureEntry] {
    FigureFact.evidence(of: facts, in: period).filter { entry in
      (region == nil || entry.region == region) && (only == nil || entry.dossier == only)
    }
  }
}
