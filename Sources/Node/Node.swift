import Exchange
import FoundationEssentials
import Hummingbird
import Ledger
package import Logging
import Office
import Postgres
import Replica
import ServiceLifecycle
import UnixSignals

/// The process of one agency's node.
package enum Node {
  /// Runs a node until SIGTERM or SIGINT, or until something fails that it cannot do without.
  ///
  /// In order: keys, database, schema, store, office, then the servers and loops. When it stops,
  /// the servers go first and the database last.
  ///
  /// - Parameters:
  ///   - configuration: everything it needs to know.
  ///   - logger: where it logs; never content of a case.
  /// - Throws: ``NodeError``, `ReplicaError` or `PostgresError`, each with what to do about it.
  package static func run(_ configuration: NodeConfiguration, logger: Logger) async throws {
    try check(configuration)
    let keys = try NodeKeys.read(configuration)
    try await OfficeServer.checkUnserved(configuration.officeSocketPath)
    try await Listening.check(configuration.peerListen, key: "peer.listen")
    try await Listening.check(configuration.opsListen, key: "ops.listen")
    let figures = Figures()
    let desk = LateDesk()
    var services: [any Service] = []
    let cluster = try await database(configuration, logger)
    if let cluster { services.append(cluster) }
    services.append(
      Listening(
        place: "\(configuration.opsListen)", key: "ops.listen",
        server: OpsServer(
          figures: figures, readiness: { await desk.readiness() },
          gauges: { await desk.gauges() }
        ).application(
          host: configuration.opsListen.host, port: configuration.opsListen.port, logger: logger)))
    services.append(
      NodeProcess(
        configuration: configuration, keys: keys, cluster: cluster, figures: figures, desk: desk,
        logger: logger))
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: services.map { service in
          // The node's own end is the end of everything; a failure anywhere is too.
          ServiceGroupConfiguration.ServiceConfiguration(
            service: service, successTerminationBehavior: .gracefullyShutdownGroup)
        },
        gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
    try await group.run()
  }

  /// Refuses a configuration with which no node starts, before anything is touched.
  ///
  /// - Throws: ``NodeError`` `configuration` for the first thing that is wrong.
  package static func check(_ configuration: NodeConfiguration) throws {
    guard configuration.opsListen.isLoopback else {
      throw NodeError(
        .configuration, object: "ops.listen",
        message: "\(configuration.opsListen) can be reached from other machines",
        words: "listen.open",
        hint: "use a loopback address; put a proxy with a password in front of it")
    }
    // The token of the office's API is the operator's credential, and plain HTTP would show it.
    if let office = configuration.officeListen, !office.isLoopback {
      throw NodeError(
        .configuration, object: "office.listen",
        message: "\(office) can be reached from other machines, and the token would go in clear",
        words: "listen.open",
        hint: "use a loopback address, or leave it empty and use the socket")
    }
    guard configuration.handoutDirectory == nil || configuration.isSample else {
      throw NodeError(
        .configuration, object: NodeConfiguration.handoutVariable,
        message: "would write case files in the clear, and this is no sample node",
        words: "handout.noSample", hint: "unset it")
    }
    let advertise = configuration.peerAdvertise
    guard advertise.isEmpty || PeerEndpoint(advertise)?.isDialable == true else {
      throw NodeError(
        .configuration, object: "peer.advertise \(advertise)",
        message: "is no https URL that another machine can dial", words: "advertise.nowhere")
    }
  }

  private static func database(
    _ configuration: NodeConfiguration, _ logger: Logger
  ) async throws -> EmbeddedCluster? {
    guard configuration.databaseURL.isEmpty else { return nil }
    let cluster = try await EmbeddedCluster(
      nodeDirectory: configuration.directory, logger: logger)
    try await cluster.prepare()
    return cluster
  }
}

/// The node's keys, read before anything is started.
struct NodeKeys: Sendable {
  /// The agency's signing key; another when the directory names the one that follows it.
  var agency: SigningKey
  let transport: TransportIdentity
  /// What requests to the office over TCP bring; nil when it does not listen there.
  let office: OfficeToken?
  let decryption: DecryptionKeys
  /// The signing keys of the agencies that this node hosts.
  let hosted: HostedKeys

  static func read(_ configuration: NodeConfiguration) throws -> NodeKeys {
    try AgencyKeyFile.completeSuccession(
      in: configuration.keysDirectory, at: configuration.agencyKeyPath)
    return NodeKeys(
      agency: try AgencyKeyFile.key(
        pem: try SecretFile.text(at: configuration.agencyKeyPath),
        path: configuration.agencyKeyPath),
      transport: try TransportIdentity(try certificate(configuration)),
      office: try configuration.officeListen.map { _ in
        try OfficeToken.readOrMake(at: configuration.officeTokenPath)
      },
      decryption: try EncryptionKeyFiles.read(
        in: configuration.keysDirectory, today: TransportTime.systemTimestamp.civilDate),
      hosted: try HostedKeys(folder: configuration.keysDirectory))
  }

  static func certificate(
    _ configuration: NodeConfiguration
  ) throws -> TransportCertificate {
    TransportCertificate(
      keyPEM: try SecretFile.text(at: configuration.tlsKeyPath),
      certificatePEM: try SecretFile.text(at: configuration.tlsCertificatePath))
  }
}
