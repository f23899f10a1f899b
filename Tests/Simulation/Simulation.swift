import Casework
import Exchange
import Ledger
import TestSupport

/// What one run is made of; the seed decides everything else.
struct SimulationPlan: Sendable {
  var seed: UInt64
  /// Business steps that are tried; each is one change set or more, or a refusal.
  var steps: Int
  /// The mistake all stores make; nil in an honest run.
  var storeMistake: StoreMistake?
  /// The mistake that every node makes towards its peers; nil in an honest run.
  var ruleMistake: RuleMistake?
  /// Whom every node trusts though it must not; nil in an honest run.
  var trustMistake: TrustMistake?

  /// Whether nobody makes a mistake on purpose.
  var isHonest: Bool { storeMistake == nil && ruleMistake == nil && trustMistake == nil }
}

/// Four to six nodes in one process on a seeded network.
///
/// Every step runs the production works (`Append`, `ServeDeliveries`, `TakeDeliveries`,
/// `TakeReceipt`, `AnswerFetch`, `TakeFetched`, `Reaffirm`, `ExportBundle`, `ImportBundle`,
/// `AnswerAttachment`, `StorePiece`, `MarkRestored`, `ResumeWhenWhole`, `StandingReceipt`,
/// `FillHoles`) and sessions; only the store, the clock, the randomness and the transport are
/// substituted. Nothing runs at the same time as anything else, so a seed repeats exactly.
final class Simulation {
  let plan: SimulationPlan
  var generator: SeededGenerator
  /// Chances of what travels beside the lines.
  var side: SeededGenerator
  /// Whether anything does: discs and attachments.
  let carries: Bool
  /// Discs that are written and lie somewhere.
  var discs: [Disc] = []
  /// What is remembered of databases that went back in time.
  var restores = Restores()
  /// Whether a letter on its way into the log lists an attachment.
  var isAttaching = false
  var nodes: [SimulatedNode] = []
  var network = Network()
  var faults: NetworkFaults? = NetworkFaults()
  var clock = Timestamp.sample
  var directory = DossierID(.zero)
  var dossiers: [DossierID] = []
  var transcript: [String] = []
  /// Letters written so far, for their numbers.
  var letters = 0
  var audit = Audit()
  /// What any node has verified; verifying again would give the same for more.
  let seals = SealMemory()
  /// Whether the registrar and another govern, and a new key takes the word of both.
  var isGovernedByTwo = false
  /// The new key that waits for the other governor.
  var openRotation: OpenRotation?
  /// The node that tampers with what it relays.
  var forger: AgencyCode?
  /// Who is dishonest in office, and what was tried.
  var foul = FoulPlay()
  /// What was lawfully decided about the directory.
  var decided = Decided()
  /// Business steps that wrote something, those refused, and what else happened.
  var done = (
    written: 0, refused: 0, taken: 0, crashes: 0, failures: 0, forged: 0, discs: 0, pieces: 0
  )
  /// How many turns there were; a paused node goes on at one of them.
  var turn = 0

  init(_ plan: SimulationPlan) async throws {
    self.plan = plan
    generator = SeededGenerator(seed: plan.seed)
    side = SeededGenerator(seed: ~plan.seed)
    // What a mistake does is told apart by what is harmed, on the lines alone but for one.
    carries = plan.isHonest || plan.ruleMistake == .givesAttachmentsToAll
    try await build()
  }

  /// Runs the steps, heals, and checks what must hold.
  func run() async throws {
    do {
      var step = 0
      while step < plan.steps {
        turn += 1
        switch random(100) {
        case 0..<35:
          step += 1
          try await business()
        case 35..<52: try await ask()
        case 52..<95: try await deliver()
        case 95: try await fetchWanted()
        default: try await disturb()
        }
        try await carry()
        try await goBackInTime()
        try await breakOrRepair()
        try await playFoul()
        clock = clock.adding(seconds: Int64(random(20)))
      }
      try await heal()
      try fetchAllPieces()
      try await check()
    } catch let failure as SimulationFailure {
      throw failure
    } catch {
      throw failed("threw \(error)")
    }
  }

  func random(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &generator) }

  func note(_ line: @autoclosure () -> String) {
    transcript.append(line())
    if transcript.count > Self.transcriptMax { transcript.removeFirst(Self.transcriptMax / 2) }
  }

  /// Lines that are kept: a run of 1,000 steps writes about 4,000, of under 100 bytes each.
  private static let transcriptMax = 8_000

  func failed(_ what: String, _ kind: SimulationFailure.Kind = .broken) -> SimulationFailure {
    SimulationFailure(
      kind: kind, seed: plan.seed, steps: plan.steps, what: what, transcript: transcript)
  }

  func node(_ code: AgencyCode) -> SimulatedNode? { nodes.first { $0.code == code } }

  func now(_ node: SimulatedNode) -> Timestamp {
    Timestamp(microseconds: clock.microseconds + node.clockError)
  }

}

extension Simulation {
  private func build() async throws {
    let labels = ["A", "B", "C", "D", "E", "F"].prefix(4 + random(3))
    for label in labels {
      let agency = Self.agency(label)
      let node = SimulatedNode(
        agency.code, seed: generator.next(), mistake: plan.storeMistake,
        listsAttachments: carries)
      node.keys[agency.code] = [agency]
      node.clockError = random(4) == 0 ? Int64(random(7)) * 86_400_000_000 : 0
      nodes.append(node)
    }
    guard let first = nodes.first, let agency = first.keys[first.code]?.first else { return }
    let registrar = SampleNode(first.store, agency, seed: plan.seed)
    directory = try await registrar.found()
    for node in nodes.dropFirst() {
      guard let agency = node.keys[node.code]?.first else { continue }
      let joining = SampleNode(node.store, agency, seed: plan.seed)
      try await joining.join(registrar, directory)
    }
    if nodes.count > 4, let host = nodes.last {
      // One agency without a node of its own.
      let hosted = Self.agency("H", hostedBy: String(host.code.rawValue.dropFirst(7)))
      try await registrar.carry(
        .admission(entry: hosted.entry, key: hosted.signatory.key.publicKey, particulars: nil),
        in: directory)
      host.keys[hosted.code] = [hosted]
    }
    decided = Decided(
      registrar: first.code, agencies: nodes.flatMap { $0.keys.values.compactMap(\.first) })
    try await publishPeople(by: registrar)
    if random(3) == 0 || plan.trustMistake == .takesAnyWord {
      try await governByTwo(with: registrar)
    }
    if random(3) == 0 { forger = nodes.last?.code }
    foul = FoulPlay(plan, among: nodes)
  }

  private static func agency(_ label: String, hostedBy host: String? = nil) -> SampleAgency {
    var agency = SampleAgency(label, hostedBy: host)
    agency.entry.kind = Cast.kind(agency.code).rawValue
    return agency
  }

  /// Every agency says who works there; the registrar publishes it.
  private func publishPeople(by registrar: SampleNode<MemoryStore>) async throws {
    let agencies = nodes.flatMap { $0.keys.values.compactMap(\.first) }.sorted { $0.code < $1.code }
    let statements = agencies.map { particulars(of: $0.signatory, version: 1) }
    for statement in statements { decided.said(statement) }
    try await registrar.append(
      directory, [Part(directory: statements.map(DirectoryStatement.particulars))])
  }
}
