import Office

extension API.Statement: Pageable {
  func page(_ words: Words) -> Page {
    var page = Page()
    page.line(
      words(
        "statement.heading",
        ["agency": agency, "peer": peer, "period": period, "first": firstDay, "last": lastDay]),
      .bold)
    let (sign, style): (Words.Sign, Style) =
      switch outcome {
      case "agreed": (.right, .good)
      case "differs": (.wrong, .bad)
      default: (.waiting, .plain)
      }
    page.line("\(words.sign(sign)) \(words("statement.\(outcome)"))", style)
    page.blocks.append(.table(flowTable(words)))
    page.add(totalTable(words))
    page.add(documentTable(words))
    page.add(differenceTable(words))
    if truncated { page.line(words("statement.cut", ["limit": String(API.listMax)]), .warning) }
    return page
  }

  private func flowTable(_ words: Words) -> Table {
    Table(
      columns: words.columns(
        "from", "addressee", "counted", "issued#", "signed_for#", "in_transit#", "accepted#",
        "returned#", "forwarded#", "undecided#", "withdrawn#", "awaiting#", "disposals"),
      rows: flows.map { flow in
        let counts = [
          flow.issued, flow.received, flow.inTransit, flow.accepted, flow.returned,
          flow.forwarded, flow.pending, flow.withdrawn, flow.awaiting,
        ]
        let disposals = flow.disposals.map { (code: $0.disposal, count: $0.count) }
        let shown = disposals.map {
          "\(Catalogue.label("disposal", $0.code, in: words.language)) \($0.count)"
        }
        return [
          Table.Cell(flow.from), Table.Cell(flow.to), words.code("statementUnit", flow.unit),
        ] + counts.map { Table.Cell(String($0)) } + [
          Table.Cell(
            disposals.map { "\($0.code)=\($0.count)" }.joined(separator: " "),
            shown: shown.joined(separator: " "))
        ]
      })
  }

  private func totalTable(_ words: Words) -> Table {
    Table(
      columns: words.columns("author", "kind", "count#", "amount#"),
      rows: totals.map { total in
        [
          Table.Cell(total.author), words.code("result", total.kind),
          Table.Cell(String(total.count)), Table.Cell(String(total.amount)),
        ]
      }, isHiddenWhenEmpty: true)
  }

  private func documentTable(_ words: Words) -> Table {
    Table(
      columns: words.columns(
        "document", "number", "author", "issued_on", "stage", "confirmed", "disputed", "equal"),
      rows: documents.map { document in
        let verdict = !document.readable ? "unreadable" : document.equal ? "yes" : "no"
        return [
          Table.Cell(document.document), Table.Cell(document.number ?? ""),
          Table.Cell(document.author), Table.Cell(document.issuedOn),
          words.code("stage", document.stage),
          Table.Cell(document.confirmed.joined(separator: " ")),
          Table.Cell(document.disputed.joined(separator: " ")),
          words.code("statement", verdict, style: document.equal ? .good : .bad),
        ]
      }, isHiddenWhenEmpty: true)
  }

  private func differenceTable(_ words: Words) -> Table {
    Table(
      columns: words.columns(
        "number", "subject", "ours", "theirs", "missing_there", "missing_here", "must_act"),
      rows: differences.map { piece in
        [
          Table.Cell(piece.number ?? ""), Table.Cell(piece.subject), Table.Cell(piece.ours ?? ""),
          Table.Cell(piece.theirs ?? ""), Table.Cell(piece.onlyOurs.joined(separator: " ")),
          Table.Cell(piece.onlyTheirs.joined(separator: " ")),
          Table.Cell(piece.mustAct.joined(separator: " ")),
        ]
      }, isHiddenWhenEmpty: true)
  }
}
