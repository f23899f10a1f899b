import Casework
import Ledger
import TestSupport
import Testing

/// Three clues that FZB refers to JW, with whatever the two may do to them, in an order that a seed
/// chooses; deliveries come late, and some of what is tried is unlawful and so without effect.
struct RandomReferrals {
  private var worlds: [CaseWorld]
  private var letters: [[SentReferral]]
  private var random: SeededGenerator

  init(seed: UInt64) throws {
    random = SeededGenerator(seed: seed &* 977)
    worlds = try (0..<3).map { try CaseWorld(seed: seed &* 31 &+ $0) }
    letters = worlds.map { _ in [] }
    for index in worlds.indices {
      try worlds[index].openClue()
      try refer(index)
    }
  }

  /// The clues of which a letter went out.
  var cluesReferred: Int { worlds.count }

  /// What an agency sees of all three.
  mutating func folded(_ agency: AgencyCode) throws -> [FoldedDossier] {
    try worlds.indices.map { try worlds[$0].seen(agency) }
  }

  /// The letters that an agency holds.
  mutating func sent(heldBy agency: AgencyCode) throws -> [RecordID] {
    try worlds.indices.flatMap { index in
      let folded = try worlds[index].seen(agency)
      return letters[index].map(\.document).filter { folded.entry($0) != nil }
    }
  }

  /// Delivers everything.
  mutating func settle() throws {
    for index in worlds.indices { try worlds[index].sync() }
  }

  /// Does one thing to one clue.
  mutating func step() throws {
    let index = Int.random(in: worlds.indices, using: &random)
    let held = try worlds[index].seen(Town.jw)
    let known = letters[index].filter { held.entry($0.document) != nil }
    guard let any = letters[index].randomElement(using: &random),
      let letter = known.randomElement(using: &random)
    else { return }
    switch Int.random(in: 0..<16, using: &random) {
    case 0 where letters[index].count < 4: try refer(index, isDelivered: false)
    case 1:
      try act(index, .requestWithdraw, any, by: Town.fzb, .deputy) { $0.agencies = [Town.jw] }
    case 2: try act(index, .agreeWithdraw, letter, .caseOffice)
    case 3, 4: try act(index, .receive, letter, .registry)
    case 5, 6: try act(index, .accept, letter, .caseOffice)
    case 7: try act(index, .accept, letter, .caseOffice) { $0.points = [letter.points[0]] }
    case 8:
      try act(index, .return, letter, .deputy) {
        $0.reason = "incomplete"
        $0.note = "补充"
      }
    case 9: try act(index, .forward, letter, .deputy) { $0.agencies = [Town.countyJW] }
    case 10, 11: try act(index, .dispose, letter, .head) { $0.kind = "verification" }
    case 12: _ = try worlds[index].result(.caseFiled, on: letter, by: Town.jw)
    case 13: try merge(index)
    default: try worlds[index].sync()
    }
  }

  private mutating func refer(_ index: Int, isDelivered: Bool = true) throws {
    let number = "样法办函〔2023〕\(index * 10 + letters[index].count + 1)号"
    letters[index].append(try worlds[index].refer(number: number))
    if isDelivered { try worlds[index].deliver(from: Town.fzb, to: Town.jw) }
  }

  private mutating func act(
    _ index: Int, _ verb: Verb, _ letter: SentReferral, by agency: AgencyCode = Town.jw,
    _ role: Role, _ fill: (inout Act) -> Void = { _ in }
  ) throws {
    try worlds[index].act(verb, on: letter.document, by: agency, role: role, fill)
  }

  private mutating func merge(_ index: Int) throws {
    guard let cover = try worlds[index].seen(Town.jw).coverEntry?.record.id else { return }
    let survivor = worlds[index].newID()
    try worlds[index].act(.merge, on: cover, .dossier, by: Town.jw, role: .caseOffice) {
      $0.points = [survivor]
    }
  }
}

extension Statement.Sums {
  /// The counts of nothing.
  static var none: Self? {
    guard let year = StatementPeriod("2023") else { return nil }
    return Statement(of: Town.fzb, and: Town.jw, in: year).sums(.letters, from: Town.fzb)
  }
}
