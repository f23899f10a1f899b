import Casework
import Exchange
import Ledger
import Postgres
import Replica

extension Desk {
  /// The role in which the clerk may take a step, or a refusal that names the roles it takes.
  ///
  /// Of several the first in the order of the code table is taken, so that the same step by the
  /// same person always gives the same record.
  func role(_ roles: Roles, for verb: String) throws -> Role {
    try role(oneOf: roles.roles(in: kind()), for: verb)
  }

  /// The role in which the clerk may do what takes one of these roles.
  func role(oneOf needed: Set<Role>, for verb: String) throws -> Role {
    let clerk = try clerk()
    let held = clerk.heldRoles
    if let role = Role.allCases.first(where: { needed.contains($0) && held.contains($0) }) {
      return role
    }
    let names = Role.allCases.filter(needed.contains).map { "role.\($0.rawValue)" }
    throw OfficeError(
      .roleMissing,
      ["person": clerk.name, "verb": verb, "roles": names.joined(separator: ", ")])
  }

  /// The role for a step of a machine in a state, or a refusal that says who made it so and when.
  func role<State>(
    _ step: Casework.Step, in machine: Machine<State>, from state: State, reached: Reached
  ) throws -> Role {
    let label = "verb.\(step.code)"
    let rules = machine.rules.filter { $0.step == step }
    guard let any = rules.first else {
      throw OfficeError(.internalFault, ["request": step.code])
    }
    guard let rule = rules.first(where: { $0.from.contains(state) }) else {
      // The role first: who may not do it at all learns nothing about the state.
      _ = try role(any.roles, for: label)
      throw OfficeError(unlawful: label, in: state, reached)
    }
    return try role(rule.roles, for: label)
  }

  /// Who brought a question to its state, and when, for the sentence of a refusal.
  struct Reached {
    let group: String
    let agency: AgencyCode
    let on: CivilDate?
  }
}

extension Desk {
  /// Writes the records of one step into a dossier and refuses when any of them has no effect.
  ///
  /// Sealed parts beyond those that one change set holds go out in others after it; the first is
  /// the one that the step is about.
  ///
  /// The change set is judged by the very fold that every replica runs: what it would void is never
  /// written, because the refusal rolls the transaction back.
  ///
  /// A dossier that holds records of a later build takes nothing but a step that closes it to an
  /// agency: who is a member is read without any record, and whoever wrote what nobody here can
  /// read must not be able to keep anybody in.
  mutating func commit(
    _ step: Composition, to dossier: DossierID?, closing: Bool = false,
    in transaction: borrowing OfficeTransaction
  ) throws -> StoredChangeSet {
    try assertHere(in: transaction)
    if let dossier { try assertWritable(dossier, closing: closing, in: transaction) }
    let parts = step.changeSets
    let written = try append(parts[0], to: dossier, in: transaction)
    try refuseVoid(written, closing: closing, in: transaction)
    for further in parts.dropFirst() {
      let next = try append(further, to: written.dossier, in: transaction, isFurther: true)
      try refuseVoid(next, closing: closing, in: transaction)
    }
    return written
  }

  /// Refuses to write for an agency that works on another node, or whose chains have not all come
  /// from the node on which it worked before: what they lack would be cut off for good.
  private func assertHere(in transaction: borrowing OfficeTransaction) throws {
    guard let view = directory?.current, let known = view.agency(office.agency) else { return }
    let host = view.host(of: office.agency)
    guard host == office.node else {
      throw OfficeError(
        .conflict, ["detail": "conflict.hostedElsewhere, \(host)"])
    }
    let before = known.formerHosts.subtracting([office.node]).sorted()
    guard !before.isEmpty,
      try Setting.reaffirmedKey.value(at: office.settingsDesk, in: transaction.sql) == nil
    else { return }
    let names = before.map(\.rawValue).joined(separator: ", ")
    throw OfficeError(.conflict, ["detail": "conflict.handOver, \(names)"])
  }

  private func assertWritable(
    _ dossier: DossierID, closing: Bool, in transaction: borrowing OfficeTransaction
  ) throws {
    let (needsUpgrade, isForked) = try standing(of: dossier, in: transaction)
    if !closing && needsUpgrade { throw OfficeError(.upgradeNeeded) }
    guard isForked else { return }
    let graph = try transaction.graphs([dossier])[dossier]
    if graph?.forks.contains(where: { $0.author == office.agency }) ?? false {
      throw OfficeError(.forked, ["agency": office.agency.rawValue])
    }
  }

  private func standing(
    of dossier: DossierID, in transaction: borrowing OfficeTransaction
  ) throws -> (needsUpgrade: Bool, isForked: Bool) {
    if let card = try transaction.card(of: dossier) { return (card.needsUpgrade, card.isForked) }
    let row = try transaction.sql.firstRow(
      """
      SELECT l.needs_upgrade, c.forked
      FROM casework.dossier c JOIN ledger.dossier l ON l.id = c.dossier
      WHERE c.dossier = \(dossier)
      """)
    guard let row else { return (false, false) }
    return try row.values(Bool.self, Bool.self)
  }

