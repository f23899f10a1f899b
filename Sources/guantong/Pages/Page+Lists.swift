import Office

extension API.DocumentLine {
  /// Documents as a table.
  static func table(_ documents: [API.DocumentLine], _ words: Words) -> Table {
    Table(
      columns: words.columns(
        "document", "form", "number", "version#", "state", "issued_on", "due_on", "author", "to",
        "title"),
      rows: documents.map { document in
        [
          Table.Cell(document.id), words.code("form", document.form),
          Table.Cell(document.number ?? ""), Table.Cell(String(document.version)),
          words.code(states(document), document.state),
          Table.Cell(document.issuedOn), Table.Cell(document.dueOn ?? ""),
          Table.Cell(document.author),
          Table.Cell((document.to + document.cc).joined(separator: " ")),
          Table.Cell(document.title, shown: DisplayWidth.truncated(document.title, to: 40)),
        ]
      })
  }

  /// The table that the state is of: minutes go their own way.
  private static func states(_ document: API.DocumentLine) -> String {
    document.form == "minutes" ? "minutes" : "draft"
  }
}

extension API.DocumentList: Pageable {
  func page(_ words: Words) -> Page {
    var page = Page(blocks: [.table(API.DocumentLine.table(documents, words))])
    page.more(next, words)
    return page
  }
}

extension API.ShownItem: Pageable {
  /// The table that the category is of: a deduction's is its rule.
  private var categories: String { item.kind == "deduction" ? "deduction" : "finding" }

  func page(_ words: Words) -> Page {
    var page = Page(blocks: [
      words.fields([
        "item": Table.Cell(item.id), "dossier": Table.Cell(item.dossier),
        "document": Table.Cell(item.document), "kind": words.code("item", item.kind),
        "author": Table.Cell(item.issuer), "unit": Table.Cell(item.unit ?? ""),
        "co_units": Table.Cell(item.coUnits.joined(separator: " ")),
        "due_on": Table.Cell(item.dueOn ?? ""), "state": words.code("itemState", item.state),
        "level": words.code("level", item.level),
        "category": words.code(categories, item.category), "text": Table.Cell(item.text),
      ])
    ])
    page.add(API.Act.table(acts, words))
    if truncated { page.line(words("list.truncated"), .warning) }
    return page
  }
}

extension API.MeetingLine {
  /// Meetings as a table.
  fileprivate static func table(_ meetings: [API.MeetingLine], _ words: Words) -> Table {
    Table(
      columns: words.columns(
        "number", "held_on", "convenor", "state", "minutes", "resolutions#", "signed_off#",
        "title"),
      rows: meetings.map { meeting in
        [
          Table.Cell(meeting.number ?? meeting.dossier), Table.Cell(meeting.heldOn ?? ""),
          Table.Cell(meeting.convenor), words.code("minutes", meeting.state),
          Table.Cell(meeting.minutesNumber ?? ""), Table.Cell(String(meeting.resolutions)),
          Table.Cell(String(meeting.signedOff)), Table.Cell(meeting.title ?? ""),
        ]
      })
  }
}

extension API.MeetingList: Pageable {
  func page(_ words: Words) -> Page {
    var page = Page(blocks: [.table(API.MeetingLine.table(meetings, words))])
    page.more(next, words)
    return page
  }
}

extension API.MinutesReport: Pageable {
  func page(_ words: Words) -> Page {
    var page = Page()
    page.line(
      words(
        "report.minutes",
        [
          "year": String(year), "held": String(held), "issued": String(issued),
          "resolutions": String(resolutions), "signed_off": String(signedOff),
        ]), .bold)
    page.blocks.append(.table(API.MeetingLine.table(meetings, words)))
    page.more(next, words)
    return page
  }
}
