import Casework
import Ledger
import Postgres
import Replica

extension Office {
  /// Lists what the records held here say otherwise than a report, and by which records.
  ///
  /// Whose report it is compares the whole of it; anybody else its own extract alone, since it need
  /// not hold the other dossiers.
  package func reportDifferences(
    _ request: API.ReportDifferencesRequest
  ) async throws -> API.ReportDifferences {
    try await count { transaction in
      let key = DifferencesKey(agency: agency, today: clock.today, request: request)
      return try kept.differences.answer(to: key, in: transaction) {
        try compared(request, in: transaction)
      }
    }
  }

  private func compared(
    _ request: API.ReportDifferencesRequest, in transaction: borrowing OfficeTransaction
  ) throws -> API.ReportDifferences {
    let standing = try standingReport(request.report, in: transaction)
    let subject = standing.told.subject
    if let year = request.year, year != subject.year {
      throw Field.invalid(String(year), "year", String(subject.year))
    }
    let contributor = subject.agency == agency ? nil : agency
    if let contributor {
      try StandingReport.requireExtracts(standing.told, of: [contributor])
    }
    let compared = try YearReports(office: self).compared(
      standing, of: contributor,
      asOf: try standing.compared(asOf: request.asOf, today: clock.today),
      shown: API.listMax + 1, in: transaction)
    let comparison = compared.comparison
    let (figures, hasMoreFigures) = API.cut(comparison.sums.map(API.ReportFigure.init))
    let (shown, isCut) = API.cut(compared.shown.map(API.ReportDifference.init))
    let contributors = standing.told.contributors
    let number = standing.document.number
    return API.ReportDifferences(
      report: standing.entry.record.id.uuidString, dossier: standing.dossier.hex,
      number: number.isEmpty ? nil : number, author: subject.agency.rawValue,
      year: subject.year, asOf: subject.asOf.description,
      ruleVersion: subject.rules.version, stage: standing.card.stage.rawValue,
      contributors: contributors.map(\.rawValue),
      confirmed: standing.card.confirmed.map(\.rawValue),
      disputed: standing.card.disputed.map(\.rawValue),
      missing: contributors.filter { !standing.card.confirmed.contains($0) }.map(\.rawValue),
      contributor: contributor?.rawValue, comparedAsOf: comparison.asOf.description,
      unreadable: compared.unreadable,
      lacking: contributor == nil ? standing.told.lacking.map(\.rawValue) : [],
      figures: figures, differences: shown, truncated: hasMoreFigures || isCut)
  }
}

extension API.ReportFigure {
  fileprivate init(_ pair: ReportComparison.Pair) {
    let unit = pair.figure.code.unit
    self.init(
      code: pair.figure.description, unit: unit.rawValue, published: Int(clamping: pair.was.count),
      publishedOf: Int(clamping: pair.was.of), current: Int(clamping: pair.now.count),
      currentOf: Int(clamping: pair.now.of), publishedText: pair.was.text(unit),
      currentText: pair.now.text(unit))
  }
}

extension API.ReportDifference {
  fileprivate init(_ difference: ReportComparison.Difference) {
    let line = difference.was ?? difference.now
    self.init(
      figure: difference.figure.description, region: difference.region,
      contributor: difference.contributor.rawValue, mark: difference.mark?.description,
      dossier: line?.dossier.hex, record: line?.record.uuidString,
      published: difference.was.map { Int(clamping: $0.count) },
      current: difference.now.map { Int(clamping: $0.count) },
      causes: difference.causes.map(API.ReportCause.init))
  }
}

extension API.ReportCause {
  fileprivate init(_ cause: ReportComparison.Cause) {
    let type =
      switch cause.type {
      case .act: "verb"
      case .result: "result"
      default: "form"
      }
    self.init(
      record: cause.record.uuidString, changeSet: cause.place.change.hex,
      author: cause.author.rawValue, on: cause.on?.description, type: type, what: cause.what,
      revokes: cause.isRevocation)
  }
}
