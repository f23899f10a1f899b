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

  /// Seeds within which every deliberate mistake must be found, and their steps.
  ///
  /// The rarest needs a crash in the middle of one page whose lines nobody serves again before the
  /// receipt, so a run is long enough for many crashes.
  private static let mistakeSeeds: ClosedRange<UInt64> = 1...20
  private static let mistakeSteps = 600

  @Test(arguments: StoreMistake.allCases)
  func `a deliberate mistake of the store is found`(mistake: StoreMistake) async throws {
    try await expect(mistake.rawValue, mistake.harm) {
      SimulationPlan(seed: $0, steps: Self.mistakeSteps, storeMistake: mistake)
    }
  }

  @Test(arguments: RuleMistake.allCases)
  func `a deliberate mistake towards peers is found as what it is`(
    mistake: RuleMistake
  ) async throws {
    try await expect(mistake.rawValue, mistake.harm) {
      SimulationPlan(seed: $0, steps: Self.mistakeSteps, ruleMistake: mistake)
    }
  }

  @Test func `without a mistake the same seeds are clean`() async throws {
    for seed in Self.mistakeSeeds {
      let simulation = try await Simulation(SimulationPlan(seed: seed, steps: Self.mistakeSteps))
      try await simulation.run()
      #expect(simulation.done.written > 0)
    }
  }

  /// Runs seed after seed until one fails, which must be by harm of the kind expected.
  private func expect(
    _ mistake: String, _ harm: Set<SimulationFailure.Kind>, _ plan: (UInt64) -> SimulationPlan
  ) async throws {
    for seed in Self.mistakeSeeds {
      do {
        let simulation = try await Simulation(plan(seed))
        try await simulation.run()
      } catch let failure as SimulationFailure {
        print("\(mistake): found by seed \(seed) as \(failure.kind): \(failure.what)")
        #expect(harm.contains(failure.kind), "\(failure)")
        return
      } catch {
        print("\(mistake): found by seed \(seed) while building: \(error)")
        #expect(harm.contains(.broken), "\(error)")
        return
      }
    }
    Issue.record("\(mistake) was not found within \(Self.mistakeSeeds.count) seeds")
  }
}

extension RuleMistake {
  /// The harm that it does.
  fileprivate var harm: Set<SimulationFailure.Kind> {
    switch self {
    case .ignoresExclude, .sendsSealedToAll: [.leak]
    case .receiptBeforeCommit: [.lost]
    }
  }
}

extension StoreMistake {
  /// The harm that it does, whichever of it is seen first.
  fileprivate var harm: Set<SimulationFailure.Kind> {
    switch self {
    case .losesHeld, .dropsLinesOfNewcomers: [.differs]
    case .repeatsNumber: [.doubled, .differs]
    case .keepsCursorOfFailedWork: [.lost]
    case .staleGraph: [.broken]
    case .keepsOldRows: [.broken, .differs]
    }
  }
}
