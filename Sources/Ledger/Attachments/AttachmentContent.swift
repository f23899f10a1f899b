/// What the content of an attachment is: its size, its salt, and the root over its pieces.
///
/// The content is cut into pieces of 1 MiB, the last one shorter. The leaf of a piece is
/// SHA-256(0x00 ‖ salt ‖ piece), the tree that of RFC 9162. The salt keeps a guesser from testing
/// whether a known file was sent; a leaf never reads as an inner node, whose hash begins with 0x01.
///
/// ```swift
/// let content = AttachmentContent(size: 3 << 20, salt: salt, root: root)
/// let piece = content?.piece(1, bytes: bytes, path: path)  // nil unless it leads to the root
/// ```
package struct AttachmentContent: Hashable, Sendable {
  /// Bytes, from 1 to the limit.
  package let size: UInt64
  /// Thirty-two random bytes that stand before every piece under its hash.
  package let salt: Hash256
  /// The root over the pieces.
  package let root: Hash256

  /// Describes a content; nil when its size is not lawful.
  package init?(size: UInt64, salt: Hash256, root: Hash256) {
    guard (1...Limits.attachmentBytesMax).contains(size) else { return nil }
    self.size = size
    self.salt = salt
    self.root = root
  }

  /// How the content is cut.
  package var cut: AttachmentCut { AttachmentCut(lawful: size) }

  /// The leaf of a piece.
  package static func leaf(_ piece: [UInt8], salt: Hash256) -> Hash256 {
    .sha256([0], salt.bytes, piece)
  }

  /// Takes a piece with its audit path; nil unless it has the right length and leads to the root.
  package func piece(_ number: Int, bytes: [UInt8], path: [Hash256]) -> AttachmentPiece? {
    let cut = cut
    guard cut.pieces.contains(number), bytes.count == cut.bytes(of: number) else { return nil }
    let leaf = Self.leaf(bytes, salt: salt)
    guard MerkleTree.root(leaf: leaf, at: number, of: cut.count, path: path) == root else {
      return nil
    }
    return AttachmentPiece(number: number, bytes: bytes, leaf: leaf, path: path)
  }

  /// Takes a piece as it travels: its audit path, then its bytes; nil unless it leads to the root.
  package func piece(_ number: Int, frame: [UInt8]) -> AttachmentPiece? {
    let cut = cut
    guard cut.pieces.contains(number), frame.count == cut.frameBytes(of: number) else { return nil }
    let pathBytes = cut.pathCount(of: number) * Hash256.byteCount
    let path = stride(from: 0, to: pathBytes, by: Hash256.byteCount).compactMap {
      Hash256(frame[$0..<$0 + Hash256.byteCount])
    }
    return piece(number, bytes: Array(frame[pathBytes...]), path: path)
  }
}

/// A piece that leads to the root of its attachment: only such a one is stored.
package struct AttachmentPiece: Hashable, Sendable {
  /// Its number, from 0.
  package let number: Int
  /// Its bytes.
  package let bytes: [UInt8]
  /// Its salted hash.
  package let leaf: Hash256
  /// Its audit path, from its sibling up.
  package let path: [Hash256]
}
