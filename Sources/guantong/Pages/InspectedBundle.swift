import Exchange
import Ledger
import Office

/// What `bundle inspect` found.
struct InspectedBundle: Codable, Pageable {
  /// Names this shape and its version.
  var schema = "guantong.bundle/v1"
  /// Whether the signature, every digest and, where they were opened, every envelope hold.
  var valid: Bool
  /// Whether the envelopes were opened.
  var opened = false
  /// The node that made it, as it says.
  var sender: String?
  /// The node it is for.
  var reader: String?
  /// Fingerprint of the key that signed it, first 16 hex digits; whose it is a directory knows.
  var key: String?
  /// The outbox.
  var outbox: String?
  /// The first number.
  var from: Int?
  /// The last number; `from` − 1 of an empty one.
  var to: Int?
  /// The newest directory entry that its sender had.
  var directory: String?
  /// When its sender says it was made.
  var createdAt: String?
  /// First 16 hex digits of the id of the reader's key that it is sealed to.
  var envelopeKey: String?
  /// Whether more was owed than one file holds.
  var more = false
  /// The envelopes with their digests.
  var envelopes: [Sealed] = []
  /// The lines in it: their numbers, and what they are where they were opened.
  var deliveries: [Line] = []
  /// The number up to which its sender had the reader's outbox; null when unknown.
  var receipted: Int?
  /// What its sender lacked; empty when unknown.
  var wants: [String] = []
  /// The attachments of which it has pieces, where it was opened.
  var attachments: [Carried] = []
  /// Whether a list is cut.
  var truncated = false
  /// The first thing that is wrong; null when valid.
  var reason: String?
  /// The envelope it is about, from 1.
  var envelope: Int?

  /// Pieces of one attachment.
  struct Carried: Codable {
    /// The change set that lists it.
    var changeSet: String
    /// The part.
    var part: Int
    /// Its number among all that the part lists.
    var position: Int
    /// How many pieces of it are in the bundle.
    var pieces: Int
  }

  /// One envelope.
  struct Sealed: Codable {
    /// Page, returns or pieces.
    var kind: String
    /// Its size.
    var bytes: Int
    /// SHA-256 of its bytes.
    var digest: String
    /// Of a page its first number.
    var from: Int?
    /// Of a page its last number.
    var to: Int?
  }

  /// One line of the outbox.
  struct Line: Codable {
    /// Its number.
    var number: Int
    /// The change set; null when not opened, or of a line no longer served.
    var id: String?
    /// Its dossier.
    var dossier: String?
    /// Its author.
    var author: String?
    /// Its place in the chain of its author.
    var sequence: Int?
    /// The parts that travel with it.
    var parts: [Int] = []
  }

  /// Reads a file to its end; what is wrong with it is told, what is wrong with the disk is thrown.
  init(reading source: BundleSource, keys: DecryptionKeys?) async throws {
    valid = false
    do {
      let file = try await BundleFile(reading: source)
      describe(file.manifest)
      let own = keys?[file.manifest.envelopeKey] == nil ? nil : keys
      var lines: [Line] = []
      var pieces: [AttachmentPlace: Int] = [:]
      try await file.check(
        with: own,
        seen: { page in
          let room = Exchange.Limits.bundleDeliveriesListedMax - lines.count
          lines += page.deliveries.prefix(room).map(Line.init)
        },
        seenPieces: { for piece in $0.pieces { pieces[piece.place, default: 0] += 1 } })
      if let own {
        opened = true
        deliveries = lines
        list(pieces)
        let returns = try await file.returns(with: own)
        let receipt = returns.receipt?.claim(as: Receipt.self)
        receipted = receipt.map { Int(clamping: $0.number) }
        wants = returns.wants.map(\.hex)
      }
      valid = true
    } catch let refusal as BundleRefusal {
      reason = refusal.code.rawValue
      envelope = refusal.envelope
    }
  }

  private mutating func list(_ pieces: [AttachmentPlace: Int]) {
    truncated = truncated || pieces.count > API.listMax
    attachments = pieces.sorted { $0.key < $1.key }.prefix(API.listMax).map { place, count in
      Carried(
        changeSet: place.change.hex, part: place.part, position: place.position, pieces: count)
    }
  }

