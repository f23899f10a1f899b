import Exchange
import FoundationEssentials
import Ledger
import Logging
import NIOPosix
import Office
import Postgres
import Replica
import ServiceLifecycle
import Synchronization

/// The part of the node that needs a database: waits for it, then runs servers and loops.
struct NodeProcess: Service {
  let configuration: NodeConfiguration
  var keys: NodeKeys
  let cluster: EmbeddedCluster?
  let figures: Figures
  let desk: LateDesk
  let logger: Logger

  func run() async throws {
    try await cancelWhenGracefulShutdown { try await cluster?.ready() }
    let connection = try await migrated()
    let store = PostgresStore(connection, marker: configuration.markerPath)
    do {
      try await run(over: store)
    } catch {
      await store.close()
      throw error
    }
    await store.close()
  }

  /// The database of this build's schema, as the role that the node works with.
  private func migrated() async throws -> ConnectionConfiguration {
    let owner: ConnectionConfiguration
    let worker: ConnectionConfiguration
    if let cluster {
      (owner, worker) = (cluster.configuration(.owner), cluster.configuration(.node))
    } else {
      worker = try ConnectionConfiguration(parsing: configuration.databaseURL)
      owner = worker
    }
    let connection = Connection(owner)
    do {
      let outcome = try await Schema.migrate(connection)
      if outcome.before != outcome.after {
        logger.notice(
          "the schema is at version \(outcome.after)", metadata: ["before": "\(outcome.before)"])
      }
    } catch {
      await connection.close()
      throw error
    }
    await connection.close()
    return worker
  }

  private func run(over store: PostgresStore) async throws {
    let isNew = try await begin(store)
    try await foldAgain(store)
    var process = self
    _ = try await KeySuccession.succeed(&process.keys, configuration, store)
    var isConfirmed = try await process.compose(over: store, isNew: isNew, isConfirmed: false)
    // Servers and loops end when the node stops, or to begin again with the key that follows.
    while !Task.isCancelled, !Task.isShuttingDownGracefully,
      try await KeySuccession.succeed(&process.keys, configuration, store)
    {
      logger.notice(
        "the new signing key is in force", metadata: ["key": "\(process.keys.agency.keyID)"])
      isConfirmed = try await process.compose(
        over: store, isNew: false, isConfirmed: isConfirmed)
    }
  }

