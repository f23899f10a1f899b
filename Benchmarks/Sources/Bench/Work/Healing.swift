import Foundation

/// W11: whether two nodes that share many dossiers name and mend exactly what was done to their
/// databases, while steps go on.
struct Healing {
  let bench: Bench

  /// At each node of the full size.
  private static let full = (dossiers: 100_000, deletions: 40, edits: 10)
  /// Letters that are prepared; afterwards dossiers are opened.
  private static let letters = 20_000
  /// Dossiers that a check looks at in a second at most, as an operator asks for in working hours:
  /// both nodes and whoever writes share the processors here.
  private static let throttle = 1_000
  /// Comparisons of each node in each round while steps go on.
  private static let comparisons = 5

  /// What is looked at of the answer of `reconcile --self`.
  private struct Check: Decodable {
    struct Place: Decodable {
      let id: String
    }

    struct Row: Decodable {
      let table: String
      let dossier: String
    }

    let holes: [Place]
    let holesTotal: Int
    let differing: [Row]
    let differingTotal: Int
    let repaired: Int
    let consistent: Bool

    /// How much of the damage it names, and what else.
    func named(of damage: Damage) -> (right: Int, wrong: Int) {
      let rows = differing.filter { $0.table == "casework.dossier" }.map(\.dossier)
      let right =
        damage.gone.intersection(holes.map(\.id)).count
        + damage.edited.intersection(rows).count
      return (right, holesTotal + differingTotal - right)
    }
  }

  /// What is looked at of the answer of `reconcile --peer`.
  private struct Compared: Decodable {
    let consistent: Bool
    let roundTrips: Int
  }

  /// What a run gives.
  private struct Run {
    var right = 0
    var wrong = 0
    var repaired = 0
    /// Checks and comparisons of what is equal, and how many of them named anything.
    var (trials, falseOnes) = (0, 0)
    /// Seconds of each check.
    var checks: [Double] = []
    var roundTrips: [Double] = []
    /// KiB of each comparison while nothing was written, and its round trips, at the socket.
    var atRest: (kibibytes: [Double], trips: [Double]) = ([], [])
  }

  func run() throws -> [WorkResult] {
    let pair = bench.makePair(hasLine: true)
    let line = try pair.openLine()
    defer { line.end() }
    defer { try? pair.stop() }
    try pair.layShared(
      dossiers: bench.scaled(Self.full.dossiers, least: 200),
      letters: bench.scaled(Self.letters, least: 500), bench.say)
    try pair.startClusters()
    try pair.startNodes()
    let damaged = try damage(pair)
    let steps = PacedSteps(
      try pair.signedLetters(), of: Steps(of: pair.writer, for: pair.reader))
    var run = Run()
    for (node, damage) in damaged {
      let found = try check(node, isRepair: false, &run)
      let (right, wrong) = found.named(of: damage)
      bench.say("W11 \(node.code) names \(right) of \(damage.count), and \(wrong) others")
      (run.right, run.wrong) = (run.right + right, run.wrong + wrong)
    }
    for (node, _) in damaged {
      let mended = try check(node, isRepair: true, &run)
      bench.say("W11 \(node.code) mends \(mended.repaired), whole: \(mended.consistent)")
      run.repaired += mended.repaired
      run.wrong += mended.holesTotal + mended.differingTotal
    }
    try compare(pair, &run)
    let pace = try steps.end()
    bench.say("W11 \(pace.waits.count) steps meanwhile, \(pace.perSecond) a second")
    try pair.untilCaughtUp()
    try compareAtRest(pair, over: line, &run)
    let peaks = try [pair.writer.peakMemory(), pair.reader.peakMemory()]
    return try results(
      run, of: damaged.map(\.1.count).reduce(0, +), pace, peaks,
      areEqual: try pair.areEqual() && areDossiersEqual(pair))
  }

  /// Damages both, each other dossiers, so that each can get what it lacks from the other.
  private func damage(_ pair: Pair) throws -> [(AgencyNode, Damage)] {
    let deletions = bench.scaled(Self.full.deletions, least: 2)
    let edits = bench.scaled(Self.full.edits, least: 1)
    let all = try pair.sharedDossiers(2 * (deletions + edits))
    let sides = [(pair.writer, pair.writerCluster), (pair.reader, pair.readerCluster)]
    return try sides.enumerated().map { index, side in
      let own = all[(index * all.count / 2)...].prefix(all.count / 2)
      let damage = try Damage.done(
        to: side.1, deletingIn: own.prefix(deletions), editing: own.dropFirst(deletions))
      return (side.0, damage)
    }
  }

