import Foundation

/// W4 and W5: proving two replicas equal, and finding and repairing the one change set that lacks.
struct Comparison {
  let bench: Bench

  private static let full = 1_000_000

  private var count: Int { bench.scaled(Self.full, least: 100) }

  /// The part of the answer of a comparison that is looked at.
  private struct Report: Decodable {
    let sharedDossiers: Int
    let equal: Int
    let inFlight: Int
    let onlyRemoteTotal: Int
    let repaired: Int
    let consistent: Bool
    let roundTrips: Int
    let bytes: Int
  }

  private struct Run {
    let milliseconds: Double
    let report: Report
  }

  /// W4.
  func proveEqual() throws -> [WorkResult] {
    let pair = try begin()
    defer { try? pair.stop() }
    var (ours, theirs): ([Run], [Double]) = ([], [])
    var areEqual = true
    for round in 0...bench.pairs {
      let own = try compare(pair, isRepair: false)
      let scan = try self.scan(pair)
      areEqual =
        areEqual && scan.differing.isEmpty && own.report.consistent
        && own.report.equal == own.report.sharedDossiers
      bench.say("W4 round \(round): \(own.milliseconds) and \(scan.seconds * 1_000) ms")
      if round > 0 { (ours, theirs) = (ours + [own], theirs + [scan.seconds * 1_000]) }
    }
    return try results(
      "W4", ours, theirs, areEqual, trips: 1, kibibytes: 2, milliseconds: 100)
  }

  /// W5.
  func repairOne() throws -> [WorkResult] {
    let pair = try begin()
    defer { try? pair.stop() }
    var (ours, theirs): ([Run], [Double]) = ([], [])
    var areEqual = true
    for round in 0...bench.pairs {
      let (own, scan) = try repair(pair)
      try pair.untilCaughtUp()
      let after = try self.scan(pair).differing
      areEqual = try areEqual && scan.differing.count == 1 && after.isEmpty && pair.areEqual()
      bench.say("W5 round \(round): \(own.milliseconds) and \(scan.seconds * 1_000) ms")
      if round > 0 { (ours, theirs) = (ours + [own], theirs + [scan.seconds * 1_000]) }
    }
    return try results(
      "W5", ours, theirs, areEqual, trips: 4, kibibytes: 6, milliseconds: 300)
  }

  private func begin() throws -> Pair {
    let pair = bench.makePair()
    try pair.layEqual(changeSets: count, bench.say)
    try pair.startClusters()
    try pair.startNodes()
    return pair
  }

  private func scan(_ pair: Pair) throws -> (seconds: Double, differing: [String]) {
    try DigestScan(
      here: pair.readerCluster, there: pair.writerCluster, database: Pair.database,
      directory: bench.directory
    ).run()
  }

  /// Lets the reader miss one change set that was written while its line was cut, and repairs it.
  ///
  /// The reader's own loop rests after the failures and is not asked to go on, so the comparison
  /// finds what lacks. Where the loop was first, it is done again.
  private func repair(
    _ pair: Pair
  ) throws -> (Run, (seconds: Double, differing: [String])) {
    let dossier = try Steps(of: pair.writer, for: pair.reader).open(1)
    try pair.untilCaughtUp()
    for attempt in 1...5 {
      try pair.reader.link(isCut: true)
      // Its pauses double from 100 ms: after some seconds the next is longer than the comparison.
      Thread.sleep(forTimeInterval: 10)
      let steps = Steps(of: pair.writer, for: pair.reader)
      try steps.issue(steps.prepare(1, in: dossier))
      let scan = try self.scan(pair)
      try pair.reader.link(isCut: false)
      let run = try compare(pair, isRepair: true)
      if run.report.repaired == 1 { return (run, scan) }
      bench.say("W5 attempt \(attempt): the reader's own loop was first; again")
      try pair.untilCaughtUp()
    }
    throw BenchError("the comparison never found the change set that lacked")
  }

  private func compare(_ pair: Pair, isRepair: Bool) throws -> Run {
    let connection = try pair.reader.connection()
    let begin = ContinuousClock.now
    let report = try connection.call(
      "POST", "/office/v1/reconcile/peer",
      Question(
        peer: pair.writer.code, repair: isRepair, settleSeconds: 0, reason: "benchmark"),
      for: Report.self)
    return Run(milliseconds: (ContinuousClock.now - begin).seconds * 1_000, report: report)
  }

  private struct Question: Encodable {
    let peer: String
    let repair: Bool
    /// Nothing is on its way, so no difference is given time to settle.
    let settleSeconds: Int
    let reason: String
  }

  private func results(
    _ id: String, _ ours: [Run], _ theirs: [Double], _ areEqual: Bool, trips: Double,
    kibibytes: Double, milliseconds: Double
  ) throws -> [WorkResult] {
    [
      try WorkResult(
        id, "time", beside: "ordered digest scan", unit: "ms", ours: ours.map(\.milliseconds),
        theirs: theirs, areEqual: areEqual, goal: "≤ \(Int(milliseconds)) ms",
        isMet: { median, _ in median <= milliseconds }),
      try WorkResult(
        id, "round trips", unit: "count", ours: ours.map { Double($0.report.roundTrips) },
        areEqual: areEqual, goal: "≤ \(Int(trips))", isMet: { $0 <= trips }),
      try WorkResult(
        id, "bytes both ways", unit: "KiB", ours: ours.map { Double($0.report.bytes) / 1_024 },
        areEqual: areEqual, goal: "≤ \(Int(kibibytes)) KiB", isMet: { $0 <= kibibytes }),
    ]
  }
}
