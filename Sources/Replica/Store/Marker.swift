import Dispatch
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

  /// Where the writing transaction that led here found the database.
  var before: DatabasePosition {
    DatabasePosition(
      system: system, timeline: timeline, outbox: outbox, generation: max(0, generation - 1))
  }

  /// Whether a database that was at `earlier` can be here now without having lost a commit.
  ///
  /// The outbox is no part of it: a new one in the same database is a commit like any other.
  func isReached(from earlier: DatabasePosition) -> Bool {
    system == earlier.system && timeline >= earlier.timeline && generation >= earlier.generation
  }

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
/// behind after a power cut is harmless. Nor is it replaced: a file made and one removed for each
/// commit make the file system look through all that were removed within seconds. It has one
/// length, one sector of any disk, and each write is one call, so that it is never half written.
///
/// Once a database was found behind, the file says so, however far the database has come since: it
/// is the only witness until the database's own record says that it is restored. From then on the
/// file follows the database again, so that a second loss shows too.
package final class Marker: Sendable {
  private let path: String
  private let queue = DispatchQueue(label: "guantong.replica.marker")
  private let known = Mutex<Note?>(nil)

  /// What the file says.
  private struct Note: Equatable {
    var position: DatabasePosition
    var isLost: Bool
  }

  init(_ path: String) {
    self.path = path
  }

  /// Notes that the database is about to be replaced by an older one, such as a backup's.
  ///
  /// - Parameters:
  ///   - path: the file of the marker.
  ///   - database: where the older one is; kept when there is no marker that says more.
  /// - Throws: ``ReplicaError`` when the file cannot be written.
  package static func noteLoss(at path: String, in database: DatabasePosition) async throws {
    let marker = Marker(path)
    try await marker.onQueue {
      let position = (try? marker.read())?.position ?? database
      try marker.write(Note(position: position, isLost: true))
    }
  }

  /// Notes that a transaction has brought the database to a position, or found it there.
  ///
  /// The first one of a process also compares where that transaction found the database.
  func raise(to position: DatabasePosition) async throws {
    try await onQueue { [self] in
      guard let last = try known.withLock({ $0 }) ?? read() else {
        return try write(Note(position: position, isLost: false))
      }
      if last.isLost { return }
      guard position.before.isReached(from: last.position) || position == last.position else {
        // A transaction that was overtaken by a later one on its way here is no news either.
        if known.withLock({ $0 }) != nil { return }
        return try write(Note(position: last.position, isLost: true))
      }
      try write(Note(position: position, isLost: false))
    }
  }

  /// Whether a transaction that has the writing lock found the database behind what this process
  /// has seen committed: another server took over that lacks it, or another database stands there.
  ///
  /// From memory alone; before the first commit of a process ``verdict(on:)`` tells.
  func hasLost(_ found: DatabasePosition) -> Bool {
    known.withLock { note in
      note.map { !$0.isLost && !found.isReached(from: $0.position) } ?? false
    }
  }

  /// Whether this process has noted that the database came as far, or that it lost something.
  func covers(_ position: DatabasePosition) -> Bool {
    known.withLock { note in
      note.map { $0.isLost || $0.position.isReached(from: position) } ?? false
    }
  }

  /// Writes the position, also when it is behind: the database keeps the loss in mind by itself.
  func reset(to position: DatabasePosition) async throws {
    try await onQueue { [self] in try write(Note(position: position, isLost: false)) }
  }

  func verdict(on database: DatabasePosition?) async throws -> MarkerVerdict {
    try await onQueue { [self] in
      guard let note = try read(), let database else { return .absent }
      if !note.isLost, database.isReached(from: note.position) { return .consistent }
      if !note.isLost { try write(Note(position: note.position, isLost: true)) }
      return .wentBack(marker: note.position, database: database)
    }
  }

  private func read() throws -> Note? {
    guard let text = Files.read(path) else { return nil }
    var fields: [Substring: Substring] = [:]
    for line in text.split(separator: "\n") {
      let halves = line.split(separator: " ", maxSplits: 1)
      if halves.count == 2 { fields[halves[0]] = halves[1] }
    }
    guard fields["guantong-marker"] == "1", let system = fields["system"],
      let timeline = fields["timeline"].flatMap({ Int($0) }),
      let outbox = fields["outbox"].flatMap({ OutboxID(hex: $0) }),
      let generation = fields["generation"].flatMap({ Int($0) }), let lost = fields["lost"]
    else {
      throw ReplicaError(
        .damaged, object: path, reason: "is no marker file", words: "replica.noMarker",
        hint: "move it away; the node then compares with its peers as after a restore")
    }
    return Note(
      position: DatabasePosition(
        system: String(system), timeline: timeline, outbox: outbox, generation: generation),
      isLost: lost != "no")
  }

  private func write(_ note: Note) throws {
    let position = note.position
    let text = """
      guantong-marker 1
      system \(position.system)
      timeline \(position.timeline)
      outbox \(position.outbox.hex)
      generation \(position.generation)
      lost \(note.isLost ? "yes" : "no")

      """
    try Files.overwrite(text, at: path, bytes: Limits.markerBytes)
    known.withLock { $0 = note }
  }

  private func onQueue<Result: Sendable>(
    _ body: @escaping @Sendable () throws -> Result
  ) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Swift.Result { try body() }) }
    }
  }
}
