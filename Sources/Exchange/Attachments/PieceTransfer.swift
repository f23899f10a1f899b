package import Ledger

/// Brings one piece of an attachment over from a peer, slice by slice, in whatever slices the line
/// carries.
///
/// What came stays when a slice is lost, so the next question goes on at the byte after it; slices
/// become shorter with every loss and longer again with every success. A value: the caller asks
/// `question` and tells what came.
package struct PieceTransfer: Sendable {
  /// What a slice led to.
  package enum Step: Sendable, Equatable {
    /// More of the piece is to be asked for.
    case more
    /// The piece is whole and leads to the root.
    case whole(AttachmentPiece)
    /// The bytes are not what was asked for; nothing of them is kept.
    case unusable
    /// The piece is whole and does not lead to the root; nothing of it is kept.
    case broken
  }

  /// The number of the piece.
  package let number: Int
  private let content: AttachmentContent
  private let start: UInt64
  private let frameBytes: Int
  private let total: UInt64
  private var frame: [UInt8] = []
  private var sliceBytes: Int

  /// Begins a piece; `sliceBytes` is what the piece before it came to.
  package init(_ number: Int, of content: AttachmentContent, sliceBytes: Int) {
    self.number = number
    self.content = content
    let cut = content.cut
    start = cut.frameStart(of: number)
    frameBytes = cut.frameBytes(of: number)
    total = cut.framedBytes
    self.sliceBytes = min(max(sliceBytes, Limits.sliceBytesMin), Limits.sliceBytesMax)
  }

  /// How much is asked for at once.
  package var currentSliceBytes: Int { sliceBytes }

  /// How much of the frame has come.
  package var receivedBytes: Int { frame.count }

  /// What to ask for next.
  package var question: AttachmentRange {
    let first = start + UInt64(frame.count)
    let last = first + UInt64(min(sliceBytes, frameBytes - frame.count)) - 1
    guard let range = AttachmentRange(first: first, last: last) else {
      preconditionFailure("a frame that is not whole has a next byte")
    }
    return range
  }

  /// Takes what came.
  package mutating func took(_ slice: AttachmentSlice) -> Step {
    let asked = question
    guard slice.first == asked.first, slice.total == total, !slice.bytes.isEmpty,
      slice.bytes.count <= frameBytes - frame.count
    else { return .unusable }
    frame += slice.bytes
    sliceBytes = min(sliceBytes * 2, Limits.sliceBytesMax)
    guard frame.count == frameBytes else { return .more }
    guard let piece = content.piece(number, frame: frame) else {
      frame = []
      return .broken
    }
    return .whole(piece)
  }

  /// Notes that a slice was lost on the way.
  package mutating func lost() {
    sliceBytes = max(sliceBytes / 2, Limits.sliceBytesMin)
  }

  /// Drops what came from a peer, so that pieces are never put together of two peers' bytes.
  package mutating func restart() {
    frame = []
  }
}
