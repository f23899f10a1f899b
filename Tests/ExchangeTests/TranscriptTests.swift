import Exchange
import Foundation
import Ledger
import TestSupport
import Testing

/// Conversations between nodes as text: input, `----`, what the nodes say.
///
/// `REWRITE=1 deploy/test --only Transcript` writes what they say now; a reviewer reads it.
struct TranscriptTests {
  @Test(arguments: ["delivery", "exclusion", "former", "repair", "rotation"])
  func `nodes say what the transcript says`(name: String) async throws {
    let source = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Transcripts/\(name).txt")
    let text = try String(contentsOf: source, encoding: .utf8)
    var played: [String] = []
    let stage = try await Stage()
    for block in text.components(separatedBy: "\n\n") where !block.isEmpty {
      let input = block.components(separatedBy: "\n----")[0]
      var said: [String] = []
      for line in input.split(separator: "\n") where !line.hasPrefix("#") {
        said += try await stage.play(String(line))
      }
      played.append(([input, "----"] + said).joined(separator: "\n"))
    }
    let whole = played.joined(separator: "\n\n") + "\n"
    if ProcessInfo.processInfo.environment["REWRITE"] == "1" {
      try whole.write(to: source, atomically: true, encoding: .utf8)
    }
    #expect(whole == text)
  }
}

/// Four nodes of one directory, and dossiers under short names.
final class Stage {
  private var nodes: [String: SampleNode<MemoryStore>] = [:]
  private var dossiers: [String: DossierID] = [:]

