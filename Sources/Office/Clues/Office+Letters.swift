import Casework
import Exchange
import Ledger
import Postgres
import Replica

extension Office {
  /// Receives a letter; a copy is noted instead.
  package func receive(_ request: API.ReceiveRequest, by acting: Acting) async throws -> API.Step {
    try await write(
      API.receive, request, by: acting, on: request.clue, recording: { _ in .act(request.scan) }
    ) { transaction, desk in
      let letter = try Letters(
        of: request.clue, document: request.document, by: agency, in: transaction
      ).received(fitting: [.sent, .copied], for: .verb(.receive))
      let verb: Verb = letter.state == .copied || letter.state == .noted ? .note : .receive
      return try desk.decide(verb, letter, request.on, request.note, in: transaction)
    }
  }

  /// Accepts a clue, wholly or some points of it.
  package func accept(_ request: API.AcceptRequest, by acting: Acting) async throws -> API.Step {
    try await write(
      API.accept, request, by: acting, on: request.clue, recording: { _ in .act(request.scan) }
    ) { transaction, desk in
      let letter = try Letters(
        of: request.clue, document: request.document, by: agency, in: transaction
      ).received(fitting: [.received, .split], for: .verb(.accept))
      let number = try Field.optionalLine(request.internalNumber, "internalNumber")
      let use = try Field.optionalCode(request.use, "use", as: OversightKind.self)
      let points = try desk.points(request.points, of: letter, in: transaction)
      return try desk.decide(.accept, letter, request.on, request.note, in: transaction) { act in
        act.points = points
        act.internalNumber = number
        act.kind = use?.rawValue ?? ""
      }
    }
  }

  /// Returns a clue with a reason and what the sender should do next.
  package func `return`(_ request: API.ReturnRequest, by acting: Acting) async throws -> API.Step {
    try await write(
      API.return, request, by: acting, on: request.clue, recording: { _ in .act(request.scan) }
    ) { transaction, desk in
      let letter = try Letters(
        of: request.clue, document: request.document, by: agency, in: transaction
      ).received(fitting: [.received, .split, .accepted], for: .verb(.return))
      let reason = try Field.code(request.reason, "reason", as: ReturnReason.self)
      let next = try Field.text(request.note, "note")
      return try desk.decide(.return, letter, request.on, next, in: transaction) { act in
        act.reason = reason.rawValue
      }
    }
  }

  /// Forwards a clue to the competent body, which gets the whole dossier.
  package func forward(_ request: API.ForwardRequest, by acting: Acting) async throws -> API.Step {
    try await write(API.forward, request, by: acting, on: request.clue) { transaction, desk in
      let letter = try Letters(
        of: request.clue, document: request.document, by: agency, in: transaction
      ).received(fitting: [.received, .split, .accepted], for: .verb(.forward))
      let to = try Field.agency(request.to, "to")
      try desk.known([to])
      try desk.refuseExcluded([to], in: letter.dossier, in: transaction)
      let points = try desk.points(request.points, of: letter, in: transaction)
      let grant = Grant(agency: to, ground: .forward, document: letter.document)
      return try desk.decide(
        .forward, letter, request.on, request.note, granting: grant, in: transaction
      ) { act in
        act.agencies = [to]
        act.points = points
      }
    }
  }

  /// Gives feedback to the sender; the final one closes the letter.
  package func feedback(
    _ request: API.FeedbackRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(
      API.feedback, request, by: acting, on: request.clue, recording: { _ in .act(request.scan) }
    ) { transaction, desk in
      let letter = try Letters(
        of: request.clue, document: request.document, by: agency, in: transaction
      ).received(fitting: [.accepted, .split], for: .verb(.feedBack))
      let stage = try Field.text(request.stage, "stage")
      let note = try Field.text(request.note, "note")
      return try desk.decide(.feedBack, letter, request.on, note, in: transaction) { act in
        act.kind = stage
        act.final = request.final
      }
    }
  }

  /// Asks the addressees whose decision is open to agree to a withdrawal.
  package func withdraw(
    _ request: API.WithdrawRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(API.withdraw, request, by: acting, on: request.clue) { transaction, desk in
      let letters = try Letters(
        of: request.clue, document: request.document, by: agency, in: transaction
      ).sent(fitting: [.sent, .received], verb: .requestWithdraw)
      guard let letter = letters.first else { throw Lookup.notFound(request.clue) }
      return try desk.decide(
        .requestWithdraw, letter, request.on, request.note, in: transaction
      ) { act in
        act.agencies = letters.map(\.addressee).sorted()
      }
    }
  }

