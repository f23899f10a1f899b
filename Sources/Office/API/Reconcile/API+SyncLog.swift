extension API {
  /// Shows the last exchanges with peers.
  package static let syncLog = Endpoint<SyncLogRequest, SyncLog>(
    .get, "/office/v1/sync/log", operation: "syncLog", credential: .operator)

  /// Asks for the last exchanges.
  package struct SyncLogRequest: Codable, Hashable, Sendable {
    /// Only with this peer.
    package var peer: String?
    /// Entries, at most 200.
    package var limit: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(peer: String? = nil, limit: Int? = nil) {
      self.peer = peer
      self.limit = limit
    }
  }

  /// The last exchanges with peers, as far as the tables of the node tell them.
  package struct SyncLog: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.sync-log/v1"
    /// The newest at the end.
    package var entries: [SyncEntry]
    /// There are older ones.
    package var truncated: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(entries: [SyncEntry] = [], truncated: Bool = false) {
      self.entries = entries
      self.truncated = truncated
    }
  }

  /// Something that came about between the node and a peer.
  package struct SyncEntry: Codable, Hashable, Sendable {
    /// When, by the business clock; a confirmation by the clock of the peer.
    package var at: String
    /// Code of the peer; empty for an operator's act that concerns none.
    package var peer: String
    /// received, confirmed, held, rejected, alarm, failed or operator.
    package var kind: String
    /// How many change sets; 1 for what counts none.
    package var count: Int
    /// Why it waits or was refused, the kind of an alarm, why a peer was not reached, or the
    /// operator's act.
    package var code: String?
    /// The number of our outbox up to which a peer confirmed.
    package var number: Int?
    /// Of what it confirmed, how many it could not take.
    package var untaken: Int?
    /// What an alarm is about, why a peer was not reached in words, or how an act ended.
    package var detail: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      at: String, peer: String, kind: String, count: Int, code: String? = nil,
      number: Int? = nil, untaken: Int? = nil, detail: String? = nil
    ) {
      self.at = at
      self.peer = peer
      self.kind = kind
      self.count = count
      self.code = code
      self.number = number
      self.untaken = untaken
      self.detail = detail
    }
  }
}
