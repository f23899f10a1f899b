import Office

extension API.KeyRotation: Pageable {
  func page(_ words: Words) -> Page {
    var page = Page(blocks: [
      words.fields([
        "agency": Table.Cell(agency), "state": words.code("rotation", state),
        "fingerprint": Table.Cell(fingerprint), "public_key": Table.Cell(publicKey),
        "registrar": Table.Cell(registrar),
      ])
    ])
    if let proposal {
      page.blocks.append(.table(API.Proposal.table([proposal], words)))
    }
    let isLost = state == "prepared" && agency == registrar
    let key = isLost ? "rotation.next.lost" : "rotation.next.\(state)"
    let values = [
      "agency": agency, "registrar": registrar, "fingerprint": fingerprint, "key": publicKey,
    ]
    page.line(words(key, values), .dim)
    return page
  }
}

extension API.SuspendedKey: Pageable {
  func page(_ words: Words) -> Page {
    var page = Page()
    let values = ["agency": agency, "fingerprint": fingerprint, "registrar": registrar]
    let isKept = state == "kept"
    page.line(words(isKept ? "suspension.kept" : "suspension.done", values), isKept ? .bad : .good)
    page.line(words(isKept ? "suspension.next.kept" : "suspension.next", values), .dim)
    return page
  }
}

extension API.Appointment: Pageable {
  func page(_ words: Words) -> Page {
    var page = Page(blocks: [.table(Self.table([self], words))])
    let values = ["agency": agency, "threshold": String(threshold)]
    page.line(words("appointment.next.\(state)", values), .dim)
    return page
  }

  /// Appointments as a table.
  static func table(_ appointments: [API.Appointment], _ words: Words) -> Table {
    Table(
      columns: words.columns(
        "registrar", "fingerprint", "last_entry", "state", "countersigned_by", "threshold#"),
      rows: appointments.map { appointment in
        [
          Table.Cell(appointment.agency), Table.Cell(appointment.fingerprint),
          Table.Cell(appointment.lastEntry), words.code("proposal", appointment.state),
          Table.Cell(appointment.countersignedBy.joined(separator: " ")),
          Table.Cell(String(appointment.threshold)),
        ]
      })
  }
}
