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
      let here = try await RealNode.make("420300-FZB", in: directory, registrar: true)
      let there = try await RealNode.make("420300-JW", in: directory)
      try await here.whileRunning { _ in
        try await there.whileRunning { _ in
          try await here.admit(there)
          for node in [here, there] {
            try await eventually("\(node.code) is confirmed") {
              try await node.run("status", "--json").text("node.ready") == "true"
            }
          }
          for node in [here, there] { try await cut(node) }
          let dossier = try await opened(at: here, for: there)
          let out = "\(directory)/out.gtb"
          try await carried(out, from: here, to: there)
          try await looked(at: out, here: here, there: there)
          let digest = try await here.run("dossier", "show", dossier, "--json").text("digest")
          #expect(
            try await there.run("dossier", "show", dossier, "--json").text("digest") == digest)
          try await wayBack(out, from: there, to: here, in: directory)
          try await refused(out, here: here, there: there, in: directory)
        }
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

  private func opened(at node: RealNode, for other: RealNode) async throws -> String {
    let dossier = try await node.run(
      "dossier", "create", "--kind", "advice", "--title", "canary on a disc", "--json",
      as: RealNode.clerk
    ).text("dossier")
    try await node.run("dossier", "admit", dossier, other.code, as: RealNode.clerk)
    return dossier
  }

  private func carried(_ out: String, from: RealNode, to: RealNode) async throws {
    let made = try await from.run("bundle", "export", "--to", to.code, "--out", out, "--json")
    #expect(try made.text("schema") == "guantong.bundle-export/v1")
    let attributes = try FileManager.default.attributesOfItem(atPath: out)
    #expect("\(attributes[.posixPermissions] ?? 0)" == "\(0o600)")
    #expect("\(attributes[.size] ?? 0)" == (try made.text("bytes")))
    let taken = try await to.run("bundle", "import", out, "--json")
    #expect(taken.json["repeated"] == .bool(false))
    #expect(taken.json["held"] == .integer(0))
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
    #expect(bare.list("envelopes").count == 2)
    #expect(bare.list("deliveries").allSatisfy { $0["id"] == .null })
    let opened = try await there.run("bundle", "inspect", out, "--json")
    #expect(opened.json["opened"] == .bool(true))
    #expect(opened.list("deliveries").count == bare.list("deliveries").count)
    #expect(opened.list("deliveries").allSatisfy { $0["dossier"] != .null })
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
    #expect(problem?.code == "GT-7001" && problem?.detail.contains("2") == true)
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
