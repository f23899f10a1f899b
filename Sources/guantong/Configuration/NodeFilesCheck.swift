import FoundationEssentials
import Ledger
import Node
import Office

/// Checks what a node needs on disk before it starts.
enum NodeFilesCheck {
  /// Throws `NodeError` for the first thing that is wrong; names the keys of hosted agencies.
  static func run(_ files: NodeFiles) throws -> [AgencyCode: Office.HostedKey] {
    _ = try AgencyKeyFile.key(
      pem: try SecretFile.text(at: files.agencyKey), path: files.agencyKey)
    _ = try TransportCertificate(
      keyPEM: try SecretFile.text(at: files.tlsKey),
      certificatePEM: try SecretFile.text(at: files.tlsCertificate)
    ).pin()
    // Without a file the node makes one when it first listens over TCP.
    if FileManager.default.fileExists(atPath: files.officeToken) {
      _ = try OfficeToken.read(at: files.officeToken)
    }
    return try HostedKeyFiles.read(in: files.keys)
  }
}
