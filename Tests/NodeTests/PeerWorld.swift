import Exchange
import Ledger
import Logging
import ServiceLifecycle
import Synchronization
import Testing

@testable import Node

/// One node of a test: a store, a peer server on a real socket and the loops that follow peers.
struct WorldNode<S: Store>: Sendable {
  let node: TestNode
  let store: S
  let desk: PeerDesk<S>
  let book: PeerBook
  let gate: PeerGate
  let bell: Bell
  let states: PeerStates
  let signals: SyncSignals
  let figures: Figures
  let server: PeerServer
  let synchronizer: Synchronizer<S>
  let clients: PeerClients
  let notices = Notices()
  let decryption: DecryptionKeys

  init(
    _ node: TestNode, store: S, clockAheadSeconds: Int64 = 0,
    allowances: PeerAllowances = PeerAllowances(), recoveries: ComparisonTurns? = nil
  ) {
    self.node = node
    self.store = store
    let time = TransportTime.system(aheadBy: clockAheadSeconds)
    (book, bell, states, figures) = (PeerBook(), Bell(), PeerStates(), Figures())
    decryption = DecryptionKeys(current: Self.freshKey())
    let envelopes = GatewayEnvelopes(own: node.agency, keys: decryption, book: book)
    let signals = SyncSignals(own: node.agency)
    self.signals = signals
    gate = PeerGate(
      agency: node.agency, key: node.key, book: book, time: time, figures: figures,
      allowances: allowances, noticed: { [notices] in notices.note($0) })
    desk = PeerDesk(
      store: store, signatory: Signatory(agency: node.agency, key: node.key),
      businessTime: { Self.now }, bell: bell,
      build: BuildDescription(version: "0.1.0", commit: "test"),
      settled: { [bell] in signals.settle($0, bell: bell) },
      noticed: { [notices] in notices.note($0) }, envelopes: envelopes,
      join: { _ in throw Problem(.notFound) })
    var logger = Logger(label: node.agency.rawValue)
    logger.logLevel = .critical
    server = PeerServer(
      gate: gate, routes: desk.routes, identity: node.transport, book: book, figures: figures)
    clients = PeerClients(
      identity: PeerClientIdentity(
        agency: node.agency, key: node.key, transport: node.transport, time: time,
        envelopes: envelopes),
      book: book)
    synchronizer = Synchronizer(
      desk: desk, book: book, clients: clients, states: states, figures: figures,
      signals: signals, logger: logger,
      recoveries: recoveries ?? .ofRecoveries())
  }

  /// The business clock of tests.
  static var now: Timestamp { TransportTime.systemTimestamp }

  /// Writes one change set and rings for its readers, as the office does.
  @discardableResult
  func append(
    dossier: DossierID?, _ part: Part, founding: Bool = false
  ) async throws -> StoredChangeSet {
    let work = Append(
      author: Signatory(agency: node.agency, key: node.key),
      drafts: [Draft(dossier: dossier, parts: [part])], now: Self.now, gate: .open,
      foundsDirectory: founding)
    let appended = try await store.write(work).get()
    bell.ring(appended.readers)
    signals.ring(.directory)
    return try #require(appended.changeSets.first)
  }

  /// The ids stored of a dossier, in the dossier's order.
  func order(of dossier: DossierID) async throws -> [ChangeSetID] {
    try await store.read(OrderOf(dossier: dossier))
  }

  /// What the agency says about itself; `key` is the one it has unless another is given.
  func particulars(
    port: Int?, version: UInt64 = 1, key: DecryptionKey? = nil, isBehindGateway: Bool = false
  ) throws -> SignedObject {
    SignedObject(
      signing: Particulars(
        signer: node.agency, key: node.key.keyID, version: version,
        endpoint: port.map { "https://127.0.0.1:\($0)" } ?? "",
        tlsPin: Hash256(try node.certificate.pin().bytes),
        encryptionKey: (key ?? decryption.current).encryptionKey.bytes, gateway: isBehindGateway),
      with: node.key)
  }

  /// An encryption key of a test.
  static func freshKey() -> DecryptionKey {
    guard let key = DecryptionKey(rawRepresentation: Entropyless.bytes(32)) else {
      preconditionFailure("every 32 bytes are an X25519 key")
    }
    return key
  }

  var entry: AgencyEntry {
    AgencyEntry(
      code: node.agency, name: "sample agency \(node.agency)", shortName: node.agency.rawValue,
      level: "city", region: node.agency.region, kind: "unit")
  }
}

/// What a node noticed of its peers.
final class Notices: Sendable {
  private let all = Mutex<[PeerNotice]>([])
  func note(_ notice: PeerNotice) { all.withLock { $0.append(notice) } }
  func contains(_ notice: PeerNotice) -> Bool { all.withLock { $0.contains(notice) } }
}

/// The order of one dossier's change sets; empty when it is not stored.
struct OrderOf: StoreWork {
  let dossier: DossierID

  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> [ChangeSetID] {
    try transaction.graphs([dossier])[dossier]?.order ?? []
  }
}

/// Writes the record of a node that has done nothing yet.
struct BeginNode: StoreWork {
  let agency: AgencyCode
  let directory: DossierID?
  var outbox = Entropy.system.outboxID()

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws {
    try transaction.save(
      NodeRecord(agency: agency, outbox: outbox, directory: directory))
  }
}

