import Exchange
import HTTPTypes
package import Ledger
import Office

/// Fetches the directory for an agency that has its keys, the pinned id of the directory and the
/// address of one peer, and nothing else.
///
/// The pin of the peer's TLS certificate stands in the directory, so it is judged afterwards: until
/// then the request for the directory is all that leaves, and what comes proves itself from the
/// pinned entry on.
package struct DirectoryRetrieval: Sendable {
  private let agency: AgencyCode
  private let key: SigningKey
  private let transport: TransportIdentity
  private let peer: AgencyCode
  private let endpoint: PeerEndpoint
  private let directory: DossierID

  /// Plans to ask one peer.
  ///
  /// - Parameters:
  ///   - agency: the own agency.
  ///   - key: the key it signs with.
  ///   - certificate: the TLS pair that peers know it by.
  ///   - peer: the agency asked.
  ///   - address: where its node listens, `https://host:port`.
  ///   - directory: the pinned id of the directory's first entry.
  /// - Throws: ``NodeError`` for a TLS pair that is none; `OfficeError` for an address that is
  ///   none.
  package init(
    agency: AgencyCode, key: SigningKey, certificate: TransportCertificate, peer: AgencyCode,
    address: String, directory: DossierID
  ) throws {
    guard let endpoint = PeerEndpoint(address) else {
      throw OfficeError(
        .invalidValue,
        ["field": "--address", "value": address, "expected": "https://host:port"])
    }
    self.agency = agency
    self.key = key
    transport = try TransportIdentity(certificate)
    self.peer = peer
    self.endpoint = endpoint
    self.directory = directory
  }

  /// Fetches and judges.
  ///
  /// - Returns: the entries, for the first start of the node, and where the directory says that the
  ///   node of this agency listens; empty for nowhere.
  /// - Throws: `OfficeError` when the directory is another, or knows this key or the peer's
  ///   certificate otherwise; ``NodeError`` when the peer does not answer.
  package func run() async throws -> (file: RebuildFile, endpoint: String) {
    let store = MemoryStore { _, _ in MemoryProjection(rows: [], digest: nil) }
    try await store.write(
      InitializeNode(
        NodeRecord(agency: agency, outbox: Entropy.system.outboxID(), directory: directory)))
    let client = client(for: peer, at: endpoint)
    do {
      try await Refilling(peer: peer, isUnshared: false).fetch(
        directory, over: store, now: { TransportTime.systemTimestamp },
        ask: { try await Self.answer(to: $0, of: client) })
    } catch {
      await client.close()
      throw error is ExchangeError
        ? OfficeError(.integrity, ["detail": "rebuild.directory"]) : error
    }
    let pin = client.shownPin
    await client.close()
    guard let view = try await store.read(CurrentDirectory()) else {
      throw OfficeError(.integrity, ["detail": "rebuild.directory"])
    }
    try judge(view, peerPin: pin)
    let answer = try await store.read(AnswerJoin(agency: agency, key: key.keyID))
    guard case .admitted(let entries) = answer else {
      throw OfficeError(.conflict, ["detail": "rebuild.key"])
    }
    return (
      RebuildFile(directory: directory, source: peer, entries: entries),
      view.particulars(of: agency)?.endpoint ?? ""
    )
  }

  /// Whether a node answers at an address under the TLS key of this agency.
  ///
  /// - Parameter address: the address that the directory shows for this agency.
  /// - Returns: false when nobody answers there, or somebody else.
  package func isServed(at address: String) async -> Bool {
    guard let endpoint = PeerEndpoint(address) else { return false }
    let client = client(for: agency, at: endpoint)
    // It shows its certificate before it refuses ours, which is the same.
    _ = try? await client.send(.get, "/peer/v1/info")
    let isOurs = client.shownPin == transport.pin
    await client.close()
    return isOurs
  }

  private func client(for peer: AgencyCode, at endpoint: PeerEndpoint) -> PeerClient {
    PeerClient(
      identity: PeerClientIdentity(
        agency: agency, key: key, transport: transport, time: .system),
      peer: peer, endpoint: endpoint, pin: nil, key: nil)
  }

  private func judge(_ view: DirectoryView, peerPin: CertificatePin?) throws {
    guard view.agency(agency) != nil else {
      throw OfficeError(.conflict, ["detail": "rebuild.unlisted"])
    }
    guard view.activeKey(of: agency)?.id == key.keyID else {
      throw OfficeError(.conflict, ["detail": "rebuild.key"])
    }
    if let published = view.particulars(of: agency)?.tlsPin,
      CertificatePin(published.bytes) != transport.pin
    {
      throw OfficeError(.conflict, ["detail": "rebuild.pin"])
    }
    guard let known = view.particulars(of: peer)?.tlsPin, CertificatePin(known.bytes) == peerPin
    else {
      throw OfficeError(.integrity, ["detail": "rebuild.peer"])
    }
  }

  private static func answer(
    to question: Reconciliation.Question, of client: PeerClient
  ) async throws -> [UInt8] {
    let reply = try await client.send(
      .post, "/peer/v1/fetch", mediaType: PeerRoute.protobuf, body: question.body,
      opening: .fetched)
    switch reply {
    case .answered(_, let body): return body
    case .refused(let code, _, _):
      throw NodeError(
        .peerAnswer, object: client.peer.rawValue, message: "refused with \(code)",
        words: "rebuild.refused",
        hint: "see that the keys are of the agency named, and that the peer is the agency named")
    }
  }
}
