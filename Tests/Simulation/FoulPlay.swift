import Exchange
import Ledger
import TestSupport

/// Who is dishonest in a run by an office it holds, and what was tried so far.
///
/// The seed alone says who is, in five of sixteen honest runs one of them and without a draw, so
/// that the other seeds go on as if there were nobody.
struct FoulPlay {
  /// Whether the registrar tries what takes the word of others.
  private(set) var isRegistrarDishonest = false
  /// The agency whose host is; nil when none is.
  private(set) var guest: Guest?
  /// The node that leaves out of its pages what it should deliver; nil when none does.
  private(set) var withholder: AgencyCode?
  /// What each of them has tried.
  var tried = Tried()
  /// Change sets that count nowhere and are stored by nobody: those in another's name, and what is
  /// given out on the footing of one.
  var forged: Set<ChangeSetID> = []
  /// What was written with the guest's own key after its home had put it out.
  var late: [ChangeSetID: DossierID] = [:]
  /// Pages that show less than there is, by the signatures of their head statements.
  var shortened: [[UInt8]: Shortening] = [:]
  /// What readers were given blanks for.
  var withheld: [DossierID: [ChangeSetID: Set<AgencyCode>]] = [:]

  /// Nobody, until the nodes are there.
  init() {}

  init(_ plan: SimulationPlan, among nodes: [SimulatedNode]) {
    let mistake = plan.trustMistake
    isRegistrarDishonest =
      mistake == .takesAnyWord || mistake == .keepsFirstEntry
      || plan.isHonest && plan.seed % 8 == 2
    if mistake == .takesAnyName || plan.ruleMistake == .servesGuestsPutOut
      || plan.isHonest && plan.seed % 8 == 4
    {
      guest = nodes.lazy.compactMap(Guest.init).first
    }
    if mistake == .overlooksGaps || plan.isHonest && plan.seed % 16 == 8 {
      withholder = nodes[Int(plan.seed / 16 % UInt64(nodes.count))].code
    }
  }
}

extension FoulPlay {
  /// Whether a reader was given a blank for a change set: it may have acknowledged that alone.
  func isWithheld(_ id: ChangeSetID, from reader: AgencyCode) -> Bool {
    withheld.values.contains { $0[id]?.contains(reader) == true }
  }
}

extension FoulPlay {
  /// An agency that works on the node of another.
  struct Guest {
    let code: AgencyCode
    let host: AgencyCode

    /// The guest of a node; nil when it has none.
    init?(of node: SimulatedNode) {
      guard let code = node.keys.keys.first(where: { $0 != node.code }) else { return nil }
      (self.code, host) = (code, node.code)
    }
  }
}

extension FoulPlay {
  /// How often something was tried.
  struct Tried: CustomStringConvertible {
    /// Entries of the registrar that it had no right to.
    var entries = 0
    /// What a host did in its guest's name, or asked for in its place.
    var betrayals = 0
    /// Pages out of which something was left.
    var withheld = 0

    var description: String {
      "a registrar cheated \(entries) times, a host \(betrayals), a deliverer withheld \(withheld)"
    }

    mutating func add(_ other: Tried) {
      entries += other.entries
      betrayals += other.betrayals
      withheld += other.withheld
    }
  }
}

extension Simulation {
  /// One turn of so many: each try is an entry or two that every node takes.
  private static let cheatingEvery = 300
  private static let betrayingEvery = 60

  /// Lets those who are dishonest try something, now and then.
  func playFoul() async throws {
    if foul.isRegistrarDishonest, sideways(Self.cheatingEvery) == 0 { try await cheat() }
    if foul.guest != nil, sideways(Self.betrayingEvery) == 0 { try await betray() }
  }

  /// What a node's directory says must be what was decided, whatever anybody has tried.
  func checkDecided(_ node: SimulatedNode) throws {
    guard let view = try node.store.readNow(DirectoryOf())?.current else { return }
    if let objection = decided.objection(to: view) {
      throw failed("\(node.code) believes that \(objection)", .usurped)
    }
  }

  /// At the end, and not before, everybody knows the newest of it.
  func checkFoulPlay(_ node: SimulatedNode) throws {
    try checkDecided(node)
    try checkForged(node)
    try checkLate(node)
    guard let known = try node.store.readNow(DirectoryOf()) else { return }
    for owner in nodes {
      for (agency, keys) in owner.keys.sorted(by: { $0.key < $1.key }) {
        let names = known.current.agency(agency)?.keys.map(\.id)
        guard names != keys.map(\.signatory.key.keyID) else { continue }
        throw failed("\(node.code) does not know the keys of \(agency) as they are", .differs)
      }
    }
    let isForked = try nodes.first?.store.readNow(GraphOf(dossier: directory))?.forks.isEmpty
    if isForked == false, known.graph.forks.isEmpty {
      throw failed("\(node.code) has no proof that the registrar forked", .differs)
    }
  }

  /// Nobody stores what its author did not seal.
  func checkForged(_ node: SimulatedNode) throws {
    guard !foul.forged.isEmpty else { return }
    let rows = node.store.contents.rows
    guard let id = foul.forged.sorted().first(where: { rows[$0] != nil }) else { return }
    throw failed("\(node.code) stores the forged \(id.hex.prefix(8))", .usurped)
  }

  /// What follows at a node whose directory has changed.
  func directoryChanged(at node: SimulatedNode) throws {
    try checkDecided(node)
    try reaffirm(at: node)
  }
}
