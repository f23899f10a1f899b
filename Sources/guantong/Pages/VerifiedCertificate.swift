import Casework
import Ledger
import Office

/// What a certificate of destruction (销毁证明) proves, as people print it.
struct VerifiedCertificate: Codable, Pageable {
  /// Names this shape and its version.
  var schema = "guantong.verify-certificate/v1"
  /// Whether everything in the file is proved.
  var valid: Bool
  /// Where the file was written; null when it was only read.
  var path: String?
  /// The author of the part, who destroyed it.
  var author: String?
  /// What the directory in the file calls it.
  var name: String?
  /// The change set whose part it was.
  var changeSet: String?
  /// The part.
  var part: Int?
  /// Its salted hash.
  var hash: String?
  /// When its author says it wrote the part.
  var authoredAt: String?
  /// The person on whose order it was destroyed.
  var orderedBy: String?
  /// The role that person acted in.
  var role: String?
  /// The date stated.
  var on: String?
  /// The decision it rests on.
  var decision: String?
  /// Why.
  var reason: String?
  /// The change set that destroys it.
  var destroyedBy: String?
  /// When its author says that was sealed.
  var sealedAt: String?
  /// Who says it was durable there, and when.
  var received: [API.Received]
  /// Id of the directory that proves the keys.
  var directory: String?
  /// Whether that id was given from outside.
  var rootPinned: Bool
  /// What a reader should know though nothing is wrong.
  var warnings: [String]
  /// The first thing that is wrong; null when valid.
  var flaw: String?

  init(_ verdict: Swift.Result<DestructionFindings, CertificateFlaw>, path: String? = nil) {
    self.path = path
    switch verdict {
    case .failure(let flaw):
      valid = false
      received = []
      rootPinned = false
      warnings = []
      self.flaw = flaw.code
    case .success(let found):
      let evidence = found.evidence
      valid = true
      author = evidence.header.author.rawValue
      name = found.agency?.name
      changeSet = found.place.change.hex
      part = found.place.part
      hash = found.hash.hex
      authoredAt = "\(found.authoredAt)"
      destroyedBy = evidence.id.hex
      sealedAt = "\(evidence.sealedAt)"
      received = evidence.received.map {
        API.Received(agency: $0.agency.rawValue, storedAt: "\($0.storedAt)")
      }
      directory = evidence.directory.hex
      rootPinned = evidence.isRootPinned
      warnings = evidence.warnings.map(\.rawValue)
      guard case .record(let record) = CaseRecord.read(found.record),
        case .destruction(let order) = record.content
      else { return }
      orderedBy =
        found.people.first { $0.id == order.actor }?.name ?? order.actor.uuidString
      role = order.role.rawValue
      on = order.on.description
      decision = order.decision
      reason = order.reason
    }
  }

  func page(_ words: Words) -> Page {
    var page = Page()
    guard valid else {
      let text = Catalogue.label("flaw", flaw ?? "", in: words.language)
      page.line(
        "\(words.sign(.wrong)) \(words("verify.invalid", ["reason": text]))", .bad)
      page.blocks.append(
        words.fields([
          "valid": Table.Cell("false", shown: ""), "reason": Table.Cell(flaw ?? "", shown: ""),
        ]))
      return page
    }
    page.line(words("certificate.title"), .bold)
    page.line(
      words(
        "certificate.statement",
        ["agency": name ?? author ?? "", "code": author ?? "", "on": on ?? ""]))
    page.blocks.append(fields(words))
    for warning in warnings {
      let text = Catalogue.label("warning", warning, in: words.language)
      page.line("\(words.sign(.warning)) \(text)", .warning)
    }
    page.add(
      Table(
        columns: words.columns("reader", "stored_at"),
        rows: received.map {
          [Table.Cell($0.agency), Table.Cell($0.storedAt, shown: LocalTime.clock($0.storedAt))]
        }))
    if let path { page.line(words("certificate.written", ["path": path])) }
    return page
  }

  private func fields(_ words: Words) -> Page.Block {
    words.fields([
      "valid": Table.Cell("true", shown: ""),
      "author": Table.Cell(author ?? ""), "name": Table.Cell(name ?? ""),
      "change_set": Table.Cell(changeSet ?? ""), "part": Table.Cell("\(part ?? 0)"),
      "hash": Table.Cell(hash ?? ""),
      "authored_at": Table.Cell(authoredAt ?? "", shown: LocalTime.clock(authoredAt ?? "")),
      "ordered_by": Table.Cell(orderedBy ?? ""), "role": words.code("role", role),
      "on": Table.Cell(on ?? ""), "decision": Table.Cell(decision ?? ""),
      "grounds": Table.Cell(reason ?? ""), "destroyed_by": Table.Cell(destroyedBy ?? ""),
      "sealed_at": Table.Cell(sealedAt ?? "", shown: LocalTime.clock(sealedAt ?? "")),
      "directory": Table.Cell(directory ?? ""),
      "root_pinned": Table.Cell("\(rootPinned)", shown: words("verify.root.\(rootPinned)")),
    ])
  }
}
