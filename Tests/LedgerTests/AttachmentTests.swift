import Ledger
import TestSupport
import Testing

@Suite struct AttachmentTests {
  /// The root of the five bytes `piece` under 32 salt bytes of 0x07, worked out by hand:
  /// `printf '\0%s' … | sha256sum`.
  @Test func `the root of one piece is the salted leaf`() throws {
    let salt = try #require(Hash256([UInt8](repeating: 7, count: 32)))
    #expect(
      AttachmentContent.leaf(Array("piece".utf8), salt: salt).hex
        == "b3fd5ea343da6d1b7e4b6628e4d6fb18ef57b5c412338f6beff8bf9cd4be9fd4")
    #expect(
      AttachmentContent.leaf(Array("piece".utf8), salt: salt)
        == .sha256([0] + [UInt8](repeating: 7, count: 32) + Array("piece".utf8)))
  }

  @Test(arguments: [1, 1_048_575, 1_048_576, 1_048_577, 3 * 1_048_576 + 5])
  func `every piece of a content proves itself and no other`(_ size: Int) {
    let sample = SampleAttachment(bytes: size, seed: UInt64(size))
    let (content, pieces) = (sample.content, sample.pieces)
    #expect(pieces.count == content.cut.count && sample.bytes.count == size)
    for piece in pieces {
      var broken = piece.bytes
      broken[broken.count / 2] ^= 1
      #expect(content.piece(piece.number, bytes: broken, path: piece.path) == nil)
      #expect(
        content.piece(piece.number, bytes: Array(piece.bytes.dropLast()), path: piece.path) == nil)
      #expect(content.piece(piece.number + 1, bytes: piece.bytes, path: piece.path) == nil)
      #expect(content.piece(piece.number, bytes: piece.bytes, path: piece.path + [.zero]) == nil)
      let other = AttachmentContent(size: content.size, salt: .zero, root: content.root)
      #expect(other?.piece(piece.number, bytes: piece.bytes, path: piece.path) == nil)
    }
  }

  @Test func `the frames of a content lie end to end and hold their audit paths`() throws {
    for count in [1, 2, 3, 5, 8, 2_047, 2_048] {
      let size = UInt64((count - 1) * Limits.attachmentPieceBytes + 3)
      let cut = try #require(AttachmentCut(size: size))
      #expect(cut.count == count)
      let tree = MerkleTree(
        leaves: (0..<count).map { MerkleTree.leaf([UInt8(truncatingIfNeeded: $0)]) })
      var start: UInt64 = 0
      for piece in cut.pieces where count < 10 || piece % 97 == 0 || piece == count - 1 {
        #expect(cut.pathCount(of: piece) == tree.path(of: piece).count)
      }
      for piece in [0, count / 2, count - 1] {
        start = cut.frameStart(of: piece)
        #expect(cut.place(of: start)?.piece == piece)
        #expect(cut.place(of: start)?.offset == 0)
        let last = start + UInt64(cut.frameBytes(of: piece)) - 1
        #expect(cut.place(of: last)?.piece == piece)
      }
      #expect(start + UInt64(cut.frameBytes(of: count - 1)) == cut.framedBytes)
      #expect(cut.place(of: cut.framedBytes) == nil)
    }
  }

  @Test func `an empty content and one beyond two gibibytes are none`() {
    #expect(AttachmentCut(size: 0) == nil)
    #expect(AttachmentCut(size: 2 << 30)?.count == Limits.attachmentPiecesMax)
    #expect(AttachmentCut(size: (2 << 30) + 1) == nil)
    #expect(AttachmentContent(size: .max, salt: .zero, root: .zero) == nil)
  }
}