  /// Agrees to a withdrawal that the sender asked for.
  package func agreeWithdraw(
    _ request: API.AgreeWithdrawRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(API.agreeWithdraw, request, by: acting, on: request.clue) {
      transaction, desk in
      let letter = try Letters(
        of: request.clue, document: request.document, by: agency, in: transaction
      ).received(fitting: [.sent, .received], for: .verb(.agreeWithdraw))
      let asked = try desk.requests(for: letter, in: transaction)
      return try desk.decide(
        .agreeWithdraw, letter, request.on, request.note, in: transaction
      ) { act in
        act.basis += asked
      }
    }
  }
}

extension Office {
  /// Refuses a withdrawal that the sender asked for; what was decided stays as it is.
  package func refuseWithdraw(
    _ request: API.AgreeWithdrawRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(API.refuseWithdraw, request, by: acting, on: request.clue) {
      transaction, desk in
      let letters = try Letters(
        of: request.clue, document: request.document, by: agency, in: transaction)
      let letter = try letters.received(
        fitting: [.sent, .received, .split, .accepted, .returned, .forwarded],
        for: .verb(.refuseWithdraw))
      let asked = try desk.requests(for: letter, in: transaction)
      return try desk.decide(
        .refuseWithdraw, letter, request.on, request.note, in: transaction
      ) { act in
        act.basis += asked
      }
    }
  }
}

extension Desk {
  /// Writes one act on a letter: role, state, citation of the letter, date.
  mutating func decide(
    _ verb: Verb, _ letter: Letter, _ on: String?, _ note: String?, granting grant: Grant? = nil,
    in transaction: borrowing OfficeTransaction, _ fill: (inout Act) throws -> Void = { _ in }
  ) throws -> API.Step {
    let role = try role(
      .verb(verb), in: Machines.referral, from: letter.state, reached: letter.reached)
    var act = Act(
      on: letter.document, .document, verb: verb, actor: try clerk().id, role: role,
      date: try date(on), basis: [letter.place], note: try Field.optionalText(note, "note"))
    try fill(&act)
    return try write(act, in: letter.dossier, granting: grant, in: transaction)
  }

  /// The points that a request names, by id or by their number in the letter.
  func points(
    _ named: [String], of letter: Letter, in transaction: borrowing OfficeTransaction
  ) throws -> [RecordID] {
    let rows = try transaction.sql.rows(
      """
      SELECT id, number FROM casework.item
      WHERE dossier = \(letter.dossier) AND id = ANY(\(letter.points))
      """
    )
    var byNumber: [Int: RecordID] = [:]
    for row in rows { byNumber[try row.value(1)] = try row.value(0, as: RecordID.self) }
    return try named.map { name in
      if let number = Int(name), let id = byNumber[number] { return id }
      guard let id = RecordID(uuidString: name), letter.points.contains(id) else {
        throw Field.invalid(name, "points", "1…\(letter.points.count)")
      }
      return id
    }
  }

  /// The places of the sender's requests to withdraw a letter from us.
  func requests(
    for letter: Letter, in transaction: borrowing OfficeTransaction
  ) throws -> [Citation] {
    try transaction.sql.rows(
      """
      SELECT change, part, record FROM casework.act
      WHERE dossier = \(letter.dossier) AND target = \(letter.document)
        AND author = \(letter.sender) AND verb = \(Verb.requestWithdraw.rawValue)
        AND \(letter.addressee.rawValue) = ANY(agencies)
      ORDER BY authored_at, change
      """
    ).map { try Citation($0) }
  }

  /// Refuses agencies that are excluded from a dossier.
  func refuseExcluded(
    _ agencies: [AgencyCode], in dossier: DossierID, in transaction: borrowing OfficeTransaction
  ) throws {
    let excluded = try transaction.sql.value(
      """
      SELECT agency FROM casework.member
      WHERE dossier = \(dossier) AND state = 'excluded' AND agency = ANY(\(agencies))
      ORDER BY agency LIMIT 1
      """, as: String.self)
    if let excluded { throw Self.excluded(excluded) }
  }

  /// The same where the step has the graph of the dossier in hand.
  func refuseExcluded(_ agencies: [AgencyCode], in graph: DossierGraph?) throws {
    guard let graph else { return }
    let excluded = agencies.filter { graph.excluded.contains($0) && !graph.members.contains($0) }
    if let first = excluded.min() { throw Self.excluded(first.rawValue) }
  }

  private static func excluded(_ agency: String) -> OfficeError {
    OfficeError(.conflict, ["detail": "conflict.excluded, \(agency)"])
  }
}

extension Citation {
  /// Reads change, part and record from the first three columns.
  init(_ row: Row) throws {
    self.init(change: try row.value(0), part: try row.value(1), record: try row.value(2))
  }
}
