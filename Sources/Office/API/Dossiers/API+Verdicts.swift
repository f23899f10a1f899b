extension API {
  /// Asks for what has no effect.
  package struct VoidListRequest: Codable, Hashable, Sendable {
    /// Only in this dossier.
    package var dossier: String?
    /// The page asked for, from 1.
    package var page: Int?
    /// Entries on a page, at most 200.
    package var limit: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(dossier: String? = nil, page: Int? = nil, limit: Int? = nil) {
      self.dossier = dossier
      self.page = page
      self.limit = limit
    }
  }

  /// Stored change sets, parts and records without effect.
  package struct VoidList: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.voids/v1"
    /// By dossier and place.
    package var voids: [VoidEntry]
    /// The next page; null on the last.
    package var next: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(voids: [VoidEntry] = [], next: Int? = nil) {
      self.voids = voids
      self.next = next
    }
  }

  /// One entry without effect.
  package struct VoidEntry: Codable, Hashable, Sendable {
    /// Id of the change set.
    package var id: String
    /// Its author.
    package var author: String
    /// Its dossier.
    package var dossier: String
    /// Part; null for the whole change set.
    package var part: Int?
    /// Place of the record in the part; null for the whole part.
    package var record: Int?
    /// Why.
    package var reason: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      id: String, author: String, dossier: String, part: Int? = nil, record: Int? = nil,
      reason: String
    ) {
      self.id = id
      self.author = author
      self.dossier = dossier
      self.part = part
      self.record = record
      self.reason = reason
    }
  }

  /// Asks for alarms.
  package struct AlarmListRequest: Codable, Hashable, Sendable {
    /// Only about this peer.
    package var peer: String?
    /// The page asked for, from 1.
    package var page: Int?
    /// Entries on a page, at most 200.
    package var limit: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(peer: String? = nil, page: Int? = nil, limit: Int? = nil) {
      self.peer = peer
      self.page = page
      self.limit = limit
    }
  }

  /// Evidence that something went wrong at peers.
  package struct AlarmList: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.alarms/v1"
    /// Newest first.
    package var alarms: [Alarm]
    /// The next page; null on the last.
    package var next: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(alarms: [Alarm] = [], next: Int? = nil) {
      self.alarms = alarms
      self.next = next
    }
  }

  /// One alarm.
  package struct Alarm: Codable, Hashable, Sendable {
    /// The peer it concerns.
    package var peer: String
    /// What happened.
    package var kind: String
    /// What it is about, for finding it again.
    package var subject: String
    /// When it was noticed.
    package var at: String
    /// SHA-256 of the signed bytes that prove it; empty when none do.
    package var evidence: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      peer: String, kind: String, subject: String, at: String, evidence: String = ""
    ) {
      self.peer = peer
      self.kind = kind
      self.subject = subject
      self.at = at
      self.evidence = evidence
    }
  }
}
