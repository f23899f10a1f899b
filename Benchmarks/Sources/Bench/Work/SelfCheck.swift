import Foundation

/// W6: proving the tables of a node equal to its log, which has no peer.
struct SelfCheck {
  let bench: Bench

  private static let full = 1_000_000
  /// Memory counts as flat when ten times the change sets take no more than this much of it.
  private static let flatMebibytes = 64.0

  private struct Report: Decodable {
    let changeSetsChecked: Int
    let rowsChecked: Int
    let consistent: Bool
  }

  private struct Run {
    let rate: Double
    /// The peak of the node's process, in MiB.
    let peak: Double
    let isConsistent: Bool
  }

  func run() throws -> [WorkResult] {
    let count = bench.scaled(Self.full, least: 200)
    let small = try check(max(100, count / 10), rounds: 1)
    let large = try check(count, rounds: bench.pairs)
    let areEqual = (small + large).allSatisfy(\.isConsistent)
    let least = small.map(\.peak).max() ?? 0
    return [
      try WorkResult(
        "W6", "tables against the log", unit: "rows/s", ours: large.map(\.rate),
        areEqual: areEqual, goal: "≥ 100,000 rows/s", isMet: { $0 >= 100_000 }),
      try WorkResult(
        "W6", "peak of the node, more than with a tenth of the log", unit: "MiB",
        ours: large.map { $0.peak - least }, areEqual: areEqual,
        goal: "≤ \(Int(Self.flatMebibytes)) MiB", isMet: { $0 <= Self.flatMebibytes }),
    ]
  }

  /// Checks a node that stores so many change sets, after one check that only warms up.
  private func check(_ count: Int, rounds: Int) throws -> [Run] {
    let pair = bench.makePair()
    defer { try? pair.stop() }
    try pair.layEqual(changeSets: count, bench.say)
    try pair.startClusters()
    try pair.startNodes()
    return try (0...rounds).map { round in
      let begin = ContinuousClock.now
      let report = try pair.reader.command(["reconcile", "--self"], for: Report.self)
      let seconds = (ContinuousClock.now - begin).seconds
      let run = Run(
        rate: Double(report.rowsChecked) / seconds, peak: try pair.reader.peakMemory(),
        isConsistent: report.consistent && report.changeSetsChecked >= count)
      bench.say("W6 \(count) change sets, round \(round): \(Int(run.rate)) rows/s")
      return run
    }.suffix(rounds)
  }
}
