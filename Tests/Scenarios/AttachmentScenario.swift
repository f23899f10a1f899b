import Crypto
import FoundationEssentials
import Office
import PeerSupport
import TestSupport
import Testing

/// Attachments between real nodes, over a line that breaks.
@Suite(.timeLimit(.minutes(LongRuns.areOn ? 90 : 30)), .serialized) struct AttachmentScenario {
  private static let people = [
    "--person", "name=signer;roles=deputy", "--person", "name=issuer;roles=registry",
  ]

  /// Writes a file whose every MiB is another, and gives its SHA-256.
  private func file(_ path: String, mebibytes: Int) throws -> SHA256.Digest {
    var random = SeededGenerator(seed: UInt64(mebibytes))
    let block = random.bytes(1 << 20)
    var hash = SHA256()
    try Data().write(to: URL(filePath: path))
    let output = try #require(OutputFile(path))
    for number in 0..<mebibytes {
      var piece = block
      for (offset, byte) in Array("\(number)".utf8).enumerated() { piece[offset] = byte }
      hash.update(data: piece)
      try output.write(piece)
    }
    try output.close()
    return hash.finalize()
  }

  private func digest(_ path: String) throws -> SHA256.Digest {
    let data = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
    return SHA256.hash(data: data)
  }

  /// A letter from one node to another, by three people, with or without a file.
  private func send(
    _ title: String, from node: RealNode, to code: String, dossier: String,
    attaching path: String? = nil
  ) async throws -> String {
    let words =
      [
        "document", "draft", dossier, "--form", "leadSupply", "--to", code, "--title", title,
        "--body", title, "--json", "--as", RealNode.clerk, "--config", node.config,
      ] + (path.map { ["--attach", $0] } ?? [])
    let drafted = try await Program.run(words: words)
    try #require(drafted.code == 0, "\(drafted.errors)")
    let id = try drafted.text("id")
    try await node.run("document", "submit", id, as: RealNode.clerk)
    try await node.run("document", "sign", id, as: "signer")
    try await node.run("document", "issue", id, as: "issuer")
    return id
  }

  private func attachment(_ id: String, at node: RealNode) async throws -> JSONValue? {
    try await node.run("document", "show", id, "--json", expecting: nil).list("attachments").first
  }

  private func have(_ attachment: JSONValue?) -> Int {
    attachment?["pieces_have"]?.text.flatMap { Int($0) } ?? 0
  }

  @Test func `scenario S15 50 MB attachment over a link that resets every second`() async throws {
    try await Scratch.withDirectory { directory in
      let (source, target) = ("\(directory)/scan.bin", "\(directory)/received.bin")
      let digest = try file(source, mebibytes: 50)
      let node = try await RealNode.make(
        "420300-FZB", in: directory, registrar: true, words: Self.people)
      let peer = try await RealNode.make("420300-JW", in: directory)
      let port = try await PortProbe.free()
      let line = ["GUANTONG_PEER__ADVERTISE": "https://127.0.0.1:\(port)"]
      try await node.whileRunning(environment: line) { _ in
        let dossier = try await node.run(
          "dossier", "create", "--kind", "advice", "--title", "t", "--json", as: RealNode.clerk
        ).text("dossier")
        try await FaultProxy.run(on: port, to: node.peerPort) { _ in
          try await peer.whileRunning { _ in try await node.admit(peer) }
        }
        let first = try await send(
          "with a file", from: node, to: peer.code, dossier: dossier, attaching: source)
        #expect(try await attachment(first, at: node)?["state"]?.text == "complete")
        try await FaultProxy.run(on: port, to: node.peerPort, cutEvery: .seconds(1)) { proxy in
          try await peer.whileRunning { _ in
            let begin = ContinuousClock.now
            try await eventually("the record is there before its attachment") {
              try await attachment(first, at: peer) != nil
            }
            let sent = ContinuousClock.now
            let letter = try await send("meanwhile", from: node, to: peer.code, dossier: dossier)
            try await eventually("the letter is there", within: .seconds(30)) {
              try await peer.run("document", "show", letter, "--json", expecting: nil).code == 0
            }
            let delay = ContinuousClock.now - sent
            try await eventually("every piece is there", within: .seconds(600)) {
              try await attachment(first, at: peer)?["state"]?.text == "complete"
            }
            let took = ContinuousClock.now - begin
            print("50 MiB took \(took) over \(proxy.cutCount) cuts; a letter meanwhile \(delay)")
            try await peer.run("document", "attachment", "get", first, "0", "--out", target)
          }
        }
        #expect(try self.digest(target) == digest)
        let attributes = try FileManager.default.attributesOfItem(atPath: target)
        #expect("\(attributes[.posixPermissions] ?? 0)" == "\(0o600)")
        try await damage(peer, first, node)
      }
    }
  }

  /// A piece changed and one deleted behind the node's back are named and fetched again.
  private func damage(_ peer: RealNode, _ document: String, _ node: RealNode) async throws {
    let port = try await node.run("agency", "list", "--json").list("agencies")
      .compactMap { $0["endpoint"]?.text }.compactMap { Int($0.split(separator: ":").last ?? "") }
      .first
    try await FaultProxy.run(on: try #require(port), to: node.peerPort) { _ in
      try await peer.whileRunning { _ in
        try await peer.superuser(
          """
          UPDATE ledger.piece SET bytes = set_byte(bytes, 77, 255 - get_byte(bytes, 77))
          WHERE piece = 7;
          DELETE FROM ledger.piece WHERE piece = 3
          """)
        let found = try await peer.run("reconcile", "--self", "--json", expecting: 2)
        #expect(
          found.list("differing").compactMap { $0["kind"]?.text }.sorted() == [
            "changed", "missing",
          ])
        #expect(
          found.list("differing").allSatisfy { $0["table"] == .string("ledger.piece") })
        let repaired = try await peer.run("reconcile", "--self", "--repair", "--json")
        #expect(try repaired.text("repaired") == "2")
        #expect(try await attachment(document, at: peer)?["state"]?.text == "complete")
      }
    }
  }

  @Test(.enabled(if: LongRuns.areOn))
  func `an attachment of 2 GiB goes from node to node in flat memory`() async throws {
    try await Scratch.withDirectory { directory in
      let source = "\(directory)/scan.bin"
      let digest = try file(source, mebibytes: 2_048)
      let node = try await RealNode.make(
        "420300-FZB", in: directory, registrar: true, words: Self.people)
      let peer = try await RealNode.make("420300-JW", in: directory)
      try await node.whileRunning { sender in
        try await peer.whileRunning { receiver in
          try await node.admit(peer)
          let dossier = try await node.run(
            "dossier", "create", "--kind", "advice", "--title", "t", "--json",
            as: RealNode.clerk
          ).text("dossier")
          let before = [sender, receiver].compactMap { Kernel.residentKiB(of: $0.pid) }
          let id = try await send(
            "large", from: node, to: peer.code, dossier: dossier, attaching: source)
          var most = before
          try await eventually("every piece is there", within: .seconds(3_000)) {
            for (index, process) in [sender, receiver].enumerated() {
              most[index] = max(most[index], Kernel.residentKiB(of: process.pid) ?? 0)
            }
            return try await attachment(id, at: peer)?["state"]?.text == "complete"
          }
          print("2 GiB: VmRSS of sender and receiver \(before) KiB before, at most \(most) KiB")
          for index in before.indices { #expect(most[index] - before[index] < 96 * 1024) }
          let target = "\(directory)/received.bin"
          try await peer.run("document", "attachment", "get", id, "0", "--out", target)
          #expect(try self.digest(target) == digest)
        }
      }
    }
  }
}
