import Office
import Postgres
import TestSupport
import Testing

/// A database of one's own that is started again, and one that takes no more connections.
@Suite(.timeLimit(.minutes(5))) struct UsedUpScenario {
  @Test func `scenario S18 a restart and used up connections are told, and pass without loss`()
    async throws
  {
    let begin = ContinuousClock.now
    let cluster = try await TestCluster.start()
    defer { cluster.stop() }
    let admin = Connection(cluster.configuration())
    try await admin.statement("CREATE ROLE clerk LOGIN")
    try await admin.statement("CREATE DATABASE desk OWNER clerk")
    let url = "postgresql://clerk@/desk?host=\(cluster.directory)"
    try await Scratch.withDirectory { directory in
      let node = try await RealNode.make(
        "420300-FZB", in: directory, registrar: true, words: ["--database-url", url])
      try await node.whileRunning { process in
        try await node.isReady()
        var kept: Set<String> = [try await created(at: node)]
        try await cluster.restart()
        kept.insert(try await created(at: node))
        try await node.isReady()
        try await admin.statement("ALTER ROLE clerk CONNECTION LIMIT 0")
        try await admin.statement(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'clerk'")
        try await eventually("work is refused") {
          let run = try await create(at: node)
          if run.code == 0 { kept.insert(try run.text("dossier")) }
          return run.code == 5 && run.problem?.code == "GT-5003"
            && run.problem?.next.contains("by itself") == true
        }
        #expect(try await node.health("livez") == 200)
        #expect(try await node.health("readyz") == 503)
        #expect(process.isAlive)
        // A backup of a database that is not ours is refused, with what to do instead.
        let refused = try await node.run(
          "backup", "create", "--to", directory, "--without-keys", "--json", expecting: 1)
        #expect(refused.problem?.code == "GT-3015")
        try await admin.statement("ALTER ROLE clerk CONNECTION LIMIT -1")
        try await node.isReady()
        kept.insert(try await created(at: node))
        let listed = try await node.run("dossier", "list", "--json").list("dossiers")
        #expect(kept.isSubset(of: listed.compactMap { $0["id"]?.text }), "\(listed)")
        try await node.run("reconcile", "--self")
      }
    }
    await admin.close()
    print("a restart and used up connections: \(ContinuousClock.now - begin)")
  }

  private func create(at node: RealNode) async throws -> Program.Run {
    try await node.run(
      "dossier", "create", "--kind", "advice", "--title", "t", "--json", as: RealNode.clerk,
      expecting: nil)
  }

  /// Tries until it is done; what was refused before was not.
  private func created(at node: RealNode) async throws -> String {
    var dossier = ""
    try await eventually("the node works") {
      let run = try await create(at: node)
      if run.code == 0 { dossier = try run.text("dossier") }
      return run.code == 0
    }
    return dossier
  }
}