  /// Everything over one store and with one signing key, until it ends.
  ///
  /// - Parameters:
  ///   - store: the store.
  ///   - isNew: whether its database was empty.
  ///   - isConfirmed: whether a peer has confirmed in this process where the node stands: the same
  ///     database went on since, so nobody is asked again.
  /// - Returns: whether one has by now.
  /// - Throws: the first failure of a server or a loop, or of the database.
  private func compose(
    over store: PostgresStore, isNew: Bool, isConfirmed: Bool
  ) async throws -> Bool {
    let parts = try await NodeParts(self, store)
    let standing = try await store.read(ReadStanding())
    if standing.isHoled {
      logger.critical(
        """
        the directory's log has a hole: nobody is let in and nothing is written until it is filled \
        with guantong reconcile --self --repair
        """)
    }
    if isNew || !standing.isListed, !standing.isHoled {
      try await parts.firstStart()
    } else {
      try await parts.resumeRotation()
    }
    try await parts.office.restoreClock()
    // What is left of a directory with a hole says less of us than there was.
    if !standing.isHoled {
      try await checkPin(store, parts.pin)
      try await checkKey(store)
      try await publish(parts)
    }
    await parts.synchronizer.readDirectory()
    parts.gate.replace(
      isConfirmed
        ? .open : StartComparison<PostgresStore>.gate(for: try await store.read(ReadStanding())))
    desk.set(parts.officeDesk)
    logger.notice(
      "node is running",
      metadata: [
        "agency": "\(configuration.agency)", "version": "\(configuration.build.version)",
        "peer": "\(configuration.peerListen)", "ops": "\(configuration.opsListen)",
      ])
    // Told in this order when the node stops, last first: no new requests, then no new work.
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: try parts.services().map { service in
          ServiceGroupConfiguration.ServiceConfiguration(
            service: service, successTerminationBehavior: .gracefullyShutdownGroup)
        }, logger: logger))
    try await group.run()
    return parts.gate.isOpen
  }

  /// Says where this node is found and by which certificate.
  private func publish(_ parts: NodeParts) async throws {
    do {
      _ = try await parts.office.publish(
        endpoint: configuration.peerAdvertise, tlsPin: parts.pin)
    } catch let refusal as AppendRefusal {
      // A registrar that may not seal yet runs all the same; it publishes at its next start.
      logger.warning("our particulars are not published", metadata: ["reason": "\(refusal)"])
    }
  }

  /// Folds the dossiers that waited for a newer build, in case this is one.
  private func foldAgain(_ store: PostgresStore) async throws {
    var mended = 0
    var after: DossierID?
    repeat {
      let folded = try await store.write(FoldAgain(after: after))
      mended += folded.mended
      after = folded.next
    } while after != nil
    guard mended > 0 else { return }
    logger.notice(
      "dossiers that waited for this version are folded", metadata: ["count": "\(mended)"])
  }

  /// Says what to do when the node starts with a TLS key that no peer knows.
  private func checkPin(_ store: PostgresStore, _ pin: Hash256) async throws {
    let view = try await store.read(CurrentDirectory())
    guard let shown = view?.particulars(of: configuration.agency)?.tlsPin, shown != pin else {
      return
    }
    logger.critical(
      """
      the TLS key is not the one that the directory shows, so peers refuse it: stop the node, put \
      the former keys/tls.pem and keys/tls.crt back, start it, and replace them while it runs
      """, metadata: ["shown": "\(shown)", "pin": "\(pin)"])
  }

  /// Says what to do when the node starts with a key that is not in force.
  private func checkKey(_ store: PostgresStore) async throws {
    let view = try await store.read(CurrentDirectory())
    guard let view, view.agency(configuration.agency) != nil,
      view.activeKey(of: configuration.agency)?.id != keys.agency.keyID
    else { return }
    logger.critical(
      """
      the signing key is not the one that the directory names, so nothing can be written: restore \
      keys/agency.pem from its backup, or make a new key with guantong agency rotate-key
      """, metadata: ["key": "\(keys.agency.keyID)", "registrar": "\(view.registrar)"])
  }

  /// Makes the record of the node in an empty database, and looks at the marker.
  private func begin(_ store: PostgresStore) async throws -> Bool {
    let fresh = Entropy.system.outboxID()
    var record = try await store.begin(agency: configuration.agency, outbox: fresh)
    guard record.agency == configuration.agency else {
      throw NodeError(
        .configuration, object: "agency",
        message: "the database belongs to \(record.agency), not to \(configuration.agency)",
        words: "database.foreign",
        values: ["theirs": record.agency.rawValue, "ours": configuration.agency.rawValue],
        hint: "restore agency in guantong.yaml, or name another data_dir or database.url")
    }
    if record.directory == nil, let file = try await RebuildFile.read(at: configuration.rebuildPath)
    {
      try await Office.beginRebuild(
        Signatory(agency: configuration.agency, key: keys.agency), directory: file.directory,
        entries: file.entries, from: file.source, in: store, now: TransportTime.systemTimestamp)
      logger.notice(
        "an empty database: the node is rebuilt from its key and its peers",
        metadata: ["directory": "\(file.directory)", "source": "\(file.source)"])
      record = try await store.begin(agency: configuration.agency, outbox: fresh)
    }
    // Also once more on the way back: then the numbers given on it are lost.
    if case .wentBack = try await store.markerVerdict() {
      logger.critical("the database is behind its marker: it went back in time")
      try await store.write(
        MarkRestored(
          witness: configuration.agency, subject: "marker",
          now: TransportTime.systemTimestamp))
    }
    return record.outbox == fresh
  }
}

/// The office's desk, once there is one: health is asked for before the database is there.
final class LateDesk: Sendable {
  private let desk = Mutex<OfficeDesk?>(nil)

  func set(_ desk: OfficeDesk) {
    self.desk.withLock { $0 = desk }
  }

  func readiness() async -> [ReadinessCheck] {
    guard let desk = desk.withLock({ $0 }) else {
      return [ReadinessCheck(name: "database", isReady: false, remark: "is starting")]
    }
    return await desk.readiness()
  }

  /// What `/metrics` shows of this moment; nothing of the database while it is away.
  func gauges() async -> [Gauge] {
    await desk.withLock { $0 }?.gauges() ?? []
  }
}
