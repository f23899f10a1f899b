import Office

extension API.ReconcilePeer: Pageable {
  func page(_ words: Words) -> Page { Self.page(of: [self], words) }

  /// One page for comparisons with several peers: a line for each, and one table of all.
  static func page(of answers: [API.ReconcilePeer], _ words: Words) -> Page {
    var page = Page()
    for answer in answers { answer.summary(words, &page) }
    let columns = words.columns("peer", "sign", "dossier", "author", "sequence#", "change_set")
    page.blocks.append(
      .table(Table(columns: columns, rows: answers.flatMap(\.rows), isHiddenWhenEmpty: true)))
    return page
  }

  /// What stands for a peer that could not be compared.
  init(unreached peer: String) {
    self.init(
      peer: peer, sharedDossiers: 0, equal: 0, inFlight: 0, repaired: 0, roundTrips: 0, bytes: 0,
      milliseconds: 0)
  }

  private func summary(_ words: Words, _ page: inout Page) {
    let verdict = words(consistent ? "reconcile.equal" : "reconcile.differs")
    let sign = words.sign(consistent ? .right : .wrong)
    let counts = words(
      "reconcile.counts",
      [
        "peer": peer, "shared": String(sharedDossiers), "equal": String(equal),
        "local": String(onlyLocalTotal), "remote": String(onlyRemoteTotal),
        "differing": String(differingTotal), "errors": String(errors.count),
        "flight": String(inFlight), "rounds": String(roundTrips), "bytes": String(bytes),
        "milliseconds": String(milliseconds),
      ])
    page.line("\(sign) \(verdict)  \(counts)", consistent ? .good : .bad)
    page.afterwards(words, repaired, isRehearsal: dryRun, skipped.count, isCut: truncated)
  }

  private var rows: [[Table.Cell]] {
    onlyLocal.map { row("+", $0.dossier, $0.author, $0.sequence, $0.id) }
      + onlyRemote.map { row("-", $0.dossier, $0.author, $0.sequence, $0.id) }
      + differing.map {
        row("*", $0.dossier, $0.author, $0.sequence, $0.ids.joined(separator: " "))
      }
      + errors.map { row("!", "", $0.code, 0, $0.detail) }
      + skipped.map { row("!", $0.dossier, $0.author, $0.sequence, $0.id) }
  }

  private func row(
    _ sign: String, _ dossier: String, _ author: String, _ sequence: Int, _ id: String
  ) -> [Table.Cell] {
    [
      Table.Cell(peer), Table.Cell(sign), Table.Cell(dossier, shown: String(dossier.prefix(16))),
      Table.Cell(author), Table.Cell(String(sequence)), Table.Cell(id),
    ]
  }
}

extension API.ReconcileSelf: Pageable {
  func page(_ words: Words) -> Page {
    var page = Page()
    let verdict =
      consistent
      ? after.map { words("reconcile.rest", ["after": $0]) } ?? words("reconcile.whole")
      : words("reconcile.damaged")
    let sign = words.sign(consistent ? .right : .wrong)
    let counts = words(
      "reconcile.checked",
      [
        "changeSets": String(changeSetsChecked), "rows": String(rowsChecked),
        "holes": String(holesTotal), "differing": String(differingTotal),
      ])
    page.line("\(sign) \(verdict)  \(counts)", consistent ? .good : .bad)
    if dossiersUncompared > 0 {
      page.line(
        words("reconcile.uncompared", ["count": String(dossiersUncompared)]), .warning)
    }
    page.afterwards(
      words, repaired, isRehearsal: dryRun, skippedHoles.count + skippedRows.count,
      isCut: truncated)
    let rows =
      holes.map {
        [
          Table.Cell("-"), Table.Cell("ledger"), words.code("row", "hole"),
          Table.Cell($0.id, shown: $0.shown(words)),
        ]
      }
      + differing.map {
        [Table.Cell("*"), Table.Cell($0.table), words.code("row", $0.kind), Table.Cell($0.id)]
      }
      + (skippedHoles.map { ("ledger", $0.id) } + skippedRows.map { ($0.table, $0.id) }).map {
        [Table.Cell("!"), Table.Cell($0.0), words.code("row", "skipped"), Table.Cell($0.1)]
      }
    page.blocks.append(
      .table(
        Table(
          columns: words.columns("sign", "table", "kind", "id"), rows: rows,
          isHiddenWhenEmpty: true)))
    return page
  }
}

extension API.ChangeSetPlace {
  /// What people read of a hole: whose it is, which is not always known.
  fileprivate func shown(_ words: Words) -> String {
    guard !author.isEmpty else { return words("hole.unknown", ["id": id]) }
    return words("hole.known", ["id": id, "author": author, "sequence": String(sequence)])
  }
}