/// Nodes without a server and loops of their own, which leave when their test ends.
final class Guests: Sendable {
  private let all = Mutex<[PeerClients]>([])

  func welcome<S: Store>(_ node: WorldNode<S>) -> WorldNode<S> {
    all.withLock { $0.append(node.clients) }
    return node
  }

  func leave() async {
    for clients in all.withLock({ $0 }) { await clients.closeAll() }
  }
}

/// Two nodes, the first of them registrar, in one directory.
struct PeerWorld<S: Store>: Sendable {
  let registrar: WorldNode<S>
  let other: WorldNode<S>
  let directory: DossierID
  /// Where the registrar's server listens.
  let port: Int
  /// The clients of nodes that a test adds, to be closed at its end.
  let guests: Guests

  /// Runs both nodes, founds the directory, admits the second and hands it the directory.
  ///
  /// The registrar is reached through `gateway` if there is one, and says so when `isMarked`.
  static func run(
    stores: (S, S), clockAheadSeconds: Int64 = 0, otherListens: Bool = true,
    allowances: PeerAllowances = PeerAllowances(), gateway: TestGateway? = nil,
    isMarked: Bool = true, otherLostItsKey: Bool = false,
    _ body: @Sendable (PeerWorld<S>) async throws -> Void
  ) async throws {
    let registrar = WorldNode(
      try TestNode("420300-FZB"), store: stores.0, allowances: allowances)
    let other = WorldNode(
      try TestNode("420300-JW"), store: stores.1, clockAheadSeconds: clockAheadSeconds)
    let (ports, feed) = AsyncStream.makeStream(of: (AgencyCode, Int).self)
    var services: [any Service] = []
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    for world in [registrar, other] {
      services.append(
        try world.server.application(host: "127.0.0.1", port: 0, logger: logger) {
          feed.yield((world.node.agency, $0))
        })
      services.append(world.synchronizer)
    }
    let group = ServiceGroup(services: services, logger: logger)
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await group.run() }
      var known: [AgencyCode: Int] = [:]
      for await (agency, port) in ports {
        known[agency] = port
        if known.count == 2 { break }
      }
      let guests = Guests()
      do {
        if let gateway, let port = known[registrar.node.agency] {
          known[registrar.node.agency] = try await gateway.start(
            to: port, of: registrar.node, as: other.node)
        }
        let directory = try await found(
          registrar, other, known, otherListens: otherListens,
          isBehindGateway: gateway != nil && isMarked,
          lostKey: otherLostItsKey ? WorldNode<S>.freshKey() : nil)
        try await body(
          PeerWorld(
            registrar: registrar, other: other, directory: directory,
            port: try #require(known[registrar.node.agency]), guests: guests))
        await guests.leave()
        await gateway?.stop()
      } catch {
        await guests.leave()
        await gateway?.stop()
        for world in [registrar, other] { world.gate.close(); world.bell.close() }
        await group.triggerGracefulShutdown()
        throw error
      }
      for world in [registrar, other] { world.gate.close(); world.bell.close() }
      await group.triggerGracefulShutdown()
    }
  }

  private static func found(
    _ registrar: WorldNode<S>, _ other: WorldNode<S>, _ ports: [AgencyCode: Int],
    otherListens: Bool, isBehindGateway: Bool, lostKey: DecryptionKey?
  ) async throws -> DossierID {
    try await registrar.store.write(BeginNode(agency: registrar.node.agency, directory: nil))
    let founding = Founding(
      registrar: registrar.entry, key: registrar.node.key.publicKey, sample: true)
    let directory = try await registrar.append(
      dossier: nil, Part(directory: [.founding(founding)]), founding: true
    ).dossier
    let proposal = Proposal(
      basedOn: directory.first,
      change: .admission(
        entry: other.entry, key: other.node.key.publicKey,
        particulars: try other.particulars(
          port: otherListens ? ports[other.node.agency] : nil, key: lostKey)))
    let proposed = try await registrar.append(
      dossier: directory, Part(directory: [.proposal(proposal)]))
    try await registrar.append(
      dossier: directory,
      Part(directory: [
        .finalization(Finalization(proposal: proposed.id, countersignatures: [proposed.id])),
        .particulars(
          try registrar.particulars(
            port: ports[registrar.node.agency], isBehindGateway: isBehindGateway)),
      ]))
    try await other.store.write(BeginNode(agency: other.node.agency, directory: directory))
    let order = try await registrar.order(of: directory)
    let answer = try await registrar.store.read(
      AnswerFetch(requester: other.node.agency, request: FetchRequest(ids: order)))
    _ = try await other.store.write(
      TakeFetched(
        peer: registrar.node.agency, deliveries: answer.deliveries, now: WorldNode<S>.now))
    #expect(try await other.order(of: directory) == order)
    // From now on each lets the other in.
    for world in [registrar, other] { await world.synchronizer.readDirectory() }
    other.signals.ring(.directory)
    return directory
  }
}

/// Waits until `condition` holds, looking again after short pauses; fails after 30 seconds.
func eventually(
  _ what: Comment, _ condition: () async throws -> Bool,
  sourceLocation: SourceLocation = #_sourceLocation
) async throws {
  let end = ContinuousClock.now + .seconds(30)
  while ContinuousClock.now < end {
    if try await condition() { return }
    try await Task.sleep(for: .milliseconds(2))
  }
  Issue.record(what, sourceLocation: sourceLocation)
}
