import Crypto
import FoundationEssentials
import Glibc
import Ledger
import Node
import Office
import SystemPackage

/// What `init` makes: the directory of a node with configuration, keys and certificate.
struct NodeBlueprint {
  /// What was made.
  struct Made: Codable {
    /// Names this shape and its version.
    var schema = "guantong.init/v1"
    /// Code of the agency.
    var agency: String
    /// The directory.
    var directory: String
    /// The configuration file.
    var config: String
    /// First 16 hex digits of SHA-256 of the public key.
    var fingerprint: String
  }

  /// The absolute directory.
  let directory: String
  /// Values that differ from the defaults.
  let values: [SettingKey: String]
  /// What the first start writes into the database.
  let firstStart: API.FirstStart

  private var files: NodeFiles { NodeFiles(directory: directory) }

  /// Makes everything, or nothing: not in a directory where something is, and what was made goes
  /// again when the rest cannot be made.
  func make() throws -> Made {
    try check()
    let wasThere = FileManager.default.fileExists(atPath: directory)
    do {
      return try fill()
    } catch {
      let made =
        wasThere
        ? ["keys", "log", "run", "first-start.json", "guantong.yaml"].map { "\(directory)/\($0)" }
        : [directory]
      for path in made { try? FileManager.default.removeItem(atPath: path) }
      throw error
    }
  }

  private func fill() throws -> Made {
    try Self.makeDirectories(files)
    let key = SigningKey()
    try FileOutput.create(
      Array(AgencyKeyFile.pem(of: key).utf8), at: files.agencyKey, mode: .ownerReadWrite)
    try EncryptionKeyFiles.make(in: files.keys)
    let certificate = try TransportCertificate.generate(name: values[.agency] ?? "")
    try FileOutput.create(
      Array(certificate.keyPEM.utf8), at: files.tlsKey, mode: .ownerReadWrite)
    try FileOutput.create(
      Array(certificate.certificatePEM.utf8), at: files.tlsCertificate, mode: .ownerReadWrite)
    try FileOutput.create(
      Array("\(OfficeToken.fresh())\n".utf8), at: files.officeToken, mode: .ownerReadWrite)
    try FileOutput.create(
      try JSONValue(encoding: firstStart).encoded(indented: true) + [0x0A],
      at: files.firstStart, mode: .ownerReadWrite)
    try FileOutput.create(
      Array(configuration().utf8), at: files.configuration, mode: .ownerReadWrite)
    return Made(
      agency: values[.agency] ?? "", directory: directory, config: files.configuration,
      fingerprint: Fingerprint.of(key.publicKey))
  }

  /// The text of `guantong.yaml`.
  func configuration() -> String { Self.configuration(of: values) }

  /// The text of `guantong.yaml` with these values, and the defaults of the others.
  static func configuration(of values: [SettingKey: String]) -> String {
    func value(_ key: SettingKey) -> String { values[key] ?? key.fallback ?? "" }
    func quoted(_ key: SettingKey) -> String {
      "\"\(value(key).replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }
    return """
      agency: \(value(.agency))
      data_dir: \(value(.dataDirectory))
      database: { url: \(quoted(.databaseURL)) }
      peer: { listen: \(quoted(.peerListen)), advertise: \(quoted(.peerAdvertise)) }
      ops: { listen: \(quoted(.opsListen)) }
      office: { listen: \(quoted(.officeListen)) }
      language: \(value(.language))
      time_zone: \(value(.timeZone))
      log: { level: \(value(.logLevel)) }
      sample: \(value(.sample))

      """
  }

  private func check() throws {
    for (key, value) in values {
      if let fault = key.fault(in: value) {
        throw OfficeError(
          .invalidValue,
          ["field": key.rawValue, "value": key.shown(value), "expected": fault])
      }
    }
    // What `node run` and the first start refuse is refused here.
    try Node.check(
      NodeConfiguration(
        Settings(text: configuration(), file: files.configuration, environment: [:])))
    try firstStart.check()
    guard !FileManager.default.fileExists(atPath: files.configuration) else {
      throw OfficeError(.alreadyInitialised, ["path": directory])
    }
    let content = try? FileManager.default.contentsOfDirectory(atPath: directory)
    guard !FileManager.default.fileExists(atPath: directory) || content?.isEmpty == true else {
      throw OfficeError(.file, ["path": directory, "detail": "file.notEmpty"])
    }
  }

  /// Makes the directories of a node that are not there, closed to others as they must be; one that
  /// is there keeps its mode.
  static func makeDirectories(_ files: NodeFiles) throws {
    // PostgreSQL never runs as root: when we are root its user must be able to pass through here.
    let passable = geteuid() == 0 ? 0o711 : 0o700
    let modes = [
      (files.directory, passable), (files.keys, 0o700), ("\(files.directory)/log", 0o700),
      ("\(files.directory)/run", passable),
    ]
    for (path, mode) in modes where !FileManager.default.fileExists(atPath: path) {
      do {
        try FileManager.default.createDirectory(
          atPath: path, withIntermediateDirectories: true,
          attributes: [.posixPermissions: mode])
        try FileManager.default.setAttributes(
          [.posixPermissions: mode], ofItemAtPath: path)
      } catch {
        throw OfficeError(.file, ["path": path, "detail": "file.unmakable"])
      }
    }
  }
}

extension SigningKey {
  /// Makes a new key from the system's random source.
  fileprivate init() {
    let seed = Curve25519.Signing.PrivateKey().rawRepresentation
    guard let key = SigningKey(rawRepresentation: Array(seed)) else {
      preconditionFailure("every 32 bytes are an Ed25519 seed")
    }
    self = key
  }
}
