import Casework
import Exchange
import Ledger
import Postgres
import Replica

extension Office {
  /// Drafts the statement of a period that is over, addressed to the peer.
  ///
  /// The first one opens a dossier that the peer gets to know with the document. While one of ours
  /// stands, the draft is its next version, in the same dossier.
  package func createStatement(
    _ request: API.CreateStatementRequest, by acting: Acting
  ) async throws -> API.Draft {
    let subject = "\(request.peer) \(request.period)"
    return try await write(API.createStatement, request, by: acting, on: subject) {
      transaction, desk in
      let ledgers = try Ledgers(
        of: agency, with: request.peer, in: request.period, transaction)
      guard ledgers.period.last < desk.today else {
        throw OfficeError(
          .dateAhead,
          ["on": ledgers.period.last.description, "today": desk.today.description])
      }
      let title = "\(ledgers.period)对账单:\(agency)与\(ledgers.peer)"
      var content = DraftContent(
        form: .statement, title: title, body: try ledgers.statement(in: transaction).text,
        to: [ledgers.peer])
      if let standing = try ledgers.issued(in: transaction).last(where: { $0.author == agency }) {
        content.supersedes = standing.document.uuidString
        return try desk.draft(content, in: standing.dossier, in: transaction)
      }
      let opened = try desk.open(Opening(kind: .statement, title: title), in: transaction)
      return try desk.draft(content, in: opened.dossier, in: transaction)
    }
  }

  /// Countersigns the statement that a peer issued: a confirmation bound to its text by the hash.
  ///
  /// What this node computes must be the same; where it is not, the pieces that differ are named
  /// with the records missing and who must act, and nothing is written. It is the step `confirmed`
  /// of the document's course, which checks the same whoever takes it.
  package func countersignStatement(
    _ request: API.CountersignStatementRequest, by acting: Acting
  ) async throws -> API.Step {
    let named = request.statement
    let document = try? await read { try statementDocument(named, in: $0) }
    return try await advance(
      API.AdvanceRequest(
        dossier: document?.uuidString ?? named, stage: Stage.confirmed.rawValue, on: request.on,
        note: request.note), by: acting)
  }

  /// The statement that a text names: a document, or the newest that stands in a dossier.
  private func statementDocument(
    _ text: String, in transaction: borrowing OfficeTransaction
  ) throws -> RecordID {
    let found = try Lookup(agency: agency).find(text, in: transaction)
    let rows = try transaction.sql.rows(
      """
      SELECT id, state FROM casework.document
      WHERE dossier = \(found.dossier) AND form = \(DocumentForm.statement.rawValue)
      ORDER BY version DESC, id DESC LIMIT \(Limits.answerListMax)
      """)
    for row in rows {
      let id = try row.value(0, as: RecordID.self)
      if found.kind == .document, found.record != id { continue }
      let state = try row.value(1, as: String.self)
      if found.kind == .document || state == DocumentState.issued.rawValue { return id }
    }
    throw Lookup.notFound(text)
  }
}

extension Desk {
  /// Refuses to confirm a statement that is not what this node computes.
  func assertAgrees(
    with document: Casework.Document, of author: AgencyCode,
    in transaction: borrowing OfficeTransaction
  ) throws {
    // Whose own it is confirms nothing: the rows of the course say so.
    guard author != office.agency else { return }
    guard let told = Statement(text: document.body),
      told.agencies == [author, office.agency].sorted()
    else { throw OfficeError(.conflict, ["detail": "conflict.statementUnreadable"]) }
    let own = try Ledgers(of: office.agency, with: author, in: told.period)
      .statement(in: transaction)
    guard own != told else { return }
    let pieces = own.differences(of: office.agency, from: told)
    let shown = pieces.prefix(Limits.candidatesMax).map { piece in
      let name = piece.number.isEmpty ? piece.subject.uuidString : piece.number
      let records = (piece.onlyOurs + piece.onlyTheirs).prefix(Limits.candidatesMax)
        .map(\.uuidString).joined(separator: " ")
      return "\(name) → \(piece.mustAct.map(\.rawValue).joined(separator: " ")): \(records)"
    }
    throw OfficeError(
      .statementDiffers,
      [
        "pieces": shown.joined(separator: "; "), "count": String(pieces.count),
        "peer": author.rawValue, "period": told.period.name,
      ])
  }
}
