package import Ledger
package import NIOCore
import Synchronization

/// How much each peer may ask for, as tokens that fill up again.
///
/// A value of plain arithmetic over the caller's clock, in seconds of any origin.
struct TokenBucket: Sendable {
  private var tokens: Double
  private var filledAt: Double
  private let perSecond: Double
  private let burst: Double

  init(perSecond: Double, burst: Double, at now: Double) {
    tokens = burst
    filledAt = now
    self.perSecond = perSecond
    self.burst = burst
  }

  /// Takes one token; returns the seconds until there is one when there is none.
  mutating func take(at now: Double) -> Double? {
    refill(at: now)
    guard tokens >= 1 else { return (1 - tokens) / perSecond }
    tokens -= 1
    return nil
  }

  /// Takes tokens for what is done already, more than there are if need be.
  mutating func spend(_ amount: Double, at now: Double) {
    refill(at: now)
    tokens -= amount
  }

  /// The seconds until nothing is owed; nil when nothing is.
  mutating func debt(at now: Double) -> Double? {
    refill(at: now)
    return tokens < 0 ? -tokens / perSecond : nil
  }

  private mutating func refill(at now: Double) {
    tokens = min(burst, tokens + max(0, now - filledAt) * perSecond)
    filledAt = max(filledAt, now)
  }

  /// Gives a token back.
  mutating func giveBack() {
    tokens = min(burst, tokens + 1)
  }
}

