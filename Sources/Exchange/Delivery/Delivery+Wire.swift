import FoundationEssentials
package import Ledger
import SwiftProtobuf
import Wire

extension Delivery {
  /// The fields of a line that this build knows; what a later one adds is passed over, but not in
  /// its proof and its parts, which are stored and passed on.
  package static let fields = KnownFields(upTo: 5)

  /// The line in its wire form; a header and parts are the bytes that came.
  var wire: WireDelivery {
    var wire = WireDelivery()
    wire.number = number
    switch content {
    case .blank(let runningHash):
      wire.blank = Data(runningHash.bytes)
    case .changeSet(let changeSet):
      wire.header = Data(changeSet.headerBytes)
      if let proof = changeSet.proof { wire.proof = proof.wire }
      wire.parts = changeSet.parts.sorted { $0.key < $1.key }.map { index, part in
        var disclosed = WireDisclosedPart()
        disclosed.part = UInt32(index)
        disclosed.salt = Data(part.salt)
        disclosed.content = Data(part.content)
        return disclosed
      }
    }
    return wire
  }

  /// Reads a line; nil when its fields contradict each other or break a limit.
  init?(wire: WireDelivery) {
    number = wire.number
    if !wire.blank.isEmpty {
      guard wire.header.isEmpty, !wire.hasProof, wire.parts.isEmpty, wire.number > 0,
        let hash = Hash256(wire.blank)
      else { return nil }
      content = .blank(hash)
      return
    }
    guard !wire.header.isEmpty, wire.parts.count <= Ledger.Limits.partsMax else { return nil }
    var parts: [Int: SaltedPart] = [:]
    var last = -1
    for part in wire.parts {
      guard Int(part.part) > last, part.part < UInt32(Ledger.Limits.partsMax) else { return nil }
      last = Int(part.part)
      parts[last] = SaltedPart(salt: Array(part.salt), content: Array(part.content))
    }
    // A proof that cannot be read counts as one that has not come.
    let proof = wire.hasProof ? SealProof(wire: wire.proof) : nil
    content = .changeSet(
      ReceivedChangeSet(headerBytes: Array(wire.header), proof: proof, parts: parts))
  }

  /// The budget of a field that holds lines, each with one proof and at most sixteen parts.
  static func budget(_ number: UInt64, upTo count: Int) -> FieldBudget {
    .field(
      number, upTo: count,
      holding: [
        SealProof.budget(3, upTo: count), .field(4, upTo: count * Ledger.Limits.partsMax),
      ])
  }

  /// The line's wire form as bytes.
  package func encoded() -> [UInt8] { LawfulForm.encode(wire) }

  /// Reads a line from its one lawful form.
  package static func decode(_ bytes: [UInt8]) -> Delivery? {
    LawfulForm.decode(WireDelivery.self, bytes).flatMap(Delivery.init(wire:))
  }
}

extension DeliveryPage {
  /// The fields that this build knows; what a later one adds is passed over.
  package static let fields = KnownFields(upTo: 2, holding: [1: Delivery.fields])

  /// SHA-256 over the deliveries as sent: over a page message that holds them and no head.
  package static func digest(of deliveries: [Delivery]) -> Hash256 {
    .sha256(encode(deliveries))
  }

  static func encode(_ deliveries: [Delivery]) -> [UInt8] {
    var wire = WireDeliveryPage()
    wire.deliveries = deliveries.map(\.wire)
    return LawfulForm.encode(wire)
  }

  /// What follows the deliveries in a page: its field has the higher number.
  static func encode(head: SignedObject) -> [UInt8] {
    var wire = WireDeliveryPage()
    wire.head = head.wire
    return LawfulForm.encode(wire)
  }

  /// The page's wire form.
  package func encoded() -> [UInt8] { Self.encode(deliveries) + Self.encode(head: head) }

  /// Reads a page; nil when it is none or breaks a limit.
  package static func decode(_ bytes: [UInt8]) -> DeliveryPage? {
    guard bytes.count <= Limits.pageBytesMax + Limits.headStatementBytesMax,
      FieldBudget.root([Delivery.budget(1, upTo: Limits.pageDeliveriesMax)]).covers(bytes),
      let wire = LawfulForm.decode(
        WireDeliveryPage.self, bytes, passingOverAllBut: fields), wire.hasHead
    else { return nil }
    let deliveries = wire.deliveries.compactMap(Delivery.init(wire:))
    guard deliveries.count == wire.deliveries.count else { return nil }
    // The digest was taken over the lines as they were sent, which stand before everything else.
    return DeliveryPage(
      deliveries: deliveries, head: SignedObject(wire: wire.head),
      cameAs: LawfulForm.leading(1, of: bytes))
  }
}

extension HeadStatement: SignedBody {
  /// The name under which it is signed.
  package static let type = "head"
  /// The fields that this build knows; what a later one adds is passed over.
  package static let fields = KnownFields(upTo: 8)

  /// The body's bytes in their one lawful form.
  package func encoded() -> [UInt8] {
    var wire = WireHeadStatement()
    wire.signer = signer.rawValue
    wire.key = Data(key.bytes)
    wire.reader = reader.rawValue
    wire.outbox = Data(outbox.bytes)
    wire.number = number
    wire.runningHash = Data(runningHash.bytes)
    wire.directory = Data(directory?.bytes ?? [])
    wire.page = Data(page.bytes)
    return LawfulForm.encode(wire)
  }

  /// Reads a body.
  package init?(decoding bytes: [UInt8]) {
    guard
      let wire = LawfulForm.decode(
        WireHeadStatement.self, bytes, passingOverAllBut: Self.fields),
      let signer = AgencyCode(wire.signer), let key = KeyID(wire.key),
      let reader = AgencyCode(wire.reader), let outbox = OutboxID(wire.outbox),
      let runningHash = Hash256(wire.runningHash), let page = Hash256(wire.page)
    else { return nil }
    var directory: ChangeSetID?
    if !wire.directory.isEmpty {
      guard let id = ChangeSetID(wire.directory) else { return nil }
      directory = id
    }
    self.init(
      signer: signer, key: key, reader: reader, outbox: outbox, number: wire.number,
      runningHash: runningHash, directory: directory, page: page)
  }
}
