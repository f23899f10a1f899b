import Casework
import Exchange
import Ledger
import Postgres
import Replica

extension Office {
  /// Does what the node does by itself: answers requests to withdraw and finalizes proposals.
  ///
  /// Called after deliveries became durable and after the start. It looks at the tables, not at
  /// what came, so that nothing is missed and nothing is done twice. Each act is a transaction of
  /// its own: one that is refused keeps no other from being done.
  /// - Returns: the acts written.
  @discardableResult
  package func standingActs() async throws -> Int {
    let (directory, letters) = try await store.read { transaction -> (Directory?, [Letter]) in
      guard let directory = try transaction.directory(),
        directory.current.agency(agency) != nil
      else { return (nil, []) }
      return (directory, try withdrawalsToAnswer(in: transaction))
    }
    guard let directory else { return 0 }
    var count = 0
    if readyProposal(in: directory) != nil {
      let isFinal = try await standingAct { transaction, desk in
        try desk.finalizeReady(in: transaction)
        guard let change = desk.change else { return false }
        try note("finalizeProposal", change.id.hex, desk, in: transaction)
        return true
      }
      if isFinal { count += 1 }
    }
    for letter in letters {
      let isAnswered = try await standingAct { transaction, desk in
        // It was listed in a transaction before this one.
        guard try letter.isAskedBack(in: transaction) else { return false }
        let asked = try desk.requests(for: letter, in: transaction)
        let act = Act(
          on: letter.document, .document, verb: .agreeWithdraw, actor: nil, role: nil,
          date: desk.today, basis: [letter.place] + asked, automatic: true)
        _ = try desk.write(act, in: letter.dossier, in: transaction)
        try note("agreeWithdraw", letter.document.uuidString, desk, in: transaction)
        return true
      }
      if isAnswered { count += 1 }
    }
    return count
  }

  /// Does one act of the node; a refusal that concerns the act alone undoes it and is no failure.
  ///
  /// - Returns: whether it was written.
  private func standingAct(
    _ body: @escaping @Sendable (borrowing OfficeTransaction, inout Desk) throws -> Bool
  ) async throws -> Bool {
    do {
      let (isWritten, readers) = try await store.write {
        transaction -> (Bool, Set<AgencyCode>) in
        var desk = Desk(
          office: self, acting: .node, now: clock.now, directory: try transaction.directory(),
          person: nil)
        return (try body(transaction, &desk), desk.readers)
      }
      if !readers.isEmpty { wake(readers.sorted()) }
      return isWritten
    } catch {
      guard let refusal = Self.refusal(of: error) as? OfficeError, refusal.concernsOneDossier
      else { throw error }
      return false
    }
  }

  private func withdrawalsToAnswer(
    in transaction: borrowing OfficeTransaction
  ) throws -> [Letter] {
    let rule = try Setting.autoAgreeWithdraw.value(at: settingsDesk, in: transaction.sql)
    guard rule == "on" else { return [] }
    return try Letter.asked(of: agency, in: transaction)
  }

  /// What the audit notes beside, with the desk before it when that is a hosted agency's.
  func noted(_ detail: String) -> String {
    isHosted ? "desk \(agency)\(detail.isEmpty ? "" : " \(detail)")" : detail
  }

  /// Writes a step of the node itself into the audit.
  func note(
    _ operation: String, _ subject: String, _ desk: Desk,
    in transaction: borrowing OfficeTransaction
  ) throws {
    try AuditLog.append(
      AuditEntry(
        number: 0, at: desk.now, osUser: desk.acting.osUser, person: nil, personName: "",
        operation: operation, subject: subject, outcome: "ok", change: desk.change?.id,
        detail: noted(""), previous: AuditEntry.beginning), in: transaction.sql)
  }

  /// Writes an operator's step that the office does not do itself into the audit, such as a repair.
  ///
  /// `outcome` is `ok` or the name of the refusal; `detail` carries numbers and reasons, no
  /// content.
  package func record(
    _ operation: String, on subject: String, outcome: String = "ok", detail: String = "",
    by acting: Acting
  ) async throws {
    try await record(
      operation, on: subject, outcome: outcome, person: nil,
      detail: Repeat.line(detail, max: Limits.auditDetailCharactersMax), by: acting)
  }

  /// Writes a step of a person, or of nobody named, into the audit in a transaction of its own.
  func record(
    _ operation: String, on subject: String, outcome: String = "ok", person: Ledger.Person?,
    detail: String, by acting: Acting
  ) async throws {
    try await store.write { transaction in
      try AuditLog.append(
        AuditEntry(
          number: 0, at: clock.now, osUser: acting.osUser, person: person?.id,
          personName: person?.name ?? Repeat.line(acting.person ?? ""), operation: operation,
          subject: Repeat.line(subject), outcome: outcome, change: nil,
          detail: noted(detail), previous: AuditEntry.beginning), in: transaction.sql)
      return
    }
  }

  /// The first line of the audit that is not as it was written, for `reconcile --self`.
  ///
  /// The audit is checked whole, against itself and against where it ended. Nothing repairs it: no
  /// other copy exists, and a line that could be put back could be put in.
  package func auditCheck() async throws -> (lines: Int, fault: API.RowDifference?) {
    let (kind, number): (String, Int)
    switch try await verifyAudit() {
    case .intact(let lines): return (lines, nil)
    case .missing(let line): (kind, number) = ("missing", line)
    case .changed(let line): (kind, number) = ("changed", line)
    case .extra(let line): (kind, number) = ("extra", line)
    }
    let fault = API.RowDifference(table: "office.audit", id: "seq=\(number)", kind: kind)
    return (number - 1, fault)
  }

  /// Whether the audit is as it was written.
  package func verifyAudit() async throws -> AuditLog.Verdict {
    try await read { try AuditLog.verify(in: $0.sql) }
  }
}

extension OfficeError {
  /// Whether something of one dossier stands in the way, so that acts in others may be lawful.
  fileprivate var concernsOneDossier: Bool {
    switch refusal {
    case .conflict, .forked, .upgradeNeeded, .notFound, .unlawful, .notYours, .roleMissing,
      .countersignaturesMissing:
      true
    default: false
    }
  }
}
