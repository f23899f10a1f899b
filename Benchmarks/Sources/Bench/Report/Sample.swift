/// What one run of one side gave.
struct Sample {
  /// How long it took.
  let seconds: Double
  /// Whether both its databases had the same rows afterwards.
  let isEqual: Bool
}

/// The middle and the ends of what several runs gave.
struct Spread: Codable, Equatable {
  let median: Double
  let min: Double
  let max: Double

  /// The spread of some values, of which there is at least one.
  init(_ values: [Double]) throws {
    let sorted = values.sorted()
    guard let first = sorted.first, let last = sorted.last else {
      throw BenchError("nothing was measured")
    }
    let middle = sorted.count / 2
    median =
      sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    (min, max) = (first, last)
  }
}

extension [Double] {
  /// The value that this part of all values does not exceed.
  func percentile(_ part: Double) -> Double {
    let sorted = sorted()
    guard !sorted.isEmpty else { return .nan }
    return sorted[Swift.min(sorted.count - 1, Int((Double(sorted.count) * part).rounded(.up)) - 1)]
  }
}
