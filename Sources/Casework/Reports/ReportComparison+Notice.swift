import Ledger

extension ReportComparison {
  /// The text of a correction notice (更正说明): the sums that are others now, and how many lines of
  /// evidence are told otherwise.
  ///
  /// It is read by everybody who reads the report, and most of them are outside of most dossiers:
  /// so it says neither who wrote what and when, nor in which region and extract a line stands. Who
  /// holds the dossiers compares for itself.
  ///
  /// - Parameter number: the number of the report.
  ///
  /// - Returns: the text; the report itself stays as it was published.
  package func notice(on number: String) -> String {
    let heading = [
      "《\(report.subject.year)年度统计》更正说明",
      "原件 \(number.asWord) 截至 \(report.subject.asOf)",
      "现状 截至 \(asOf) 口径 \(report.subject.rules.version)",
    ]
    let ending = ["依据变动 \(differences.count)处", "原公布数不变,本说明作为附件。"]
    return (heading + changes.map(Self.line) + ending).joined(separator: "\n")
  }

  private static func line(_ pair: Pair) -> String {
    let figure = pair.figure
    let (was, now) = (shown(pair.was, figure), shown(pair.now, figure))
    return "更正 \(figure) \(figure.code.term.zh) \(was) 现为 \(now)"
  }

  private static func shown(_ sum: FigureTally.Sum, _ figure: FigureKey) -> String {
    let unit = figure.code.unit
    return unit == .rate ? "\(sum.count)/\(sum.of) \(sum.shown(unit))" : sum.shown(unit)
  }
}

extension FigureTally.Sum {
  /// The sum with its unit as people read it; a rate of nothing is `-`.
  fileprivate func shown(_ unit: FigureUnit) -> String {
    let text = text(unit)
    return text.isEmpty ? "-" : text + unit.term.zh
  }
}
