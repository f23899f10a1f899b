package import Ledger
package import Postgres

/// Settings of the office in `office.setting`: what an operator may change while the node runs.
package enum Setting: String, Sendable, CaseIterable {
  /// `on`: the node agrees by itself to a withdrawal while the fate of the letter is open.
  case autoAgreeWithdraw = "office.auto_agree_withdraw"
  /// The word before the mark of a series in document numbers, such as `样法`.
  case numberWord = "office.number_word"
  /// What findings may be about beside the table, such as `安全生产、信访积案`.
  case findingCategories = "office.finding_categories"
  /// Microseconds the business clock of a sample node is ahead of the system's.
  case clockAhead = "office.clock_ahead"
  /// The secret of the keyed hashes of persons, in hexadecimal; drawn at its first use.
  case personSecret = "office.person_secret"
  /// The key under which everything is re-affirmed, in hexadecimal; nothing before a rotation.
  case reaffirmedKey = "office.reaffirmed_key"
  /// What is known of the rebuild of this node, in JSON; nothing when it was never lost.
  case rebuilt = "office.rebuilt"
  /// The dossiers in whose logs the last checks found a hole, in hexadecimal with spaces between.
  case holed = "office.holed"
  /// Our word that our key is withdrawn, for the registrar: body and signature in hexadecimal with
  /// a space between; nothing when it could always be brought at once.
  case suspension = "office.suspension"

  /// What it is when nobody set it; nil where that depends on the agency.
  package var fallback: String? {
    switch self {
    case .autoAgreeWithdraw: "off"
    case .numberWord, .personSecret, .reaffirmedKey, .rebuilt, .suspension: nil
    case .findingCategories, .holed: ""
    case .clockAhead: "0"
    }
  }

  /// Its value; at the desk of a hosted agency that desk's own.
  package func value(
    at desk: AgencyCode? = nil, in transaction: borrowing Transaction
  ) throws -> String? {
    try transaction.value(
      "SELECT value FROM office.setting WHERE name = \(Self.name(rawValue, at: desk))",
      as: String.self) ?? fallback
  }

  /// Sets it.
  package func set(
    _ value: String, at desk: AgencyCode? = nil, in transaction: borrowing Transaction
  ) throws {
    try Self.keep(value, as: Self.name(rawValue, at: desk), in: transaction)
  }

  /// Keeps a value under the name of a row.
  static func keep(
    _ value: String, as name: String, in transaction: borrowing Transaction
  ) throws {
    try transaction.later(
      """
      INSERT INTO office.setting (name, value) VALUES (\(name), \(value))
      ON CONFLICT (name) DO UPDATE SET value = excluded.value
      """)
  }

  /// The name of a row: the setting's own, and the agency behind it at a hosted agency's desk.
  static func name(_ setting: String, at desk: AgencyCode?) -> String {
    desk.map { "\(setting) \($0)" } ?? setting
  }

  /// The settings that an operator may see and change.
  package static let operators: [Setting] = [.autoAgreeWithdraw, .numberWord, .findingCategories]

  /// What its values look like.
  var expected: String {
    switch self {
    case .autoAgreeWithdraw: "on | off"
    case .numberWord: "样法"
    case .findingCategories: "expected.categories"
    case .clockAhead, .personSecret, .reaffirmedKey, .rebuilt, .holed, .suspension: "-"
    }
  }

  /// Whether an operator may give it this value; what the office keeps for itself none may.
  package func accepts(_ value: String) -> Bool {
    switch self {
    case .autoAgreeWithdraw: value == "on" || value == "off"
    case .numberWord:
      (1...8).contains(value.count) && !value.contains { "〔〕[]() \t\n".contains($0) }
    case .findingCategories:
      // As one line, so that it may be read wherever a category may.
      value.isEmpty
        || (try? Field.line(value, rawValue)) == value && !value.contains(where: \.isWhitespace)
    case .clockAhead, .personSecret, .reaffirmedKey, .rebuilt, .holed, .suspension: false
    }
  }
}
