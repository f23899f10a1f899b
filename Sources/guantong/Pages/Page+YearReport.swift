import Office

extension API.ReportDifferences: Pageable {
  func page(_ words: Words) -> Page {
    var page = Page()
    page.line(
      words(
        "report.against",
        [
          "year": String(year), "number": number ?? report, "author": author, "frozen": asOf,
          "rule": String(ruleVersion), "day": comparedAsOf,
        ]), .bold)
    if contributor != nil { page.line(words("report.extract")) }
    if !differences.isEmpty {
      page.line("\(words.sign(.wrong)) \(words("report.otherwise"))", .bad)
    } else if unreadable > 0 || !lacking.isEmpty {
      page.line("\(words.sign(.warning)) \(words("report.sameInPart"))", .warning)
    } else {
      page.line("\(words.sign(.right)) \(words("report.same"))", .good)
    }
    if unreadable > 0 {
      let counted = words("report.unreadable", ["count": String(unreadable)])
      page.line("\(words.sign(.warning)) \(counted)", .warning)
    }
    let lists = [
      ("report.lacking", lacking), ("report.missing", missing), ("report.disputed", disputed),
    ]
    for (key, agencies) in lists {
      guard !agencies.isEmpty else { continue }
      let named = words(key, ["agencies": agencies.joined(separator: " ")])
      page.line("\(words.sign(.warning)) \(named)", .warning)
    }
    page.blocks.append(.table(figureTable(words)))
    page.add(differenceTable(words))
    if truncated { page.line(words("list.truncated"), .warning) }
    return page
  }

  private func figureTable(_ words: Words) -> Table {
    Table(
      columns: words.columns("figure", "name", "published#", "current#", "measure"),
      rows: figures.map { figure in
        let isSame = figure.published == figure.current && figure.publishedOf == figure.currentOf
        return [
          Table.Cell(figure.code), Table.Cell(words.figure(figure.code)),
          Table.Cell(figure.publishedText),
          Table.Cell(figure.currentText, style: isSame ? .plain : .bad),
          Table.Cell(Catalogue.label("figureUnit", figure.unit, in: words.language)),
        ]
      })
  }

  private func differenceTable(_ words: Words) -> Table {
    Table(
      columns: words.columns(
        "figure", "region", "contributor", "published#", "current#", "dossier", "id", "mark",
        "cause"),
      rows: differences.map { line in
        [
          Table.Cell(line.figure), Table.Cell(line.region), Table.Cell(line.contributor),
          Table.Cell(line.published.map { String($0) } ?? ""),
          Table.Cell(line.current.map { String($0) } ?? ""),
          Table.Cell(line.dossier.map { String($0.prefix(16)) } ?? ""),
          Table.Cell(line.record ?? ""), Table.Cell(line.mark ?? ""),
          Table.Cell(
            line.causes.map(\.record).joined(separator: " "),
            shown: line.causes.map { $0.shown(words) }.joined(separator: "; ")),
        ]
      }, isHiddenWhenEmpty: true)
  }
}

extension API.ReportCause {
  /// What it is, by whom and when.
  fileprivate func shown(_ words: Words) -> String {
    let name = Catalogue.label(type, what, in: words.language)
    let parts = [on ?? "", author, name, revokes ? words("report.revoked") : ""]
    return parts.filter { !$0.isEmpty }.joined(separator: " ")
  }
}
