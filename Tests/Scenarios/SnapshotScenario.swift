import FoundationEssentials
import Office
import Replica
import Subprocess
import TestSupport
import Testing

/// A machine set back by its host, and a database that another server took over.
@Suite(.timeLimit(.minutes(10)), .serialized) struct SnapshotScenario {
  @Test func `scenario S8 a machine snapshot and a failover that lost commits are both told`()
    async throws
  {
    let begin = ContinuousClock.now
    try await Scratch.withDirectory { directory in
      // The registrar is set back: the directory's own chain is among what it lacks.
      let (node, peer) = try await RealNode.pair(in: directory)
      var dossier = ""
      try await node.whileRunning { _ in
        try await peer.whileRunning { _ in try await node.admit(peer) }
        dossier = try await node.opened("a matter", for: peer)
      }
      try await peer.whileRunning { _ in
        let early = "\(directory)/early"
        try await snapshot(of: node, to: early)
        let first = try await wrote(node, "one", to: peer, in: dossier)
        // The whole machine is set back: database and marker agree, only a peer can tell.
        try await setBack(node, to: early, withMarker: true)
        try await told(node, peer, lost: first, in: dossier, witness: peer.code)
        // Another server takes over and has everything: a higher timeline alone is no loss.
        let late = "\(directory)/late"
        try await snapshot(of: node, to: late)
        try await promote(node)
        let second = try await wrote(node, "three", to: peer, in: dossier)
        // One takes over that lacks commits: the marker beside it knows.
        try await setBack(node, to: late, withMarker: false)
        try await promote(node)
        try await told(node, peer, lost: second, in: dossier, witness: node.code)
      }
    }
    print("a snapshot and two failovers took \(ContinuousClock.now - begin)")
  }

  /// Runs the node, which is not held to have gone back, and gives what it wrote.
  private func wrote(
    _ node: RealNode, _ title: String, to peer: RealNode, in dossier: String
  ) async throws -> Set<String> {
    try await node.whileRunning { _ in
      try await node.isReady()
      let shown = try await node.run("reconcile", "--resume", "--dry-run", "--json")
      #expect(shown.json["restored"] == .bool(false))
      let before = try await node.chains(of: node.code)
      try await peer.receives(try await node.sent(title, to: peer, in: dossier))
      return try await node.chains(of: node.code).subtracting(before)
    }
  }

  /// Runs the node, which finds out, is confirmed by a person, and writes on.
  private func told(
    _ node: RealNode, _ peer: RealNode, lost: Set<String>, in dossier: String, witness: String
  ) async throws {
    #expect(!lost.isEmpty)
    let before = try await peer.chains(of: node.code)
    try await node.whileRunning { _ in
      try await eventually("it knows what it lacks") {
        let early = try await node.run(
          "dossier", "create", "--kind", "advice", "--title", "too early", "--json",
          as: RealNode.clerk, expecting: nil)
        #expect(early.code != 0, "it wrote before it asked")
        let shown = try await node.run(
          "reconcile", "--resume", "--dry-run", "--json", expecting: 2)
        let returned = Set(shown.list("returned").compactMap { $0["id"]?.text })
        guard shown.json["restored"] == .bool(true), returned == RealNode.ids(lost) else {
          return false
        }
        #expect(try shown.text("witness") == witness)
        return true
      }
      try await node.run(
        "reconcile", "--resume", "--reason", "set back", "--confirm", node.code)
      try await node.isReady()
      try await peer.receives(try await node.sent("after", to: peer, in: dossier))
      try await node.receives(try await peer.sent("answer", to: node, in: dossier))
      let (here, there) = (
        try await node.chains(of: node.code), try await peer.chains(of: node.code)
      )
      #expect(here == there && before.isSubset(of: there))
      for each in [node, peer] { try await each.expectWhole() }
      try await node.expectSame(dossier, as: peer)
    }
  }

  /// Copies database and marker of a node that does not run.
  private func snapshot(of node: RealNode, to place: String) async throws {
    try await command("mkdir", place)
    try await command("cp", "-a", "\(node.directory)/data", node.marker, place)
  }

  private func setBack(_ node: RealNode, to place: String, withMarker: Bool) async throws {
    try await command("rm", "-rf", "\(node.directory)/data")
    try await command("cp", "-a", "\(place)/data", node.directory)
    if withMarker { try await command("cp", "-a", "\(place)/marker", node.directory) }
  }

  private func command(_ words: String...) async throws {
    let run = try await Subprocess.run(
      .name(words[0]), arguments: Arguments(Array(words.dropFirst())), output: .discarded,
      error: .string(limit: 1 << 16))
    try #require(run.terminationStatus.isSuccess, "\(words): \(run.standardError)")
  }

  /// Starts the cluster of a node that does not run as a standby, promotes and stops it.
  private func promote(_ node: RealNode) async throws {
    let data = "\(node.directory)/data"
    let account = try await ClusterAccount.forThisProcess()
    let programs = try await PostgresPrograms.find(major: nil)
    let before = try await timeline(of: node)
    for words in [
      ["touch", "\(data)/standby.signal"],
      [programs.path("pg_ctl"), "start", "-D", data, "-w", "-l", "/dev/null"],
      [programs.path("pg_ctl"), "promote", "-D", data, "-w"],
      [programs.path("pg_ctl"), "stop", "-D", data, "-w", "-m", "fast"],
    ] {
      let run = try await Subprocess.run(
        account.launch(words[0], Array(words.dropFirst())), output: .discarded, error: .discarded)
      try #require(run.terminationStatus.isSuccess, "\(words)")
    }
    #expect(try await timeline(of: node) > before)
  }

  private func timeline(of node: RealNode) async throws -> Int {
    let account = try await ClusterAccount.forThisProcess()
    let programs = try await PostgresPrograms.find(major: nil)
    let run = try await Subprocess.run(
      account.launch(programs.path("pg_controldata"), ["\(node.directory)/data"]),
      output: .string(limit: 1 << 16), error: .discarded)
    let line = run.standardOutput.split(separator: "\n").first {
      $0.hasPrefix("Latest checkpoint's TimeLineID")
    }
    return try #require(line?.split(separator: " ").last.flatMap { Int($0) })
  }
}
