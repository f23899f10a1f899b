import Exchange
import Ledger
import TestSupport
import Testing

/// Bringing pieces over, whatever becomes of the slices on the way.
@Suite struct PieceTransferTests {
  private static let sample = SampleAttachment(bytes: 3 << 20 | 77)

  /// All that a peer with every piece would answer, as one text of bytes.
  private static let representation: [UInt8] = sample.pieces.flatMap(\.frame)

  private func answer(_ range: AttachmentRange) throws -> AttachmentSlice {
    let all = Self.representation
    let last = try #require(range.last)
    return AttachmentSlice(
      first: range.first, total: UInt64(all.count), bytes: Array(all[Int(range.first)...Int(last)]))
  }

  @Test(arguments: [1 << 20, 50_000, 16 << 10])
  func `pieces come whole in slices of any length`(_ slice: Int) throws {
    let all = Self.representation
    #expect(UInt64(all.count) == Self.sample.content.cut.framedBytes)
    for piece in Self.sample.pieces {
      var transfer = PieceTransfer(piece.number, of: Self.sample.content, sliceBytes: slice)
      var step = PieceTransfer.Step.more
      while step == .more {
        let range = transfer.question
        let last = Int(try #require(range.last))
        step = transfer.took(
          AttachmentSlice(
            first: range.first, total: UInt64(all.count), bytes: Array(all[Int(range.first)...last])
          ))
      }
      #expect(step == .whole(piece))
    }
  }

  @Test func `a transfer goes on at the byte after the last one that came`() throws {
    var transfer = PieceTransfer(1, of: Self.sample.content, sliceBytes: 1 << 20)
    // Every slice is lost until only the shortest come through, and then comes cut short.
    for _ in 0..<10 { transfer.lost() }
    #expect(transfer.currentSliceBytes == Exchange.Limits.sliceBytesMin)
    var slice = try answer(transfer.question)
    slice.bytes.removeLast(1_000)
    let first = transfer.question.first
    #expect(transfer.took(slice) == .more)
    #expect(transfer.receivedBytes == Exchange.Limits.sliceBytesMin - 1_000)
    #expect(transfer.question.first == first + UInt64(transfer.receivedBytes))
    var step = PieceTransfer.Step.more
    while step == .more { step = transfer.took(try answer(transfer.question)) }
    #expect(step == .whole(Self.sample.pieces[1]))
  }

  @Test func `what was not asked for is not kept, and a changed byte is seen`() throws {
    var transfer = PieceTransfer(0, of: Self.sample.content, sliceBytes: 1 << 20)
    let good = try answer(transfer.question)
    let changes: [(inout AttachmentSlice) -> Void] = [
      { $0.first += 1 }, { $0.total += 1 }, { $0.bytes = [] },
      { $0.bytes += [UInt8](repeating: 0, count: 2 << 20) },
    ]
    for change in changes {
      var slice = good
      change(&slice)
      #expect(transfer.took(slice) == .unusable)
      #expect(transfer.receivedBytes == 0)
    }
    // In the path, in the content; the whole frame may take two slices.
    for place in [3, 100_000] {
      var step = PieceTransfer.Step.more
      while step == .more {
        var slice = try answer(transfer.question)
        let at = place - Int(slice.first)
        if slice.bytes.indices.contains(at) { slice.bytes[at] ^= 1 }
        step = transfer.took(slice)
      }
      #expect(step == .broken)
      #expect(transfer.receivedBytes == 0)
    }
  }

  @Test(arguments: [
    "bytes=-5", "bytes=5-4", "bytes=0-1,2-3", "bytes=a-", "bytes=+1-", "items=0-1", "bytes=", "",
    "bytes=0-18446744073709551616", "bytes= 0-1",
  ])
  func `a range that is not one with a beginning is none`(_ field: String) {
    #expect(AttachmentRange(field: field) == nil)
  }

  @Test func `ranges are written as they are read`() throws {
    let range = try #require(AttachmentRange(field: "bytes=7-"))
    #expect(range == AttachmentRange(first: 7) && range.field == "bytes=7-")
    let slice = AttachmentSlice(first: 7, total: 90, bytes: [1, 2, 3])
    #expect(slice.contentRange == "bytes 7-9/90")
    #expect(AttachmentSlice(contentRange: "bytes 7-9/90", bytes: [1, 2, 3]) == slice)
    #expect(AttachmentSlice(contentRange: "bytes 7-9/90", bytes: [1, 2]) == nil)
    #expect(AttachmentSlice(contentRange: "bytes 7-9", bytes: [1, 2, 3]) == nil)
  }
}
