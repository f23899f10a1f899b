import Exchange
import Ledger
import TestSupport

/// A key that was proposed and waits for the word of the other governor.
struct OpenRotation {
  let agency: AgencyCode
  let next: SampleAgency
  let proposal: ChangeSetID
  var word: ChangeSetID?
}

extension Simulation {
  /// The governor beside the registrar, in a run in which two govern and both must agree.
  var secondGovernor: SimulatedNode? { isGovernedByTwo ? nodes.dropFirst().first : nil }

  /// Makes the second node's agency a governor beside the registrar, with the word of both.
  func governByTwo(with registrar: SampleNode<MemoryStore>) async throws {
    let both = Array(nodes.prefix(2))
    guard let other = both.last, let agency = other.keys[other.code]?.first,
      let newest = try registrar.store.readNow(DirectoryOf())?.newest
    else { return }
    let second = SampleNode(other.store, agency, seed: plan.seed &+ 1)
    let change = Proposal.Change.governance(
      governors: both.map(\.code).sorted(), threshold: both.count)
    let proposal = try await registrar.append(
      directory, [Part(directory: [.proposal(Proposal(basedOn: newest, change: change))])])
    try await second.catchUp(with: registrar)
    let word = try await second.append(
      directory, [Part(directory: [.countersignature(proposal: proposal.id)])])
    try await registrar.catchUp(with: second)
    decided.govern(both.map(\.code).sorted(), threshold: both.count)
    let finalization = Finalization(proposal: proposal.id, countersignatures: [word.id])
    try await registrar.append(directory, [Part(directory: [.finalization(finalization)])])
    isGovernedByTwo = true
  }

  /// A random agency gets a new key, or the one that waits for it a step further.
  func rotate() async throws {
    let node = nodes[random(nodes.count)]
    let agencies = node.keys.keys.sorted()
    try await rotate(agencies[random(agencies.count)])
  }

  /// The governors give an agency a new key; its node re-affirms when its directory shows it.
  ///
  /// Where two govern it takes three calls: proposed, countersigned at the other's node, finalized.
  func rotate(_ agency: AgencyCode) async throws {
    guard let registrar = nodes.first, !isPaused(registrar), agency != registrar.code else {
      return
    }
    guard var open = openRotation else {
      return try await running(registrar) { try propose(agency, at: registrar) }
    }
    if open.word != nil {
      return try await running(registrar) { try finalize(open, at: registrar) }
    }
    guard let second = secondGovernor, !isPaused(second),
      let author = try second.signatory(second.code),
      try second.store.readNow(GraphOf(dossier: directory))?.contains(open.proposal) == true
    else { return }
    try await running(second) {
      let part = Part(directory: [.countersignature(proposal: open.proposal)])
      open.word = try write([part], in: directory, by: author, at: second, "countersigns").first?.id
      openRotation = open
    }
  }

  private func propose(_ agency: AgencyCode, at registrar: SimulatedNode) throws {
    guard let author = try registrar.signatory(registrar.code),
      let newest = try registrar.store.readNow(DirectoryOf())?.newest,
      let generation = nodes.lazy.compactMap({ $0.keys[agency]?.count }).first
    else { return }
    let next = SampleAgency(String(agency.rawValue.dropFirst(7)), generation: generation)
    let proposal = Proposal(
      basedOn: newest, change: .key(agency: agency, key: next.signatory.key.publicKey))
    let part = Part(directory: [.proposal(proposal)])
    guard let id = try write([part], in: directory, by: author, at: registrar, "proposes").first?.id
    else { return }
    let open = OpenRotation(agency: agency, next: next, proposal: id)
    guard isGovernedByTwo else { return try finalize(open, at: registrar) }
    openRotation = open
    // A registrar that does not wait for the other's word: its entry has no effect anywhere.
    guard random(2) == 0 else { return }
    let early = Finalization(proposal: id, countersignatures: [])
    let short = Part(directory: [.finalization(early)])
    try write([short], in: directory, by: author, at: registrar, "finalizes short of k")
    done.forged += 1
    if try registrar.store.readNow(ActiveKey(agency: agency)) == next.signatory.key.keyID {
      throw failed("one governor of two gave \(agency) a key")
    }
  }

  private func finalize(_ open: OpenRotation, at registrar: SimulatedNode) throws {
    let known = try registrar.store.readNow(GraphOf(dossier: directory))
    guard let author = try registrar.signatory(registrar.code),
      open.word.map({ known?.contains($0) == true }) ?? true,
      let node = nodes.first(where: { $0.keys[open.agency] != nil })
    else { return }
    // The agency has its key at hand before the directory says so; where that does not come to be,
    // it throws the key away.
    node.keys[open.agency]?.append(open.next)
    if open.word != nil || !isGovernedByTwo {
      decided.give(open.next.signatory.key.keyID, to: open.agency)
    }
    defer {
      let active = try? registrar.store.readNow(ActiveKey(agency: open.agency))
      if active == open.next.signatory.key.keyID {
        node.toReaffirm.insert(open.agency)
        openRotation = nil
      } else {
        node.keys[open.agency]?.removeLast()
      }
    }
    let words = open.word.map { [$0] } ?? []
    let finalization = Finalization(proposal: open.proposal, countersignatures: words)
    try write(
      [Part(directory: [.finalization(finalization)])], in: directory, by: author, at: registrar,
      "rotates \(open.agency)")
  }

  /// Nobody has a key that the governors have not given.
  func checkKeys(_ node: SimulatedNode) throws {
    guard let open = openRotation else { return }
    if try node.store.readNow(ActiveKey(agency: open.agency)) == open.next.signatory.key.keyID {
      throw failed("\(node.code) takes a key of \(open.agency) that one governor of two gave")
    }
  }

  /// Gives every agency that has forked a chain of its own a new key.
  func rotateForkers() async throws {
    for agency in audit.forkers.sorted() {
      guard let node = nodes.first(where: { $0.keys[agency] != nil }) else { continue }
      let before = node.keys[agency]?.count
      // At most three calls for what was open before, and three for this one.
      for _ in 0..<6 where node.keys[agency]?.count == before {
        try await rotate(agency)
        if isGovernedByTwo { try await settle() }
      }
    }
  }

  /// A registrar that signs two entries of one sequence, one for each half of the others.
  func tellTwoHistories() async throws {
    guard let registrar = nodes.first, !isPaused(registrar), registrar.gate.isOpen else { return }
    try await running(registrar) {
      guard let author = try registrar.signatory(registrar.code),
        let graph = try registrar.store.readNow(GraphOf(dossier: directory)),
        !audit.forked.contains([directory.hex, registrar.code.rawValue])
      else { return }
      let entries = (0..<2).compactMap { _ in
        forged(directory, by: author, on: graph, entry: nil, contents: [Part().encoded()])
      }
      audit.forked.insert([directory.hex, registrar.code.rawValue])
      for entry in entries { try plant(entry, at: registrar, toAll: false, graph) }
      note("\(registrar.code) tells two histories in \(directory.hex.prefix(8))")
    }
  }
}
