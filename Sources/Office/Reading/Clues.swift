import Casework
import Ledger
import Postgres
import Replica

/// Reads letters at their addressees with what due dates depend on.
enum Referrals {
  static let columns: SQL = """
    SELECT r.document, r.number, r.sender, r.addressee, r.forwarded_by, r.state, r.withdraw,
      r.received_on, r.internal_number, h.stage, h.close_kind, r.form, r.accepted_on,
      r.fed_back_on, h.stage_on, d.due_on, d.change, r.dossier, s.stored_at
    FROM casework.referral r
    JOIN casework.document d
      ON d.dossier = r.dossier AND d.author = r.sender AND d.id = r.document
    JOIN ledger.change_set s ON s.id = d.change
    LEFT JOIN casework.handling h
      ON h.dossier = r.dossier AND h.document = r.document AND h.body = r.addressee
    """

  /// One letter at one addressee; `delivered` is when the addressee's node stored it.
  static func shown(
    _ row: Row, delivered: Timestamp?, _ deadlines: Deadlines
  ) throws -> API.Referral {
    let withdrawal: String? =
      switch try row.value(6, as: String.self) {
      case WithdrawState.none.rawValue: nil
      case WithdrawState.requested.rawValue: "asked"
      case WithdrawState.noEffect.rawValue: "ineffective"
      case let other: other
      }
    return API.Referral(
      document: try row.value(0, as: RecordID.self).uuidString, number: try row.value(1),
      from: try row.value(2), to: try row.value(3), forwardedBy: try row.value(4),
      state: try row.value(5), withdrawal: withdrawal, deliveredAt: delivered?.description,
      receivedOn: try row.value(7, as: CivilDate?.self)?.description,
      dueOn: try due(row, delivered: delivered, deadlines)?.on.description,
      internalNumber: try row.value(8), disposition: try row.value(9),
      closeKind: try row.value(10))
  }

  /// What is due next.
  static func due(
    _ row: Row, delivered: Timestamp?, _ deadlines: Deadlines
  ) throws -> DueDate? {
    guard let state = ReferralState(rawValue: try row.value(5)) else { return nil }
    let form = DocumentForm(rawValue: try row.value(11))
    return deadlines.due(
      of: Deadlines.Letter(
        isReferral: form == .referral, form: form, state: state, answerBy: try row.value(15),
        deliveredOn: delivered?.civilDate,
        receivedOn: try row.value(7), acceptedOn: try row.value(12),
        fedBackOn: try row.value(13),
        stage: try row.value(9, as: String?.self).flatMap(HandlingStage.init(rawValue:)),
        stageOn: try row.value(14)))
  }

}

extension Office {
  /// Lists clues by number.
  package func clues(_ request: API.ClueListRequest) async throws -> API.ClueList {
    let page = try Page(request.page, request.limit)
    let state = try Field.optionalWord(request.state, "state", among: ClueCard.State.codes)
    return try await read { transaction in
      let deadlines = try Deadlines.read(in: transaction.sql)
      let sight = try Sight(of: agency, in: transaction)
      let question = ListQuestion(agency: agency, list: .clues, filters: [state])
      let (keys, next) = try kept.dossiers.page(page, of: question, in: transaction) { clause in
        """
        SELECT c.dossier FROM casework.clue c
        WHERE (\(state)::text IS NULL OR c.state = \(state)) AND \(sight.sees("c.dossier"))
        ORDER BY c.number NULLS LAST, c.dossier
        \(clause)
        """
      }
      let lines = try transaction.sql.rows(
        """
        SELECT c.dossier, c.number, c.title, c.home, c.state, c.holder, c.document
        FROM casework.clue c JOIN \(DossierKey.rows(keys)) ON p.dossier = c.dossier
        ORDER BY p.place
        """)
      let dues = try dues(of: keys.map(\.dossier), deadlines, in: transaction)
      let clues = try lines.map { row in
        let dossier = try row.value(0, as: DossierID.self)
        let holder = try row.value(5, as: String?.self)
        let document = try row.value(6, as: RecordID?.self)
        let due = document.flatMap { dues[LetterKey(dossier, $0, holder ?? "")] }
        return API.ClueLine(
          dossier: dossier.hex, number: try row.value(1), title: try row.value(2),
          home: try row.value(3), state: try row.value(4), holder: holder,
          dueOn: due?.on.description)
      }
      return API.ClueList(clues: clues, next: next)
    }
  }