  init() async throws {
    let registrar = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
    let directory = try await registrar.found()
    nodes["A"] = registrar
    for label in ["B", "C", "D"] {
      let node = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency(label))
      try await node.join(registrar, directory)
      nodes[label] = node
    }
    for _ in 0..<2 {
      for (label, node) in nodes.sorted(by: { $0.key < $1.key }) {
        for (other, peer) in nodes.sorted(by: { $0.key < $1.key }) where other != label {
          try await node.catchUp(with: peer)
        }
      }
    }
  }

  /// Plays one line; the words are: open, write, seal, admit, forward, exclude, end, pull, fetch,
  /// show, lose, check, repair, reconcile, and for a page that is served and lost: miss, for a new
  /// key of the first given by the second: rotate.
  func play(_ line: String) async throws -> [String] {
    let words = line.split(separator: " ").map(String.init)
    guard words.count >= 3 else { throw Unknown(line: line) }
    if let dossier = dossiers[words[1]] ?? (words[0] == "open" ? DossierID(.zero) : nil) {
      return try await write(words, dossier)
    }
    let (node, other) = (try node(words[1]), try node(words[2]))
    switch words[0] {
    case "pull": return [try await pull(node, other)]
    case "miss": return [try await miss(node, other)]
    case "rotate": return [try await rotate(words[1], by: other)]
    case "fetch": return [try await fetch(node, other)]
    case "check", "repair": return [try await check(node, other, repairs: words[0] == "repair")]
    case "reconcile": return [try await reconcile(node, other, repairs: words.count > 3)]
    default: throw Unknown(line: line)
    }
  }

  struct Unknown: Error {
    var line: String
  }

  private func node(_ label: String) throws -> SampleNode<MemoryStore> {
    guard let node = nodes[label] else { throw Unknown(line: label) }
    return node
  }

  private func write(_ words: [String], _ dossier: DossierID) async throws -> [String] {
    let node = try node(words[2])
    let agencies = try words.dropFirst(3).map { try self.node($0).agency.code }
    if words[0] == "show" { return [try await show(node, dossier)] }
    if words[0] == "lose" { return [try await lose(node, dossier, words)] }
    var parts = [Part()]
    switch words[0] {
    case "open":
      parts[0].membership = agencies.map { .grant(Grant(agency: $0, ground: .to)) }
    case "admit":
      parts[0].membership = agencies.map { .grant(Grant(agency: $0, ground: .admit)) }
    case "forward":
      parts[0].membership = agencies.map { .grant(Grant(agency: $0, ground: .forward)) }
    case "exclude": parts[0].membership = agencies.map { .exclude(agency: $0, reason: "avoidance") }
    case "end": parts[0].membership = agencies.map { .end(agency: $0, reason: "over") }
    case "seal": parts.append(Part(audience: agencies.sorted()))
    default: break
    }
    do {
      let changeSet = try await node.append(words[0] == "open" ? nil : dossier, parts)
      dossiers[words[1]] = changeSet.dossier
      return ["\(words[2]) wrote \(words[1]) \(changeSet.header.sequence)"]
    } catch let refused as SampleNode<MemoryStore>.Refused {
      return ["refused: \(refused)"]
    }
  }

  private func pull(
    _ node: SampleNode<MemoryStore>, _ other: SampleNode<MemoryStore>
  ) async throws -> String {
    let page = try await node.pull(from: other)
    return "stored \(page.stored), known \(page.known), held \(page.held), "
      + "rejected \(page.rejected), wanted \(page.wanted.count)"
  }

  private func miss(
    _ node: SampleNode<MemoryStore>, _ other: SampleNode<MemoryStore>
  ) async throws -> String {
    let cursor = try await node.store.read(CursorOf(other.agency.code))
    let served = try await other.store.write(
      ServeDeliveries(
        reader: node.agency.code, outbox: cursor?.outbox, after: cursor?.number ?? 0,
        hash: cursor?.runningHash, signatory: other.agency.signatory, now: .sample))
    return "served \(served.count)"
  }

  /// The registrar gives a new key; the node re-affirms as soon as its directory shows it.
  private func rotate(_ label: String, by registrar: SampleNode<MemoryStore>) async throws -> String
  {
    var node = try node(label)
    guard let directory = node.store.contents.node?.directory else { throw Unknown(line: label) }
    let next = SampleAgency(label, generation: 1)
    try await registrar.carry(
      .key(agency: next.code, key: next.signatory.key.publicKey), in: directory)
    try await node.catchUp(with: registrar)
    node.agency = next
    nodes[label] = node
    let work = Reaffirm(
      author: next.signatory, after: nil, now: .sample, gate: .open, entropy: node.entropy)
    return "\(label) re-affirmed in \(try await node.store.write(work).get().changeSets.count)"
  }

  private func fetch(
    _ node: SampleNode<MemoryStore>, _ other: SampleNode<MemoryStore>
  ) async throws -> String {
    let questions = try await node.store.read(ListWanted(peers: [other.agency.code]))
    guard let request = questions.first?.request else { return "nothing wanted" }
    let answer = try await other.store.read(
      AnswerFetch(requester: node.agency.code, request: request))
    let taken = try await node.store.write(
      TakeFetched(peer: other.agency.code, deliveries: answer.deliveries, now: .sample))
    return "asked \(request.ids.count), came \(answer.deliveries.count), stored \(taken.stored)"
  }

  private func show(_ node: SampleNode<MemoryStore>, _ dossier: DossierID) async throws -> String {
    guard let summary = node.store.contents.summaries[dossier] else { return "nothing" }
    func labels(_ codes: [AgencyCode]) -> String {
      codes.map { String($0.rawValue.dropFirst(7)) }.joined(separator: " ")
    }
    let parts = (node.store.contents.log[dossier] ?? []).compactMap {
      node.store.contents.rows[$0]?.changeSet.parts.count
    }
    let sum = parts.reduce(0, +)
    return
      "\(summary.count) change sets, \(sum) parts, members \(labels(summary.members)); "
      + "former \(labels(summary.former)); excluded \(labels(summary.excluded))"
  }

  private func lose(
    _ node: SampleNode<MemoryStore>, _ dossier: DossierID, _ words: [String]
  ) async throws -> String {
    var count = 0
    node.store.tamper { contents in
      let log = contents.log[dossier] ?? []
      for id in log.dropFirst() where count < 1 {
        contents.rows[id] = nil
        contents.log[dossier] = log.filter { $0 != id }
        count += 1
      }
    }
    return "a superuser deleted \(count)"
  }

  private func check(
    _ node: SampleNode<MemoryStore>, _ other: SampleNode<MemoryStore>, repairs: Bool
  ) async throws -> String {
    let report = try await SelfChecking(repairs: repairs).run(
      over: node.store, now: { .sample },
      ask: { _, request in
        try await other.store.read(AnswerFetch(requester: node.agency.code, request: request))
      })
    return "checked \(report.changeSetsChecked), holes \(report.holes.count), "
      + "differing \(report.differing.count), repaired \(report.repaired)"
  }

  private func reconcile(
    _ node: SampleNode<MemoryStore>, _ other: SampleNode<MemoryStore>, repairs: Bool
  ) async throws -> String {
    let report = try await Reconciliation(
      peer: other.agency.code, mode: repairs ? .repair(changesMax: nil) : .compare, settle: .zero
    ).run(
      over: node.store, now: { .sample }, pause: { _ in },
      ask: { try await other.answered($0, from: node.agency.code) })
    return "shared \(report.sharedDossiers), equal \(report.equal), in flight \(report.inFlight), "
      + "only here \(report.onlyLocal.count), only there \(report.onlyRemote.count), "
      + "repaired \(report.repaired), consistent \(report.isConsistent)"
  }
}
