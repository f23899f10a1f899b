import Office

extension API.Rebuild: Pageable {
  func page(_ words: Words) -> Page {
    var page = Page()
    page.line(
      words(
        "rebuild.counts",
        [
          "dossiers": String(dossiers), "changeSets": String(changeSets), "own": String(own),
        ]))
    head(&page, words)
    page.blocks.append(.table(peerTable(words)))
    lost(&page, words)
    page.line(words("rebuild.never"))
    page.blocks.append(
      .table(
        Table(
          columns: words.columns("what"), rows: neverBack.map { [words.code("neverBack", $0)] })))
    if truncated { page.line(words("reconcile.cut", ["limit": String(API.listMax)]), .warning) }
    next(&page, words)
    return page
  }

  /// Who has not answered, and whether somebody else works under the key.
  private func head(_ page: inout Page, _ words: Words) {
    let silent = peers.filter { $0.dialable && !$0.answered }.map(\.agency)
    if !silent.isEmpty {
      page.line(
        "\(words.sign(.waiting)) "
          + words("rebuild.waits", ["peers": silent.joined(separator: ", ")]), .warning)
    }
    let doubled = peers.filter(\.secondNode).map(\.agency)
    if !doubled.isEmpty {
      page.line(
        "\(words.sign(.wrong)) "
          + words("rebuild.secondNode", ["peers": doubled.joined(separator: ", ")]), .bad)
    }
  }

  private func peerTable(_ words: Words) -> Table {
    Table(
      columns: words.columns("agency", "answered", "change_sets#", "own#", "dossiers#"),
      rows: peers.map { peer in
        [
          Table.Cell(peer.agency), words.code("answered", peer.answered ? "true" : "false"),
          Table.Cell(String(peer.changeSets)), Table.Cell(String(peer.own)),
          Table.Cell(String(peer.dossiers)),
        ]
      })
  }

  /// What existed and is nowhere.
  private func lost(_ page: inout Page, _ words: Words) {
    if onlyHere.isEmpty {
      page.line(words("rebuild.whole"))
    } else {
      page.line(words("rebuild.lost", ["count": String(onlyHere.count)]), .bad)
    }
    page.line(words("rebuild.gap"))
    page.blocks.append(
      .table(
        Table(
          columns: words.columns("kind", "what", "through", "count#", "dossier", "witness"),
          rows: onlyHere.map { lost in
            [
              words.code("onlyHere", lost.kind), Table.Cell(lost.what),
              Table.Cell(lost.through ?? ""), Table.Cell(String(lost.count)),
              Table.Cell(lost.dossier ?? ""), Table.Cell(lost.witness ?? ""),
            ]
          }, isHiddenWhenEmpty: true)))
    if !sealedParts.isEmpty {
      page.line(words("rebuild.parts", ["count": String(sealedParts.count)]), .bad)
    }
    page.blocks.append(
      .table(
        Table(
          columns: words.columns("dossier", "change_set", "part#"),
          rows: sealedParts.map {
            [Table.Cell($0.dossier), Table.Cell($0.changeSet), Table.Cell(String($0.part))]
          }, isHiddenWhenEmpty: true)))
    if !attachments.isEmpty {
      page.line(words("rebuild.attachments", ["count": String(attachments.count)]), .warning)
    }
    page.blocks.append(
      .table(
        Table(
          columns: words.columns("dossier", "change_set", "part#", "position#", "pieces"),
          rows: attachments.map {
            [
              Table.Cell($0.dossier), Table.Cell($0.changeSet), Table.Cell(String($0.part)),
              Table.Cell(String($0.position)), Table.Cell("\($0.have)/\($0.pieces)"),
            ]
          }, isHiddenWhenEmpty: true)))
  }

  private func next(_ page: inout Page, _ words: Words) {
    let arrow = words.sign(.next)
    if peers.contains(where: { $0.dialable && !$0.answered }) {
      page.line("\(arrow) \(words("rebuild.next.wait"))")
    }
    guard !resumed else {
      page.line("\(arrow) \(words("rebuild.next.done"))")
      return
    }
    page.line("\(arrow) \(words("rebuild.next.resume", ["agency": agency]))")
    page.line("\(arrow) \(words("rebuild.next.reserve"))")
  }
}
