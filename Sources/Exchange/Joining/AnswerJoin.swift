package import Ledger
import SwiftProtobuf
import Wire

/// What the registrar answers to a join request that passed its checks.
package enum JoinAnswer: Sendable {
  /// The governors have not decided yet.
  case pending
  /// The agency is admitted with this key: the whole directory, ancestors first.
  case admitted([Delivery])

  /// The fields that this build knows; what a later one adds is passed over.
  package static let fields = KnownFields(upTo: 2, holding: [2: Delivery.fields])

  /// The answer's wire form.
  package func encoded() -> [UInt8] {
    var wire = WireJoinAnswer()
    switch self {
    case .pending: wire.state = .pending
    case .admitted(let directory):
      wire.state = .admitted
      wire.directory = directory.map(\.wire)
    }
    return LawfulForm.encode(wire)
  }

  /// Reads an answer; nil when it is none or breaks a limit.
  package static func decode(_ bytes: [UInt8]) -> JoinAnswer? {
    guard bytes.count <= Limits.joinAnswerBytesMax,
      FieldBudget.root([Delivery.budget(2, upTo: Limits.joinAnswerEntriesMax)]).covers(bytes),
      let wire = LawfulForm.decode(WireJoinAnswer.self, bytes, passingOverAllBut: fields)
    else { return nil }
    switch wire.state {
    case .pending: return wire.directory.isEmpty ? .pending : nil
    case .admitted:
      let deliveries = wire.directory.compactMap(Delivery.init(wire:))
      return deliveries.count == wire.directory.count ? .admitted(deliveries) : nil
    case .unspecified, .UNRECOGNIZED: return nil
    }
  }
}

/// Looks up what a newcomer is to be answered.
package struct AnswerJoin: StoreWork {
  private let agency: AgencyCode
  private let key: KeyID

  /// Asks about an agency with its key.
  package init(agency: AgencyCode, key: KeyID) {
    self.agency = agency
    self.key = key
  }

  package func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> JoinAnswer {
    guard let directory = try transaction.wholeDirectory(),
      directory.current.activeKey(of: agency)?.id == key
    else { return .pending }
    var room = Limits.joinAnswerBytesMax - Limits.headStatementBytesMax
    var deliveries: [Delivery] = []
    for changeSet in directory.graph.changeSets {
      let delivery = Delivery(
        number: 0,
        content: .changeSet(
          ReceivedChangeSet(
            headerBytes: changeSet.headerBytes, proof: changeSet.proof, parts: changeSet.parts)))
      room -= delivery.wireBytes
      // What does not fit is pulled afterwards like any other entry.
      guard room > 0, deliveries.count < Limits.joinAnswerEntriesMax else { break }
      deliveries.append(delivery)
    }
    return .admitted(deliveries)
  }
}

/// Makes the record of a node: the first thing ever written into a store.
package struct InitializeNode: StoreWork {
  private let record: NodeRecord

  /// Takes the record; a joining node's names the directory it pinned from its invitation.
  package init(_ record: NodeRecord) {
    self.record = record
  }

  package func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws {
    try transaction.save(record)
  }
}
