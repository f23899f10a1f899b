import Office

extension API.Status: Pageable {
  func page(_ words: Words) -> Page { page(words, wide: false) }

  /// The page; wide adds the last error of each peer and how far its clock is ahead.
  func page(_ words: Words, wide: Bool) -> Page {
    var page = Page()
    let who = name.map { "\($0) (\(agency))" } ?? agency
    let sample = node.sample ? "  [\(words("sample"))]" : ""
    page.line("\(words("product")) · \(who)\(sample)   \(LocalTime.clock(now))", .bold)
    if !node.ready {
      let reasons = node.notReady.map { Catalogue.label("notReady", $0, in: words.language) }
      let text = words("status.notReady", ["reasons": reasons.joined(separator: ", ")])
      page.line("\(words.sign(.warning)) \(text)", .warning)
    }
    if node.directory == nil { page.line(words("status.notJoined"), .warning) }
    var columns = words.columns(
      "code", "agency", "state", "last_received_at", "outgoing#", "incoming#", "held#",
      "rejected#", "forks#")
    if wide { columns += words.columns("last_error", "clock_ahead_seconds#") }
    let rows = peers.map { peer in
      let cells = [
        Table.Cell(peer.agency), Table.Cell(peer.name ?? ""), peer.stateCell(words),
        Table.Cell(
          peer.lastReceivedAt ?? "",
          shown: LocalTime.ago(peer.lastReceivedAt, now: now, words: words)),
        Table.Cell(String(peer.outgoing)), Table.Cell(String(peer.incoming)),
        Table.Cell(String(peer.held)), Table.Cell(String(peer.rejected)),
        Table.Cell(String(peer.forks), style: peer.forks > 0 ? .bad : .plain),
      ]
      guard wide else { return cells }
      let clock = peer.clockAheadSeconds.map { String($0) } ?? ""
      return cells + [Table.Cell(peer.lastError ?? ""), Table.Cell(clock)]
    }
    page.blocks.append(.table(Table(columns: columns, rows: rows)))
    if !desks.isEmpty { page.blocks.append(.table(API.HostedDesk.table(desks, words))) }
    for peer in peers {
      guard let seconds = peer.clockAheadSeconds else { continue }
      let key = seconds > 0 ? "status.clockAhead" : "status.clockBehind"
      let text = words(
        key, ["peer": peer.agency, "time": LocalTime.span(seconds.magnitude, words: words)])
      page.line(
        peer.clockFlagged ? "\(words.sign(.warning)) \(text)" : text,
        peer.clockFlagged ? .warning : .plain)
    }
    return page
  }
}

extension API.PeerState {
  fileprivate func stateCell(_ words: Words) -> Table.Cell {
    let look: (sign: Words.Sign, style: Style) =
      switch state {
      case "equal": (.good, .good)
      case "behind", "pending": (.warning, .warning)
      default: (.bad, .bad)
      }
    let label = Catalogue.label("peer", state, in: words.language)
    return Table.Cell(state, shown: "\(words.sign(look.sign)) \(label)", style: look.style)
  }
}

extension API.Version: Pageable {
  func page(_ words: Words) -> Page {
    Page(blocks: [
      words.fields([
        "version": Table.Cell(version), "commit": Table.Cell(commit),
        "formats": Table.Cell(formats.map(String.init).joined(separator: " ")),
        "peer_protocol": Table.Cell(String(peerProtocol)),
        "postgres": Table.Cell(postgres ?? ""),
      ])
    ])
  }
}

extension API.Sync: Pageable {
  func page(_ words: Words) -> Page {
    let rows = peers.map { peer in
      [
        Table.Cell(peer.agency), words.code("peer", peer.state),
        Table.Cell(String(peer.received)), Table.Cell(String(peer.outgoing)),
        Table.Cell(peer.error ?? ""),
      ]
    }
    return Page(blocks: [
      .table(
        Table(
          columns: words.columns("code", "state", "received#", "outgoing#", "last_error"),
          rows: rows))
    ])
  }
}

extension API.Clock: Pageable {
  func page(_ words: Words) -> Page {
    Page(blocks: [words.fields(["now": Table.Cell(now, shown: LocalTime.clock(now))])])
  }
}

extension API.Link: Pageable {
  func page(_ words: Words) -> Page {
    Page(blocks: [.line(words(cut ? "link.cut" : "link.joined"))])
  }
}
