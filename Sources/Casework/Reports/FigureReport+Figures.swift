import Ledger

extension FigureReport {
  /// One figure as the text of a report tells it.
  package struct Figure: Sendable, Equatable {
    /// The figure.
    package let key: FigureKey
    /// Its sum.
    package let sum: FigureTally.Sum
    /// What each region adds to it, ascending by region.
    package let shares: [Share]

    /// What one region adds to a figure.
    package struct Share: Sendable, Equatable {
      /// The region.
      package let region: String
      /// What it adds; nil where that is not told, since few lines of evidence make it.
      package let sum: FigureTally.Sum?
    }

    /// The figures of all extracts, in their order.
    ///
    /// The report is read by counties, and a county is told no other one's small number. Where one
    /// region alone would be left out, the next smallest is as well, or the sum would give it away.
    static func all(in tally: FigureTally, _ extracts: [Extract]) -> [Figure] {
      var lines: [FigureKey: [String: Int]] = [:]
      for extract in extracts {
        lines[extract.figure, default: [:]][extract.region, default: 0] += extract.marks.count
      }
      return tally.figures.map { key in
        let shares = (tally.byRegion[key] ?? [:]).sorted { $0.key < $1.key }
        let untold = regionsUntold(shares.map { ($0.key, lines[key]?[$0.key] ?? 0) })
        return Figure(
          key: key, sum: tally.sums[key] ?? FigureTally.Sum(),
          shares: shares.map { region, sum in
            Share(region: region, sum: untold.contains(region) ? nil : sum)
          })
      }
    }

    /// The regions that are left out, of all with how many lines of evidence they have.
    private static func regionsUntold(_ regions: [(region: String, lines: Int)]) -> Set<String> {
      guard regions.count > 1 else { return [] }
      var untold = Set(regions.filter { isSmall($0.lines) }.map(\.region))
      if untold.count == 1 {
        let next = regions.filter { !untold.contains($0.region) }
          .min { ($0.lines == 0 ? Int.max : $0.lines) < ($1.lines == 0 ? Int.max : $1.lines) }
        if let next { untold.insert(next.region) }
      }
      return untold
    }

    private static func isSmall(_ lines: Int) -> Bool {
      (1..<Limits.reportShareLinesMin).contains(lines)
    }

    /// Whether the shares can be those of the sum, and tell no small number.
    var isSound: Bool {
      let told = shares.compactMap(\.sum)
      var together = FigureTally.Sum()
      for share in told { together.add(share) }
      guard ([sum] + told).allSatisfy(isLawful) else { return false }
      if shares.count > 1, key.code.unit != .fen {
        let lines = told.map { key.code.unit == .rate ? $0.of : $0.count }
        guard !lines.contains(where: { Self.isSmall(Int(clamping: $0)) }) else { return false }
      }
      switch shares.count - told.count {
      case 0: return together == sum
      case 1: return false
      default: return together.isWithin(sum)
      }
    }

    private func isLawful(_ sum: FigureTally.Sum) -> Bool {
      guard sum.count >= 0, sum.of >= 0 else { return false }
      return key.code.unit == .rate ? sum.count <= sum.of : sum.of == 0
    }
  }

  /// Whether the extracts at hand can be those of the figures: where all of them are, the figures
  /// are what they add up to, else no figure is less.
  package var isSound: Bool {
    guard !lacking.isEmpty else { return figures == Figure.all(in: tally, extracts) }
    let told = Dictionary(figures.map { ($0.key, $0) }) { first, _ in first }
    return tally.sums.allSatisfy { key, sum in
      guard let figure = told[key] else { return false }
      let shares = Dictionary(figure.shares.map { ($0.region, $0.sum) }) { first, _ in first }
      return sum.isWithin(figure.sum)
        && (tally.byRegion[key] ?? [:]).allSatisfy { region, part in
          guard let share = shares[region] else { return part == FigureTally.Sum() }
          return share.map(part.isWithin) ?? true
        }
    }
  }
}

extension FigureTally.Sum {
  /// Whether it can be a part of another one.
  fileprivate func isWithin(_ whole: FigureTally.Sum) -> Bool {
    count <= whole.count && of <= whole.of
  }
}
