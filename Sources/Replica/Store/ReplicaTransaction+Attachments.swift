import Casework
package import Exchange
package import Ledger
import Postgres

extension ReplicaTransaction {
  private static var listedColumns: SQL {
    """
    SELECT a.change_set, a.part::bigint, a.position::bigint, a.dossier, a.record::bigint,
      a.index::bigint, c.size, c.salt, c.root, c.have::bigint
    FROM ledger.attachment AS a JOIN ledger.content AS c ON c.id = a.content
    """
  }

  /// Rows that no attachment can have, such as one without a root, are passed over: they are noted
  /// anew, and the self-check names them.
  private func listed(_ condition: SQL) throws -> [ListedAttachment] {
    try sql.rows("\(Self.listedColumns) \(condition)").compactMap { row in
      guard
        let content = AttachmentContent(
          size: UInt64(try row.value(6, as: Int64.self)), salt: try row.value(7),
          root: try row.value(8, as: Hash256?.self) ?? .zero)
      else { return nil }
      return ListedAttachment(
        place: AttachmentPlace(
          change: try row.value(0), part: try row.value(1), position: try row.value(2)),
        dossier: try row.value(3), record: try row.value(4), index: try row.value(5),
        content: content, have: try row.value(9))
    }
  }

  package func list(_ attachments: [ListedAttachment]) throws {
    try beginWrite()
    guard !attachments.isEmpty else { return }
    let known = try self.attachments(at: attachments.map(\.place))
    let fresh = attachments.filter { known[$0.place]?.says($0) != true }
    guard !fresh.isEmpty else { return }
    try unlist(fresh.map(\.place))
    try sql.later(
      """
      WITH fresh AS (
        SELECT gen_random_uuid() AS content, * FROM unnest(\(fresh.map(\.place.change)),
          \(fresh.map { Int32($0.place.part) }), \(fresh.map { Int32($0.place.position) }),
          \(fresh.map(\.dossier)), \(fresh.map { Int32($0.record) }),
          \(fresh.map { Int32($0.index) }), \(fresh.map { Int64($0.content.size) }),
          \(fresh.map(\.content.salt)), \(fresh.map(\.content.root)),
          \(fresh.map { Int32($0.content.cut.count) }))
          AS f (change_set, part, position, dossier, record, index, size, salt, root, pieces)
      ), contents AS (
        INSERT INTO ledger.content (id, size, salt, root, pieces)
        SELECT content, size, salt, root, pieces FROM fresh
      )
      INSERT INTO ledger.attachment (change_set, part, position, dossier, record, index, content)
      SELECT change_set, part, position, dossier, record, index, content FROM fresh
      """)
  }

  /// Notes what a fold lists, and removes what no part lists; a document that has no effect any
  /// more keeps its contents.
  func renew(
    _ listed: [ListedAttachment], of graphs: [DossierGraph],
    where isMeant: (AttachmentPlace) -> Bool = { _ in true }
  ) throws {
    let noted = try attachments(of: graphs.map(\.id))
    guard !noted.isEmpty || !listed.isEmpty else { return }
    let byPlace = Dictionary(noted.map { ($0.place, $0) }) { first, _ in first }
    try list(listed.filter { isMeant($0.place) && byPlace[$0.place]?.says($0) != true })
    let expected = Set(listed.map(\.place))
    let graph = Dictionary(graphs.map { ($0.id, $0) }) { first, _ in first }
    try unlist(
      noted.filter {
        isMeant($0.place) && !expected.contains($0.place) && graph[$0.dossier]?.lists($0) != true
      }.map(\.place))
  }

  /// Where what is noted is not what the fold and the parts list.
  static func differences(
    of listed: [ListedAttachment], noted: [ListedAttachment], in graph: DossierGraph
  ) -> [RowDifference] {
    let byPlace = Dictionary(noted.map { ($0.place, $0) }) { first, _ in first }
    var kinds: [AttachmentPlace: RowDifference.Kind] = [:]
    for one in listed {
      guard let row = byPlace[one.place] else {
        kinds[one.place] = .missing
        continue
      }
      if !row.says(one) { kinds[one.place] = .changed }
    }
    let expected = Set(listed.map(\.place))
    for row in noted where !expected.contains(row.place) && !graph.lists(row) {
      kinds[row.place] = .extra
    }
    return kinds.sorted { $0.key < $1.key }.map {
      RowDifference(
        table: attachmentTable, id: "\($0.key)", kind: $0.value, dossier: graph.id)
    }
  }

  static var attachmentTable: String { "ledger.attachment" }

  package func unlist(_ places: [AttachmentPlace]) throws {
    try beginWrite()
    guard !places.isEmpty else { return }
    try sql.later(
      """
      WITH gone AS (
        DELETE FROM ledger.attachment AS a
        USING unnest(\(places.map(\.change)), \(places.map { Int32($0.part) }),
          \(places.map { Int32($0.position) })) AS p (change_set, part, position)
        WHERE a.change_set = p.change_set AND a.part = p.part AND a.position = p.position
        RETURNING a.content
      )
      DELETE FROM ledger.content WHERE id IN (SELECT content FROM gone)
      """)
  }

