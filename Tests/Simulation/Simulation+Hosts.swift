import Casework
import Exchange
import Ledger
import TestSupport

/// A host that does more than keep the desk of its guest, an agency without a node of its own.
///
/// It has the guest's key and every byte that its node was ever given. What it writes in the
/// guest's name with that key cannot be told from the guest; all else must be.
extension Simulation {
  /// One thing that a dishonest host tries, or that others do about its guest.
  func betray() async throws {
    guard let guest = foul.guest, let host = node(guest.host), !isPaused(host) else { return }
    switch sideways(8) {
    case 0: try await running(host) { try impersonate(guest.code, at: host) }
    case 1: try await running(host) { try writeLate(as: guest.code, at: host) }
    case 2..<5: try pry(for: guest, at: host)
    default: try await tempt(guest)
    }
  }

  /// The graphs of dossiers at a node, the oldest first.
  private func graphs(
    at node: SimulatedNode, where isWanted: (DossierGraph) -> Bool
  ) throws -> [DossierGraph] {
    try dossiers.suffix(Self.dossiersLookedThroughMax)
      .compactMap { try node.store.readNow(GraphOf(dossier: $0)) }.filter(isWanted)
  }

  private static let dossiersLookedThroughMax = 40

  /// Writes in the guest's name and seals it with the host's own key, named or not.
  ///
  /// The one is rejected, the other waits for a seal that nobody makes.
  private func impersonate(_ guest: AgencyCode, at host: SimulatedNode) throws {
    let open = try graphs(at: host) { $0.members.contains(guest) }
    guard !open.isEmpty, let own = try host.signatory(host.code),
      let rightful = try host.signatory(guest),
      let entry = try host.store.readNow(DirectoryOf())?.newest
    else { return }
    let graph = open[sideways(open.count)]
    let isNamed = sideways(2) == 0
    let named = Signatory(agency: guest, key: (isNamed ? own : rightful).key)
    guard
      let received = forged(
        graph.id, by: named, on: graph, entry: entry, contents: [Part().encoded()],
        sealedBy: plan.trustMistake == .takesAnyName && !isNamed ? rightful : own)
    else { return }
    foul.forged.insert(received.id)
    foul.tried.betrayals += 1
    done.forged += 1
    hand([received], to: try readers(of: graph, at: host), by: host)
    let place = "\(received.id.hex.prefix(8)) in \(graph.id.hex.prefix(8))"
    note("\(host.code) signs as \(guest), \(place)")
  }

  private func readers(of graph: DossierGraph, at node: SimulatedNode) throws -> [AgencyCode] {
    let routing = Routing(node: node.code, view: try node.store.readNow(DirectoryOf())?.current)
    return Set(graph.members.map(routing.host(of:))).subtracting([node.code]).sorted()
  }

  /// Writes with the guest's own key where the home has put the guest out: void everywhere.
  private func writeLate(as guest: AgencyCode, at host: SimulatedNode) throws {
    let closed = try graphs(at: host) {
      $0.granted.contains(guest) && audit.excluded(from: $0.id, at: host).contains(guest)
    }
    guard !closed.isEmpty, let author = try host.signatory(guest),
      let entry = try host.store.readNow(DirectoryOf())?.newest
    else { return }
    let graph = closed[sideways(closed.count)]
    guard
      let received = forged(
        graph.id, by: author, on: graph, entry: entry, contents: [Part().encoded()])
    else { return }
    foul.late[received.id] = graph.id
    foul.tried.betrayals += 1
    try plant(received, at: host, toAll: true, graph)
    let place = "\(received.id.hex.prefix(8)) in \(graph.id.hex.prefix(8))"
    note("\(guest) goes on at \(host.code), \(place)")
  }

  /// Asks a node for what it has of a dossier from which the guest, or its host, was put out.
  private func pry(for guest: FoulPlay.Guest, at host: SimulatedNode) throws {
    var closed: [(peer: SimulatedNode, dossier: DossierID)] = []
    for peer in nodes where peer !== host {
      let found = try graphs(at: peer) {
        $0.excluded.contains(guest.code) || $0.excluded.contains(guest.host)
      }
      closed += found.map { (peer: peer, dossier: $0.id) }
    }
    guard !closed.isEmpty else { return }
    let (peer, dossier) = closed[sideways(closed.count)]
    let contents = peer.store.contents
    let log = contents.log[dossier] ?? []
    let sealed = log.filter { (contents.rows[$0]?.changeSet.parts.count ?? 0) > 1 }
    let ids = Set(log.suffix(Self.priedMax) + sealed.suffix(Self.priedMax)).sorted()
    foul.tried.betrayals += 1
    send(
      Message(
        from: host.code, to: peer.code, body: .fetch(FetchRequest(ids: ids).encoded())))
  }

  private static let priedMax = 20

  /// Brings about what tempts a host: somebody seals for the guest where both are members, or puts
  /// the one or the other out.
  private func tempt(_ guest: FoulPlay.Guest) async throws {
    let home = nodes[sideways(nodes.count)]
    guard home.code != guest.host, !isPaused(home) else { return }
    let shared = try graphs(at: home) { graph in
      graph.home.map { home.keys[$0] != nil } == true
        && graph.members.isSuperset(of: [guest.code, guest.host])
    }
    guard let graph = shared.last, let agency = graph.home,
      let author = try home.signatory(agency),
      let desk = try desk(of: agency, in: graph.id, at: home)
    else { return }
    try await running(home) {
      if sideways(3) > 0 {
        var content = content(at: desk)
        content.add(sheet(for: guest.code, at: desk))
        try write(content.parts, in: graph.id, by: author, at: home, "seals for \(guest.code)")
        return
      }
      let other = sideways(3) == 0 ? guest.host : guest.code
      guard let content = statement(.exclude, other, at: desk, on: nil) else { return }
      try write(content.parts, in: graph.id, by: author, at: home, "excludes \(other)")
    }
  }

  /// What a guest wrote after it was put out counts at no node that has it.
  func checkLate(_ node: SimulatedNode) throws {
    guard let guest = foul.guest else { return }
    for (id, dossier) in foul.late.sorted(by: { $0.key < $1.key })
    where audit.excluded(from: dossier, at: node).contains(guest.code) {
      guard let graph = try node.store.readNow(GraphOf(dossier: dossier)),
        graph.standing(of: id) == .counts
      else { continue }
      throw failed("\(node.code) counts \(id.hex.prefix(8)) of \(guest.code), put out", .usurped)
    }
  }
}
