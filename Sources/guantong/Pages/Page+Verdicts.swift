import Office

extension API.VoidList: Pageable {
  func page(_ words: Words) -> Page {
    let rows = voids.map { entry in
      [
        Table.Cell(entry.id), Table.Cell(entry.author), Table.Cell(entry.dossier),
        Table.Cell(entry.part.map(String.init) ?? ""),
        Table.Cell(entry.record.map(String.init) ?? ""), words.code("void", entry.reason),
      ]
    }
    var page = Page(blocks: [
      .table(
        Table(
          columns: words.columns("change_set", "author", "dossier", "part", "record", "reason"),
          rows: rows))
    ])
    page.more(next, words)
    return page
  }
}

extension API.AlarmList: Pageable {
  func page(_ words: Words) -> Page {
    let rows = alarms.map { alarm in
      [
        Table.Cell(alarm.peer), words.code("alarm", alarm.kind, style: .bad),
        Table.Cell(alarm.subject),
        Table.Cell(alarm.at, shown: LocalTime.clock(alarm.at)), Table.Cell(alarm.evidence),
      ]
    }
    var page = Page(blocks: [
      .table(
        Table(
          columns: words.columns("peer", "kind", "subject", "at", "evidence"), rows: rows))
    ])
    page.more(next, words)
    return page
  }
}
