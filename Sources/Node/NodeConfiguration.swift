package import Ledger
package import Office

/// Everything a node needs to know before it starts; the command line fills it from its file.
///
/// Every path is absolute. Nothing is read from the environment here.
package struct NodeConfiguration: Sendable {
  /// The agency whose node it is.
  package var agency: AgencyCode
  /// The node's directory; the embedded cluster lives in its `data`.
  package var directory: String
  /// The agency's Ed25519 key, PKCS#8 PEM.
  package var agencyKeyPath: String
  /// The TLS key, P-256 PEM.
  package var tlsKeyPath: String
  /// The TLS certificate, PEM.
  package var tlsCertificatePath: String
  /// The file that says what the database must not be behind.
  package var markerPath: String
  /// What the first start writes into the empty database; may be absent later.
  package var firstStartPath: String
  /// A database of your own; empty for the embedded cluster.
  package var databaseURL: String
  /// The unix socket of the office API.
  package var officeSocketPath: String
  /// The address of the office API over TCP; nil for none, as usual.
  package var officeListen: ListenAddress?
  /// The token that requests over TCP bring; made when first needed.
  package var officeTokenPath: String { "\(directory)/keys/office.token" }
  /// Where peers reach us.
  package var peerListen: ListenAddress
  /// What the particulars publish, an `https` URL; empty for a node that only dials out.
  package var peerAdvertise: String
  /// Whether a gateway ends TLS before this node: content for it then travels in envelopes.
  package var isBehindGateway: Bool
  /// Health and figures.
  package var opsListen: ListenAddress
  /// The language of what people read when they do not ask for another.
  package var language: Language
  /// Whether the node holds sample data; such nodes never mix with others.
  package var isSample: Bool
  /// What this build is.
  package var build: BuildDescription
  /// How often the files of the TLS key and certificate are looked at.
  package var certificateLook = Limits.lookAgain
  /// Where a demonstration records what leaves for peers, in the clear; only on sample nodes.
  package var handoutDirectory: String?

  /// The folder of the encryption keys.
  package var keysDirectory: String { "\(directory)/keys" }

  /// What `guantong node rebuild` left for the first start; absent on every other node.
  package var rebuildPath: String { "\(directory)/rebuild.json" }

  /// The folder where bundles lie that are on their way in or out.
  package var spoolDirectory: String { "\(directory)/spool" }

  /// The environment variable that names `handoutDirectory`; the demo sets it for its nodes.
  package static let handoutVariable = "GUANTONG_DEMO_HANDOUT"

  /// Fills the fields.
  package init(
    agency: AgencyCode, directory: String, agencyKeyPath: String, tlsKeyPath: String,
    tlsCertificatePath: String, markerPath: String, firstStartPath: String, databaseURL: String,
    officeSocketPath: String, officeListen: ListenAddress?, peerListen: ListenAddress,
    peerAdvertise: String, opsListen: ListenAddress, language: Language, isSample: Bool,
    build: BuildDescription, isBehindGateway: Bool = false, handoutDirectory: String? = nil
  ) {
    self.isBehindGateway = isBehindGateway
    self.handoutDirectory = handoutDirectory
    self.agency = agency
    self.directory = directory
    self.agencyKeyPath = agencyKeyPath
    self.tlsKeyPath = tlsKeyPath
    self.tlsCertificatePath = tlsCertificatePath
    self.markerPath = markerPath
    self.firstStartPath = firstStartPath
    self.databaseURL = databaseURL
    self.officeSocketPath = officeSocketPath
    self.officeListen = officeListen
    self.peerListen = peerListen
    self.peerAdvertise = peerAdvertise
    self.opsListen = opsListen
    self.language = language
    self.isSample = isSample
    self.build = build
  }
}

/// A host and a port to listen on.
package struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
  /// The host, without brackets.
  package let host: String
  /// The port.
  package let port: Int

  /// Takes a host and a port.
  package init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// Reads `host:port` or `[address]:port`; nil for another form.
  package init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...])
    else { return nil }
    var host = String(text[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = String(host.dropFirst().dropLast())
    } else if host.contains(":") {
      return nil
    }
    guard !host.isEmpty else { return nil }
    self.init(host: host, port: Int(port))
  }

  /// Whether only this machine can reach it.
  ///
  /// A name that only begins like such an address (`127.example`) is somebody else's.
  package var isLoopback: Bool {
    if host == "localhost" || host == "::1" { return true }
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    return numbers.count == 4 && numbers[0] == 127 && !numbers.contains(nil)
  }

  /// Whether it means every address of the machine that listens: `0.0.0.0`, `::` and however else
  /// they are spelled, which takes nothing but zeros.
  package var isUnspecified: Bool { host.utf8.allSatisfy { ".0:".utf8.contains($0) } }

  package var description: String {
    host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}
