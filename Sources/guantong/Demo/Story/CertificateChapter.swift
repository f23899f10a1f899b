import FoundationEssentials
import Office

/// A node with a certificate that the directory does not know is refused.
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
      try await teller.program(["init", "--dir", stranger, "--agency", code, "--sample"])
      await node.stop()
      for (file, name) in zip(files, ["tls.pem", "tls.crt"]) {
        try FileOutput.write(try read("\(stranger)/keys/\(name)"), to: file, isSecret: true)
      }
      try await story.nodes.start(node)
      let refused = try await teller.run(
        story.office, ["reconcile", "--peer", code, "--json"], expecting: 5)
      await node.stop()
      for (file, bytes) in zip(files, own) {
        try FileOutput.write(bytes, to: file, isSecret: true)
      }
      try await story.nodes.start(node)
      try? FileManager.default.removeItem(atPath: stranger)
      try await teller.eventually {
        try await teller.run(story.office, ["reconcile", "--peer", code, "--json"])
      }
      return refused.command
    }
  }

  private func read(_ path: String) throws -> [UInt8] {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw OfficeError(.file, ["path": path, "detail": "it cannot be read"])
    }
    return Array(bytes)
  }
}
