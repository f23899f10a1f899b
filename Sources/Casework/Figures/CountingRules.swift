/// The rules by which figures are counted, in one version (统计口径).
///
/// A figure names the version it was counted by, and a version is never edited once figures were
/// published by it: what is counted otherwise is a new row of ``table`` with rules of its own.
package struct CountingRules: Sendable {
  /// The version.
  package let version: Int
  /// The rules, each of which gives the evidence of its figures.
  let rules: [any CountingRule]
  /// The figures that are shown although nothing counts for them.
  package let figures: [FigureKey]

  /// Every version, ascending.
  package static let table: [CountingRules] = [first]

  /// The newest version.
  package static var newest: CountingRules { table.last ?? first }

  /// The version of a number; nil when there is none.
  package static func of(version: Int) -> CountingRules? {
    table.first { $0.version == version }
  }

  /// Version 1, the rules by which the figures of 2023 were counted.
  private static let first = CountingRules(
    version: 1,
    rules: [
      ClueRule(), FilingRule(), AccountabilityRule(), PersonTimeRule(), PetitionRule(),
      RectificationRule(), SettlementRule(), TrainingRule(),
    ],
    figures: FigureCode.allCases.filter { $0.isOfYear && $0 != .rectRate && $0 != .itemRate }
      .map { FigureKey($0) })

  /// The matrix of the kinds of oversight, in version 1: a table beside the figures of the year.
  package static let oversight = CountingRules(
    version: 1, rules: [OversightRule()],
    figures: OversightKind.joined.flatMap { from in
      OversightKind.joined.map { FigureKey(from: from, to: $0) }
    })

  /// Whether they ask what kind of body an agency is.
  package var asksKinds: Bool { figures.contains { $0.code == .oversight } }

  /// What a bundle of dossiers adds to the figures.
  ///
  /// - Parameters:
  ///   - bundle: dossiers that count together, as of the day that is asked for.
  ///   - question: the period and the day.
  /// - Returns: the evidence, ordered by figure, day and place, so that no arrival changes it.
  package func evidence(in bundle: FigureBundle, _ question: FigureQuestion) -> [FigureEntry] {
    FigureFact.evidence(of: facts(in: bundle, question.terms), in: question.period)
  }

  /// What a bundle of dossiers adds to the figures of any period.
  ///
  /// - Parameters:
  ///   - bundle: dossiers that count together, as of a day.
  ///   - terms: what the rules ask beside them.
  /// - Returns: the facts, ordered by figure, day and place, so that no arrival changes it.
  package func facts(in bundle: FigureBundle, _ terms: FigureTerms) -> [FigureFact] {
    rules.flatMap { $0.facts(in: bundle, terms) }.sorted { one, other in
      let (left, right) = (one.entry, other.entry)
      return (left.figure, left.on, left.dossier, left.record, left.place)
        < (right.figure, right.on, right.dossier, right.record, right.place)
    }
  }
}

/// One rule: which records of a bundle of dossiers count for its figures, and why.
protocol CountingRule: Sendable {
  /// What a bundle gives to the figures of any period; in no particular order.
  func facts(in bundle: FigureBundle, _ terms: FigureTerms) -> [FigureFact]
}
