import Casework
import Ledger
import Postgres
import Replica

/// One draft of the office in `office.draft`.
struct DraftRow: Sendable {
  let id: RecordID
  let dossier: DossierID
  var content: DraftContent
  var state: DocumentState
  var drafter: RecordID
  var submitter: RecordID?
  var signer: RecordID?
  var issuer: RecordID?
  var number: String?
  var change: ChangeSetID?
  let revision: Int
  /// Whether anything was attached when it was read.
  private let isAttachedTo: Bool

  private static let columns: SQL = """
    SELECT id, dossier, content, state, drafter, submitter, signer, issuer, number, change_set,
      version, EXISTS (SELECT FROM office.draft_attachment AS a WHERE a.draft = office.draft.id)
    FROM office.draft
    """

  init(
    id: RecordID, dossier: DossierID, content: DraftContent, drafter: RecordID,
    state: DocumentState = .draft
  ) {
    self.id = id
    self.dossier = dossier
    self.content = content
    self.state = state
    self.drafter = drafter
    revision = 1
    isAttachedTo = false
  }

  private init(_ row: Row) throws {
    id = try row.value(0)
    dossier = try row.value(1)
    content = try JSONValue(parsing: Array(row.value(2, as: SQLJSON.self).text.utf8)).decoded()
    state = try Field.code(try row.value(3), "state")
    drafter = try row.value(4)
    submitter = try row.value(5)
    signer = try row.value(6)
    issuer = try row.value(7)
    number = try row.value(8)
    change = try row.value(9)
    revision = try row.value(10)
    isAttachedTo = try row.value(11)
  }

  /// What was attached to it when it was read.
  func attached(in transaction: borrowing Transaction) throws -> DraftAttachments {
    guard isAttachedTo else { return DraftAttachments(noneOf: id) }
    return try DraftAttachments(of: id, in: transaction)
  }

  /// The form, which was checked when it was drafted.
  func form() throws -> DocumentForm { try Field.code(content.form, "form") }

  /// The draft as the API shows it.
  var shown: API.Draft {
    API.Draft(
      id: id.uuidString, dossier: dossier.hex, form: content.form, title: content.title,
      version: content.version, state: state.rawValue, drafter: drafter.uuidString,
      signer: signer?.uuidString, number: number)
  }

  /// Reads one draft of an agency.
  static func read(
    _ id: RecordID, of agency: AgencyCode, in transaction: borrowing Transaction
  ) throws -> DraftRow? {
    try transaction.firstRow("\(columns) WHERE id = \(id) AND agency = \(agency)")
      .map { try DraftRow($0) }
  }

  /// Reads an agency's drafts of a form in a dossier that are in a state, newest first.
  static func all(
    _ form: DocumentForm, of agency: AgencyCode, in dossier: DossierID, state: DocumentState,
    _ transaction: borrowing Transaction
  ) throws -> [DraftRow] {
    try transaction.rows(
      """
      \(columns) WHERE agency = \(agency) AND dossier = \(dossier)
        AND kind = \(form.rawValue) AND state = \(state.rawValue)
      ORDER BY created_at DESC, id DESC LIMIT \(Limits.answerListMax)
      """
    ).map { try DraftRow($0) }
  }

  /// Reads a page of an agency's drafts, those changed last first.
  ///
  /// Without a state those that are not issued. Sheets that wait for a letter are none: even their
  /// titles are sealed.
  static func page(
    _ page: Page, of agency: AgencyCode, in dossier: DossierID?, state: DocumentState?,
    _ transaction: borrowing Transaction
  ) throws -> (drafts: [DraftRow], next: Int?) {
    let (rows, next) = page.cut(
      try transaction.rows(
        """
        \(columns) WHERE agency = \(agency) AND kind <> \(DocumentForm.sheet.rawValue)
          AND (\(dossier)::bytea IS NULL OR dossier = \(dossier))
          AND (state = \(state?.rawValue)::text
            OR \(state?.rawValue)::text IS NULL AND state <> \(DocumentState.issued.rawValue))
        ORDER BY updated_at DESC, id DESC
        \(page.clause)
        """))
    return (try rows.map { try DraftRow($0) }, next)
  }

  private func json() throws -> SQLJSON {
    SQLJSON(String(decoding: try JSONValue(encoding: content).encoded(), as: UTF8.self))
  }

  /// Keeps a new draft of an agency.
  func insert(
    of agency: AgencyCode, at now: Timestamp, in transaction: borrowing Transaction
  ) throws {
    try transaction.later(
      """
      INSERT INTO office.draft (id, agency, dossier, kind, title, version, state, drafter,
        content, created_at, updated_at)
      VALUES (\(id), \(agency), \(dossier), \(content.form), \(content.title), 1, \(state.rawValue),
        \(drafter), \(json()), \(now), \(now))
      """)
  }

  /// Keeps a step of the draft; refused when somebody else moved it meanwhile.
  func update(at now: Timestamp, in transaction: borrowing Transaction) throws {
    let changed = try transaction.execute(
      """
      UPDATE office.draft SET state = \(state.rawValue), drafter = \(drafter),
        submitter = \(submitter), submitted_at = CASE \(state.rawValue)::text
          WHEN 'submitted' THEN \(now) WHEN 'draft' THEN NULL ELSE submitted_at END,
        signed_at = CASE \(state.rawValue)::text
          WHEN 'signed' THEN \(now) WHEN 'draft' THEN NULL ELSE signed_at END,
        signer = \(signer), issuer = \(issuer), number = \(number), change_set = \(change),
        version = version + 1, updated_at = \(now)
      WHERE id = \(id) AND version = \(revision)
      """)
    try Self.refuseUnless(changed)
  }

  /// Keeps what the draft says now; refused when somebody else moved it meanwhile.
  func rewrite(at now: Timestamp, in transaction: borrowing Transaction) throws {
    let changed = try transaction.execute(
      """
      UPDATE office.draft SET title = \(content.title), content = \(json()), drafter = \(drafter),
        version = version + 1, updated_at = \(now)
      WHERE id = \(id) AND version = \(revision)
      """)
    try Self.refuseUnless(changed)
  }

  private static func refuseUnless(_ changed: Int) throws {
    guard changed == 1 else {
      throw OfficeError(.conflict, ["detail": "conflict.movedMeanwhile"])
    }
  }
}
