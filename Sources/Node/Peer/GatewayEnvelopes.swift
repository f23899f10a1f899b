package import Exchange
package import Ledger

/// Seals pages and pieces between this node and a peer where a gateway (网闸) ends TLS on the way.
///
/// One of the two says so in its particulars; then the content goes in envelopes both ways. Signed
/// heads, receipts, ids and hashes stay readable: a gateway may check them and can change none. An
/// envelope that cannot be opened counts as a page that did not come, so its range is asked for
/// again; by then the sender may know the key that the reader has now.
package struct GatewayEnvelopes: Sendable {
  /// How content for a peer goes.
  package enum Way: Sendable, Equatable {
    /// As it is.
    case open
    /// Sealed to the peer's key.
    case sealed(EncryptionKey)
    /// Not at all: it has to be sealed and the peer has published no key that can be used.
    case noKey
  }

  /// The media type of an envelope.
  package static let mediaType = "application/x-guantong-envelope"

  private let own: AgencyCode
  private let keys: DecryptionKeys
  private let book: PeerBook

  /// Takes our keys and the book that says who is behind a gateway.
  package init(own: AgencyCode, keys: DecryptionKeys, book: PeerBook) {
    self.own = own
    self.keys = keys
    self.book = book
  }

  /// How content for this peer goes.
  package func way(to peer: AgencyCode) -> Way {
    let record = book.peer(peer)
    guard book.isBehindGateway || record?.isBehindGateway == true else { return .open }
    return record?.encryptionKey.map(Way.sealed) ?? .noKey
  }

  /// Seals content for a peer.
  ///
  /// - Parameters:
  ///   - content: the bytes.
  ///   - kind: what they are.
  ///   - peer: who opens it.
  ///   - key: the peer's key.
  /// - Returns: the envelope's bytes.
  /// - Throws: ``ExchangeError`` when the library refuses the key.
  package func sealed(
    _ content: [UInt8], as kind: Envelope.Content, for peer: AgencyCode, to key: EncryptionKey
  ) throws -> [UInt8] {
    try Envelope(
      sealing: content, Envelope.Binding(sender: own, reader: peer, content: kind), to: key
    ).encoded()
  }

  /// Opens what a peer sent, if it is an envelope.
  ///
  /// - Parameters:
  ///   - body: the bytes as they came.
  ///   - mediaType: what the peer says they are.
  ///   - kind: what is expected inside.
  ///   - peer: who sealed it.
  /// - Returns: the content; nil when it is an envelope that we cannot open.
  package func opened(
    _ body: [UInt8], mediaType: String?, as kind: Envelope.Content, from peer: AgencyCode
  ) -> [UInt8]? {
    guard mediaType == Self.mediaType else { return body }
    return Envelope.decode(body)?.opened(
      Envelope.Binding(sender: peer, reader: own, content: kind), with: keys)
  }
}
