package import Exchange
import HTTPTypes
package import Ledger
package import Logging
package import Office
import ServiceLifecycle
import Synchronization
import Wire

/// This node's own way into a directory, or to a new key there: asks the registrar again and again
/// until the governors have decided, also after a restart.
///
/// The agencies that this node hosts ask for a new key in the same way.
package final class Joining<S: Store>: Sendable {
  private let desk: PeerDesk<S>
  private let identity: PeerClientIdentity
  private let signals: SyncSignals
  private let begun = Mutex<[AgencyCode: Asking]>([:])
  private let bell = Bell()
  private let logger: Logger

  /// What is asked for, and the key that it is asked with.
  private struct Asking: Sendable {
    let joining: Office.Joining
    let identity: PeerClientIdentity
  }

  /// Makes the joining of a node that has not asked yet.
  package init(
    desk: PeerDesk<S>, identity: PeerClientIdentity, signals: SyncSignals, logger: Logger
  ) {
    self.desk = desk
    self.identity = identity
    self.signals = signals
    self.logger = logger
  }

  /// Asks once now and goes on asking in the background.
  ///
  /// - Parameters:
  ///   - joining: what the office has prepared.
  ///   - key: the key that it asks with; nil for the one in use.
  /// - Returns: `pending` or `admitted`.
  /// - Throws: ``OfficeError`` when the registrar refuses; ``NodeError`` when it does not answer.
  package func begin(
    _ joining: Office.Joining, with key: SigningKey? = nil
  ) async throws -> String {
    let asking = Asking(joining: joining, identity: identity(of: joining, with: key))
    let isAdmitted = try await ask(asking)
    if !isAdmitted {
      resume(joining, with: key)
    }
    return isAdmitted ? "admitted" : "pending"
  }

  /// Goes on asking in the background.
  package func resume(_ joining: Office.Joining, with key: SigningKey? = nil) {
    let asking = Asking(joining: joining, identity: identity(of: joining, with: key))
    begun.withLock { $0[joining.request.entry.code] = asking }
    bell.ring([desk.signatory.agency])
  }

  private func identity(
    of joining: Office.Joining, with key: SigningKey?
  ) -> PeerClientIdentity {
    var identity = identity
    identity.agency = joining.request.entry.code
    if let key { identity.key = key }
    return identity
  }

  /// Asks as long as something is pending; never returns before the task is cancelled.
  func run() async {
    while !Task.isCancelled {
      let rings = bell.rings(for: desk.signatory.agency)
      let open = begun.withLock { $0 }
      for (agency, asking) in open.sorted(by: { $0.key < $1.key }) {
        do {
          if try await ask(asking) {
            begun.withLock { $0[agency] = nil }
          }
        } catch {
          logger.info(
            "the registrar did not admit us",
            metadata: ["agency": "\(agency)", "error": "\(error)"])
        }
      }
      let isOpen = begun.withLock { !$0.isEmpty }
      await bell.wait(
        for: desk.signatory.agency, past: rings,
        atMost: isOpen ? Limits.joinAsksEvery : Limits.lookAgain)
    }
  }

  /// Whether the registrar has admitted us; the directory is then here.
  private func ask(_ asking: Asking) async throws -> Bool {
    let (joining, identity) = (asking.joining, asking.identity)
    let invitation = joining.invitation
    guard let endpoint = PeerEndpoint(invitation.endpoint),
      let pin = CertificatePin(invitation.tlsPin.bytes)
    else {
      throw OfficeError(
        .invalidValue,
        ["field": "invite", "value": invitation.endpoint, "expected": "https://host:port"])
    }
    let client = PeerClient(
      identity: identity, peer: invitation.signer, endpoint: endpoint, pin: pin, key: nil)
    let reply: PeerReply
    do {
      reply = try await client.send(
        .post, "/peer/v1/join", mediaType: PeerRoute.protobuf, body: joining.request.encoded())
    } catch {
      await client.close()
      throw error
    }
    await client.close()
    switch reply {
    case .refused(let code, _, _):
      throw OfficeError(.joinRefused, ["detail": code])
    case .answered(_, let body):
      switch JoinAnswer.decode(body) {
      case nil: throw OfficeError(.joinRefused, ["detail": "answer"])
      case .pending: return false
      case .admitted(let deliveries):
        let taken = try await desk.store.write(
          TakeFetched(peer: invitation.signer, deliveries: deliveries, now: desk.businessTime()))
        desk.settled(Aftermath(taken))
        signals.ring(.directory)
        return try await desk.store.read(ReadStanding()).isListed
      }
    }
  }
}

/// What an agency of the directory signed, on its way to the registrar, which publishes it.
///
/// Its particulars, or the suspension of its key, in a join request without an invitation, signed
/// with the key that the directory already has. The type is part of each signature, so neither
/// passes for the other.
enum ParticularsRequest {
  /// The body of `POST /peer/v1/join`.
  static func encoded(
    _ particulars: SignedObject, entry: AgencyEntry, key: PublicKey, isSample: Bool
  ) -> [UInt8] {
    JoinRequest(
      entry: entry, key: key, particulars: particulars,
      invitation: SignedObject(body: [], signature: []), secret: [], isSample: isSample
    ).encoded()
  }

  /// Whether a request names no invitation: SHA-256 of nothing.
  static func isOne(_ request: JoinRequest) -> Bool {
    request.invitation == Invitation.reference(of: SignedObject(body: [], signature: []))
  }
}
