package import Ledger

/// Where random bytes come from: the system in production, a seed in the simulation.
package struct Entropy: Sendable {
  private let draw: @Sendable (Int) -> [UInt8]

  /// Takes the source of the bytes.
  package init(_ draw: @escaping @Sendable (Int) -> [UInt8]) {
    self.draw = draw
  }

  /// A number of random bytes.
  package func bytes(_ count: Int) -> [UInt8] { draw(count) }

  /// The system's generator for secrets.
  package static let system = Entropy { count in
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }

  /// A new outbox id.
  package func outboxID() -> OutboxID {
    guard let id = OutboxID(bytes(16)) else {
      preconditionFailure("the source of entropy gave too few bytes")
    }
    return id
  }

  /// A place among the ids of change sets, from which a look at some of them may begin.
  package func changeSetID() -> ChangeSetID { ChangeSetID(.sha256(bytes(32))) }
}
