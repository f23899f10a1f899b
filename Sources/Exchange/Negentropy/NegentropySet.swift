package import Ledger

/// The items of one side, sorted: the storage that the negentropy protocol asks.
package struct NegentropySet: Sendable {
  private let items: [NegentropyItem]

  /// Sorts the ids and drops repeated ones.
  package init(_ ids: some Sequence<Hash256>) {
    var sorted = ids.map(NegentropyItem.init)
    sorted.sort()
    var unique: [NegentropyItem] = []
    unique.reserveCapacity(sorted.count)
    for item in sorted where unique.last != item { unique.append(item) }
    items = unique
  }

  /// The number of items.
  package var count: Int { items.count }

  subscript(index: Int) -> NegentropyItem { items[index] }

  /// The first index in `range` whose item is not below the bound, or the end of the range.
  func lowerBound(_ bound: NegentropyBound, in range: Range<Int>) -> Int {
    if bound.timestamp > 0 { return range.upperBound }
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      let middle = low + (high - low) / 2
      if items[middle] < bound.prefix { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The first 16 bytes of SHA-256(sum of the ids ‖ number of ids as a varint).
  func fingerprint(_ range: Range<Int>) -> [UInt8] {
    var sum = NegentropySum()
    for index in range { sum.add(items[index]) }
    var bytes = sum.bytes
    NegentropyWriter.append(varint: UInt64(range.count), to: &bytes)
    return Array(Hash256.sha256(bytes).bytes.prefix(NegentropyFormat.fingerprintBytes))
  }

  /// The bound that starts exactly at this item.
  func bound(at index: Int) -> NegentropyBound {
    NegentropyBound(timestamp: 0, prefix: items[index].bytes)
  }

  /// The shortest bound that stands between this item and the one before it.
  func minimalBound(before index: Int) -> NegentropyBound {
    let previous = items[index - 1].bytes
    let current = items[index].bytes
    let shared = zip(previous, current).prefix { $0 == $1 }.count
    let prefix = Array(current.prefix(shared + 1))
    return NegentropyBound(timestamp: 0, prefix: prefix)
  }
}
