import Casework
import Exchange
import Ledger
import Postgres
import Replica

extension Office {
  /// Opens a dossier.
  package func createDossier(
    _ request: API.CreateDossierRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(API.createDossier, request, by: acting, on: request.number ?? "-") {
      transaction, desk in
      let opening = Opening(
        kind: try Field.code(request.kind, "kind"), title: request.title, number: request.number,
        source: request.source, sourceAgency: request.sourceAgency, region: request.region,
        campaign: request.campaign, classification: request.classification,
        channel: request.channel, demandKind: request.demandKind, level: request.level,
        batch: request.batch,
        exclude: request.exclude, admit: request.admit, reason: request.reason, on: request.on)
      let opened = try desk.open(opening, in: transaction)
      return try desk.step(
        opened.dossier, opened.change, opened.records, number: opened.number, in: transaction)
    }
  }

  /// Admits an agency, which gets the whole dossier.
  ///
  /// An admission cites excludes of the agency that stand in void change sets, and so lifts them;
  /// an exclude in a change set that counts is final.
  package func admit(_ request: API.AdmitRequest, by acting: Acting) async throws -> API.Step {
    try await write(API.admit, request, by: acting, on: request.dossier) { transaction, desk in
      let dossier = try Lookup(agency: agency).dossier(request.dossier, in: transaction)
      let newcomer = try Field.agency(request.agency, "agency")
      try desk.known([newcomer])
      guard let graph = try transaction.graphs([dossier])[dossier] else {
        throw Lookup.notFound(request.dossier)
      }
      let excludes = graph.standingExcludes(of: newcomer)
      let lifted = excludes.filter { graph.standing(of: $0)?.isFolded == false }
      if lifted.count < excludes.count {
        throw OfficeError(.conflict, ["detail": "conflict.excluded, \(newcomer.rawValue)"])
      }
      let grant = Grant(agency: newcomer, ground: .admit, lifting: lifted.sorted())
      return try desk.change(
        .admit, newcomer, .grant(grant), in: dossier, request.on, request.reason, transaction)
    }
  }

  /// Ends the membership of an agency: it keeps what it had, and the end is the last that it gets.
  ///
  /// A later admission reopens it.
  package func end(_ request: API.EndRequest, by acting: Acting) async throws -> API.Step {
    try await write(API.end, request, by: acting, on: request.dossier) { transaction, desk in
      let dossier = try Lookup(agency: agency).dossier(request.dossier, in: transaction)
      let leaving = try Field.agency(request.agency, "agency")
      try desk.known([leaving])
      guard let graph = try transaction.graphs([dossier])[dossier] else {
        throw Lookup.notFound(request.dossier)
      }
      if leaving == graph.home || !graph.members.contains(leaving) {
        throw OfficeError(.conflict, ["detail": "conflict.cannotEnd, \(leaving.rawValue)"])
      }
      let statement = MembershipStatement.end(
        agency: leaving, reason: try Field.optionalText(request.reason, "reason"))
      return try desk.change(
        .end, leaving, statement, in: dossier, request.on, request.reason, transaction)
    }
  }

  /// Excludes an agency, at once and for good.
  package func exclude(_ request: API.ExcludeRequest, by acting: Acting) async throws -> API.Step {
    try await write(API.exclude, request, by: acting, on: request.dossier) { transaction, desk in
      let dossier = try Lookup(agency: agency).dossier(request.dossier, in: transaction)
      let excluded = try Field.agency(request.agency, "agency")
      try desk.known([excluded])
      guard let graph = try transaction.graphs([dossier])[dossier] else {
        throw Lookup.notFound(request.dossier)
      }
      if excluded == agency || excluded == node || excluded == graph.home
        || (agency != graph.home && graph.addressees.contains(excluded))
      {
        throw OfficeError(.conflict, ["detail": "conflict.cannotExclude, \(excluded.rawValue)"])
      }
      let statement = MembershipStatement.exclude(
        agency: excluded, reason: try Field.optionalText(request.reason, "reason"))
      return try desk.change(
        .exclude, excluded, statement, in: dossier, request.on, request.reason, transaction)
    }
  }
}

extension Desk {
  /// The act that says who admits, excludes or ends an agency, and why.
  func membershipAct(
    _ verb: Verb, _ agency: AgencyCode, of dossier: RecordID, _ kind: DossierKind,
    on date: CivilDate, reason: String?
  ) throws -> Act {
    guard let rule = Machines.membership.rule(.verb(verb), from: kind) else {
      throw OfficeError(.conflict, ["detail": "void.noTarget"])
    }
    let role = try role(rule.roles, for: "verb.\(verb.rawValue)")
    var act = Act(
      on: dossier, .dossier, verb: verb, actor: try clerk().id, role: role, date: date,
      note: try Field.optionalText(reason, "reason"))
    act.agencies = [agency]
    return act
  }

  /// Writes a change of membership: the statement that the ledger reads and the act that people do.
  fileprivate mutating func change(
    _ verb: Verb, _ agency: AgencyCode, _ statement: MembershipStatement, in dossier: DossierID,
    _ on: String?, _ reason: String?, _ transaction: borrowing OfficeTransaction
  ) throws -> API.Step {
    let row = try transaction.sql.firstRow(
      "SELECT home, id, kind FROM casework.dossier WHERE dossier = \(dossier) AND id IS NOT NULL")
    guard let row, let kind = DossierKind(rawValue: try row.value(2)),
      let rule = Machines.membership.rule(.verb(verb), from: kind)
    else { throw OfficeError(.conflict, ["detail": "void.noTarget"]) }
    let home = try row.value(0, as: AgencyCode.self)
    if rule.by == .home, home != office.agency {
      throw OfficeError(.notYours, ["verb": "verb.\(verb.rawValue)", "agency": home.rawValue])
    }
    let act = try membershipAct(
      verb, agency, of: try row.value(1), kind, on: try date(on), reason: reason)
    var composition = Composition(office.agency)
    composition.add(statement)
    composition.add(newID(), .act(act))
    let written = try commit(
      composition, to: dossier, closing: verb == .end || verb == .exclude, in: transaction)
    detail = agency.rawValue
    return try step(dossier, written.id, composition.ids, in: transaction)
  }
}
