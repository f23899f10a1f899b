package import Exchange
import HTTPTypes
import Ledger
package import Logging
package import Office
import ServiceLifecycle
import Synchronization
import Wire

/// This node's own way into a directory: asks the registrar again and again until the governors
/// have decided, also after a restart.
package final class Joining<S: Store>: Sendable {
  private let desk: PeerDesk<S>
  private let identity: PeerClientIdentity
  private let signals: SyncSignals
  private let begun = Mutex<Office.Joining?>(nil)
  private let bell = Bell()
  private let logger: Logger

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
  /// - Parameter joining: what the office has prepared.
  /// - Returns: `pending` or `admitted`.
  /// - Throws: ``OfficeError`` when the registrar refuses; ``NodeError`` when it does not answer.
  package func begin(_ joining: Office.Joining) async throws -> String {
    let isAdmitted = try await ask(joining)
    if !isAdmitted {
      resume(joining)
    }
    return isAdmitted ? "admitted" : "pending"
  }

  /// Goes on asking in the background.
  package func resume(_ joining: Office.Joining) {
    begun.withLock { $0 = joining }
    bell.ring([desk.signatory.agency])
  }

  /// Asks as long as something is pending; never returns before the task is cancelled.
  func run() async {
    while !Task.isCancelled {
      let rings = bell.rings(for: desk.signatory.agency)
      if let joining = begun.withLock({ $0 }) {
        do {
          if try await ask(joining) {
            begun.withLock { $0 = nil }
            continue
          }
        } catch {
          logger.info("the registrar did not admit us", metadata: ["error": "\(error)"])
        }
        await bell.wait(
          for: desk.signatory.agency, past: rings, atMost: Limits.joinAsksEvery)
      } else {
        await bell.wait(for: desk.signatory.agency, past: rings, atMost: Limits.lookAgain)
      }
    }
  }

  /// Whether the registrar has admitted us; the directory is then here.
  private func ask(_ joining: Office.Joining) async throws -> Bool {
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

/// Particulars on their way to the registrar, which publishes them: a join request without an
/// invitation, signed with the key that the directory already has.
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
