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
        throw Desk.notOver(ledgers.period, on: desk.today)
      }
      let title = "\(ledgers.period)对账单:\(agency)与\(ledgers.peer)"
      var content = DraftContent(
        form: .statement, title: title, body: try desk.statement(ledgers, in: transaction).text,
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
    try await write(
      API.countersignStatement, request, by: acting, on: request.statement
    ) { transaction, desk in
      let named = request.statement
      let (place, dossier) = try standingPlace(
        of: .statement, named, missing: "conflict.noStatement", in: transaction)
      guard let folded = try transaction.folded(dossier), let entry = folded.entry(at: place)
      else { throw Lookup.notFound(named) }
      let advance = API.AdvanceRequest(
        dossier: named, stage: Stage.confirmed.rawValue, on: request.on, note: request.note)
      return try desk.advance(
        try CourseSubject(entry, of: folded), advance, in: folded, transaction)
    }
  }
}

extension Desk {
  /// Refuses to issue a statement that is not what this node computes now: since it was drafted
  /// records came, or a node may not be told any more.
  func assertCurrent(
    _ draft: DraftRow, in transaction: borrowing OfficeTransaction
  ) throws {
    let told = try finished(draft.content.body)
    // A draft in a form that is written no more is drafted again.
    let own = try own(told, in: transaction)
    guard own.form == told.form, own.hasBytes(of: told) else {
      throw OfficeError(.conflict, ["detail": "conflict.statementStale"])
    }
  }

  /// The statement that a text tells: of this agency and another one, of a period that is over.
  private func finished(_ text: String) throws -> Statement {
    guard let told = Statement(text: text), told.agencies.contains(office.agency) else {
      throw OfficeError(.conflict, ["detail": "conflict.statementUnreadable"])
    }
    guard told.period.last < today else { throw Self.notOver(told.period, on: today) }
    return told
  }

  /// What this node computes of the same two agencies and the same period.
  private func own(
    _ told: Statement, in transaction: borrowing OfficeTransaction
  ) throws -> Statement {
    let peer = told.agencies.first { $0 != office.agency } ?? office.agency
    return try statement(
      Ledgers(of: office.agency, with: peer, in: told.period), in: transaction)
  }

  /// The refusal of a statement that the next day may change.
  static func notOver(_ period: StatementPeriod, on today: CivilDate) -> OfficeError {
    notOver(period.last, on: today)
  }

  /// Refuses to confirm a statement that is not what this node computes.
  mutating func assertAgrees(
    with document: Casework.Document, _ entry: Entry, of folded: FoldedDossier,
    in transaction: borrowing OfficeTransaction
  ) throws {
    let author = entry.author
    // Whose own it is confirms nothing: the rows of the course say so.
    guard author != office.agency else { return }
    guard folded.state(ofDocument: entry) == .issued else {
      throw OfficeError(.conflict, ["detail": "conflict.noStatement"])
    }
    let told = try finished(document.body)
    guard told.agencies.contains(author), document.to == [office.agency] else {
      throw OfficeError(.conflict, ["detail": "conflict.statementUnreadable"])
    }
    detail = told.period.name
    let own = try own(told, in: transaction)
    guard !own.hasBytes(of: told) else { return }
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
