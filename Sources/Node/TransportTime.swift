import FoundationEssentials
package import Ledger

/// The clock of the transport: TLS, signatures and back-off, never anything a person sees.
///
/// Injected, so that tests run nodes whose clocks are days apart.
package struct TransportTime: Sendable {
  private let now: @Sendable () -> Timestamp

  /// Takes a source of time.
  package init(_ now: @escaping @Sendable () -> Timestamp) {
    self.now = now
  }

  /// The system's clock.
  package static let system = TransportTime { systemTimestamp }

  /// The moment by the system's clock.
  package static var systemTimestamp: Timestamp {
    Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
  }

  /// The system's clock, set forward or back by whole seconds.
  package static func system(aheadBy seconds: Int64) -> TransportTime {
    TransportTime {
      Timestamp(microseconds: systemTimestamp.microseconds + seconds * 1_000_000)
    }
  }

  /// Seconds since 1970-01-01T00:00:00Z.
  package var seconds: Int64 { now().microseconds / 1_000_000 }

  /// RFC 3339 with microseconds and `Z`.
  package var text: String { now().description }
}
