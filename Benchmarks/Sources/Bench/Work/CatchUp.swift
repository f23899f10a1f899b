import Foundation

/// W1: catching up after an outage, beside logical replication, a COPY pipe and Bucardo.
struct CatchUp {
  let bench: Bench

  private static let full = 50_000

  func run() throws -> [WorkResult] {
    let count = bench.scaled(Self.full, least: 50)
    let backlog = Backlog(bench: bench, pair: bench.makePair(), count: count)
    defer { try? backlog.pair.stop() }
    try backlog.lay()
    try backlog.pair.writerCluster.start()
    return try bench.withPeerTables("replicated") { tables in
      let pipe = CopyPipe(tables: tables.inOther("piped"))
      let multi = tables.inOther("multi")
      try prepare([tables, pipe.tables, multi], backlog)
      let replication = LogicalReplication(tables: tables)
      try replication.attach()
      let bucardo = try attach(multi)
      var runs = Runs(rows: 3 * count)
      for round in 0...bench.pairs {
        let name = round == 0 ? "warm-up" : "pair \(round) of \(bench.pairs)"
        let isCounted = round > 0
        runs.note(try backlog.catchUp().sample, of: .ours, isCounted, say(name))
        runs.note(try replication.catchUp(), of: .replication, isCounted, say(name))
        runs.note(try pipe.transfer(), of: .pipe, isCounted, say(name))
        if let bucardo { runs.note(try bucardo.catchUp(), of: .bucardo, isCounted, say(name)) }
      }
      return try results(runs, hasBucardo: bucardo != nil)
    }
  }

  /// Makes the tables of the peers, each in a database of its own, and their stock.
  private func prepare(_ peers: [PeerTables], _ backlog: Backlog) throws {
    for tables in peers {
      try tables.make(like: backlog.pair)
      try tables.stock(from: backlog.pair)
    }
    try backlog.pair.writerCluster.stop()
  }

  /// Sets Bucardo up where it is installed.
  private func attach(_ tables: PeerTables) throws -> Bucardo? {
    guard Bucardo.version != nil else {
      bench.say("without Bucardo, which is not installed: \(Bucardo.installation)")
      return nil
    }
    let bucardo = Bucardo(tables: tables, directory: "\(bench.directory)/peers/bucardo")
    try bucardo.attach()
    return bucardo
  }

  private func say(_ round: String) -> (Runs.Side, Double) -> Void {
    { side, rate in bench.say("W1 \(round), \(side.rawValue): \(Int(rate)) rows/s") }
  }

  private func results(_ runs: Runs, hasBucardo: Bool) throws -> [WorkResult] {
    var results: [WorkResult] = []
    for (side, least) in [(Runs.Side.replication, 1.5), (.bucardo, 5), (.pipe, 0.5)]
    where side != .bucardo || hasBucardo {
      results.append(
        try WorkResult(
          "W1", "catch-up", beside: side.rawValue, unit: "rows/s", ours: runs.rates[.ours] ?? [],
          theirs: runs.rates[side] ?? [], areEqual: runs.areEqual(.ours, side),
          goal: "≥ \(least.formatted()) × its rate", isMet: { _, ratio in ratio >= least }))
    }
    return results
  }
}

/// The rates of some sides over their runs.
struct Runs {
  enum Side: String {
    case ours
    case replication = "logical replication"
    case pipe = "COPY binary pipe"
    case bucardo = "Bucardo"
  }

  /// The rows that one run moves.
  let rows: Int
  private(set) var rates: [Side: [Double]] = [:]
  private var unequal: Set<Side> = []

  init(rows: Int) {
    self.rows = rows
  }

  /// Notes a run, unless it only warmed up, and tells it.
  mutating func note(
    _ sample: Sample, of side: Side, _ isCounted: Bool, _ tell: (Side, Double) -> Void
  ) {
    let rate = Double(rows) / sample.seconds
    tell(side, rate)
    if !sample.isEqual { unequal.insert(side) }
    if isCounted { rates[side, default: []].append(rate) }
  }

  /// Whether all runs of two sides left equal rows.
  func areEqual(_ sides: Side...) -> Bool { unequal.isDisjoint(with: sides) }
}
