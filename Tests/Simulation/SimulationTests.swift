import Exchange
import Foundation
import Ledger
import TestSupport
import Testing

/// How much is simulated in CI, with its arithmetic.
enum SimulationBudget {
  /// Seeds of every run; `GUANTONG_SEED` replays one, `GUANTONG_SEEDS` runs the first n.
  static let seeds: [UInt64] = {
    if let text = ProcessInfo.processInfo.environment["GUANTONG_SEED"], let seed = UInt64(text) {
      return [seed]
    }
    if let text = ProcessInfo.processInfo.environment["GUANTONG_SEEDS"], let last = UInt64(text) {
      return Array(1...max(1, last))
    }
    return Array(1...200)
  }()
  /// Business steps of each: 200 × 60 take 77 s alone in a debug build on two cores.
  static let steps =
    ProcessInfo.processInfo.environment["GUANTONG_STEPS"].flatMap { Int($0) } ?? 60
}

@Suite(.serialized) struct SimulationTests {
  @Test func `nodes on a bad network converge, and nothing is lost, doubled or leaked`()
    async throws
  {
    let began = ContinuousClock.now
    var totals = (written: 0, taken: 0, crashes: 0, forged: 0, handed: 0)
    for seed in SimulationBudget.seeds {
      let simulation = try await Simulation(
        SimulationPlan(seed: seed, steps: SimulationBudget.steps))
      do {
        try await simulation.run()
      } catch {
        Issue.record("\(error)")
        continue
      }
      totals.written += simulation.done.written
      totals.taken += simulation.done.taken
      totals.crashes += simulation.done.crashes
      totals.forged += simulation.done.forged
      totals.handed += simulation.audit.handedOut
    }
    let seconds = (ContinuousClock.now - began).components.seconds
    print(
      "simulation: \(SimulationBudget.seeds.count) seeds × \(SimulationBudget.steps) steps in",
      "\(seconds) s; \(totals.written) written, \(totals.taken) taken,",
      "\(totals.handed) handed out,",
      "\(totals.crashes) crashes, \(totals.forged) forgeries")
    #expect(totals.written > 0 && totals.taken > totals.written)
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
    let seedsMax: UInt64 = 40
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
