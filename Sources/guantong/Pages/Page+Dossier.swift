import Casework
import Office

extension API.DossierList: Pageable {
  func page(_ words: Words) -> Page {
    let rows = dossiers.map { dossier in
      [
        Table.Cell(dossier.id, shown: String(dossier.id.prefix(12))),
        words.code("dossier", dossier.kind), Table.Cell(dossier.number ?? ""),
        Table.Cell(dossier.home), Table.Cell(String(dossier.changeSets)),
        Table.Cell(
          dossier.title ?? "", shown: DisplayWidth.truncated(dossier.title ?? "", to: 40)),
        Table.Cell(dossier.members.joined(separator: " ")),
        words.code("channel", dossier.channel),
      ]
    }
    var page = Page(blocks: [
      .table(
        Table(
          columns: words.columns(
            "dossier", "kind", "number", "home", "change_sets#", "title", "members", "channel"),
          rows: rows))
    ])
    page.more(next, words)
    return page
  }
}

extension API.Dossier: Pageable {
  func page(_ words: Words) -> Page {
    var page = Page(blocks: [
      words.fields([
        "dossier": Table.Cell(id), "kind": words.code("dossier", kind),
        "number": Table.Cell(number ?? ""), "title": Table.Cell(title ?? ""),
        "home": Table.Cell(home), "digest": Table.Cell(digest ?? ""),
        "members": Table.Cell(members.joined(separator: " ")),
        "excluded": Table.Cell(excluded.joined(separator: " ")),
        "heads": Table.Cell(heads.joined(separator: " ")),
        "change_sets": Table.Cell(String(changeSets)), "void": Table.Cell(String(void)),
      ])
    ])
    if kind == DossierKind.petition.rawValue {
      page.blocks.append(
        words.fields([
          "channel": words.code("channel", channel),
          "demand_kind": words.code("demand", demandKind),
        ]))
    }
    if kind == DossierKind.demonstration.rawValue {
      page.blocks.append(
        words.fields([
          "bid_level": words.code("bid", level),
          "batch": Table.Cell(batch.map { String($0) } ?? ""),
        ]))
    }
    if needsUpgrade {
      let agencies = newer.joined(separator: " ")
      page.line(words("dossier.needsUpgrade", ["agencies": agencies]), .warning)
    }
    if !forks.isEmpty {
      page.line(words("dossier.forks", ["agencies": forks.joined(separator: " ")]), .bad)
    }
    page.add(Self.table(courses, words))
    page.add(API.DocumentLine.table(documents, words))
    page.add(API.Item.table(items, words))
    page.add(API.CaseResult.table(results, words))
    page.add(API.Act.table(acts, words))
    return page
  }

  private static func table(_ courses: [API.CourseLine], _ words: Words) -> Table {
    Table(
      columns: words.columns(
        "subject", "machine", "stage", "on", "handler", "approval", "due_on", "amount#",
        "confirmed", "disputed", "corrections#"),
      rows: courses.map { course in
        [
          Table.Cell(course.subject), Table.Cell(course.machine),
          words.code("stage", course.stage, style: course.late ? .warning : .plain),
          Table.Cell(course.stageOn ?? ""), Table.Cell(course.handler ?? ""),
          Table.Cell(course.approval ?? ""), Table.Cell(course.dueOn ?? ""),
          Table.Cell(course.amount == 0 ? "" : String(course.amount)),
          Table.Cell(course.confirmed.joined(separator: " ")),
          Table.Cell(course.disputed.joined(separator: " ")),
          Table.Cell(course.corrections == 0 ? "" : String(course.corrections)),
        ]
      })
  }
}

extension Page {
  /// Adds a sealed sheet, or that one is there and for whom.
  fileprivate mutating func add(_ sheet: API.ShownSheet, _ words: Words) {
    line("")
    let audience = sheet.audience.joined(separator: " ")
    line("[\(words("document.sealed")): \(audience)] \(sheet.title)", .bold)
    guard !sheet.withheld else {
      line("\(words.sign(.waiting)) \(words("document.withheld"))", .warning)
      return
    }
    blocks.append(.text(name: "sealed", sheet.body, shown: words.reading(sheet.body)))
  }

  /// Adds a table that has rows.
  mutating func add(_ table: Table) {
    guard !table.rows.isEmpty else { return }
    line("")
    blocks.append(.table(table))
  }
}

extension API.Act {
  /// Acts as a table.
  static func table(_ acts: [API.Act], _ words: Words) -> Table {
    Table(
      columns: words.columns("on", "author", "verb", "reason", "standing", "note"),
      rows: acts.map { act in
        let host = act.recordedBy.map { words("act.recorded", ["agency": $0]) }
        let detail = [host, act.kind, act.reason].compactMap(\.self) + act.agencies
        let style: Style = act.standing == "void" ? .bad : .plain
        let voidLabel = act.voidReason.map { Catalogue.label("void", $0, in: words.language) }
        let standing = Catalogue.label("standing", act.standing, in: words.language)
        return [
          Table.Cell(act.on), Table.Cell(act.author), words.code("verb", act.verb),
          Table.Cell(detail.joined(separator: " ")),
          Table.Cell(
            act.standing, shown: [standing, voidLabel].compactMap(\.self).joined(separator: ": "),
            style: style),
          Table.Cell(act.note ?? "", shown: DisplayWidth.truncated(act.note ?? "", to: 40)),
        ]
      })
  }
}

