extension API {
  /// The body of a request or an answer that says nothing.
  package struct Nothing: Codable, Hashable, Sendable {

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init() {}
  }

  /// What `status` is asked for.
  package struct StatusRequest: Codable, Hashable, Sendable {
    /// Only this peer.
    package var peer: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(peer: String? = nil) {
      self.peer = peer
    }
  }

  /// How the node and its peers are.
  package struct Status: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.status/v1"
    /// Code of the agency.
    package var agency: String
    /// Name of the agency in the directory; null until it has joined one.
    package var name: String?
    /// The business clock.
    package var now: String
    /// The process.
    package var node: NodeState
    /// One entry for each agency with a node of its own.
    package var peers: [PeerState]
    /// One entry for each agency that this node hosts, or keeps a key for.
    package var desks: [HostedDesk]
    /// Some list was cut at 1,000.
    package var truncated: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      agency: String, name: String? = nil, now: String, node: NodeState,
      peers: [PeerState] = [], desks: [HostedDesk] = [], truncated: Bool = false
    ) {
      self.agency = agency
      self.name = name
      self.now = now
      self.node = node
      self.peers = peers
      self.desks = desks
      self.truncated = truncated
    }
  }

  /// The node process in `status`.
  package struct NodeState: Codable, Hashable, Sendable {
    /// Version of the program.
    package var version: String
    /// When the process started.
    package var startedAt: String
    /// Whether it takes requests: database, migrations, keys and the comparison after a start.
    package var ready: Bool
    /// Why it is not ready, one code each.
    package var notReady: [String]
    /// Whether it holds sample data.
    package var sample: Bool
    /// Id of the first change set of the directory; null until it has joined one.
    package var directory: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      version: String, startedAt: String, ready: Bool = false, notReady: [String] = [],
      sample: Bool = false, directory: String? = nil
    ) {
      self.version = version
      self.startedAt = startedAt
      self.ready = ready
      self.notReady = notReady
      self.sample = sample
      self.directory = directory
    }
  }

  /// One peer in `status`.
  package struct PeerState: Codable, Hashable, Sendable {
    /// Code of the peer.
    package var agency: String
    /// Name of the peer in the directory.
    package var name: String?
    /// One of equal, behind, unreachable, forked, pending, revoked.
    package var state: String
    /// Deliveries waiting for the peer.
    package var outgoing: Int
    /// Deliveries that the peer has for us, as far as its head statement says.
    package var incoming: Int
    /// Change sets from it that wait for something missing.
    package var held: Int
    /// Change sets from it in quarantine.
    package var rejected: Int
    /// Fork proofs about the peer as an author.
    package var forks: Int
    /// When something came from it last; null when it was never heard.
    package var lastReceivedAt: String?
    /// The last failure with it, in the language of the reader; null when the last attempt
    /// succeeded.
    package var lastError: String?
    /// The code of that failure, for programs.
    package var lastErrorCode: String?
    /// Seconds that its clock is ahead of ours, negative when behind; null below 5 or unknown.
    package var clockAheadSeconds: Int64?
    /// Whether the clocks differ by 5 min or more; nothing is decided by a clock.
    package var clockFlagged: Bool
    /// Whether it publishes an address; one that does not only dials out, and nobody can ask it.
    package var dialable: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      agency: String, name: String? = nil, state: String, outgoing: Int, incoming: Int, held: Int,
      rejected: Int, forks: Int, lastReceivedAt: String? = nil, lastError: String? = nil,
      lastErrorCode: String? = nil, clockAheadSeconds: Int64? = nil, clockFlagged: Bool = false,
      dialable: Bool = true
    ) {
      self.agency = agency
      self.name = name
      self.state = state
      self.outgoing = outgoing
      self.incoming = incoming
      self.held = held
      self.rejected = rejected
      self.forks = forks
      self.lastReceivedAt = lastReceivedAt
      self.lastError = lastError
      self.lastErrorCode = lastErrorCode
      self.clockAheadSeconds = clockAheadSeconds
      self.clockFlagged = clockFlagged
      self.dialable = dialable
    }
  }

  /// What is running here.
  package struct Version: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.version/v1"
    /// Version of the program.
    package var version: String
    /// The commit that it was built from, `-dirty` behind it when the tree differed; or `unknown`.
    package var commit: String
    /// Change set formats that it folds.
    package var formats: [Int]
    /// Version of the peer protocol.
    package var peerProtocol: Int
    /// Version of the database server; null when none was asked.
    package var postgres: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      version: String, commit: String, formats: [Int] = [], peerProtocol: Int,
      postgres: String? = nil
    ) {
      self.version = version
      self.commit = commit
      self.formats = formats
      self.peerProtocol = peerProtocol
      self.postgres = postgres
    }
  }

  /// Asks for an exchange with peers now.
  package struct SyncRequest: Codable, Hashable, Sendable {
    /// Only this peer.
    package var peer: String?
    /// Answer only when both directions have caught up.
    package var wait: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(peer: String? = nil, wait: Bool = false) {
      self.peer = peer
      self.wait = wait
    }
  }

  /// What an exchange moved.
  package struct Sync: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.sync/v1"
    /// One entry for each peer asked.
    package var peers: [SyncedPeer]
    /// Whether both directions had caught up when the wait was over; null when nobody waited.
    package var caughtUp: Bool?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(peers: [SyncedPeer] = [], caughtUp: Bool? = nil) {
      self.peers = peers
      self.caughtUp = caughtUp
    }
  }

  /// One peer of an exchange.
  package struct SyncedPeer: Codable, Hashable, Sendable {
    /// Code of the peer.
    package var agency: String
    /// As in `status`.
    package var state: String
    /// Change sets taken.
    package var received: Int
    /// Deliveries that still wait for the peer.
    package var outgoing: Int
    /// Why it failed, in the language of the reader; null when it did not.
    package var error: String?
    /// The code of that, for programs.
    package var errorCode: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      agency: String, state: String, received: Int, outgoing: Int, error: String? = nil,
      errorCode: String? = nil
    ) {
      self.agency = agency
      self.state = state
      self.received = received
      self.outgoing = outgoing
      self.error = error
      self.errorCode = errorCode
    }
  }

  /// Moves the business clock of a sample node.
  package struct ClockRequest: Codable, Hashable, Sendable {
    /// The new time, RFC 3339, or a date for 09:00 Asia/Shanghai of it; null goes back to the
    /// system clock.
    package var set: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(set: String? = nil) {
      self.set = set
    }
  }

  /// The business clock.
  package struct Clock: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.clock/v1"
    /// What it says.
    package var now: String
    /// Whether it can be moved.
    package var sample: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(now: String, sample: Bool = false) {
      self.now = now
      self.sample = sample
    }
  }

  /// Cuts a sample node off from its peers, or joins it again.
  package struct LinkRequest: Codable, Hashable, Sendable {
    /// Whether the line is cut; a start always joins it.
    package var cut: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(cut: Bool = false) {
      self.cut = cut
    }
  }

  /// Whether a sample node is cut off.
  package struct Link: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.link/v1"
    /// Whether the line is cut.
    package var cut: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(cut: Bool = false) {
      self.cut = cut
    }
  }
}
