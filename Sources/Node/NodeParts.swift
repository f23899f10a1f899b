import Exchange
import Hummingbird
import Ledger
import Logging
import NIOPosix
import Office
import Replica
import ServiceLifecycle

/// The composition: everything a running node is made of, and how it hangs together.
struct NodeParts: Sendable {
  let configuration: NodeConfiguration
  let office: Office
  let synchronizer: Synchronizer<PostgresStore>
  let gate: GateKeeper
  let joining: Joining<PostgresStore>
  let officeDesk: OfficeDesk
  let pin: Hash256
  private let desks: HostedDesks
  private let store: PostgresStore
  private let desk: PeerDesk<PostgresStore>
  private let peerGate: PeerGate
  private let book: PeerBook
  private let bell: Bell
  private let signals: SyncSignals
  private let plan: ComparisonBook
  private let process: NodeProcess
  private let identity: PeerClientIdentity
  private let attachments: AttachmentFetching<PostgresStore>

  init(_ process: NodeProcess, _ store: PostgresStore) async throws {
    let configuration = process.configuration
    let (keys, logger) = (process.keys, process.logger)
    self.process = process
    self.configuration = configuration
    self.store = store
    guard let pin = Hash256(keys.transport.pin.bytes) else {
      throw NodeError(
        .keyFile, object: configuration.tlsCertificatePath, message: "has no usable key",
        words: "file.noTLSKey")
    }
    self.pin = pin
    let (book, bell, states) = (PeerBook(), Bell(), PeerStates())
    let signals = SyncSignals(own: configuration.agency)
    let gate = GateKeeper(SealingGate(peers: []))
    let link = Link()
    let plan = ComparisonBook()
    let handout = configuration.handoutDirectory.map {
      Handout(directory: $0, own: configuration.agency)
    }
    let envelopes = GatewayEnvelopes(own: configuration.agency, keys: keys.decryption, book: book)
    (self.book, self.bell, self.signals, self.gate, self.plan) = (book, bell, signals, gate, plan)
    let noticed: @Sendable (PeerNotice) -> Void = { notice in
      switch notice {
      case .claimsMore(let peer): plan.note(peer, .claim)
      case .newOutbox(let peer): plan.note(peer, .newOutbox)
      case .unknownKey: plan.noteUnknownKey()
      }
      signals.ring(.comparison)
    }
    let office = Self.office(process, store, gate, bell, signals)
    self.office = office
    desks = HostedDesks(office: office, keys: keys.hosted, store: store)
    desk = PeerDesk(
      store: store, signatory: Signatory(agency: configuration.agency, key: keys.agency),
      businessTime: { office.clock.now }, bell: bell, build: configuration.build,
      settled: { aftermath in
        for peer in aftermath.comparing { plan.note(peer, .regrant) }
        signals.settle(aftermath, bell: bell)
      }, noticed: noticed, envelopes: envelopes,
      join: { try await Self.takeJoin($0, office, book, signals) })
    peerGate = PeerGate(
      agency: configuration.agency, key: keys.agency, book: book, time: .system,
      figures: process.figures, link: link, handout: handout, noticed: noticed)
    let identity = PeerClientIdentity(
      agency: configuration.agency, key: keys.agency, transport: keys.transport, time: .system,
      link: link, handout: handout, envelopes: envelopes)
    self.identity = identity
    synchronizer = Synchronizer(
      desk: desk, book: book, clients: PeerClients(identity: identity, book: book),
      states: states, figures: process.figures, signals: signals, logger: logger,
      openInvitations: { try await office.openInvitations() })
    attachments = AttachmentFetching(
      desk: desk, clients: PeerClients(identity: identity, book: book), signals: signals,
      figures: process.figures, logger: logger)
    joining = Joining(desk: desk, identity: identity, signals: signals, logger: logger)
    officeDesk = OfficeDesk(
      office: office, desks: desks, store: store, synchronizer: synchronizer, states: states,
      book: book, gate: gate, signals: signals, joining: joining, link: link,
      attachments: attachments,
      configuration: configuration, pin: pin, decryption: keys.decryption,
      spool: BundleSpool(folder: configuration.spoolDirectory))
    officeDesk.spool.clear()
  }

  /// Founds the directory, or goes on joining one, as the first start was told.
  func firstStart() async throws {
    let start = try FirstStartFile.read(configuration)
    if start.registrar {
      if try await store.read(PinnedDirectory()) == nil {
        _ = try await office.found(
          start, endpoint: configuration.peerAdvertise, tlsPin: pin,
          isSample: configuration.isSample)
      }
    } else if let begun = try await office.pendingJoin(
      start: start, endpoint: configuration.peerAdvertise, tlsPin: pin,
      isSample: configuration.isSample)
    {
      joining.resume(begun)
    }
  }

  /// Goes on asking for the keys that follow, as commands began before the last stop.
  func resumeRotation() async throws {
    for (asking, next) in try await officeDesk.keyRequests() { joining.resume(asking, with: next) }
  }

  /// The office API with all its routes; with a token, only for who brings it.
  func officeRouter(token: OfficeToken? = nil) -> OfficeRouter {
    let router = OfficeRouter(
      defaultLanguage: configuration.language, figures: process.figures, token: token)
    router.addRoutes(of: officeDesk) { [signals] in signals.ring(.standing) }
    return router
  }

