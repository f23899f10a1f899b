import Office

extension API.SealedList: Pageable {
  func page(_ words: Words) -> Page {
    let rows = parts.map { part in
      [
        Table.Cell(part.changeSet), Table.Cell(String(part.part)), Table.Cell(part.author),
        words.code("sealed", part.state, style: part.state == "destroyed" ? .bad : .plain),
        Table.Cell(part.audience.joined(separator: " ")),
        Table.Cell(part.openedTo.joined(separator: " ")),
        Table.Cell(part.hash, shown: String(part.hash.prefix(16))),
        Table.Cell(part.destroyedBy ?? "", shown: String((part.destroyedBy ?? "").prefix(16))),
      ]
    }
    var page = Page(blocks: [
      .table(
        Table(
          columns: words.columns(
            "change_set", "part#", "author", "state", "audience", "opened_to", "hash",
            "destroyed_by"), rows: rows))
    ])
    if truncated { page.line(words("list.truncated"), .warning) }
    return page
  }
}
