/// The sequences that a request names of one chain, its stretches joined where they overlap: who
/// names the same a thousand times has it looked for once.
struct AskedSequences {
  /// Ascending, none of them overlapping another.
  private(set) var stretches: [ClosedRange<UInt64>] = []

  init(_ ranges: [ClosedRange<UInt64>]) {
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = stretches.last, range.lowerBound <= last.upperBound {
        let end = max(last.upperBound, range.upperBound)
        stretches[stretches.count - 1] = last.lowerBound...end
      } else {
        stretches.append(range)
      }
    }
  }

  /// Whether a sequence is among them.
  func contains(_ sequence: UInt64) -> Bool {
    let place = (0..<stretches.count).partitioningIndex(where: {
      stretches[$0].upperBound >= sequence
    })
    return place < stretches.count && stretches[place].contains(sequence)
  }
}
