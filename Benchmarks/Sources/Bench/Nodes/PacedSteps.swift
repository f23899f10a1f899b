import Foundation
import Synchronization

/// Business steps at a steady pace while something else is measured: letters that are issued, and
/// dossiers that are opened once there are no letters left.
final class PacedSteps: Sendable {
  /// What came of it.
  struct Pace {
    /// Steps made in a second.
    let perSecond: Double
    /// Milliseconds from when each was due to its answer, so that what waits for another one is
    /// told of both.
    let waits: [Double]
  }

  /// How many are due in a second.
  static let perSecond = 50

  private let steps: Steps
  private let letters: [Steps.Letter]
  private let next = Atomic(0)
  private let isOver = Atomic(false)
  private let outcome = Mutex<(waits: [Double], failure: (any Error)?)>(([], nil))
  private let finished = DispatchGroup()
  private let start = ContinuousClock.now

  /// Begins, over as many connections as there are writers.
  init(_ letters: [Steps.Letter], of steps: Steps) {
    (self.letters, self.steps) = (letters, steps)
    for _ in 0..<Steps.writers {
      finished.enter()
      Thread.detachNewThread { [self] in
        defer { finished.leave() }
        do {
          try write()
        } catch {
          outcome.withLock { $0.failure = error }
          isOver.store(true, ordering: .relaxed)
        }
      }
    }
  }

  /// Ends it.
  ///
  /// - Throws: what kept it from going on.
  func end() throws -> Pace {
    isOver.store(true, ordering: .relaxed)
    finished.wait()
    let seconds = (ContinuousClock.now - start).seconds
    return try outcome.withLock { outcome in
      if let failure = outcome.failure { throw failure }
      return Pace(perSecond: Double(outcome.waits.count) / seconds, waits: outcome.waits)
    }
  }

  private func write() throws {
    let connection = try OfficeConnection(steps.socket)
    while !isOver.load(ordering: .relaxed) {
      let index = next.add(1, ordering: .relaxed).oldValue
      let due = start + .seconds(1) * index / Self.perSecond
      Thread.sleep(forTimeInterval: max(0, (due - .now).seconds))
      if letters.indices.contains(index) {
        try Steps.issue(letters[index], over: connection)
      } else {
        try steps.open(index, over: connection)
      }
      let wait = (ContinuousClock.now - due).seconds * 1_000
      outcome.withLock { $0.waits.append(wait) }
    }
  }
}
