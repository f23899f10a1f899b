import FoundationEssentials
import Office
import TestSupport
import Testing

/// A sealed sheet between real nodes: opened to a member later, destroyed, and the proof of it.
@Suite(.timeLimit(.minutes(10)), .serialized) struct SealedScenario {
  private static let secret = "canary-petitioner"

  /// A letter of FZB to JW with a sheet that FZB keeps for itself; gives its change set.
  private func letter(
    from node: RealNode, to peer: RealNode, in dossier: String
  ) async throws -> String {
    let id = try await node.run(
      "document", "draft", dossier, "--form", "leadSupply", "--to", peer.code, "--title", "t",
      "--body", "b", "--sealed-for", node.code, "--sealed-title", "s", "--sealed-body",
      Self.secret, "--json", as: RealNode.clerk
    ).text("id")
    try await node.run("document", "submit", id, as: RealNode.clerk)
    try await node.run("document", "sign", id, as: "signer")
    let change = try await node.run(
      "document", "issue", id, "--json", as: "issuer"
    ).text("change_set")
    try await peer.receives(id)
    return change
  }

  private func state(_ node: RealNode, _ dossier: String, _ change: String) async throws -> String {
    let parts = try await node.run("sealed", "list", dossier, "--json", expecting: nil)
      .list("parts")
    return parts.first { $0["change_set"] == .string(change) }?["state"]?.text ?? ""
  }

  /// The rows of parts and drafts in which the text still stands.
  private func traces(_ node: RealNode) async throws -> String {
    try await node.superuser(
      """
      SELECT count(*) FROM (
        SELECT 1 FROM ledger.part WHERE position('\(Self.secret)'::bytea IN content) > 0
        UNION ALL SELECT 1 FROM casework.sealed_document WHERE body LIKE '%\(Self.secret)%'
        UNION ALL SELECT 1 FROM office.draft WHERE content::text LIKE '%\(Self.secret)%') AS t
      """)
  }

  @Test func `scenario S22 a sheet is opened, read, destroyed and certified over two real nodes`()
    async throws
  {
    try await Scratch.withDirectory { directory in
      let node = try await RealNode.make(
        "420300-FZB", in: directory, registrar: true, words: RealNode.lettersPeople)
      let peer = try await RealNode.make("420300-JW", in: directory)
      try await node.whileRunning { _ in
        try await peer.whileRunning { _ in
          try await node.admit(peer)
          let dossier = try await node.opened("sealed", for: peer)
          let change = try await letter(from: node, to: peer, in: dossier)
          #expect(try await state(node, dossier, change) == "open")
          #expect(try await state(peer, dossier, change) == "withheld")
          #expect(try await traces(peer) == "0")
          try await open(change, dossier, node, peer)
          try await destroy(change, dossier, node, peer)
          try await certify(change, node, peer, in: directory)
        }
      }
    }
  }

  private func open(
    _ change: String, _ dossier: String, _ node: RealNode, _ peer: RealNode
  ) async throws {
    try await peer.run(
      "sealed", "disclose", change, "--to", node.code, "--reason", "r", as: RealNode.clerk,
      expecting: 4)
    try await node.run(
      "sealed", "disclose", change, "--to", peer.code, "--reason", "review", as: "signer")
    try await eventually("the part is at \(peer.code)") {
      try await state(peer, dossier, change) == "open"
    }
    let shown = try await peer.run("show", change, "--json", as: RealNode.clerk)
    #expect(shown.output.contains(Self.secret))
    let silent = try await peer.run("show", change, "--json")
    #expect(!silent.output.contains(Self.secret))
    try await peer.run("reconcile", "--self")
    try await peer.run("reconcile", "--peer", node.code)
  }

  private func destroy(
    _ change: String, _ dossier: String, _ node: RealNode, _ peer: RealNode
  ) async throws {
    let words = ["sealed", "destroy", change, "--decision", "D-1", "--reason", "expired"]
    let unconfirmed = try await Program.run(
      words: words + ["--as", "signer", "--config", node.config])
    #expect(unconfirmed.code == 6)
    let done = try await Program.run(
      words: words + ["--confirm", node.code, "--as", "signer", "--config", node.config])
    #expect(done.code == 0, "\(done.errors)")
    #expect(try await traces(node) == "0")
    try await eventually("the part is gone at \(peer.code)") {
      try await state(peer, dossier, change) == "destroyed"
    }
    #expect(try await traces(peer) == "0")
    for one in [node, peer] { try await one.run("reconcile", "--self") }
    try await peer.run("reconcile", "--peer", node.code, "--repair")
    try await node.expectSame(dossier, as: peer)
    #expect(try await traces(peer) == "0")
  }

  private func certify(
    _ change: String, _ node: RealNode, _ peer: RealNode, in directory: String
  ) async throws {
    let file = "\(directory)/certificate.gtdc"
    let root = try await node.run("status", "--json").text("node.directory")
    try await peer.run("sealed", "certificate", change, "--out", file)
    let proved = try await Program.run(
      words: ["verify", file, "--directory", root, "--json"])
    #expect(proved.code == 0)
    #expect(try proved.text("schema") == "guantong.verify-certificate/v1")
    #expect(try proved.text("author") == node.code)
    #expect(try proved.text("change_set") == change)
    #expect(try proved.text("decision") == "D-1")
    #expect(try proved.text("ordered_by") == "signer")
    // The author's own has the receipts beside.
    try await eventually("the receipt of \(peer.code) is in the author's certificate") {
      try await node.run("sealed", "certificate", change, "--json").list("received").contains {
        $0["agency"] == .string(peer.code)
      }
    }
    for (language, title) in [("zh", "销毁证明"), ("en", "Certificate of destruction")] {
      let printed = try await Program.run(
        words: ["verify", file, "--directory", root, "--format", "table", "--lang", language])
      #expect(printed.code == 0)
      #expect(printed.output.contains(title) && printed.output.contains(change))
    }
    var bytes = Array(try Data(contentsOf: URL(filePath: file)))
    bytes[bytes.count / 2] ^= 1
    try Data(bytes).write(to: URL(filePath: file))
    let broken = try await Program.run(words: ["verify", file, "--directory", root])
    #expect(broken.code == 7)
  }
}
