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
    return Array(1...200)
  }()
  /// Business steps of each: one run of 1,000 takes about 4.5 s of one core in a debug build, 3.5 s
  /// on an idle machine, so 200 take 6 min on two.
  static let steps =
    ProcessInfo.processInfo.environment["GUANTONG_STEPS"].flatMap { Int($0) } ?? 1_000
}

/// What many runs did together.
struct SimulationTotals {
  var written = 0
  var taken = 0
  var handedOut = 0
  var crashes = 0
  var forged = 0

  init() {}

  init(_ simulation: Simulation) {
    written = simulation.done.written
    taken = simulation.done.taken
    handedOut = simulation.audit.handedOut
    crashes = simulation.done.crashes
    forged = simulation.done.forged
  }

  mutating func add(_ other: SimulationTotals) {
    written += other.written
    taken += other.taken
    handedOut += other.handedOut
    crashes += other.crashes
    forged += other.forged
  }
}

@Suite(.serialized) struct SimulationTests {
  @Test func `nodes on a bad network converge, and nothing is lost, doubled or leaked`()
    async throws
  {
    let began = ContinuousClock.now
    var totals = SimulationTotals()
    await withTaskGroup(of: SimulationTotals.self) { group in
      var seeds = SimulationBudget.seeds.makeIterator()
      // A run uses one core; as many go on at once as there are.
      for _ in 0..<ProcessInfo.processInfo.activeProcessorCount {
        if let seed = seeds.next() { group.addTask { await Self.run(seed) } }
      }
      while let done = await group.next() {
        totals.add(done)
        if let seed = seeds.next() { group.addTask { await Self.run(seed) } }
      }
    }
    let seconds = (ContinuousClock.now - began).components.seconds
    print(
      "simulation: \(SimulationBudget.seeds.count) seeds × \(SimulationBudget.steps) steps in",
      "\(seconds) s; \(totals.written) written, \(totals.taken) taken,",
      "\(totals.handedOut) handed out,",
      "\(totals.crashes) crashes, \(totals.forged) forgeries")
    #expect(totals.written > 0 && totals.taken > totals.written)
  }

  private static func run(_ seed: UInt64) async -> SimulationTotals {
    do {
      let simulation = try await Simulation(
        SimulationPlan(seed: seed, steps: SimulationBudget.steps))
      try await simulation.run()
      return SimulationTotals(simulation)
    } catch {
      Issue.record("\(error)")
      return SimulationTotals()
    }
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

  @Test(arguments: StoreMistake.allCases)
  func `a deliberate mistake of the store is found`(mistake: StoreMistake) async throws {
    let seedsMax: UInt64 = 20
    for seed in 1...seedsMax {
      do {
        let simulation = try await Simulation(
          SimulationPlan(seed: seed, steps: 200, storeMistake: mistake))
        try await simulation.run()
      } catch let failure as SimulationFailure {
        print("\(mistake.rawValue): found by seed \(seed): \(failure.what)")
        return
      } catch {
        print("\(mistake.rawValue): found by seed \(seed) while building: \(error)")
        return
      }
    }
    Issue.record("\(mistake.rawValue) was not found within \(seedsMax) seeds")
  }
}
