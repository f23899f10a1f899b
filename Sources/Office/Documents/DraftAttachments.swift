import Casework
import Ledger
import Postgres
import Replica

/// The attachments of one draft as they are in the database: contents that wait for the document.
struct DraftAttachments {
  /// One of them.
  struct Line {
    let position: Int
    let name: String
    let size: Int64
    let salt: Hash256
    let root: Hash256?
    let have: Int
    let total: Int
    let content: SQLUUID

    /// What the document will say about it; nil while pieces lack.
    var record: Casework.Attachment? {
      root.map { Casework.Attachment(name: name, size: UInt64(size), salt: salt, root: $0) }
    }

    /// The attachment as a document shows it.
    var shown: API.Attachment {
      API.Attachment(
        name: name, size: size, root: root?.hex ?? "", present: have == total,
        position: position, state: have == total ? "complete" : "missing", piecesHave: have,
        piecesTotal: total)
    }
  }

  let draft: RecordID
  private(set) var lines: [Line]

  /// Of a draft that has none.
  init(noneOf draft: RecordID) {
    (self.draft, lines) = (draft, [])
  }

  /// Reads them in the order of the list.
  init(of draft: RecordID, in transaction: borrowing Transaction) throws {
    self.draft = draft
    lines = try transaction.rows(
      """
      SELECT d.position::bigint, d.name, c.size, c.salt, c.root, c.have::bigint, c.pieces::bigint,
        c.id
      FROM office.draft_attachment AS d JOIN ledger.content AS c ON c.id = d.content
      WHERE d.draft = \(draft) ORDER BY d.position
      """
    ).map { row in
      Line(
        position: try row.value(0), name: try row.value(1), size: try row.value(2),
        salt: try row.value(3), root: try row.value(4), have: try row.value(5),
        total: try row.value(6), content: try row.value(7))
    }
  }

  /// The list of the document; refused while a piece of one lacks.
  func records() throws -> [Casework.Attachment] {
    try lines.map { line in
      guard let record = line.record else {
        throw OfficeError(.conflict, ["detail": "conflict.attachmentMissing, \(line.name)"])
      }
      return record
    }
  }

  /// Adds one, without any piece yet.
  mutating func begin(
    _ name: String, cut: AttachmentCut, salt: Hash256, in transaction: borrowing Transaction
  ) throws -> Line {
    let position = lines.count
    try transaction.later(
      """
      WITH fresh AS (
        INSERT INTO ledger.content (size, salt, pieces)
        VALUES (\(Int64(cut.size)), \(salt), \(Int32(cut.count))) RETURNING id
      )
      INSERT INTO office.draft_attachment (draft, position, name, content)
      SELECT \(draft), \(Int32(position)), \(name), id FROM fresh
      """)
    self = try DraftAttachments(of: draft, in: transaction)
    guard let line = lines.last, line.position == position else {
      throw OfficeError(.internalFault, ["request": draft.uuidString])
    }
    return line
  }

  /// Stores one piece; with the last of them the content gets its root and every piece its path.
  ///
  /// A piece that is here already must be the same.
  mutating func put(
    _ bytes: [UInt8], at piece: Int, of line: Line, in transaction: borrowing Transaction
  ) throws {
    let leaf = AttachmentContent.leaf(bytes, salt: line.salt)
    let added = try transaction.execute(
      """
      INSERT INTO ledger.piece (content, piece, leaf, bytes)
      VALUES (\(line.content), \(Int32(piece)), \(leaf), \(bytes))
      ON CONFLICT (content, piece) DO NOTHING
      """)
    guard added == 1 else {
      let known = try transaction.value(
        """
        SELECT leaf FROM ledger.piece WHERE content = \(line.content) AND piece = \(Int32(piece))
        """, as: Hash256.self)
      guard known == leaf else {
        throw OfficeError(.conflict, ["detail": "conflict.attachmentOther, \(line.name)"])
      }
      return
    }
    try transaction.later(
      "UPDATE ledger.content SET have = have + 1 WHERE id = \(line.content)")
    if line.have + 1 == line.total { try finish(line, in: transaction) }
    self = try DraftAttachments(of: draft, in: transaction)
  }

  private func finish(_ line: Line, in transaction: borrowing Transaction) throws {
    let tree = MerkleTree(leaves: try Self.leaves(of: line, in: transaction))
    let numbers = Array(0..<line.total)
    try transaction.later(
      """
      UPDATE ledger.piece AS p SET path = t.path
      FROM unnest(\(numbers.map { Int32($0) }),
        \(numbers.map { tree.path(of: $0).flatMap(\.bytes) })) AS t (piece, path)
      WHERE p.content = \(line.content) AND p.piece = t.piece
      """)
    try transaction.later(
      "UPDATE ledger.content SET root = \(tree.root) WHERE id = \(line.content)")
  }

  /// The leaves of the pieces that are here without a gap, from the first.
  static func leaves(of line: Line, in transaction: borrowing Transaction) throws -> [Hash256] {
    let rows = try transaction.rows(
      "SELECT piece::bigint, leaf FROM ledger.piece WHERE content = \(line.content) ORDER BY piece")
    var leaves: [Hash256] = []
    for row in rows {
      guard try row.value(0, as: Int.self) == leaves.count else { break }
      leaves.append(try row.value(1))
    }
    return leaves
  }

  /// Hands the contents over to the document that was just written: not a byte is copied.
  ///
  /// The document is the only one of its part that lists attachments, so its numbers are those of
  /// the part.
  func handOver(
    to change: ChangeSetID, in transaction: borrowing Transaction
  ) throws {
    guard !lines.isEmpty else { return }
    let fresh = try transaction.rows(
      """
      SELECT content FROM ledger.attachment
      WHERE change_set = \(change) AND part = 0 ORDER BY position
      """
    ).map { try $0.value(0, as: SQLUUID.self) }
    guard fresh.count == lines.count else {
      throw OfficeError(.internalFault, ["request": draft.uuidString])
    }
    try transaction.later("DELETE FROM office.draft_attachment WHERE draft = \(draft)")
    try transaction.later(
      """
      UPDATE ledger.attachment AS a SET content = l.content
      FROM unnest(\(lines.map { Int32($0.position) }), \(lines.map(\.content)))
        AS l (position, content)
      WHERE a.change_set = \(change) AND a.part = 0 AND a.position = l.position
      """)
    try transaction.later("DELETE FROM ledger.content WHERE id = ANY(\(fresh))")
  }
}
