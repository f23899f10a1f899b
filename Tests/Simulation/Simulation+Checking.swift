import Exchange
import Ledger
import TestSupport

extension Simulation {
  /// The nodes that must agree on a dossier: hosts of its members by the fold of the home.
  func entitled(_ dossier: DossierID) throws -> [SimulatedNode] {
    if dossier == directory { return nodes }
    guard
      let home = nodes.lazy.compactMap({ try? $0.store.readNow(GraphOf(dossier: dossier)) })
        .first?.home,
      let node = nodes.first(where: { $0.keys[home] != nil }),
      let graph = try node.store.readNow(GraphOf(dossier: dossier))
    else { return [] }
    // The host of the home, once excluded, never hears of it: then the others' fold counts.
    let folds = try nodes.compactMap { try $0.store.readNow(GraphOf(dossier: dossier)) }
    let fold = folds.first { $0.excluded.contains(node.code) } ?? graph
    return nodes.filter { other in
      !fold.excluded.contains(other.code)
        && other.keys.keys.contains(where: fold.members.contains)
    }
  }

  /// Whether anything in a dossier makes its outboxes alone not enough: someone cut off goes on
  /// writing for members it never hears of, a fork or a thief told two stories.
  func isTroubled(_ dossier: DossierID) throws -> Bool {
    if audit.forked.contains(where: { $0.first == dossier.hex }) { return true }
    // What came while there was a hole was not taken, and is brought by a comparison.
    if nodes.contains(where: { $0.onceHoled.contains(dossier) }) { return true }
    if foul.withheld[dossier] != nil { return true }
    return try nodes.contains { node in
      guard let graph = try node.store.readNow(GraphOf(dossier: dossier)) else { return false }
      return graph.changeSets.contains { changeSet in
        if case .void = graph.standing(of: changeSet.id) { return true }
        return (changeSet.part(0)?.membership ?? []).contains { statement in
          if case .grant = statement { false } else { true }
        }
      }
    }
  }

  /// Without any reconciling, every untroubled dossier is the same wherever it belongs.
  func checkOutboxesSuffice() throws {
    for dossier in dossiers + [directory] where try !isTroubled(dossier) && !isShaken(dossier) {
      try checkAgreement(dossier, "by the outboxes alone")
    }
  }

  private func checkAgreement(_ dossier: DossierID, _ how: String) throws {
    let nodes = try entitled(dossier)
    var digests: [Hash256?: [AgencyCode]] = [:]
    for node in nodes {
      digests[node.store.contents.projections[dossier]?.digest, default: []].append(node.code)
    }
    guard digests.count > 1 || digests.keys.contains(nil) else { return }
    let counts = try nodes.map { try account(of: dossier, at: $0) }
    try describe(dossier)
    describeRows(of: dossier, at: nodes)
    throw failed(
      "\(dossier.hex.prefix(8)) differs \(how): \(counts.joined(separator: ", "))", .differs)
  }

  /// What one node makes of a dossier.
  func account(of dossier: DossierID, at node: SimulatedNode) throws -> String {
    guard let graph = try node.store.readNow(GraphOf(dossier: dossier)) else {
      return "\(node.code): nothing"
    }
    func letters(_ agencies: Set<AgencyCode>) -> String {
      agencies.sorted().map { $0.rawValue.suffix(1) }.joined()
    }
    let excluded = graph.excluded.isEmpty ? "" : " excluded \(letters(graph.excluded))"
    return "\(node.code): \(graph.count) members \(letters(graph.members))\(excluded)"
  }

  /// Adds to the transcript what the nodes make of a dossier, and who lacks what of it.
  func describe(_ dossier: DossierID) throws {
    let graphs = try nodes.compactMap { node in
      try node.store.readNow(GraphOf(dossier: dossier)).map { (node.code, $0) }
    }
    let all = Set(graphs.flatMap { $0.1.order }).sorted()
    let lines = all.compactMap { id -> String? in
      let holders = graphs.filter { $0.1.contains(id) }
      guard holders.count < graphs.count, let holder = holders.first?.1,
        let header = holder.changeSet(id)?.header
      else { return nil }
      let others = graphs.filter { !$0.1.contains(id) }.map { $0.0.rawValue }.joined(separator: " ")
      let place = "\(id.hex.prefix(8)) in \(dossier.hex.prefix(8))"
      return "\(others) lack \(place), \(header.author) \(header.sequence)"
    }
    guard !lines.isEmpty else { return }
    let accounts = try nodes.map { try account(of: dossier, at: $0) }
    note("\(dossier.hex.prefix(8)): \(accounts.joined(separator: ", "))")
    for line in lines { note(line) }
  }

