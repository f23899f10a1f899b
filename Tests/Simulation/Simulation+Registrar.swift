import Exchange
import Ledger
import TestSupport

/// A registrar that does more than its office allows. Its entries are stored like any other: they
/// are its own, rightly sealed. What they say has no effect on any node.
extension Simulation {
  /// One thing that a dishonest registrar tries.
  func cheat() async throws {
    guard let registrar = nodes.first, !isPaused(registrar) else { return }
    try await running(registrar) {
      guard let author = try registrar.signatory(registrar.code) else { return }
      foul.tried.entries += 1
      done.forged += 1
      switch sideways(6) {
      case 0, 1: try carryAlone(usurpation(by: author), by: author, at: registrar)
      case 2: try forgeWord(by: author, at: registrar)
      case 3: try speakForAnother(by: author, at: registrar)
      default: try forkDirectory(by: author, at: registrar)
      }
      try checkDecided(registrar)
    }
  }

  /// What an agency says about itself, signed with its key.
  func particulars(
    of agency: Signatory, version: UInt64, endpoint: String = ""
  ) -> SignedObject {
    let encryptionKey = carries ? Self.decryptionKey(of: agency.agency)?.encryptionKey.bytes : nil
    return SignedObject(
      signing: Particulars(
        signer: agency.agency, key: agency.key.keyID, version: version, endpoint: endpoint,
        encryptionKey: encryptionKey ?? [], people: Cast.people(agency.agency)),
      with: agency.key)
  }

  /// An agency with the key that a node's directory names, whoever's agency it is.
  func signatory(_ agency: AgencyCode, knownAt node: SimulatedNode) throws -> Signatory? {
    let active = try node.store.readNow(ActiveKey(agency: agency))
    let keys = nodes.lazy.compactMap { $0.keys[agency] }.first
    return keys?.last { $0.signatory.key.keyID == active }?.signatory
  }

  /// Any node but the registrar's.
  private func victim() -> SimulatedNode { nodes[1 + sideways(nodes.count - 1)] }

  /// A change that the registrar cannot carry alone: where another governs too, for want of its
  /// word; where it governs alone, because it would be unlawful with any number of words.
  private func usurpation(by author: Signatory) -> Proposal.Change {
    let stranger = SampleAgency("X")
    let key = stranger.signatory.key.publicKey
    let victim = victim().code
    switch sideways(3) {
    case 0:
      return .key(agency: victim, key: isGovernedByTwo ? key : author.key.publicKey)
    case 1:
      // Whoever is in is not given another key by being admitted once more.
      let entry = isGovernedByTwo ? nil : decided.entry(of: victim)
      return .admission(entry: entry ?? stranger.entry, key: key, particulars: nil)
    default:
      // One of two is no majority.
      let governors = isGovernedByTwo ? [author.agency] : [author.agency, victim].sorted()
      return .governance(governors: governors, threshold: 1)
    }
  }

  /// Proposes a change and finalizes it on no word but its own.
  private func carryAlone(
    _ change: Proposal.Change, by author: Signatory, at registrar: SimulatedNode
  ) throws {
    guard let proposal = try propose(change, by: author, at: registrar) else { return }
    let finalization = Finalization(proposal: proposal, countersignatures: [])
    try write(
      [Part(directory: [.finalization(finalization)])], in: directory, by: author, at: registrar,
      "usurps")
  }

  private func propose(
    _ change: Proposal.Change, by author: Signatory, at registrar: SimulatedNode
  ) throws -> ChangeSetID? {
    guard let newest = try registrar.store.readNow(DirectoryOf())?.newest else { return nil }
    let proposal = Proposal(basedOn: newest, change: change)
    return try write(
      [Part(directory: [.proposal(proposal)])], in: directory, by: author, at: registrar,
      "proposes to usurp"
    ).first?.id
  }

