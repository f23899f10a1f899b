extension API {
  /// Counts the figures of a period.
  package static let figures = Endpoint<FiguresRequest, Figures>(
    .get, "/office/v1/report/figures", operation: "figures", credential: .operator)

  /// Lists what a figure counts, line by line.
  package static let figureEvidence = Endpoint<FigureEvidenceRequest, FigureEvidence>(
    .get, "/office/v1/report/evidence", operation: "figureEvidence", credential: .operator)

  /// Lists what is overdue, was rejected or has relapsed.
  package static let overdue = Endpoint<OverdueRequest, Overdue>(
    .get, "/office/v1/report/overdue", operation: "overdue", credential: .operator)
}
