import Exchange
import HTTPTypes
import Ledger
import Logging
import Office
import TestSupport
import Testing

@testable import Node

/// What passes a gateway that ends TLS between two nodes.
@Suite(.timeLimit(.minutes(5))) struct GatewayTests {
  private let canary = Array("the informant is called Canary Word".utf8)

  private func store() -> MemoryStore {
    MemoryStore { _, _ in MemoryProjection(rows: [], digest: nil) }
  }

  private func letter(to agency: AgencyCode, from author: AgencyCode) -> Part {
    let record = Record(
      id: RecordID(timestamp: .sample, random: [UInt8](repeating: 1, count: 10)), type: 6,
      author: author, body: canary)
    return Part(
      membership: [.grant(Grant(agency: agency, ground: .admit))], records: [record])
  }

  @Test(arguments: [true, false])
  func `security T1 a man in the middle sees no word of a page, an answer or a piece`(
    isMarked: Bool
  ) async throws {
    let gateway = TestGateway()
    let sample = SampleAttachment(bytes: 5_000)
    let piece = try #require(sample.pieces.first)
    try await PeerWorld.run(
      stores: (store(), store()), gateway: gateway, isMarked: isMarked
    ) { world in
      let (registrar, other) = (world.registrar, world.other)
      let first = try await registrar.append(
        dossier: nil, letter(to: other.node.agency, from: registrar.node.agency))
      try await eventually("the letter arrives") {
        try await other.order(of: first.dossier) == [first.id]
      }
      try await eventually("the receipt is kept") {
        try await registrar.store.read(ReceiptsOf(id: first.id)) == 1
      }
      let session = try #require(await other.synchronizer.session(with: registrar.node.agency))
      let answer = try #require(try await session.ask(FetchRequest(ids: [first.id])))
      #expect(answer.deliveries.count == 1)
      let place = AttachmentPlace(change: first.id, part: 0, position: 0)
      let listed = ListedAttachment(
        place: place, dossier: first.dossier, record: 0, index: 0, content: sample.content)
      try await registrar.store.write(DoAttachments(.list([listed]), .put(sample.pieces, place)))
      let client = try #require(await other.clients.client(for: registrar.node.agency))
      let range = try #require(AttachmentRange(first: 0, last: 4_999))
      guard case .slice(let slice) = try await client.slice(range, of: place.path) else {
        Issue.record("no slice")
        return
      }
      #expect(slice.bytes == Array(piece.bytes))
      // The gateway passes the heads in the clear, so it would see the content, too.
      #expect(gateway.saw(Array("GET /peer/v1/deliveries".utf8)))
      #expect(gateway.saw(Array("guantong-destination".utf8)))
      #expect(gateway.saw(canary) == !isMarked)
      #expect(gateway.saw(piece.bytes.prefix(64)) == !isMarked)
    }
  }

  @Test(arguments: [true, false])
  func `a man in the middle sees no word of a page that is pushed`(isMarked: Bool) async throws {
    let gateway = TestGateway()
    try await PeerWorld.run(
      stores: (store(), store()), otherListens: false, gateway: gateway, isMarked: isMarked
    ) { world in
      let first = try await world.other.append(
        dossier: nil, letter(to: world.registrar.node.agency, from: world.other.node.agency))
      try await eventually("the pushed letter arrives") {
        try await world.registrar.order(of: first.dossier) == [first.id]
      }
      try await eventually("the receipt is kept") {
        try await world.other.store.read(ReceiptsOf(id: first.id)) == 1
      }
      #expect(gateway.saw(Array("POST /peer/v1/deliveries".utf8)))
      #expect(gateway.saw(canary) == !isMarked)
    }
  }

  @Test func `a reader that cannot open an envelope has all once its key is published`()
    async throws
  {
    try await PeerWorld.run(
      stores: (store(), store()), gateway: TestGateway(), otherLostItsKey: true
    ) { world in
      let (registrar, other) = (world.registrar, world.other)
      let first = try await registrar.append(
        dossier: nil, letter(to: other.node.agency, from: registrar.node.agency))
      try await eventually("an answer comes in an envelope that does not open") {
        other.states.contact(with: registrar.node.agency).fault?.code == "envelope"
      }
      #expect(try await other.order(of: first.dossier) == [])
      try await registrar.append(
        dossier: world.directory,
        Part(directory: [
          .particulars(try other.particulars(port: nil, version: 2, key: other.decryption.current))
        ]))
      try await eventually("what was asked for comes, sealed to the key there is") {
        try await other.order(of: first.dossier) == [first.id]
      }
    }
  }

  @Test func `whoever has published no key gets nothing through a gateway`() async throws {
    let node = WorldNode(try TestNode("420300-FZB"), store: store())
    let peer = try TestNode("420300-JW")
    node.book.replace([
      PeerRecord(
        agency: peer.agency, keys: [:], pin: nil, endpoint: nil, isBehindGateway: true)
    ])
    #expect(node.desk.envelopes?.way(to: peer.agency) == .noKey)
    let paths = ["/peer/v1/deliveries", "/peer/v1/attachments/{change}/{part}/{position}"]
    for route in node.desk.routes where route.method == .get && paths.contains(route.path) {
      await #expect(throws: Problem(.unavailable, retryAfterSeconds: 60)) {
        try await route.answer(
          PeerRequest(
            agency: peer.agency, isWithdrawn: false,
            head: HTTPRequest(method: .get, scheme: "https", authority: "x", path: route.path),
            query: [:], body: []))
      }
    }
    // A key of small order, whose shared secret is zero, counts as none.
    #expect(EncryptionKey(bytes: [UInt8](repeating: 0, count: 32)) == nil)
  }

  @Test func `a pushed envelope that does not open is an unknown key, one that is none malformed`()
    async throws
  {
    let node = WorldNode(try TestNode("420300-FZB"), store: store())
    let peer = try #require(AgencyCode("420300-JW"))
    let route = try #require(
      node.desk.routes.first { $0.path == "/peer/v1/deliveries" && $0.takesEnvelopes })
    let stranger = try #require(DecryptionKey(rawRepresentation: Entropyless.bytes(32)))
    let sealed = try Envelope(
      sealing: [1], .init(sender: peer, reader: node.node.agency, content: .page),
      to: stranger.encryptionKey
    ).encoded()
    var head = HTTPRequest(
      method: .post, scheme: "https", authority: "x", path: "/peer/v1/deliveries")
    head.headerFields[.contentType] = GatewayEnvelopes.mediaType
    for (body, code) in [(sealed, Problem.Code.keyUnknown), ([1, 2, 3], .malformed)] {
      let request = PeerRequest(
        agency: peer, isWithdrawn: false, head: head, query: [:], body: body)
      await #expect(throws: Problem(code)) { try await route.answer(request) }
    }
  }
}
