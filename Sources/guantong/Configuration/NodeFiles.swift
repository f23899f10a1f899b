import FoundationEssentials
import Glibc
import Office
import Replica

/// Where the files of a node are.
///
/// A socket's path may have 107 bytes; below a long directory both sockets are in a short one, see
/// `SocketPlace`. The runtime directory of root is closed to the user that runs PostgreSQL for
/// root, so root's sockets move below `/tmp`.
struct NodeFiles: Hashable, Sendable {
  /// The directory of the node.
  let directory: String
  /// The directory of PostgreSQL's socket.
  let databaseSockets: String
  /// The socket of the office API.
  let officeSocket: String
  /// Whether the sockets are outside the directory of the node.
  let isShortened: Bool

  /// Computes the places for a directory.
  init(directory: String, runtimeDirectory: String? = Self.runtimeDirectory) {
    self.directory = directory
    let place = SocketPlace(nodeDirectory: directory, runtimeDirectory: runtimeDirectory)
    databaseSockets = place.databaseDirectory
    officeSocket = place.office
    isShortened = place.isShortened
  }

  /// The runtime directory of the user, if PostgreSQL runs as that user too.
  static var runtimeDirectory: String? {
    geteuid() == 0 ? nil : ProcessInfo.processInfo.environment["XDG_RUNTIME_DIR"]
  }

  /// The configuration file.
  var configuration: String { "\(directory)/guantong.yaml" }
  /// The directory of the keys.
  var keys: String { "\(directory)/keys" }
  /// The agency's signing key, Ed25519 in PKCS#8.
  var agencyKey: String { "\(keys)/agency.pem" }
  /// The key of the TLS certificate, P-256.
  var tlsKey: String { "\(keys)/tls.pem" }
  /// The TLS certificate.
  var tlsCertificate: String { "\(keys)/tls.crt" }
  /// The token of the office API over TCP.
  var officeToken: String { "\(keys)/office.token" }
  /// The embedded cluster.
  var cluster: String { "\(directory)/data" }
  /// What the database must not be behind.
  var marker: String { "\(directory)/marker" }
  /// The log of a node that runs in the background.
  var log: String { "\(directory)/log/node.log" }
  /// What the first start writes into the empty database.
  var firstStart: String { "\(directory)/first-start.json" }

  /// A URL with which `psql` reads the embedded database.
  var readerURL: String {
    "postgresql://guantong_reader@/guantong?host=\(PercentEncoding.encoded(databaseSockets))"
      + "&port=5432"
  }
}