  package func attachments(
    at places: [AttachmentPlace]
  ) throws -> [AttachmentPlace: ListedAttachment] {
    guard !places.isEmpty else { return [:] }
    let found = try listed(
      """
      JOIN unnest(\(places.map(\.change)), \(places.map { Int32($0.part) }),
        \(places.map { Int32($0.position) })) AS p (change_set, part, position)
        ON a.change_set = p.change_set AND a.part = p.part AND a.position = p.position
      """)
    return Dictionary(found.map { ($0.place, $0) }) { first, _ in first }
  }

  package func attachments(of dossiers: [DossierID]) throws -> [ListedAttachment] {
    try listed("WHERE a.dossier = ANY(\(dossiers)) ORDER BY a.change_set, a.part, a.position")
  }

  package func attachments(listedBy changes: [ChangeSetID]) throws -> [ListedAttachment] {
    guard !changes.isEmpty else { return [] }
    return try listed(
      "WHERE a.change_set = ANY(\(changes)) ORDER BY a.change_set, a.part, a.position")
  }

  package func incompleteAttachments(
    after: AttachmentPlace?, limit: Int
  ) throws -> [ListedAttachment] {
    try listed(
      """
      WHERE c.have < c.pieces AND (a.change_set, a.part, a.position)
        > (\(after?.change.bytes ?? []), \(Int32(after?.part ?? 0)), \(Int32(after?.position ?? 0)))
      ORDER BY a.change_set, a.part, a.position LIMIT \(limit)
      """)
  }

  /// The content of an attachment, for joining.
  private func content(of place: AttachmentPlace) -> SQL {
    """
    (SELECT content FROM ledger.attachment WHERE change_set = \(place.change)
      AND part = \(Int32(place.part)) AND position = \(Int32(place.position)))
    """
  }

  package func pieces(of place: AttachmentPlace) throws -> [Int] {
    try sql.rows(
      """
      SELECT piece::bigint FROM ledger.piece WHERE content = \(content(of: place)) ORDER BY piece
      """
    ).map { try $0.value(0) }
  }

  package func piece(_ number: Int, of place: AttachmentPlace) throws -> LoggedPiece? {
    let row = try sql.firstRow(
      """
      SELECT bytes, coalesce(path, '') FROM ledger.piece
      WHERE content = \(content(of: place)) AND piece = \(Int32(number))
      """)
    guard let row else { return nil }
    return LoggedPiece(
      bytes: try row.value(0), path: Hash256.run(try row.value(1, as: [UInt8].self)))
  }

  package func put(_ piece: AttachmentPiece, of place: AttachmentPlace) throws {
    try beginWrite()
    try sql.later(
      """
      WITH added AS (
        INSERT INTO ledger.piece (content, piece, leaf, path, bytes)
        SELECT content, \(Int32(piece.number)), \(piece.leaf), \(piece.path.flatMap(\.bytes)),
          \(piece.bytes)
        FROM ledger.attachment WHERE change_set = \(place.change)
          AND part = \(Int32(place.part)) AND position = \(Int32(place.position))
        ON CONFLICT (content, piece) DO NOTHING RETURNING content
      )
      UPDATE ledger.content SET have = have + 1 WHERE id = (SELECT content FROM added)
      """)
  }

  package func forget(pieces numbers: [Int], of place: AttachmentPlace) throws {
    try beginWrite()
    try sql.later(
      """
      DELETE FROM ledger.piece
      WHERE content = \(content(of: place)) AND piece = ANY(\(numbers.map { Int32($0) }))
      """)
    try sql.later(
      """
      UPDATE ledger.content AS c
      SET have = (SELECT count(*) FROM ledger.piece AS p WHERE p.content = c.id)
      WHERE id = \(content(of: place))
      """)
  }
}

extension Hash256 {
  /// The hashes that stand in a run of bytes; what is left over is dropped.
  package static func run(_ bytes: [UInt8]) -> [Hash256] {
    stride(from: 0, to: bytes.count - byteCount + 1, by: byteCount).compactMap {
      Hash256(bytes[$0..<$0 + byteCount])
    }
  }
}

extension FoldedDossier {
  /// The attachments that documents that count list, as the exchange knows them.
  var listedAttachments: [ListedAttachment] {
    attachments.compactMap { change, part, listed in
      listed.attachment.content.map { content in
        ListedAttachment(
          place: AttachmentPlace(change: change, part: part, position: listed.position),
          dossier: id, record: listed.record, index: listed.index, content: content)
      }
    }
  }
}

extension DossierGraph {
  /// Whether a part of the dossier lists an attachment, with effect or without.
  fileprivate func lists(_ noted: ListedAttachment) -> Bool {
    let part = changeSet(noted.place.change)?.part(noted.place.part)
    return part?.attachments.contains { listed in
      listed.position == noted.place.position && listed.record == noted.record
        && listed.index == noted.index && listed.attachment.content == noted.content
    } ?? false
  }
}
