import Office

extension API.Item {
  /// Items as a table.
  static func table(_ items: [API.Item], _ words: Words) -> Table {
    Table(
      columns: words.columns(
        "item", "number#", "kind", "unit", "due_on", "state", "level", "text"),
      rows: items.map { item in
        [
          Table.Cell(item.id), Table.Cell(String(item.number)), words.code("item", item.kind),
          Table.Cell(item.unit ?? ""), item.dueCell(words),
          words.code("itemState", item.state, style: item.newMaterial ? .warning : .plain),
          words.code("level", item.level),
          Table.Cell(item.text, shown: DisplayWidth.truncated(item.text, to: 40)),
        ]
      })
  }

  /// The due date, and whether it is one for good.
  private func dueCell(_ words: Words) -> Table.Cell {
    let due = dueOn ?? ""
    return Table.Cell(due, shown: longTerm ? "\(due) \(words("item.longTerm"))" : due)
  }
}

extension API.ItemList: Pageable {
  func page(_ words: Words) -> Page {
    var page = Page(blocks: [.table(API.Item.table(items, words))])
    page.more(next, words)
    return page
  }
}

extension API.ClueList: Pageable {
  func page(_ words: Words) -> Page {
    let rows = clues.map { clue in
      [
        Table.Cell(clue.number ?? clue.dossier), Table.Cell(clue.home),
        words.code("clue", clue.state), Table.Cell(clue.holder ?? ""),
        Table.Cell(clue.dueOn ?? ""), Table.Cell(clue.title ?? ""),
      ]
    }
    var page = Page(blocks: [
      .table(
        Table(
          columns: words.columns("number", "home", "state", "holder", "due_on", "title"),
          rows: rows))
    ])
    page.more(next, words)
    return page
  }
}

extension API.Clue: Pageable {
  func page(_ words: Words) -> Page {
    var page = Page(blocks: [
      words.fields([
        "dossier": Table.Cell(dossier), "number": Table.Cell(number ?? ""),
        "title": Table.Cell(title ?? ""), "home": Table.Cell(home),
        "state": words.code("clue", state), "holder": Table.Cell(holder ?? ""),
        "due_on": Table.Cell(dueOn ?? ""), "merged_into": Table.Cell(mergedInto ?? ""),
        "members": Table.Cell(members.joined(separator: " ")),
      ])
    ])
    let letters = referrals.map { referral in
      [
        Table.Cell(referral.number ?? referral.document), Table.Cell(referral.from),
        Table.Cell(referral.to), words.code("referral", referral.state),
        words.code("withdrawal", referral.withdrawal), Table.Cell(referral.receivedOn ?? ""),
        Table.Cell(referral.dueOn ?? ""), words.code("handling", referral.disposition),
      ]
    }
    page.add(
      Table(
        columns: words.columns(
          "letter", "from", "to", "state", "withdrawal", "received_on", "due_on", "disposition"),
        rows: letters))
    page.add(API.Item.table(points, words))
    page.add(API.CaseResult.table(results, words))
    page.add(API.Act.table(acts, words))
    return page
  }
}

extension API.CaseResult {
  /// Results as a table.
  static func table(_ results: [API.CaseResult], _ words: Words) -> Table {
    Table(
      columns: words.columns(
        "result", "kind", "on", "author", "person_key", "measures", "state", "rank", "score#",
        "unit"),
      rows: results.map { result in
        let measures = result.measures.map { "\($0.class)=\($0.value)" }
        let ranks = [result.rank, result.ranked].compactMap(\.self).map { String($0) }
        return [
          Table.Cell(result.id), words.code("result", result.kind), Table.Cell(result.on),
          Table.Cell(result.author), Table.Cell(result.personKey ?? ""),
          Table.Cell(measures.joined(separator: " ")), words.code("resultState", result.state),
          Table.Cell(ranks.joined(separator: "/")),
          Table.Cell(
            result.score.map { String($0) } ?? "",
            shown: result.score.map(DeductionPoints.text) ?? ""), Table.Cell(result.unit ?? ""),
        ]
      })
  }
}

extension API.ResultList: Pageable {
  func page(_ words: Words) -> Page {
    var page = Page(blocks: [.table(API.CaseResult.table(results, words))])
    page.more(next, words)
    return page
  }
}

extension API.Meeting: Pageable {
  func page(_ words: Words) -> Page {
    var page = Page(blocks: [
      words.fields([
        "dossier": Table.Cell(dossier), "number": Table.Cell(minutesNumber ?? number ?? ""),
        "title": Table.Cell(title ?? ""), "convenor": Table.Cell(convenor),
        "held_on": Table.Cell(heldOn ?? ""), "place": Table.Cell(place ?? ""),
        "chair": Table.Cell(chair ?? ""), "state": words.code("minutes", state),
        "members": Table.Cell(members.joined(separator: " ")),
        "topics": Table.Cell(topics.joined(separator: "; ")),
        "present": Table.Cell(present.joined(separator: " ")),
        "absent": Table.Cell(absent.joined(separator: " ")),
      ])
    ])
    let rows = versions.map { version in
      [
        Table.Cell(String(version.version)), words.code("minutes", version.state),
        Table.Cell(version.required.joined(separator: " ")),
        Table.Cell(version.countersignedBy.joined(separator: " ")),
        Table.Cell((version.objectedBy + version.reservedBy).joined(separator: " ")),
        Table.Cell(version.hash, shown: String(version.hash.prefix(16))),
      ]
    }
    page.add(
      Table(
        columns: words.columns(
          "version#", "state", "required", "countersigned_by", "objected_by", "hash"),
        rows: rows))
    page.add(API.Item.table(resolutions, words))
    page.add(API.Act.table(acts, words))
    return page
  }
}
