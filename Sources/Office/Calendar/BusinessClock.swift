import FoundationEssentials
package import Ledger
import Synchronization

/// The clock of everything a person sees: dates, times of storage, deadlines.
///
/// It follows the system clock, except in a node that holds sample data, where an operator may move
/// it. It decides nothing: the order of acts is the order of chains.
package final class BusinessClock: Sendable {
  /// Whether it may be moved; only sample nodes may.
  package let isMovable: Bool
  private let system: @Sendable () -> Timestamp
  private let shift = Mutex<Int64>(0)

  /// Takes a source of time, the system's by default.
  package init(
    isMovable: Bool, system: @escaping @Sendable () -> Timestamp = BusinessClock.systemTime
  ) {
    self.isMovable = isMovable
    self.system = system
  }

  /// The system's time, to the microsecond.
  package static let systemTime: @Sendable () -> Timestamp = {
    Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
  }

  /// What it says.
  package var now: Timestamp {
    Timestamp(microseconds: system().microseconds + shift.withLock { $0 })
  }

  /// The date in Asia/Shanghai, whatever zone the machine is set to.
  package var today: CivilDate { now.civilDate }

  /// How many microseconds it is ahead of the system clock; what a restart must restore.
  package var microsecondsAhead: Int64 { shift.withLock { $0 } }

  /// Sets it ahead of the system clock, or behind it; without effect where it cannot be moved.
  package func set(microsecondsAhead: Int64) {
    guard isMovable else { return }
    shift.withLock { $0 = microsecondsAhead }
  }

  /// How far it must be set for it to say `moment` now.
  package func microsecondsAhead(for moment: Timestamp) -> Int64 {
    moment.microseconds - system().microseconds
  }
}
