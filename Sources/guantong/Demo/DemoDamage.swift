import FoundationEssentials
import Glibc
import Office
import Replica
import Subprocess
import SystemPackage

/// Breaks and heals one agency of a running demo, from another process.
struct DemoDamage: Sendable {
  /// What can be broken.
  enum Kind: String, CaseIterable, Codable, Sendable {
    case cut, row, log, kill
  }

  /// What was broken.
  struct Done: Codable, Pageable {
    /// Names this shape and its version.
    var schema = "guantong.demo-break/v1"
    /// The agency.
    var agency: String
    /// What was done to it.
    var kind: Kind
    /// The table that was changed.
    var table: String?
    /// The row or change set.
    var id: String?

    func page(_ words: Words) -> Page {
      Page(blocks: [
        words.fields([
          "agency": Table.Cell(agency), "kind": Table.Cell(kind.rawValue),
          "table": Table.Cell(table ?? ""), "id": Table.Cell(id ?? ""),
        ])
      ])
    }
  }

  private let directory: String
  private let entry: DemoSheet.Entry

  /// Finds the agency in the demo given, or in the one that this user started last.
  init(directory given: String?, agency: String) throws {
    directory = try Self.directory(given)
    entry = try DemoSheet.read(in: directory).entry(agency)
  }

  /// The directory of the demo.
  static func directory(_ given: String?) throws -> String {
    guard let directory = given.map({ AbsolutePath.of($0) }) ?? DemoPointer.own.directory else {
      throw OfficeError(
        .file,
        ["path": "demo.json", "detail": "demo.none"])
    }
    return directory
  }

  /// A client of an agency's node.
  static func client(_ entry: DemoSheet.Entry, language: Language) -> NodeClient {
    NodeClient(
      socket: entry.socket, person: nil, language: language,
      startCommand: "guantong node run --config \(entry.config)")
  }

  /// Breaks it.
  func inflict(_ kind: Kind) async throws -> Done {
    var done = Done(agency: entry.code, kind: kind)
    switch kind {
    case .cut:
      _ = try await Self.client(entry, language: .en)
        .call(API.link, API.LinkRequest(cut: true))
    case .kill: try await killNode()
    case .row:
      for (table, statement) in Self.rows {
        let id = try await superuser([statement])
        if !id.isEmpty {
          done.table = table
          done.id = id
          return done
        }
      }
      throw OfficeError(.notFound, ["id": "casework"])
    case .log:
      done.table = "ledger.change_set"
      let id = try await superuser([
        Self.deletion, "SELECT current_setting('demo.victim', true)",
      ])
      guard !id.isEmpty else { throw OfficeError(.notFound, ["id": "ledger.change_set"]) }
      done.id = id
    }
    return done
  }

  /// Heals whatever was broken; what it says is what the check of the own tables found and mended.
  func heal(language: Language) async throws -> API.ReconcileSelf {
    let client = Self.client(entry, language: language)
    if (try? await client.call(API.status, API.StatusRequest(), timeout: .seconds(5))) == nil {
      try await startAgain()
    }
    _ = try await client.call(API.link, API.LinkRequest(cut: false))
    await exchangeNow(language: language)
    return try await client.call(
      API.reconcileSelf, API.ReconcileSelfRequest(repair: true), timeout: .seconds(300))
  }

  /// Lets every node exchange with this one now, instead of when its rest after failures is over.
  private func exchangeNow(language: Language) async {
    let agencies = (try? DemoSheet.read(in: directory))?.agencies ?? []
    await withDiscardingTaskGroup { group in
      for other in agencies {
        let peer = other.code == entry.code ? nil : entry.code
        group.addTask {
          _ = try? await Self.client(other, language: language)
            .call(API.sync, API.SyncRequest(peer: peer), timeout: .seconds(30))
        }
      }
    }
  }

  private func killNode() async throws {
    guard DemoLeftover.isOurs(entry.pid, entry.config) else {
      throw OfficeError(.conflict, ["detail": "\(entry.code): \(entry.pid)"])
    }
    Glibc.kill(entry.pid, SIGKILL)
    while DemoLeftover.isOurs(entry.pid, entry.config) {
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  /// Asks the demo to start the node; it takes the file away when the node is up.
  private func startAgain() async throws {
    let file = "\(directory)/control/\(entry.code)"
    try FileOutput.write([], to: file)
    let end = ContinuousClock.now + .seconds(60)
    while FileManager.default.fileExists(atPath: file) {
      guard ContinuousClock.now < end else { throw OfficeError(.timeout, ["seconds": "60"]) }
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  /// A row to edit: the newest document, or this agency's own entry where there is none.
  private static let rows = [
    (
      "casework.document",
      """
      UPDATE casework.document SET title = title || '(被改)'
      WHERE (dossier, author, id) = (SELECT dossier, author, id FROM casework.document
        ORDER BY issued_on DESC, id DESC LIMIT 1) RETURNING id
      """
    ),
    (
      "casework.agency",
      """
      UPDATE casework.agency SET name = name || '(被改)'
      WHERE code = (SELECT min(code) FROM casework.agency) RETURNING code
      """
    ),
  ]

  /// Deletes the newest received change set of a dossier, its parts and what was folded from it.
  private static let deletion = """
    DO $$
    DECLARE
      victim bytea;
      place record;
    BEGIN
      SELECT id INTO victim FROM ledger.change_set
        WHERE sender IS NOT NULL ORDER BY position DESC LIMIT 1;
      FOR place IN SELECT table_name FROM information_schema.columns
        WHERE table_schema = 'casework' AND column_name = 'change'
      LOOP
        EXECUTE format('DELETE FROM casework.%I WHERE change = $1', place.table_name) USING victim;
      END LOOP;
      DELETE FROM ledger.part WHERE change_set = victim;
      DELETE FROM ledger.change_set WHERE id = victim;
      PERFORM set_config('demo.victim', coalesce(encode(victim, 'hex'), ''), false);
    END $$
    """

  /// Runs statements behind the node's back, with triggers and foreign keys off.
  private func superuser(_ statements: [String]) async throws -> String {
    let settings = try Settings(file: entry.config, environment: [:])
    let account = try await ClusterAccount.forThisProcess()
    let words =
      ["-XAtq", "-h", settings.files.databaseSockets, "-U", "postgres", "-d", "guantong"]
      + (["SET session_replication_role = replica"] + statements).flatMap { ["-c", $0] }
    let missing = OfficeError(
      .programMissing, ["program": "psql", "package": "postgresql-client-15"])
    do {
      let result = try await Subprocess.run(
        account.launch("psql", words), output: .string(limit: 1 << 16),
        error: .string(limit: 1 << 16))
      // 127 is what setpriv, as env and every shell, ends with for a program that is not there.
      guard result.terminationStatus != .exited(127) else { throw missing }
      guard result.terminationStatus.isSuccess else {
        throw OfficeError(.databaseAway, ["detail": result.standardError])
      }
      return result.standardOutput.filter { !$0.isNewline }
    } catch let error as SubprocessError where error.code == .executableNotFound {
      throw missing
    }
  }
}
