import Casework
import Exchange
import Ledger
import Postgres
import Replica

extension Office {
  /// Opens a clue with its number and its exclusions, before anybody else is let in.
  ///
  /// The informant's sheet waits in the office and leaves with the first letter, for its audience
  /// alone: a sheet needs a drafter and a signer like any paper.
  package func createClue(
    _ request: API.CreateClueRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(API.createClue, request, by: acting, on: request.number ?? "-") {
      transaction, desk in
      let opening = Opening(
        kind: .clue, title: request.title, number: request.number, source: request.source,
        sourceAgency: request.sourceAgency, region: request.region, campaign: request.campaign,
        classification: request.classification, exclude: request.exclude,
        reason: request.reason, on: request.on)
      let opened = try desk.open(opening, in: transaction)
      if let informant = request.informant {
        try desk.keep(informant, for: opened.dossier, in: transaction)
      }
      return try desk.step(
        opened.dossier, opened.change, opened.records, number: opened.number, in: transaction)
    }
  }

  /// Drafts the letter that refers a clue.
  package func refer(_ request: API.ReferRequest, by acting: Acting) async throws -> API.Draft {
    try await write(API.refer, request, by: acting, on: request.clue) { transaction, desk in
      let dossier = try Lookup(agency: agency).dossier(request.clue, in: transaction)
      var content = DraftContent(
        form: .referral, title: request.title, body: request.body,
        to: try Field.agencies(request.to, "to"), cc: try Field.agencies(request.cc, "cc"))
      content.items = try request.points.map { point in
        API.DraftItem(kind: ItemKind.cluePoint.rawValue, text: try Field.text(point, "points"))
      }
      content.dueOn = request.dueOn
      content.purpose = request.purpose
      content.sealed = request.sealed
      if let resends = request.resends, !resends.isEmpty {
        content.basis = [resends]
        _ = try Lookup(agency: agency).letter(resends, of: dossier, in: transaction)
      }
      return try desk.draft(content, in: dossier, in: transaction)
    }
  }

  /// Drafts a letter with further material; its issue adds the points to the clue.
  ///
  /// It goes to the addressees that have the clue now; who signs it is the one who supplements.
  package func supplement(
    _ request: API.SupplementRequest, by acting: Acting
  ) async throws -> API.Draft {
    try await write(API.supplement, request, by: acting, on: request.clue) { transaction, desk in
      let states: [ReferralState] = [.sent, .received, .split, .accepted]
      let letters = try Letters(
        of: request.clue, document: nil, by: agency, in: transaction
      ).sent(fitting: states, verb: .supplement)
      guard let letter = letters.first else { throw Lookup.notFound(request.clue) }
      guard Machines.referral.rule(.verb(.supplement), from: letter.state) != nil else {
        throw OfficeError(unlawful: "verb.supplement", in: letter.state, letter.reached)
      }
      var content = DraftContent(
        form: .supplementLetter, title: request.title, body: request.body,
        to: letters.map(\.addressee), cc: [])
      content.items = try request.points.map { point in
        API.DraftItem(kind: ItemKind.cluePoint.rawValue, text: try Field.text(point, "points"))
      }
      content.purpose = request.purpose
      content.supplements = letter.document.uuidString
      content.basis = [letter.document.uuidString]
      return try desk.draft(content, in: letter.dossier, in: transaction)
    }
  }
}

extension Desk {
  /// The answer of a step: what was written and what the card of the dossier says now.
  func step(
    _ dossier: DossierID, _ change: ChangeSetID, _ records: [RecordID], number: String? = nil,
    state: String? = nil, in transaction: borrowing OfficeTransaction
  ) throws -> API.Step {
    let (clueState, isForked) = try clueState(of: dossier, in: transaction)
    let repeated = try repeatedNumber(of: change, in: dossier, in: transaction)
    return API.Step(
      dossier: dossier.hex, changeSet: change.hex, records: records.map(\.uuidString),
      number: number, state: state ?? clueState,
      warnings: (isForked ? [Catalogue.text("warning.forked", in: acting.language)] : [])
        + [repeated].compactMap(\.self) + notices)
  }

  private func clueState(
    of dossier: DossierID, in transaction: borrowing OfficeTransaction
  ) throws -> (state: String?, isForked: Bool) {
    if let card = try transaction.card(of: dossier) { return (card.clueState, card.isForked) }
    let row = try transaction.sql.firstRow(
      """
      SELECT (SELECT state FROM casework.clue WHERE dossier = \(dossier)),
        (SELECT forked FROM casework.dossier WHERE dossier = \(dossier))
      """)
    return (try row?.value(0, as: String?.self), try row?.value(1, as: Bool?.self) == true)
  }
}
