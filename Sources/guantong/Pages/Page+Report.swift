import Office

extension API.Figures: Pageable {
  func page(_ words: Words) -> Page {
    var page = Page()
    let period = quarter.map { "\(year) Q\($0)" } ?? String(year)
    page.line(
      words(
        "report.figures",
        [
          "period": period, "day": asOf, "rule": String(ruleVersion),
          "count": String(dossiers),
        ]), .bold)
    if unreadable > 0 {
      page.line(
        "\(words.sign(.warning)) \(words("report.unreadable", ["count": String(unreadable)]))",
        .warning)
    }
    if crowded > 0 {
      page.line(
        "\(words.sign(.warning)) \(words("report.crowded", ["count": String(crowded)]))", .warning)
    }
    if truncated {
      page.line("\(words.sign(.warning)) \(words("report.campaignsCut"))", .warning)
    }
    let rows = figures.flatMap { figure -> [[Table.Cell]] in
      [figure.row(words)] + figure.regionRows(words)
    }
    page.blocks.append(
      .table(
        Table(
          columns: words.columns(
            "figure", "name", "region", "value#", "measure", "numerator#", "denominator#"),
          rows: rows)))
    return page
  }
}

extension Words {
  /// The name people read for a figure, and of a rate of items for which ones.
  func figure(_ code: String) -> String {
    let parts = code.split(separator: ".", maxSplits: 1).map(String.init)
    let name = Catalogue.label("figure", parts.first ?? code, in: language)
    guard parts.count > 1 else { return name }
    let part = ["item", "dossier"].lazy
      .map { Catalogue.label($0, parts[1], in: language) }.first { $0 != parts[1] }
    return "\(name) (\(part ?? parts[1]))"
  }
}

extension API.Figure {
  fileprivate func row(_ words: Words) -> [Table.Cell] {
    [
      Table.Cell(code), Table.Cell(words.figure(code)), Table.Cell(""), Table.Cell(text),
      Table.Cell(Catalogue.label("figureUnit", unit, in: words.language)),
      Table.Cell(numerator.map { String($0) } ?? ""),
      Table.Cell(denominator.map { String($0) } ?? ""),
    ]
  }

  /// One row a region, of what the regions count in whole pieces.
  fileprivate func regionRows(_ words: Words) -> [[Table.Cell]] {
    guard byRegion.counts.count > 1 else { return [] }
    let isRate = denominator != nil
    return byRegion.counts.sorted { $0.key < $1.key }.map { region, count in
      let of = ofByRegion.counts[region] ?? 0
      return [
        Table.Cell(code), Table.Cell(""), Table.Cell(region),
        Table.Cell(isRate ? "" : unit == "fen" ? API.Figure.yuan(count) : String(count)),
        Table.Cell(isRate ? "" : Catalogue.label("figureUnit", unit, in: words.language)),
        Table.Cell(isRate ? String(count) : ""), Table.Cell(isRate ? String(of) : ""),
      ]
    }
  }

  /// An amount in fen as 万元 with two decimals, rounded half up as the node rounds the sum.
  private static func yuan(_ fen: Int) -> String {
    let hundredths = fen / 10_000 + (fen % 10_000 >= 5_000 ? 1 : 0)
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}

extension API.FigureEvidence: Pageable {
  func page(_ words: Words) -> Page {
    let rows = evidence.map { line in
      [
        Table.Cell(line.number ?? String(line.dossier.prefix(16))), Table.Cell(line.on),
        Table.Cell(line.region), Table.Cell(line.owner), Table.Cell(String(line.count)),
        Table.Cell(line.record), Table.Cell(line.decision), Table.Cell(line.author),
      ]
    }
    var page = Page(blocks: [
      .table(
        Table(
          columns: words.columns(
            "number", "on", "region", "owner", "count#", "id", "decided_in", "author"),
          rows: rows))
    ])
    page.more(next, words)
    return page
  }
}

extension API.Overdue: Pageable {
  /// Which machine names the state of each type of line.
  private static let groups = ["item": "itemState", "letter": "referral", "course": "stage"]

  func page(_ words: Words) -> Page {
    let rows = lines.map { line in
      [
        Table.Cell(line.number ?? String(line.dossier.prefix(16))), Table.Cell(line.unit),
        Table.Cell(line.dueOn ?? ""),
        Table.Cell(String(line.days), style: line.days > 0 ? .warning : .plain),
        words.code(Self.groups[line.type] ?? "state", line.state),
        words.code("level", line.level),
        Table.Cell(
          line.reasons.joined(separator: " "),
          shown: line.reasons.map { Catalogue.label("overdue", $0, in: words.language) }
            .joined(separator: " ")),
        Table.Cell(line.text, shown: DisplayWidth.truncated(line.text, to: 40)),
        Table.Cell(line.record),
      ]
    }
    var page = Page(blocks: [
      .table(
        Table(
          columns: words.columns(
            "number", "unit", "due_on", "days#", "state", "level", "why", "text", "id"),
          rows: rows))
    ])
    if truncated { page.line(words("list.truncated"), .warning) }
    page.more(next, words)
    return page
  }
}
