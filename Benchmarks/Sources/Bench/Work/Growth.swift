/// W8: whether a change set costs the same however long the log is that a node already has, and
/// however many nodes there are.
struct Growth {
  let bench: Bench

  private static let fulls = [10_000, 100_000, 1_000_000]
  private static let letters = 5_000
  /// How much more a change set may cost with the longest log.
  static let tolerance = 0.2

  func run() throws -> [WorkResult] {
    try logs() + nodes()
  }

  /// The logs: the time of a catch-up by its change sets.
  private func logs() throws -> [WorkResult] {
    let letters = bench.scaled(Self.letters, least: 50)
    let logs = Self.fulls.map { bench.scaled($0, least: $0 / 1_000) }
    var costs: [[Double]] = []
    var areEqual = true
    for log in logs {
      let backlog = Backlog(
        bench: bench, pair: bench.makePair(), count: letters, behind: log)
      defer { try? backlog.pair.stop() }
      let runs = try (0...bench.pairs).map { round in
        let sample = try backlog.catchUp().sample
        bench.say("W8 log of \(log), round \(round): \(sample.seconds) s for \(letters) letters")
        return sample
      }
      areEqual = areEqual && runs.allSatisfy(\.isEqual)
      // The first run only warms up.
      costs.append(runs.dropFirst().map { $0.seconds * 1_000_000 / Double(letters) })
    }
    let least = try Spread(costs[0]).median
    return try zip(logs, costs).map { log, costs in
      try WorkResult(
        "W8", "catch-up with a log of \(log)", unit: "µs/change set", ours: costs,
        areEqual: areEqual, goal: "within \(Int(Self.tolerance * 100)) % of a log of \(logs[0])",
        isMet: { $0 <= least * (1 + Self.tolerance) }
      ).plotted(.log, at: log)
    }
  }
}