extension Page {
  /// Says what a repair did, or would do, what it left alone, and that lists are cut.
  fileprivate mutating func afterwards(
    _ words: Words, _ repaired: Int, isRehearsal: Bool, _ skipped: Int, isCut: Bool
  ) {
    if isRehearsal {
      line(words("reconcile.rehearsed", ["count": String(repaired)]))
    } else if repaired > 0 {
      line(words("reconcile.repaired", ["count": String(repaired)]), .good)
    }
    if skipped > 0 { line(words("reconcile.skipped", ["count": String(skipped)]), .warning) }
    if isCut { line(words("reconcile.cut", ["limit": String(API.listMax)]), .warning) }
  }
}

extension API.Resume: Pageable {
  func page(_ words: Words) -> Page {
    var page = Page()
    if !restored, confirmed { page.line(words("resume.free"), .good) }
    if !confirmed { page.line(words("resume.unconfirmed"), .bad) }
    if restored {
      let facts = [
        "witness": witness ?? "-", "since": since.map { LocalTime.clock($0) } ?? "-",
        "returned": String(returned.count), "held": String(held.count),
      ]
      page.line(words("resume.restored", facts), .bad)
    }
    if resumed {
      page.line(words("resume.done"), .good)
    } else if restored || !confirmed {
      page.line(words("resume.next", ["agency": agency]))
    }
    let rows =
      returned.map { Self.row("-", $0) } + held.map { Self.row("!", $0) }
    page.blocks.append(
      .table(
        Table(
          columns: words.columns("sign", "dossier", "author", "sequence#", "change_set"),
          rows: rows)))
    return page
  }

  private static func row(_ sign: String, _ place: API.ChangeSetPlace) -> [Table.Cell] {
    [
      Table.Cell(sign), Table.Cell(place.dossier, shown: String(place.dossier.prefix(16))),
      Table.Cell(place.author), Table.Cell(String(place.sequence)), Table.Cell(place.id),
    ]
  }
}

extension API.HeldList: Pageable {
  func page(_ words: Words) -> Page {
    let rows = held.map { held in
      [
        Table.Cell(held.id), Table.Cell(held.author), Table.Cell(held.dossier),
        words.code("hold", held.reason), Table.Cell(held.missing.joined(separator: " ")),
        Table.Cell(held.from), Table.Cell(held.since, shown: LocalTime.clock(held.since)),
      ]
    }
    var page = Page(blocks: [
      .table(
        Table(
          columns: words.columns(
            "change_set", "author", "dossier", "reason", "missing", "from", "since"), rows: rows))
    ])
    page.more(next, words)
    return page
  }
}

extension API.RejectedList: Pageable {
  func page(_ words: Words) -> Page {
    let rows = rejected.map { rejected in
      [
        Table.Cell(rejected.id), Table.Cell(rejected.author), Table.Cell(rejected.dossier),
        words.code("rejection", rejected.reason), Table.Cell(rejected.from),
        Table.Cell(rejected.since, shown: LocalTime.clock(rejected.since)),
      ]
    }
    var page = Page(blocks: [
      .table(
        Table(
          columns: words.columns("change_set", "author", "dossier", "reason", "from", "since"),
          rows: rows))
    ])
    page.more(next, words)
    return page
  }
}

extension API.Shown: Pageable {
  func page(_ words: Words) -> Page {
    var page = Page(blocks: [
      words.fields([
        "kind": words.code("shown", kind), "id": Table.Cell(id),
        "change_set": Table.Cell(changeSet), "dossier": Table.Cell(dossier),
        "author": Table.Cell(author), "sequence": Table.Cell(String(sequence)),
        "previous": Table.Cell(previous ?? ""),
        "parents": Table.Cell(parents.joined(separator: " ")), "key": Table.Cell(key),
        "authored_at": Table.Cell(authoredAt, shown: LocalTime.clock(authoredAt)),
        "stored_at": Table.Cell(storedAt, shown: LocalTime.clock(storedAt)),
        "from": Table.Cell(from ?? ""), "standing": words.code("standing", standing),
        "void_reason": words.code("void", voidReason, style: .bad),
      ])
    ])
    for record in records {
      page.line("")
      page.line("\(Catalogue.label("shown", record.type, in: words.language)) \(record.id)", .bold)
      page.blocks.append(
        .fields(record.fields.map { (name: $0.name, title: $0.name, cell: Table.Cell($0.value)) }))
    }
    let receipts = received.map { receipt in
      [
        Table.Cell(receipt.agency),
        Table.Cell(receipt.storedAt, shown: LocalTime.clock(receipt.storedAt)),
      ]
    }
    page.add(Table(columns: words.columns("reader", "stored_at"), rows: receipts))
    return page
  }
}
