import FoundationEssentials
package import Ledger
import SwiftProtobuf
import Wire

extension FetchRequest {
  /// The fields that this build knows; what a later one asks besides is passed over.
  package static let fields = KnownFields(
    upTo: 6, holding: [2: KnownFields(upTo: 4), 6: KnownFields(upTo: 2)])

  /// The request's wire form.
  package func encoded() -> [UInt8] {
    var wire = WireFetchRequest()
    wire.ids = ids.map { Data($0.bytes) }
    wire.ranges = ranges.map(\.wire)
    wire.items = items.map { Data($0.bytes) }
    wire.dossiers = dossiers.map { Data($0.bytes) }
    wire.position = asksPosition
    if let listing {
      wire.listing.after = Data(listing.after?.bytes ?? [])
      wire.listing.unshared = listing.isUnshared
    }
    return LawfulForm.encode(wire)
  }

  /// Reads a request; nil when it is none or breaks a limit.
  package static func decode(_ bytes: [UInt8]) -> FetchRequest? {
    guard bytes.count <= Limits.fetchRequestBytesMax,
      let wire = LawfulForm.decode(
        WireFetchRequest.self, bytes, passingOverAllBut: fields),
      wire.ids.count <= Limits.fetchIDsMax, wire.ranges.count <= Limits.fetchRangesMax,
      wire.items.count + wire.dossiers.count <= Limits.fetchItemsMax
    else { return nil }
    var request = FetchRequest()
    request.ids = wire.ids.compactMap { ChangeSetID($0) }
    request.items = wire.items.compactMap { Hash256($0) }
    request.dossiers = wire.dossiers.compactMap { DossierID($0) }
    request.asksPosition = wire.position
    if wire.hasListing {
      let after = wire.listing.after
      guard after.isEmpty || DossierID(after) != nil else { return nil }
      request.listing = Listing(after: DossierID(after), isUnshared: wire.listing.unshared)
    }
    request.ranges = wire.ranges.compactMap(Range.init(wire:))
    guard request.ids.count == wire.ids.count, request.items.count == wire.items.count,
      request.dossiers.count == wire.dossiers.count, request.ranges.count == wire.ranges.count
    else { return nil }
    return request
  }
}

extension FetchRequest.Range {
  /// The stretch's wire form.
  var wire: WireChainRange {
    var wire = WireChainRange()
    wire.dossier = Data(dossier.bytes)
    wire.author = author.rawValue
    wire.first = sequences.lowerBound
    wire.last = sequences.upperBound
    return wire
  }

  /// Reads a stretch; nil when it is none.
  init?(wire: WireChainRange) {
    guard let dossier = DossierID(wire.dossier), let author = AgencyCode(wire.author),
      wire.first > 0, wire.first <= wire.last
    else { return nil }
    self.init(dossier: dossier, author: author, sequences: wire.first...wire.last)
  }
}

extension FetchAnswer {
  /// The fields that this build knows; what a later one adds is passed over.
  package static let fields = KnownFields(
    upTo: 6,
    holding: [
      1: Delivery.fields, 2: KnownFields(upTo: 2, holding: [2: KnownFields(upTo: 4)]),
      4: KnownFields(upTo: 5),
    ])

  /// The answer's wire form.
  package func encoded() -> [UInt8] {
    var wire = WireFetchAnswer()
    wire.deliveries = deliveries.map(\.wire)
    wire.chains = chains.map { chains in
      var wire = WireDossierChains()
      wire.dossier = Data(chains.dossier.bytes)
      wire.chains = chains.chains.map { head in
        var wire = WireChainHead()
        wire.author = head.author.rawValue
        wire.sequence = head.sequence
        wire.id = Data(head.id.bytes)
        wire.owed = head.owed
        return wire
      }
      return wire
    }
    wire.truncated = isTruncated
    wire.behind = behind.map(\.rawValue)
    wire.listed = Data(listed?.bytes ?? [])
    if let position {
      wire.position.outbox = Data(position.outbox.bytes)
      wire.position.number = position.number
      wire.position.runningHash = Data(position.runningHash.bytes)
      wire.position.held = position.held.map { Data($0.bytes) }
      if let head = position.head { wire.position.head = head.wire }
    }
    return LawfulForm.encode(wire)
  }

  private static let budget = FieldBudget.root([
    Delivery.budget(1, upTo: Limits.pageDeliveriesMax),
    .field(
      2, upTo: Limits.fetchChainsMax, holding: [.field(2, upTo: Limits.fetchChainsMax)]),
    .field(4, upTo: 1, holding: [.field(4, upTo: Limits.reportEntriesMax)]),
    .field(5, upTo: Limits.behindMax),
  ])

  /// Reads an answer; nil when it is none or breaks a limit.
  package static func decode(_ bytes: [UInt8]) -> FetchAnswer? {
    guard bytes.count <= Limits.pageBytesMax + Limits.headStatementBytesMax,
      budget.covers(bytes),
      let wire = LawfulForm.decode(WireFetchAnswer.self, bytes, passingOverAllBut: fields)
    else { return nil }
    var answer = FetchAnswer()
    answer.deliveries = wire.deliveries.compactMap(Delivery.init(wire:))
    answer.chains = wire.chains.compactMap(DossierChains.init(wire:))
    answer.isTruncated = wire.truncated
    answer.behind = wire.behind.compactMap { AgencyCode($0) }
    if !wire.listed.isEmpty {
      guard let listed = DossierID(wire.listed) else { return nil }
      answer.listed = listed
    }
    if wire.hasPosition {
      guard let position = ReaderPosition(wire: wire.position) else { return nil }
      answer.position = position
    }
    guard answer.deliveries.count == wire.deliveries.count,
      answer.chains.count == wire.chains.count, answer.behind.count == wire.behind.count
    else { return nil }
    return answer
  }
}

extension DossierChains {
  init?(wire: WireDossierChains) {
    guard let dossier = DossierID(wire.dossier) else { return nil }
    let heads: [Head] = wire.chains.compactMap { head in
      guard let author = AgencyCode(head.author), let id = ChangeSetID(head.id) else { return nil }
      return Head(author: author, sequence: head.sequence, id: id, owed: head.owed)
    }
    guard heads.count == wire.chains.count else { return nil }
    self.init(dossier: dossier, chains: heads)
  }
}

extension ReaderPosition {
  init?(wire: WireReaderPosition) {
    let held = wire.held.compactMap { ChangeSetID($0) }
    guard let outbox = OutboxID(wire.outbox), let hash = Hash256(wire.runningHash),
      held.count == wire.held.count
    else { return nil }
    self.init(
      outbox: outbox, number: wire.number, runningHash: hash, held: held,
      head: wire.hasHead ? SignedObject(wire: wire.head) : nil)
  }
}
