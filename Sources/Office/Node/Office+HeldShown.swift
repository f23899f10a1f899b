import Exchange
package import Ledger
import Postgres
import Replica

extension Office {
  /// The held change set that an id or a unique prefix names.
  package func heldID(_ text: String) async throws -> ChangeSetID {
    try await read { try IDPrefix.one(text, of: "ledger.held", in: $0) }
  }

  /// Shows a held change set: what it waits for, since when, and who is asked for it.
  package func heldChangeSet(_ request: API.HeldRequest) async throws -> API.ShownHeld {
    try await read { transaction in
      let id = try IDPrefix.one(request.id, of: "ledger.held", in: transaction)
      let copies = try transaction.heldCopies([id]).sorted {
        ($0.since, $0.sender) < ($1.since, $1.sender)
      }
      guard let first = copies.first else { throw Lookup.notFound(request.id) }
      let (shown, isCut) = API.cut(copies)
      let (missing, isShort) = API.cut(Set(copies.flatMap(\.missing)).sorted())
      return API.ShownHeld(
        id: id.hex, author: first.origin?.author.rawValue ?? "",
        dossier: first.origin?.dossier.hex ?? "",
        sequence: Int(clamping: first.origin?.sequence ?? 0), reason: first.reason.code,
        since: first.since.description,
        copies: shown.map { copy in
          API.HeldCopy(
            from: copy.sender.rawValue, reason: copy.reason.code, since: copy.since.description,
            bytes: copy.byteCount)
        },
        missing: try states(of: missing, in: transaction),
        asked: try asked(for: copies.map(\.notice), in: transaction).map(\.rawValue),
        truncated: isCut || isShort)
    }
  }

  /// Where each of some change sets is that others wait for.
  private func states(
    of ids: [ChangeSetID], in transaction: borrowing OfficeTransaction
  ) throws -> [API.HeldMissing] {
    guard !ids.isEmpty else { return [] }
    let stored = try transaction.locate(ids)
    let rejected = try transaction.rejected(ids)
    let held = Set(
      try transaction.sql.rows("SELECT DISTINCT id FROM ledger.held WHERE id = ANY(\(ids))")
        .map { try $0.value(0, as: ChangeSetID.self) })
    return ids.map { id in
      let state =
        if stored[id] != nil {
          "stored"
        } else if rejected[id] != nil {
          "rejected"
        } else {
          held.contains(id) ? "held" : "missing"
        }
      return API.HeldMissing(id: id.hex, state: state)
    }
  }

  /// The peers with an address that are asked for what held copies wait for, ascending.
  private func asked(
    for notices: [HeldNotice], in transaction: borrowing OfficeTransaction
  ) throws -> [AgencyCode] {
    let view = try transaction.directory()?.current
    let reachable = Routing(node: node, view: view).peers.filter {
      view?.particulars(of: $0)?.endpoint.isEmpty == false && view?.activeKey(of: $0) != nil
    }
    return try ListWanted(peers: reachable, for: notices).run(transaction).map(\.peer)
  }
}
