package import Exchange
import FoundationEssentials
import HTTPTypes
import Ledger
package import Logging
import SwiftProtobuf
import Wire

/// What came of one exchange with a peer.
package enum SyncOutcome: Sendable, Equatable {
  /// A page came and is durable here; more is waiting when `hasMore`.
  case took(stored: Int, hasMore: Bool)
  /// There was nothing new.
  case nothing
  /// The peer gave nothing, or something unusable; the words are for the operator.
  case failed(String, retryAfterSeconds: Int?)
}

/// The exchanges of this node with one peer, each a single step that a loop or an operator repeats.
package struct PeerSession<S: Store>: Sendable {
  private let desk: PeerDesk<S>
  private let client: PeerClient
  private let states: PeerStates
  private let figures: Figures
  private let logger: Logger

  /// Makes a session.
  package init(
    desk: PeerDesk<S>, client: PeerClient, states: PeerStates, figures: Figures, logger: Logger
  ) {
    self.desk = desk
    self.client = client
    self.states = states
    self.figures = figures
    self.logger = logger
  }

  private var peer: AgencyCode { client.peer }

  /// Asks for the next page, waiting at the peer for up to `waitSeconds`, takes it and sends the
  /// receipt.
  package func pull(waitSeconds: Int) async throws -> SyncOutcome {
    let outcome = try await noted(.pull) { try await pullOnce(waitSeconds: waitSeconds) }
    return outcome
  }

  /// Sends what our outbox owes the peer, for a node that nobody can dial; takes the receipt.
  package func push() async throws -> SyncOutcome {
    try await noted(.push) { try await pushOnce() }
  }

  /// Asks the peer for what we still lack of what others told us of.
  package func fetch(_ request: FetchRequest) async throws -> TakenFetch? {
    let reply = try await client.send(
      .post, "/peer/v1/fetch", mediaType: PeerRoute.protobuf, body: request.encoded())
    guard case .answered(_, let body) = reply, let answer = FetchAnswer.decode(body) else {
      return nil
    }
    guard !answer.deliveries.isEmpty else { return nil }
    let taken = try await desk.store.write(
      TakeFetched(peer: peer, deliveries: answer.deliveries, now: desk.businessTime()))
    desk.settled(Aftermath(taken))
    return taken
  }

  private func pullOnce(waitSeconds: Int) async throws -> SyncOutcome {
    let cursor = try await desk.store.read(CursorOf(peer: peer))
    var query = "wait=\(waitSeconds)&max=\(Exchange.Limits.pageBytesMax)"
    if let cursor {
      query += "&outbox=\(cursor.outbox.hex)&after=\(cursor.number)&hash=\(cursor.runningHash.hex)"
    }
    let reply = try await client.send(
      .get, "/peer/v1/deliveries?\(query)", waitSeconds: waitSeconds)
    guard case .answered(_, let body) = reply else { return refusal(reply) }
    guard let page = DeliveryPage.decode(body) else {
      return .failed("the page has another form", retryAfterSeconds: nil)
    }
    let result = try await desk.store.take(
      TakeDeliveries(
        peer: peer, page: page, signatory: desk.signatory, now: desk.businessTime()))
    switch result {
    case .failure(let refusal):
      return .failed("the page was refused: \(refusal.rawValue)", retryAfterSeconds: nil)
    case .success(let taken):
      count(taken)
      desk.settled(Aftermath(taken))
      if let receipt = taken.receipt {
        try await send(receipt)
      }
      guard !page.deliveries.isEmpty else {
        return taken.isNewOutbox ? .took(stored: 0, hasMore: taken.hasMore) : .nothing
      }
      return .took(stored: taken.stored, hasMore: taken.hasMore)
    }
  }

  /// A receipt that is lost is sent again with the next page.
  private func send(_ receipt: SignedObject) async throws {
    let reply = try await client.send(
      .post, "/peer/v1/receipts", mediaType: PeerRoute.protobuf,
      body: Array(try receipt.wire.serializedData()))
    if case .refused(let code, _, _) = reply {
      logger.warning(
        "a receipt was refused", metadata: ["peer": "\(peer)", "code": "\(code)"])
    }
  }

  private func pushOnce() async throws -> SyncOutcome {
    let standing = try await desk.store.read(OutboxStanding(reader: peer))
    let page = try await desk.store.write(
      ServeDeliveries(
        reader: peer, outbox: standing.outbox, after: standing.position.receipted, hash: nil,
        signatory: desk.signatory, now: desk.businessTime()))
    guard page.count > 0 else { return .nothing }
    let reply = try await client.send(
      .post, "/peer/v1/deliveries", mediaType: PeerRoute.protobuf, body: page.bytes)
    guard case .answered(_, let body) = reply else { return refusal(reply) }
    guard let wire = try? WireSignedObject(serializedBytes: body) else {
      return .failed("the receipt has another form", retryAfterSeconds: nil)
    }
    let outcome = try await desk.store.write(
      TakeReceipt(reader: peer, signed: SignedObject(wire: wire), now: desk.businessTime()))
    guard case .kept(let number) = outcome, number > standing.position.receipted else {
      return .failed("the receipt was refused: \(outcome)", retryAfterSeconds: nil)
    }
    return .took(stored: page.count, hasMore: page.hasMore)
  }

  private func refusal(_ reply: PeerReply) -> SyncOutcome {
    guard case .refused(let code, let status, let wait) = reply else { return .nothing }
    return .failed("refused with \(code) (\(status))", retryAfterSeconds: wait)
  }

  /// Keeps what came of an attempt for `status`, the figures and the log.
  private func noted(
    _ counter: Figures.Counter, _ attempt: () async throws -> SyncOutcome
  ) async throws -> SyncOutcome {
    let outcome: SyncOutcome
    do {
      outcome = try await attempt()
    } catch let error as NodeError {
      let detail = error.underlying.map { "\(error) (\($0))" } ?? "\(error)"
      logger.info("a peer was not reached", metadata: ["peer": "\(peer)", "error": "\(detail)"])
      outcome = .failed(error.description, retryAfterSeconds: nil)
    }
    switch outcome {
    case .failed(let words, _):
      states.failed(peer, words, at: desk.businessTime())
      figures.count(counter, labels: ["peer": peer.rawValue, "outcome": "failed"])
    case .took, .nothing:
      states.succeeded(
        peer, at: desk.businessTime(), clockAheadSeconds: client.clockOffset.seconds)
      figures.count(counter, labels: ["peer": peer.rawValue, "outcome": "ok"])
    }
    return outcome
  }

  private func count(_ taken: TakenPage) {
    for (verdict, count) in [
      ("stored", taken.stored), ("held", taken.held), ("rejected", taken.rejected),
      ("known", taken.known),
    ] where count > 0 {
      figures.count(
        .received, labels: ["peer": peer.rawValue, "verdict": verdict], by: UInt64(count))
    }
  }
}
