/// How a content of some size is cut into pieces, and how the pieces travel.
///
/// A piece travels as a *frame*: its audit path, whose length follows from its place, then its
/// bytes. All frames in order are the representation that peers ask byte ranges of, so a transfer
/// goes on at any byte and every piece is verified as soon as its frame is whole.
package struct AttachmentCut: Hashable, Sendable {
  /// Bytes of the content.
  package let size: UInt64

  /// Cuts a content; nil when its size is not lawful.
  package init?(size: UInt64) {
    guard (1...Limits.attachmentBytesMax).contains(size) else { return nil }
    self.size = size
  }

  init(lawful size: UInt64) { self.size = size }

  /// The number of pieces.
  package var count: Int {
    let bytes = UInt64(Limits.attachmentPieceBytes)
    return Int((size + bytes - 1) / bytes)
  }

  /// The numbers of the pieces.
  package var pieces: Range<Int> { 0..<count }

  /// Bytes of one piece.
  package func bytes(of piece: Int) -> Int {
    let before = UInt64(piece) * UInt64(Limits.attachmentPieceBytes)
    return Int(min(UInt64(Limits.attachmentPieceBytes), size - before))
  }

  /// The hashes in the audit path of a piece: one for every level on which it has a sibling.
  package func pathCount(of piece: Int) -> Int {
    var (index, width, hashes) = (piece, count, 0)
    while width > 1 {
      if index ^ 1 < width { hashes += 1 }
      index /= 2
      width = (width + 1) / 2
    }
    return hashes
  }

  /// Bytes of the frame of a piece.
  package func frameBytes(of piece: Int) -> Int {
    pathCount(of: piece) * Hash256.byteCount + bytes(of: piece)
  }

  /// Bytes of all frames together.
  package var framedBytes: UInt64 {
    size + pieces.reduce(0) { $0 + UInt64(pathCount(of: $1) * Hash256.byteCount) }
  }

  /// Where the frame of a piece begins.
  package func frameStart(of piece: Int) -> UInt64 {
    (0..<piece).reduce(0) { $0 + UInt64(frameBytes(of: $1)) }
  }

  /// The piece whose frame holds a byte, and how far into the frame it stands; nil beyond the end.
  package func place(of byte: UInt64) -> (piece: Int, offset: Int)? {
    var start: UInt64 = 0
    for piece in pieces {
      let end = start + UInt64(frameBytes(of: piece))
      if byte < end { return (piece, Int(byte - start)) }
      start = end
    }
    return nil
  }
}
