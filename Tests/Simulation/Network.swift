import Exchange
import Ledger
import TestSupport

/// What travels between two nodes.
struct Message {
  enum Body {
    case question(PullSession.Question)
    /// A page, read from the bytes that were served.
    case page(DeliveryPage)
    case receipt(SignedObject)
    case fetch([UInt8])
    case fetched([UInt8])
  }

  var from: AgencyCode
  var to: AgencyCode
  var body: Body
}

/// How bad the network is, in percent.
struct NetworkFaults {
  var drop = 8
  var duplicate = 6
  /// How far behind the first message one is taken from the queue.
  var reorder = 12
}

/// The messages on their way; the order in which they arrive is the generator's.
struct Network {
  private(set) var messages: [Message] = []
  private var cuts: Set<[AgencyCode]> = []

  var isEmpty: Bool { messages.isEmpty }

  mutating func send(
    _ message: Message, faults: NetworkFaults?, using generator: inout SeededGenerator
  ) {
    guard let faults else {
      messages.append(message)
      return
    }
    if cuts.contains([message.from, message.to].sorted()) { return }
    if Int.random(in: 0..<100, using: &generator) < faults.drop { return }
    messages.append(message)
    if Int.random(in: 0..<100, using: &generator) < faults.duplicate { messages.append(message) }
  }

  mutating func take(
    faults: NetworkFaults?, using generator: inout SeededGenerator
  ) -> Message? {
    guard !messages.isEmpty else { return nil }
    let reach = faults == nil ? 1 : min(messages.count, faults?.reorder ?? 1)
    return messages.remove(at: Int.random(in: 0..<reach, using: &generator))
  }

  /// Lets a message wait on: whom it is for does not read now.
  mutating func keep(_ message: Message) { messages.append(message) }

  /// Drops what a machine that is gone has sent.
  mutating func end(from node: AgencyCode) { messages.removeAll { $0.from == node } }

  mutating func toggle(_ left: AgencyCode, _ right: AgencyCode) {
    let pair = [left, right].sorted()
    if cuts.remove(pair) == nil { cuts.insert(pair) }
  }

  func isCut(_ left: AgencyCode, _ right: AgencyCode) -> Bool {
    cuts.contains([left, right].sorted())
  }

  mutating func heal() {
    cuts = []
  }
}