/// Counts what peers ask for, so that none can crowd the others out.
package final class PeerAllowances: Sendable {
  private struct Account: Sendable {
    var bucket: TokenBucket
    var bytes: TokenBucket
    var running = 0
    var connections: Set<ObjectIdentifier> = []
    /// Connections whose last answer was large and may still lie here, unread.
    var unread: Set<ObjectIdentifier> = []
  }

  private struct Accounts: Sendable {
    var peers: [AgencyCode: Account] = [:]
    /// Requests to join under each peer's certificate; nil for the certificates that nobody has
    /// published, which share one.
    var joins: [AgencyCode?: TokenBucket] = [:]
    /// What came under each peer's certificate and was not proved to be the peer's; nil for the
    /// certificates that nobody has published.
    var unproved: [AgencyCode?: TokenBucket] = [:]
  }

  private let accounts = Mutex(Accounts())
  private let clock = ContinuousClock()
  private let origin: ContinuousClock.Instant
  private let perSecond: Double
  private let burst: Double
  private let bytesPerSecond: Double
  private let bytesBurst: Double
  private let unprovedPerSecond: Double
  private let unprovedBurst: Double
  private let joinsPerMinute: Double
  private let joinsBurst: Double

  /// Makes accounts with full buckets.
  package init(
    requestsPerSecond: Double = Limits.peerRequestsPerSecond, burst: Double = Limits.peerBurst,
    bytesPerSecond: Double = Limits.peerBytesPerSecond,
    bytesBurst: Double = Limits.peerBytesBurst,
    unprovedPerSecond: Double = Limits.unprovedRequestsPerSecond,
    unprovedBurst: Double = Limits.unprovedBurst,
    joinsPerMinute: Double = Limits.joinsPerMinute, joinsBurst: Double = Limits.joinsPerMinute
  ) {
    perSecond = requestsPerSecond
    self.burst = burst
    self.bytesPerSecond = bytesPerSecond
    self.bytesBurst = bytesBurst
    self.unprovedPerSecond = unprovedPerSecond
    self.unprovedBurst = unprovedBurst
    self.joinsPerMinute = joinsPerMinute
    self.joinsBurst = joinsBurst
    origin = clock.now
  }

  /// Runs `body` if the peer may ask now.
  ///
  /// An answer of 64 KiB and more counts as running until the peer asks something else on that
  /// connection or closes it: until then it may lie here.
  ///
  /// - Parameters:
  ///   - agency: the peer that asks.
  ///   - channel: its connection, admitted before.
  ///   - body: the work of its request.
  /// - Returns: what `body` returns.
  /// - Throws: ``Problem`` `busy` with the seconds to wait, or what `body` throws.
  package func run<Result: Sendable>(
    for agency: AgencyCode, on channel: any Channel, _ body: () async throws -> Result
  ) async throws -> Result {
    try enter(agency, ObjectIdentifier(channel))
    defer { accounts.withLock { $0.peers[agency]?.running -= 1 } }
    return try await body()
  }

  /// Counts bytes that a peer sent or was given; what it owes then, it waits for.
  ///
  /// - Parameters:
  ///   - bytes: how many.
  ///   - agency: the peer.
  ///   - channel: the connection on which they are given; nil for what the peer sent.
  package func spend(_ bytes: Int, of agency: AgencyCode, givenOn channel: (any Channel)? = nil) {
    let now = seconds
    accounts.withLock { accounts in
      accounts.peers[agency]?.bytes.spend(Double(bytes), at: now)
      guard let channel, bytes >= Limits.unreadAnswerBytesMin else { return }
      let id = ObjectIdentifier(channel)
      guard accounts.peers[agency]?.connections.contains(id) == true else { return }
      accounts.peers[agency]?.unread.insert(id)
    }
  }

  /// Counts a connection as the peer's until it closes.
  ///
  /// - Parameters:
  ///   - channel: the connection, on which a request of the peer has been verified.
  ///   - agency: the peer.
  /// - Throws: ``Problem`` `busy` when the peer has too many.
  package func admit(_ channel: any Channel, of agency: AgencyCode) throws {
    let id = ObjectIdentifier(channel)
    let isNew = try accounts.withLock { accounts -> Bool in
      var account = accounts.peers[agency] ?? newAccount()
      defer { accounts.peers[agency] = account }
      guard !account.connections.contains(id) else { return false }
      guard account.connections.count < Limits.connectionsFromPeerMax else {
        throw Problem(.busy, retryAfterSeconds: 1)
      }
      account.connections.insert(id)
      return true
    }
    guard isNew else { return }
    channel.closeFuture.whenComplete { _ in
      self.accounts.withLock { accounts in
        accounts.peers[agency]?.connections.remove(id)
        accounts.peers[agency]?.unread.remove(id)
      }
    }
  }

  /// How many connections a peer has.
  func connectionCount(of agency: AgencyCode) -> Int {
    accounts.withLock { $0.peers[agency]?.connections.count ?? 0 }
  }

  private func newAccount() -> Account {
    let now = seconds
    return Account(
      bucket: TokenBucket(perSecond: perSecond, burst: burst, at: now),
      bytes: TokenBucket(perSecond: bytesPerSecond, burst: bytesBurst, at: now))
  }

  /// Takes one of the requests to join of a certificate before anything else of it is looked at.
  ///
  /// Particulars and the suspension of a key travel as such requests, so a peer has its own and
  /// nobody else can use them up.
  ///
  /// - Parameter holder: whose certificate it is; nil when nobody has published it: all those share
  ///   one allowance.
  /// - Throws: ``Problem`` `busy` when there is none.
  package func enterJoin(_ holder: AgencyCode?) throws {
    let now = seconds
    let wait: Double? = accounts.withLock { accounts in
      accounts.joins[
        holder, default: TokenBucket(perSecond: joinsPerMinute / 60, burst: joinsBurst, at: now)
      ].take(at: now)
    }
    if let wait {
      throw Problem(.busy, retryAfterSeconds: max(1, Int(wait.rounded(.up))))
    }
  }

  /// Takes one of the tries of a certificate before the signature of its request is looked at.
  ///
  /// So whoever holds a peer's certificate but not its key cannot have signatures verified without
  /// end. ``prove(_:)`` gives the try back: who signs rightly is counted by ``run(for:_:)`` alone.
  ///
  /// - Parameter holder: whose certificate it is; nil when nobody has published it.
  /// - Throws: ``Problem`` `busy` when there is none.
  package func enterUnproved(_ holder: AgencyCode?) throws {
    let now = seconds
    let wait: Double? = accounts.withLock { accounts in
      accounts.unproved[
        holder, default: TokenBucket(perSecond: unprovedPerSecond, burst: unprovedBurst, at: now)
      ].take(at: now)
    }
    if let wait {
      throw Problem(.busy, retryAfterSeconds: max(1, Int(wait.rounded(.up))))
    }
  }

  /// Gives the try back that a request took which has been found to be the holder's.
  package func prove(_ holder: AgencyCode?) {
    accounts.withLock { $0.unproved[holder]?.giveBack() }
  }

  private func enter(_ agency: AgencyCode, _ connection: ObjectIdentifier) throws {
    let now = seconds
    let wait: Double? = accounts.withLock { accounts in
      var account = accounts.peers[agency] ?? newAccount()
      defer { accounts.peers[agency] = account }
      account.unread.remove(connection)
      guard account.running + account.unread.count < Limits.peerConcurrentMax else { return 1 }
      if let wait = account.bytes.debt(at: now) { return wait }
      if let wait = account.bucket.take(at: now) { return wait }
      account.running += 1
      return nil
    }
    if let wait {
      throw Problem(.busy, retryAfterSeconds: max(1, Int(wait.rounded(.up))))
    }
  }

  private var seconds: Double {
    let (seconds, attoseconds) = (clock.now - origin).components
    return Double(seconds) + Double(attoseconds) / 1e18
  }
}
