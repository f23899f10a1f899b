extension API {
  /// What is overdue, was rejected or has relapsed.
  package struct Overdue: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.overdue/v1"
    /// As of the end of this day.
    package var asOf: String
    /// The longest overdue first; then what is not overdue.
    package var lines: [OverdueLine]
    /// There is more than the node puts in order at once; ask for one region or agency.
    package var truncated: Bool
    /// The next page; null on the last.
    package var next: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      asOf: String, lines: [OverdueLine] = [], truncated: Bool = false, next: Int? = nil
    ) {
      self.asOf = asOf
      self.lines = lines
      self.truncated = truncated
      self.next = next
    }
  }

  /// One thing that is overdue, was rejected or has relapsed.
  package struct OverdueLine: Codable, Hashable, Sendable {
    /// The dossier.
    package var dossier: String
    /// Its number.
    package var number: String?
    /// The item, the letter, or what has the course.
    package var record: String
    /// item, letter or course.
    package var type: String
    /// Whose turn it is.
    package var unit: String
    /// Where it stands.
    package var state: String
    /// The due date; null where none is owed any more.
    package var dueOn: String?
    /// Days past it; 0 when it is not overdue.
    package var days: Int
    /// The rule of the due date; null where the paper states it.
    package var rule: String?
    /// The highest step of the ladder of supervision; null when none was taken.
    package var level: String?
    /// overdue, rejected, relapsed.
    package var reasons: [String]
    /// The text of the item, the number of the letter or the title of the dossier.
    package var text: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      dossier: String, number: String? = nil, record: String, type: String, unit: String,
      state: String, dueOn: String? = nil, days: Int = 0, rule: String? = nil,
      level: String? = nil, reasons: [String] = [], text: String
    ) {
      self.dossier = dossier
      self.number = number
      self.record = record
      self.type = type
      self.unit = unit
      self.state = state
      self.dueOn = dueOn
      self.days = days
      self.rule = rule
      self.level = level
      self.reasons = reasons
      self.text = text
    }
  }
}
