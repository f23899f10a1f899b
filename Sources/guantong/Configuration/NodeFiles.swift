import Crypto
import Office

/// Where the files of a node are.
///
/// A socket's path may have 107 bytes. When either of the two sockets would be longer, both go to
/// a short directory named after the node's, `${XDG_RUNTIME_DIR:-/tmp}/guantong-<8 hex>`.
struct NodeFiles: Hashable, Sendable {
  /// The longest path of a socket: `sun_path` has 108 bytes with its closing zero.
  static let socketPathBytesMax = 107

  /// The directory of the node.
  let directory: String
  /// The directory of its sockets.
  let runDirectory: String

  /// Computes the places for a directory.
  init(directory: String, environment: [String: String]) {
    self.directory = directory
    let usual = "\(directory)/run"
    let longest = "\(usual)/pg/.s.PGSQL.5432"
    guard longest.utf8.count > Self.socketPathBytesMax else {
      runDirectory = usual
      return
    }
    let digest = SHA256.hash(data: Array(directory.utf8)).prefix(4)
    let name = digest.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0\(digits)" : digits
    }.joined()
    var base = environment["XDG_RUNTIME_DIR"] ?? ""
    if base.isEmpty { base = "/tmp" }
    runDirectory = "\(base)/guantong-\(name)"
  }

  /// Whether the sockets are in the short directory.
  var isShortened: Bool { runDirectory != "\(directory)/run" }
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
  /// The embedded cluster.
  var cluster: String { "\(directory)/data" }
  /// The socket of the office API.
  var officeSocket: String { "\(runDirectory)/guantong.sock" }
  /// The directory of PostgreSQL's socket.
  var databaseSockets: String { "\(runDirectory)/pg" }
  /// What the database must not be behind.
  var marker: String { "\(directory)/marker" }
  /// The log of a node that runs in the background.
  var log: String { "\(directory)/log/node.log" }
  /// What the first start writes into the empty database.
  var firstStart: String { "\(directory)/first-start.json" }

  /// A URL with which `psql` reads the embedded database.
  var readerURL: String {
    "postgresql:///guantong?host=\(PercentEncoding.encoded(databaseSockets))"
      + "&user=guantong_reader"
  }
}
