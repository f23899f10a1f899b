import Office

extension API.Calendar: Pageable {
  func page(_ words: Words) -> Page {
    let rows = days.map { day in
      [
        Table.Cell(day.day), words.code("calendar", day.working ? "working" : "off"),
        words.code("calendar", day.own ? "own" : "known"), Table.Cell(day.note),
      ]
    }
    var page = Page(blocks: [
      .table(Table(columns: words.columns("on", "day", "entered_by", "note"), rows: rows))
    ])
    page.more(next, words)
    return page
  }
}

extension API.CalendarImport: Pageable {
  func page(_ words: Words) -> Page {
    var page = Page()
    page.line(
      words("calendar.imported", ["entered": "\(entered)", "replaced": "\(replaced)"]), .good)
    page.line("\(words.sign(.next)) guantong calendar list")
    return page
  }
}
