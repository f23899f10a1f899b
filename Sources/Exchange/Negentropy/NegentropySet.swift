package import Ledger

/// The items of one side, sorted: the storage that the negentropy protocol asks.
///
/// It holds either all items, or the sums of leaves of them; then the items of a leaf are read when
/// a bound falls into it or its ids are asked for, and must be what the sum says. The items of
/// blocks are not read: whoever made a set of their sums takes leaves where it is not enough.
package struct NegentropySet: Sendable {
  /// Gives the items of these leaves in any order; nil when they cannot be read.
  package typealias Reading = (_ leaves: [Int]) -> [Hash256]?

  private struct Leaf: Sendable {
    let number: Int
    let start: Int
    let count: Int
    let total: NegentropySum
    var items: [NegentropyItem]?

    var range: Range<Int> { start..<(start + count) }
  }

  /// Ascending, none of them empty.
  private var leaves: [Leaf]
  /// How finely it is divided; nil when everything is in one place.
  private let grain: LeafSum.Grain?

  /// The number of items.
  package let count: Int

  /// How many items have been read of what sums were given.
  private(set) var readCount = 0
  /// The leaves that are likely to be asked for one after the other, ascending.
  private var expected: [Int] = []
  /// How many items are read beyond what is asked for.
  private var aheadMax = 0

  /// Sorts the ids and drops repeated ones.
  package init(_ ids: some Sequence<Hash256>) {
    var sorted = ids.map(NegentropyItem.init)
    sorted.sort()
    var unique: [NegentropyItem] = []
    unique.reserveCapacity(sorted.count)
    var total = NegentropySum()
    for item in sorted where unique.last != item {
      unique.append(item)
      total.add(item)
    }
    count = unique.count
    grain = nil
    leaves =
      unique.isEmpty
      ? [] : [Leaf(number: 0, start: 0, count: unique.count, total: total, items: unique)]
  }

  /// Takes the sums of the leaves, or blocks, that have items; nil when no items could give them.
  package init?(_ sums: [LeafSum], by grain: LeafSum.Grain = .leaf) {
    leaves = []
    leaves.reserveCapacity(sums.count)
    self.grain = grain
    var start = 0
    var last = -1
    for sum in sums {
      let isCounted = (1...Int(Int32.max)).contains(sum.count)
      guard sum.leaf > last, sum.leaf < 1 << grain.rawValue, isCounted else { return nil }
      leaves.append(Leaf(number: sum.leaf, start: start, count: sum.count, total: sum.total))
      start += sum.count
      last = sum.leaf
    }
    count = start
  }

  /// Expects the leaves into which the bounds fall: with one of them those behind it are read, up
  /// to so many items at once and so many altogether.
  ///
  /// Whoever writes the bounds may make the answer full at the first of them, so not all are read
  /// before it is known that they are needed.
  mutating func expect(leavesOf bounds: @autoclosure () -> [NegentropyBound], upTo itemsMax: Int) {
    guard grain != nil else { return }
    expected = Set(bounds().compactMap { inside($0) }).sorted()
    aheadMax = itemsMax
  }

  /// Reads the leaves on both sides of the indexes, at once.
  mutating func read(
    around indexes: some Sequence<Int>, _ reading: Reading
  ) throws(NegentropyFault) {
    guard grain != nil else { return }
    let sides = indexes.flatMap { [$0 - 1, $0] }.filter { (0..<count).contains($0) }
    try read(sides.map { place(of: $0) }, reading)
  }

  /// The first index in `range` whose item is not below the bound, or the end of the range.
  mutating func lowerBound(
    _ bound: NegentropyBound, in range: Range<Int>, _ reading: Reading
  ) throws(NegentropyFault) -> Int {
    if bound.timestamp > 0 { return range.upperBound }
    var index: Int
    if let place = inside(bound) {
      try read(withExpected(behind: place), reading)
      let items = leaves[place].items ?? []
      index =
        leaves[place].start
        + (0..<items.count).partitioningIndex(where: { !(items[$0] < bound.prefix) })
    } else {
      let number = self.number(of: bound.prefix)
      let place = (0..<leaves.count).partitioningIndex(where: { leaves[$0].number >= number })
      index = place < leaves.count ? leaves[place].start : count
    }
    index = max(index, range.lowerBound)
    return min(index, range.upperBound)
  }

  /// The first 16 bytes of SHA-256(sum of the ids ‖ number of ids as a varint).
  mutating func fingerprint(
    _ range: Range<Int>, _ reading: Reading
  ) throws(NegentropyFault) -> [UInt8] {
    var sum = NegentropySum()
    var index = range.lowerBound
    while index < range.upperBound {
      let place = place(of: index)
      let leaf = leaves[place].range
      let end = min(leaf.upperBound, range.upperBound)
      if index == leaf.lowerBound, end == leaf.upperBound {
        sum.add(leaves[place].total)
      } else {
        for item in try items(index..<end, reading) { sum.add(item) }
      }
      index = end
    }
    var bytes = sum.bytes
    NegentropyWriter.append(varint: UInt64(range.count), to: &bytes)
    return Array(Hash256.sha256(bytes).bytes.prefix(NegentropyFormat.fingerprintBytes))
  }

  /// The items of a range.
  mutating func items(
    _ range: Range<Int>, _ reading: Reading
  ) throws(NegentropyFault) -> [NegentropyItem] {
    guard !range.isEmpty else { return [] }
    let places = place(of: range.lowerBound)...place(of: range.upperBound - 1)
    try read(places, reading)
    var result: [NegentropyItem] = []
    result.reserveCapacity(range.count)
    for place in places {
      let part = leaves[place].range.clamped(to: range)
      let start = leaves[place].start
      result += (leaves[place].items ?? [])[(part.lowerBound - start)..<(part.upperBound - start)]
    }
    return result
  }

  /// The bound that starts exactly at this item.
  mutating func bound(
    at index: Int, _ reading: Reading
  ) throws(NegentropyFault) -> NegentropyBound {
    let bytes = try items(index..<(index + 1), reading)[0].bytes
    return NegentropyBound(timestamp: 0, prefix: bytes)
  }

  /// The shortest bound that stands between this item and the one before it.
  mutating func minimalBound(
    before index: Int, _ reading: Reading
  ) throws(NegentropyFault) -> NegentropyBound {
    let pair = try items((index - 1)..<(index + 1), reading).map(\.bytes)
    let shared = zip(pair[0], pair[1]).prefix { $0 == $1 }.count
    return NegentropyBound(timestamp: 0, prefix: Array(pair[1].prefix(shared + 1)))
  }
}

