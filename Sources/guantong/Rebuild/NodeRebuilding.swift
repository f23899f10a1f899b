import FoundationEssentials
import Ledger
import Node
import Office
import SystemPackage

/// Makes the files of a node that lost its database, out of its keys and what one peer says of the
/// directory; the node does the rest when it starts.
struct NodeRebuilding {
  /// The node's directory.
  let directory: String
  /// The keys; those in the directory when nil.
  let keys: String?
  let passphraseFile: String?
  /// The agency; out of the backup or the configuration when nil.
  let agency: String?
  /// The pinned directory, in hexadecimal; out of the backup when nil.
  let pinned: String?
  let peer: String
  let address: String
  let confirm: String?
  let isForced: Bool
  /// What the configuration says where no backup and no file has one.
  let values: [SettingKey: String]

  private var files: NodeFiles { NodeFiles(directory: directory) }

  /// Asks the peer, and makes the files when everything fits.
  func prepare() async throws -> PreparedRebuild {
    guard !FileManager.default.fileExists(atPath: "\(files.cluster)/PG_VERSION") else {
      throw OfficeError(.alreadyInitialised, ["path": directory])
    }
    let there = try configured()
    let found = try await RebuildKeys(
      at: keys ?? files.keys, agency: there?[.agency] ?? agency, passphraseFile: passphraseFile)
    guard let name = there?[.agency] ?? agency ?? found.agency, let code = AgencyCode(name) else {
      throw OfficeError(.missingValue, ["field": "--agency"])
    }
    guard confirm == name else {
      throw OfficeError(.confirmationMissing, ["confirm": name])
    }
    guard let theirs = AgencyCode(peer) else {
      throw OfficeError(
        .invalidValue, ["field": "--peer", "value": peer, "expected": "expected.agency"])
    }
    guard let hex = pinned ?? found.directory else {
      throw OfficeError(.missingValue, ["field": "--directory"])
    }
    guard let directoryID = DossierID(hex: hex) else {
      throw OfficeError(
        .invalidValue, ["field": "--directory", "value": hex, "expected": "expected.directory"])
    }
    let key = try AgencyKeyFile.key(pem: found.text("agency.pem"), path: "agency.pem")
    let retrieval = try DirectoryRetrieval(
      agency: code, key: key,
      certificate: TransportCertificate(
        keyPEM: found.text("tls.pem"), certificatePEM: found.text("tls.crt")),
      peer: theirs, address: address, directory: directoryID)
    let (file, endpoint) = try await retrieval.run()
    if !isForced, await retrieval.isServed(at: endpoint) {
      throw OfficeError(.secondNode, ["address": endpoint, "agency": name])
    }
    try make(found, file, agency: name, isConfigured: there != nil)
    return PreparedRebuild(
      agency: name, config: there?.file ?? files.configuration, directory: hex, source: peer,
      fingerprint: Fingerprint.of(key.publicKey), entries: file.entries.count)
  }

  /// The settings of a node whose database alone is lost; nil where there is none.
  private func configured() throws -> Settings? {
    guard FileManager.default.fileExists(atPath: files.configuration) else { return nil }
    return try Settings(file: files.configuration, environment: [:])
  }

  private func make(
    _ found: RebuildKeys, _ file: RebuildFile, agency: String, isConfigured: Bool
  ) throws {
    try NodeBlueprint.makeDirectories(files)
    _ = try found.keys.write(to: files.keys)
    if !isConfigured {
      var values = values
      values[.agency] = agency
      let text = found.configuration ?? Array(NodeBlueprint.configuration(of: values).utf8)
      try FileOutput.create(text, at: files.configuration, mode: .ownerReadWrite)
    }
    try FileOutput.writeSecret(try file.encoded(), to: "\(directory)/rebuild.json")
  }
}
