import Exchange
import Ledger
import Replica
import Synchronization
import TestSupport
import Testing

/// Comparing while both sides write and pull as fast as they can.
@Suite(.database, .timeLimit(.minutes(10)))
struct LoadedReconcileTests {
  /// How many change sets each side writes meanwhile.
  private static let steps =
    LongRuns.areOn ? 3_000 : 150
  private static let dossiers = 12

  @Test func `scenario S10 a comparison while both sides write finds no false difference`()
    async throws
  {
    let a = SampleNode(PostgresStore(try TestDatabase.configuration), SampleAgency("A"))
    let directory = try await a.found()
    let b = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("B"))
    try await b.join(a, directory)
    let open = Part(membership: [.grant(Grant(agency: b.agency.code, ground: .admit))])
    var dossiers: [DossierID] = []
    for _ in 0..<Self.dossiers { dossiers.append(try await a.append(nil, [open]).dossier) }
    try await b.catchUp(with: a)
    let progress = Progress()
    let shared = dossiers
    let began = ContinuousClock.now
    let comparisons = try await withThrowingTaskGroup(of: Int.self) { group in
      group.addTask { try await Self.write(at: a, in: shared, progress) }
      group.addTask { try await Self.write(at: b, in: shared, progress) }
      group.addTask {
        while progress.comparing > 0 {
          try await b.pull(from: a)
          try await a.pull(from: b)
          progress.pulled()
        }
        return 0
      }
      group.addTask { try await Self.compare(b, with: a, progress) }
      group.addTask { try await Self.compare(a, with: b, progress) }
      var count = 0
      for try await one in group { count += one }
      return count
    }
    let rate = Double(2 * Self.steps) / ((ContinuousClock.now - began) / .seconds(1))
    print("\(comparisons) comparisons while \(Int(rate)) steps a second went on")
    #expect(comparisons >= 4)
    try await b.catchUp(with: a)
    try await a.catchUp(with: b)
    let last = try await Self.report(b, with: a, progress)
    #expect(last.isConsistent && last.inFlight == 0 && last.equal == Self.dossiers + 1)
    await a.store.close()
  }

  private static func write<S: Store>(
    at node: SampleNode<S>, in dossiers: [DossierID], _ progress: Progress
  ) async throws -> Int {
    defer { progress.ended() }
    for step in 0..<steps {
      try await node.append(dossiers[step * 7 % dossiers.count], [Part()])
      // Nobody is so far ahead that the other side never catches up.
      try await progress.reach(step / 10)
    }
    return 0
  }

  private static func compare<S: Store, R: Store>(
    _ node: SampleNode<S>, with peer: SampleNode<R>, _ progress: Progress
  ) async throws -> Int {
    defer { progress.compared() }
    var count = 0
    while progress.writing > 0 {
      let report = try await report(node, with: peer, progress)
      #expect(
        report.isConsistent,
        "+\(report.onlyLocal) -\(report.onlyRemote) *\(report.differing) !\(report.errors)")
      count += 1
    }
    return count
  }

  /// One comparison; its settling ends when both sides have pulled twice.
  private static func report<S: Store, R: Store>(
    _ node: SampleNode<S>, with peer: SampleNode<R>, _ progress: Progress
  ) async throws -> ReconcileReport {
    try await Reconciliation(peer: peer.agency.code, mode: .compare).run(
      over: node.store, now: { .sample },
      pause: { _ in try await progress.reach(progress.pulls + 2) },
      ask: { question in try await peer.answered(question, from: node.agency.code) })
  }

  /// How far writers, pullers and comparers are.
  private final class Progress: Sendable {
    private let state = Mutex((writing: 2, comparing: 2, pulls: 0))

    var writing: Int { state.withLock { $0.writing } }
    var comparing: Int { state.withLock { $0.comparing } }
    var pulls: Int { state.withLock { $0.pulls } }
    func ended() { state.withLock { $0.writing -= 1 } }
    func compared() { state.withLock { $0.comparing -= 1 } }
    func pulled() { state.withLock { $0.pulls += 1 } }

    /// Waits for a number of pulls, or until nobody pulls any more.
    func reach(_ count: Int) async throws {
      while pulls < count, comparing > 0 {
        try Task.checkCancellation()
        await Task.yield()
      }
    }
  }
}
