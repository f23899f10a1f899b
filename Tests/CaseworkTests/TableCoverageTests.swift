import Casework
import Ledger
import TestSupport
import Testing

/// A clue at JW, brought into a state of one of its machines.
struct StagedClue {
  var world: CaseWorld
  let referral: SentReferral

  init() throws {
    world = try CaseWorld()
    try world.openClue()
    referral = try world.refer()
    try world.deliver(from: Town.fzb, to: Town.jw)
  }

  @discardableResult
  mutating func act(
    _ verb: Verb, by agency: AgencyCode = Town.jw, role: Role,
    _ fill: (inout Act) -> Void = { _ in }
  ) throws -> Citation {
    try world.act(verb, on: referral.document, by: agency, role: role, fill)
  }

  /// An act with everything its verb could need, so that only the state can be wrong.
  mutating func complete(_ verb: Verb, role: Role) throws -> Invalidity? {
    let isSender = verb == .requestWithdraw || verb == .supplement
    let agency = isSender ? Town.fzb : Town.jw
    if verb == .supplement { return try supplement(role: role) }
    let place = try act(verb, by: agency, role: role) {
      $0.reason = "noJurisdiction"
      $0.note = "说明"
      $0.agencies = isSender ? [Town.jw] : verb == .forward ? [Town.countyJW] : []
      $0.kind = "registered"
    }
    return try world.flaw(place, at: agency)
  }

  private mutating func supplement(role: Role) throws -> Invalidity? {
    let (letterID, actID) = (world.newID(), world.newID())
    let act = Act(
      on: referral.document, .document, verb: .supplement, actor: Town.person(Town.fzb, role),
      role: role, date: try CaseWorld.day("2023-03-09"), agencies: [Town.jw])
    let content = try world.composer(Town.fzb).supplement(
      try world.letter(.supplementLetter, number: "样法办函〔2023〕6号"), id: letterID, items: [],
      act: act, actID: actID)
    let change = try world.write(content, by: Town.fzb)
    return try world.folded(Town.fzb).flaws(in: change).first?.reason
  }

  /// Brings the referral into a state; nil for the two of copies.
  mutating func reach(_ state: ReferralState) throws {
    if state == .sent || state == .copied || state == .noted { return }
    if state == .withdrawn {
      try act(.requestWithdraw, by: Town.fzb, role: .deputy) { $0.agencies = [Town.jw] }
      try world.sync()
      try act(.agreeWithdraw, role: .caseOffice)
      return try world.sync()
    }
    try act(.receive, role: .registry)
    // Only the part of the request that was made while it was lawful can be refused later.
    try act(.requestWithdraw, by: Town.fzb, role: .deputy) { $0.agencies = [Town.jw] }
    try world.sync()
    switch state {
    case .split:
      let first = referral.points[0]
      try act(.accept, role: .caseOffice) { $0.points = [first] }
    case .accepted, .closed: try act(.accept, role: .caseOffice)
    case .returned: _ = try complete(.return, role: .caseOffice)
    case .forwarded: _ = try complete(.forward, role: .deputy)
    default: break
    }
    if state == .closed {
      try act(.feedBack, role: .caseOffice) {
        $0.kind = "registered"
        $0.final = true
      }
    }
    try world.sync()
  }
}

@Suite struct `every pair of step and state` {
  @Test(
    arguments: ReferralState.allCases.filter { ![.copied, .noted, .overruled].contains($0) })
  func `of a referral is void unless it stands in the table`(state: ReferralState) throws {
    var staged = try StagedClue()
    try staged.reach(state)
    let card = try staged.world.folded(Town.jw).referral(staged.referral.document, at: Town.jw)
    #expect(card?.state == state)
    for verb in Verb.allCases where Machines.referral.knows(.verb(verb)) {
      var world = staged
      let rule = Machines.referral.rule(.verb(verb), from: state)
      let any = rule ?? Machines.referral.rules.first { $0.step == .verb(verb) }
      let isSender = any?.by == .sender
      let allowed = isSender ? any?.roles.usual : any?.roles.discipline
      let role = try #require(Town.roles.first { allowed?.contains($0) ?? false })
      let flaw = try world.complete(verb, role: role)
      if rule == nil {
        #expect(flaw == .wrongState, "\(verb.rawValue) in \(state.rawValue)")
      } else if verb == .agreeWithdraw, state == .sent {
        #expect(flaw == .missingBasis)
      } else if verb == .refuseWithdraw, state == .sent {
        #expect(flaw == .missingBasis)
      } else {
        #expect(flaw == nil, "\(verb.rawValue) in \(state.rawValue)")
      }
    }
  }

