import FoundationEssentials
package import Ledger
import SwiftProtobuf
import Wire

/// What travels back in a bundle: proof of delivery, what its sender lacks, and what its reader may
/// have lost.
package struct BundleReturns: Sendable {
  /// Where the sender stands in the reader's outbox; nil when it has seen none.
  package var receipt: SignedObject?
  /// What the sender lacks and the reader may have, ascending.
  package var wants: [ChangeSetID]
  /// What an agency at the sender has signed and the reader, the registrar, has yet to publish: its
  /// particulars, or that its key is withdrawn.
  package var particulars: SignedObject?
  /// The reader's newest head statement as the sender has it: it proves the number of the receipt
  /// to its own signer, whose database may have gone back in time since.
  package var head: SignedObject?
  /// What the reader's agencies wrote and the sender only holds, as its seals show: no outbox has a
  /// number for that.
  package var held: [ReceivedChangeSet]
  /// Where the sender's log has holes: of every author what follows the last change set up to which
  /// nothing lacks.
  package var ranges: [FetchRequest.Range]
  /// What an agency at the sender asks the reader, the registrar, a new key with.
  package var keyRequest: JoinRequest?

  /// Returns a receipt and wants.
  package init(
    receipt: SignedObject?, wants: [ChangeSetID], particulars: SignedObject? = nil,
    head: SignedObject? = nil, held: [ReceivedChangeSet] = [],
    ranges: [FetchRequest.Range] = [], keyRequest: JoinRequest? = nil
  ) {
    self.receipt = receipt
    self.wants = wants
    self.particulars = particulars
    self.head = head
    self.held = held
    self.ranges = ranges
    self.keyRequest = keyRequest
  }

  /// The wire form.
  package func encoded() -> [UInt8] {
    var wire = WireBundleReturns()
    if let receipt { wire.receipt = receipt.wire }
    wire.wants = wants.map { Data($0.bytes) }
    if let particulars { wire.particulars = particulars.wire }
    if let head { wire.head = head.wire }
    wire.held = held.map { Delivery(number: 0, content: .changeSet($0)).wire }
    wire.ranges = ranges.map(\.wire)
    if let keyRequest { wire.keyRequest = keyRequest.wire }
    return LawfulForm.encode(wire)
  }

  /// The fields that this build knows; what a later one sends back besides is passed over.
  package static let fields = KnownFields(
    upTo: 7, holding: [5: Delivery.fields, 6: KnownFields(upTo: 4)])

  private static let budget = FieldBudget.root([
    .field(2, upTo: Limits.fetchIDsMax), Delivery.budget(5, upTo: Limits.reportEntriesMax),
    .field(6, upTo: Limits.fetchRangesMax),
  ])

  /// Reads the wire form; nil when it is none or breaks a limit.
  package static func decode(_ bytes: [UInt8]) -> BundleReturns? {
    guard bytes.count <= Limits.bundleReturnsBytesMax, budget.covers(bytes),
      let wire = LawfulForm.decode(WireBundleReturns.self, bytes, passingOverAllBut: fields)
    else { return nil }
    let wants = wire.wants.compactMap { ChangeSetID($0) }
    let held = wire.held.compactMap { Delivery(wire: $0) }.filter { $0.number == 0 }
      .compactMap(\.received)
    let ranges = wire.ranges.compactMap(FetchRequest.Range.init(wire:))
    let keyRequest = wire.hasKeyRequest ? JoinRequest(wire: wire.keyRequest) : nil
    guard wants.count == wire.wants.count, held.count == wire.held.count,
      ranges.count == wire.ranges.count, wire.hasKeyRequest == (keyRequest != nil)
    else { return nil }
    return BundleReturns(
      receipt: wire.hasReceipt ? SignedObject(wire: wire.receipt) : nil, wants: wants,
      particulars: wire.hasParticulars ? SignedObject(wire: wire.particulars) : nil,
      head: wire.hasHead ? SignedObject(wire: wire.head) : nil, held: held, ranges: ranges,
      keyRequest: keyRequest)
  }
}

extension BundleReturns {
  /// Where the sender says it stands in the reader's outbox; nil when it has seen none.
  ///
  /// The receipt is not verified here: what it says is a claim, as the answer of a peer would be,
  /// and only the head statement proves anything.
  var position: ReaderPosition? {
    receipt?.claim(as: Receipt.self).map {
      ReaderPosition(
        outbox: $0.outbox, number: $0.number, runningHash: $0.runningHash, held: [], head: head)
    }
  }
}
