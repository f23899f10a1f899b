import Casework
import Ledger
import TestSupport
import Testing

/// A resolution for SFJ, brought into a state of its machine.
private struct StagedItem {
  var world: CaseWorld
  let item: RecordID

  /// The shortest lawful way to each state from the issue of the minutes.
  static let ways: [ItemState: [Verb]] = [
    .proposed: [], .issued: [], .acknowledged: [.acknowledge], .planned: [.plan],
    .reported: [.report], .rejected: [.report, .reject], .passed: [.report, .pass],
    .signedOff: [.report, .pass, .signOff], .reopened: [.report, .pass, .signOff, .reopen],
    .cancelled: [.cancel], .superseded: [], .revoked: [],
  ]

  /// What a verb of the issuer answers; the unit writes it while the issuer goes its way, unseen.
  private static let asked: [Verb: Verb] = [
    .uphold: .dispute, .dismissDispute: .dispute, .grant: .requestExtension,
    .deny: .requestExtension,
  ]

  init(_ state: ItemState, for verb: Verb) throws {
    guard state != .revoked else {
      (world, item) = try Self.revoked()
      return
    }
    world = try CaseWorld()
    try world.openMeeting()
    let version = try world.circulate()
    item = version.resolution
    try world.sync()
    guard state != .proposed else { return }
    try world.issue(version)
    let way = try #require(Self.ways[state])
    for step in way.prefix(while: Self.isOfUnit) { #expect(try take(step) == nil) }
    try world.sync()
    if let asked = Self.asked[verb] { #expect(try take(asked) == nil) }
    for step in way.drop(while: Self.isOfUnit) { #expect(try take(step) == nil) }
    if state == .superseded { _ = try world.amend(version, text: "更正") }
    try world.sync()
  }

  /// A finding of a letter that its author revoked; minutes are never revoked.
  private static func revoked() throws -> (CaseWorld, RecordID) {
    var world = try CaseWorld()
    let (cover, coverID) = (Dossier(kind: .inspection, title: "年度督察"), world.newID())
    try world.write(
      try world.composer(Town.fzb).opening(
        cover, id: coverID, admitting: [Town.sfj, Town.gsl]), by: Town.fzb)
    let (id, itemID) = (world.newID(), world.newID())
    let item = Item(document: id, number: 1, kind: .finding, text: "超期", unit: Town.sfj)
    let letter = try world.letter(.feedback, number: "样法督〔2023〕3号", to: [Town.sfj])
    try world.write(
      try world.composer(Town.fzb).document(letter, id: id, items: [(id: itemID, item: item)]),
      by: Town.fzb)
    let place = try world.act(.revoke, on: id, by: Town.fzb, role: .deputy) { $0.note = "有误" }
    #expect(try world.flaw(place, at: Town.fzb) == nil)
    try world.deliver(from: Town.fzb, to: Town.sfj, Town.gsl)
    return (world, itemID)
  }

  static func rule(_ verb: Verb, from state: ItemState) -> Rule<ItemState>? {
    Machines.item.rule(.verb(verb), from: state)
  }

  static func isOfUnit(_ verb: Verb) -> Bool {
    Machines.item.rules.first { $0.step == .verb(verb) }?.by == .unit
  }

  var state: ItemState? { get throws { try state(at: Town.fzb) } }

  func state(at reader: AgencyCode) throws -> ItemState? {
    try world.folded(reader).item(item)?.state
  }

  /// An act with everything its verb could need, so that only the state or the role can be wrong.
  @discardableResult
  mutating func take(_ verb: Verb, role: Role? = nil) throws -> Invalidity? {
    let agency = Self.isOfUnit(verb) ? Town.sfj : Town.fzb
    let row = try #require(Machines.item.rules.first { $0.step == .verb(verb) })
    let role = try #require(role ?? Town.roles.first(where: row.roles.usual.contains))
    let later = try CaseWorld.day("2024-01-15")
    let place = try world.act(verb, on: item, .item, by: agency, role: role) {
      $0.note = "说明"
      $0.reason = verb == .reject ? "evidenceLacking" : "complex"
      $0.dueOn = later
      $0.agencies = verb == .reassign ? [Town.gsl] : []
    }
    return try world.flaw(place, at: agency)
  }
}

@Suite struct `every pair of step and state of an item` {
  private static let verbs = Verb.allCases.filter { Machines.item.knows(.verb($0)) }

  @Test(arguments: ItemState.allCases)
  func `is void unless it stands in the table, and so is every role it does not name`(
    _ state: ItemState
  ) throws {
    for verb in Self.verbs {
      let staged = try StagedItem(state, for: verb)
      #expect(try staged.state == state)
      var copy = staged
      let flaw = try copy.take(verb)
      guard let rule = StagedItem.rule(verb, from: state) else {
        #expect(flaw == .wrongState, "\(verb.rawValue) in \(state.rawValue)")
        continue
      }
      #expect(flaw == nil, "\(verb.rawValue) in \(state.rawValue)")
      let reached: ItemState = if case .moves(let next) = rule.to { next } else { state }
      let actor = StagedItem.isOfUnit(verb) ? Town.sfj : Town.fzb
      #expect(try copy.state(at: actor) == reached, "\(verb.rawValue) in \(state.rawValue)")
      for role in Town.roles where !rule.roles.usual.contains(role) {
        var other = staged
        #expect(try other.take(verb, role: role) == .wrongRole, "\(verb.rawValue) \(role)")
      }
    }
  }
}
