package import Exchange
package import Ledger
import Synchronization

/// A peer as the directory shows it now: who it is, how to know it and where it lives.
package struct PeerRecord: Hashable, Sendable {
  /// The agency whose node it is.
  package let agency: AgencyCode
  /// Its keys that sign now, and those withdrawn, by id.
  package let keys: [KeyID: PeerKey]
  /// The pin of its TLS certificate; nil until its particulars are published.
  package let pin: CertificatePin?
  /// Where it listens, `https://host:port`; nil for a node that only dials out.
  package let endpoint: PeerEndpoint?
  /// The key that envelopes for it are sealed to; nil when it has published none of use.
  package let encryptionKey: EncryptionKey?
  /// Whether a gateway ends TLS before it: then content travels in envelopes.
  package let isBehindGateway: Bool

  /// Makes a record.
  package init(
    agency: AgencyCode, keys: [KeyID: PeerKey], pin: CertificatePin?, endpoint: PeerEndpoint?,
    encryptionKey: EncryptionKey? = nil, isBehindGateway: Bool = false
  ) {
    self.encryptionKey = encryptionKey
    self.isBehindGateway = isBehindGateway
    self.agency = agency
    self.keys = keys
    self.pin = pin
    self.endpoint = endpoint
  }
}

/// A key of a peer and whether it still speaks for it.
package struct PeerKey: Hashable, Sendable {
  /// The key.
  package let key: VerificationKey
  /// Suspended or replaced: its holder is told the directory and nothing else.
  package let isWithdrawn: Bool

  /// Makes an entry.
  package init(key: VerificationKey, isWithdrawn: Bool) {
    self.key = key
    self.isWithdrawn = isWithdrawn
  }
}

/// An `https://host:port` address without a path.
package struct PeerEndpoint: Hashable, Sendable, CustomStringConvertible {
  /// The host and port as they stand in the `Host` field.
  package let authority: String

  /// Takes an URL of that form; nil for any other scheme, path, user or fragment, and for what
  /// ``ListenAddress`` does not read, which names no host, its port twice or one that is none.
  package init?(_ url: String) {
    guard url.hasPrefix("https://") else { return nil }
    var rest = url.dropFirst("https://".count)
    if rest.hasSuffix("/") { rest = rest.dropLast() }
    let isPlain = rest.utf8.allSatisfy { byte in
      byte > 0x20 && byte < 0x7F && !"/?#@\\\"<>".utf8.contains(byte)
    }
    guard !rest.isEmpty, isPlain else { return nil }
    let lower = rest.lowercased()
    guard Self.address(lower) != nil else { return nil }
    authority = lower.hasSuffix(":443") ? String(lower.dropLast(4)) : lower
  }

  /// Whether it can be dialled: not the unspecified address, which everybody takes for their own
  /// machine, and not port 0.
  package var isDialable: Bool {
    guard let address = Self.address(authority) else { return false }
    return !address.isUnspecified && address.port != 0
  }

  private static func address(_ authority: String) -> ListenAddress? {
    ListenAddress(authority) ?? ListenAddress("\(authority):443")
  }

  package var description: String { "https://\(authority)" }
}

/// The peers as they are now, for every connection and every request to look up.
///
/// One value is replaced whole when the directory changes, so that a lookup never sees half of a
/// change and never waits for the database.
package final class PeerBook: Sendable {
  private struct Contents: Sendable {
    var peers: [AgencyCode: PeerRecord] = [:]
    var pins: [CertificatePin: AgencyCode] = [:]
    var invitations = 0
    var isBehindGateway = false
  }

  private let contents = Mutex(Contents())

  /// Makes an empty book.
  package init() {}

  /// Replaces the peers.
  package func replace(_ peers: [PeerRecord]) {
    contents.withLock { contents in
      contents.peers = Dictionary(peers.map { ($0.agency, $0) }) { first, _ in first }
      contents.pins = Dictionary(
        peers.compactMap { peer in peer.pin.map { ($0, peer.agency) } }
      ) { first, _ in first }
    }
  }

  /// Says how many invitations are open: while there are any, strangers may connect to join.
  package func set(openInvitations count: Int) {
    contents.withLock { $0.invitations = count }
  }

  /// Says whether a gateway ends TLS before this node itself.
  package func set(isBehindGateway: Bool) {
    contents.withLock { $0.isBehindGateway = isBehindGateway }
  }

  /// Whether a gateway ends TLS before this node itself.
  package var isBehindGateway: Bool { contents.withLock { $0.isBehindGateway } }

  /// All peers, ascending by code.
  package var peers: [PeerRecord] {
    contents.withLock { Array($0.peers.values) }.sorted { $0.agency < $1.agency }
  }

  /// The peer of that code.
  package func peer(_ agency: AgencyCode) -> PeerRecord? {
    contents.withLock { $0.peers[agency] }
  }

  /// Whether a TLS handshake with this certificate may go on.
  package func admits(_ pin: CertificatePin) -> Bool {
    contents.withLock { $0.pins[pin] != nil || $0.invitations > 0 }
  }

  /// The peer that has published the certificate of this pin; nil when nobody has.
  package func holder(of pin: CertificatePin) -> AgencyCode? {
    contents.withLock { $0.pins[pin] }
  }

  /// The key that a reference names, if the directory has one that begins so.
  package func key(_ reference: KeyReference) -> PeerKey? {
    contents.withLock { contents in
      contents.peers[reference.agency]?.keys.first { reference.names($0.key) }?.value
    }
  }
}
