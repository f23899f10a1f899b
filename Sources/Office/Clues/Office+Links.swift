import Casework
import Ledger
import Postgres
import Replica

extension Office {
  /// Says which of the discipline bodies that have a letter is competent, as their common superior.
  package func assignCompetence(
    _ request: API.AssignCompetenceRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(API.assignCompetence, request, by: acting, on: request.clue) {
      transaction, desk in
      let letters = try Letters(
        of: request.clue, document: request.document, by: agency, in: transaction)
      guard let letter = letters.all.last(where: { $0.form == .referral }) else {
        throw OfficeError(.conflict, ["detail": "conflict.noLetter"])
      }
      let link = try LinkedDossier(letter.dossier, request.clue, in: transaction)
      let role = try desk.role(
        .verb(.assignCompetence), in: Machines.links, from: link.kind, reached: link.reached)
      let body = try Field.agency(request.to, "to")
      try desk.known([body])
      try desk.refuseExcluded([body], in: letter.dossier, in: transaction)
      var act = Act(
        on: letter.document, .document, verb: .assignCompetence, actor: try desk.clerk().id,
        role: role, date: try desk.date(request.on), basis: [letter.place],
        note: try Field.optionalText(request.note, "note"))
      act.agencies = [body]
      return try desk.write(act, in: letter.dossier, in: transaction)
    }
  }

  /// Merges a clue into another one; this body has accepted both.
  ///
  /// The act stands in the dossier that ends. This node lets no merges lead back to where they
  /// began; those of other nodes are judged where they are counted.
  package func merge(_ request: API.MergeRequest, by acting: Acting) async throws -> API.Step {
    try await write(API.merge, request, by: acting, on: request.clue) { transaction, desk in
      let (ending, other) = try both(request.clue, request.into, in: transaction)
      let role = try desk.role(
        .verb(.merge), in: Machines.links, from: ending.kind, reached: ending.reached)
      let accepts = (ending.accepts(of: agency), other.accepts(of: agency))
      guard !accepts.0.isEmpty, !accepts.1.isEmpty else {
        throw OfficeError(.conflict, ["detail": "conflict.notBothAccepted"])
      }
      try refuseCycle(from: other, to: ending, in: transaction)
      return try desk.link(
        .merge, ending, other, role, request.on, request.note, citing: accepts.0 + accepts.1,
        in: transaction)
    }
  }

  /// Says that a dossier belongs to another one.
  package func relate(_ request: API.RelateRequest, by acting: Acting) async throws -> API.Step {
    try await write(API.relate, request, by: acting, on: request.dossier) { transaction, desk in
      let (dossier, other) = try both(request.dossier, request.to, in: transaction)
      let role = try desk.role(
        .verb(.relate), in: Machines.links, from: dossier.kind, reached: dossier.reached)
      return try desk.link(
        .relate, dossier, other, role, request.on, request.note, in: transaction)
    }
  }

  private func both(
    _ first: String, _ second: String, in transaction: borrowing OfficeTransaction
  ) throws -> (LinkedDossier, LinkedDossier) {
    let lookup = Lookup(agency: agency)
    let ids = try [first, second].map { try lookup.dossier($0, in: transaction) }
    guard ids[0] != ids[1] else {
      throw OfficeError(.conflict, ["detail": "conflict.sameDossier"])
    }
    return (
      try LinkedDossier(ids[0], first, in: transaction),
      try LinkedDossier(ids[1], second, in: transaction)
    )
  }

  /// Follows the merges from the clue that is to go on; none of them leads to the one that ends.
  private func refuseCycle(
    from other: LinkedDossier, to ending: LinkedDossier, in transaction: borrowing OfficeTransaction
  ) throws {
    var (seen, next): (Set<DossierID>, DossierID?) = ([], other.id)
    // No dossier is looked at twice, so the walk ends.
    while let dossier = next, seen.insert(dossier).inserted {
      guard dossier != ending.id else {
        throw OfficeError(.conflict, ["detail": "conflict.mergeCycle"])
      }
      let survivor = try transaction.folded(dossier)?.clue?.mergedInto
      next = try survivor.flatMap { try Self.dossier(ofCover: $0, in: transaction) }
    }
  }

  /// The dossier that has a cover here.
  static func dossier(
    ofCover id: RecordID, in transaction: borrowing OfficeTransaction
  ) throws -> DossierID? {
    try transaction.sql.value(
      "SELECT dossier FROM casework.dossier WHERE id = \(id) ORDER BY dossier LIMIT 1",
      as: DossierID.self)
  }
}

/// A dossier that is tied to another one.
private struct LinkedDossier {
  let id: DossierID
  let kind: DossierKind
  let cover: Entry
  let folded: FoldedDossier

  init(
    _ id: DossierID, _ named: String, in transaction: borrowing OfficeTransaction
  ) throws {
    guard let folded = try transaction.folded(id), let cover = folded.coverEntry,
      let kind = folded.cover?.kind
    else { throw Lookup.notFound(named) }
    self.id = id
    self.kind = kind
    self.cover = cover
    self.folded = folded
  }

  /// Why it is of its kind: its home opened it so.
  var reached: Desk.Reached { Desk.Reached(group: "dossier", agency: cover.author, on: nil) }

  /// The acts by which a body accepted the clue, where it has not given it away since.
  func accepts(of body: AgencyCode) -> [Citation] {
    let held = folded.referrals.filter {
      $0.form == .referral && $0.audience.isEmpty && $0.addressee == body && $0.isAccepted
    }.map(\.document)
    return folded.entries.filter { entry in
      guard let act = entry.act, act.verb == .accept, entry.author == body else { return false }
      return held.contains(act.target)
    }.map(\.place)
  }
}

extension Desk {
  /// Writes an act on the cover of a dossier that names the cover of another one.
  fileprivate mutating func link(
    _ verb: Verb, _ dossier: LinkedDossier, _ other: LinkedDossier, _ role: Role, _ on: String?,
    _ note: String?, citing cited: [Citation] = [], in transaction: borrowing OfficeTransaction
  ) throws -> API.Step {
    var act = Act(
      on: dossier.cover.record.id, .dossier, verb: verb, actor: try clerk().id, role: role,
      date: try date(on), basis: [dossier.cover.place] + cited,
      note: try Field.optionalText(note, "note"))
    act.points = [other.cover.record.id]
    return try write(act, in: dossier.id, in: transaction)
  }
}
