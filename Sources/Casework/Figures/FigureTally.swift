/// The sums of figures over the bundles of dossiers that were counted one after the other.
///
/// Sums add up whatever the order is; no evidence is kept, so a node of any size is counted in the
/// memory of one bundle.
package struct FigureTally: Sendable {
  /// What stands for one figure, in all or in one region.
  package struct Sum: Hashable, Sendable {
    /// How many, how much, or the numerator of a rate.
    package var count: Int64 = 0
    /// The denominator of a rate.
    package var of: Int64 = 0

    /// A sum of nothing, or of what is stated.
    package init(count: Int64 = 0, of: Int64 = 0) {
      self.count = count
      self.of = of
    }

    mutating func add(_ entry: FigureEntry) { add(Sum(count: entry.count, of: entry.of)) }

    mutating func add(_ other: Sum) {
      count = Self.sum(count, other.count)
      of = Self.sum(of, other.of)
    }

    /// An amount beyond what can be written stays at the largest that can.
    private static func sum(_ one: Int64, _ other: Int64) -> Int64 {
      let (sum, isTooLarge) = one.addingReportingOverflow(other)
      return isTooLarge ? .max : sum
    }
  }

  /// The sum of each figure.
  package private(set) var sums: [FigureKey: Sum]
  /// The sum of each figure by region.
  package private(set) var byRegion: [FigureKey: [String: Sum]]
  /// Whether campaigns stand together because there are more than are kept apart.
  package private(set) var isCut = false
  private var campaigns = 0

  /// Nothing counted yet; the figures of the rules stand at zero, and the counts of the regions
  /// that report here (零报告).
  package init(_ rules: CountingRules, regions: [String] = []) {
    sums = Dictionary(uniqueKeysWithValues: rules.figures.map { ($0, Sum()) })
    let nothing = Dictionary(regions.map { ($0, Sum()) }) { one, _ in one }
    byRegion = Dictionary(uniqueKeysWithValues: rules.figures.map { ($0, nothing) })
  }

  /// Adds evidence; that of campaigns beyond those that are kept apart stands together.
  package mutating func add(_ entries: [FigureEntry]) {
    for entry in entries {
      add(Sum(count: entry.count, of: entry.of), to: entry.figure, in: entry.region)
    }
  }

  /// Adds what was added up elsewhere of one figure in one region.
  mutating func add(_ sum: Sum, to figure: FigureKey, in region: String) {
    let isKept = keeps(figure)
    if !isKept { isCut = true }
    let figure = isKept ? figure : FigureKey.otherCampaigns
    sums[figure, default: Sum()].add(sum)
    byRegion[figure, default: [:]][region, default: Sum()].add(sum)
  }

  /// Whether a figure has its place among the sums; the figures of the rules always have.
  private mutating func keeps(_ figure: FigureKey) -> Bool {
    guard figure.isCampaign, sums[figure] == nil else { return true }
    guard campaigns < Limits.figureCampaignsMax else { return false }
    campaigns += 1
    return true
  }

  /// The figures in their order.
  package var figures: [FigureKey] { sums.keys.sorted() }
}

extension FigureTally.Sum {
  /// The sum as people read it: an amount in 万元 and a rate in percent, both with two decimals.
  ///
  /// A rate of nothing has no number.
  package func text(_ unit: FigureUnit) -> String {
    switch unit {
    case .cases, .personTimes, .times: String(count)
    case .fen: Self.decimals(of: count, in: 1_000_000)
    case .rate: of == 0 ? "" : Self.decimals(of: count * 100, in: of)
    }
  }

  /// A quotient with two decimals, rounded half up.
  private static func decimals(of value: Int64, in whole: Int64) -> String {
    let (quotient, rest) = value.quotientAndRemainder(dividingBy: whole)
    var hundredths = (rest * 200 + whole) / (whole * 2)
    let carry = hundredths / 100
    hundredths %= 100
    return "\(quotient + carry).\(hundredths < 10 ? "0" : "")\(hundredths)"
  }
}
