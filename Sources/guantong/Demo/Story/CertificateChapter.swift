import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import Office

/// A node with a certificate that the directory does not know is refused, by those who dial it and
/// by those whom it dials.
struct CertificateChapter: Sendable {
  let story: Story
  private var teller: Teller { story.teller }

  /// Tells it.
  func run() async {
    await teller.step("certificate") {
      let code = story.federation
      let node = try story.nodes.node(code)
      let settings = try Settings(file: node.config, environment: [:])
      let files = [settings.files.tlsKey, settings.files.tlsCertificate]
      let own = try files.map { try read($0) }
      let stranger = "\(teller.place.directory)/stranger"
      let before = try await teller.run(code, ["status", "--json"]).text("node.started_at")
      try await teller.program(["init", "--dir", stranger, "--agency", code, "--sample"])
      await node.stop()
      for (file, name) in zip(files, ["tls.pem", "tls.crt"]) {
        try FileOutput.writeSecret(try read("\(stranger)/keys/\(name)"), to: file)
      }
      try await story.nodes.start(node)
      let refused = try await bothRefuse(code, startedAfter: before)
      await node.stop()
      for (file, bytes) in zip(files, own) {
        try FileOutput.writeSecret(bytes, to: file)
      }
      try await story.nodes.start(node)
      try? FileManager.default.removeItem(atPath: stranger)
      for (asking, peer) in [(story.office, code), (code, story.office)] {
        try await teller.eventually {
          try await teller.run(asking, ["reconcile", "--peer", peer, "--json"])
        }
      }
      return refused
    }
  }

  /// The wrong node runs, whoever dials it names the pin, and whom it dials turns it away.
  private func bothRefuse(_ code: String, startedAfter before: String) async throws -> String {
    let up = try await teller.run(code, ["status", "--json"]).expect("agency", code)
    guard try up.text("node.started_at") != before else {
      throw Teller.Unmet(description: "\(up.command): \(code) did not start again")
    }
    let refused = try await teller.run(
      story.office, ["reconcile", "--peer", code, "--json"], expecting: 5)
    guard refused.problem["code"]?.text == "GT-5001",
      refused.problem["detail"]?.text?.contains("pin mismatch") == true
    else { throw Teller.Unmet(description: "\(refused.command): \(refused.errors)") }
    let figure = "guantong_tls_strangers_refused_total"
    let turnedAway = try await self.figure(figure, at: story.office)
    let dialled = try await teller.run(
      code, ["reconcile", "--peer", story.office, "--json"], expecting: 5)
    guard dialled.problem["code"]?.text == "GT-5001",
      try await self.figure(figure, at: story.office) > turnedAway
    else {
      throw Teller.Unmet(description: "\(dialled.command): \(dialled.errors), no \(figure) more")
    }
    return "\(refused.command) | \(dialled.command)"
  }

  /// A figure of a node's `/metrics`, 0 while it was never counted.
  private func figure(_ name: String, at code: String) async throws -> Double {
    let url = try DemoSheet.read(in: teller.place.directory).entry(code).opsUrl
    let response = try await HTTPClient.shared.execute(
      HTTPClientRequest(url: "\(url)/metrics"), timeout: .seconds(10))
    let body = try await response.body.collect(upTo: 1 << 20)
    let lines = String(buffer: body).split(separator: "\n")
    return lines.first { $0.hasPrefix("\(name) ") }
      .flatMap { Double($0.dropFirst(name.count + 1)) } ?? 0
  }

  private func read(_ path: String) throws -> [UInt8] {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw OfficeError(.file, ["path": path, "detail": "file.unreadable"])
    }
    return Array(bytes)
  }
}
