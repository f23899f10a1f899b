import Casework
import Exchange
import Ledger
import TestSupport

/// Attachments that letters list, and the bytes of them that nodes bring over piece by piece.
extension Simulation {
  /// One more than a piece, the same for all runs: it takes a while to draw.
  private static let large = SampleAttachment(bytes: Ledger.Limits.attachmentPieceBytes + 5)

  /// What a letter lists: mostly nothing, else mostly little, now and then more than a piece.
  func someAttachments() -> [Attachment] {
    guard carries, sideways(6) == 0 else { return [] }
    let sizes = [37, 900, 900, 40_000]
    let sample =
      sideways(30) == 0
      ? Self.large : SampleAttachment(bytes: sizes[sideways(sizes.count)], seed: side.next())
    audit.contents[sample.content.root] = sample
    isAttaching = true
    return [
      Attachment(
        name: "paper.pdf", size: sample.content.size, salt: sample.content.salt,
        root: sample.content.root)
    ]
  }

  /// Stores the content of what a change set just written lists, as its author has it.
  func keepContents(of changeSet: StoredChangeSet, at node: SimulatedNode) throws {
    guard isAttaching else { return }
    isAttaching = false
    for index in changeSet.parts.keys.sorted() {
      for listed in changeSet.part(index)?.attachments ?? [] {
        guard let content = listed.attachment.content,
          let sample = audit.contents[content.root]
        else { continue }
        let attachment = ListedAttachment(
          place: AttachmentPlace(
            change: changeSet.id, part: index, position: listed.position),
          dossier: changeSet.dossier, record: listed.record, index: listed.index,
          content: content)
        audit.attachments[attachment.place] = attachment
        note("\(node.code) attaches \(content.size) bytes to \(name(of: attachment.place))")
        var isWhole = true
        for piece in sample.pieces {
          isWhole = try node.store.writeNow(StorePiece(piece, of: attachment)) && isWhole
        }
        if isWhole { audit.whole.insert(attachment.place) }
      }
    }
  }

  /// A random node asks for the next bytes of something that it lacks.
  func fetchSlice() async throws {
    let node = nodes[sideways(nodes.count)]
    guard !isPaused(node) else { return }
    let open = try node.store.readNow(ListWantedAttachments(limit: 20))
      .filter { !$0.peers.isEmpty }
    guard !open.isEmpty else { return }
    let wanted = open[sideways(open.count)]
    try await running(node) {
      let kept = node.transfers[wanted.listed.place]
      let peer = kept.flatMap { wanted.peers.contains($0.peer) ? $0.peer : nil }
      try fetch(wanted, from: peer ?? wanted.peers[sideways(wanted.peers.count)], at: node)
    }
  }

  /// Asks one peer for one slice; what came before from another is dropped.
  private func fetch(
    _ wanted: WantedAttachment, from peer: AgencyCode, at node: SimulatedNode
  ) throws {
    let place = wanted.listed.place
    guard let owner = self.node(peer), !isPaused(owner), !network.isCut(node.code, peer),
      var transfer = self.transfer(of: wanted.listed, from: peer, at: node)
    else { return }
    node.transfers[place] = nil
    let given = try give(transfer.question, of: place, to: node, by: owner)
    guard case .slice(var slice) = given else { return }
    if faults != nil, sideways(8) == 0 {
      transfer.lost()
      node.transfers[place] = (peer, transfer)
      return note("\(node.code) loses bytes of \(name(of: place))")
    }
    let isGarbled = faults != nil && sideways(12) == 0
    if isGarbled { slice.bytes[sideways(slice.bytes.count)] ^= 1 }
    switch transfer.took(slice) {
    case .more: node.transfers[place] = (peer, transfer)
    case .whole(let piece):
      guard try node.store.writeNow(StorePiece(piece, of: wanted.listed)) else { return }
      done.pieces += 1
      note("\(node.code) has piece \(piece.number) of \(name(of: place)) from \(peer)")
    case .unusable, .broken:
      try node.store.writeNow(
        RaiseBrokenPiece(peer: peer, place: place, piece: transfer.number, now: now(node)))
      note("\(node.code) refuses bytes of \(name(of: place)) from \(peer)")
    }
  }

