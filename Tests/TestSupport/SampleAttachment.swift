package import Ledger

/// The content of an attachment with its pieces, cut and hashed as its author does.
package struct SampleAttachment: Sendable {
  /// What a document says about it.
  package let content: AttachmentContent
  /// Every piece.
  package let pieces: [AttachmentPiece]

  /// Makes a content of some bytes that follow from a seed.
  package init(bytes count: Int, seed: UInt64 = 1) {
    var random = SeededGenerator(seed: seed)
    // Random bytes are slow to draw one by one: 4 KiB are repeated, each time changed,
    // and from one MiB to the next too.
    let block = random.bytes(4_096)
    let salt = Hash256.sha256(block)
    self.init(
      (0..<count).map { block[$0 & 4_095] ^ UInt8(truncatingIfNeeded: ($0 >> 12) + ($0 >> 20)) },
      salt: salt)
  }

  /// Makes a content of given bytes.
  package init(_ bytes: [UInt8], salt: Hash256) {
    let size = Limits.attachmentPieceBytes
    let cut = stride(from: 0, to: bytes.count, by: size).map {
      Array(bytes[$0..<min(bytes.count, $0 + size)])
    }
    let tree = MerkleTree(leaves: cut.map { AttachmentContent.leaf($0, salt: salt) })
    guard
      let content = AttachmentContent(size: UInt64(bytes.count), salt: salt, root: tree.root)
    else { preconditionFailure("a lawful size") }
    self.content = content
    pieces = cut.enumerated().compactMap { number, bytes in
      content.piece(number, bytes: bytes, path: tree.path(of: number))
    }
  }

  /// All bytes.
  package var bytes: [UInt8] { pieces.flatMap(\.bytes) }
}
