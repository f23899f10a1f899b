/// The hash tree of RFC 9162 section 2.1 over SHA-256.
package struct MerkleTree: Sendable {
  /// The hashes of the complete subtrees: level 0 the leaves, each next level half as many, an
  /// odd last one carried up unchanged.
  private let levels: [[Hash256]]

  /// Builds the tree over leaf hashes.
  package init(leaves: [Hash256]) {
    var levels = [leaves]
    while let last = levels.last, last.count > 1 {
      var next: [Hash256] = []
      next.reserveCapacity((last.count + 1) / 2)
      for index in stride(from: 0, to: last.count, by: 2) {
        next.append(
          index + 1 < last.count ? Self.node(last[index], last[index + 1]) : last[index])
      }
      levels.append(next)
    }
    self.levels = levels
  }

  /// The hash of an entry: SHA-256(0x00 ‖ entry).
  package static func leaf(_ entry: [UInt8]) -> Hash256 { .sha256([0], entry) }

  /// The hash of two subtrees: SHA-256(0x01 ‖ left ‖ right).
  package static func node(_ left: Hash256, _ right: Hash256) -> Hash256 {
    .sha256([1], left.bytes, right.bytes)
  }

  /// The root; of no leaves, the hash of nothing.
  package var root: Hash256 { levels.last?.first ?? .sha256() }

  /// The audit path of a leaf, from its sibling up.
  package func path(of leaf: Int) -> [Hash256] {
    var path: [Hash256] = []
    var index = leaf
    for level in levels.dropLast() {
      let sibling = index ^ 1
      if sibling < level.count { path.append(level[sibling]) }
      index /= 2
    }
    return path
  }

  /// The root that an audit path leads to, by the algorithm of section 2.1.3.2; nil when the path
  /// is too short or too long for the place.
  package static func root(
    leaf: Hash256, at index: Int, of count: Int, path: [Hash256]
  ) -> Hash256? {
    guard index >= 0, index < count else { return nil }
    var node = index
    var last = count - 1
    var hash = leaf
    for step in path {
      if last == 0 { return nil }
      if node & 1 == 1 || node == last {
        hash = Self.node(step, hash)
        while node & 1 == 0 && node != 0 {
          node >>= 1
          last >>= 1
        }
      } else {
        hash = Self.node(hash, step)
      }
      node >>= 1
      last >>= 1
    }
    return last == 0 ? hash : nil
  }
}