extension API.Explanation: Pageable {
  func page(_ words: Words) -> Page {
    let rows = questions.map { question in
      [
        Table.Cell(question.machine), Table.Cell(question.target, shown: question.label),
        Table.Cell(question.arbiter),
        words.code(Self.states(of: question.machine), question.state),
        Table.Cell(
          question.decidedBy?.id ?? question.decidedByResult?.id ?? "",
          shown: question.decidedBy.map { act in
            "\(act.on) \(Catalogue.label("verb", act.verb, in: words.language))"
          }
            ?? question.decidedByResult.map { result in
              "\(result.on) \(Catalogue.label("result", result.kind, in: words.language))"
            } ?? ""),
      ]
    }
    var page = Page(blocks: [
      .table(
        Table(
          columns: words.columns("machine", "question", "arbiter", "state", "decided_by"),
          rows: rows))
    ])
    guard !voids.isEmpty else { return page }
    page.line("")
    page.line(words("explanation.voids"), .bold)
    page.add(
      Table(
        columns: words.columns("on", "author", "verb", "void_reason", "change_set", "note"),
        rows: voids.map { act in
          [
            Table.Cell(act.on), Table.Cell(act.author), words.code("verb", act.verb),
            words.code("void", act.voidReason, style: .bad),
            Table.Cell(act.changeSet, shown: String(act.changeSet.prefix(16))),
            Table.Cell(act.note ?? "", shown: DisplayWidth.truncated(act.note ?? "", to: 40)),
          ]
        }))
    return page
  }

  /// The group of words that the states of a machine have.
  private static func states(of machine: String) -> String {
    switch machine {
    case "SM1": "draft"
    case "SM2": "referral"
    case "SM3": "handling"
    case "SM4": "itemState"
    case "SM7": "minutes"
    case "R": "resultState"
    case "M": "membership"
    default: "stage"
    }
  }
}

extension API.Step: Pageable {
  func page(_ words: Words) -> Page {
    var page = Page(blocks: [
      words.fields([
        "dossier": Table.Cell(dossier), "change_set": Table.Cell(changeSet),
        "number": Table.Cell(number ?? ""), "state": words.code("state", state),
        "records": Table.Cell(records.joined(separator: " ")),
        "draft": Table.Cell(draft ?? ""),
      ])
    ])
    for warning in warnings { page.line("\(words.sign(.warning)) \(warning)", .warning) }
    return page
  }
}

extension API.Draft: Pageable {
  func page(_ words: Words) -> Page {
    Page(blocks: [
      words.fields([
        "draft": Table.Cell(id), "dossier": Table.Cell(dossier),
        "form": words.code("form", form), "title": Table.Cell(title),
        "version": Table.Cell(String(version)), "state": words.code("draft", state),
        "drafter": Table.Cell(drafter), "signer": Table.Cell(signer ?? ""),
        "number": Table.Cell(number ?? ""),
      ])
    ])
  }
}

extension API.DraftList: Pageable {
  func page(_ words: Words) -> Page {
    let rows = drafts.map { draft in
      [
        Table.Cell(draft.id), words.code("draft", draft.state), words.code("form", draft.form),
        Table.Cell(draft.title), Table.Cell(draft.dossier), Table.Cell(draft.drafter),
      ]
    }
    var page = Page(blocks: [
      .table(
        Table(
          columns: words.columns("draft", "state", "form", "title", "dossier", "drafter"),
          rows: rows))
    ])
    page.more(next, words)
    return page
  }
}

extension API.Document: Pageable {
  func page(_ words: Words) -> Page {
    var page = Page(blocks: [
      words.fields([
        "document": Table.Cell(id), "dossier": Table.Cell(dossier),
        "change_set": Table.Cell(changeSet ?? ""), "form": words.code("form", form),
        "number": Table.Cell(number ?? ""), "version": Table.Cell(String(version)),
        "title": Table.Cell(title), "author": Table.Cell(author),
        "to": Table.Cell(to.joined(separator: " ")), "cc": Table.Cell(cc.joined(separator: " ")),
        "purpose": words.code("oversight", purpose),
        "issued_on": Table.Cell(issuedOn ?? ""), "due_on": Table.Cell(dueOn ?? ""),
        "state": words.code("state", state), "hash": Table.Cell(hash ?? ""),
      ]), .line(""),
    ])
    if withheld {
      page.line("\(words.sign(.waiting)) \(words("document.withheld"))", .warning)
    } else {
      page.blocks.append(.text(name: "body", body, shown: words.reading(body)))
    }
    page.add(API.Attachment.table(attachments, words))
    page.add(API.Item.table(items, words))
    for sheet in sealed { page.add(sheet, words) }
    page.add(API.Act.table(acts, words))
    return page
  }
}
