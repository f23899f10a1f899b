import FoundationEssentials
import Glibc
import NIOCore
import NIOPosix
import Office
import PeerSupport
import Postgres
import Replica
import TestSupport
import Testing

/// What stands in the way of a node is told once, in plain words, with what to do about it.
@Suite(.timeLimit(.minutes(10))) struct ClearMessageScenario {
  /// The one message on standard error, besides the log; its code, words and advice are checked.
  private func expect(
    _ run: Program.Run, code: Int32, _ number: String, says words: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let told = run.errors.split(separator: "\n").filter { !$0.hasPrefix("{") }
    let text = told.joined(separator: "\n")
    #expect(run.code == code, "\(run.errors)", sourceLocation: sourceLocation)
    #expect(told.first?.contains(number) == true, "\(text)", sourceLocation: sourceLocation)
    // What, why, what next; nothing else and no second message.
    #expect(told.count == 3, "\(text)", sourceLocation: sourceLocation)
    #expect(text.split(separator: "GT-").count == 2, "\(text)", sourceLocation: sourceLocation)
    for word in words {
      #expect(text.contains(word), "\(text)", sourceLocation: sourceLocation)
    }
  }

  @Test func `a wrong key of the configuration names the nearest known one`() async throws {
    try await Scratch.withDirectory { directory in
      let node = try await RealNode.make("420300-JW", in: directory)
      try replace("ops:", by: "opps:", in: node)
      let run = try await node.run("node", "run", expecting: nil)
      expect(run, code: 78, "GT-8003", says: [node.config, "“ops”", "guantong config check"])
    }
  }

  @Test func `a key file that others can read names the command that closes it`() async throws {
    try await Scratch.withDirectory { directory in
      let node = try await RealNode.make("420300-JW", in: directory)
      let key = "\(node.directory)/keys/agency.pem"
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: key)
      let run = try await node.run("node", "run", expecting: nil)
      expect(run, code: 78, "GT-", says: [key, "can be read by others", "chmod 600 \(key)"])
    }
  }

  @Test(arguments: [false, true]) func `a port in use is named with the key that changes it`(
    _ isPeerPort: Bool
  ) async throws {
    try await Scratch.withDirectory { directory in
      let node = try await RealNode.make("420300-JW", in: directory)
      let port = isPeerPort ? node.peerPort : node.opsPort
      let holder = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .bind(host: "127.0.0.1", port: port).get()
      let run = try await node.run("node", "run", expecting: nil)
      try await holder.close().get()
      let key = isPeerPort ? "peer.listen" : "ops.listen"
      expect(run, code: 78, "GT-8006", says: ["127.0.0.1:\(port)", key, "stop what holds it"])
      // It was found before anything was made.
      #expect(!FileManager.default.fileExists(atPath: "\(node.directory)/data"))
    }
  }

  @Test(.enabled(if: geteuid() == 0, "only root can hide the programs"))
  func `missing programs of PostgreSQL are told with the command that installs them`()
    async throws
  {
    guard try await OwnMounts.areAllowed() else { return }
    try await Scratch.withDirectory { directory in
      let node = try await RealNode.make("420300-JW", in: directory)
      let hiding = "mount -t tmpfs tmpfs /usr/lib/postgresql && exec \"$@\""
      let run = try await Program.run(
        words: ["node", "run", "--config", node.config],
        through: ["unshare", "--mount", "sh", "-c", hiding, "sh"])
      expect(
        run, code: 78, "GT-8007", says: ["apt-get install --no-install-recommends postgresql-15"])
    }
  }

  // Enough for a few files, and for all of a cluster but its last ones.
  @Test(.enabled(if: geteuid() == 0, "only root can mount a small disk"), arguments: [8, 45])
  func `a full disk is called that, and leaves no half cluster`(_ megabytes: Int) async throws {
    guard try await OwnMounts.areAllowed() else { return }
    try await Scratch.withDirectory { directory in
      let node = try await RealNode.make("420300-JW", in: directory)
      let filling =
        "mount -t tmpfs -o size=\(megabytes)m,mode=711 tmpfs \"$1\" && cp -a \"$2\"/. \"$1\" "
        + "&& shift 2 && \"$@\"; code=$?; ls \"$0\"; exit $code"
      let disk = "\(directory)/disk"
      try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: false)
      let run = try await Program.run(
        words: ["node", "run", "--config", "\(disk)/guantong.yaml"],
        through: ["unshare", "--mount", "sh", "-c", filling, disk, disk, node.directory])
      expect(run, code: 1, "GT-8008", says: ["the disk is full", "make room and start again"])
      #expect(!run.output.contains("data.unfinished"))
    }
  }

  @Test func `scenario S18 a stopped database is told, work is refused, and it goes on by itself`()
    async throws
  {
    let cluster = try await TestCluster.start()
    defer { cluster.stop() }
    let admin = Connection(cluster.configuration())
    try await admin.statement("CREATE ROLE clerk LOGIN")
    try await admin.statement("CREATE DATABASE desk OWNER clerk")
    await admin.close()
    let url = "postgresql://clerk@/desk?host=\(cluster.directory)"
    try await Scratch.withDirectory { directory in
      let node = try await RealNode.make(
        "420300-FZB", in: directory, registrar: true, words: ["--database-url", url])
      try await node.whileRunning { process in
        try await node.run("status")
        #expect(try await node.health("livez") == 200)
        try await eventually("the node is ready") { try await node.health("readyz") == 200 }
        try await cluster.halt()
        let run = try await node.run("status", expecting: nil)
        expect(run, code: 5, "GT-5003", says: ["is PostgreSQL running", "by itself"])
        #expect(process.isAlive)
        // The process is well, its work is not.
        #expect(try await node.health("livez") == 200)
        #expect(try await node.health("readyz") == 503)
        try await cluster.resume()
        try await eventually("the node is ready again") { try await node.health("readyz") == 200 }
        try await eventually("the node works again") {
          try await node.run(
            "dossier", "create", "--kind", "advice", "--title", "t", as: RealNode.clerk,
            expecting: nil
          ).code == 0
        }
      }
      // Stopped before the node starts.
      try await cluster.halt()
      let run = try await node.run("node", "run", expecting: nil)
      expect(run, code: 5, "GT-5003", says: ["is PostgreSQL running", "start it again"])
    }
  }

  @Test func `only a sample node writes down in the clear what it gives to peers`() async throws {
    try await Scratch.withDirectory { directory in
      let node = try await RealNode.make("420300-JW", in: directory)
      try replace("sample: true", by: "sample: false", in: node)
      let run = try await Program.run(
        words: ["node", "run", "--config", node.config],
        environment: ["GUANTONG_DEMO_HANDOUT": directory])
      expect(run, code: 78, "GT-8003", says: ["no sample node", "unset it"])
    }
  }

  private func replace(_ words: String, by others: String, in node: RealNode) throws {
    let text = try String(contentsOfFile: node.config, encoding: .utf8)
    try text.replacing(words, with: others).write(
      toFile: node.config, atomically: true, encoding: .utf8)
  }
}
