import Exchange
import Foundation
import Ledger
import TestSupport
import Testing

/// How much is simulated in CI, with its arithmetic.
enum SimulationBudget {
  /// Seeds of every run; `GUANTONG_SEED` replays one, `GUANTONG_SEEDS` runs the first n, or those
  /// from n to m written as `n-m`.
  static let seeds: [UInt64] = {
    if let text = ProcessInfo.processInfo.environment["GUANTONG_SEED"], let seed = UInt64(text) {
      return [seed]
    }
    if let text = ProcessInfo.processInfo.environment["GUANTONG_SEEDS"] {
      let bounds = text.split(separator: "-").compactMap { UInt64($0) }
      if let last = bounds.last {
        return Array((bounds.count > 1 ? bounds[0] : 1)...max(1, last))
      }
    }
    return Array(1...500)
  }()
  /// Business steps of every run instead of those below, from `GUANTONG_STEPS`.
  static let stepsInstead =
    ProcessInfo.processInfo.environment["GUANTONG_STEPS"].flatMap { Int($0) }

  /// The last of the seeds with 1,000 steps.
  ///
  /// In the long runs the first 200 have so many. In every run 50 do and the others of the 200 have
  /// 300, since what a step is checked against grows with all before it.
  private static let longest: UInt64 = LongRuns.areOn ? 200 : 50

  /// Business steps of a seed: those after the first 200 are short, because much that goes wrong
  /// does so while an exchange is young, and many beginnings find it sooner.
  static func steps(of seed: UInt64) -> Int {
    if let stepsInstead { return stepsInstead }
    if seed <= longest { return 1_000 }
    return seed <= 200 ? 300 : [40, 80, 160][Int(seed % 3)]
  }

  /// How long fresh seeds are run beyond the fixed ones, from `GUANTONG_SOAK_SECONDS`.
  static let soak: Duration? =
    ProcessInfo.processInfo.environment["GUANTONG_SOAK_SECONDS"].flatMap { Int64($0) }
    .map { .seconds($0) }
  /// Business steps of each fresh seed.
  static let soakSteps = 3_000
}

/// What many runs did together.
struct SimulationTotals {
  var written = 0
  var taken = 0
  var handedOut = 0
  var runs = 0
  var steps = 0
  var crashes = 0
  var failures = 0
  var forged = 0
  var discs = 0
  var pieces = 0
  var restores = 0
  var pushed = 0
  var deleted = 0
  var foul = FoulPlay.Tried()

  init() {}

  init(_ simulation: Simulation) {
    runs = 1
    steps = simulation.plan.steps
    written = simulation.done.written
    taken = simulation.done.taken
    handedOut = simulation.audit.handedOut
    crashes = simulation.done.crashes
    failures = simulation.done.failures
    forged = simulation.done.forged
    discs = simulation.done.discs
    pieces = simulation.done.pieces
    restores = simulation.restores.count
    pushed = simulation.nodes.reduce(0) { $0 + $1.pagesPushed }
    deleted = simulation.nodes.reduce(0) { $0 + $1.rowsDeleted }
    foul = simulation.foul.tried
  }

  mutating func add(_ other: SimulationTotals) {
    runs += other.runs
    steps += other.steps
    written += other.written
    taken += other.taken
    handedOut += other.handedOut
    crashes += other.crashes
    failures += other.failures
    forged += other.forged
    discs += other.discs
    pieces += other.pieces
    restores += other.restores
    pushed += other.pushed
    deleted += other.deleted
    foul.add(other.foul)
  }
}

@Suite(.serialized) struct SimulationTests {
  @Test func `scenario S1 nodes on a bad network converge, and nothing is lost, doubled or leaked`()
    async throws
  {
    var seeds = SimulationBudget.seeds.makeIterator()
    let totals = await Self.run("simulation") {
      seeds.next().map { SimulationPlan(seed: $0, steps: SimulationBudget.steps(of: $0)) }
    }
    #expect(totals.written > 0 && totals.taken > totals.written)
    if SimulationBudget.seeds.count > 100 {
      #expect(totals.discs > 0 && totals.pieces > 0 && totals.restores > 0)
      #expect(totals.pushed > 0 && totals.deleted > 0)
    }
    #expect(totals.runs == SimulationBudget.seeds.count)
    if SimulationBudget.seeds.count > 100 {
      let foul = totals.foul
      #expect(foul.entries > 0 && foul.betrayals > 0 && foul.withheld > 0, "\(foul)")
    }
  }

