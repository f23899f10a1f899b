/// The statements of one session that the server keeps parsed and planned.
///
/// Parsing and planning a statement of a few rows takes longer than running it. A statement is kept
/// from its second use on, by its text and the types of its binds. Two things are never kept: what
/// is no `SELECT`, `INSERT`, `UPDATE`, `DELETE` or `WITH`, since there is nothing to plan; and a
/// statement with an array of many elements, since a plan that is made once is made for arrays of
/// ten, and planning anew costs little beside that many rows.
///
/// A kept plan does not see a table grow: after `Limits.preparedUsesMax` uses a statement is
/// prepared anew.
struct PreparedStatements {
  /// How to send a statement.
  enum Turn: Equatable {
    /// With its text.
    case unprepared
    /// By the name under which the server keeps it.
    case prepared(String)
    /// By a name, after preparing it and, before that, running what makes room for it.
    case preparing(String, after: String?)
  }

  private struct Key: Hashable {
    let text: String
    let types: [UInt32]
  }

  private struct Entry {
    var name: String?
    var uses: Int
  }

  private var entries: [Key: Entry] = [:]
  private var made = 0
  /// Whether the server keeps statements that are no longer known here.
  private var hasLeftovers = false

  /// How to send a statement this time.
  mutating func turn(of text: String, _ binds: [SQLBind]) -> Turn {
    guard Self.isPlanned(text),
      binds.allSatisfy({ $0.elementCount <= Limits.preparedElementsMax })
    else { return .unprepared }
    let key = Key(text: text, types: binds.map(\.type.oid))
    // A text of a kilobyte is hashed once, not for each question.
    guard let place = entries.index(forKey: key) else {
      if entries.count >= Limits.preparedStatementsMax { forget() }
      entries[key] = Entry(name: nil, uses: 1)
      return .unprepared
    }
    entries.values[place].uses += 1
    let entry = entries.values[place]
    if let name = entry.name, entry.uses <= Limits.preparedUsesMax { return .prepared(name) }
    let former = hasLeftovers ? "DEALLOCATE ALL" : entry.name.map { "DEALLOCATE \($0)" }
    hasLeftovers = false
    made += 1
    let name = "guantong_\(made)"
    entries.values[place] = Entry(name: name, uses: 1)
    return .preparing(name, after: former)
  }

  /// Takes nothing for prepared from now on, after a failure or when there are too many.
  mutating func forget() {
    hasLeftovers = hasLeftovers || entries.values.contains { $0.name != nil }
    entries = [:]
  }

  private static let planned = ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"]

  /// Whether the server plans such a statement.
  static func isPlanned(_ text: String) -> Bool {
    let start = text.utf8.drop { $0 <= UInt8(ascii: " ") || $0 == UInt8(ascii: "(") }
    return planned.contains { start.starts(with: $0.utf8) }
  }
}
