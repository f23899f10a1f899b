package import Exchange
import Ledger
package import Logging
import ServiceLifecycle
import Synchronization

/// Brings over the attachments that documents list and that are not here yet (附件未到).
///
/// A few at a time, each piece by piece over connections of its own, so that change sets never wait
/// behind them. What is here already is never asked for again: a transfer goes on at the first
/// missing piece after a restart, and at the byte after the last one while the node runs. The
/// author's node is asked first, then those of the other members.
package struct AttachmentFetching<S: Store>: Service {
  private let desk: PeerDesk<S>
  private let clients: PeerClients
  private let signals: SyncSignals
  private let figures: Figures
  private let logger: Logger
  private let open = OpenTransfers()

  /// Makes the service; `clients` are its own and closed when it ends.
  package init(
    desk: PeerDesk<S>, clients: PeerClients, signals: SyncSignals, figures: Figures,
    logger: Logger
  ) {
    self.desk = desk
    self.clients = clients
    self.signals = signals
    self.figures = figures
    self.logger = logger
  }

  /// Fetches until the node stops.
  package func run() async throws {
    await cancelWhenGracefulShutdown {
      await withDiscardingTaskGroup { group in
        while !Task.isCancelled {
          let rings = signals.rings(.attachments)
          do {
            for wanted in try await next() {
              group.addTask {
                let isWhole = await bring(wanted)
                open.end(wanted.listed.place, isWhole: isWhole)
                signals.ring(.attachments)
              }
            }
          } catch {
            logger.warning(
              "missing attachments cannot be listed", metadata: ["error": "\(error)"])
          }
          await signals.wait(
            .attachments, past: rings, atMost: min(Limits.lookAgain, open.soonestRestEnd))
        }
        group.cancelAll()
      }
    }
    await close()
    try? await gracefulShutdown()
  }

  /// Ends its connections.
  package func close() async {
    await clients.closeAll()
  }

  /// Begins as many transfers as there is room for.
  private func next() async throws -> [WantedAttachment] {
    var begun: [WantedAttachment] = []
    var after: AttachmentPlace?
    while open.hasRoom {
      let page = try await desk.store.read(ListWantedAttachments(after: after))
      guard let last = page.last else { break }
      begun += page.filter { !$0.peers.isEmpty && open.begin($0.listed.place) }
      after = last.listed.place
    }
    return begun
  }

  /// Brings over what lacks of one attachment, from whoever gives it.
  ///
  /// - Parameter wanted: the attachment and whom to ask.
  /// - Returns: whether nothing lacks any more.
  package func bring(_ wanted: WantedAttachment) async -> Bool {
    do {
      var missing = try await desk.store.read(MissingPieces(of: wanted.listed))
      for peer in wanted.peers where !missing.isEmpty && !Task.isCancelled {
        guard let client = await clients.client(for: peer) else { continue }
        try await bring(&missing, of: wanted.listed, from: client)
      }
      return missing.isEmpty
    } catch {
      logger.warning(
        "a piece of an attachment was not stored",
        metadata: ["attachment": "\(wanted.listed.place)", "error": "\(error)"])
      return false
    }
  }

  /// Takes pieces from one peer in their order, until all are here or the peer gives no more.
  private func bring(
    _ missing: inout [Int], of listed: ListedAttachment, from client: PeerClient
  ) async throws {
    var slice = Exchange.Limits.sliceBytesMax
    while let number = missing.first {
      var transfer = PieceTransfer(number, of: listed.content, sliceBytes: slice)
      guard let piece = await bring(&transfer, of: listed.place, from: client) else { return }
      guard try await desk.store.write(StorePiece(piece, of: listed)) else {
        // The record is another one than it was: whatever lacks is listed anew.
        missing = []
        return
      }
      count("stored", client.peer)
      missing.removeFirst()
      slice = transfer.currentSliceBytes
    }
  }

  /// One piece, in as many slices as the line needs; nil when the peer does not give it.
  private func bring(
    _ transfer: inout PieceTransfer, of place: AttachmentPlace, from client: PeerClient
  ) async -> AttachmentPiece? {
    var losses = 0
    var backoff = Backoff()
    var generator = SystemRandomNumberGenerator()
    while losses < Limits.sliceLossesMax, !Task.isCancelled {
      var pause = backoff.next(using: &generator)
      do {
        switch try await client.slice(transfer.question, of: place.path) {
        case .slice(let slice):
          switch transfer.took(slice) {
          case .more:
            losses = 0
            backoff.reset()
            continue
          case .whole(let piece): return piece
          case .unusable:
            count("unusable", client.peer)
            return nil
          case .broken:
            await raise(transfer.number, of: place, by: client.peer)
            return nil
          }
        case .refused(let code, let wait):
          guard code == Problem.Code.busy.rawValue || code == Problem.Code.unavailable.rawValue
          else {
            count("refused", client.peer)
            return nil
          }
          pause = max(pause, .seconds(min(wait ?? 0, Limits.retryAfterSecondsMax)))
        case nil:
          count("unusable", client.peer)
          return nil
        }
      } catch {
        // Cut off on the way: what came before stays, and less is asked for at once.
        count("lost", client.peer)
        transfer.lost()
      }
      losses += 1
      try? await Task.sleep(for: pause)
    }
    return nil
  }

  /// A piece that does not verify is evidence against whoever signed the answer it came in.
  private func raise(_ piece: Int, of place: AttachmentPlace, by peer: AgencyCode) async {
    count("broken", peer)
    logger.error(
      "a peer gave a piece that is not the attachment's",
      metadata: ["peer": "\(peer)", "attachment": "\(place)", "piece": "\(piece)"])
    do {
      try await desk.store.write(
        RaiseBrokenPiece(peer: peer, place: place, piece: piece, now: desk.businessTime()))
    } catch {
      logger.warning("an alarm was not kept", metadata: ["error": "\(error)"])
    }
  }

  private func count(_ outcome: String, _ peer: AgencyCode) {
    figures.count(.attachmentPiece, labels: ["peer": peer.rawValue, "outcome": outcome])
  }
}

