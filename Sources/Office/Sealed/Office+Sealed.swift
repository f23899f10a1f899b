import Casework
import Ledger
import Postgres
import Replica

extension Office {
  /// Lists the sealed parts of a dossier: who wrote them, for whom, and what became of them.
  package func sealedParts(_ request: API.SealedListRequest) async throws -> API.SealedList {
    try await read { transaction in
      let dossier = try Lookup(agency: agency).dossier(request.dossier, in: transaction)
      guard let graph = try transaction.graphs([dossier])[dossier] else {
        throw Lookup.notFound(request.dossier)
      }
      let parts = graph.changeSets.lazy.flatMap { changeSet in
        changeSet.header.parts.indices.dropFirst().map { shown($0, of: changeSet, in: graph) }
      }
      let (list, isCut) = API.cut(Array(parts.prefix(Limits.answerListMax + 1)))
      return API.SealedList(parts: list, truncated: isCut)
    }
  }

  private func shown(
    _ index: Int, of changeSet: StoredChangeSet, in graph: DossierGraph
  ) -> API.SealedPart {
    let place = PartPlace(change: changeSet.id, part: index)
    let isOurs =
      graph.isReadable(index, of: changeSet, by: [agency]) && changeSet.parts[index] != nil
    let isDestroyed = graph.isDestroyed(place)
    let author = changeSet.header.author
    return API.SealedPart(
      changeSet: changeSet.id.hex, part: index, author: author.rawValue,
      hash: changeSet.header.parts[index].hex,
      state: isDestroyed ? "destroyed" : isOurs ? "open" : "withheld",
      audience: isOurs ? (changeSet.part(index)?.audience ?? []).map(\.rawValue) : [],
      openedTo: graph.openedTo(place, in: nil).subtracting([author]).sorted().map(\.rawValue),
      destroyedBy: isDestroyed ? graph.destructions(of: place).first?.hex : nil)
  }

  /// Opens a sealed part of ours to further members.
  ///
  /// What says so is itself sealed for them, so that nobody else hears of it; its bytes and salt go
  /// out as they were signed.
  package func disclose(_ request: API.DiscloseRequest, by acting: Acting) async throws -> API.Step
  {
    try await write(API.disclose, request, by: acting, on: request.id) { transaction, desk in
      let target = try SealedPlace(
        request.id, part: request.part, for: agency, in: transaction)
      try target.requireOwn(agency, for: "verb.disclose")
      let role = try desk.role(oneOf: Desk.sealedDeciders, for: "verb.disclose")
      let readers = try Field.agencies(request.to, "to")
      if readers.isEmpty { throw OfficeError(.missingValue, ["field": "to"]) }
      try desk.known(readers)
      try desk.refuseExcluded(readers, in: target.dossier, in: transaction)
      if let stranger = readers.first(where: { !target.graph.members.contains($0) }) {
        throw OfficeError(.conflict, ["detail": "conflict.partStranger, \(stranger.rawValue)"])
      }
      if let reader = readers.first(where: {
        target.graph.isReadable(target.part, of: target.changeSet, by: [$0])
      }) {
        throw OfficeError(.conflict, ["detail": "conflict.partOpen, \(reader.rawValue)"])
      }
      let disclosure = Disclosure(
        actor: try desk.clerk().id, role: role, on: try desk.date(request.on),
        reason: try Field.text(request.reason, "reason"))
      var composition = Composition(agency)
      composition.seal(
        .disclosure(disclosure), desk.newID(), for: readers, revises: target.citation)
      let written = try desk.commit(composition, to: target.dossier, in: transaction)
      desk.detail = "\(target.place) \(readers.map(\.rawValue).joined(separator: " "))"
      return try desk.step(target.dossier, written.id, composition.ids, in: transaction)
    }
  }

  /// Destroys a sealed part of ours: from now on no replica that hears of it keeps its bytes.
  ///
  /// What the office kept of it in its own drafts goes in the same transaction.
  package func destroy(_ request: API.DestroyRequest, by acting: Acting) async throws -> API.Step {
    try await write(API.destroy, request, by: acting, on: request.id) { transaction, desk in
      let target = try SealedPlace(
        request.id, part: request.part, for: agency, in: transaction)
      try target.requireOwn(agency, for: "verb.destroy")
      let role = try desk.role(oneOf: Desk.sealedDeciders, for: "verb.destroy")
      guard request.confirm == agency.rawValue else {
        throw OfficeError(.confirmationMissing, ["confirm": agency.rawValue])
      }
      let records = target.changeSet.part(target.part)?.records ?? []
      try desk.refuseActed(records, target, in: transaction)
      let destruction = Destruction(
        actor: try desk.clerk().id, role: role, on: try desk.date(request.on),
        decision: try Field.line(request.decision, "decision"),
        reason: try Field.text(request.reason, "reason"))
      var composition = Composition(agency)
      composition.add(desk.newID(), .destruction(destruction), revises: target.citation)
      let written = try desk.commit(composition, to: target.dossier, in: transaction)
      try desk.clearDrafts(of: records, in: target.dossier, transaction)
      desk.detail = "\(target.place): \(destruction.decision)"
      return try desk.step(target.dossier, written.id, composition.ids, in: transaction)
    }
  }
}

extension Desk {
  /// Who decides on what is sealed: a deputy or the head, as for who belongs to a dossier.
  static let sealedDeciders: Set<Role> = [.deputy, .head]

  /// Refuses to destroy what somebody has acted on: the act would be about nothing.
  fileprivate func refuseActed(
    _ records: [Record], _ target: SealedPlace, in transaction: borrowing OfficeTransaction
  ) throws {
    if target.changeSet.parts[target.part]?.carriesActs == true {
      throw OfficeError(.conflict, ["detail": "void.carriesActs"])
    }
    let acting = try transaction.sql.value(
      """
      SELECT author FROM casework.sealed_act
      WHERE dossier = \(target.dossier) AND target = ANY(\(records.map(\.id))) LIMIT 1
      """, as: String.self)
    if let acting { throw OfficeError(.conflict, ["detail": "conflict.partActed, \(acting)"]) }
  }

  /// Removes what the office still has of destroyed sheets: in the letters they went out with and
  /// as the papers they waited in.
  fileprivate func clearDrafts(
    of records: [Record], in dossier: DossierID, _ transaction: borrowing OfficeTransaction
  ) throws {
    for record in records {
      guard case .record(let read) = CaseRecord.read(record),
        case .document(let sheet) = read.content
      else { continue }
      try transaction.sql.later(
        """
        UPDATE office.draft SET updated_at = \(now),
          title = CASE WHEN kind = \(DocumentForm.sheet.rawValue) THEN '' ELSE title END,
          content = CASE WHEN kind = \(DocumentForm.sheet.rawValue)
            THEN content || '{"title": "", "body": "", "sealed": []}'::jsonb
            ELSE jsonb_set(content, '{sealed}', coalesce((
              SELECT jsonb_agg(e) FROM jsonb_array_elements(content->'sealed') AS e
              WHERE e->>'title' <> \(sheet.title) OR e->>'body' <> \(sheet.body)), '[]')) END
        WHERE agency = \(office.agency) AND dossier = \(dossier) AND state = 'issued'
          AND EXISTS (
            SELECT FROM jsonb_array_elements(content->'sealed') AS e
            WHERE e->>'title' = \(sheet.title) AND e->>'body' = \(sheet.body))
        """)
    }
  }
}
