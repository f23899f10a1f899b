package import Ledger
import Postgres
import Replica

extension Office {
  /// Why the last attempt with a peer failed, as the process remembers it.
  package struct LastFailure: Sendable {
    /// When.
    package var at: Timestamp
    /// Why.
    package var fault: PeerFault

    /// Describes a failure.
    package init(at: Timestamp, fault: PeerFault) {
      self.at = at
      self.fault = fault
    }
  }

  /// Lists the last exchanges with peers, the newest at the end.
  ///
  /// A node keeps no book of its exchanges. What they left in its tables is told in the order of
  /// time, each source bounded: the newest rows of the log by the page they came with, receipts of
  /// readers, what waits and what was refused, alarms, and what an operator did about it.
  package func syncLog(
    _ request: API.SyncLogRequest, failures: [AgencyCode: LastFailure] = [:],
    in language: Language = .zh
  ) async throws -> API.SyncLog {
    let limit = try Field.page(nil, request.limit).limit
    let peer = try request.peer.flatMap { $0.isEmpty ? nil : try Field.agency($0, "peer") }
    return try await read { transaction in
      if let peer, try transaction.directory()?.current.agency(peer) == nil {
        throw OfficeError(.peerUnknown, ["peer": peer.rawValue])
      }
      let trail = ExchangeTrail(peer: peer, limit: limit + 1)
      var entries = try trail.entries(in: transaction.sql)
      for (agency, failure) in failures where peer == nil || agency == peer {
        entries.append(
          API.SyncEntry(
            at: failure.at.description, peer: agency.rawValue, kind: "failed", count: 1,
            code: failure.fault.code, detail: failure.fault.text(in: language)))
      }
      entries.sort { ($0.at, $0.peer, $0.kind) < ($1.at, $1.peer, $1.kind) }
      return API.SyncLog(
        entries: Array(entries.suffix(limit)), truncated: entries.count > limit)
    }
  }
}
