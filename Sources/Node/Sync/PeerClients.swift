package import Ledger
import ServiceLifecycle
import Synchronization

/// One client per peer, made when first needed and anew when the peer's address, its pin or our own
/// certificate has changed.
package final class PeerClients: Sendable {
  private struct Entry: Sendable {
    let client: PeerClient
    let pin: CertificatePin
    let generation: Int
  }

  private let identity: PeerClientIdentity
  private let book: PeerBook
  private let entries = Mutex<[AgencyCode: Entry]>([:])

  /// Makes a collection without clients.
  package init(identity: PeerClientIdentity, book: PeerBook) {
    self.identity = identity
    self.book = book
  }

  /// The client for a peer.
  ///
  /// - Parameter peer: the agency whose node is asked.
  /// - Returns: the client; nil when the peer is unknown, has published no pin, or only dials out.
  package func client(for peer: AgencyCode) async -> PeerClient? {
    guard let record = book.peer(peer), let endpoint = record.endpoint, let pin = record.pin
    else { return nil }
    let generation = identity.transport.generation
    let (client, stale) = entries.withLock { entries -> (PeerClient, PeerClient?) in
      let former = entries[peer]
      if let former, former.client.endpoint == endpoint, former.pin == pin,
        former.generation == generation
      {
        return (former.client, nil)
      }
      let client = PeerClient(
        identity: identity, peer: peer, endpoint: endpoint, pin: pin
      ) { [book] reference in
        // A withdrawn key does not speak for its agency any more.
        guard let key = book.key(reference), !key.isWithdrawn else { return nil }
        return key.key
      }
      entries[peer] = Entry(client: client, pin: pin, generation: generation)
      return (client, former?.client)
    }
    await stale?.close()
    return client
  }

  /// A client for a peer whose signing key may have been replaced without our knowing: its answers
  /// are vouched for by the pin of its certificate alone.
  ///
  /// Only entries of the directory may be taken from it, for each of them proves itself. The caller
  /// closes it.
  ///
  /// - Parameter peer: the agency whose node is asked.
  /// - Returns: the client; nil when the peer cannot be dialled.
  package func unverified(for peer: AgencyCode) -> PeerClient? {
    guard let record = book.peer(peer), let endpoint = record.endpoint, let pin = record.pin
    else { return nil }
    return PeerClient(identity: identity, peer: peer, endpoint: endpoint, pin: pin, key: nil)
  }

  /// Closes every client; requests under way fail.
  package func closeAll() async {
    let clients = entries.withLock { entries in
      defer { entries = [:] }
      return entries.values.map(\.client)
    }
    for client in clients {
      await client.close()
    }
  }
}
