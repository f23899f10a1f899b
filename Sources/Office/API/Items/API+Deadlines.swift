extension API {
  /// Lists what is due, by date.
  package static let deadlines = Endpoint<DeadlineListRequest, DeadlineList>(
    .get, "/office/v1/deadlines", operation: "deadlines", credential: .operator)

  /// Asks for what is due.
  package struct DeadlineListRequest: Codable, Hashable, Sendable {
    /// Only what this agency owes.
    package var agency: String?
    /// Only in this dossier.
    package var dossier: String?
    /// Only under this lamp: green, amber, red, black or paused.
    package var lamp: String?
    /// Only what is overdue: red or black.
    package var overdue: Bool
    /// Also rights that have not lapsed yet.
    package var rights: Bool
    /// The page asked for, from 1.
    package var page: Int?
    /// Entries on a page, at most 200.
    package var limit: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      agency: String? = nil, dossier: String? = nil, lamp: String? = nil, overdue: Bool = false,
      rights: Bool = false, page: Int? = nil, limit: Int? = nil
    ) {
      self.agency = agency
      self.dossier = dossier
      self.lamp = lamp
      self.overdue = overdue
      self.rights = rights
      self.page = page
      self.limit = limit
    }
  }

  /// What is due, computed when it is asked for.
  package struct DeadlineList: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.deadlines/v1"
    /// The day from which the lamps are.
    package var on: String
    /// The earliest first.
    package var deadlines: [DeadlineLine]
    /// The next page; null on the last.
    package var next: Int?
    /// There was more to compute than is computed at once.
    package var truncated: Bool
    /// How far the clock of the peer that differs most is ahead of ours, where it differs so much
    /// that the lamps may be of another day; null otherwise.
    package var clockAheadSeconds: Int64?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      on: String, deadlines: [DeadlineLine] = [], next: Int? = nil, truncated: Bool = false,
      clockAheadSeconds: Int64? = nil
    ) {
      self.on = on
      self.deadlines = deadlines
      self.next = next
      self.truncated = truncated
      self.clockAheadSeconds = clockAheadSeconds
    }
  }

  /// What one agency owes, or may still ask for, by a date.
  package struct DeadlineLine: Codable, Hashable, Sendable {
    /// Dossier.
    package var dossier: String
    /// Kind of the dossier.
    package var kind: String
    /// Number of the dossier.
    package var number: String?
    /// Title of the dossier.
    package var title: String?
    /// The letter, item, version, cover, figures or expert that it is about.
    package var subject: String
    /// Code of the rule; null where the date is stated.
    package var rule: String?
    /// What the rule rests on.
    package var basis: String?
    /// Who owes it, or has the right.
    package var owes: String
    /// The last day.
    package var dueOn: String
    /// Calendar days until then, below zero when it is over.
    package var daysLeft: Int
    /// green, amber, red, black or paused.
    package var lamp: String
    /// Who has to answer first.
    package var waitingOn: String?
    /// Since when.
    package var waitingSince: String?
    /// It is a right that lapses, and nothing owed.
    package var right: Bool
    /// The highest level of supervision reached.
    package var level: String?
    /// The level that it is time for.
    package var suggestion: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      dossier: String, kind: String, number: String? = nil, title: String? = nil,
      subject: String, rule: String? = nil, basis: String? = nil, owes: String, dueOn: String,
      daysLeft: Int, lamp: String, waitingOn: String? = nil, waitingSince: String? = nil,
      right: Bool = false, level: String? = nil, suggestion: String? = nil
    ) {
      self.dossier = dossier
      self.kind = kind
      self.number = number
      self.title = title
      self.subject = subject
      self.rule = rule
      self.basis = basis
      self.owes = owes
      self.dueOn = dueOn
      self.daysLeft = daysLeft
      self.lamp = lamp
      self.waitingOn = waitingOn
      self.waitingSince = waitingSince
      self.right = right
      self.level = level
      self.suggestion = suggestion
    }
  }
}