  /// Seals the word of the other governor itself, and gives out an entry that cites it.
  private func forgeWord(by author: Signatory, at registrar: SimulatedNode) throws {
    guard let second = secondGovernor,
      let governor = try signatory(second.code, knownAt: registrar)
    else { return try speakForAnother(by: author, at: registrar) }
    let key = SampleAgency("X").signatory.key.publicKey
    guard
      let proposal = try propose(
        .key(agency: victim().code, key: key), by: author, at: registrar),
      var graph = try registrar.store.readNow(GraphOf(dossier: directory))
    else { return }
    let consent = Part(directory: [.countersignature(proposal: proposal)])
    guard
      let word = forged(
        directory, by: governor, on: graph, entry: nil, contents: [consent.encoded()],
        sealedBy: plan.trustMistake == .takesAnyWord ? governor : author),
      let seal = word.proof,
      let counted = StoredChangeSet(
        headerBytes: word.headerBytes, proof: seal, parts: word.parts),
      graph.insert(counted, directory: nil)
    else { return }
    let finalization = Finalization(proposal: proposal, countersignatures: [word.id])
    guard
      let entry = forged(
        directory, by: author, on: graph, entry: nil,
        contents: [Part(directory: [.finalization(finalization)]).encoded()])
    else { return }
    foul.forged.formUnion([word.id, entry.id])
    // Others hold an entry of its own that it does not store.
    audit.backdaters.insert(registrar.code)
    hand([word, entry], to: nodes.dropFirst().map(\.code), by: registrar)
    note("\(registrar.code) forges the word of \(second.code), \(word.id.hex.prefix(8))")
  }

  /// Publishes particulars and a suspension in the name of an agency, sealed with its own key.
  private func speakForAnother(by author: Signatory, at registrar: SimulatedNode) throws {
    let victim = victim().code
    guard let key = try registrar.store.readNow(ActiveKey(agency: victim)) else { return }
    let statement = Particulars(
      signer: victim, key: key, version: 1_000, endpoint: "https://elsewhere.example", people: [])
    let suspension = Suspension(
      signer: victim, key: key, agency: victim, suspended: key, reason: "stolen")
    let part = Part(directory: [
      .particulars(SignedObject(signing: statement, with: author.key)),
      .suspension(SignedObject(signing: suspension, with: author.key)),
    ])
    try write([part], in: directory, by: author, at: registrar, "speaks for \(victim)")
  }

  /// Signs two entries of one sequence, each with something true, and hands each to a half of the
  /// others; the rest of it they hear from each other.
  private func forkDirectory(by author: Signatory, at registrar: SimulatedNode) throws {
    guard !audit.forked.contains([directory.hex, registrar.code.rawValue]),
      let graph = try registrar.store.readNow(GraphOf(dossier: directory))
    else { return try carryAlone(usurpation(by: author), by: author, at: registrar) }
    let others = nodes.dropFirst().shuffled(using: &side).map(\.code)
    let halves = [others.prefix(others.count / 2), others.dropFirst(others.count / 2)]
    let branches = try halves.enumerated().compactMap { index, half in
      try half.first.flatMap { try signatory($0, knownAt: registrar) }.map { agency in
        particulars(of: agency, version: 2, endpoint: "https://branch-\(index).example")
      }
    }
    for statement in branches { decided.said(statement) }
    let entries = branches.compactMap { statement in
      forged(
        directory, by: author, on: graph, entry: nil,
        contents: [Part(directory: [.particulars(statement)]).encoded()])
    }
    guard entries.count == 2 else { return }
    audit.forked.insert([directory.hex, registrar.code.rawValue])
    for entry in entries { try plant(entry, at: registrar, readers: []) }
    for (entry, half) in zip(entries, halves) { hand([entry], to: Array(half), by: registrar) }
    note("\(registrar.code) forks \(directory.hex.prefix(8)) for two halves")
  }

  /// Sends change sets past the outbox.
  func hand(_ received: [ReceivedChangeSet], to readers: [AgencyCode], by node: SimulatedNode) {
    var answer = FetchAnswer()
    answer.deliveries = received.map { Delivery(number: 0, content: .changeSet($0)) }
    for reader in readers {
      send(Message(from: node.code, to: reader, body: .fetched(answer.encoded())))
    }
  }
}
