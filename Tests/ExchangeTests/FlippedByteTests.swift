import Exchange
import Foundation
import HTTPTypes
import Ledger
import TestSupport
import Testing

/// A recorded exchange (a request and its response, a page, a receipt) with every byte flipped, and
/// repeated again and again.
@Suite struct FlippedByteTests {
  /// How often a recorded message is repeated: 10,000 times in the long run.
  private static let repeats =
    LongRuns.areOn ? 10_000 : 500

  /// The changed forms of a text: one for every byte, other characters of ASCII in its place.
  private func changed(_ text: String) -> [String] {
    text.utf8.indices.compactMap { index in
      var bytes = Array(text.utf8)
      bytes[text.utf8.distance(from: text.utf8.startIndex, to: index)] ^= 0x01
      return String(validating: bytes, as: UTF8.self)
    }
  }

  private func changed(_ bytes: [UInt8]) -> [[UInt8]] {
    bytes.indices.map { index in
      var wrong = bytes
      wrong[index] ^= 0x20
      return wrong
    }
  }

  @Test func `security T1 every changed byte of a request is refused`() throws {
    let signed = try SignedExchange()
    var wrong: [HTTPRequest] = []
    for path in changed(signed.request.path ?? "") {
      var request = signed.request
      request.path = path
      wrong.append(request)
    }
    for authority in changed(signed.request.authority ?? "") {
      var request = signed.request
      request.authority = authority
      wrong.append(request)
    }
    for method in changed(signed.request.method.rawValue).compactMap({ HTTPRequest.Method($0) }) {
      var request = signed.request
      request.method = method
      wrong.append(request)
    }
    for field in signed.request.headerFields {
      for value in changed(field.value) where HTTPField.isValidValue(value) {
        var request = signed.request
        request.headerFields[field.name] = value
        wrong.append(request)
      }
      var request = signed.request
      request.headerFields[field.name] = nil
      wrong.append(request)
    }
    #expect(wrong.count > 400)
    for request in wrong {
      #expect(!signed.isVerified(signed.judge(request)), "\(request) \(request.headerFields)")
    }
    guard case .verified(let verified) = signed.judge(signed.request) else {
      Issue.record("the request as it was sent is verified")
      return
    }
    for content in changed(signed.content) {
      #expect(ContentDigest(of: content) != verified.digest)
    }
  }

  @Test func `security T1 every changed byte of a response is refused`() throws {
    let signed = try SignedExchange()
    let content = Array("what is answered".utf8)
    let response = try signed.answer(content)
    func isVerified(_ response: HTTPResponse, _ content: [UInt8]) -> Bool {
      if case .verified = signed.judge(response, content, to: signed.request) {
        true
      } else {
        false
      }
    }
    #expect(isVerified(response, content))
    for content in changed(content) { #expect(!isVerified(response, content)) }
    for code in 201..<300 {
      var wrong = response
      wrong.status = HTTPResponse.Status(code: code)
      #expect(!isVerified(wrong, content))
    }
    var count = 0
    for field in response.headerFields {
      for value in changed(field.value) where HTTPField.isValidValue(value) {
        var wrong = response
        wrong.headerFields[field.name] = value
        #expect(!isVerified(wrong, content), "\(field.name) \(value)")
        count += 1
      }
    }
    #expect(count > 280)
  }

  /// Two nodes, the first with something on its way to the second.
  private func pair() async throws -> (SampleNode<MemoryStore>, SampleNode<MemoryStore>) {
    let writer = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
    let reader = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("B"))
    let directory = try await writer.found()
    try await reader.join(writer, directory)
    try await reader.catchUp(with: writer)
    let grant = MembershipStatement.grant(Grant(agency: reader.agency.code, ground: .admit))
    try await writer.append(nil, [Part(membership: [grant])])
    return (writer, reader)
  }

  private func page(
    _ writer: SampleNode<MemoryStore>, _ reader: SampleNode<MemoryStore>
  ) async throws -> [UInt8] {
    let cursor = try await reader.store.read(CursorOf(writer.agency.code))
    return try await writer.store.write(
      ServeDeliveries(
        reader: reader.agency.code, outbox: cursor?.outbox, after: cursor?.number ?? 0,
        hash: cursor?.runningHash, bytesMax: Exchange.Limits.pageBytesMax,
        signatory: writer.agency.signatory, now: .sample)
    ).bytes
  }

  private func take(
    _ bytes: [UInt8], _ writer: SampleNode<MemoryStore>, _ reader: SampleNode<MemoryStore>
  ) async throws -> TakenPage? {
    guard let page = DeliveryPage.decode(bytes) else { return nil }
    return try? await reader.store.take(
      TakeDeliveries(
        peer: writer.agency.code, page: page, signatory: reader.agency.signatory, now: .sample)
    ).get()
  }

  @Test func `security T1 every changed byte of a page is refused and stores nothing`() async throws
  {
    let (writer, reader) = try await pair()
    let bytes = try await page(writer, reader)
    #expect(bytes.count > 500)
    for (index, wrong) in changed(bytes).enumerated() {
      #expect(try await take(wrong, writer, reader) == nil, "byte \(index)")
    }
    #expect(try await take(bytes, writer, reader)?.stored == 1)
  }

  @Test func `security T1 a page repeated thousands of times is stored once`() async throws {
    let (writer, reader) = try await pair()
    let bytes = try await page(writer, reader)
    var stored = 0
    for _ in 0..<Self.repeats { stored += try await take(bytes, writer, reader)?.stored ?? 0 }
    #expect(stored == 1)
  }

  @Test func `security T1 a request repeated thousands of times is taken once`() throws {
    let signed = try SignedExchange()
    var nonces = NonceMemory()
    let taken = (0..<Self.repeats).count { _ in
      signed.isVerified(signed.judge(signed.request, &nonces))
    }
    #expect(taken == 1)
    #expect(nonces.count == 1)
  }

  @Test func `security T1 every changed byte of a receipt is refused and keeps nothing`()
    async throws
  {
    let (writer, reader) = try await pair()
    let bytes = try await page(writer, reader)
    let receipt = try #require(try await take(bytes, writer, reader)?.receipt)
    let wrong =
      changed(receipt.body).map { SignedObject(body: $0, signature: receipt.signature) }
      + changed(receipt.signature).map { SignedObject(body: receipt.body, signature: $0) }
    for signed in wrong {
      let outcome = try await writer.store.write(
        TakeReceipt(reader: reader.agency.code, signed: signed, now: .sample))
      #expect(outcome == .invalid)
    }
    let outcome = try await writer.store.write(
      TakeReceipt(reader: reader.agency.code, signed: receipt, now: .sample))
    guard case .kept = outcome else {
      Issue.record("the receipt as it was sent is kept: \(outcome)")
      return
    }
  }
}
