extension API {
  /// Shows a held change set.
  package static let heldChangeSet = Endpoint<HeldRequest, ShownHeld>(
    .get, "/office/v1/held/{id}", operation: "heldChangeSet", credential: .operator)

  /// Judges held change sets again and asks for what they wait for.
  package static let retryHeld = Endpoint<HeldRetryRequest, HeldRetry>(
    .post, "/office/v1/held/retry", operation: "retryHeld", credential: .operator)

  /// Names a held change set.
  package struct HeldRequest: Codable, Hashable, Sendable {
    /// Change set id or unique prefix of 8 hex digits.
    package var id: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(id: String) {
      self.id = id
    }
  }

  /// A held change set: what it waits for, since when, and who is asked for it.
  package struct ShownHeld: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.held-change-set/v1"
    /// Id.
    package var id: String
    /// Author that it names.
    package var author: String
    /// Dossier that it names.
    package var dossier: String
    /// Place in the chain.
    package var sequence: Int
    /// Why it waits.
    package var reason: String
    /// When the first copy came.
    package var since: String
    /// The copies of it, the oldest first.
    package var copies: [HeldCopy]
    /// What it waits for; empty when it waits for anything but change sets.
    package var missing: [HeldMissing]
    /// Peers that are asked for it; empty when nobody who may have it can be asked.
    package var asked: [String]
    /// Some list was cut at 1,000.
    package var truncated: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      id: String, author: String, dossier: String, sequence: Int, reason: String, since: String,
      copies: [HeldCopy] = [], missing: [HeldMissing] = [], asked: [String] = [],
      truncated: Bool = false
    ) {
      self.id = id
      self.author = author
      self.dossier = dossier
      self.sequence = sequence
      self.reason = reason
      self.since = since
      self.copies = copies
      self.missing = missing
      self.asked = asked
      self.truncated = truncated
    }
  }

  /// One copy of a held change set.
  package struct HeldCopy: Codable, Hashable, Sendable {
    /// Peer that delivered it.
    package var from: String
    /// Why it waits.
    package var reason: String
    /// When it came.
    package var since: String
    /// The bytes that it counts.
    package var bytes: Int

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(from: String, reason: String, since: String, bytes: Int) {
      self.from = from
      self.reason = reason
      self.since = since
      self.bytes = bytes
    }
  }

  /// Something that a held change set waits for.
  package struct HeldMissing: Codable, Hashable, Sendable {
    /// Id of the change set or directory entry.
    package var id: String
    /// missing, held, rejected or stored.
    package var state: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(id: String, state: String) {
      self.id = id
      self.state = state
    }
  }

  /// Asks to look once more at held change sets; at all of them when nothing is named.
  package struct HeldRetryRequest: Codable, Hashable, Sendable {
    /// Change set id or unique prefix of 8 hex digits.
    package var id: String?
    /// Those that this peer delivered.
    package var peer: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(id: String? = nil, peer: String? = nil) {
      self.id = id
      self.peer = peer
    }
  }

  /// What came of looking once more at held change sets.
  package struct HeldRetry: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.held-retry/v1"
    /// Held change sets that were judged again.
    package var judged: Int
    /// Those of them that are stored now.
    package var stored: Int
    /// Those of them that are rejected now.
    package var rejected: Int
    /// Those of them that still wait.
    package var waiting: Int
    /// Peers that were asked for what is missing.
    package var peers: [AskedPeer]
    /// There are more than are looked at in one go.
    package var truncated: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      judged: Int, stored: Int, rejected: Int, waiting: Int, peers: [AskedPeer] = [],
      truncated: Bool = false
    ) {
      self.judged = judged
      self.stored = stored
      self.rejected = rejected
      self.waiting = waiting
      self.peers = peers
      self.truncated = truncated
    }
  }

  /// A peer that was asked for missing change sets.
  package struct AskedPeer: Codable, Hashable, Sendable {
    /// Code of the peer.
    package var agency: String
    /// Ids that it was asked for.
    package var asked: Int
    /// Change sets that its answer brought into the log.
    package var stored: Int
    /// Change sets of its answer that wait themselves.
    package var held: Int
    /// Why it was not reached, in the language of the reader; null when it answered.
    package var error: String?
    /// The code of that, for programs.
    package var errorCode: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      agency: String, asked: Int, stored: Int, held: Int, error: String? = nil,
      errorCode: String? = nil
    ) {
      self.agency = agency
      self.asked = asked
      self.stored = stored
      self.held = held
      self.error = error
      self.errorCode = errorCode
    }
  }
}