  /// The shortest lawful way to each stage.
  private static let ways: [HandlingStage: [Step]] = [
    .registered: [],
    .inquiry: [.disposition(.inquiry)],
    .verification: [.disposition(.verification)],
    .shelved: [.disposition(.shelved)],
    .closed: [.disposition(.closed)],
    .firstForm: [.disposition(.inquiry), .disposition(.firstForm)],
    .filed: [.disposition(.verification), .result(.caseFiled)],
    .investigating: [
      .disposition(.verification), .result(.caseFiled), .disposition(.investigating),
    ],
    .trial: [.disposition(.verification), .result(.caseFiled), .disposition(.trial)],
    .decided: [.disposition(.verification), .result(.caseFiled), .result(.sanction)],
    .executed: [
      .disposition(.verification), .result(.caseFiled), .result(.sanction), .disposition(.executed),
    ],
    .dismissed: [.disposition(.verification), .result(.caseFiled), .result(.caseDismissed)],
    .toProcuratorate: [
      .disposition(.verification), .result(.caseFiled), .result(.transferredForProsecution),
    ],
  ]

  @Test(arguments: HandlingStage.allCases)
  func `of a clue at a discipline body is void unless it stands in the table`(
    stage: HandlingStage
  ) throws {
    var staged = try StagedClue()
    try staged.reach(.accepted)
    var filing: RecordID?
    for step in try #require(Self.ways[stage]) {
      #expect(try take(step, at: .registered, &staged, &filing) == nil, "\(step.code)")
    }
    let card = try staged.world.folded(Town.jw).handling(staged.referral.document, by: Town.jw)
    #expect(card?.stage == stage)
    for step in Set(Machines.handling.rules.map(\.step)) {
      var copy = staged
      var filed = filing
      let flaw = try take(step, at: stage, &copy, &filed)
      if Machines.handling.rule(step, from: stage) == nil {
        #expect(flaw == .wrongState, "\(step.code) in \(stage.rawValue)")
      } else {
        #expect(flaw == nil, "\(step.code) in \(stage.rawValue)")
      }
    }
  }

  private func take(
    _ step: Step, at stage: HandlingStage, _ staged: inout StagedClue, _ filing: inout RecordID?
  ) throws -> Invalidity? {
    switch step {
    case .disposition(let disposition):
      let closing: CloseKind =
        stage == .inquiry ? .accepted : stage == .verification ? .unfounded : .direct
      let place = try staged.act(.dispose, role: .head) {
        $0.kind = disposition.rawValue
        $0.reason = disposition == .closed ? closing.rawValue : ""
      }
      return try staged.world.flaw(place, at: Town.jw)
    case .result(let kind):
      let measure = try #require(Measure(.party, "warning"))
      let made = try staged.world.result(
        kind, on: staged.referral, by: Town.jw, filing: kind == .caseFiled ? nil : filing
      ) {
        $0.personKey = "P-001"
        $0.measures = [measure]
      }
      if kind == .caseFiled { filing = made.id }
      return try staged.world.flaw(made.place, at: Town.jw)
    default:
      Issue.record("\(step.code) is no step of a discipline body")
      return nil
    }
  }

  @Test func `casework A5 every verb of a referral refuses every role it does not name`() throws {
    for rule in Machines.referral.rules where rule.by != .copyAddressee {
      guard case .verb(let verb) = rule.step else { continue }
      let isSender = rule.by == .sender
      let allowed = isSender ? rule.roles.usual : rule.roles.discipline
      var staged = try StagedClue()
      try staged.reach(rule.from.contains(.received) ? .received : rule.from[0])
      for role in Town.roles where !allowed.contains(role) {
        var copy = staged
        let state = try #require(
          try copy.world.folded(Town.jw).referral(staged.referral.document, at: Town.jw)
        ).state
        // A row of the same verb for another state may allow the role there.
        guard Machines.referral.rule(rule.step, from: state)?.roles == rule.roles else { continue }
        #expect(try copy.complete(verb, role: role) == .wrongRole, "\(verb.rawValue) \(role)")
      }
    }
  }
}
