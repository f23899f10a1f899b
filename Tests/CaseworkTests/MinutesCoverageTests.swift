import Casework
import Ledger
import TestSupport
import Testing

/// A version of minutes, brought into a state of its machine.
private struct StagedMinutes {
  var world: CaseWorld
  private(set) var version: RecordID

  init(_ state: MinutesState, for step: Step) throws {
    world = try CaseWorld()
    try world.openMeeting()
    version = try world.circulate().id
    try world.sync()
    // Only who has been silent can be recorded as silent; everything else needs every answer.
    let isSilent = step == .verb(.lapse) && (state == .circulated || state == .replaced)
    try world.answer(.countersign, version, by: Town.jw, Town.fy)
    if !isSilent { try world.answer(.countersign, version, by: Town.sfj) }
    try world.sync()
    switch state {
    case .circulated: break
    case .replaced: _ = try world.circulate(2, after: version, text: "会议决定")
    case .finalized: #expect(try world.finalize(version) == nil)
    case .issued: try issue(version)
    case .dropped:
      let second = try world.circulate(2, after: version, text: "会议决定").id
      try answered(second)
      #expect(try world.finalize(second) == nil)
    case .amended:
      try issue(version)
      let second = try world.circulate(2, after: version, text: "更正").id
      try answered(second)
      try issue(second)
    }
    try world.sync()
  }

  private mutating func answered(_ version: RecordID) throws {
    try world.sync()
    try world.answer(.countersign, version, by: Town.jw, Town.fy, Town.sfj)
    try world.sync()
  }

  private mutating func issue(_ version: RecordID) throws {
    #expect(try world.finalize(version) == nil)
    #expect(try world.issueMinutes(version) == nil)
  }

  var state: MinutesState? { get throws { try world.folded(Town.fzb).minutes(version)?.state } }

  /// A step with everything it could need, so that only the state or the role can be wrong.
  mutating func take(_ rule: Rule<MinutesState>, role: Role) throws -> Invalidity? {
    guard case .verb(let verb) = rule.step else { return try supersede(signer: role) }
    let agency = rule.by == .requiredMember ? Town.jw : Town.fzb
    let place = try world.act(verb, on: version, by: agency, role: role) {
      $0.note = "说明"
      $0.internalNumber = "第3期"
      $0.agencies = verb == .lapse ? [Town.sfj] : []
    }
    return try world.flaw(place, at: agency)
  }

  private mutating func supersede(signer: Role) throws -> Invalidity? {
    let id = world.newID()
    let document = Document(
      form: .minutes, version: 2, supersedes: version, title: "联席会议纪要", body: "另一稿",
      drafter: Town.person(Town.fzb, .handler), signer: Town.person(Town.fzb, signer),
      issuedOn: try CaseWorld.day("2023-10-20"), required: [Town.jw, Town.fy, Town.sfj],
      meeting: Meeting(series: "联席会议", issue: 3, heldOn: try CaseWorld.day("2023-10-20")))
    let change = try world.write(
      try world.composer(Town.fzb).document(document, id: id), by: Town.fzb)
    return try world.folded(Town.fzb).flaws(in: change).first?.reason
  }
}

@Suite struct `every pair of step and state of minutes` {
  private static let steps = Set(Machines.minutes.rules.map(\.step)).sorted { $0.code < $1.code }

  @Test(arguments: MinutesState.allCases)
  func `is void unless it stands in the table, and so is every role it does not name`(
    _ state: MinutesState
  ) throws {
    for step in Self.steps {
      let staged = try StagedMinutes(state, for: step)
      #expect(try staged.state == state)
      let lawful = Machines.minutes.rule(step, from: state)
      let rule = try #require(lawful ?? Machines.minutes.rules.first { $0.step == step })
      let allowed = rule.by == .requiredMember ? rule.roles.discipline : rule.roles.usual
      let role = try #require(Town.roles.first(where: allowed.contains))
      var copy = staged
      let flaw = try copy.take(rule, role: role)
      guard lawful != nil else {
        #expect(flaw == .wrongState, "\(step.code) in \(state.rawValue)")
        continue
      }
      #expect(flaw == nil, "\(step.code) in \(state.rawValue)")
      if case .moves(let next) = rule.to { #expect(try copy.state == moved(next, by: step, state)) }
      for role in Town.roles where !allowed.contains(role) {
        var other = staged
        // A signer is asked what he holds, not in which role he signs.
        let expected: Invalidity =
          step != .version ? .wrongRole : role == .handler ? .selfApproval : .notHeld
        #expect(try other.take(rule, role: role) == expected, "\(step.code) \(role)")
      }
    }
  }

  /// A version after the issue begins a round of its own, and the issued one stays in force.
  private func moved(
    _ next: MinutesState, by step: Step, _ state: MinutesState
  ) -> MinutesState {
    step == .version && state == .issued ? .issued : next
  }
}