extension NegentropySet {
  private func number(of item: NegentropyItem) -> Int { grain?.number(of: item) ?? 0 }

  /// The place of the leaf that a bound divides; nil when it stands between leaves.
  private func inside(_ bound: NegentropyBound) -> Int? {
    guard bound.timestamp == 0 else { return nil }
    let number = number(of: bound.prefix)
    if let grain, bound.leaf != nil, bound.prefix.first << UInt64(grain.rawValue) == 0 {
      return nil
    }
    let place = (0..<leaves.count).partitioningIndex(where: { leaves[$0].number >= number })
    return place < leaves.count && leaves[place].number == number ? place : nil
  }

  /// The place of the leaf that has this index.
  private func place(of index: Int) -> Int {
    (0..<leaves.count).partitioningIndex(where: { leaves[$0].range.upperBound > index })
  }

  /// A leaf, and those behind it that are read with it.
  private func withExpected(behind place: Int) -> [Int] {
    guard leaves[place].items == nil else { return [] }
    var room = min(Limits.itemsPerReadMax, aheadMax - readCount)
    let next = (0..<expected.count).partitioningIndex(where: { expected[$0] >= place })
    return [place]
      + expected[next...].prefix { other in
        room -= leaves[other].count
        return room >= 0
      }
  }

  private mutating func read(
    _ places: some Sequence<Int>, _ reading: Reading
  ) throws(NegentropyFault) {
    let open = Set(places.filter { leaves[$0].items == nil }).sorted()
    guard !open.isEmpty else { return }
    guard let ids = reading(open.map { leaves[$0].number }) else { throw .unreadable }
    var found = Dictionary(grouping: ids.map(NegentropyItem.init), by: { number(of: $0) })
    for place in open {
      let items = (found.removeValue(forKey: leaves[place].number) ?? []).sorted()
      var total = NegentropySum()
      for item in items { total.add(item) }
      guard items.count == leaves[place].count, total == leaves[place].total else {
        throw .unreadable
      }
      leaves[place].items = items
      readCount += items.count
    }
  }
}
