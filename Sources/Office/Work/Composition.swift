import Casework
import Ledger

/// What one step writes: statements and records of the open part, and sealed parts.
struct Composition {
  private(set) var membership: [MembershipStatement] = []
  private(set) var records: [Record] = []
  private(set) var sealed: [Part] = []
  private let author: AgencyCode

  init(_ author: AgencyCode) {
    self.author = author
  }

  /// The ids of the records of the open part, in their order.
  var ids: [RecordID] { records.map(\.id) }

  /// Adds a record to the open part.
  mutating func add(
    _ id: RecordID, _ content: CaseRecord.Content, revises: Citation? = nil
  ) {
    records.append(Record(id: id, author: author, revises: revises, content))
  }

  /// Adds a statement of membership.
  mutating func add(_ statement: MembershipStatement) {
    membership.append(statement)
  }

  /// Adds a sealed part.
  mutating func seal(
    _ content: CaseRecord.Content, _ id: RecordID, for audience: [AgencyCode],
    revises: Citation? = nil
  ) {
    sealed.append(
      Part(
        audience: Set(audience + [author]).sorted(),
        records: [Record(id: id, author: author, revises: revises, content)]))
  }

  /// The parts, the open one first, of one change set after the other: the first has all that is
  /// open, and the others the sealed parts that do not fit into it.
  var changeSets: [[Part]] {
    let rest = stride(from: Limits.sheetsMax, to: sealed.count, by: Limits.sheetsMax).map { start in
      [Part()] + sealed[start...].prefix(Limits.sheetsMax)
    }
    return [[Part(membership: membership, records: records)] + sealed.prefix(Limits.sheetsMax)]
      + rest
  }
}
