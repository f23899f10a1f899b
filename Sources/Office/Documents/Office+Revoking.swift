import Casework
import Exchange
import Ledger
import Postgres
import Replica

extension Office {
  /// Revokes a document that this agency issued, saying why; it stays readable.
  ///
  /// A referral is withdrawn with the consent of its addressee, and minutes are amended by a
  /// version that is countersigned anew, so neither of the two is revoked.
  package func revokeDocument(
    _ request: API.RevokeDocumentRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(API.revokeDocument, request, by: acting, on: request.document) {
      transaction, desk in
      let found = try Lookup(agency: agency).find(request.document, in: transaction)
      guard found.kind == .document, let id = found.record else {
        throw Lookup.notFound(request.document)
      }
      let row = try transaction.sql.firstRow(
        """
        SELECT change, part, record, author, form, state, issued_on FROM casework.document
        WHERE dossier = \(found.dossier) AND id = \(id)
        ORDER BY author = \(agency) DESC LIMIT 1
        """)
      guard let row, let form = DocumentForm(rawValue: try row.value(4)) else {
        throw Lookup.notFound(request.document)
      }
      let author = try row.value(3, as: AgencyCode.self)
      guard form != .referral, form != .minutes else {
        throw OfficeError(.conflict, ["detail": "conflict.notRevocable"])
      }
      let state = DocumentState(rawValue: try row.value(5)) ?? .issued
      let reached = Desk.Reached(group: "draft", agency: author, on: try row.value(6))
      let role = try desk.role(
        .verb(.revoke), in: Machines.document, from: state, reached: reached)
      guard author == agency else {
        throw OfficeError(.notYours, ["verb": "verb.revoke", "agency": author.rawValue])
      }
      let act = Act(
        on: id, .document, verb: .revoke, actor: try desk.clerk().id, role: role,
        date: try desk.date(request.on), basis: [try Citation(row)],
        note: try Field.text(request.text, "text"))
      return try desk.write(
        act, in: found.dossier, state: DocumentState.revoked.rawValue, in: transaction)
    }
  }
}
