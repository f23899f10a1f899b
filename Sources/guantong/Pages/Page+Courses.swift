import Office

extension API.CourseList: Pageable {
  func page(_ words: Words) -> Page {
    let rows = courses.map { entry in
      [
        Table.Cell(entry.number ?? entry.dossier), Self.kind(entry.kind, words),
        Table.Cell(entry.author), words.code("stage", entry.course.stage),
        Table.Cell(entry.course.stageOn ?? ""), Table.Cell(entry.course.handler ?? ""),
        Table.Cell(entry.title ?? ""),
      ]
    }
    var page = Page(blocks: [
      .table(
        Table(
          columns: words.columns(
            "dossier", "kind", "author", "stage", "on", "handler", "title"),
          rows: rows))
    ])
    page.more(next, words)
    return page
  }

  /// What people call the kind, whichever table it is of.
  private static func kind(_ code: String, _ words: Words) -> Table.Cell {
    let group = ["dossier", "form", "item"].first { Catalogue.contains("\($0).\(code)") }
    return words.code(group ?? "dossier", code)
  }
}
