import FoundationEssentials
package import Ledger
import SwiftProtobuf
import Wire

/// What one envelope of a bundle holds of attachments: pieces of any of them.
///
/// Each piece is named by the part that lists its attachment, never by its hash, and is nothing
/// until it leads to the root that the part states.
package struct BundlePieces: Sendable, Hashable {
  /// One piece on its way.
  package struct Piece: Sendable, Hashable {
    /// The attachment.
    package var place: AttachmentPlace
    /// The number of the piece, from 0.
    package var number: Int
    /// Its audit path, then its bytes.
    package var frame: [UInt8]

    /// Names a piece.
    package init(place: AttachmentPlace, number: Int, frame: [UInt8]) {
      self.place = place
      self.number = number
      self.frame = frame
    }

    /// What it takes in an envelope at the most.
    var byteCount: Int { frame.count + Limits.bundlePieceFramingBytes }
  }

  /// The fields that this build knows; what a later one adds is passed over.
  package static let fields = KnownFields(upTo: 1, holding: [1: KnownFields(upTo: 5)])

  /// The pieces, at least one.
  package var pieces: [Piece]

  /// Puts pieces together.
  package init(_ pieces: [Piece]) {
    self.pieces = pieces
  }

  /// The wire form.
  package func encoded() -> [UInt8] {
    var wire = WireBundlePieces()
    wire.pieces = pieces.map(\.wire)
    return LawfulForm.encode(wire)
  }

  /// Reads the wire form; nil when it is none or breaks a limit.
  package static func decode(_ bytes: [UInt8]) -> BundlePieces? {
    guard bytes.count <= Limits.envelopeBytesMax,
      FieldBudget.root([.field(1, upTo: Limits.bundlePiecesPerEnvelopeMax)]).covers(bytes),
      let wire = LawfulForm.decode(WireBundlePieces.self, bytes, passingOverAllBut: fields),
      !wire.pieces.isEmpty
    else { return nil }
    let pieces = wire.pieces.compactMap(Piece.init(wire:))
    return pieces.count == wire.pieces.count ? BundlePieces(pieces) : nil
  }
}

extension BundlePieces.Piece {
  fileprivate var wire: WireBundlePiece {
    var wire = WireBundlePiece()
    wire.changeSet = Data(place.change.bytes)
    wire.part = UInt32(clamping: place.part)
    wire.position = UInt32(clamping: place.position)
    wire.number = UInt32(clamping: number)
    wire.frame = Data(frame)
    return wire
  }

  fileprivate init?(wire: WireBundlePiece) {
    guard let change = ChangeSetID(wire.changeSet), wire.part < Ledger.Limits.partsMax,
      wire.position <= UInt16.max, wire.number < Ledger.Limits.attachmentPiecesMax,
      !wire.frame.isEmpty, wire.frame.count <= Limits.sliceBytesMax
    else { return nil }
    self.init(
      place: AttachmentPlace(
        change: change, part: Int(wire.part), position: Int(wire.position)),
      number: Int(wire.number), frame: Array(wire.frame))
  }
}

/// Stores the pieces that a bundle brought, each as soon as it leads to its root.
///
/// One that is here already, or whose attachment is not listed here, is passed over: what is held
/// lists nothing yet, and asks again when it is released. One that does not lead to its root is
/// evidence against whoever signed the bundle.
struct TakePieces: StoreWork {
  private let peer: AgencyCode
  private let pieces: [BundlePieces.Piece]
  private let now: Timestamp

  /// Takes what an envelope of the peer holds.
  init(peer: AgencyCode, _ pieces: BundlePieces, now: Timestamp) {
    self.peer = peer
    self.pieces = pieces.pieces
    self.now = now
  }

  /// How many were stored.
  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Int {
    var stored = 0
    let places = Set(pieces.map(\.place)).sorted()
    let listed = try transaction.attachments(at: places)
    var here: [AttachmentPlace: Set<Int>] = [:]
    for (place, attachment) in listed where !attachment.isComplete {
      here[place] = Set(try transaction.pieces(of: place))
    }
    var alarms: [Alarm] = []
    for piece in pieces {
      guard let content = listed[piece.place]?.content,
        here[piece.place]?.contains(piece.number) == false
      else { continue }
      guard let whole = content.piece(piece.number, frame: piece.frame) else {
        alarms.append(.brokenPiece(piece.number, of: piece.place, from: peer, at: now))
        continue
      }
      try transaction.put(whole, of: piece.place)
      here[piece.place]?.insert(piece.number)
      stored += 1
    }
    if !alarms.isEmpty { try transaction.raise(alarms) }
    return stored
  }
}