  /// Servers and loops, in the order in which they start.
  func services() throws -> [any Service] {
    let (logger, figures) = (process.logger, process.figures)
    let peerServer = PeerServer(
      gate: peerGate, routes: desk.routes, identity: process.keys.transport, book: book,
      figures: figures)
    let synchronizer = synchronizer
    var services: [any Service] = [
      Wakings(store: store, bell: bell, signals: signals),
      synchronizer, attachments,
    ]
    services += history()
    services += [
      StandingWork(
        office: office, desks: desks, store: store, joining: joining, synchronizer: synchronizer,
        signals: signals, key: process.keys.agency, isSample: configuration.isSample,
        logger: logger),
      certificateWatch(),
      HostedSuccession(
        keys: process.keys.hosted, store: store, signals: signals, logger: logger),
      KeySuccession(
        configuration: configuration, key: process.keys.agency, store: store, signals: signals,
        logger: logger),
      Listening(
        place: "\(configuration.peerListen)", key: "peer.listen",
        server: try peerServer.application(
          host: configuration.peerListen.host, port: configuration.peerListen.port,
          logger: logger)),
      Listening(
        place: configuration.officeSocketPath, key: "data_dir",
        server: OfficeServer.application(
          router: officeRouter(), path: configuration.officeSocketPath, logger: logger)),
    ]
    if let listen = configuration.officeListen, let token = process.keys.office {
      services.append(
        Listening(
          place: "\(listen)", key: "office.listen",
          server: OfficeServer.application(
            router: officeRouter(token: token), at: listen, logger: logger)))
    }
    services.append(Closing(gate: peerGate, bell: bell))
    return services
  }

  /// The loop that takes a new TLS pair into use once peers know it.
  private func certificateWatch() -> CertificateWatch {
    let announcement = PinAnnouncement(
      office: office, store: store, book: book, identity: identity,
      endpoint: configuration.peerAdvertise, isSample: configuration.isSample)
    return CertificateWatch(
      identity: process.keys.transport, every: configuration.certificateLook,
      read: { [configuration] in
        // Read where blocking is allowed.
        try await NIOThreadPool.singleton.runIfActive { try NodeKeys.certificate(configuration) }
      },
      publish: { try await announcement.publish($0) }, logger: process.logger)
  }

  /// The loops that keep this node on one history: after a start, a restore or a rotation, and
  /// daily.
  private func history() -> [any Service] {
    let (logger, office, store) = (process.logger, office, store)
    let sessions: @Sendable (AgencyCode) async -> PeerSession<PostgresStore>? = {
      [synchronizer] in await synchronizer.session(with: $0)
    }
    return [
      StartComparison(
        store: store, gate: gate, book: book, sessions: sessions, signals: signals,
        logger: logger),
      Restoring(
        store: store, signatory: desk.signatory, gate: gate, book: book, sessions: sessions,
        signals: signals, bell: bell,
        rebuild: RebuildRecord(
          isUnderWay: { try await office.isRebuilding() },
          note: { try await office.noteRebuild($0, of: $1) }),
        reserve: { try await office.reserveNumbers() }, logger: logger),
      Reaffirming(
        store: store, signatory: desk.signatory, gate: gate, book: book, sessions: sessions,
        signals: signals,
        memory: Self.memory(of: office),
        hosted: { [desks] in
          try await desks.open().map {
            .init($0.signatory, Self.memory(of: $0))
          }
        },
        businessTime: { office.clock.now }, wake: { [bell] in bell.ring($0) }, logger: logger),
      Comparisons(
        plan: plan, book: book, sessions: sessions, signals: signals, gate: gate,
        registrar: { try await store.read(ReadStanding()).registrar }, logger: logger
      ) { peer, reason, count in
        try await office.record(
          "reconcile", on: peer.rawValue, detail: "repaired \(count): \(reason.rawValue)",
          by: .node)
      },
    ]
  }

  private static func office(
    _ process: NodeProcess, _ store: PostgresStore, _ gate: GateKeeper, _ bell: Bell,
    _ signals: SyncSignals
  ) -> Office {
    let (configuration, keys) = (process.configuration, process.keys)
    return Office(
      agency: configuration.agency, key: keys.agency,
      encryptionKey: keys.decryption.current.encryptionKey,
      isBehindGateway: configuration.isBehindGateway, store: store,
      clock: BusinessClock(isMovable: configuration.isSample),
      program: Office.Program(
        version: configuration.build.version, commit: configuration.build.commit,
        startedAt: TransportTime.systemTimestamp),
      gate: { gate.current },
      attached: { bell.attached },
      wake: { bell.ring($0) })
  }

  private static func memory(of office: Office) -> Reaffirming<PostgresStore>.Memory {
    .init(
      key: { try await office.reaffirmedKey() }, keep: { try await office.keep(reaffirmed: $0) })
  }

  /// What the registrar answers to a request to join, or to particulars brought to it.
  private static func takeJoin(
    _ request: PeerRequest, _ office: Office, _ book: PeerBook, _ signals: SyncSignals
  ) async throws -> PeerAnswer {
    guard let join = JoinRequest.decode(request.body) else { throw Problem(.malformed) }
    if ParticularsRequest.isOne(join) {
      guard let key = book.peer(request.agency)?.keys[join.key.id], !key.isWithdrawn else {
        throw Problem(.notFound)
      }
      guard try await office.publish(join.particulars) != nil else { throw Problem(.notFound) }
      signals.ring(.directory)
      return PeerAnswer()
    }
    switch try await office.takeJoinRequest(join) {
    case .refused(.notInvited):
      throw Problem(.notFound)
    case .refused(let refusal):
      var problem = Problem(.notFound)
      problem.members = [("reason", refusal.rawValue)]
      throw problem
    case .answered(let answer):
      signals.ring(.directory)
      var status = PeerAnswer(mediaType: PeerRoute.protobuf, body: answer.encoded())
      if case .pending = answer { status.status = .accepted }
      return status
    }
  }
}
