import Casework
import Ledger

extension Office {
  /// Counts which matters came from one kind of oversight and were taken up by another (监督贯通).
  ///
  /// Seven kinds always stand in it, the others where anything counts; every cell names the figure
  /// whose evidence lists it line by line.
  package func matrix(_ request: API.MatrixRequest) async throws -> API.Matrix {
    var asked = try AskedFigures(request.figures, today: clock.today)
    asked.rules = .oversight
    return try await count { [asked] transaction in
      let counted = try CountedFigures(asked, at: self, in: transaction)
      let used = Set(counted.tally.figures.filter { (counted.tally.sums[$0]?.count ?? 0) > 0 })
      let kinds = OversightKind.allCases.filter { kind in
        OversightKind.joined.contains(kind)
          || OversightKind.allCases.contains { other in
            used.contains(FigureKey(from: kind, to: other))
              || used.contains(FigureKey(from: other, to: kind))
          }
      }
      let cells = kinds.flatMap { from in kinds.map { API.MatrixCell(from, $0, counted) } }
      return API.Matrix(
        year: asked.year, quarter: asked.quarter, asOf: asked.asOf.description,
        region: asked.region, ruleVersion: asked.rules.version, dossiers: counted.dossiers,
        unreadable: counted.unreadable, kinds: kinds.map(\.rawValue), cells: cells)
    }
  }
}

extension API.MatrixCell {
  fileprivate init(_ from: OversightKind, _ to: OversightKind, _ counted: CountedFigures) {
    let key = FigureKey(from: from, to: to)
    let evidence = counted.evidence[key] ?? []
    self.init(
      from: from.rawValue, to: to.rawValue,
      value: Int(clamping: counted.tally.sums[key]?.count ?? 0),
      byRegion: API.RegionCounts(
        (counted.tally.byRegion[key] ?? [:]).mapValues { Int(clamping: $0.count) }),
      figure: key.description, evidence: Array(evidence.prefix(key.evidenceMax)),
      truncated: evidence.count > key.evidenceMax)
  }
}
