import Exchange
package import Ledger
import Replica

extension Office {
  /// Lets this node write again after its database went back in time, by an operator's decision.
  ///
  /// The operator has seen which of our change sets came back from peers and confirms that they
  /// are ours; what is not whole is given up. The reason stands in the audit. A dry run only shows.
  ///
  /// - Parameters:
  ///   - request: the reason, and the agency's own code as confirmation.
  ///   - isConfirmed: whether peers have confirmed, since the start, where this node stands.
  ///   - acting: the operator.
  /// - Returns: what was decided about.
  /// - Throws: ``OfficeError`` without a reason or with another code than this agency's.
  package func resume(
    _ request: API.ResumeRequest, isConfirmed: Bool, by acting: Acting
  ) async throws -> API.Resume {
    if request.dryRun {
      return try await read { transaction in
        let standing = try ReadRestored(signatory: signatory).run(transaction)
        return API.Resume(standing, of: agency, isConfirmed: isConfirmed, resumed: false)
      }
    }
    return try await write(API.resume, request, by: acting, on: agency.rawValue) {
      transaction, desk in
      let reason = try Field.text(request.reason, "reason")
      guard request.confirm == agency.rawValue else {
        throw OfficeError(.confirmationMissing, ["confirm": agency.rawValue])
      }
      let standing = try ReadRestored(signatory: signatory).run(transaction)
      if standing != nil {
        try ResumeAfterRestore(outbox: entropy.outboxID()).run(transaction)
        for agency in Routing(node: node, view: desk.directory?.current).local {
          try Series.reserveAll(of: agency, in: transaction.sql)
        }
        if var note = try RebuildNote(in: transaction.sql) {
          note.resumedAt = desk.now.description
          try note.keep(in: transaction.sql)
        }
      }
      let counts = "returned \(standing?.returned.count ?? 0), held \(standing?.held.count ?? 0)"
      desk.detail = Repeat.line(
        "\(counts): \(reason)", max: Limits.auditDetailCharactersMax)
      return API.Resume(
        standing, of: agency, isConfirmed: isConfirmed,
        resumed: standing != nil || !isConfirmed)
    }
  }

  /// Notes every number that papers of the agencies here carry, so that none is drawn again.
  ///
  /// Called when a node that went back in time goes on by itself: what came back under a key
  /// replaced since is decided by nobody, and its numbers stand on paper all the same.
  package func reserveNumbers() async throws {
    let node = node
    try await store.write { transaction in
      let view = try transaction.directory()?.current
      for agency in Routing(node: node, view: view).local {
        try Series.reserveAll(of: agency, in: transaction.sql)
      }
    }
  }

  /// The key under which everything that this agency ever wrote is re-affirmed; nil for none.
  package func reaffirmedKey() async throws -> KeyID? {
    try await read { transaction in
      try Setting.reaffirmedKey.value(at: settingsDesk, in: transaction.sql)
        .flatMap { KeyID(hex: $0) }
    }
  }

  /// Keeps that everything is re-affirmed under a key.
  ///
  /// The numbers of all that this agency ever issued are here by then, perhaps from another node on
  /// which it worked, so that none of them is drawn again.
  package func keep(reaffirmed key: KeyID) async throws {
    try await store.write { transaction in
      try Series.reserveAll(of: agency, in: transaction.sql)
      try Setting.reaffirmedKey.set(key.hex, at: settingsDesk, in: transaction.sql)
    }
  }
}

extension API.Resume {
  /// What stands between a node and writing again, as the API shows it.
  fileprivate init(
    _ standing: RestoredStanding?, of agency: AgencyCode, isConfirmed: Bool, resumed: Bool
  ) {
    self.init(
      agency: agency.rawValue, restored: standing != nil, witness: standing?.state.witness.rawValue,
      since: standing?.state.since.description, confirmed: isConfirmed,
      returned: (standing?.returned ?? []).map { API.ChangeSetPlace($0) },
      held: (standing?.held ?? []).map { API.ChangeSetPlace($0) },
      resumed: resumed,
      truncated: max(standing?.returned.count ?? 0, standing?.held.count ?? 0) >= API.listMax)
  }
}

extension API.ChangeSetPlace {
  /// The place of a change set, as the API shows it.
  init(_ entry: ReconcileReport.Entry) {
    self.init(
      id: entry.id.hex, dossier: entry.dossier.hex, author: entry.author.rawValue,
      sequence: Int(clamping: entry.sequence))
  }
}
