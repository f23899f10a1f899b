import AsyncHTTPClient
import Exchange
import Foundation
import HTTPTypes
import Ledger
import Logging
import NIOCore
import NIOHTTP1
import Office
import PeerSupport
import TestSupport
import Testing

@testable import Node

/// The files of a node in a scratch directory, as `init` makes them.
struct NodeHouse: Sendable {
  var configuration: NodeConfiguration
  let key: SigningKey

  /// Makes the files of a node; ports are free ones.
  ///
  /// One that does not advertise only dials out.
  static func make(
    _ code: String, in directory: String, registrar: Bool = false, advertises: Bool = true
  ) async throws -> NodeHouse {
    let agency = try #require(AgencyCode(code))
    let home = "\(directory)/\(code)"
    for path in [home, "\(home)/keys", "\(home)/run"] {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    }
    let key = try #require(SigningKey(rawRepresentation: Entropyless.bytes(32)))
    let certificate = try TransportCertificate.generate(name: code)
    let profile = API.AgencyProfile(
      code: code, name: "sample agency \(code)", shortName: code, level: "city",
      region: agency.region, kind: "unit")
    let start = API.FirstStart(
      registrar: registrar, profile: profile,
      people: [API.PersonRequest(name: "clerk of \(code)", roles: ["handler", "deputy"])])
    let files: [(String, [UInt8])] = [
      ("keys/agency.pem", Array(AgencyKeyFile.pem(of: key).utf8)),
      ("keys/tls.pem", Array(certificate.keyPEM.utf8)),
      ("keys/tls.crt", Array(certificate.certificatePEM.utf8)),
      ("first-start.json", try JSONValue(encoding: start).encoded()),
    ]
    for (name, bytes) in files {
      #expect(
        FileManager.default.createFile(
          atPath: "\(home)/\(name)", contents: Data(bytes),
          attributes: [.posixPermissions: 0o600]))
    }
    let (peer, ops) = (try await PortProbe.free(), try await PortProbe.free())
    var house = NodeHouse(
      configuration: NodeConfiguration(
        agency: agency, directory: home, agencyKeyPath: "\(home)/keys/agency.pem",
        tlsKeyPath: "\(home)/keys/tls.pem", tlsCertificatePath: "\(home)/keys/tls.crt",
        markerPath: "\(home)/marker", firstStartPath: "\(home)/first-start.json",
        databaseURL: "", officeSocketPath: "\(home)/run/guantong.sock", officeListen: nil,
        peerListen: ListenAddress(host: "127.0.0.1", port: peer),
        peerAdvertise: advertises ? "https://127.0.0.1:\(peer)" : "",
        opsListen: ListenAddress(host: "127.0.0.1", port: ops), language: .en, isSample: true,
        build: BuildDescription(version: "0.1.0", commit: "test")),
      key: key)
    house.configuration.certificateLook = .milliseconds(200)
    return house
  }

  /// Puts another TLS pair in the place of the one that the node runs with; returns its pin.
  func replaceTransport() throws -> CertificatePin {
    let next = try TransportCertificate.generate(name: configuration.agency.rawValue)
    for (path, text) in [
      (configuration.tlsKeyPath, next.keyPEM),
      (configuration.tlsCertificatePath, next.certificatePEM),
    ] {
      try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }
    return try next.pin()
  }

  /// Whether the node shows a certificate of this pin to another that it knows.
  func shows(_ pin: CertificatePin, to other: NodeHouse) async throws -> Bool {
    let transport = try TransportIdentity(try NodeKeys.certificate(other.configuration))
    let answering = key.verificationKey
    let client = PeerClient(
      identity: PeerClientIdentity(
        agency: other.configuration.agency, key: other.key, transport: transport, time: .system),
      peer: configuration.agency,
      endpoint: try #require(PeerEndpoint(configuration.peerAdvertise)), pin: pin
    ) { $0.names(answering.id) ? answering : nil }
    let reply = try? await client.send(.get, "/peer/v1/info")
    await client.close()
    if case .answered = reply { return true }
    return false
  }

  /// Runs the node while `body` runs, and stops it.
  func whileRunning<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    var logger = Logger(label: configuration.agency.rawValue)
    logger.logLevel = .critical
    let quiet = logger
    return try await withThrowingTaskGroup(of: Result?.self) { group in
      group.addTask { [configuration] in
        try await Node.run(configuration, logger: quiet)
        return nil
      }
      group.addTask {
        try await untilAnswers()
        return try await body()
      }
      var outcome: Result?
      while outcome == nil, let next = try await group.next() { outcome = next }
      group.cancelAll()
      while let _ = try? await group.next() {}
      return try #require(outcome)
    }
  }

  /// Replaces one folder of the node's directory by a copy of another; the node must not run.
  ///
  /// `cp` keeps the owner, without which PostgreSQL does not start.
  func copyData(from source: String, to target: String) throws {
    let home = configuration.directory
    try? FileManager.default.removeItem(atPath: "\(home)/\(target)")
    let copying = Process()
    copying.executableURL = URL(filePath: "/bin/cp")
    copying.arguments = ["-a", "\(home)/\(source)", "\(home)/\(target)"]
    try copying.run()
    copying.waitUntilExit()
    #expect(copying.terminationStatus == 0)
  }

  /// Asks the office over the node's socket.
  func ask<Request, Answer>(
    _ endpoint: Endpoint<Request, Answer>, _ request: Request, as person: String? = nil,
    at desk: String? = nil
  ) async throws -> Answer {
    let (path, body) = try endpoint.target(of: request)
    let socket = PercentEncoding.encoded(configuration.officeSocketPath)
    var outgoing = HTTPClientRequest(url: "http+unix://\(socket)\(path)")
    outgoing.method = endpoint.method == .post ? .POST : .GET
    if let body {
      outgoing.headers.add(name: "Content-Type", value: "application/json")
      outgoing.body = .bytes(ByteBuffer(bytes: body))
    }
    if let person { outgoing.headers.add(name: API.personHeader, value: person) }
    if let desk { outgoing.headers.add(name: API.deskHeader, value: desk) }
    let response = try await HTTPClient.shared.execute(outgoing, timeout: .seconds(60))
    let bytes = Array(try await response.body.collect(upTo: 1 << 24).readableBytesView)
    guard response.status == .ok else {
      throw try JSONValue(parsing: bytes).decoded() as API.Problem
    }
    return try JSONValue(parsing: bytes).decoded()
  }

  private func untilAnswers() async throws {
    let end = ContinuousClock.now + .seconds(90)
    while ContinuousClock.now < end {
      if (try? await ask(API.version, API.Nothing())) != nil { return }
      try await Task.sleep(for: .milliseconds(50))
    }
    Issue.record("the node does not answer")
  }
}