  /// Shows a clue.
  ///
  /// Sealed sheets are withheld unless a person with a content role asks, and such a look stands in
  /// the audit.
  package func clue(
    _ request: API.ClueRequest, by acting: Acting = .node
  ) async throws -> API.Clue {
    try await look("clue", on: request.clue, by: acting) { transaction, reader in
      let id = try Lookup(agency: agency).dossier(request.clue, in: transaction)
      let row = try transaction.sql.firstRow(
        """
        SELECT number, title, home, state, holder, document FROM casework.clue
        WHERE dossier = \(id)
        """)
      guard let row, let graph = try transaction.graphs([id])[id] else {
        throw Lookup.notFound(request.clue)
      }
      let deadlines = try Deadlines.read(in: transaction.sql)
      let view = try transaction.directory()?.current
      let rows = try transaction.sql.rows(
        """
        \(Referrals.columns) WHERE r.dossier = \(id)
        ORDER BY d.authored_at, r.document, r.sent_on, r.addressee
        LIMIT \(Limits.answerListMax + 1)
        """)
      let deliveries = try Deliveries(of: Array(rows), at: node, view, in: transaction)
      let referrals = try rows.map { row in
        try Referrals.shown(row, delivered: deliveries.time(of: row), deadlines)
      }
      let (points, pointsCut) = API.cut(
        try Items.all(of: id, kind: .cluePoint, deadlines, in: transaction))
      let (results, resultsCut) = API.cut(try Results.all(of: id, in: transaction))
      let (acts, actsCut) = API.cut(
        try Acts(dossier: id, agency: agency).all(of: graph, for: &reader, in: transaction))
      let (shown, referralsCut) = API.cut(referrals)
      let document = try row.value(5, as: RecordID?.self)?.uuidString
      let holder = try row.value(4, as: String?.self)
      let inPlay = shown.last { $0.document == document && $0.to == holder }
      let merged = try mergedInto(id, in: transaction)
      return API.Clue(
        dossier: id.hex, number: try row.value(0), title: try row.value(1),
        home: try row.value(2), state: try row.value(3), holder: holder, dueOn: inPlay?.dueOn,
        mergedInto: merged, members: graph.members.sorted().map(\.rawValue), points: points,
        referrals: shown, results: results, acts: acts,
        truncated: pointsCut || resultsCut || actsCut || referralsCut)
    }
  }

  /// What a clue was merged into: the dossier where this agency has it, else the record named.
  private func mergedInto(
    _ dossier: DossierID, in transaction: borrowing OfficeTransaction
  ) throws -> String? {
    guard let survivor = try transaction.folded(dossier)?.clue?.mergedInto else { return nil }
    guard let other = try Self.dossier(ofCover: survivor, in: transaction),
      try Sight(of: agency, in: transaction).sees(other, in: transaction)
    else { return survivor.uuidString }
    return other.hex
  }

  private struct LetterKey: Hashable {
    let dossier: DossierID
    let document: RecordID
    let addressee: String

    init(_ dossier: DossierID, _ document: RecordID, _ addressee: String) {
      self.dossier = dossier
      self.document = document
      self.addressee = addressee
    }
  }

  /// The due dates of every letter of some dossiers, in one statement.
  private func dues(
    of dossiers: [DossierID], _ deadlines: Deadlines, in transaction: borrowing OfficeTransaction
  ) throws -> [LetterKey: DueDate] {
    let view = try transaction.directory()?.current
    var dues: [LetterKey: DueDate] = [:]
    let rows = try transaction.sql.rows(
      "\(Referrals.columns) WHERE r.dossier = ANY(\(dossiers))")
    let deliveries = try Deliveries(ofSent: Array(rows), at: node, view, in: transaction)
    for row in rows {
      let delivered = try deliveries.time(of: row)
      let key = LetterKey(
        try row.value(17), try row.value(0), try row.value(3, as: String.self))
      dues[key] = try Referrals.due(row, delivered: delivered, deadlines)
    }
    return dues
  }
}
