import Casework
import Exchange
import FoundationEssentials
import Ledger
import Postgres
import Replica

extension Office {
  /// Begins an attachment of a draft, or says how far it has come.
  package func attach(
    _ request: API.AttachRequest, by acting: Acting
  ) async throws -> API.DraftAttachment {
    try await write(
      API.attach, request, by: acting, on: request.draft,
      recording: { try Recording(ofDraft: request.draft, of: agency, in: $0.sql) }
    ) { transaction, desk in
      let draft = try desk.openDraft(request.draft, in: transaction)
      guard Casework.Attachment.isName(request.name) else {
        throw Field.invalid(request.name, "name", "value.line")
      }
      try Field.notSecret(request.name)
      guard request.size > 0, let cut = AttachmentCut(size: UInt64(request.size)) else {
        throw OfficeError(
          .tooLarge,
          ["bytes": String(request.size), "limit": String(Ledger.Limits.attachmentBytesMax)])
      }
      var attached = try DraftAttachments(of: draft.id, in: transaction.sql)
      if let known = attached.lines.first(where: { $0.name == request.name }) {
        guard known.size == request.size else {
          throw OfficeError(.conflict, ["detail": "conflict.attachmentOther, \(known.name)"])
        }
        return try Self.shown(known, of: draft.id, in: transaction.sql)
      }
      let bytes = attached.lines.reduce(request.size) { $0 + $1.size }
      guard attached.lines.count < Casework.Limits.attachmentsMax,
        bytes <= Limits.draftAttachmentBytesMax
      else {
        throw OfficeError(
          .tooLarge,
          ["bytes": String(bytes), "limit": String(Limits.draftAttachmentBytesMax)])
      }
      guard let salt = Hash256(desk.office.entropy.bytes(Hash256.byteCount)) else {
        throw OfficeError(.internalFault, ["request": request.draft])
      }
      let line = try attached.begin(request.name, cut: cut, salt: salt, in: transaction.sql)
      return try Self.shown(line, of: draft.id, in: transaction.sql)
    }
  }

  /// Takes one piece of an attachment of a draft; one that is here already changes nothing.
  ///
  /// Pieces are not in the audit one by one: that the attachment was begun is.
  package func attachPiece(
    _ request: API.AttachPieceRequest, by acting: Acting
  ) async throws -> API.DraftAttachment {
    do {
      guard let content = Data(base64Encoded: request.content) else {
        throw Field.invalid("…", "content", "base64")
      }
      let bytes = Array(content)
      return try await store.write { transaction in
        let directory = try transaction.directory()
        let desk = Desk(
          office: self, acting: acting, now: clock.now, directory: directory,
          person: try person(
            acting, Recording(ofDraft: request.draft, of: agency, in: transaction.sql),
            in: directory, transaction))
        let draft = try desk.openDraft(request.draft, in: transaction)
        var attached = try DraftAttachments(of: draft.id, in: transaction.sql)
        guard attached.lines.indices.contains(request.position) else {
          throw Lookup.notFound("\(request.draft)/\(request.position)")
        }
        let line = attached.lines[request.position]
        guard let cut = AttachmentCut(size: UInt64(line.size)), cut.pieces.contains(request.piece),
          bytes.count == cut.bytes(of: request.piece)
        else { throw Field.invalid("\(bytes.count)", "content", "1…1048576") }
        try attached.put(bytes, at: request.piece, of: line, in: transaction.sql)
        return try Self.shown(
          attached.lines[request.position], of: draft.id, in: transaction.sql)
      }
    } catch {
      throw Self.refusal(of: error)
    }
  }

  private static func shown(
    _ line: DraftAttachments.Line, of draft: RecordID, in transaction: borrowing Transaction
  ) throws -> API.DraftAttachment {
    let leaves = try DraftAttachments.leaves(of: line, in: transaction)
    return API.DraftAttachment(
      draft: draft.uuidString, position: line.position, name: line.name, size: line.size,
      salt: line.salt.hex, root: line.root?.hex, piecesHave: leaves.count,
      piecesTotal: line.total, begun: MerkleTree(leaves: leaves).root.hex)
  }

  /// Reads one piece of an attachment of a document.
  ///
  /// What a sealed part lists is given only to a person with a content role, and that it was
  /// opened stands in the audit.
  package func attachmentPiece(
    _ request: API.AttachmentPieceRequest, by acting: Acting
  ) async throws -> API.AttachmentPiece {
    try await look("attachmentPiece", on: request.document, by: acting) { transaction, reader in
      let found = try Lookup(agency: agency).find(request.document, in: transaction)
      guard found.kind == .document, let id = found.record,
        let place = try DocumentAttachments.place(of: id, found.dossier, agency, transaction),
        let (line, listed) = try DocumentAttachments(at: place, found.dossier, in: transaction)
          .line(request.position)
      else { throw Lookup.notFound("\(request.document)/\(request.position)") }
      guard place.part == 0 || reader.open(place.change, place.part) else {
        throw OfficeError(.personRequired)
      }
      guard let piece = try transaction.piece(request.piece, of: listed.place) else {
        guard listed.content.cut.pieces.contains(request.piece) else {
          throw Lookup.notFound("\(request.document)/\(request.position)/\(request.piece)")
        }
        throw OfficeError(.conflict, ["detail": "conflict.attachmentNotHere, \(line.name)"])
      }
      return API.AttachmentPiece(
        document: id.uuidString, position: request.position, piece: request.piece,
        name: line.name, size: line.size, salt: listed.content.salt.hex,
        root: listed.content.root.hex, path: piece.path.map(\.hex),
        content: Data(piece.bytes).base64EncodedString())
    }
  }
}

extension Desk {
  /// The draft that a request names, while its content may still change, for who may draft.
  func openDraft(
    _ text: String, in transaction: borrowing OfficeTransaction
  ) throws -> DraftRow {
    let row = try draft(text, in: transaction)
    _ = try role(oneOf: row.content.drafters, for: "verb.draft")
    guard row.state == .draft else { throw row.notIn([.draft]) }
    return row
  }
}
