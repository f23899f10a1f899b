import Office

extension API.Matrix: Pageable {
  func page(_ words: Words) -> Page {
    var page = Page()
    let period = quarter.map { "\(year) Q\($0)" } ?? String(year)
    page.line(
      words("report.matrix", ["period": period, "day": asOf, "rule": String(ruleVersion)]), .bold)
    if unreadable > 0 {
      page.line(
        "\(words.sign(.warning)) \(words("report.unreadable", ["count": String(unreadable)]))",
        .warning)
    }
    let columns = kinds.map { kind in
      Table.Column(
        name: kind, title: Catalogue.label("oversight", kind, in: words.language), isNumeric: true)
    }
    let rows = kinds.map { from in
      [words.code("oversight", from)]
        + kinds.map { to in
          let value = cells.first { $0.from == from && $0.to == to }?.value ?? 0
          return Table.Cell(String(value), style: value > 0 ? .bold : .plain)
        }
    }
    page.blocks.append(.table(Table(columns: words.columns("from") + columns, rows: rows)))
    return page
  }
}

extension API.Deductions: Pageable {
  func page(_ words: Words) -> Page {
    var page = Page()
    for unit in units {
      page.line(
        words(
          "deductions.unit",
          [
            "unit": unit.unit, "points": DeductionPoints.text(unit.points),
            "assessed": String(unit.assessed), "open": DeductionPoints.text(unit.openPoints),
            "count": String(unit.open),
          ]), .bold)
    }
    let rows = lines.map { line in
      [
        Table.Cell(line.unit), words.code("deduction", line.rule),
        Table.Cell(DeductionPoints.text(line.points)), Table.Cell(String(line.days)),
        Table.Cell(line.number ?? String((line.dossier ?? "").prefix(16))),
        Table.Cell(line.text, shown: DisplayWidth.truncated(line.text, to: 40)),
        Table.Cell(line.assessmentNumber ?? ""), words.code("stage", line.stage),
        words.code("stage", line.said), Table.Cell(line.record),
      ]
    }
    page.blocks.append(
      .table(
        Table(
          columns: words.columns(
            "unit", "rule", "points#", "days#", "number", "text", "assessment", "stage", "said",
            "id"),
          rows: rows)))
    if truncated { page.line(words("list.truncated"), .warning) }
    page.more(next, words)
    return page
  }
}

extension API.Plans: Pageable {
  func page(_ words: Words) -> Page {
    var page = Page()
    page.line(
      words(
        "plans.done",
        [
          "year": String(year), "planned": String(planned), "done": String(done), "day": asOf,
        ]), .bold)
    let overlapping = items.count { !$0.overlaps.isEmpty }
    if overlapping > 0 {
      page.line(
        "\(words.sign(.warning)) \(words("plans.overlap", ["count": String(overlapping)]))",
        .warning)
    }
    let rows = items.map { item in
      [
        Table.Cell(item.number), Table.Cell(String(item.position)), Table.Cell(item.author),
        Table.Cell(item.unit ?? ""), Table.Cell(item.coUnits.joined(separator: " ")),
        Table.Cell(item.dueOn ?? ""), Table.Cell(item.approval ?? ""),
        words.code("stage", item.stage),
        Table.Cell(item.inspections.map { String($0.prefix(16)) }.joined(separator: " ")),
        Table.Cell(
          item.overlaps.joined(separator: " "), style: item.overlaps.isEmpty ? .plain : .warning),
        Table.Cell(item.text, shown: DisplayWidth.truncated(item.text, to: 40)),
        Table.Cell(item.item),
      ]
    }
    page.blocks.append(
      .table(
        Table(
          columns: words.columns(
            "plan", "position#", "author", "unit", "co_units", "due_on", "approval", "stage",
            "inspections", "overlaps", "text", "id"),
          rows: rows)))
    if truncated { page.line(words("list.truncated"), .warning) }
    page.more(next, words)
    return page
  }
}
