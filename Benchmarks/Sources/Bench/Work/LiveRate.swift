import Foundation

/// W3: how many steps a second four writers make while a reader keeps up.
struct LiveRate {
  let bench: Bench

  private static let full = 4_000

  private var count: Int { bench.scaled(Self.full, least: 100) }

  /// What one run of one side gave.
  private struct Run {
    /// Steps a second.
    let rate: Double
    /// Seconds from the last answer until the reader had everything.
    let lag: Double
    let isEqual: Bool
  }

  func run() throws -> [WorkResult] {
    try bench.withPeerTables("replicated") { tables in
      let pair = bench.makePair()
      defer { try? pair.stop() }
      _ = try pair.attach(letters: count, bench.say)
      try tables.make(like: pair)
      let replication = LogicalReplication(tables: tables)
      try replication.attach()
      let script = try TemporaryFile(PeerSteps.script)
      defer { script.remove() }
      var (ours, theirs): ([Run], [Run]) = ([], [])
      for round in 0...bench.pairs {
        let own = try issue(pair)
        let other = try insert(tables, replication, script)
        bench.say(
          "W3 round \(round): \(Int(own.rate)) and \(Int(other.rate)) steps/s, "
            + "lag \(own.lag) and \(other.lag) s")
        // The first round of both only warms up.
        if round > 0 { (ours, theirs) = (ours + [own], theirs + [other]) }
      }
      let areEqual = (ours + theirs).allSatisfy(\.isEqual)
      return [
        try WorkResult(
          "W3", "live rate, 4 writers", beside: "logical replication", unit: "steps/s",
          ours: ours.map(\.rate), theirs: theirs.map(\.rate), areEqual: areEqual,
          goal: "≥ 0.6 × its rate", isMet: { _, ratio in ratio >= 0.6 }),
        try WorkResult(
          "W3", "lag after the last step", beside: "logical replication", unit: "s",
          ours: ours.map(\.lag), theirs: theirs.map(\.lag), areEqual: areEqual, goal: "< 1 s",
          isMet: { median, _ in median < 1 }),
      ]
    }
  }

  private func issue(_ pair: Pair) throws -> Run {
    let letters = try pair.attach(letters: count, bench.say)
    let begin = ContinuousClock.now
    try Steps(of: pair.writer, for: pair.reader).issue(letters)
    let answered = ContinuousClock.now
    let arrival = try Arrival(
      of: (pair.writerCluster, Pair.database), at: pair.readerCluster, Pair.database)
    _ = try arrival.time {}
    let lag = (ContinuousClock.now - answered).seconds
    try pair.untilCaughtUp()
    return Run(
      rate: Double(count) / (answered - begin).seconds, lag: lag, isEqual: try pair.areEqual())
  }

  private func insert(
    _ tables: PeerTables, _ replication: LogicalReplication, _ script: TemporaryFile
  ) throws -> Run {
    let writers = Steps.writers
    let before = try tables.source.sql(Arrival.counting, in: tables.database)
    let begin = ContinuousClock.now
    try Program.run([
      "\(Program.postgres)/pgbench", "-n", "-c", "\(writers)", "-j", "\(writers)", "-t",
      "\(max(1, count / writers))", "-f", script.path, "-h", tables.source.directory, "-U",
      "postgres", tables.database,
    ])
    let answered = ContinuousClock.now
    let arrival = try Arrival(
      of: (tables.source, tables.database), at: tables.target, tables.database)
    guard arrival.counts != before else { throw BenchError("pgbench wrote nothing") }
    _ = try arrival.time {}
    let lag = (ContinuousClock.now - answered).seconds
    let done = max(1, count / writers) * writers
    return Run(
      rate: Double(done) / (answered - begin).seconds, lag: lag,
      isEqual: try tables.areEqual())
  }
}
