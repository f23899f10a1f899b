/// W7: the memory of a node that catches up and of the one that serves it, with a backlog and with
/// a fifth of it.
struct Memory {
  let bench: Bench

  private static let full = 50_000
  private static let most = 150.0
  /// The peaks of both backlogs count as equal within this.
  private static let tolerance = 0.2

  func run() throws -> [WorkResult] {
    let count = bench.scaled(Self.full, least: 50)
    let small = try peaks(max(50, count / 5))
    let large = try peaks(count)
    let areEqual = small.areEqual && large.areEqual
    let sides: [(String, (Backlog.Peaks) -> Double)] = [
      ("catching up", { $0.reader }), ("serving one that does", { $0.writer }),
    ]
    return try sides.flatMap { name, side in
      let least = try Spread(small.peaks.map(side)).median
      return [
        try WorkResult(
          "W7", "peak of a node \(name)", unit: "MiB", ours: large.peaks.map(side),
          areEqual: areEqual, goal: "≤ \(Int(Self.most)) MiB", isMet: { $0 <= Self.most }),
        try WorkResult(
          "W7", "the same by the peak with a fifth of the backlog", unit: "ratio",
          ours: large.peaks.map { side($0) / least }, areEqual: areEqual,
          goal: "≤ \(1 + Self.tolerance)", isMet: { $0 <= 1 + Self.tolerance }),
      ]
    }
  }

  private func peaks(_ count: Int) throws -> (peaks: [Backlog.Peaks], areEqual: Bool) {
    let backlog = Backlog(bench: bench, pair: bench.makePair(), count: count)
    defer { try? backlog.pair.stop() }
    let runs = try (0..<bench.pairs).map { round in
      let run = try backlog.catchUp()
      bench.say(
        "W7 \(count) letters, round \(round + 1): \(run.peaks.reader) MiB, and "
          + "\(run.peaks.writer) MiB of the writer")
      return run
    }
    return (runs.map(\.peaks), runs.allSatisfy(\.sample.isEqual))
  }
}
