import Casework
import Ledger
import TestSupport
import Testing

/// A clue of FZB on its way through the discipline bodies, each step on a day of its own.
struct CountedClue {
  var world: CaseWorld
  var referral: SentReferral

  /// Opens and refers a clue in a town; two clues of one town need two seeds.
  init(in town: CaseWorld, seed: UInt64, to body: AgencyCode = Town.jw) throws {
    world = town
    world.random = SeededGenerator(seed: seed)
    try world.openClue()
    referral = try world.refer(to: [body])
    try world.deliver(from: Town.fzb, to: body)
  }

  /// A step on the letter, which must be lawful.
  mutating func step(
    _ verb: Verb, by agency: AgencyCode = Town.jw, role: Role, on day: String,
    _ fill: (inout Act) -> Void = { _ in }
  ) throws {
    let place = try world.act(
      verb, on: referral.document, by: agency, role: role, on: day
    ) {
      $0.note = "说明"
      fill(&$0)
    }
    #expect(try world.flaw(place, at: agency) == nil, "\(verb) on \(day)")
    try world.sync()
  }

  /// Received and accepted by one body.
  mutating func accept(
    by body: AgencyCode = Town.jw, received: String = "2023-03-08", on day: String = "2023-03-10"
  ) throws {
    try step(.receive, by: body, role: .registry, on: received)
    try step(.accept, by: body, role: .caseOffice, on: day)
  }

  mutating func giveBack(_ reason: ReturnReason, on day: String) throws {
    try step(.return, role: .sectionHead, on: day) { $0.reason = reason.rawValue }
  }

  mutating func dispose(
    _ disposition: Disposition, closing: CloseKind? = nil, by body: AgencyCode = Town.jw,
    on day: String = "2023-04-03"
  ) throws {
    try step(.dispose, by: body, role: .head, on: day) {
      $0.kind = disposition.rawValue
      $0.reason = closing?.rawValue ?? ""
    }
  }

  /// Accepted, verified and filed.
  mutating func file(on day: String = "2023-06-12", number: String = "") throws -> RecordID {
    if try world.folded(Town.jw).referral(referral.document, at: Town.jw)?.acceptedOn == nil {
      try accept()
    }
    try dispose(.verification)
    return try state(.caseFiled, on: day) { $0.documentNumber = number }.id
  }

  @discardableResult
  mutating func state(
    _ kind: ResultKind, on day: String, filing: RecordID? = nil, revising: Citation? = nil,
    _ fill: (inout Casework.Result) -> Void = { _ in }
  ) throws -> (id: RecordID, place: Citation) {
    let date = try CaseWorld.day(day)
    let stated = try world.result(
      kind, on: referral, by: Town.jw, filing: filing, revising: revising
    ) {
      $0.on = date
      $0.note = "说明"
      fill(&$0)
    }
    #expect(try world.flaw(stated.place, at: Town.jw) == nil, "\(kind) on \(day)")
    try world.sync()
    return stated
  }

  @discardableResult
  mutating func sanction(
    _ person: String, _ kind: MeasureClass, _ value: String, filing: RecordID,
    on day: String = "2023-09-18", revising: Citation? = nil, revoked: Bool = false
  ) throws -> (id: RecordID, place: Citation) {
    let measure = try #require(Measure(kind, value))
    return try state(.sanction, on: day, filing: filing, revising: revising) {
      $0.personKey = person
      $0.measures = [measure]
      $0.revoked = revoked
    }
  }

  /// JW merges the clue into another.
  mutating func merge(into other: CountedClue, on day: String) throws {
    let survivor = try #require(try other.world.folded(Town.jw).coverEntry?.record.id)
    let cover = try #require(try world.folded(Town.jw).coverEntry?.record.id)
    let place = try world.act(
      .merge, on: cover, .dossier, by: Town.jw, role: .caseOffice, on: day
    ) { $0.points = [survivor] }
    #expect(try world.flaw(place, at: Town.jw) == nil)
    try world.sync()
  }

  func folded(_ reader: AgencyCode = Town.fzb) throws -> FoldedDossier {
    try world.folded(reader)
  }
}

/// Counts dossiers by the newest rules.
struct Count {
  let entries: [FigureEntry]
  let tally: FigureTally

  init(
    _ bundles: [[FoldedDossier]], year: Int = 2023, quarter: Int? = nil, asOf: String? = nil,
    regions: [String] = []
  ) throws {
    let period = try #require(Period(year: year, quarter: quarter))
    let question = FigureQuestion(period, asOf: try asOf.map(CaseWorld.day))
    let rules = CountingRules.newest
    entries = bundles.flatMap { bundle in
      rules.evidence(in: FigureBundle(bundle, asOf: question.asOf), question)
    }
    var tally = FigureTally(rules, regions: regions)
    tally.add(entries)
    self.tally = tally
  }

  /// The number of a figure, or its numerator.
  func callAsFunction(_ code: FigureCode, _ part: String = "") -> Int64? {
    tally.sums[FigureKey(code, part: part)]?.count
  }

  /// The denominator of a figure.
  func of(_ code: FigureCode, _ part: String = "") -> Int64? {
    tally.sums[FigureKey(code, part: part)]?.of
  }

  /// The evidence of a figure.
  func evidence(_ code: FigureCode) -> [FigureEntry] {
    entries.filter { $0.figure.code == code }
  }
}
