import FoundationEssentials
import Office
import TestSupport
import Testing

/// A node that goes back in time, by its own program of backups.
@Suite(.timeLimit(.minutes(10)), .serialized) struct RestoreScenario {
  private static let passphrase = "yesterday and the day before"

  @Test func `scenario S8 a node restored from a backup fetches, asks a person, and then writes`()
    async throws
  {
    let begin = ContinuousClock.now
    try await Scratch.withDirectory { directory in
      let (peer, node) = try await RealNode.pair(in: directory)
      let secret = "\(directory)/passphrase"
      try Data("\(Self.passphrase)\n".utf8).write(to: URL(filePath: secret))
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o600], ofItemAtPath: secret)
      try await peer.whileRunning { _ in
        var (backup, before, lost) = ("", Set<String>(), Set<String>())
        var dossiers: [String] = []
        try await node.whileRunning { _ in
          try await peer.admit(node)
          for each in [peer, node] { try await each.isReady() }
          dossiers.append(try await node.opened("before", for: peer))
          try await peer.receives(
            try await node.sent("one", to: peer, in: dossiers[0]))
          before = try await node.chains(of: node.code)
          backup = try await made(of: node, in: "\(directory)/backups", secret)
          // Written after the backup: in a dossier that is in it, and in one that is not.
          dossiers.append(try await node.opened("after", for: peer))
          for dossier in dossiers {
            try await peer.receives(try await node.sent("two", to: peer, in: dossier))
          }
          lost = try await node.chains(of: node.code).subtracting(before)
          #expect(lost.count >= 4)
          let taken = try await node.run(
            "backup", "restore", backup, "--confirm", node.code, "--json", expecting: 9)
          #expect(taken.problem?.code == "GT-8005", "the node runs")
        }
        try await refused(backup, node: node, peer: peer, in: directory)
        let restored = try await node.run(
          "backup", "restore", backup, "--confirm", node.code, "--json")
        let aside = try restored.text("before")
        #expect(FileManager.default.fileExists(atPath: "\(aside)/PG_VERSION"))
        #expect(restored.json["keys_written"] == .array([]))
        try await node.whileRunning { _ in
          try await resumed(node, lost: lost, witness: node.code)
          try await wroteOn(node, peer, in: dossiers, lost: lost)
        }
        try await lostWhole(node, peer, backup, secret, before: before, dossiers: dossiers)
      }
    }
    print("a node restored from a backup took \(ContinuousClock.now - begin)")
  }

  /// The machine is gone with database, keys and marker; a new one begins with the backup.
  private func lostWhole(
    _ node: RealNode, _ peer: RealNode, _ backup: String, _ secret: String, before: Set<String>,
    dossiers: [String]
  ) async throws {
    let written = try await peer.chains(of: node.code)
    try FileManager.default.removeItem(atPath: node.directory)
    let words = [
      "backup", "restore", backup, "--dir", node.directory, "--confirm", node.code, "--json",
    ]
    let keyless = try await Program.run(words: words)
    #expect(keyless.code == 64 && !FileManager.default.fileExists(atPath: node.directory))
    let restored = try await Program.run(words: words + ["--passphrase-file", secret])
    try #require(restored.code == 0, "\(restored.errors)")
    #expect(restored.list("keys_written").contains(.string("agency.pem")))
    #expect(restored.json["before"] == .null)
    try await node.whileRunning { _ in
      try await resumed(node, lost: written.subtracting(before), witness: node.code)
      try await wroteOn(node, peer, in: dossiers, lost: written)
    }
  }

  /// Backs up a node that works, looks at what it says, and gives the folder.
  private func made(
    of node: RealNode, in folder: String, _ secret: String
  ) async throws -> String {
    try await node.run("backup", "create", "--to", folder, expecting: 64)
    let made = try await node.run(
      "backup", "create", "--to", folder, "--passphrase-file", secret, "--json")
    let path = try made.text("path")
    #expect(try made.text("keys") == "sealed" && made.text("agency") == node.code)
    let listed = try await node.run("backup", "list", folder, "--json").list("backups")
    #expect(listed.compactMap { $0["path"]?.text } == [path])
    let pem = try String(contentsOfFile: "\(node.directory)/keys/agency.pem", encoding: .utf8)
    let key = try #require(pem.split(separator: "\n").dropFirst().first)
    for name in try FileManager.default.contentsOfDirectory(atPath: path) {
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")
      #expect("\(attributes[.posixPermissions] ?? 0)" == "\(0o600)", "\(name)")
      let bytes = try #require(FileManager.default.contents(atPath: "\(path)/\(name)"))
      #expect(bytes.firstRange(of: Data(key.utf8)) == nil, "a key in clear in \(name)")
    }
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect("\(attributes[.posixPermissions] ?? 0)" == "\(0o700)")
    let tried = try await node.run(
      "backup", "verify", path, "--trial", "--passphrase-file", secret, "--json")
    #expect(tried.json["verified"] == .bool(true) && tried.json["tried"] == .bool(true))
    let page = try await node.run("backup", "verify", path, "--format", "table")
    #expect(page.output.contains("not encrypted") && page.output.contains("sealed by"))
    return path
  }

  /// What is no backup of this node, or no backup any more, changes nothing.
  private func refused(
    _ backup: String, node: RealNode, peer: RealNode, in directory: String
  ) async throws {
    let unsure = try await node.run("backup", "restore", backup, "--json", expecting: 6)
    #expect(unsure.problem?.code == "GT-6002")
    let foreign = try await peer.run(
      "backup", "restore", backup, "--confirm", node.code, "--json", expecting: 6)
    #expect(foreign.problem?.code == "GT-6003")
    let damaged = "\(directory)/damaged"
    try FileManager.default.copyItem(atPath: backup, toPath: damaged)
    let dump = "\(damaged)/database.dump"
    var bytes = try #require(FileManager.default.contents(atPath: dump))
    bytes[bytes.startIndex + bytes.count / 2] ^= 1
    try bytes.write(to: URL(filePath: dump))
    for words in [["verify", damaged], ["restore", damaged, "--confirm", node.code]] {
      let run = try await Program.run(
        words: ["backup"] + words + ["--json", "--config", node.config])
      #expect(run.code == 7, "\(run.output)\(run.errors)")
      #expect(run.problem?.code == "GT-7001")
    }
    try await node.run("backup", "verify", "\(directory)/none", expecting: 8)
    let names = try FileManager.default.contentsOfDirectory(atPath: node.directory)
    #expect(!names.contains { $0.hasPrefix("before-") || $0 == "restoring" }, "\(names)")
  }

  /// A restored node writes nothing until a person has confirmed exactly what it lacked.
  private func resumed(_ node: RealNode, lost: Set<String>, witness: String) async throws {
    let early = try await node.run(
      "dossier", "create", "--kind", "advice", "--title", "too early", "--json",
      as: RealNode.clerk, expecting: nil)
    #expect(early.problem?.code == "GT-3014", "\(early.output)\(early.errors)")
    try await eventually("what it wrote is back") {
      let shown = try await node.run("reconcile", "--resume", "--dry-run", "--json", expecting: 2)
      #expect(try shown.text("witness") == witness)
      let returned = shown.list("returned").compactMap { $0["id"]?.text }
      return Set(returned) == RealNode.ids(lost) && shown.list("held").isEmpty
    }
    let unsure = try await node.run(
      "reconcile", "--resume", "--reason", "restored", "--json", expecting: 6)
    #expect(unsure.problem?.code == "GT-6002")
    try await node.run(
      "reconcile", "--resume", "--reason", "restored", "--confirm", node.code)
    try await node.isReady()
  }

  /// Nothing of before is lost, no place of a chain is used twice, and both go on to write.
  private func wroteOn(
    _ node: RealNode, _ peer: RealNode, in dossiers: [String], lost: Set<String>
  ) async throws {
    for dossier in dossiers {
      try await peer.receives(try await node.sent("three", to: peer, in: dossier))
      try await node.receives(try await peer.sent("answer", to: node, in: dossier))
    }
    let (here, there) = (
      try await node.chains(of: node.code), try await peer.chains(of: node.code)
    )
    #expect(here == there && lost.isSubset(of: here))
    for each in [node, peer] { try await each.expectWhole() }
    for dossier in dossiers { try await node.expectSame(dossier, as: peer) }
    let compared = try await node.run("reconcile", "--peer", peer.code, "--json")
    #expect(compared.json["consistent"] == .bool(true))
  }
}
