package import Ledger

/// What a peer is given of an attachment.
package enum AttachmentAnswer: Sendable, Equatable {
  /// There is no such thing, it is not the asker's, or the piece is not here: all alike.
  case nothing
  /// The range begins beyond the end of the representation, which has this many bytes.
  case beyond(total: UInt64)
  /// Bytes of one frame.
  case slice(AttachmentSlice)
}

/// Bytes of the representation of an attachment, at most to the end of the frame they begin in.
package struct AttachmentSlice: Sendable, Equatable {
  /// The number of the first byte, from 0.
  package var first: UInt64
  /// Bytes of the whole representation.
  package var total: UInt64
  /// The bytes.
  package var bytes: [UInt8]

  /// Makes a slice.
  package init(first: UInt64, total: UInt64, bytes: [UInt8]) {
    self.first = first
    self.total = total
    self.bytes = bytes
  }
}

/// Answers a request for a range of an attachment out of one snapshot.
///
/// Who may fetch it is who may see the part that lists it, by the one ``Audience``. The look-up
/// starts from the dossiers of the requester's agencies, so what is forbidden is answered like what
/// is unknown.
package struct AnswerAttachment: StoreWork {
  private let requester: AgencyCode
  private let place: AttachmentPlace
  private let range: AttachmentRange

  /// Answers the node that an agency runs.
  package init(requester: AgencyCode, place: AttachmentPlace, range: AttachmentRange) {
    self.requester = requester
    self.place = place
    self.range = range
  }

  package func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> AttachmentAnswer {
    let node = try transaction.node()
    let routing = Routing(node: node.agency, view: try transaction.wholeDirectory()?.current)
    let agencies = routing.agencies(at: requester)
    guard
      let dossier = try transaction.locate([place.change], readableBy: agencies)[place.change],
      dossier != node.directory,
      let graph = try transaction.graphs([dossier])[dossier],
      let changeSet = graph.changeSet(place.change)
    else { return .nothing }
    let audience = Audience(
      graph: graph, routing: routing, isDirectory: false,
      held: try transaction.heldExclusions(in: [dossier])[dossier] ?? [])
    let readers = audience.readers(at: requester, of: place.change)
    guard !readers.isEmpty, audience.parts(of: changeSet, for: readers)[place.part] != nil,
      let listed = try transaction.attachments(at: [place])[place]
    else { return .nothing }
    let cut = listed.content.cut
    guard let (piece, offset) = cut.place(of: range.first) else {
      return .beyond(total: cut.framedBytes)
    }
    guard let kept = try transaction.piece(piece, of: place) else { return .nothing }
    let frame = kept.frame
    // A broken disk may have shortened it; the self-check names it.
    guard frame.count == cut.frameBytes(of: piece) else { return .nothing }
    let asked = range.last.map { $0 - range.first } ?? UInt64(frame.count)
    let end = min(frame.count, offset + Int(min(asked, UInt64(frame.count))) + 1)
    return .slice(
      AttachmentSlice(
        first: range.first, total: cut.framedBytes, bytes: Array(frame[offset..<end])))
  }
}