  /// Adds to the transcript the rows that not all of these nodes have alike, and who has no digest.
  private func describeRows(of dossier: DossierID, at nodes: [SimulatedNode]) {
    var holders: [String: [AgencyCode]] = [:]
    for node in nodes {
      guard let projection = node.store.contents.projections[dossier], projection.digest != nil
      else {
        note("\(dossier.hex.prefix(8)) has no digest at \(node.code): an upgrade is needed")
        continue
      }
      for row in projection.rows {
        holders["\(row.table) \(row.cells)", default: []].append(node.code)
      }
    }
    for (row, agencies) in holders.sorted(by: { $0.key < $1.key })
    where agencies.count < nodes.count {
      note("\(dossier.hex.prefix(8)) \(agencies.map(\.rawValue).joined(separator: " ")): \(row)")
    }
  }

  /// Everything that must hold after a run.
  func check() async throws {
    for dossier in dossiers + [directory] { try checkAgreement(dossier, "after reconciling") }
    for node in nodes {
      try checkHeld(node)
      try checkLost(node)
      try checkKept(node)
      try checkKeys(node)
      try checkAttachments(node)
      try checkSelf(node)
    }
    try checkReceipts()
    for node in nodes { try checkFoulPlay(node) }
    try checkWithheld()
  }

  private func checkHeld(_ node: SimulatedNode) throws {
    for (id, copies) in node.store.contents.held where !foul.forged.contains(id) {
      guard let origin = copies.values.compactMap(\.origin).first else { continue }
      // Who was put out keeps what it had, and is told no more.
      guard try entitled(origin.dossier).contains(where: { $0 === node }) else { continue }
      throw failed(
        "\(node.code) still holds \(id.hex.prefix(8)): \(copies.values.map(\.reason))", .differs)
    }
  }

  /// What was written is here for good, once, without a fork that nobody made.
  private func checkKept(_ node: SimulatedNode) throws {
    let contents = node.store.contents
    for (id, dossier) in node.written where contents.rows[id] == nil {
      throw failed(
        "\(node.code) lost its own \(id.hex.prefix(8)) in \(dossier.hex.prefix(8))", .lost)
    }
    for id in audit.condemned.sorted() where contents.rows[id] != nil {
      throw failed("\(node.code) stores the backdated \(id.hex.prefix(8))")
    }
    for (dossier, log) in contents.log {
      if Set(log).count != log.count {
        throw failed("\(node.code) stored one change set twice", .doubled)
      }
      guard let graph = try node.store.readNow(GraphOf(dossier: dossier)) else { continue }
      if graph.count != log.count { throw failed("\(node.code) has a graph unlike its log") }
      for fork in graph.forks
      where !audit.forked.contains([dossier.hex, fork.author.rawValue]) {
        throw failed("\(fork.author) forked without meaning to, in \(dossier.hex.prefix(8))")
      }
      for id in graph.order {
        guard let row = contents.rows[id] else { throw failed("a graph beyond the log") }
        if row.changeSet != graph.changeSet(id) { throw failed("a graph unlike its rows") }
      }
    }
  }

  /// Every seal, hash and ancestor is right, and every row equals the fold of the log.
  private func checkSelf(_ node: SimulatedNode) throws {
    // One node of each run is read again from its bytes.
    guard node === nodes[Int(plan.seed % UInt64(nodes.count))] else { return }
    try checkFold(node)
    var after: DossierID?
    while true {
      var work = SelfCheck(after: after)
      work.seals = seals
      let stretch = try node.store.readNow(work)
      guard let last = stretch.last else { return }
      if !stretch.report.isConsistent {
        throw failed("\(node.code) is not whole: \(stretch.report)")
      }
      after = last
    }
  }

  /// The fold that grew with the deliveries says what a fold of everything says.
  private func checkFold(_ node: SimulatedNode) throws {
    guard let known = try node.store.readNow(DirectoryOf()) else { return }
    for (dossier, projection) in node.store.contents.projections {
      guard let graph = try node.store.readNow(GraphOf(dossier: dossier)) else { continue }
      if CaseworkProjection.fromScratch(graph, known) != projection.digest {
        throw failed("\(node.code) folds \(dossier.hex.prefix(8)) differently step by step")
      }
    }
  }

  /// What a reader has acknowledged, and was not a blank, it has.
  private func checkReceipts() throws {
    for node in nodes {
      for (reader, outbox) in node.store.contents.outboxes {
        guard let other = self.node(reader) else { continue }
        let receipted = outbox.receipts.map(\.number).max() ?? 0
        let contents = other.store.contents
        for line in outbox.numbered where line.number <= receipted {
          guard contents.rows[line.id] == nil, contents.held[line.id] == nil,
            contents.rejected[line.id] == nil
          else { continue }
          let dossier = node.store.contents.rows[line.id]?.changeSet.dossier
          let isEntitled = try dossier.map { try entitled($0).contains { $0 === other } } ?? false
          if isEntitled, !foul.isWithheld(line.id, from: reader) {
            throw failed(
              "\(reader) acknowledged \(line.id.hex.prefix(8)) and has it not", .lost)
          }
        }
        let numbers = outbox.numbered.map(\.number)
        if Set(numbers).count != numbers.count { throw failed("a number given twice", .doubled) }
      }
    }
  }
}
