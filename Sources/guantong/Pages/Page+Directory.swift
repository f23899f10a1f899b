import Office

extension API.AgencyList: Pageable {
  func page(_ words: Words) -> Page {
    var page = Page()
    let values = [
      "directory": directory ?? "", "registrar": registrar ?? "",
      "governors": governors.joined(separator: " "), "threshold": String(threshold),
    ]
    page.line(words("agencies.head", values), .dim)
    let rows = agencies.map { agency in
      [
        Table.Cell(agency.code), Table.Cell(agency.name), words.code("agency", agency.state),
        Table.Cell(agency.hostedBy ?? ""), Table.Cell(agency.succeeds ?? ""),
        Table.Cell(agency.fingerprint ?? ""), Table.Cell(agency.endpoint ?? ""),
        Table.Cell(String(agency.people)),
      ]
    }
    page.blocks.append(
      .table(
        Table(
          columns: words.columns(
            "code", "agency", "state", "hosted_by", "succeeds", "fingerprint", "endpoint",
            "people#"),
          rows: rows)))
    page.more(next, words)
    return page
  }
}

extension API.Invitation: Pageable {
  func page(_ words: Words) -> Page {
    Page(blocks: [
      words.fields([
        "invite": Table.Cell(invite), "agency": Table.Cell(agency),
        "registrar": Table.Cell(registrar), "fingerprint": Table.Cell(fingerprint),
        "expires_at": Table.Cell(expiresAt, shown: LocalTime.clock(expiresAt)),
      ]),
      .line(words("invite.next", ["invite": invite]), .dim),
    ])
  }
}

extension API.Join: Pageable {
  func page(_ words: Words) -> Page {
    Page(blocks: [
      words.fields([
        "state": words.code("join", state), "agency": Table.Cell(agency),
        "fingerprint": Table.Cell(fingerprint), "registrar": Table.Cell(registrar),
        "registrar_fingerprint": Table.Cell(registrarFingerprint),
        "directory": Table.Cell(directory),
      ])
    ])
  }
}

extension API.Pending: Pageable {
  func page(_ words: Words) -> Page {
    var page = Page()
    if let join {
      page.blocks += join.page(words).blocks
    }
    let waiting = applications.map { application in
      [
        Table.Cell(application.agency), words.code("proposal", application.kind),
        Table.Cell(application.name),
        Table.Cell(application.fingerprint), Table.Cell(application.endpoint ?? ""),
        Table.Cell(
          application.appliedAt, shown: LocalTime.clock(application.appliedAt)),
      ]
    }
    page.blocks.append(
      .table(
        Table(
          columns: words.columns(
            "applicant", "kind", "agency", "fingerprint", "endpoint", "applied_at"),
          rows: waiting)))
    page.blocks.append(.table(API.Proposal.table(proposals, words)))
    if !appointments.isEmpty {
      page.blocks.append(.table(API.Appointment.table(appointments, words)))
    }
    return page
  }
}

extension API.Proposal: Pageable {
  func page(_ words: Words) -> Page {
    Page(blocks: [.table(Self.table([self], words))])
  }

  /// Proposals as a table.
  static func table(_ proposals: [API.Proposal], _ words: Words) -> Table {
    Table(
      columns: words.columns(
        "proposal", "kind", "agency", "fingerprint", "state", "countersigned_by", "threshold#"),
      rows: proposals.map { proposal in
        [
          Table.Cell(proposal.id), words.code("proposal", proposal.kind),
          Table.Cell(proposal.agency ?? proposal.governors.joined(separator: " ")),
          Table.Cell(proposal.fingerprint ?? ""), words.code("proposal", proposal.state),
          Table.Cell(proposal.countersignedBy.joined(separator: " ")),
          Table.Cell(String(proposal.threshold)),
        ]
      })
  }
}

extension API.Person: Pageable {
  func page(_ words: Words) -> Page {
    Page(blocks: [.table(Self.table([self], words))])
  }

  /// People as a table.
  static func table(_ people: [API.Person], _ words: Words) -> Table {
    Table(
      columns: words.columns("id", "person", "agency", "section", "post", "roles", "state"),
      rows: people.map { person in
        let roles = person.roles.map { Catalogue.label("role", $0, in: words.language) }
        return [
          Table.Cell(person.id), Table.Cell(person.name), Table.Cell(person.agency),
          Table.Cell(person.section ?? ""), Table.Cell(person.post ?? ""),
          Table.Cell(
            person.roles.joined(separator: ","), shown: roles.joined(separator: " "),
            style: person.ended ? .dim : .plain),
          words.code("person", person.ended ? "ended" : nil, style: .dim),
        ]
      })
  }
}

extension API.PersonList: Pageable {
  func page(_ words: Words) -> Page {
    var page = Page(blocks: [.table(API.Person.table(people, words))])
    page.more(next, words)
    return page
  }
}

extension Page {
  /// Says that there is another page.
  mutating func more(_ next: Int?, _ words: Words) {
    if let next { line(words("list.more", ["page": String(next)]), .dim) }
  }
}
