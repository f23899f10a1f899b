import Benchmark
import Exchange
import Ledger
import Samples

/// Comparing two sets of a million dossiers, both sides in this process and without a line
/// between them.
enum NegentropyWork {
  private static let count = 1_000_000

  static func register() {
    Benchmark(
      "negentropy: a million items summed up", configuration: .measured(),
      closure: { _, items in blackHole(LeafSum.sums(of: items)) }, setup: { items() })
    Benchmark(
      "negentropy: a million items sorted", configuration: .measured(),
      closure: { _, items in blackHole(NegentropySet(items)) }, setup: { items() })
    Benchmark(
      "negentropy: a million items proved equal by their sums", configuration: .measured(),
      closure: { benchmark, sums in
        let (ours, theirs) = (lawful(side(sums)), lawful(side(sums)))
        let found = try difference(of: ours, from: theirs, isLikelyEqual: true)
        if found != Negentropy.Difference() { benchmark.error("equal sets differ") }
      }, setup: { LeafSum.sums(of: items(), by: .block) })
    Benchmark(
      "negentropy: one of a million items missing", configuration: .measured(),
      closure: { benchmark, sides in
        let found = try difference(of: sides.ours, from: sides.theirs, isLikelyEqual: false)
        if found.need.count != 1 || !found.have.isEmpty { benchmark.error("not found") }
      }, setup: { Sides(items()) })
  }

  private static func items() -> [Hash256] {
    var bytes = SampleBytes()
    return (0..<count).map { _ in bytes.hash() }
  }

  private static func side(_ sums: [LeafSum]) -> Negentropy? {
    NegentropySet(sums, by: .block).map { negentropy($0) }
  }

  private static func negentropy(_ set: NegentropySet) -> Negentropy {
    Negentropy(set, frameBytesMax: Limits.reconcileFrameBytesMax)
  }

  /// One who lacks an item, and one who has it.
  private struct Sides {
    let ours: Negentropy
    let theirs: Negentropy

    init(_ items: [Hash256]) {
      ours = negentropy(NegentropySet(items.dropFirst()))
      theirs = negentropy(NegentropySet(items))
    }
  }

  /// Asks until all is known.
  private static func difference(
    of ours: Negentropy, from theirs: Negentropy, isLikelyEqual: Bool
  ) throws -> Negentropy.Difference {
    var found = Negentropy.Difference()
    var question: [UInt8]? = try ours.initiate(isLikelyEqual: isLikelyEqual)
    while let asked = question {
      question = try ours.resume(with: try theirs.answer(asked), into: &found)
    }
    return found
  }
}
