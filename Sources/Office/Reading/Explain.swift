import Casework
import Ledger
import Postgres
import Replica

extension Office {
  /// Says of each question of a dossier who decides it, where it stands and which act decided.
  ///
  /// Sealed sheets are withheld unless a person with a content role asks, and such a look stands in
  /// the audit.
  package func explain(
    _ request: API.ExplainRequest, by acting: Acting = .node
  ) async throws -> API.Explanation {
    try await look("explain", on: request.dossier, by: acting) { transaction, reader in
      let id = try Lookup(agency: agency).dossier(request.dossier, in: transaction)
      guard let graph = try transaction.graphs([id])[id] else {
        throw Lookup.notFound(request.dossier)
      }
      let acts = try Acts(dossier: id, agency: agency).lines(
        of: graph, for: &reader, in: transaction)
      let results = try Results.valid(of: id, in: transaction)
      let rows = try transaction.sql.rows(
        """
        SELECT 'SM2', r.document, coalesce(r.number, d.title), r.addressee, r.state
        FROM casework.referral r JOIN casework.document d
          ON d.dossier = r.dossier AND d.author = r.sender AND d.id = r.document
        WHERE r.dossier = \(id)
        UNION ALL
        SELECT 'SM3', h.document, coalesce(d.number, d.title), h.body, h.stage
        FROM casework.handling h JOIN casework.document d
          ON d.dossier = h.dossier AND d.author = h.sender AND d.id = h.document
        WHERE h.dossier = \(id)
        UNION ALL
        SELECT 'SM4', c.item, i.text, c.issuer, c.state
        FROM casework.item_card c JOIN casework.item i
          ON i.dossier = c.dossier AND i.author = c.issuer AND i.id = c.item
        WHERE c.dossier = \(id)
        UNION ALL
        SELECT 'SM7', m.document, coalesce(m.number, d.title), m.convenor, m.state
        FROM casework.minutes m JOIN casework.document d
          ON d.dossier = m.dossier AND d.author = m.convenor AND d.id = m.document
        WHERE m.dossier = \(id)
        ORDER BY 1, 2, 4 LIMIT \(Limits.answerListMax + 1)
        """)
      let questions = try rows.map { row in
        let machine = try row.value(0, as: String.self)
        let target = try row.value(1, as: RecordID.self).uuidString
        let arbiter = try row.value(3, as: String.self)
        let deciding = Decision.last(
          of: machine, on: target, by: arbiter, among: acts, and: results)
        return API.Question(
          machine: machine, target: target, label: try row.value(2), arbiter: arbiter,
          state: try row.value(4), decidedBy: deciding?.act, decidedByResult: deciding?.result)
      }
      let others = try DossierQuestions(
        dossier: id, acts: acts, results: results, language: acting.language
      ).all(in: transaction)
      let (shown, questionsCut) = API.cut(
        (questions + others).sorted {
          ($0.machine, $0.target, $0.arbiter) < ($1.machine, $1.target, $1.arbiter)
        })
      let (voids, voidsCut) = API.cut(acts.map(\.act).filter { $0.voidReason != nil })
      return API.Explanation(
        dossier: id.hex, questions: shown, voids: voids, truncated: questionsCut || voidsCut)
    }
  }
}
