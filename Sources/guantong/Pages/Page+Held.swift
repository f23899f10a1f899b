import Office

extension API.ShownHeld: Pageable {
  func page(_ words: Words) -> Page {
    var page = Page(blocks: [
      words.fields([
        "change_set": Table.Cell(id), "author": Table.Cell(author), "dossier": Table.Cell(dossier),
        "sequence": Table.Cell(sequence > 0 ? String(sequence) : ""),
        "reason": words.code("hold", reason), "since": words.time(since),
        "asked": Table.Cell(asked.joined(separator: " ")),
      ])
    ])
    page.add(
      Table(
        columns: words.columns("missing", "state"),
        rows: missing.map { [Table.Cell($0.id), words.code("awaited", $0.state)] }))
    page.add(
      Table(
        columns: words.columns("from", "reason", "since", "size#"),
        rows: copies.map { copy in
          [
            Table.Cell(copy.from), words.code("hold", copy.reason), words.time(copy.since),
            Table.Cell(String(copy.bytes)),
          ]
        }))
    if truncated { page.line(words("list.truncated"), .warning) }
    page.line("\(words.sign(.next)) \(words("hold.next.\(reason)", ["id": id]))", .dim)
    return page
  }
}

extension API.HeldRetry: Pageable {
  func page(_ words: Words) -> Page {
    var page = Page()
    guard judged > 0 else {
      page.line(words("held.none"), .good)
      return page
    }
    let counts = [
      "judged": String(judged), "stored": String(stored), "rejected": String(rejected),
      "waiting": String(waiting),
    ]
    page.line(words("held.retried", counts), waiting == 0 ? .good : .warning)
    page.blocks.append(
      .table(
        Table(
          columns: words.columns("peer", "asked#", "stored#", "held#", "last_error"),
          rows: peers.map { peer in
            [
              Table.Cell(peer.agency), Table.Cell(String(peer.asked)),
              Table.Cell(String(peer.stored)), Table.Cell(String(peer.held)),
              Table.Cell(peer.error ?? "", style: .bad),
            ]
          }, isHiddenWhenEmpty: true)))
    if waiting > 0, peers.isEmpty { page.line(words("held.nobody"), .warning) }
    if truncated { page.line(words("held.more"), .warning) }
    return page
  }
}

extension API.ShownRejected: Pageable {
  func page(_ words: Words) -> Page {
    var page = Page(blocks: [
      words.fields([
        "change_set": Table.Cell(id), "reason": words.code("rejection", reason, style: .bad),
        "author": Table.Cell(author), "dossier": Table.Cell(dossier),
        "sequence": Table.Cell(sequence > 0 ? String(sequence) : ""),
        "key": Table.Cell(header?.key ?? ""), "directory": Table.Cell(header?.directory ?? ""),
        "previous": Table.Cell(header?.previous ?? ""),
        "parents": Table.Cell((header?.parents ?? []).joined(separator: " ")),
        "authored_at": words.time(header?.authoredAt),
      ])
    ])
    page.add(
      Table(
        columns: words.columns("from", "reason", "since", "size#", "digest"),
        rows: deliveries.map { delivery in
          [
            Table.Cell(delivery.from), words.code("rejection", delivery.reason),
            words.time(delivery.since), Table.Cell(String(delivery.bytes)),
            Table.Cell(delivery.digest),
          ]
        }))
    if truncated { page.line(words("list.truncated"), .warning) }
    if marked { page.line(words("rejected.marked"), .dim) }
    if deliveries.isEmpty { page.line(words("rejected.forgotten"), .dim) }
    // With the copy it is forgotten who that was.
    let whom = author.isEmpty ? words("rejected.author") : author
    let next = words("rejection.next.\(Self.step(about: reason))", ["author": whom])
    page.line("\(words.sign(.next)) \(next)", .dim)
    return page
  }

  /// Whose turn it is about a reason.
  private static func step(about reason: String) -> String {
    switch reason {
    case "no-grant": "grant"
    case "key-unknown", "key-foreign", "key-withdrawn": "key"
    case "directory-entry", "directory-foreign", "directory-older": "directory"
    case "rejected-ancestor": "ancestor"
    default: "program"
    }
  }
}
