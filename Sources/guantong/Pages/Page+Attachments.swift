import Office

extension API.Attachment {
  /// Attachments as a table; pieces that lack are counted.
  static func table(_ attachments: [API.Attachment], _ words: Words) -> Table {
    Table(
      columns: words.columns("position#", "name", "size#", "state", "pieces", "root"),
      rows: attachments.map { attachment in
        let isMissing = attachment.state == "missing"
        return [
          Table.Cell(String(attachment.position)),
          Table.Cell(attachment.name, shown: DisplayWidth.truncated(attachment.name, to: 40)),
          Table.Cell(String(attachment.size)),
          words.code("attachment", attachment.state, style: isMissing ? .warning : .plain),
          Table.Cell("\(attachment.piecesHave)/\(attachment.piecesTotal)"),
          Table.Cell(attachment.root, shown: String(attachment.root.prefix(16))),
        ]
      })
  }
}

extension API.DraftAttachment: Pageable {
  func page(_ words: Words) -> Page {
    Page(blocks: [
      words.fields([
        "draft": Table.Cell(draft), "position": Table.Cell(String(position)),
        "name": Table.Cell(name), "size": Table.Cell(String(size)),
        "pieces": Table.Cell("\(piecesHave)/\(piecesTotal)"), "root": Table.Cell(root ?? ""),
      ])
    ])
  }
}
