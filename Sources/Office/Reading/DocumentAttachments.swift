import Exchange
import Ledger
import Postgres
import Replica

/// The attachments of one issued document, with what is here of each.
struct DocumentAttachments {
  private let lines: [(shown: API.Attachment, listed: ListedAttachment?)]

  /// The place of a document that this agency may see; nil when there is none.
  static func place(
    of document: RecordID, _ dossier: DossierID, _ agency: AgencyCode,
    _ transaction: borrowing OfficeTransaction
  ) throws -> Citation? {
    try transaction.sql.firstRow(
      """
      SELECT change, part, record FROM casework.document
      WHERE dossier = \(dossier) AND id = \(document)
      UNION ALL
      SELECT change, part, record FROM casework.sealed_document AS s
      WHERE dossier = \(dossier) AND id = \(document) AND \(SealedRows.areFor(agency))
      ORDER BY part, change
      LIMIT 1
      """
    ).map { try Citation($0) }
  }

  /// Reads what the document at a place lists.
  init(
    at place: Citation, _ dossier: DossierID, in transaction: borrowing OfficeTransaction
  ) throws {
    let rows = try transaction.sql.rows(
      """
      SELECT a.name, a.size, a.root, a.position FROM casework.document AS d
      JOIN casework.attachment AS a
        ON a.dossier = d.dossier AND a.author = d.author AND a.document = d.id
      WHERE d.dossier = \(dossier) AND d.change = \(place.change) AND d.part = \(place.part)
        AND d.record = \(place.record)
      UNION ALL
      SELECT a.name, a.size, a.root, a.position FROM casework.sealed_document AS d
      JOIN casework.sealed_attachment AS a
        ON a.dossier = d.dossier AND a.author = d.author AND a.document = d.id
          AND a.audience_hash = d.audience_hash
      WHERE d.dossier = \(dossier) AND d.change = \(place.change) AND d.part = \(place.part)
        AND d.record = \(place.record)
      ORDER BY 4
      """)
    let known = try transaction.attachments(of: dossier).filter { listed in
      listed.place.change == place.change && listed.place.part == place.part
        && listed.record == place.record
    }
    lines = try rows.map { row in
      let position = try row.value(3, as: Int.self)
      let listed = known.first { $0.index == position }
      let total = listed?.content.cut.count ?? 1
      let isWhole = listed?.isComplete ?? false
      return (
        API.Attachment(
          name: try row.value(0), size: try row.value(1),
          root: try row.value(2, as: Hash256.self).hex, present: isWhole, position: position,
          state: isWhole ? "complete" : "missing", piecesHave: listed?.have ?? 0,
          piecesTotal: total), listed
      )
    }
  }

  /// All of them as the API shows them.
  var shown: [API.Attachment] { lines.map(\.shown) }

  /// The attachment at a position; nil when there is none or nothing is noted of it.
  func line(_ position: Int) -> (API.Attachment, ListedAttachment)? {
    guard let line = lines.first(where: { $0.shown.position == position }),
      let listed = line.listed
    else { return nil }
    return (line.shown, listed)
  }
}
