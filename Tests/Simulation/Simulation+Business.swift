import Casework
import Exchange
import Ledger
import TestSupport

extension Simulation {
  /// One business step of a random agency.
  func business() async throws {
    let node = nodes[random(nodes.count)]
    if isPaused(node) { return }
    try await running(node) {
      switch random(100) {
      case 0..<8: try await open(at: node)
      case 8..<62: try await record(at: node, sealed: false)
      case 62..<72: try await record(at: node, sealed: true)
      case 72..<80: try await grant(at: node)
      case 80..<83: try await cut(at: node, excludes: true)
      case 83..<87: try await cut(at: node, excludes: false)
      case 87..<91: try await forward(at: node)
      case 91..<94: try await malformed(at: node)
      case 94: try backdate(at: node)
      case 95..<97: try await rotate()
      case 97: try await fork(at: node)
      case 98: try await random(8) == 0 ? tellTwoHistories() : steal()
      default: try await steal()
      }
    }
  }

  private func author(at node: SimulatedNode) throws -> Signatory? {
    let agencies = node.keys.keys.sorted()
    return try node.signatory(agencies[random(agencies.count)])
  }

  private func someAgency(but other: AgencyCode) -> AgencyCode {
    let all = nodes.flatMap { $0.keys.keys }.filter { $0 != other }.sorted()
    return all[random(all.count)]
  }

  @discardableResult
  func write(
    _ parts: [Part], in dossier: DossierID?, by author: Signatory, at node: SimulatedNode,
    _ what: String
  ) throws -> [StoredChangeSet] {
    var work = Append(
      author: author, drafts: [Draft(dossier: dossier, parts: parts)], now: now(node),
      gate: node.gate, entropy: node.entropy)
    work.seals = seals
    // Whether a question waits in this moment is as good as chance.
    work.attached = Set(nodes.map(\.code).filter { _ in random(2) == 0 })
    switch try node.store.writeNow(work) {
    case .success(let appended):
      done.written += 1
      for changeSet in appended.changeSets {
        wrote(changeSet, at: node)
        try wroteOnceBack(changeSet, at: node)
        let place = "\(changeSet.id.hex.prefix(8)) in \(changeSet.dossier.hex.prefix(8))"
        note("\(author.agency) \(what) \(place)")
        try keepContents(of: changeSet, at: node)
      }
      return appended.changeSets
    case .failure(let refusal):
      done.refused += 1
      note("\(author.agency) \(what) refused: \(refusal)")
      return []
    }
  }

  private func open(at node: SimulatedNode) async throws {
    guard let author = try author(at: node) else { return }
    var members: Set<AgencyCode> = []
    for _ in 0..<1 + random(3) { members.insert(someAgency(but: author.agency)) }
    let content = opening(by: author.agency, admitting: members.sorted())
    try write(content.parts, in: nil, by: author, at: node, "opens")
  }

  /// A dossier that the node has; the newer ones are busier, the old ones never quite asleep.
  private func someDossier(at node: SimulatedNode) -> DossierID? {
    let known = dossiers.filter { node.store.contents.log[$0] != nil }
    guard !known.isEmpty else { return nil }
    let span = random(3) == 0 ? known.count : min(known.count, 6)
    return known[known.count - 1 - random(span)]
  }

  /// An author of the node with one of the dossiers it has.
  private func author(
    at node: SimulatedNode, of dossier: DossierID?
  ) throws -> (Signatory, DossierID, Desk)? {
    guard let author = try author(at: node), let dossier,
      try isWhole(dossier, at: node, for: author),
      let desk = try desk(of: author.agency, in: dossier, at: node)
    else { return nil }
    return (author, dossier, desk)
  }

  private func record(at node: SimulatedNode, sealed: Bool) async throws {
    guard let (author, dossier, desk) = try author(at: node, of: someDossier(at: node)) else {
      return
    }
    var content = content(at: desk)
    if sealed { content.add(sheet(for: someAgency(but: author.agency), at: desk)) }
    try write(content.parts, in: dossier, by: author, at: node, sealed ? "seals" : "writes")
  }

  private func grant(at node: SimulatedNode) async throws {
    guard let (author, dossier, desk) = try author(at: node, of: someDossier(at: node)),
      desk.folded.home == author.agency,
      let graph = try node.store.readNow(GraphOf(dossier: dossier))
    else { return }
    let agency = someAgency(but: author.agency)
    guard var content = statement(.admit, agency, at: desk, on: nil) else { return }
    // Void excludes of the agency that the home has seen are lifted by citing them.
    let lifting = graph.standingExcludes(of: agency).filter {
      if case .void = graph.standing(of: $0) { true } else { false }
    }
    content.membership = [
      .grant(Grant(agency: agency, ground: .admit, lifting: lifting.sorted()))
    ]
    try write(content.parts, in: dossier, by: author, at: node, "admits \(agency)")
  }

  private func forward(at node: SimulatedNode) async throws {
    guard let (author, dossier, desk) = try author(at: node, of: someDossier(at: node)),
      let graph = try node.store.readNow(GraphOf(dossier: dossier)),
      graph.addressees.contains(author.agency), graph.home != author.agency
    else { return }
    let agency = someAgency(but: author.agency)
    let letters = desk.folded.entries.filter { $0.document?.to.contains(author.agency) == true }
    guard let content = statement(.forward, agency, at: desk, on: pick(letters)) else { return }
    try write(content.parts, in: dossier, by: author, at: node, "forwards to \(agency)")
  }

  private func cut(at node: SimulatedNode, excludes: Bool) async throws {
    guard let (author, dossier, desk) = try author(at: node, of: someDossier(at: node)),
      let graph = try node.store.readNow(GraphOf(dossier: dossier)),
      graph.home == author.agency || excludes && graph.addressees.contains(author.agency)
    else { return }
    let agency = someAgency(but: author.agency)
    guard graph.home != agency, graph.granted.contains(agency),
      let content = statement(excludes ? .exclude : .end, agency, at: desk, on: nil)
    else { return }
    try write(
      content.parts, in: dossier, by: author, at: node,
      (excludes ? "excludes " : "ends ") + agency.rawValue)
  }

  /// Re-affirms wherever the node's directory shows the newest key.
  func reaffirm(at node: SimulatedNode) throws {
    guard node.gate.isOpen else { return }
    for agency in node.toReaffirm.sorted() {
      guard let signatory = try node.signatory(agency),
        signatory.key.keyID == node.keys[agency]?.last?.signatory.key.keyID
      else { continue }
      var after: DossierID?
      var isWhole = true
      while true {
        var work = Reaffirm(
          author: signatory, after: after, now: now(node), gate: node.gate, entropy: node.entropy)
        work.seals = seals
        guard case .success(let page) = try node.store.writeNow(work) else { break }
        isWhole = isWhole && page.isWhole
        for changeSet in page.changeSets {
          wrote(changeSet, at: node)
          try wroteOnceBack(changeSet, at: node)
        }
        guard let last = page.last else { break }
        after = last
      }
      // What has a hole in its log is re-affirmed once that is filled.
      guard isWhole else { continue }
      node.toReaffirm.remove(agency)
      note("\(agency) re-affirms")
    }
  }
}
