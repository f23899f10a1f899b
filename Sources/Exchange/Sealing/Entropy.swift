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
    // Each draw asks the system, so eight bytes are taken of it and not one.
    var generator = SystemRandomNumberGenerator()
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 8)
    while bytes.count < count {
      let word = generator.next()
      for shift in stride(from: 0, to: 64, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
      }
    }
    return Array(bytes.prefix(count))
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
