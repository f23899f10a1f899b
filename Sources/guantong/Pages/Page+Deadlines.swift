import Office

extension API.DeadlineList: Pageable {
  func page(_ words: Words) -> Page {
    let rows = deadlines.map { line in
      [
        words.code("lamp", line.lamp, style: Self.style(line.lamp)), Table.Cell(line.dueOn),
        Table.Cell(String(line.daysLeft)), Table.Cell(line.owes),
        words.code("deadline", line.rule ?? "stated"),
        words.code("dossier", line.kind), Table.Cell(line.number ?? line.dossier),
        Table.Cell(line.subject), Table.Cell(line.waitingOn ?? ""),
        words.code("level", line.level), words.code("level", line.suggestion),
      ]
    }
    var page = Page(blocks: [
      .table(
        Table(
          columns: words.columns(
            "lamp", "due_on", "days_left#", "owes", "deadline", "kind", "dossier", "subject",
            "waiting_on", "level", "suggestion"),
          rows: rows))
    ])
    page.more(next, words)
    if truncated { page.line(words("list.truncated"), .warning) }
    if let seconds = clockAheadSeconds {
      let span = LocalTime.span(seconds.magnitude, words: words)
      page.line(
        "\(words.sign(.warning)) \(words("deadlines.clock", ["time": span]))", .warning)
    }
    return page
  }

  private static func style(_ lamp: String) -> Style {
    switch lamp {
    case "amber": .warning
    case "red", "black": .bad
    case "paused": .dim
    default: .good
    }
  }
}
