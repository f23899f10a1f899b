import FoundationEssentials
import Office
import TestSupport
import Testing

/// A node of which nothing is left but its keys.
@Suite(.timeLimit(.minutes(10)), .serialized) struct TotalLossScenario {
  @Test func `scenario S21 a node that lost all but keys is rebuilt and says what it alone had`()
    async throws
  {
    let begin = ContinuousClock.now
    try await Scratch.withDirectory { directory in
      let registrar = try await RealNode.make(
        "420300-FZB", in: directory, registrar: true, words: RealNode.lettersPeople)
      let other = try await RealNode.make(
        "420300-FY", in: directory, words: RealNode.lettersPeople)
      let node = try await RealNode.make(
        "420300-JW", in: directory, words: RealNode.lettersPeople)
      try await registrar.whileRunning { _ in
        try await other.whileRunning { _ in
          let past = try await node.whileRunning { _ in
            try await worked(node, registrar, other, keys: "\(directory)/kept")
          }
          try FileManager.default.removeItem(atPath: node.directory)
          try await rebuilt(node, registrar, past)
          try await node.whileRunning { _ in
            try await reported(node, past)
            try await wroteOn(node, registrar, other, past)
          }
        }
      }
    }
    print("a total loss took \(ContinuousClock.now - begin)")
  }

  /// What the node held before.
  private struct Past {
    /// The pinned directory.
    var directory: String
    /// Where the keys were kept.
    var keys: String
    /// Shared with the registrar, with the other, and one that the other has left.
    var shared: [String]
    /// Shared with nobody, and its number.
    var alone: String
    var number: String
    /// Own change sets that somebody else has too.
    var chains: Set<String>
  }

  /// Three dossiers for others and between them one for nobody.
  private func worked(
    _ node: RealNode, _ registrar: RealNode, _ other: RealNode, keys: String
  ) async throws -> Past {
    for newcomer in [other, node] { try await registrar.admit(newcomer) }
    for each in [registrar, other, node] { try await each.isReady() }
    let forRegistrar = try await node.opened("for the registrar", for: registrar)
    let forOther = try await node.opened("for the other", for: other)
    let alone = try await node.run(
      "dossier", "create", "--kind", "advice", "--title", "for nobody", "--json",
      as: RealNode.clerk)
    let left = try await node.opened("left since", for: other)
    for (dossier, reader) in [(forRegistrar, registrar), (forOther, other), (left, other)] {
      try await reader.receives(try await node.sent("one", to: reader, in: dossier))
      try await node.receives(try await reader.sent("answer", to: node, in: dossier))
    }
    try await node.run("dossier", "end", left, other.code, as: RealNode.clerk)
    let theirs = try await other.opened("opened by the other", for: node)
    try await node.receives(try await other.sent("hello", to: node, in: theirs))
    let shared = [forRegistrar, forOther, left, theirs]
    let lost = try alone.text("dossier")
    let own = try await node.chains(of: node.code).filter { !$0.hasPrefix(lost) }
    try await eventually("the end is at the other") {
      let there = try await other.chains(of: node.code).union(registrar.chains(of: node.code))
      return own.isSubset(of: there)
    }
    try FileManager.default.copyItem(atPath: "\(node.directory)/keys", toPath: keys)
    let status = try await node.run("status", "--json")
    let past = Past(
      directory: try status.text("node.directory"), keys: keys, shared: shared, alone: lost,
      number: try alone.text("number"), chains: own)
    // As long as it runs nobody takes its place.
    let early = try await Program.run(words: words(node, registrar, past))
    #expect(early.code == 6 && early.problem?.code == "GT-6004", "\(early.output)\(early.errors)")
    return past
  }

  private func words(_ node: RealNode, _ peer: RealNode, _ past: Past) -> [String] {
    [
      "node", "rebuild", "--dir", "\(node.directory)-again", "--keys", past.keys, "--agency",
      node.code, "--directory", past.directory, "--peer", peer.code, "--address",
      "https://127.0.0.1:\(peer.peerPort)", "--peer-listen", "127.0.0.1:\(node.peerPort)",
      "--ops-listen", "127.0.0.1:\(node.opsPort)", "--sample", "--confirm", node.code, "--json",
    ]
  }

  /// Refuses what does not fit, and then makes the node's files where they were.
  private func rebuilt(_ node: RealNode, _ registrar: RealNode, _ past: Past) async throws {
    let again = "\(node.directory)-again"
    for (option, value, code) in [
      ("--directory", String(repeating: "ab", count: 32), Int32(7)),
      ("--peer", "420300-FY", 5), ("--agency", "420300-FY", 6),
    ] {
      var changed = words(node, registrar, past)
      let place = try #require(changed.firstIndex(of: option))
      changed[place + 1] = value
      let run = try await Program.run(words: changed)
      #expect(run.code == code, "\(option): \(run.output)\(run.errors)")
      #expect(!FileManager.default.fileExists(atPath: again), "\(option)")
    }
    let made = try await Program.run(
      words: words(node, registrar, past).map { $0 == again ? node.directory : $0 })
    try #require(made.code == 0, "\(made.output)\(made.errors)")
    #expect(try made.text("source") == registrar.code)
  }

  /// Everything but one dossier comes back, and the report names that one and no other.
  private func reported(_ node: RealNode, _ past: Past) async throws {
    let early = try await node.run(
      "dossier", "create", "--kind", "advice", "--title", "too early", "--json",
      as: RealNode.clerk, expecting: nil)
    #expect(early.problem?.code == "GT-3014", "\(early.output)\(early.errors)")
    try await eventually("every peer has given everything") {
      let report = try await node.run("node", "rebuild-report", "--json", expecting: nil)
      let here = try await node.chains(of: node.code)
      return report.code == 0 && here == past.chains
    }
    let report = try await node.run("node", "rebuild-report", "--json")
    let lost = report.list("only_here")
    #expect(lost.map { $0["kind"] } == [.string("dossierNumber")], "\(report.output)")
    #expect(lost.map { $0["what"] } == [.string(past.number)])
    #expect(report.json["dossiers"] == .integer(Int64(past.shared.count)))
    #expect(report.json["resumed"] == .bool(false))
    #expect(report.list("sealed_parts").isEmpty && report.list("attachments").isEmpty)
    for peer in report.list("peers") {
      #expect(peer["answered"] == .bool(true) && peer["second_node"] == .bool(false))
    }
    let gave = report.list("peers").compactMap { peer -> Int64? in
      if case .integer(let count) = peer["own"] { count } else { nil }
    }
    #expect(gave.count == 2 && gave.allSatisfy { $0 > 0 })
    #expect(gave.reduce(0, +) == Int64(past.chains.count))
    let page = try await node.run("node", "rebuild-report", "--format", "table", "--lang", "en")
    #expect(page.output.contains(past.number) && page.output.contains("drafts"))
    try await node.run("dossier", "show", past.alone, expecting: 8)
  }

  /// After a person has confirmed, every chain goes on without a fork or a number used twice.
  private func wroteOn(
    _ node: RealNode, _ registrar: RealNode, _ other: RealNode, _ past: Past
  ) async throws {
    try await node.run("reconcile", "--resume", "--dry-run", "--json", expecting: 2)
    try await node.run("reconcile", "--resume", "--reason", "rebuilt", "--confirm", node.code)
    try await node.isReady()
    for (dossier, reader) in [(past.shared[0], registrar), (past.shared[3], other)] {
      try await reader.receives(try await node.sent("two", to: reader, in: dossier))
      try await node.receives(try await reader.sent("again", to: node, in: dossier))
      try await node.expectSame(dossier, as: reader)
    }
    try await node.expectSame(past.shared[1], as: other)
    let next = try await node.run(
      "dossier", "create", "--kind", "advice", "--title", "next", "--json", as: RealNode.clerk)
    #expect(try next.text("number").hasSuffix("-0005"))
    for each in [node, registrar, other] { try await each.expectWhole() }
    let report = try await node.run("node", "rebuild-report", "--json")
    #expect(report.json["resumed"] == .bool(true))
    #expect(report.list("only_here").map { $0["what"] } == [.string(past.number)])
  }
}
