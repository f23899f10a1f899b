import Casework
import Synchronization

/// The marks of what dossiers add to the figures of a year: a hash over each line of evidence.
///
/// A mark says what a fact says and nothing else, so it is kept with the facts, for the year that
/// was asked for last.
final class KeptMarks: Sendable {
  private struct Kept: Sendable {
    let period: Casework.Period
    let marks: [FigureReport.Mark]
  }

  private let kept = Mutex<Kept?>(nil)

  /// The marks of the lines of a period, in the order of the facts; nil where they are not kept.
  func all(in period: Casework.Period) -> [FigureReport.Mark]? {
    kept.withLock { $0?.period == period ? $0?.marks : nil }
  }

  /// Keeps the marks of the lines of a period.
  func keep(_ marks: [FigureReport.Mark], in period: Casework.Period) {
    kept.withLock { $0 = Kept(period: period, marks: marks) }
  }
}
