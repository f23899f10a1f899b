import Exchange
import HTTPTypes
import Ledger
import Logging
import TestSupport
import Testing

@testable import Node

/// Attachments between two nodes over real sockets.
@Suite(.timeLimit(.minutes(5))) struct AttachmentFetchingTests {
  private let sample = SampleAttachment(bytes: (2 << 20) + 99)

  private func store() -> MemoryStore {
    MemoryStore { _, _ in MemoryProjection(rows: [], digest: nil) }
  }

  /// Makes a dossier of the registrar that lists an attachment, known to both; the other has none
  /// of its pieces.
  private func share(_ world: PeerWorld<MemoryStore>) async throws -> ListedAttachment {
    let grant = Grant(agency: world.other.node.agency, ground: .admit)
    let first = try await world.registrar.append(
      dossier: nil, Part(membership: [.grant(grant)]))
    try await eventually("the change set arrives") {
      try await world.other.order(of: first.dossier) == [first.id]
    }
    let listed = ListedAttachment(
      place: AttachmentPlace(change: first.id, part: 0, position: 0), dossier: first.dossier,
      record: 0, index: 0, content: sample.content)
    try await world.registrar.store.write(
      DoAttachments(.list([listed]), .put(sample.pieces, listed.place)))
    try await world.other.store.write(DoAttachments(.list([listed])))
    return listed
  }

  private func fetching(_ node: WorldNode<MemoryStore>) -> AttachmentFetching<MemoryStore> {
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    let identity = PeerClientIdentity(
      agency: node.node.agency, key: node.node.key, transport: node.node.transport, time: .system)
    return AttachmentFetching(
      desk: node.desk, clients: PeerClients(identity: identity, book: node.book),
      signals: node.signals, figures: node.figures, logger: logger)
  }

  private func pieces(
    _ node: WorldNode<MemoryStore>, _ place: AttachmentPlace
  ) -> [Int: LoggedPiece] {
    node.store.contents.pieces[place] ?? [:]
  }

  @Test func `an attachment is brought over and a restart goes on at the first missing piece`()
    async throws
  {
    try await PeerWorld.run(stores: (store(), store())) { world in
      let listed = try await share(world)
      // What a run before brought: the first piece.
      try await world.other.store.write(
        DoAttachments(.put([sample.pieces[0]], listed.place)))
      let service = fetching(world.other)
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await service.run() }
        try await eventually("every piece is here") {
          pieces(world.other, listed.place).count == 3
        }
        group.cancelAll()
      }
      #expect(
        pieces(world.other, listed.place).sorted { $0.key < $1.key }.map(\.value)
          == sample.pieces.map { LoggedPiece(bytes: $0.bytes, path: $0.path) })
      let text = world.other.figures.exposition(gauges: [])
      #expect(text.contains("outcome=\"stored\",peer=\"420300-FZB\"} 2"), "\(text)")
    }
  }

  @Test func `a piece that does not verify raises an alarm and is not stored`() async throws {
    try await PeerWorld.run(stores: (store(), store())) { world in
      let listed = try await share(world)
      let good = pieces(world.registrar, listed.place)
      world.registrar.store.tamper { $0.pieces[listed.place]?[1]?.bytes[500_000] ^= 1 }
      let service = fetching(world.other)
      let wanted = try #require(try await world.other.store.read(ListWantedAttachments()).first)
      #expect(await !service.bring(wanted))
      #expect(pieces(world.other, listed.place).keys.sorted() == [0])
      let alarms = try await world.other.store.read(ReadAlarms())
      #expect(alarms.map(\.kind) == [.brokenPiece])
      #expect(alarms.first?.peer == world.registrar.node.agency)
      #expect(alarms.first?.subject == "\(listed.place)/1")
      world.registrar.store.tamper { $0.pieces[listed.place] = good }
      #expect(await service.bring(wanted))
      #expect(pieces(world.other, listed.place) == good)
      await service.close()
    }
  }

  @Test func `security T11 an attachment of others is answered like one that never was`()
    async throws
  {
    try await PeerWorld.run(stores: (store(), store())) { world in
      let shared = try await share(world)
      let own = try await world.registrar.append(dossier: nil, Part())
      let secret = ListedAttachment(
        place: AttachmentPlace(change: own.id, part: 0, position: 0), dossier: own.dossier,
        record: 0, index: 0, content: sample.content)
      let excluding = try await world.registrar.append(
        dossier: nil,
        Part(membership: [.exclude(agency: world.other.node.agency, reason: "")]))
      let barred = ListedAttachment(
        place: AttachmentPlace(change: excluding.id, part: 0, position: 0),
        dossier: excluding.dossier, record: 0, index: 0, content: sample.content)
      for listed in [secret, barred] {
        try await world.registrar.store.write(
          DoAttachments(.list([listed]), .put(sample.pieces, listed.place)))
      }
      let unknown = AttachmentPlace(
        change: ChangeSetID(.sha256([1])), part: 0, position: 0)
      let beyond = AttachmentPlace(change: shared.place.change, part: 0, position: 1)
      let client = try #require(await world.other.clients.client(for: world.registrar.node.agency))
      let range = try #require(AttachmentRange(first: 0, last: 9))
      for place in [secret.place, barred.place, unknown, beyond] {
        let reply = try await client.slice(range, of: place.path)
        #expect(reply == .refused(code: "not-found", retryAfterSeconds: nil), "\(place)")
      }
      // Byte for byte: the route throws one and the same problem.
      let route = try #require(
        world.registrar.desk.routes.first { $0.path.contains("/attachments/") })
      for place in [secret.place, barred.place, unknown, beyond] {
        await #expect(throws: Problem(.notFound)) {
          try await route.answer(request(place.path, "bytes=0-9", of: world.other))
        }
      }
      let wrong: [(String, String?)] = [
        (shared.place.path, nil), (shared.place.path, "bytes=-1"),
        (shared.place.path + "/1", "bytes=0-9"), ("/peer/v1/attachments/x/0/0", "bytes=0-9"),
        (shared.place.path, "bytes=99999999-"),
      ]
      for (path, field) in wrong {
        await #expect(throws: Problem(.malformed)) {
          try await route.answer(request(path, field, of: world.other))
        }
      }
      guard case .slice(let slice) = try await client.slice(range, of: shared.place.path) else {
        Issue.record("nothing came")
        return
      }
      #expect(slice.bytes == Array(sample.pieces[0].frame[0...9]))
    }
  }

  private func request(
    _ path: String, _ range: String?, of node: WorldNode<MemoryStore>
  ) -> PeerRequest {
    var head = HTTPRequest(method: .get, scheme: "https", authority: "x", path: path)
    head.headerFields[.range] = range
    return PeerRequest(
      agency: node.node.agency, isWithdrawn: false, head: head, query: [:], body: [])
  }
}
