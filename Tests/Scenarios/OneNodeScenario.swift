import FoundationEssentials
import Glibc
import Office
import TestSupport
import Testing

/// Every exit code of the contract, each by the command that an operator would have typed.
@Suite(.timeLimit(.minutes(10)), .serialized) struct OneNodeScenario {
  /// When memory is looked at: ten seconds after the start, a minute in the long run.
  private static let settled: Duration =
    LongRuns.areOn ? .seconds(60) : .seconds(10)
  private static let zeros = String(repeating: "0", count: 64)

  @Test func `every exit code of the contract, from one real node`() async throws {
    try await Scratch.withDirectory { directory in
      let node = try await RealNode.make("420300-FZB", in: directory, registrar: true)
      try await node.whileRunning { process in
        let begin = ContinuousClock.now
        // No socket of a node can be opened by others even before its mode is set.
        #expect(Kernel.field("Umask", of: process.pid) == "0077")
        #expect(try await node.run("status", "--json").text("schema") == "guantong.status/v1")
        let dossier = try await node.run(
          "dossier", "create", "--kind", "advice", "--title", "t", "--json", as: RealNode.clerk
        ).text("dossier")
        // 4, 8, 64.
        try await node.run("clue", "create", "--title", "t", expecting: 4)
        try await node.run("show", Self.zeros, expecting: 8)
        try await node.run("status", "--no-such", expecting: 64)
        // 9: the directory is taken.
        let second = try await node.run("node", "run", "--json", expecting: 9)
        #expect(second.problem?.code == "GT-8005")
        #expect(second.problem?.next.contains("stop it first") == true)
        try await damage(node, dossier: dossier)
        try await plans(node, dossier: dossier)
        try await interrupt(node)
        try await silence(node, process)
        try await evidence(node, dossier: dossier, in: directory)
        try await names(node, dossier: dossier)
        try await files(node, process)
        try await eventually("the node has settled") {
          ContinuousClock.now - begin > Self.settled
        }
        let memory = try #require(Kernel.residentKiB(of: process.pid))
        print("a node \(Self.settled) after its start: VmRSS \(memory) KiB")
        #expect(memory < 100 * 1024)
      }
      // 5: it runs no more. 10: here it never did.
      try await node.run("status", expecting: 5)
      let none = try await Program.run("status", "--config", "\(directory)/none.yaml")
      #expect(none.code == 10)
    }
  }

  /// 2, 6 and 3: found; refused by the limit; repaired but for what nobody can give back.
  private func damage(_ node: RealNode, dossier: String) async throws {
    try await node.superuser(
      "UPDATE casework.dossier SET title = 'edited' WHERE dossier = '\\x\(dossier)'")
    let found = try await node.run("reconcile", "--self", "--json", expecting: 2)
    #expect(found.list("differing").count == 1)
    #expect(found.list("differing").first?["table"] == .string("casework.dossier"))
    #expect(found.list("differing").first?["kind"] == .string("changed"))
    #expect(found.list("holes").isEmpty)
    try await node.run("reconcile", "--self", "--repair", "--dry-run", expecting: 2)
    let refused = try await node.run(
      "reconcile", "--self", "--repair", "--max-changes", "0", "--json", expecting: 6)
    #expect(refused.problem?.code == "GT-6001")
    #expect(try await node.superuser("SELECT title FROM casework.dossier") == "edited")
    // The change set of another dossier is deleted: this agency is its only member.
    let lost = try await node.run(
      "dossier", "create", "--kind", "advice", "--title", "lost", "--json", as: RealNode.clerk
    ).text("dossier")
    try await node.superuser(
      """
      DELETE FROM ledger.part WHERE change_set = '\\x\(lost)';
      DELETE FROM ledger.change_set WHERE id = '\\x\(lost)'
      """)
    let partly = try await node.run("reconcile", "--self", "--repair", "--json", expecting: 3)
    #expect(partly.list("holes").first?["id"] == .string(lost))
    #expect(
      try await node.superuser("SELECT count(*) FROM casework.dossier WHERE title = 'edited'")
        == "0")
  }

  /// A plan is written, goes stale, is tried out and applied; the audit says who and why.
  private func plans(_ node: RealNode, dossier: String) async throws {
    let plan = "\(node.directory)/plan.json"
    func edit(_ title: String) async throws {
      try await node.superuser(
        "UPDATE casework.dossier SET title = '\(title)' WHERE dossier = '\\x\(dossier)'")
    }
    func title() async throws -> String {
      try await node.superuser(
        "SELECT title FROM casework.dossier WHERE dossier = '\\x\(dossier)'")
    }
    let words = ["reconcile", "--plan", plan, "--repair", "--json", "--config", node.config]
    try await edit("one")
    try await node.run("reconcile", "--self", "--out", plan, expecting: 2)
    try await edit("two")
    // 2: all of it is stale; what was edited since is left alone, and named.
    let stale = try await Program.run(words: words)
    #expect(stale.code == 2, "\(stale.output)\(stale.errors)")
    #expect(stale.list("skipped_rows").map { $0["table"] } == [.string("casework.dossier")])
    #expect(try await title() == "two")
    try await node.run("reconcile", "--self", "--out", plan, expecting: 2)
    let limited = try await Program.run(words: words + ["--max-changes", "0"])
    #expect(limited.code == 6 && limited.problem?.next.contains("--max-changes") == true)
    let rehearsed = try await Program.run(words: words + ["--dry-run"])
    #expect(rehearsed.code == 2)
    #expect(rehearsed.json["dry_run"] == .bool(true))
    #expect(try await title() == "two")
    // 3: the row is repaired, and the hole that nobody can fill remains.
    let applied = try await Program.run(words: words + ["--reason", "edited by hand"])
    #expect(applied.code == 3, "\(applied.output)\(applied.errors)")
    #expect(applied.list("differing").isEmpty && applied.list("skipped_rows").isEmpty)
    #expect(try await title() == "t")
    let audited = try await node.superuser(
      """
      SELECT operator, detail FROM office.audit WHERE verb = 'reconcile'
      ORDER BY seq DESC LIMIT 1
      """)
    #expect(audited == "uid:\(geteuid())|repaired 1: edited by hand")
    try Data("{}".utf8).write(to: URL(filePath: plan))
    #expect(try await Program.run(words: words).code != 0)
  }

  /// 130: a shell says 128 and the number of the signal, two.
  private func interrupt(_ node: RealNode) async throws {
    let log = "\(node.directory)/watch.log"
    let watching = try await Program.whileRunning(
      ["status", "--watch", "1", "--config", node.config], log: log
    ) { process in
      try await eventually("the status is shown") { !process.said.isEmpty }
      process.send(SIGINT)
      #expect(await process.hasEnded(within: .seconds(30)))
    }
    #expect(watching.signal == SIGINT || watching.code == 130)
  }

  /// 124: the node is there and does not answer.
  private func silence(_ node: RealNode, _ process: Program.Running) async throws {
    process.send(SIGSTOP)
    let run = try await node.run("status", "--timeout", "1", "--json", expecting: nil)
    process.send(SIGCONT)
    #expect(run.code == 124)
    #expect(run.problem?.code == "GT-5005")
    try await node.run("status")
  }

  /// `show` takes a whole id, a unique prefix of eight digits or more, and the id of a record.
  private func names(_ node: RealNode, dossier: String) async throws {
    for prefix in [dossier, String(dossier.prefix(8))] {
      #expect(try await node.run("show", prefix, "--json").text("change_set") == dossier)
    }
    #expect(try await node.run("show", String(dossier.prefix(7)), expecting: nil).code != 0)
    let record = try await node.superuser(
      "SELECT id FROM casework.dossier WHERE dossier = '\\x\(dossier)'")
    try await node.run("show", record)
  }

  /// The files of a running node, their modes, its log, and who acted according to the audit.
  private func files(_ node: RealNode, _ process: Program.Running) async throws {
    for (path, mode) in [
      ("guantong.yaml", 0o600), ("keys", 0o700), ("keys/agency.pem", 0o600),
      ("keys/encryption.pem", 0o600), ("keys/tls.pem", 0o600), ("keys/tls.crt", 0o600),
      ("keys/office.token", 0o600),
      ("data", 0o700),
      ("run/guantong.sock", 0o600), ("run/pg", 0o700), ("log", 0o700),
    ] {
      let attributes = try FileManager.default.attributesOfItem(
        atPath: "\(node.directory)/\(path)")
      #expect("\(attributes[.posixPermissions] ?? 0)" == "\(mode)", "\(path)")
    }
    for path in ["run/pg/.s.PGSQL.5432", "marker"] {
      #expect(FileManager.default.fileExists(atPath: "\(node.directory)/\(path)"), "\(path)")
    }
    for line in process.said.split(separator: "\n") {
      let parsed = try JSONValue(parsing: line.utf8)
      #expect(parsed["level"]?.text?.isEmpty == false && parsed["message"] != nil, "\(line)")
    }
    let users = try await node.superuser(
      "SELECT DISTINCT operator FROM office.audit WHERE person IS NOT NULL")
    #expect(users == "uid:\(geteuid())")
  }

  /// 7, and the fields of `verify`.
  private func evidence(_ node: RealNode, dossier: String, in directory: String) async throws {
    let file = "\(directory)/evidence"
    let written = try await node.run("show", dossier, "--evidence", "--out", file, "--json")
    #expect(try written.text("id") == dossier)
    #expect(try written.text("path") == file)
    let attributes = try FileManager.default.attributesOfItem(atPath: file)
    #expect("\(attributes[.posixPermissions] ?? 0)" == "\(0o600)")
    let bytes = try #require(FileManager.default.contents(atPath: file))
    #expect(bytes.starts(with: Array("GTEV1\n".utf8)))
    let unpinned = try await Program.run("verify", file, "--format", "table")
    #expect(unpinned.code == 0)
    #expect(unpinned.output.contains("self-consistent, root not pinned"))
    let pinned = try await node.run("verify", file, "--json")
    #expect(pinned.json["root_pinned"] == .bool(true))
    let root = try await node.run("status", "--json").text("node.directory")
    let good = try await Program.run("verify", file, "--directory", root, "--json")
    #expect(good.code == 0)
    #expect(try good.text("id") == dossier)
    #expect(try good.text("dossier") == dossier)
    #expect(try good.text("author") == node.code)
    let other = try await Program.run("verify", file, "--directory", Self.zeros)
    #expect(other.code == 7)
    var changed = bytes
    changed[changed.index(changed.startIndex, offsetBy: changed.count / 2)] ^= 1
    try changed.write(to: URL(filePath: file))
    let bad = try await Program.run("verify", file, "--directory", root, "--json")
    #expect(bad.code == 7)
    #expect(bad.json["valid"] == .bool(false))
    #expect(bad.json["reason"] != .null)
  }
}
