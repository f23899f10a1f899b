import Exchange
import Testing

/// The simulation finds what is wrong, and nothing where nothing is.
///
/// Beside the many seeds of `SimulationTests`, not after them: each of these runs uses one core.
@Suite struct MistakeTests {
  /// Seeds within which every deliberate mistake must be found, and their steps.
  ///
  /// A cursor kept though its page was not needs a commit that fails, so commits fail on purpose
  /// and not only where a crash happens to fall. Every mistake of the store has been found by the
  /// fifth seed.
  private static let mistakeSeeds: ClosedRange<UInt64> = 1...20
  private static let mistakeSteps = 200

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
    // One excluded must ask for what it knows of, which takes longer to come about.
    try await expect(mistake.rawValue, mistake.harm) {
      SimulationPlan(seed: $0, steps: 3 * Self.mistakeSteps, ruleMistake: mistake)
    }
  }

  @Test(arguments: TrustMistake.allCases)
  func `a deliberate mistake about whom to trust is found as what it is`(
    mistake: TrustMistake
  ) async throws {
    try await expect(mistake.rawValue, mistake.harm) {
      SimulationPlan(seed: $0, steps: 3 * Self.mistakeSteps, trustMistake: mistake)
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
    case .ignoresExclude, .sendsSealedToAll, .servesGuestsPutOut, .givesAttachmentsToAll: [.leak]
    case .receiptBeforeCommit, .pushReceiptBeforeCommit: [.lost]
    // Where no sequence is used twice, its readers wait for numbers that they have had.
    case .writesBeforeFetching: [.doubled, .differs]
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
    case .overlooksHole: [.broken, .leak, .lost]
    }
  }
}
