import Exchange
import HTTPTypes
import Ledger
import Office
import Replica

/// Publishes the pin of a TLS pair before the pair is used.
///
/// From the moment the registrar has published a pin it admits that pair alone, so the particulars
/// go there under the pair in use first and under the new one if that is refused: the answer to an
/// earlier try may have been lost.
struct PinAnnouncement: Sendable {
  let office: Office
  let store: PostgresStore
  let book: PeerBook
  let identity: PeerClientIdentity
  let endpoint: String
  let isSample: Bool

  /// Publishes the pin of `next`.
  ///
  /// - Returns: whether `next` may be used now. A registrar publishes by itself and waits one look
  ///   longer, in which its peers fetch the news under the pair in use; a node that is in no
  ///   directory yet has asked to join under the pair in use and keeps it.
  /// - Throws: ``NodeError`` when the registrar cannot be reached, or the failure of the database.
  func publish(_ next: TransportIdentity) async throws -> Bool {
    guard let pin = Hash256(next.pin.bytes) else { return false }
    let standing = try await store.read(ReadStanding())
    guard let entry = standing.entry, let registrar = standing.registrar else { return false }
    let isNew = try await office.publish(endpoint: endpoint, tlsPin: pin)
    guard let particulars = try await office.unpublishedParticulars() else { return !isNew }
    let request = ParticularsRequest.encoded(
      particulars, entry: entry, key: identity.key.publicKey, isSample: isSample)
    do {
      return try await bring(request, to: registrar, under: identity.transport)
    } catch {
      return try await bring(request, to: registrar, under: next)
    }
  }

  private func bring(
    _ request: [UInt8], to registrar: AgencyCode, under transport: TransportIdentity
  ) async throws -> Bool {
    guard let record = book.peer(registrar), let address = record.endpoint, let pin = record.pin
    else { return false }
    let client = PeerClient(
      identity: PeerClientIdentity(
        agency: identity.agency, key: identity.key, transport: transport, time: identity.time,
        link: identity.link, handout: identity.handout, envelopes: identity.envelopes),
      peer: registrar, endpoint: address, pin: pin
    ) { [book] reference in
      guard let key = book.key(reference), !key.isWithdrawn else { return nil }
      return key.key
    }
    let reply: PeerReply
    do {
      reply = try await client.send(
        .post, "/peer/v1/join", mediaType: PeerRoute.protobuf, body: request)
    } catch {
      await client.close()
      throw error
    }
    await client.close()
    if case .answered = reply { return true }
    return false
  }
}
