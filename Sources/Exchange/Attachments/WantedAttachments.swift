package import Ledger

/// An attachment that lacks pieces, and whom to ask for them.
package struct WantedAttachment: Sendable, Hashable {
  /// What is noted of it.
  package var listed: ListedAttachment
  /// The nodes to ask: the author's first, then those of the other members; nobody who is shut out.
  package var peers: [AgencyCode]
}

/// Lists attachments that lack pieces, with the nodes that may have them.
package struct ListWantedAttachments: StoreWork {
  private let after: AttachmentPlace?
  private let limit: Int

  /// Asks for those after one.
  package init(after: AttachmentPlace? = nil, limit: Int = Limits.wantedAttachmentsMax) {
    self.after = after
    self.limit = limit
  }

  package func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> [WantedAttachment] {
    let open = try transaction.incompleteAttachments(after: after, limit: limit)
    return open.isEmpty ? [] : try wanted(open, in: transaction)
  }

  /// Whom to ask for each of these.
  func wanted<T: StoreTransaction & ~Copyable>(
    _ open: [ListedAttachment], in transaction: borrowing T
  ) throws -> [WantedAttachment] {
    let node = try transaction.node()
    let directory = try transaction.directory()
    guard directory?.isHoled != true else {
      return open.map { WantedAttachment(listed: $0, peers: []) }
    }
    let routing = Routing(node: node.agency, view: directory?.current)
    let dossiers = Set(open.map(\.dossier)).sorted()
    let held = try transaction.heldExclusions(in: dossiers)
    let graphs = try transaction.graphs(dossiers)
    return open.map { listed in
      guard let graph = graphs[listed.dossier],
        let changeSet = graph.changeSet(listed.place.change)
      else { return WantedAttachment(listed: listed, peers: []) }
      let audience = Audience(
        graph: graph, routing: routing, isDirectory: false, held: held[listed.dossier] ?? [])
      let author = routing.host(of: changeSet.header.author)
      // Who may not have the attachment is not told of it by a question; its author knows it, but
      // may be shut out since.
      let others = Set(graph.granted.map(routing.host(of:))).sorted().filter { host in
        let readers = audience.readers(at: host, of: changeSet.id)
        return host != author && !readers.isEmpty
          && audience.parts(of: changeSet, for: readers)[listed.place.part] != nil
      }
      var first = [author]
      if author == node.agency, routing.view?.isWithdrawn(changeSet.header.key) == true {
        // Written before the author came here: its former host has what it wrote there.
        first = routing.formerHosts(of: changeSet.header.author).sorted()
      }
      first = audience.askable(first, of: changeSet.header.author)
      let peers = (first + others).filter { $0 != node.agency }
      return WantedAttachment(listed: listed, peers: peers)
    }
  }
}

/// Which pieces of an attachment are to be fetched: nothing when it is complete, or not noted as it
/// was any more.
package struct MissingPieces: StoreWork {
  private let listed: ListedAttachment

  /// Asks about an attachment.
  package init(of listed: ListedAttachment) {
    self.listed = listed
  }

  package func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> [Int] {
    guard let known = try transaction.attachments(at: [listed.place])[listed.place],
      known.says(listed)
    else { return [] }
    let here = Set(try transaction.pieces(of: listed.place))
    return listed.content.cut.pieces.filter { !here.contains($0) }
  }
}

/// Stores a verified piece.
package struct StorePiece: StoreWork {
  private let piece: AttachmentPiece
  private let listed: ListedAttachment

  /// Takes a piece that leads to the root of the attachment as it is listed.
  package init(_ piece: AttachmentPiece, of listed: ListedAttachment) {
    self.piece = piece
    self.listed = listed
  }

  /// Returns whether the attachment still is what the piece was verified for.
  package func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Bool {
    guard let known = try transaction.attachments(at: [listed.place])[listed.place],
      known.says(listed)
    else { return false }
    try transaction.put(piece, of: listed.place)
    return true
  }
}

/// Notes that a peer gave a piece that does not lead to the root.
package struct RaiseBrokenPiece: StoreWork {
  private let peer: AgencyCode
  private let place: AttachmentPlace
  private let piece: Int
  private let now: Timestamp

  /// Names the peer and the piece.
  package init(peer: AgencyCode, place: AttachmentPlace, piece: Int, now: Timestamp) {
    self.peer = peer
    self.place = place
    self.piece = piece
    self.now = now
  }

  package func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws {
    try transaction.raise([.brokenPiece(piece, of: place, from: peer, at: now)])
  }
}

extension Alarm {
  /// A piece of an attachment that a peer gave does not lead to the root that its part states.
  static func brokenPiece(
    _ number: Int, of place: AttachmentPlace, from peer: AgencyCode, at now: Timestamp
  ) -> Alarm {
    Alarm(peer: peer, kind: .brokenPiece, subject: "\(place)/\(number)", evidence: [], at: now)
  }
}
