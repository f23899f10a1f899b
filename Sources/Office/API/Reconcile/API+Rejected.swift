extension API {
  /// Shows a rejected change set.
  package static let rejectedChangeSet = Endpoint<RejectedRequest, ShownRejected>(
    .get, "/office/v1/rejected/{id}", operation: "rejectedChangeSet", credential: .operator)

  /// Names a rejected change set.
  package struct RejectedRequest: Codable, Hashable, Sendable {
    /// Change set id or unique prefix of 8 hex digits.
    package var id: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(id: String) {
      self.id = id
    }
  }

  /// A rejected change set: why, who delivered it and when, and what its header says; nothing of
  /// its parts.
  package struct ShownRejected: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.rejected-change-set/v1"
    /// Id.
    package var id: String
    /// Why.
    package var reason: String
    /// Whether the id is marked as wrong for good, so that it is refused whoever brings it.
    package var marked: Bool
    /// Author that it names.
    package var author: String
    /// Dossier that it names.
    package var dossier: String
    /// Place in the chain that it names.
    package var sequence: Int
    /// What its header says; null where it cannot be read or the copy was given up.
    package var header: RejectedHeader?
    /// The copies in quarantine, the newest first; the oldest are given up beyond a limit.
    package var deliveries: [RejectedDelivery]
    /// The copies were cut at 1,000.
    package var truncated: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      id: String, reason: String, marked: Bool = false, author: String, dossier: String,
      sequence: Int, header: RejectedHeader? = nil, deliveries: [RejectedDelivery] = [],
      truncated: Bool = false
    ) {
      self.id = id
      self.reason = reason
      self.marked = marked
      self.author = author
      self.dossier = dossier
      self.sequence = sequence
      self.header = header
      self.deliveries = deliveries
      self.truncated = truncated
    }
  }

  /// What the header of a rejected change set says.
  package struct RejectedHeader: Codable, Hashable, Sendable {
    /// Id of the signing key.
    package var key: String
    /// Directory entry that it names.
    package var directory: String?
    /// Change set of its author before it.
    package var previous: String?
    /// Other heads that it saw.
    package var parents: [String]
    /// When its author says it was written.
    package var authoredAt: String
    /// How many parts it has.
    package var parts: Int

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      key: String, directory: String? = nil, previous: String? = nil, parents: [String] = [],
      authoredAt: String, parts: Int
    ) {
      self.key = key
      self.directory = directory
      self.previous = previous
      self.parents = parents
      self.authoredAt = authoredAt
      self.parts = parts
    }
  }

  /// One copy in quarantine.
  package struct RejectedDelivery: Codable, Hashable, Sendable {
    /// Peer that delivered it.
    package var from: String
    /// Why.
    package var reason: String
    /// When it came.
    package var since: String
    /// Its bytes.
    package var bytes: Int
    /// SHA-256 of them.
    package var digest: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(from: String, reason: String, since: String, bytes: Int, digest: String) {
      self.from = from
      self.reason = reason
      self.since = since
      self.bytes = bytes
      self.digest = digest
    }
  }
}
