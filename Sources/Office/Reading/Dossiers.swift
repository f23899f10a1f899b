import Casework
import Exchange
import Ledger
import Postgres
import Replica

extension Office {
  /// Lists dossiers, the one in which something was stored last first.
  package func dossiers(_ request: API.DossierListRequest) async throws -> API.DossierList {
    let page = try Page(request.page, request.limit)
    let kind = try Field.optionalCode(request.kind, "kind", as: DossierKind.self)
    return try await read { transaction in
      let directory = try transaction.node().directory
      let sight = try Sight(of: agency, in: transaction)
      let question = ListQuestion(agency: agency, list: .dossiers, filters: [kind?.rawValue])
      // Where each stands is told by an index; its rows are read of one page alone.
      let (keys, next) = try kept.dossiers.page(page, of: question, in: transaction) { clause in
        """
        SELECT d.dossier FROM casework.dossier d
        CROSS JOIN LATERAL (
          SELECT max(position) AS position FROM ledger.change_set WHERE dossier = d.dossier
        ) last
        WHERE (\(kind?.rawValue)::text IS NULL OR d.kind = \(kind?.rawValue))
          AND d.dossier IS DISTINCT FROM \(directory)
          AND \(sight.sees("d.dossier")) AND last.position IS NOT NULL
        ORDER BY last.position DESC
        \(clause)
        """
      }
      let lines = try transaction.sql.rows(
        """
        SELECT d.dossier, coalesce(d.kind, ''), d.number, d.title, d.home, l.members,
          l.change_sets, s.stored_at, d.channel, d.demand_kind, d.level, d.batch
        FROM \(DossierKey.rows(keys))
        JOIN casework.dossier d ON d.dossier = p.dossier
        JOIN ledger.dossier l ON l.id = p.dossier
        CROSS JOIN LATERAL (
          SELECT stored_at FROM ledger.change_set
          WHERE dossier = p.dossier ORDER BY position DESC LIMIT 1
        ) s
        ORDER BY p.place
        """)
      let dossiers = try lines.map { row in
        API.DossierLine(
          id: try row.value(0, as: DossierID.self).hex, kind: try row.value(1),
          number: try row.value(2), title: try row.value(3), home: try row.value(4),
          members: try row.value(5), changeSets: try row.value(6),
          updatedAt: try row.value(7, as: Timestamp.self).description,
          channel: try row.value(8), demandKind: try row.value(9), level: try row.value(10),
          batch: try row.value(11))
      }
      return API.DossierList(dossiers: dossiers, next: next)
    }
  }

  /// Shows a dossier with everything in it.
  ///
  /// Sealed sheets are withheld unless a person with a content role asks, and such a look stands in
  /// the audit.
  package func dossier(
    _ request: API.DossierRequest, by acting: Acting = .node
  ) async throws -> API.Dossier {
    try await look("dossier", on: request.dossier, by: acting) { transaction, reader in
      let id = try Lookup(agency: agency).dossier(request.dossier, in: transaction)
      let row = try transaction.sql.firstRow(
        """
        SELECT coalesce(c.kind, ''), c.number, c.title, c.home, c.region, c.source,
          c.source_agency, l.needs_upgrade, c.campaign, c.channel,
          c.demand_kind, c.level, c.batch
        FROM casework.dossier c JOIN ledger.dossier l ON l.id = c.dossier
        WHERE c.dossier = \(id)
        """)
      guard let row, let graph = try transaction.graphs([id])[id] else {
        throw Lookup.notFound(request.dossier)
      }
      let needsUpgrade: Bool = try row.value(7)
      let newer = needsUpgrade ? try transaction.folded(id)?.newerAuthors ?? [] : []
      let deadlines = try Deadlines.read(in: transaction.sql)
      let (documents, documentsCut) = API.cut(try Documents.all(of: id, in: transaction))
      let (items, itemsCut) = API.cut(try Items.all(of: id, deadlines, in: transaction))
      let (results, resultsCut) = API.cut(try Results.all(of: id, in: transaction))
      let (acts, actsCut) = API.cut(
        try Acts(dossier: id, agency: agency).all(of: graph, for: &reader, in: transaction))
      let (courses, coursesCut) = API.cut(try Courses.all(of: id, in: transaction))
      let void = graph.changeSets.count { graph.standing(of: $0.id)?.isFolded == false }
      return API.Dossier(
        id: id.hex, kind: try row.value(0), number: try row.value(1), title: try row.value(2),
        home: try row.value(3), region: try row.value(4), source: try row.value(5),
        sourceAgency: try row.value(6), campaign: try row.value(8),
        channel: try row.value(9), demandKind: try row.value(10), level: try row.value(11),
        batch: try row.value(12),
        digest: try transaction.digest(of: id)?.hex, needsUpgrade: needsUpgrade,
        newer: newer.map(\.rawValue),
        members: graph.members.sorted().map(\.rawValue),
        excluded: graph.excluded.sorted().map(\.rawValue), heads: graph.heads.map(\.hex),
        changeSets: graph.count, void: void,
        forks: Set(graph.forks.map(\.author)).sorted().map(\.rawValue), documents: documents,
        items: items, results: results, acts: acts, courses: courses,
        truncated: documentsCut || itemsCut || resultsCut || actsCut || coursesCut)
    }
  }
}
