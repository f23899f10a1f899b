import Casework
import Ledger
import Postgres
import Replica

/// Who looks at papers: an operator at the socket, or a clerk who may open sealed sheets.
///
/// Without a clerk a sealed sheet is shown by its audience alone. What a clerk opens is noted here,
/// and ``Office/look(_:on:by:always:_:)`` writes it into the audit before it is given out.
struct Reader: Sendable {
  let agency: AgencyCode
  /// The clerk, who holds a role that reads content; nil when nobody was named.
  let person: Ledger.Person?
  /// The sealed parts opened, each as change set and number, or as the draft that holds it.
  private(set) var opened: Set<String> = []
  /// What the audit notes beside.
  var detail = ""

  init(agency: AgencyCode, person: Ledger.Person?) {
    self.agency = agency
    self.person = person
  }

  /// Whether content of sealed parts is given.
  var opensSealed: Bool { person != nil }

  /// Notes that a sealed part is given out; false when it must be withheld.
  mutating func open(_ change: ChangeSetID, _ part: Int) -> Bool {
    open("\(change.hex)/\(part)")
  }

  /// A sheet as this reader may see it.
  mutating func sheet(
    _ audience: [String], _ title: String, _ body: String, at place: String
  ) -> API.ShownSheet {
    guard open(place) else {
      return API.ShownSheet(audience: audience, withheld: true, title: "", body: "")
    }
    return API.ShownSheet(audience: audience, title: title, body: body)
  }

  /// Notes that what stands at a place is given out; false when it must be withheld.
  mutating func open(_ place: String) -> Bool {
    guard opensSealed else { return false }
    opened.insert(place)
    return true
  }
}

extension Office {
  /// Reads for somebody, and writes down what of sealed parts was opened before it is given out.
  ///
  /// Whoever is named must hold a role that reads content; a name that may not read is refused and
  /// stands in the audit, as anything does that a named person was refused. `always` writes a line
  /// also where nothing was opened.
  func look<Answer: Sendable>(
    _ operation: String, on subject: String, by acting: Acting, always: Bool = false,
    _ body: @escaping @Sendable (borrowing OfficeTransaction, inout Reader) throws -> Answer
  ) async throws -> Answer {
    do {
      let (answer, reader) = try await store.read { transaction -> (Answer, Reader) in
        var reader = Reader(
          agency: agency, person: try clerk(who: acting, in: transaction))
        return (try body(transaction, &reader), reader)
      }
      if always || !reader.opened.isEmpty {
        let sealed = reader.opened.isEmpty ? [] : ["sealed"] + reader.opened.sorted()
        try await record(
          operation, on: subject, person: reader.person,
          detail: ([reader.detail].filter { !$0.isEmpty } + sealed).joined(separator: " "),
          by: acting)
      }
      return answer
    } catch {
      let refusal = Self.refusal(of: error)
      if acting.person?.isEmpty == false {
        try await auditFailure(operation, acting, subject, refusal)
      }
      throw refusal
    }
  }

  private func clerk(
    who acting: Acting, in transaction: borrowing OfficeTransaction
  ) throws -> Ledger.Person? {
    guard let name = acting.person, !name.isEmpty else { return nil }
    guard let directory = try transaction.directory() else { throw OfficeError(.notJoined) }
    let person = try clerk(name, in: directory, transaction)
    let readers = Role.allCases.filter(\.readsContent)
    guard !person.heldRoles.isDisjoint(with: readers) else {
      throw OfficeError(
        .roleMissing,
        [
          "person": person.name, "verb": "verb.read",
          "roles": readers.map { "role.\($0.rawValue)" }.joined(separator: ", "),
        ])
    }
    return person
  }
}
