package import Ledger

/// What is known of the items of one leaf without reading them: how many, and their sum.
///
/// The items of a comparison are sorted by their bytes, and a leaf is what begins with the same 12
/// bits. A fingerprint is made of a number and a sum, so most of a range needs no item at all.
package struct LeafSum: Sendable, Equatable {
  /// How many leaves there are: 500,000 items are 122 to a leaf, so the ends of the 16 parts of a
  /// range cost about 2,000 items, and the sums of all leaves are under 500 KiB.
  package static let leaves = 1 << 12

  /// How finely items are summed up, in bits.
  package enum Grain: Int, Sendable {
    /// By the first byte: 256 sums are read in a fifth of the time, and are enough for sets that
    /// are equal.
    case block = 8
    /// By the leaf.
    case leaf = 12

    /// The number of the sum to which an item belongs.
    func number(of item: NegentropyItem) -> Int { Int(item.first >> UInt64(64 - rawValue)) }
  }

  /// The number of the leaf, or of the block: the first bits of its items.
  package var leaf: Int
  /// How many items it has.
  package var count: Int
  /// Their sum.
  var total: NegentropySum

  /// Takes the sums of the eight 32-bit digits of the items as they are stored: without carries,
  /// the lowest digit first, and each digit little-endian.
  package init(leaf: Int, count: Int, limbs: [Int64]) {
    self.leaf = leaf
    self.count = count
    total = NegentropySum(limbs: limbs)
  }

  /// An empty leaf.
  init(leaf: Int) {
    self.leaf = leaf
    count = 0
    total = NegentropySum()
  }

  /// The leaf of an item.
  package static func leaf(of item: Hash256) -> Int { NegentropyItem(item).leaf }

  /// The bytes with which the items of a leaf begin at the lowest; nil for the end of the last.
  package static func lowest(in leaf: Int) -> [UInt8]? {
    leaf < leaves ? [UInt8(leaf >> 4), UInt8(leaf & 0xF) << 4] : nil
  }

  /// Sums up the items leaf by leaf, or block by block, ascending.
  package static func sums(
    of items: some Sequence<Hash256>, by grain: Grain = .leaf
  ) -> [LeafSum] {
    [].without([], with: items, by: grain)
  }

  /// Counts an item in.
  mutating func add(_ item: Hash256) {
    count += 1
    total.add(NegentropyItem(item))
  }

  /// Counts an item out.
  mutating func remove(_ item: Hash256) {
    count -= 1
    total.remove(NegentropyItem(item))
  }
}

extension [LeafSum] {
  /// The same without some items and with others.
  package func without(
    _ removed: some Sequence<Hash256>, with added: some Sequence<Hash256>,
    by grain: LeafSum.Grain = .leaf
  ) -> [LeafSum] {
    var sums = Dictionary(map { ($0.leaf, $0) }) { first, _ in first }
    for item in removed {
      let leaf = grain.number(of: NegentropyItem(item))
      sums[leaf, default: LeafSum(leaf: leaf)].remove(item)
    }
    for item in added {
      let leaf = grain.number(of: NegentropyItem(item))
      sums[leaf, default: LeafSum(leaf: leaf)].add(item)
    }
    return sums.values.filter { $0.count != 0 }.sorted { $0.leaf < $1.leaf }
  }
}