/// The attachments on their way, and the pauses of those that nobody gave.
private final class OpenTransfers: Sendable {
  private struct Rest {
    var backoff = Backoff(longest: Limits.attachmentRestLongest)
    var end: ContinuousClock.Instant
  }

  private struct State {
    var running: Set<AttachmentPlace> = []
    var rests: [AttachmentPlace: Rest] = [:]
  }

  private let state = Mutex(State())

  /// Whether another transfer may begin.
  var hasRoom: Bool { state.withLock { $0.running.count < Limits.attachmentsAtOnceMax } }

  /// When the first pause is over.
  var soonestRestEnd: Duration {
    let now = ContinuousClock.now
    let running = state.withLock { state in
      state.rests.filter { !state.running.contains($0.key) }.map { $0.value.end - now }
    }
    return max(.milliseconds(50), running.min() ?? Limits.lookAgain)
  }

  /// Whether this one begins now: not while it runs or rests, nor without room.
  func begin(_ place: AttachmentPlace) -> Bool {
    state.withLock { state in
      guard state.running.count < Limits.attachmentsAtOnceMax, !state.running.contains(place)
      else { return false }
      if let rest = state.rests[place], rest.end > .now { return false }
      state.running.insert(place)
      return true
    }
  }

  func end(_ place: AttachmentPlace, isWhole: Bool) {
    var generator = SystemRandomNumberGenerator()
    state.withLock { state in
      state.running.remove(place)
      guard !isWhole else {
        state.rests[place] = nil
        return
      }
      if state.rests.count >= Limits.attachmentRestsMax { state.rests = [:] }
      var rest = state.rests[place] ?? Rest(end: .now)
      rest.end = .now + rest.backoff.next(using: &generator)
      state.rests[place] = rest
    }
  }
}
