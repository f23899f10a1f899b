import Exchange
import Ledger
import TestSupport
import Testing

/// Bounds and spelling of messages with what a later build adds.
@Suite struct LaterFieldTests {
  /// Field 1,000, which no build has yet, with the number 1.
  private let field: [UInt8] = [0xC0, 0x3E, 0x01]

  private func ids(_ count: Int) -> [ChangeSetID] {
    (0..<count).map { ChangeSetID(.sha256(Array("\($0)".utf8))) }.sorted()
  }

  @Test func `security T13 a field of a later build opens no bound`() {
    for (count, isTaken) in [
      (Exchange.Limits.fetchIDsMax, true), (Exchange.Limits.fetchIDsMax + 1, false),
    ] {
      let request = FetchRequest(ids: ids(count)).encoded() + field
      #expect((FetchRequest.decode(request) != nil) == isTaken)
      let returns = BundleReturns(receipt: nil, wants: ids(count)).encoded() + field
      #expect((BundleReturns.decode(returns) != nil) == isTaken)
    }
    let request = FetchRequest(ids: ids(1)).encoded()
    let room = Exchange.Limits.fetchRequestBytesMax - request.count
    // Field 1,000 with so many bytes, behind two for its number and three for their count.
    for (count, isTaken) in [(room - 5, true), (room - 4, false)] {
      let digits = [count & 0x7F | 0x80, count >> 7 & 0x7F | 0x80, count >> 14]
      var long = request + [0xC2, 0x3E]
      long += digits.map { UInt8($0) } + Array(repeating: 7, count: count)
      #expect((FetchRequest.decode(long)?.ids == ids(1)) == isTaken)
    }
  }

  @Test func `what a line stores is as its author spelt it, or the page is not taken`() async throws
  {
    let (peer, reader) = try await SampleNode<MemoryStore>.pair()
    let grant = Part(membership: [.grant(Grant(agency: reader.agency.code, ground: .admit))])
    let written = try await peer.append(nil, [grant])
    let line = Delivery(
      number: 7, content: .changeSet(ReceivedChangeSet(written, parts: written.parts)))
    func page(_ line: [UInt8]) -> DeliveryPage? {
      let length = [UInt8(line.count & 0x7F) | 0x80, UInt8(line.count >> 7)]
      let head = SignedObject(body: [1], signature: [2])
      return DeliveryPage.decode(
        [0x0A] + length + line + DeliveryPage(deliveries: [], head: head).encoded())
    }
    let plain = line.encoded()
    let later = try #require(page(plain + field))
    #expect(later.deliveries.map { $0.encoded() } == [plain])
    let digest = try #require(page(plain)?.digest)
    #expect(later.digest != digest, "it is over what was sent")
    // A field more in the last part of the line: its length grows, and it is no longer what was
    // signed for.
    let part = try #require(written.parts[0])
    var sealed: [UInt8] = [0x12, 0x20]
    sealed += part.salt
    sealed += [0x1A, UInt8(part.content.count)]
    sealed += part.content
    let place = try #require(plain.firstRange(of: sealed)?.upperBound)
    #expect(place == plain.count)
    var widened = plain + field
    widened[plain.count - sealed.count - 1] += UInt8(field.count)
    #expect(page(widened) == nil)
  }
}
