import Casework
import Ledger
import TestSupport
import Testing

/// A letter of FZB to SFJ that is no referral, in a state of its machine.
private struct StagedLetter {
  var world: CaseWorld
  let letter: RecordID

  init(_ state: DocumentState) throws {
    world = try CaseWorld()
    try world.openMeeting()
    letter = world.newID()
    var document = try world.letter(.supervisionLetter, number: "样法督〔2023〕3号")
    document.to = [Town.sfj]
    let change = try world.write(
      try world.composer(Town.fzb).document(document, id: letter), by: Town.fzb)
    #expect(try world.folded(Town.fzb).flaws(in: change).isEmpty)
    switch state {
    case .superseded: #expect(try take(.supersede, role: .deputy) == nil)
    case .revoked: #expect(try take(.verb(.revoke), role: .deputy) == nil)
    default: break
    }
  }

  mutating func take(_ step: Step, role: Role) throws -> Invalidity? {
    guard step == .supersede else {
      let place = try world.act(.revoke, on: letter, by: Town.fzb, role: role) { $0.note = "撤销" }
      return try world.flaw(place, at: Town.fzb)
    }
    var next = try world.letter(.supervisionLetter, number: "样法督〔2023〕4号")
    next.to = [Town.sfj]
    next.version = 2
    next.supersedes = letter
    next.signer = Town.person(Town.fzb, role)
    let id = world.newID()
    let change = try world.write(
      try world.composer(Town.fzb).document(next, id: id), by: Town.fzb)
    return try world.folded(Town.fzb).flaws(in: change).first?.reason
  }
}

@Suite struct `every pair of step and state of a record that was issued` {
  @Test(arguments: [DocumentState.issued, .superseded, .revoked])
  func `a document is superseded and revoked from the states of the table alone`(
    _ state: DocumentState
  ) throws {
    let staged = try StagedLetter(state)
    for step in [Step.supersede, .verb(.revoke)] {
      let rule = Machines.document.rule(step, from: state)
      let row = try #require(Machines.document.rules.first { $0.step == step })
      for role in Town.roles {
        var copy = staged
        let flaw = try copy.take(step, role: role)
        let isAllowed = row.roles.usual.contains(role)
        if rule == nil {
          #expect(
            flaw == (isAllowed || step != .supersede ? .wrongState : unfit(role)),
            "\(step.code) in \(state.rawValue) by \(role)")
        } else if isAllowed {
          #expect(flaw == nil, "\(step.code) in \(state.rawValue) by \(role)")
        } else {
          #expect(flaw == (step == .supersede ? unfit(role) : .wrongRole), "\(step.code) \(role)")
        }
      }
    }
  }

  /// Why a signer of another role makes a document void, before its version is looked at.
  private func unfit(_ role: Role) -> Invalidity { role == .handler ? .selfApproval : .notHeld }

  @Test func `a document that was never issued is no target of anybody`() throws {
    var staged = try StagedLetter(.issued)
    let draft = staged.world.newID()
    for verb in Verb.allCases {
      let place = try staged.world.act(verb, on: draft, by: Town.fzb, role: .deputy) {
        $0.note = "说明"
        $0.kind = verb == .advance ? "archived" : verb == .urge ? "letter" : ""
      }
      #expect(try staged.world.flaw(place, at: Town.fzb) == .noTarget, "\(verb.rawValue)")
    }
  }

  @Test(arguments: ResultState.allCases)
  func `a result is corrected and revoked while it is valid alone`(_ state: ResultState) throws {
    var staged = try StagedClue()
    try staged.reach(.accepted)
    try staged.act(.dispose, role: .head) { $0.kind = "verification" }
    var target = try staged.world.result(.caseFiled, on: staged.referral, by: Town.jw).place
    func revise(
      _ staged: inout StagedClue, _ place: Citation, _ step: Step, _ role: Role
    ) throws -> (place: Citation, flaw: Invalidity?) {
      let made = try staged.world.result(
        .caseFiled, on: staged.referral, by: Town.jw, revising: place
      ) {
        $0.revoked = step == .verb(.revoke)
        $0.note = "经复核"
        $0.actor = Town.person(Town.jw, role)
        $0.role = role
      }
      return (made.place, try staged.world.flaw(made.place, at: Town.jw))
    }
    switch state {
    case .valid: break
    case .revised: _ = try revise(&staged, target, .supersede, .head)
    case .revoked: target = try revise(&staged, target, .verb(.revoke), .head).place
    }
    let folded = try staged.world.folded(Town.jw)
    #expect(try folded.state(ofResult: #require(folded.entry(at: target))) == state)
    for step in Set(Machines.result.rules.map(\.step)) {
      let rule = Machines.result.rule(step, from: state)
      for role in Town.roles {
        var copy = staged
        let flaw = try revise(&copy, target, step, role).flaw
        let isAllowed = rule?.roles.discipline.contains(role) ?? false
        let expected: Invalidity? = rule == nil ? .wrongState : isAllowed ? nil : .wrongRole
        #expect(flaw == expected, "\(step.code) in \(state.rawValue) by \(role)")
      }
    }
  }

  @Test(arguments: [ReferralState.copied, .noted])
  func `a copy is noted once, and nothing else is done with it`(_ state: ReferralState) throws {
    var world = try CaseWorld()
    try world.openClue()
    let id = world.newID()
    let letter = try world.letter(cc: [Town.sfj])
    try world.write(try world.composer(Town.fzb).document(letter, id: id), by: Town.fzb)
    try world.sync()
    try world.deliver(from: Town.fzb, to: Town.jw, Town.sfj)
    if state == .noted { try world.act(.note, on: id, by: Town.sfj, role: .registry) }
    #expect(try world.folded(Town.sfj).referral(id, at: Town.sfj)?.state == state)
    for verb in Verb.allCases where Machines.referral.knows(.verb(verb)) {
      let rule = Machines.referral.rule(.verb(verb), from: state)
      for role in Town.roles {
        var copy = world
        let flaw = try take(verb, on: id, role, &copy)
        let isAllowed = rule?.roles.usual.contains(role) ?? false
        let expected: Invalidity? = rule == nil ? .wrongState : isAllowed ? nil : .wrongRole
        #expect(flaw == expected, "\(verb.rawValue) in \(state.rawValue) by \(role)")
      }
    }
  }

  /// An act on the copy at SFJ with everything its verb could need.
  private func take(
    _ verb: Verb, on id: RecordID, _ role: Role, _ world: inout CaseWorld
  ) throws -> Invalidity? {
    let isSender = Machines.referral.rules.first { $0.step == .verb(verb) }?.by == .sender
    let agency = isSender ? Town.fzb : Town.sfj
    let place = try world.act(verb, on: id, by: agency, role: role) {
      $0.reason = "noJurisdiction"
      $0.note = "说明"
      $0.agencies = isSender ? [Town.sfj] : verb == .forward ? [Town.countyJW] : []
      $0.kind = "registered"
    }
    return try world.flaw(place, at: agency)
  }
}