  private func check(
    _ node: AgencyNode, isRepair: Bool, _ run: inout Run
  ) throws -> Check {
    let begin = ContinuousClock.now
    // 2 where something is wrong, 3 where a repair did not mend all of it.
    let found = try node.command(
      ["reconcile", "--self", "--throttle", "\(Self.throttle)"] + (isRepair ? ["--repair"] : []),
      for: Check.self, endingWith: [0, 2, 3])
    let seconds = (ContinuousClock.now - begin).seconds
    bench.say("W11 \(node.code) has checked itself in \(seconds) s")
    if !isRepair { run.checks.append(seconds) }
    return found
  }

  private func compare(_ node: AgencyNode, with peer: AgencyNode) throws -> Compared {
    try node.command(
      ["reconcile", "--peer", peer.code], for: Compared.self, endingWith: [0, 2])
  }

  /// Lets both compare and check again and again while steps go on: there is nothing to find.
  private func compare(_ pair: Pair, _ run: inout Run) throws {
    let sides = [(pair.writer, pair.reader), (pair.reader, pair.writer)]
    for _ in 0..<Self.comparisons * bench.pairs {
      for (node, peer) in sides {
        let compared = try compare(node, with: peer)
        run.trials += 1
        run.falseOnes += compared.consistent ? 0 : 1
        run.roundTrips.append(Double(compared.roundTrips))
      }
    }
    for (node, _) in sides {
      run.trials += 1
      run.falseOnes += try check(node, isRepair: false, &run).consistent ? 0 : 1
    }
    bench.say("W11 \(run.falseOnes) of \(run.trials) name what does not differ")
  }

  /// Compares over the line that counts, once only to have a connection that is open.
  private func compareAtRest(
    _ pair: Pair, over line: CountingLine, _ run: inout Run
  ) throws {
    for round in 0...bench.pairs {
      let before = line.count
      let compared = try compare(pair.reader, with: pair.writer)
      let after = line.count
      let kibibytes = Double(after.bytes - before.bytes) / 1_024
      let trips = Double(after.roundTrips - before.roundTrips)
      bench.say("W11 round \(round) at rest: \(kibibytes) KiB, \(trips) round trips")
      run.trials += 1
      run.falseOnes += compared.consistent ? 0 : 1
      guard round > 0 else { continue }
      run.atRest.kibibytes.append(kibibytes)
      run.atRest.trips.append(trips)
    }
  }

  private func areDossiersEqual(_ pair: Pair) throws -> Bool {
    let question = RowChecksum.question("casework.dossier")
    return try pair.writerCluster.sql(question, in: Pair.database)
      == pair.readerCluster.sql(question, in: Pair.database)
  }

  private func results(
    _ run: Run, of damage: Int, _ pace: PacedSteps.Pace, _ peaks: [Double], areEqual: Bool
  ) throws -> [WorkResult] {
    func line(
      _ measure: String, _ unit: String, _ ours: [Double], _ goal: String,
      isMet: (Double) -> Bool
    ) throws -> WorkResult {
      try WorkResult(
        "W11", measure, unit: unit, ours: ours, areEqual: areEqual, goal: goal, isMet: isMet)
    }
    let steps = PacedSteps.perSecond
    return [
      try line(
        "damage that --self names", "places", [Double(run.right)],
        "\(damage), and nothing else", isMet: { Int($0) == damage && run.wrong == 0 }),
      try line(
        "damage that --self --repair mends", "places", [Double(run.repaired)], "\(damage)",
        isMet: { Int($0) == damage }),
      try line(
        "of \(run.trials) checks and comparisons, those that name what is equal", "count",
        [Double(run.falseOnes)], "0", isMet: { $0 == 0 }),
      try line(
        "most round trips of --peer, at \(steps) steps/s", "count",
        [run.roundTrips.max() ?? .infinity], "≤ 4", isMet: { $0 <= 4 }),
      try line(
        "round trips of --peer at rest, at the socket", "count", run.atRest.trips, "≤ 4",
        isMet: { $0 <= 4 }),
      try line(
        "bytes both ways of --peer at rest, at the socket", "KiB", run.atRest.kibibytes,
        "≤ 2 KiB", isMet: { $0 <= 2 }),
      try line(
        "peak of either node", "MiB", [peaks.max() ?? .infinity], "≤ 150 MiB",
        isMet: { $0 <= 150 }),
      try line(
        "steps meanwhile", "steps/s", [pace.perSecond], "≥ \(steps - 1)",
        isMet: { $0 >= Double(steps - 1) }),
      try line(
        "p99 of a step meanwhile, due to answered", "ms", [pace.waits.percentile(0.99)], "–",
        isMet: { _ in true }),
      try line("--self meanwhile", "s", run.checks, "–", isMet: { _ in true }),
    ]
  }
}
