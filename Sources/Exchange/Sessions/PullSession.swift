package import Ledger

/// Pulling a peer's outbox, as a value: it says what to ask, and what follows from each answer.
///
/// The caller does the asking and the storing:
///
/// ```swift
/// var session = PullSession(cursor: try await store.read(CursorOf(peer)), wait: 30)
/// while running {
///   do {
///     let page = try await get(session.question)                        // HTTP
///     let outcome = try await store.take(TakeDeliveries(peer: peer, page: page, …))
///     switch session.took(outcome, using: &generator) {
///     case .ask: continue
///     case .pause(let duration): try await clock.sleep(for: duration)
///     }
///   } catch { try await clock.sleep(for: session.failed(using: &generator)) }
/// }
/// ```
package struct PullSession: Sendable {
  /// The query of `GET /peer/v1/deliveries`.
  package struct Question: Sendable, Equatable {
    /// The outbox as this node knows it; nil when it knows none.
    package var outbox: OutboxID?
    /// The number up to which everything is durable here.
    package var after: UInt64
    /// h(after).
    package var hash: Hash256
    /// How long the server may wait, in seconds.
    package var waitSeconds: Int
    /// The most bytes the answer may have.
    package var bytesMax: Int
  }

  /// What to do next.
  package enum Step: Sendable, Equatable {
    /// Ask again at once.
    case ask
    /// Ask again after a pause.
    case pause(Duration)
  }

  private let waitSeconds: Int
  /// How long a wait the line has carried lately: one that is cut every second carries none.
  private var patienceSeconds: Int
  private var outbox: OutboxID?
  private var after: UInt64
  private var hash: Hash256
  private var backoff = Backoff()
  private var pace = PagePace()
  /// Whether the newest page was full: the next question is answered without waiting.
  private var isBehind = false
  /// How long the newest page took to come; nil when nobody said.
  private var cameAfter: Duration?
  /// Pages in a row that brought nothing though the server was asked to wait.
  private var hastyPages = 0
  /// Why the newest page was not taken; nil when it was.
  package private(set) var refusal: PageRefusal?

  /// Starts where the cursor stands; nil for a peer never heard.
  package init(cursor: Cursor?, waitSeconds: Int) {
    self.waitSeconds = min(max(0, waitSeconds), Limits.pullWaitSecondsMax)
    patienceSeconds = self.waitSeconds
    (after, hash) = (0, .zero)
    move(to: cursor)
  }

  /// What to ask now.
  package var question: Question {
    Question(
      outbox: outbox, after: after, hash: hash, waitSeconds: patienceSeconds,
      bytesMax: pace.bytesMax)
  }

  /// What to ask while a page is being taken, on a line that is quick: what stands behind it.
  ///
  /// - Parameters:
  ///   - page: the answer to the newest question.
  ///   - bytes: how many it has.
  /// - Returns: the question; nil when the page is not full, or none that this node will take, or
  ///   on a line on which a letter would wait for two pages.
  package func following(_ page: DeliveryPage, of bytes: Int) -> Question? {
    guard pace.bytesMax >= Limits.pageBytesAhead, pace.isFull(bytes), let outbox,
      page.head.claim(as: HeadStatement.self)?.outbox == outbox, !page.deliveries.isEmpty
    else { return nil }
    var walk = OutboxWalk(outbox, from: after, hash: hash)
    for delivery in page.deliveries where !walk.take(delivery) { return nil }
    return Question(
      outbox: outbox, after: walk.number, hash: walk.hash, waitSeconds: 0,
      bytesMax: pace.bytesMax)
  }

  /// Notes what a page of so many bytes took: from the question to the answer, and until it was
  /// durable.
  ///
  /// A server may have waited before it answered, but not behind a full page.
  package mutating func paced(_ bytes: Int, asking: Duration, taking: Duration) {
    let wasFull = pace.isFull(bytes)
    pace.took(bytes, in: isBehind ? asking + taking : taking)
    isBehind = wasFull
    cameAfter = asking
  }

  /// Notes what became of the page.
  package mutating func took(
    _ outcome: Result<TakenPage, PageRefusal>, using generator: inout some RandomNumberGenerator
  ) -> Step {
    switch outcome {
    case .success(let page):
      hastyPages = isHasty(page.cursor) ? hastyPages + 1 : 0
      move(to: page.cursor)
      refusal = nil
      patienceSeconds = min(waitSeconds, max(1, patienceSeconds * 2))
      if hastyPages > Limits.hastyPagesMax { return .pause(backoff.next(using: &generator)) }
      backoff.reset()
      return .ask
    case .failure(let reason):
      refusal = reason
      return .pause(backoff.next(using: &generator))
    }
  }

  /// Goes on from where the cursor stands, after somebody else has moved it; nil for a peer never
  /// heard.
  ///
  /// What was learnt of the line stays, and how long the server is asked to wait.
  package mutating func move(to cursor: Cursor?) {
    outbox = cursor?.outbox
    after = cursor?.number ?? 0
    hash = cursor?.runningHash ?? .zero
  }

  /// Whether the newest page moved nothing and came much sooner than it was asked for: an honest
  /// server waits, so whoever does it again and again would keep this node busy for nothing.
  private func isHasty(_ cursor: Cursor) -> Bool {
    guard let cameAfter, patienceSeconds > 0 else { return false }
    let isStill = cursor.number == 0 || (cursor.outbox == outbox && cursor.number == after)
    return isStill && cameAfter < .seconds(patienceSeconds) / 2
  }

  /// Notes that nothing usable came back; says how long to wait.
  ///
  /// The next wait at the server is half as long, so that a line which breaks off every long poll
  /// still carries short ones.
  package mutating func failed(using generator: inout some RandomNumberGenerator) -> Duration {
    patienceSeconds /= 2
    if isBehind { pace.lost() }
    return backoff.next(using: &generator)
  }
}

/// Where this node stands in a peer's outbox, for starting a session.
package struct CursorOf: StoreWork {
  private let peer: AgencyCode

  /// Asks for one peer.
  package init(_ peer: AgencyCode) {
    self.peer = peer
  }

  package func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Cursor? {
    try transaction.cursor(of: peer)
  }
}
