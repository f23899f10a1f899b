package import Ledger

extension MemoryTransaction {
  package func list(_ attachments: [ListedAttachment]) throws {
    try session.beginWrite()
    for attachment in attachments {
      if session.contents.attachments[attachment.place]?.says(attachment) == true { continue }
      var fresh = attachment
      fresh.have = 0
      session.set(\.attachments, fresh.place, fresh)
      session.set(\.pieces, fresh.place, nil)
    }
  }

  package func attachments(
    at places: [AttachmentPlace]
  ) throws -> [AttachmentPlace: ListedAttachment] {
    var result: [AttachmentPlace: ListedAttachment] = [:]
    for place in places { result[place] = session.contents.attachments[place] }
    return result
  }

  package func attachments(of dossiers: [DossierID]) throws -> [ListedAttachment] {
    session.contents.attachments.values.filter { dossiers.contains($0.dossier) }
      .sorted { $0.place < $1.place }
  }

  package func attachments(listedBy changes: [ChangeSetID]) throws -> [ListedAttachment] {
    let wanted = Set(changes)
    return session.contents.attachments.values.filter { wanted.contains($0.place.change) }
      .sorted { $0.place < $1.place }
  }

  package func incompleteAttachments(
    after: AttachmentPlace?, limit: Int
  ) throws -> [ListedAttachment] {
    let open = session.contents.attachments.values.filter { attachment in
      !attachment.isComplete && after.map { $0 < attachment.place } ?? true
    }
    return Array(open.sorted { $0.place < $1.place }.prefix(limit))
  }

  package func pieces(of place: AttachmentPlace) throws -> [Int] {
    (session.contents.pieces[place] ?? [:]).keys.sorted()
  }

  package func piece(_ number: Int, of place: AttachmentPlace) throws -> LoggedPiece? {
    session.contents.pieces[place]?[number]
  }

  package func put(_ piece: AttachmentPiece, of place: AttachmentPlace) throws {
    try session.beginWrite()
    guard var attachment = session.contents.attachments[place],
      session.contents.pieces[place]?[piece.number] == nil
    else { return }
    var pieces = session.contents.pieces[place] ?? [:]
    pieces[piece.number] = LoggedPiece(bytes: piece.bytes, path: piece.path)
    session.set(\.pieces, place, pieces)
    attachment.have += 1
    session.set(\.attachments, place, attachment)
  }

  package func forget(pieces numbers: [Int], of place: AttachmentPlace) throws {
    try session.beginWrite()
    guard var attachment = session.contents.attachments[place] else { return }
    var pieces = session.contents.pieces[place] ?? [:]
    for number in numbers { pieces[number] = nil }
    session.set(\.pieces, place, pieces)
    attachment.have = pieces.count
    session.set(\.attachments, place, attachment)
  }

  package func unlist(_ places: [AttachmentPlace]) throws {
    try session.beginWrite()
    for place in places {
      session.set(\.attachments, place, nil)
      session.set(\.pieces, place, nil)
    }
  }
}
