import Foundation
import Synchronization

/// Watches when documents become visible on one side, each from the moment at which it is written.
///
/// Both sides of both systems are watched in the same way: by a connection that asks for the key
/// every tenth of a millisecond, so that what is compared is what a reader of the tables sees.
final class VisibleDocuments: Sendable {
  private let moments: Mutex<[ContinuousClock.Instant]> = Mutex([])
  private let failure: Mutex<(any Error)?> = Mutex(nil)
  private let finished = DispatchSemaphore(value: 0)

  /// Begins to watch for documents that are written one after the other, the first at `start`.
  init(
    _ documents: [DocumentKey], on cluster: Cluster, _ database: String,
    from start: ContinuousClock.Instant, every pause: Duration
  ) {
    Thread.detachNewThread { [self] in
      do {
        let session = try Session(cluster, database)
        defer { session.close() }
        for (index, document) in documents.enumerated() {
          let due = start + pause * index
          Thread.sleep(forTimeInterval: max(0, (due - .now).seconds))
          try Program.wait("\(document.id) is visible", every: .microseconds(100)) {
            try session.ask(document.question) == "1"
          }
          moments.withLock { $0.append(.now) }
        }
      } catch {
        failure.withLock { $0 = error }
      }
      finished.signal()
    }
  }

  /// Waits until all were seen and gives the moments, in the order of the documents.
  ///
  /// - Throws: what kept it from watching on.
  func all() throws -> [ContinuousClock.Instant] {
    finished.wait()
    if let failure = failure.withLock({ $0 }) { throw failure }
    return moments.withLock { $0 }
  }
}
