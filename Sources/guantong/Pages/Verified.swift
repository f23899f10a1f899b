import Ledger
import Office

/// What `verify` found.
struct Verified: Codable, Pageable {
  /// Names this shape and its version.
  var schema = "guantong.verify/v1"
  /// Whether everything in the file is proved.
  var valid: Bool
  /// The author of the change set.
  var author: String?
  /// Its id.
  var id: String?
  /// Its dossier.
  var dossier: String?
  /// Its place in the chain of its author.
  var sequence: Int?
  /// When its author says it was written.
  var authoredAt: String?
  /// When its author says it was sealed.
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
  var reason: String?

  init(_ verdict: EvidenceVerdict) {
    switch verdict {
    case .valid(let found):
      valid = true
      author = found.header.author.rawValue
      id = found.id.hex
      dossier = found.dossier.hex
      sequence = Int(clamping: found.header.sequence)
      authoredAt = "\(found.header.authoredAt)"
      sealedAt = "\(found.sealedAt)"
      received = found.received.map {
        API.Received(agency: $0.agency.rawValue, storedAt: "\($0.storedAt)")
      }
      directory = found.directory.hex
      rootPinned = found.isRootPinned
      warnings = found.warnings.map(\.rawValue)
    case .invalid(let flaw):
      valid = false
      received = []
      rootPinned = false
      warnings = []
      reason = flaw.code
    }
  }

  func page(_ words: Words) -> Page {
    var page = Page()
    guard valid else {
      let text = Catalogue.label("flaw", reason ?? "", in: words.language)
      let why = words("verify.invalid", ["reason": text])
      page.line("\(words.sign(.wrong)) \(why)", .bad)
      page.blocks.append(
        words.fields(["valid": programOnly("false"), "reason": programOnly(reason ?? "")]))
      return page
    }
    page.line(
      "\(words.sign(.right)) \(words("verify.valid")), "
        + words(rootPinned ? "verify.pinned" : "verify.unpinned"), rootPinned ? .good : .warning)
    page.blocks.append(
      words.fields([
        "valid": programOnly("true"),
        "root_pinned": Table.Cell("\(rootPinned)", shown: words("verify.root.\(rootPinned)")),
        "warnings": programOnly(warnings.joined(separator: " ")),
        "author": Table.Cell(author ?? ""), "change_set": Table.Cell(id ?? ""),
        "dossier": Table.Cell(dossier ?? ""), "sequence": Table.Cell("\(sequence ?? 0)"),
        "authored_at": Table.Cell(
          authoredAt ?? "", shown: LocalTime.clock(authoredAt ?? "")),
        "sealed_at": Table.Cell(sealedAt ?? "", shown: LocalTime.clock(sealedAt ?? "")),
        "directory": Table.Cell(directory ?? ""),
      ]))
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
    return page
  }

  /// A cell that people read in the first line already.
  private func programOnly(_ raw: String) -> Table.Cell { Table.Cell(raw, shown: "") }
}
