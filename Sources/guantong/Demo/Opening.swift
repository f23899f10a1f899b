import FoundationEssentials
import Office

/// Brings the agencies of the demo up and into one directory.
struct Opening: Sendable {
  /// Who tells it.
  let teller: Teller
  /// The nodes.
  let nodes: DemoNodes

  /// Starts everything; a demo that was up before only starts its nodes.
  func run() async throws {
    try await must("nodes") {
      try await nodes.startAll()
      return try await teller.run(DemoAgency.registrar, ["status", "--json"]).command
    }
    try await writeSheet(DemoSheet.starting)
    let newcomers = try await outsiders()
    try await confirmed(except: newcomers)
    if !newcomers.isEmpty {
      let governors = newcomers.filter { DemoAgency.governors.contains($0.code) }
      let others = newcomers.filter { !DemoAgency.governors.contains($0.code) }
      if !governors.isEmpty {
        try await must("governors") { try await admit(governors) }
        try await must("governance") { try await govern() }
      }
      if !others.isEmpty { try await must("admission") { try await admit(others) } }
    }
    try await must("directory") { try await agree() }
    try await confirmed(except: [])
    try await writeSheet(DemoSheet.ready)
  }

  /// Waits until every node may seal: after a start each first learns from a peer where it stands.
  private func confirmed(except newcomers: [DemoAgency]) async throws {
    let asked = nodes.nodes.filter { !newcomers.contains($0.agency) }
    _ = try await asked.concurrentMap { node in
      try await teller.eventually {
        let status = try await teller.run(node.agency.code, ["status", "--json"])
        return status.json["node"]?["ready"] == .bool(true) ? status : nil
      }
    }
  }

  /// Tells a step without which nothing else makes sense.
  private func must(_ key: String, _ body: () async throws -> String) async throws {
    var failure: (any Error)?
    await teller.step(key) {
      do { return try await body() } catch {
        failure = error
        throw error
      }
    }
    if let failure { throw failure }
  }

  /// The agencies whose nodes are in no directory yet.
  private func outsiders() async throws -> [DemoAgency] {
    try await nodes.nodes.concurrentMap { node -> DemoAgency? in
      let status = try await teller.run(node.agency.code, ["status", "--json"])
      return status.json["node"]?["directory"] == .null ? node.agency : nil
    }.compactMap { $0 }
  }

  /// Invites, lets join, compares fingerprints, and has the governors countersign.
  private func admit(_ agencies: [DemoAgency]) async throws -> String {
    let commands = try await agencies.concurrentMap { agency in try await propose(agency) }
    try await countersign()
    _ = try await agencies.concurrentMap { agency in
      try await teller.eventually {
        let status = try await teller.run(agency.code, ["status", "--json"])
        return status.json["node"]?["directory"] == .null ? nil : status
      }
    }
    return commands.last ?? ""
  }

  /// Invites an agency, lets it join, and proposes it when its fingerprint has been compared.
  private func propose(_ agency: DemoAgency) async throws -> String {
    let registrar = DemoAgency.registrar
    let invitation = try await teller.run(
      registrar, ["agency", "invite", agency.code, "--json"] + agency.profile)
    let words = ["join", "--invite", try invitation.text("invite"), "--json"]
    // The registrar is busy while many ask at once on a machine that works for all of them.
    let join = try await teller.eventually { try await teller.run(agency.code, words) }
    let fingerprint = try join.text("fingerprint")
    try await teller.eventually {
      let pending = try await teller.run(registrar, ["agency", "pending", "--json"])
      let isThere = pending.list("applications").contains {
        $0["agency"] == .string(agency.code) && $0["fingerprint"] == .string(fingerprint)
      }
      return isThere ? pending : nil
    }
    return try await teller.run(
      registrar, ["agency", "add", agency.code, "--fingerprint", fingerprint, "--json"]
    ).command
  }

  private func govern() async throws -> String {
    let words = DemoAgency.governors.flatMap { ["--governor", $0] }
    let proposal = try await teller.run(
      DemoAgency.registrar, ["agency", "govern", "--threshold", "2", "--json"] + words)
    try await countersign()
    return proposal.command
  }

  /// Lets the governors countersign until nothing is pending at the registrar.
  private func countersign() async throws {
    try await teller.eventually {
      let pending = try await teller.run(DemoAgency.registrar, ["agency", "pending", "--json"])
      let open = pending.list("proposals").filter { $0["state"] == .string("proposed") }
      _ = try await open.concurrentMap { proposal in try await countersign(proposal) }
      return open.isEmpty ? pending : nil
    }
  }

  /// Lets the governors who have not signed a proposal sign it; one that it has not reached yet is
  /// asked again.
  private func countersign(_ proposal: JSONValue) async throws {
    guard let id = proposal["id"]?.text else { return }
    var signed: [String] = []
    if case .array(let codes) = proposal["countersigned_by"] { signed = codes.compactMap(\.text) }
    for governor in [DemoAgency.registrar, "420300-JW"] where !signed.contains(governor) {
      _ = try? await teller.run(governor, ["agency", "countersign", id, "--json"])
    }
  }

  /// Waits until every node lists every agency and holds the same newest entry.
  private func agree() async throws -> String {
    let count = nodes.nodes.count
    return try await nodes.nodes.concurrentMap { node in
      try await teller.eventually {
        let list = try await teller.run(node.agency.code, ["agency", "list", "--json"])
        let active = list.list("agencies").filter { $0["state"] == .string("active") }
        return active.count == count ? list : nil
      }.command
    }.last ?? ""
  }

  /// Writes the sheet anew.
  private func writeSheet(_ name: String) async throws {
    let status = try await teller.run(DemoAgency.registrar, ["status", "--json"])
    let entries = try nodes.nodes.map { node in
      let settings = try Settings(file: node.config, environment: [:])
      return DemoSheet.Entry(
        code: node.agency.code, name: node.agency.name, config: node.config,
        peerUrl: settings[.peerAdvertise], opsUrl: "http://\(settings[.opsListen])",
        socket: settings.files.officeSocket, readerUrl: settings.files.readerURL, pid: node.pid)
    }
    try DemoSheet(
      directory: try status.text("node.directory"), agencies: entries,
      pid: ProcessInfo.processInfo.processIdentifier
    ).write(in: teller.place.directory, name)
  }
}
