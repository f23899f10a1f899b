import Foundation
import Synchronization

/// Letters that are issued at a steady pace while something else is measured.
final class PacedSteps: Sendable {
  /// What came of it.
  struct Pace {
    /// Letters issued in a second.
    let perSecond: Double
    /// Milliseconds from when each was due to its answer, so that what waits for another one is
    /// told of both.
    let waits: [Double]
  }

  /// How many are due in a second.
  static let perSecond = 50
  /// How many more are drafted and signed where there are none left.
  private static let more = 100

  private let isOver = Atomic(false)
  private let outcome = Mutex<Result<Pace, any Error>?>(nil)
  private let finished = DispatchSemaphore(value: 0)

  /// Begins to issue these, and then others in the same dossiers, over one connection.
  init(_ letters: [Steps.Letter], of steps: Steps) {
    Thread.detachNewThread { [self] in
      let pace = Result<Pace, any Error> { try issue(letters, of: steps) }
      outcome.withLock { $0 = pace }
      finished.signal()
    }
  }

  /// Ends it.
  ///
  /// - Throws: what kept it from going on.
  func end() throws -> Pace {
    isOver.store(true, ordering: .relaxed)
    finished.wait()
    guard let pace = outcome.withLock({ $0 }) else { throw BenchError("no letter was issued") }
    return try pace.get()
  }

  private func issue(_ first: [Steps.Letter], of steps: Steps) throws -> Pace {
    let connection = try OfficeConnection(steps.socket)
    let dossiers = Set(first.map(\.dossier)).sorted()
    var letters = first
    var waits: [Double] = []
    let start = ContinuousClock.now
    while !isOver.load(ordering: .relaxed) {
      if waits.count == letters.count {
        letters += try steps.prepare(Self.more, in: dossiers)
      }
      let due = start + .seconds(1) * waits.count / Self.perSecond
      Thread.sleep(forTimeInterval: max(0, (due - .now).seconds))
      try Steps.issue(letters[waits.count], over: connection)
      waits.append((.now - due).seconds * 1_000)
    }
    let seconds = (ContinuousClock.now - start).seconds
    return Pace(perSecond: Double(waits.count) / seconds, waits: waits)
  }
}
