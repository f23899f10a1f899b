import Office

extension API.DeskList: Pageable {
  func page(_ words: Words) -> Page {
    Page(blocks: [.table(API.HostedDesk.table(desks, words))])
  }
}

extension API.HostedDesk: Pageable {
  func page(_ words: Words) -> Page {
    var page = Page(blocks: [
      words.fields([
        "agency": Table.Cell(agency), "state": words.code("desk", state),
        "fingerprint": Table.Cell(fingerprint ?? ""), "public_key": Table.Cell(publicKey ?? ""),
      ])
    ])
    if state == "prepared" {
      let values = [
        "agency": agency, "key": publicKey ?? "", "fingerprint": fingerprint ?? "",
      ]
      page.line(words("desk.next.prepared", values), .dim)
    }
    return page
  }

  /// Desks as a table.
  static func table(_ desks: [API.HostedDesk], _ words: Words) -> Table {
    Table(
      columns: words.columns("desk", "agency", "state", "fingerprint", "next_fingerprint"),
      rows: desks.map { desk in
        let isGood = desk.state == "open" || desk.state == "prepared"
        return [
          Table.Cell(desk.agency), Table.Cell(desk.name ?? ""),
          words.code("desk", desk.state, style: isGood ? .plain : .warning),
          Table.Cell(desk.fingerprint ?? ""), Table.Cell(desk.nextFingerprint ?? ""),
        ]
      })
  }
}