  private mutating func describe(_ manifest: BundleManifest) {
    sender = manifest.signer.rawValue
    reader = manifest.reader.rawValue
    key = String(manifest.key.hex.prefix(16))
    outbox = manifest.outbox.hex
    from = Int(clamping: manifest.first)
    to = Int(clamping: manifest.last)
    directory = manifest.directory.hex
    createdAt = "\(manifest.createdAt)"
    envelopeKey = String(manifest.envelopeKey.hex.prefix(16))
    more = manifest.hasMore
    let pageCount = manifest.pages.count
    envelopes = manifest.envelopes.enumerated().map { index, entry in
      let isPage = index < pageCount
      return Sealed(
        kind: isPage ? "page" : index == pageCount ? "returns" : "pieces",
        bytes: entry.byteCount, digest: entry.digest.hex,
        from: isPage ? Int(clamping: entry.first) : nil,
        to: isPage ? Int(clamping: entry.last) : nil)
    }
    let count = manifest.last + 1 - manifest.first
    let listed = min(count, UInt64(Exchange.Limits.bundleDeliveriesListedMax))
    deliveries = (0..<listed).map { Line(number: Int(clamping: manifest.first + $0)) }
    truncated = count > listed || envelopes.count > API.listMax
    envelopes = Array(envelopes.prefix(API.listMax))
  }

  func page(_ words: Words) -> Page {
    var page = Page()
    if valid {
      let sealed = words(opened ? "bundle.opened" : "bundle.sealed")
      page.line("\(words.sign(.right)) \(words("verify.valid")), \(sealed)", .good)
    } else {
      let values = ["envelope": "\(envelope ?? 0)", "peer": sender ?? "?", "number": "?"]
      let why = words("bundle.\(reason ?? "")", values)
      page.line("\(words.sign(.wrong)) \(words("verify.invalid", ["reason": why]))", .bad)
    }
    page.blocks.append(
      words.fields([
        "valid": Table.Cell("\(valid)", shown: ""), "reason": Table.Cell(reason ?? "", shown: ""),
        "opened": Table.Cell("\(opened)", shown: ""), "sender": Table.Cell(sender ?? ""),
        "fingerprint": Table.Cell(key ?? ""), "reader": Table.Cell(reader ?? ""),
        "envelope_key": Table.Cell(envelopeKey ?? ""), "outbox": Table.Cell(outbox ?? ""),
        "from": Table.Cell(from.map { "\($0)" } ?? ""),
        "to": Table.Cell(to.map { "\($0)" } ?? ""), "directory": Table.Cell(directory ?? ""),
        "created_at": Table.Cell(createdAt ?? "", shown: LocalTime.clock(createdAt ?? "")),
      ]))
    page.blocks.append(.table(envelopeTable(words)))
    if opened { page.blocks.append(.table(deliveryTable(words))) }
    if !attachments.isEmpty { page.blocks.append(.table(attachmentTable(words))) }
    return page
  }

  private func envelopeTable(_ words: Words) -> Table {
    Table(
      columns: words.columns("kind", "from#", "to#", "bytes#", "digest"),
      rows: envelopes.map { envelope in
        [
          words.code("bundle.kind", envelope.kind),
          Table.Cell(envelope.from.map { "\($0)" } ?? ""),
          Table.Cell(envelope.to.map { "\($0)" } ?? ""), Table.Cell("\(envelope.bytes)"),
          Table.Cell(envelope.digest),
        ]
      })
  }

  private func deliveryTable(_ words: Words) -> Table {
    Table(
      columns: words.columns("delivery#", "author", "sequence#", "change_set", "dossier"),
      rows: deliveries.map { line in
        [
          Table.Cell("\(line.number)"), Table.Cell(line.author ?? ""),
          Table.Cell(line.sequence.map { "\($0)" } ?? ""), Table.Cell(line.id ?? ""),
          Table.Cell(line.dossier ?? ""),
        ]
      })
  }
}

extension InspectedBundle {
  fileprivate func attachmentTable(_ words: Words) -> Table {
    Table(
      columns: words.columns("change_set", "part#", "position#", "pieces#"),
      rows: attachments.map { attachment in
        [
          Table.Cell(attachment.changeSet), Table.Cell("\(attachment.part)"),
          Table.Cell("\(attachment.position)"), Table.Cell("\(attachment.pieces)"),
        ]
      })
  }
}

extension InspectedBundle.Line {
  /// A line of an opened page.
  init(_ delivery: Delivery) {
    number = Int(clamping: delivery.number)
    guard case .changeSet(let received) = delivery.content else { return }
    id = received.id.hex
    parts = received.parts.keys.sorted()
    guard case .header(let header) = received.reading else { return }
    dossier = header.dossier(id: received.id).hex
    author = header.author.rawValue
    sequence = Int(clamping: header.sequence)
  }
}
