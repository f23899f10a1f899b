import Dispatch
import FoundationEssentials
package import Ledger
import Postgres
import Synchronization

/// How far a database has come, as it says itself.
package struct DatabasePosition: Sendable, Equatable {
  /// The id of the cluster, made at its birth (`pg_control_system`).
  package let system: String
  /// The timeline, which a restore or a failover raises.
  package let timeline: Int
  /// The id of the outbox.
  package let outbox: OutboxID
  /// The number of writing transactions.
  package let generation: Int

  /// Reads it from a database whose node record exists; nil before that.
  static func current(
    _ sql: borrowing Transaction
  ) throws(PostgresError) -> DatabasePosition? {
    let row = try sql.firstRow(
      """
      SELECT s.system_identifier::text, c.timeline_id::bigint, n.outbox, n.generation
      FROM exchange.node AS n, pg_control_system() AS s, pg_control_checkpoint() AS c
      """)
    guard let row else { return nil }
    let (system, timeline, outbox, generation) = try row.values(
      String.self, Int.self, OutboxID.self, Int.self)
    return DatabasePosition(
      system: system, timeline: timeline, outbox: outbox, generation: generation)
  }
}

/// What comparing a database with its marker file gave.
package enum MarkerVerdict: Sendable, Equatable {
  /// There is no marker file, or no database record to compare with.
  case absent
  /// The database is where the marker says, or further.
  case consistent
  /// The database went back in time, or is another one: nothing may be sealed before the own
  /// chains have been fetched from peers.
  case wentBack(marker: DatabasePosition, database: DatabasePosition)
}

/// The file outside the database that notes how far the database has come.
///
/// It is written after each COMMIT and before anything of it is served, so a database that is
/// behind it has lost commits, whichever way. It is not forced to disk: a marker that is itself
/// behind after a power cut is harmless.
final class Marker: Sendable {
  private let path: String
  private let queue = DispatchQueue(label: "guantong.replica.marker")
  private let raised = Mutex<DatabasePosition?>(nil)

  init(_ path: String) {
    self.path = path
  }

  /// Writes the position unless a later one is written already.
  func raise(to position: DatabasePosition) async throws {
    try await onQueue { [self] in
      let isNews = raised.withLock { last in
        if let last, last.outbox == position.outbox, last.generation >= position.generation {
          return false
        }
        last = position
        return true
      }
      if isNews { try write(position) }
    }
  }

  /// Writes the position, also when it is behind.
  func reset(to position: DatabasePosition) async throws {
    try await onQueue { [self] in
      raised.withLock { $0 = position }
      try write(position)
    }
  }

  func verdict(on database: DatabasePosition?) async throws -> MarkerVerdict {
    try await onQueue { [self] in
      guard let marker = try read(), let database else { return .absent }
      let isAhead =
        marker.system == database.system && marker.outbox == database.outbox
        && database.generation >= marker.generation
        && database.timeline >= marker.timeline
      return isAhead ? .consistent : .wentBack(marker: marker, database: database)
    }
  }

  private func read() throws -> DatabasePosition? {
    guard let text = Files.read(path) else { return nil }
    var fields: [Substring: Substring] = [:]
    for line in text.split(separator: "\n") {
      let halves = line.split(separator: " ", maxSplits: 1)
      if halves.count == 2 { fields[halves[0]] = halves[1] }
    }
    guard fields["guantong-marker"] == "1", let system = fields["system"],
      let timeline = fields["timeline"].flatMap({ Int($0) }),
      let outbox = fields["outbox"].flatMap({ OutboxID(hex: $0) }),
      let generation = fields["generation"].flatMap({ Int($0) })
    else {
      throw ReplicaError(
        .damaged, object: path, reason: "is no marker file",
        hint: "move it away; the node then compares with its peers as after a restore")
    }
    return DatabasePosition(
      system: String(system), timeline: timeline, outbox: outbox, generation: generation)
  }

  private func write(_ position: DatabasePosition) throws {
    let text = """
      guantong-marker 1
      system \(position.system)
      timeline \(position.timeline)
      outbox \(position.outbox.hex)
      generation \(position.generation)

      """
    try Files.write(text, to: path, owner: nil)
  }

  private func onQueue<Result: Sendable>(
    _ body: @escaping @Sendable () throws -> Result
  ) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Swift.Result { try body() }) }
    }
  }
}
