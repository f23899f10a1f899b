import Ledger

extension ReportComparison {
  /// The text of a correction notice (更正说明): the sums that are others now, and for each
  /// difference who wrote what and when.
  ///
  /// It is read by everybody who reads the report, so like it it names lines by their marks and no
  /// dossier.
  ///
  /// - Parameter number: the number of the report.
  ///
  /// - Returns: the text; the report itself stays as it was published.
  package func notice(on number: String) -> String {
    let all = differences
    let listed = all.prefix(Limits.noticeLinesMax).map(Self.line)
    let rest = all.count - listed.count
    let heading = [
      "《\(report.subject.year)年度统计》更正说明",
      "原件 \(number.asWord) 截至 \(report.subject.asOf)",
      "现状 截至 \(asOf) 口径 \(report.subject.rules.version)",
    ]
    let ending = (rest > 0 ? ["差异 其余\(rest)处从略"] : []) + ["原公布数不变,本说明作为附件。"]
    return (heading + changes.map(Self.line) + listed + ending).joined(separator: "\n")
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

  private static func line(_ difference: Difference) -> String {
    let was = difference.was.map { String($0.count) } ?? (difference.mark == nil ? "0" : "?")
    let now = difference.now.map { String($0.count) } ?? "0"
    let causes = difference.causes.map { cause in
      [cause.on?.description ?? "-", cause.author.rawValue, cause.term.zh.asWord]
        .joined(separator: " ") + (cause.isRevocation ? "撤销" : "")
    }
    return
      ([
        "差异 \(difference.figure) \(difference.region) \(difference.contributor)",
        difference.mark?.description ?? "新增", "\(was)→\(now)",
      ] + (causes.isEmpty ? ["未列明"] : causes)).joined(separator: " ")
  }
}
