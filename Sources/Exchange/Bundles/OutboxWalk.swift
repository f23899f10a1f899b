import Ledger

/// Follows the numbers and the running hash of an outbox, line by line.
struct OutboxWalk {
  private let outbox: OutboxID
  /// The number reached.
  private(set) var number: UInt64
  /// h(number).
  private(set) var hash: Hash256

  init(_ outbox: OutboxID, from number: UInt64, hash: Hash256) {
    self.outbox = outbox
    self.number = number
    self.hash = hash
  }

  /// Gives the next number to a change set as its reader receives it.
  mutating func number(_ received: ReceivedChangeSet) -> NumberedLine {
    number += 1
    let parts = RunningHash.bits(of: received.parts.keys)
    hash = RunningHash.next(
      after: hash, outbox: outbox, number: number, change: received.id, parts: parts)
    return NumberedLine(number: number, id: received.id, parts: parts, runningHash: hash)
  }

  /// Takes the next line; false when its number is not the next one.
  mutating func take(_ delivery: Delivery) -> Bool {
    guard delivery.number == number + 1 else { return false }
    number = delivery.number
    switch delivery.content {
    case .blank(let given): hash = given
    case .changeSet(let received):
      hash = RunningHash.next(
        after: hash, outbox: outbox, number: number, change: received.id,
        parts: RunningHash.bits(of: received.parts.keys))
    }
    return true
  }
}
