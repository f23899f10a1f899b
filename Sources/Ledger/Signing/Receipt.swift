import FoundationEssentials
import SwiftProtobuf
import Wire

/// The body of a receipt: these bytes are durable at the reader.
///
/// It says nothing about rights; for the sender it proves delivery, for everyone else it is an
/// independent witness of time.
package struct Receipt: SignedBody, Hashable {
  package static let type = "receipt"
  /// The fields that this build knows; what a later one adds is passed over.
  package static let fields = KnownFields(upTo: 8)

  /// The reader.
  package var signer: AgencyCode
  package var key: KeyID
  /// The owner of the outbox.
  package var destination: AgencyCode
  /// The outbox.
  package var outbox: OutboxID
  /// Every number up to this one was received.
  package var number: UInt64
  /// h(number).
  package var runningHash: Hash256
  /// When the reader says the bytes were durable.
  package var storedAt: Timestamp
  /// Numbers whose bytes could not be taken, ascending.
  package var untaken: [UInt64]

  /// States what arrived.
  package init(
    signer: AgencyCode, key: KeyID, destination: AgencyCode, outbox: OutboxID, number: UInt64,
    runningHash: Hash256, storedAt: Timestamp, untaken: [UInt64] = []
  ) {
    self.signer = signer
    self.key = key
    self.destination = destination
    self.outbox = outbox
    self.number = number
    self.runningHash = runningHash
    self.storedAt = storedAt
    self.untaken = untaken
  }

  package func encoded() -> [UInt8] {
    var wire = WireReceipt()
    wire.signer = signer.rawValue
    wire.key = key.wire
    wire.destination = destination.rawValue
    wire.outbox = Data(outbox.bytes)
    wire.number = number
    wire.runningHash = Data(runningHash.bytes)
    wire.storedAt = storedAt.microseconds
    wire.untaken = untaken
    return LawfulForm.encode(wire)
  }

  package init?(decoding bytes: [UInt8]) {
    guard
      let wire = LawfulForm.decode(
        WireReceipt.self, bytes, passingOverAllBut: Self.fields),
      let signer = AgencyCode(wire.signer), let key = KeyID(wire.key),
      let destination = AgencyCode(wire.destination), let outbox = OutboxID(wire.outbox),
      let runningHash = Hash256(wire.runningHash), wire.untaken.isStrictlyAscending,
      Timestamp.lawful.contains(Timestamp(microseconds: wire.storedAt))
    else { return nil }
    self.init(
      signer: signer, key: key, destination: destination, outbox: outbox, number: wire.number,
      runningHash: runningHash, storedAt: Timestamp(microseconds: wire.storedAt),
      untaken: wire.untaken)
  }
}
