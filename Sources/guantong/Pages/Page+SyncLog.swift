import Office

extension API.SyncLog: Pageable {
  func page(_ words: Words) -> Page {
    var page = Page(blocks: [
      .table(
        Table(
          columns: words.columns("at", "peer", "kind", "count#", "reason"),
          rows: entries.map { $0.row(words) }))
    ])
    if truncated { page.line(words("list.truncated"), .dim) }
    return page
  }
}

extension API.SyncEntry {
  fileprivate func row(_ words: Words) -> [Table.Cell] {
    [
      words.time(at), Table.Cell(peer), words.code("exchanged", kind, style: style),
      Table.Cell(String(count)), reason(words),
    ]
  }

  private var style: Style {
    switch kind {
    case "alarm", "failed", "rejected": .bad
    case "held": .warning
    default: .plain
    }
  }

  /// What is told beside the kind: a code for programs and words for people.
  private func reason(_ words: Words) -> Table.Cell {
    func label(_ group: String) -> String {
      code.map { Catalogue.label(group, $0, in: words.language) } ?? ""
    }
    let raw = [code, number.map { String($0) }, detail].compactMap { $0 }.joined(separator: " ")
    let shown =
      switch kind {
      case "confirmed":
        words(
          (untaken ?? 0) > 0 ? "exchanged.upToBut" : "exchanged.upTo",
          ["number": String(number ?? 0), "untaken": String(untaken ?? 0)])
      case "held": label("hold")
      case "rejected": label("rejection")
      case "alarm": [label("alarm"), detail ?? ""].joined(separator: " ")
      case "operator": [label("exchangeAct"), detail ?? ""].joined(separator: " ")
      default: detail ?? ""
      }
    return Table.Cell(raw, shown: shown)
  }
}