  private func refuseVoid(
    _ written: StoredChangeSet, closing: Bool, in transaction: borrowing OfficeTransaction
  ) throws {
    // A code that no table here has would make the dossier wait for an upgrade: not from this desk.
    let unknown = Invalidity.unknownCode.rawValue
    if let card = try transaction.card(of: written.dossier) {
      if let void = card.void(in: written.id) {
        try refuse(written, void.reason, void.detail, void.part, void.record, in: transaction)
      } else if card.needsUpgrade, !closing {
        try refuse(written, unknown, "", -1, -1, in: transaction)
      }
      return
    }
    let row = try transaction.sql.firstRow(
      """
      SELECT reason, coalesce(detail, ''), part, record FROM casework.void
      WHERE dossier = \(written.dossier) AND change = \(written.id)
      UNION ALL
      SELECT reason, coalesce(detail, ''), part, record FROM casework.sealed_void
      WHERE dossier = \(written.dossier) AND change = \(written.id)
      UNION ALL
      SELECT \(unknown)::text, '', -1::bigint, -1::bigint FROM ledger.dossier
      WHERE id = \(written.dossier) AND needs_upgrade AND NOT \(closing)::boolean
      LIMIT 1
      """)
    guard let row else { return }
    let (reason, stated, part, position) = try row.values(
      String.self, String.self, Int.self, Int.self)
    try refuse(written, reason, stated, part, position, in: transaction)
  }

  private func refuse(
    _ written: StoredChangeSet, _ reason: String, _ stated: String, _ part: Int, _ position: Int,
    in transaction: borrowing OfficeTransaction
  ) throws {
    let detail =
      reason == Invalidity.unknownCode.rawValue && stated.isEmpty
      ? try transaction.folded(written.dossier)?.unknown.last ?? "" : stated
    let (step, parties) = try tried(written, part, position, in: transaction)
    throw OfficeError(
      void: reason, detail: detail, person: person?.name ?? "", step: step, parties: parties)
  }

  /// The step that a record of a change set tried to take, and whose it is; of a whole part, or of
  /// what stands nowhere, the first one.
  private func tried(
    _ written: StoredChangeSet, _ part: Int, _ position: Int,
    in transaction: borrowing OfficeTransaction
  ) throws -> (step: Casework.Step?, parties: [Party]) {
    let code = try transaction.sql.value(
      "SELECT kind FROM casework.dossier WHERE dossier = \(written.dossier)", as: String?.self)
    let kind = code.flatMap { $0 }.flatMap(DossierKind.init(rawValue:))
    let records = written.part(max(0, part))?.records ?? []
    for record in records.indices.contains(position) ? [records[position]] : records {
      guard case .record(let read) = CaseRecord.read(record) else { continue }
      switch read.content {
      case .act(let act):
        return (act.step, Machines.parties(of: act.step, on: act.targetType, in: kind))
      case .result(let result):
        let step = Casework.Step.result(result.kind)
        return (step, Machines.parties(of: step, on: .result, in: kind))
      default: continue
      }
    }
    return (nil, [])
  }
}

extension OfficeError {
  /// The refusal of a step that the state does not allow: who made it so, and when.
  init(unlawful verb: String, in state: some CodeTable, _ reached: Desk.Reached) {
    var values = [
      "verb": verb, "state": "\(reached.group).\(state.rawValue)",
      "agency": reached.agency.rawValue, "detail": "unlawful.undated",
    ]
    if let on = reached.on {
      values.merge(["on": on.description, "detail": "unlawful.dated"]) { $1 }
    }
    self.init(.unlawful, values)
  }

  /// The refusal of a step that the fold would void.
  ///
  /// Of a step that is another agency's the fold tells who tried; people are told whose it is.
  init(
    void reason: String, detail: String, person: String, step: Casework.Step?, parties: [Party]
  ) {
    let verb = step.map { "verb.\($0.code)" } ?? "void.\(reason)"
    switch Invalidity(rawValue: reason) {
    case .selfApproval: self.init(.drafterSigns, ["person": person])
    case .unanswered: self.init(.countersignaturesMissing, ["missing": detail])
    case .wrongRole, .notHeld:
      self.init(
        .roleMissing, ["person": person, "verb": verb, "roles": detail])
    case .wrongAuthor:
      let lawful = parties.map { "party.\($0.rawValue)" }.joined(separator: ", ")
      self.init(.notYours, ["verb": verb, "agency": lawful.isEmpty ? "party.other" : lawful])
    default:
      self.init(
        .conflict,
        ["detail": detail.isEmpty ? "void.\(reason)" : "void.\(reason), \(detail)"])
    }
  }
}