  /// What is on its way from this peer, or the first piece that lacks; nil when none does.
  private func transfer(
    of listed: ListedAttachment, from peer: AgencyCode, at node: SimulatedNode
  ) -> PieceTransfer? {
    let here = node.store.contents.pieces[listed.place] ?? [:]
    if let kept = node.transfers[listed.place], kept.peer == peer, here[kept.transfer.number] == nil
    {
      return kept.transfer
    }
    return listed.content.cut.pieces.first { here[$0] == nil }.map {
      PieceTransfer($0, of: listed.content, sliceBytes: Exchange.Limits.sliceBytesMin)
    }
  }

  private func give(
    _ range: AttachmentRange, of place: AttachmentPlace, to node: SimulatedNode,
    by owner: SimulatedNode
  ) throws -> AttachmentAnswer {
    let lawful = try owner.store.readNow(
      AnswerAttachment(requester: node.code, place: place, range: range))
    let answer = mistaken(lawful, range, of: place, by: owner)
    if case .slice = answer {
      try audit.handedOut([place], by: owner, to: node.code, at: self)
    }
    return answer
  }

  /// A random node asks another for something that it may know of by chance alone.
  func beCurious() throws {
    let places = audit.attachments.keys.sorted()
    let (node, owner) = (nodes[sideways(nodes.count)], nodes[sideways(nodes.count)])
    guard node.code != owner.code, !places.isEmpty, let range = AttachmentRange(first: 0) else {
      return
    }
    _ = try give(range, of: places[sideways(places.count)], to: node, by: owner)
  }

  func name(of place: AttachmentPlace) -> String {
    let dossier = audit.attachments[place]?.dossier.hex.prefix(8) ?? ""
    return "\(place.change.hex.prefix(8)) in \(dossier)"
  }

  /// Lets every node ask for whatever it lacks, of everybody whom it may ask.
  func fetchAllPieces() throws {
    guard carries else { return }
    for node in nodes {
      var after: AttachmentPlace?
      while true {
        let open = try node.store.readNow(ListWantedAttachments(after: after))
        for wanted in open {
          for peer in wanted.peers { try fetchAll(wanted, from: peer, at: node) }
        }
        guard let last = open.last else { break }
        after = last.listed.place
      }
    }
  }

  private func fetchAll(
    _ wanted: WantedAttachment, from peer: AgencyCode, at node: SimulatedNode
  ) throws {
    // Slices double from 16 KiB, so that a piece takes eight.
    for _ in 0..<8 * wanted.listed.content.cut.count {
      let before = node.store.contents.pieces[wanted.listed.place]?.count ?? 0
      if before == wanted.listed.content.cut.count { return }
      try fetch(wanted, from: peer, at: node)
      let isMoving =
        node.transfers[wanted.listed.place] != nil
        || node.store.contents.pieces[wanted.listed.place]?.count ?? 0 > before
      if !isMoving { return }
    }
  }

  /// What is stored of an attachment is what its author attached, and nobody lacks what its author
  /// would give whom it may ask: who is shut out, perhaps without knowing it, is asked for nothing.
  func checkAttachments(_ node: SimulatedNode) throws {
    for (place, pieces) in node.store.contents.pieces {
      for (number, kept) in pieces {
        guard let content = audit.attachments[place]?.content,
          let sample = audit.contents[content.root], sample.pieces.indices.contains(number),
          content.piece(number, frame: kept.frame) != nil,
          sample.pieces[number].bytes == kept.bytes
        else {
          throw failed("\(node.code) keeps other bytes than were attached to \(name(of: place))")
        }
      }
    }
    guard let range = AttachmentRange(first: 0) else { return }
    for wanted in try node.store.readNow(ListWantedAttachments())
    where audit.whole.contains(wanted.listed.place) {
      let place = wanted.listed.place
      let barred = try node.store.readNow(BarredFrom(dossier: wanted.listed.dossier))
      guard let author = try node.store.readNow(ChangeSetOf(id: place.change))?.header.author,
        !barred.contains(author)
      else { continue }
      for owner in nodes
      where owner !== node && owner.written[place.change] != nil && !barred.contains(owner.code) {
        let answer = try owner.store.readNow(
          AnswerAttachment(requester: node.code, place: place, range: range))
        guard case .slice = answer else { continue }
        throw failed("\(node.code) lacks what \(owner.code) gives of \(name(of: place))", .differs)
      }
    }
  }
}

/// Who is excluded from a dossier by what a node stores or holds.
private struct BarredFrom: StoreWork {
  let dossier: DossierID

  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> Set<AgencyCode> {
    let excluded = try transaction.graphs([dossier])[dossier]?.excluded ?? []
    let held = try transaction.heldExclusions(in: [dossier])[dossier] ?? []
    return excluded.union(held.map(\.agency))
  }
}
