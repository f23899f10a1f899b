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
    /// Where it stands.
    let place: Citation
    /// Whether a feedback closes what it answers.
    let isFinal: Bool
    fileprivate let writtenAt: Timestamp

    fileprivate var order: (Timestamp, String, Int, Int, Int) {
      (writtenAt, act.author, act.sequence, part, record)
    }

    /// Part of the change set.
    var part: Int { place.part }
    /// Position in the part.
    var record: Int { place.record }
  }

  /// Every act in one order: by time, see ``ChainTimes``, then author, chain and position.
  ///
  /// The order decides nothing; it is the same on every replica that has the same change sets.
  func all(
    of graph: DossierGraph, for reader: inout Reader, in transaction: borrowing OfficeTransaction
  ) throws -> [API.Act] {
    try lines(of: graph, for: &reader, in: transaction).map(\.act)
  }

  /// The acts with effect on one record, in the same order.
  ///
  /// An id is its author's choice, and anybody may copy it: which record an act is on is said by
  /// the fold, by the place that the id named when the act was written.
  func all(
    on place: Citation, of graph: DossierGraph, for reader: inout Reader,
    in transaction: borrowing OfficeTransaction
  ) throws -> [API.Act] {
    let acts = try transaction.folded(dossier)?.acts(on: place).map(\.place) ?? []
    let places = Set(acts)
    let lines = try effective(graph, reader.opensSealed, in: transaction).filter { line in
      places.contains(line.place)
    }
    return ordered(lines, for: &reader).map(\.act)
  }

  /// Every act in the same order, with its place.
  func lines(
    of graph: DossierGraph, for reader: inout Reader, in transaction: borrowing OfficeTransaction
  ) throws -> [Line] {
    let lines =
      try effective(graph, reader.opensSealed, in: transaction)
      + void(graph, reader.opensSealed, in: transaction)
    return ordered(lines, for: &reader)
  }

  /// Puts acts that are given out in order, and notes the sealed parts that they are from.
  private func ordered(_ lines: [Line], for reader: inout Reader) -> [Line] {
    for line in lines where line.part > 0 { _ = reader.open("\(line.act.changeSet)/\(line.part)") }
    return lines.sorted { $0.order < $1.order }
  }

  private func effective(
    _ graph: DossierGraph, _ opensSealed: Bool, in transaction: borrowing OfficeTransaction
  ) throws -> [Line] {
    let times = ChainTimes.all(of: graph)
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
        act: act, place: place, isFinal: try row.value(17),
        writtenAt: try times[place.change] ?? row.value(15))
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
    let times = ChainTimes.all(of: graph)
    return try rows.flatMap { row -> [Line] in
      let place = try Citation(row)
      guard let changeSet = graph.changeSet(place.change) else { return [] }
      if place.part >= 0 {
        return [Self.line(place, changeSet, times, void: try row.value(3))].compactMap(\.self)
      }
      let reason = try row.value(4, as: String.self)
      let parts = changeSet.parts.keys.sorted().filter { number in
        number == 0 || opensSealed && graph.isReadable(number, of: changeSet, by: [agency])
      }
      return parts.flatMap { number in
        (changeSet.part(number)?.records ?? []).indices.compactMap { position in
          Self.line(
            Citation(change: place.change, part: number, record: position), changeSet, times,
            void: reason)
        }
      }
    }
  }

  private static func line(
    _ place: Citation, _ changeSet: StoredChangeSet, _ times: [ChangeSetID: Timestamp],
    void reason: String
  ) -> Line? {
    guard let records = changeSet.part(place.part)?.records, records.indices.contains(place.record),
      case .record(let record) = CaseRecord.read(records[place.record]),
      case .act(let act) = record.content
    else { return nil }
    return Line(
      act: shown(act, record, changeSet, void: reason), place: place, isFinal: act.final,
      writtenAt: times[place.change] ?? changeSet.header.authoredAt)
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
