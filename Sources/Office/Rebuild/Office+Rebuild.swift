package import Exchange
package import Ledger
package import Replica

extension Office {
  /// Makes an empty database that of this agency again, out of what a peer gave.
  ///
  /// - Parameters:
  ///   - signatory: the agency with its key.
  ///   - directory: the pinned id of the directory's first entry.
  ///   - entries: the directory, ancestors first.
  ///   - source: the peer that gave them.
  ///   - store: the store, with nothing but the record of the node.
  ///   - now: the business clock.
  /// - Throws: ``OfficeError`` `integrity` when the entries do not lead from the pinned one to this
  ///   key; nothing was changed then.
  package static func beginRebuild(
    _ signatory: Signatory, directory: DossierID, entries: [Delivery], from source: AgencyCode,
    in store: PostgresStore, now: Timestamp
  ) async throws {
    try await store.write { transaction in
      let begin = BeginRebuild(
        signatory: signatory, directory: directory, entries: entries, source: source, now: now)
      guard try begin.run(transaction) else {
        throw OfficeError(.integrity, ["detail": "rebuild.foreign"])
      }
      try RebuildNote(since: now).keep(in: transaction.sql)
      try AuditLog.append(
        AuditEntry(
          number: 0, at: now, osUser: Acting.node.osUser, person: nil, personName: "",
          operation: "rebuild", subject: signatory.agency.rawValue, outcome: "ok", change: nil,
          detail: "directory from \(source)", previous: AuditEntry.beginning),
        in: transaction.sql)
    }
  }

  /// Whether this node was rebuilt and no operator has let it write again yet.
  package func isRebuilding() async throws -> Bool {
    try await read { transaction in
      try RebuildNote(in: transaction.sql).map { $0.resumedAt == nil } ?? false
    }
  }

  /// Notes what a peer gave to a node that is being rebuilt; nil when it did not answer.
  ///
  /// - Returns: whether the peer has heard from another node under our key, seen for the first
  ///   time.
  package func noteRebuild(_ recovered: Recovered?, of peer: AgencyCode) async throws -> Bool {
    let now = clock.now
    return try await store.write { transaction in
      guard var note = try RebuildNote(in: transaction.sql) else { return false }
      let outbox = try transaction.node().outbox
      let isSecond = note.note(recovered, of: peer, outbox: outbox, at: now)
      try note.keep(in: transaction.sql)
      if isSecond {
        try transaction.raise([
          Alarm(peer: peer, kind: .secondNode, subject: "outbox", evidence: [], at: now)
        ])
      }
      return isSecond
    }
  }

  /// What a rebuilt node has again, and what only it held.
  package func rebuildReport() async throws -> API.Rebuild {
    try await read { transaction in
      guard let note = try RebuildNote(in: transaction.sql) else {
        throw OfficeError(.conflict, ["detail": "rebuild.none"])
      }
      return try RebuildReport(agency: agency, note: note).written(in: transaction)
    }
  }
}
