import Casework
import Crypto
import Exchange
import FoundationEssentials
import Ledger
import Postgres
import Replica

extension Office {
  /// Decides what is done with a clue that this discipline body accepted.
  package func dispose(_ request: API.DisposeRequest, by acting: Acting) async throws -> API.Step {
    try await write(API.dispose, request, by: acting, on: request.clue) { transaction, desk in
      let disposition = try Self.disposition(request.kind)
      let letter = try Letters(
        of: request.clue, document: request.document, by: agency, in: transaction
      ).received(fitting: [.accepted, .split], for: .disposition(disposition))
      let closing = try Field.optionalCode(request.closeKind, "closeKind", as: CloseKind.self)
      let (role, _) = try desk.handler(.disposition(disposition), letter, in: transaction)
      var act = Act(
        on: letter.document, .document, verb: .dispose, actor: try desk.clerk().id, role: role,
        date: try desk.date(request.on), basis: [letter.place],
        note: try Field.optionalText(request.note, "note"))
      act.kind = disposition.rawValue
      act.reason = closing?.rawValue ?? ""
      act.dueOn = try Field.date(request.dueOn, "dueOn")
      return try desk.write(act, in: letter.dossier, in: transaction)
    }
  }

  /// Records a result: of this discipline body on a clue, or of any agency in a dossier of the kind
  /// that the result belongs to.
  package func recordResult(
    _ request: API.ResultRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(API.recordResult, request, by: acting, on: request.clue) {
      transaction, desk in
      let kind = try Field.code(request.kind, "kind", as: ResultKind.self)
      if !kind.isDiscipline { return try desk.record(kind, request, in: transaction) }
      let letter = try Letters(
        of: request.clue, document: nil, by: agency, in: transaction
      ).received(fitting: [.accepted, .split], for: .result(kind))
      let role = try desk.handler(.result(kind), letter, in: transaction).role
      let filing = try desk.filing(request.case, kind, letter, in: transaction)
      let result = Casework.Result(
        kind: kind, on: try desk.date(request.on), caseFiled: filing?.id,
        measures: try request.measures.map(measure), amount: request.amount.map(Int64.init),
        personKey: try desk.personKey(request.personKey, in: transaction),
        decidedBy: try Field.optionalLine(request.decidedBy, "decidedBy"),
        documentNumber: try Field.optionalLine(request.documentNumber, "documentNumber"),
        note: try Field.optionalText(request.note, "note"),
        formOfDiscipline: try formOfDiscipline(request.formOfDiscipline),
        actor: try desk.clerk().id,
        role: role, clue: letter.document,
        basis: [letter.place] + [filing?.place].compactMap(\.self),
        rating: try desk.rating(request.rating, as: kind))
      var composition = Composition(agency)
      composition.add(desk.newID(), .result(result))
      let written = try desk.commit(composition, to: letter.dossier, in: transaction)
      return try desk.step(letter.dossier, written.id, composition.ids, in: transaction)
    }
  }

  /// Reads a disposition by its code; a stage that only a result reaches is none.
  private static func disposition(_ code: String) throws -> Disposition {
    try Field.code(code, "kind", as: Disposition.self)
  }
}

extension Desk {
  /// The role for a step of the handling, from the stage that this body has reached.
  fileprivate func handler(
    _ step: Casework.Step, _ letter: Letter, in transaction: borrowing OfficeTransaction
  ) throws -> (role: Role, stage: HandlingStage) {
    let row = try transaction.sql.firstRow(
      """
      SELECT stage, stage_on FROM casework.handling
      WHERE dossier = \(letter.dossier) AND document = \(letter.document)
        AND body = \(office.agency)
      """)
    guard let row else {
      // Not accepted here: the role is checked first, then the state of the letter is named.
      let rules = Machines.handling.rules.filter { $0.step == step }
      if let rule = rules.first { _ = try role(rule.roles, for: "verb.\(step.code)") }
      throw OfficeError(unlawful: "verb.\(step.code)", in: letter.state, letter.reached)
    }
    let stage = HandlingStage(rawValue: try row.value(0)) ?? .registered
    let reached = Reached(group: "handling", agency: office.agency, on: try row.value(1))
    return (try role(step, in: Machines.handling, from: stage, reached: reached), stage)
  }

  /// The filing that a result belongs to: the one named, or the only one of this body.
  fileprivate func filing(
    _ named: String?, _ kind: ResultKind, _ letter: Letter,
    in transaction: borrowing OfficeTransaction
  ) throws -> (id: RecordID, place: Citation)? {
    guard kind.isDiscipline, kind != .caseFiled else { return nil }
    let rows = try transaction.sql.rows(
      """
      SELECT change, part, record, id FROM casework.result
      WHERE dossier = \(letter.dossier) AND author = \(office.agency)
        AND clue = \(letter.document) AND kind = \(ResultKind.caseFiled.rawValue)
        AND status = \(ResultState.valid.rawValue)
      ORDER BY on_date, id
      """)
    let filings = try rows.map { (id: try $0.value(3, as: RecordID.self), place: try Citation($0)) }
    if let named, !named.isEmpty {
      let id = try Field.record(named, "case")
      guard let filing = filings.first(where: { $0.id == id }) else {
        throw Lookup.notFound(named)
      }
      return filing
    }
    if filings.count > 1 { throw OfficeError(.missingValue, ["field": "case"]) }
    return filings.first
  }

  /// The keyed hash of a person: equal for the same person at this body, and for nobody else.
  ///
  /// HMAC-SHA256 with a secret of this office, which never leaves it, over what the clerk typed; so
  /// persons can be counted without being named, and not linked between bodies. What is a hash
  /// already is kept.
  fileprivate func personKey(
    _ text: String?, in transaction: borrowing OfficeTransaction
  ) throws -> String {
    let text = try Field.optionalText(text, "personKey")
    guard !text.isEmpty, Hash256(hex: text) == nil else { return text }
    let secret: [UInt8]
    let kept = try Setting.personSecret.value(at: office.settingsDesk, in: transaction.sql)
    if let known = kept.flatMap({ Hex.decode($0) }) {
      secret = known
    } else {
      secret = office.entropy.bytes(Hash256.byteCount)
      try Setting.personSecret.set(
        Hex.encode(secret), at: office.settingsDesk, in: transaction.sql)
    }
    let code = HMAC<SHA256>.authenticationCode(
      for: Array(text.utf8), using: SymmetricKey(data: secret))
    return Hex.encode(Array(code))
  }
}