  @Test(.enabled(if: SimulationBudget.soak != nil, "only with GUANTONG_SOAK_SECONDS"))
  func `fresh seeds converge too, for as long as the soak lasts`() async throws {
    let end = ContinuousClock.now + (SimulationBudget.soak ?? .zero)
    var seed = UInt64.random(in: 1_000_000..<1_000_000_000)
    let totals = await Self.run("soak from seed \(seed)") {
      guard ContinuousClock.now < end else { return nil }
      seed += 1
      return SimulationPlan(seed: seed, steps: SimulationBudget.soakSteps)
    }
    #expect(totals.runs > 0)
  }

  /// Runs one plan after another, as many at once as there are cores: a run uses one.
  private static func run(
    _ name: String, _ next: () -> SimulationPlan?
  ) async -> SimulationTotals {
    let began = ContinuousClock.now
    var totals = SimulationTotals()
    await withTaskGroup(of: SimulationTotals.self) { group in
      for _ in 0..<ProcessInfo.processInfo.activeProcessorCount {
        if let plan = next() { group.addTask { await Self.run(plan) } }
      }
      while let done = await group.next() {
        totals.add(done)
        if let plan = next() { group.addTask { await Self.run(plan) } }
      }
    }
    let seconds = (ContinuousClock.now - began).components.seconds
    print(
      "\(name): \(totals.runs) seeds with \(totals.steps) steps in \(seconds) s;",
      "\(totals.written) written, \(totals.taken) taken, \(totals.handedOut) handed out,",
      "\(totals.crashes) crashes, \(totals.failures) failed writes, \(totals.forged) forgeries,",
      "\(totals.discs) discs read, \(totals.pieces) pieces of attachments brought over,",
      "\(totals.restores) databases put back, \(totals.pushed) pages pushed,",
      "\(totals.deleted) rows deleted")
    print("\(name): \(totals.foul)")
    return totals
  }

  private static func run(_ plan: SimulationPlan) async -> SimulationTotals {
    do {
      let simulation = try await Simulation(plan)
      try await simulation.run()
      return SimulationTotals(simulation)
    } catch {
      Issue.record("\(error)")
      return SimulationTotals()
    }
  }

  @Test func `a failure tells the last of what touches what it names, and no more`() {
    let other = (0..<300).map { "990000-B writes 0badcafe in 0000000\($0 % 10)" }
    let lines =
      ["990000-A opens 11111111 in 11111111"] + other
      + [
        "990000-C writes 22222222 in 11111111", "990000-C goes on: a write failed",
        "990000-D goes on: a write failed", "990000-B writes 33333333 in 11111111",
      ]
    let failure = SimulationFailure(
      kind: .lost, seed: 7, steps: 60, what: "990000-C lost its own 22222222", transcript: lines)
    let text = failure.description.split(separator: "\n")
    #expect(text[1].hasPrefix("replay: GUANTONG_SEED=7 GUANTONG_STEPS=60 "))
    let told = [0, 301, 302, 304].map { lines[$0][...] }
    #expect(Array(text.dropFirst(2)) == told)
    let many = SimulationFailure.story(of: "nothing named", in: other)
    #expect(many.count == SimulationFailure.linesMax)
  }

  @Test func `a seed repeats exactly`() async throws {
    var transcripts: [[String]] = []
    for _ in 0..<2 {
      let simulation = try await Simulation(SimulationPlan(seed: 7, steps: 60))
      try await simulation.run()
      transcripts.append(simulation.transcript)
    }
    #expect(transcripts.first == transcripts.last)
    #expect(transcripts.first?.isEmpty == false)
  }
}
