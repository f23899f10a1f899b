import Casework
import Ledger
import Postgres
import Replica

/// The acts of one dossier as the API shows them: those with effect from the tables, those without
/// from the log, with the reason.
///
/// Acts of sealed parts are among them only for a reader who may open those.
struct Acts {
  let dossier: DossierID
  let agency: AgencyCode

  /// An act with what its shape for readers does not tell.
  struct Line {
    /// The act as readers see it.
    let act: API.Act
    /// Part of the change set.
    let part: Int
    /// Position in the part.
    let record: Int
    /// Whether a feedback closes what it answers.
    let isFinal: Bool
    fileprivate let authoredAt: Timestamp

    fileprivate var order: (Timestamp, String, Int, Int) {
      (authoredAt, act.author, act.sequence, record)
    }
  }

  /// Every act in one order: by the time stated by its author, then author, chain and position.
  ///
  /// The order decides nothing; it is the same on every replica that has the same change sets.
  func all(
    of graph: DossierGraph, for reader: inout Reader, in transaction: borrowing OfficeTransaction
  ) throws -> [API.Act] {
    try lines(of: graph, for: &reader, in: transaction).map(\.act)
  }

  /// Every act in the same order, with its place.
  func lines(
    of graph: DossierGraph, for reader: inout Reader, in transaction: borrowing OfficeTransaction
  ) throws -> [Line] {
    let lines =
      try effective(graph, reader.opensSealed, in: transaction)
      + void(graph, reader.opensSealed, in: transaction)
    for line in lines where line.part > 0 { _ = reader.open("\(line.act.changeSet)/\(line.part)") }
    return lines.sorted { $0.order < $1.order }
  }

  private func effective(
    _ graph: DossierGraph, _ opensSealed: Bool, in transaction: borrowing OfficeTransaction
  ) throws -> [Line] {
    let view = try transaction.directory()?.current
    return try transaction.sql.rows(
      """
      SELECT a.change, a.part, a.record, a.id, a.author, s.sequence, a.verb, a.target, a.on_date,
        a.actor, a.role, a.reason, a.note, a.kind, a.agencies, a.authored_at,
        EXISTS (SELECT FROM casework.review v WHERE v.dossier = a.dossier
          AND v.author = a.author AND v.id = a.id), a.final, a.recorded_by, a.points, a.due_on
      FROM (
        SELECT dossier, author, id, change, part, record, authored_at, target, verb, actor, role,
          on_date, reason, note, agencies, kind, final, recorded_by, points, due_on
        FROM casework.act WHERE dossier = \(dossier)
        UNION ALL
        SELECT dossier, author, id, change, part, record, authored_at, target, verb, actor, role,
          on_date, reason, note, agencies, kind, final, recorded_by, points, due_on
        FROM casework.sealed_act AS s
          WHERE dossier = \(dossier) AND \(SealedRows.areFor(agency)) AND \(opensSealed)
      ) a JOIN ledger.change_set s ON s.id = a.change
      """
    ).map { row in
      let place = try Citation(row)
      let sequence = try row.value(5, as: Int.self)
      let author = try row.value(4, as: AgencyCode.self)
      let isConfirmed = graph.standing(of: place.change, now: view) != .unconfirmed
      let act = API.Act(
        id: try row.value(3, as: RecordID.self).uuidString, changeSet: place.change.hex,
        author: author.rawValue, sequence: sequence, verb: try row.value(6),
        target: try row.value(7, as: RecordID?.self)?.uuidString ?? "",
        on: try row.value(8, as: CivilDate.self).description,
        actor: try row.value(9, as: RecordID?.self)?.uuidString, role: try row.value(10),
        recordedBy: try row.value(18), reason: try row.value(11),
        note: Self.filled(try row.value(12)), kind: try row.value(13), agencies: try row.value(14),
        points: try row.value(19), dueOn: try row.value(20, as: CivilDate?.self)?.description,
        standing: isConfirmed ? "counts" : "unconfirmed", review: try row.value(16))
      return Line(
        act: act, part: place.part, record: place.record, isFinal: try row.value(17),
        authoredAt: try row.value(15))
    }
  }

  /// Acts that are void by their own ancestry, and those whose whole change set is void.
  private func void(
    _ graph: DossierGraph, _ opensSealed: Bool, in transaction: borrowing OfficeTransaction
  ) throws -> [Line] {
    let rows = try transaction.sql.rows(
      """
      SELECT change, part, record, reason, coalesce(detail, reason) FROM casework.void
      WHERE dossier = \(dossier) AND (type = \(Int(RecordType.act.rawValue)) OR part < 0)
      UNION ALL
      SELECT change, part, record, reason, coalesce(detail, reason) FROM casework.sealed_void AS s
      WHERE dossier = \(dossier) AND type = \(Int(RecordType.act.rawValue))
        AND \(SealedRows.areFor(agency)) AND \(opensSealed)
      """)
    return try rows.flatMap { row -> [Line] in
      let place = try Citation(row)
      guard let changeSet = graph.changeSet(place.change) else { return [] }
      if place.part >= 0 {
        return [Self.line(place, changeSet, void: try row.value(3))].compactMap(\.self)
      }
      let reason = try row.value(4, as: String.self)
      let parts = changeSet.parts.keys.sorted().filter { number in
        number == 0 || opensSealed && graph.isReadable(number, of: changeSet, by: [agency])
      }
      return parts.flatMap { number in
        (changeSet.part(number)?.records ?? []).indices.compactMap { position in
          Self.line(
            Citation(change: place.change, part: number, record: position), changeSet,
            void: reason)
        }
      }
    }
  }

  private static func line(
    _ place: Citation, _ changeSet: StoredChangeSet, void reason: String
  ) -> Line? {
    guard let records = changeSet.part(place.part)?.records, records.indices.contains(place.record),
      case .record(let record) = CaseRecord.read(records[place.record]),
      case .act(let act) = record.content
    else { return nil }
    return Line(
      act: shown(act, record, changeSet, void: reason), part: place.part, record: place.record,
      isFinal: act.final, authoredAt: changeSet.header.authoredAt)
  }

  private static func shown(
    _ act: Act, _ record: CaseRecord, _ changeSet: StoredChangeSet, void reason: String
  ) -> API.Act {
    API.Act(
      id: record.id.uuidString, changeSet: changeSet.id.hex, author: record.author.rawValue,
      sequence: Int(clamping: changeSet.header.sequence), verb: act.verb.rawValue,
      target: act.target.uuidString, on: act.on.description, actor: act.actor?.uuidString,
      role: act.role?.rawValue, recordedBy: act.recordedBy?.rawValue, reason: filled(act.reason),
      note: filled(act.note), kind: filled(act.kind), agencies: act.agencies.map(\.rawValue),
      points: act.points.map(\.uuidString), dueOn: act.dueOn?.description, standing: "void",
      voidReason: reason)
  }

  private static func filled(_ text: String) -> String? { text.isEmpty ? nil : text }
}
