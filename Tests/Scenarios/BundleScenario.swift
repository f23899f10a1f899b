import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1
import Office
import TestSupport
import Testing

/// Two nodes whose line is cut, and a person who carries discs between them.
@Suite(.timeLimit(.minutes(10)), .serialized) struct BundleScenario {
  @Test func `scenario S16 two nodes without a line agree by discs alone`() async throws {
    try await Scratch.withDirectory { directory in
      let (here, there) = try await RealNode.pair(in: directory)
      try await here.whileRunning { _ in
        try await there.whileRunning { _ in
          try await here.admit(there)
          for node in [here, there] {
            try await eventually("\(node.code) is confirmed") {
              try await node.run("status", "--json").text("node.ready") == "true"
            }
          }
          for node in [here, there] { try await cut(node) }
          let dossier = try await here.opened("canary on a disc", for: there)
          let scan = try file("\(directory)/scan.bin")
          let letter = try await here.sent(
            "canary letter", to: there, in: dossier, attaching: "\(directory)/scan.bin")
          let out = "\(directory)/out.gtb"
          try await carried(out, from: here, to: there)
          try await looked(at: out, here: here, there: there)
          let target = "\(directory)/received.bin"
          try await there.run("document", "attachment", "get", letter, "0", "--out", target)
          #expect(FileManager.default.contents(atPath: target) == scan)
          let digest = try await here.run("dossier", "show", dossier, "--json").text("digest")
          #expect(
            try await there.run("dossier", "show", dossier, "--json").text("digest") == digest)
          try await wayBack(out, from: there, to: here, in: directory)
          try await mended(there, by: here, in: dossier, directory)
          try await refused(out, here: here, there: there, in: directory)
        }
        try await renewed(there, at: here, in: directory)
      }
    }
  }

  /// Cuts a node off from its peers; its own socket stays.
  private func cut(_ node: RealNode) async throws {
    let socket = PercentEncoding.encoded(node.socket)
    var request = HTTPClientRequest(url: "http+unix://\(socket)/office/v1/link")
    request.method = .POST
    request.headers.add(name: "Content-Type", value: "application/json")
    request.body = .bytes(ByteBuffer(string: "{\"cut\":true}"))
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
    #expect(response.status == .ok)
  }

  /// Writes a file of two pieces and gives its bytes.
  private func file(_ path: String) throws -> Data {
    var random = SeededGenerator(seed: 16)
    let block = random.bytes(4_096)
    let data = Data((0..<1_500_000).map { block[$0 & 4_095] ^ UInt8(truncatingIfNeeded: $0 >> 12) })
    try data.write(to: URL(filePath: path))
    return data
  }

  private func carried(_ out: String, from: RealNode, to: RealNode) async throws {
    let made = try await from.run("bundle", "export", "--to", to.code, "--out", out, "--json")
    #expect(try made.text("schema") == "guantong.bundle-export/v1")
    let attributes = try FileManager.default.attributesOfItem(atPath: out)
    #expect("\(attributes[.posixPermissions] ?? 0)" == "\(0o600)")
    #expect("\(attributes[.size] ?? 0)" == (try made.text("bytes")))
    let taken = try await to.run("bundle", "import", out, "--json")
    #expect(taken.json["repeated"] == .bool(false))
    #expect(taken.json["held"] == .integer(0) && taken.json["pieces"] == .integer(2))
    let again = try await to.run("bundle", "import", out, "--json")
    #expect(again.json["repeated"] == .bool(true) && again.json["stored"] == .integer(0))
  }

  /// What the file shows without keys, with those of its reader, and with another's.
  private func looked(at out: String, here: RealNode, there: RealNode) async throws {
    let bytes = try #require(FileManager.default.contents(atPath: out))
    #expect(bytes.firstRange(of: Data("canary".utf8)) == nil)
    let bare = try await Program.run("bundle", "inspect", out, "--json")
    #expect(bare.code == 0 && bare.json["opened"] == .bool(false))
    #expect(try bare.text("sender") == here.code && bare.text("reader") == there.code)
    let kinds = bare.list("envelopes").compactMap { $0["kind"]?.text }
    #expect(kinds == ["page", "returns", "pieces"] && bare.list("attachments").isEmpty)
    #expect(bare.list("deliveries").allSatisfy { $0["id"] == .null })
    let opened = try await there.run("bundle", "inspect", out, "--json")
    #expect(opened.json["opened"] == .bool(true))
    #expect(opened.list("deliveries").count == bare.list("deliveries").count)
    #expect(opened.list("deliveries").allSatisfy { $0["dossier"] != .null })
    #expect(opened.list("attachments").compactMap { $0["pieces"] } == [.integer(2)])
    #expect(
      try await here.run("bundle", "inspect", out, "--json").json["opened"] == .bool(false))
    let page = try await Program.run(
      "bundle", "inspect", out, "--format", "table", "--lang", "en")
    #expect(page.output.contains("not opened"))
  }

  private func wayBack(
    _ out: String, from: RealNode, to: RealNode, in directory: String
  ) async throws {
    let back = "\(directory)/back.gtb"
    try await from.run("bundle", "export", "--to", to.code, "--out", back)
    let taken = try await to.run("bundle", "import", back, "--json")
    #expect(taken.json["receipted"] != .null, "proof of delivery came by file")
    let next = try await to.run(
      "bundle", "export", "--to", from.code, "--out", "\(directory)/next.gtb", "--json")
    let (first, last) = (try next.text("from"), try next.text("to"))
    #expect(Int(last).map { $0 + 1 } == Int(first), "nothing is owed any more")
    let steps = try await to.superuser(
      "SELECT verb || ' ' || outcome FROM office.audit WHERE verb LIKE '%Bundle' ORDER BY seq")
    #expect(steps == "exportBundle ok\nimportBundle ok\nexportBundle ok")
  }

  /// What a superuser deletes comes back by discs alone.
  private func mended(
    _ node: RealNode, by peer: RealNode, in dossier: String, _ directory: String
  ) async throws {
    let disc = "\(directory)/mended.gtb"
    _ = try await node.superuser(
      """
      CREATE TEMP TABLE lost AS SELECT id FROM ledger.change_set
        WHERE dossier = decode('\(dossier)', 'hex') ORDER BY position DESC LIMIT 1;
      DELETE FROM ledger.part WHERE change_set IN (SELECT id FROM lost);
      DELETE FROM ledger.change_set WHERE id IN (SELECT id FROM lost);
      """)
    let found = try await node.run("reconcile", "--self", "--json", expecting: 2)
    #expect(found.list("holes").count == 1)
    try await node.run("bundle", "export", "--to", peer.code, "--out", disc)
    try await peer.run("bundle", "import", disc)
    try await peer.run("bundle", "export", "--to", node.code, "--out", disc)
    let taken = try await node.run("bundle", "import", disc, "--json")
    #expect(taken.json["repaired"] != .integer(0))
    try await node.run("reconcile", "--self", "--json")
  }

  /// A new encryption key of a node without a line becomes known by discs alone.
  private func renewed(
    _ node: RealNode, at registrar: RealNode, in directory: String
  ) async throws {
    let disc = "\(directory)/renewed.gtb"
    let key = try await node.run("bundle", "renew-key", "--json").text("key")
    try await node.whileRunning { _ in
      try await node.run("bundle", "export", "--to", registrar.code, "--out", disc)
      try await registrar.run("bundle", "import", disc)
      try await registrar.run("bundle", "export", "--to", node.code, "--out", disc)
      let looked = try await node.run("bundle", "inspect", disc, "--json")
      #expect(try looked.text("envelope_key") == String(key.prefix(16)))
      #expect(looked.json["opened"] == .bool(true))
      try await node.run("bundle", "import", disc)
    }
  }

  /// Every exit code of a refused bundle; nothing of it stays in the node's folder.
  private func refused(
    _ out: String, here: RealNode, there: RealNode, in directory: String
  ) async throws {
    #expect(
      try await here.run("bundle", "import", out, "--json", expecting: 4).problem?.code
        == "GT-2006")
    var bytes = try #require(FileManager.default.contents(atPath: out))
    bytes[bytes.index(bytes.endIndex, offsetBy: -9)] ^= 1
    let changed = "\(directory)/changed.gtb"
    try bytes.write(to: URL(filePath: changed))
    let problem = try await there.run("bundle", "import", changed, "--json", expecting: 7).problem
    #expect(problem?.code == "GT-7001" && problem?.detail.contains("3") == true)
    #expect(try await Program.run("bundle", "inspect", changed, "--json").code == 7)
    try bytes.dropLast(40).write(to: URL(filePath: changed))
    try await there.run("bundle", "import", changed, expecting: 7)
    try await here.run(
      "bundle", "export", "--to", "990000-NOBODY", "--out", "\(directory)/none.gtb", expecting: 8)
    #expect(!FileManager.default.fileExists(atPath: "\(directory)/none.gtb"))
    try await there.run("bundle", "import", "\(directory)/missing.gtb", expecting: 1)
    let left = try FileManager.default.contentsOfDirectory(atPath: "\(there.directory)/spool")
    #expect(left.isEmpty, "\(left)")
  }
}
