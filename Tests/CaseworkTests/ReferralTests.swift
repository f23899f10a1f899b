import Casework
import Ledger
import TestSupport
import Testing

@Suite struct `referrals` {
  /// Opens a clue, refers it to JW and delivers it.
  private func sent() throws -> (CaseWorld, SentReferral) {
    var world = try CaseWorld()
    try world.openClue()
    let referral = try world.refer()
    try world.deliver(from: Town.fzb, to: Town.jw)
    return (world, referral)
  }

  private func state(
    _ world: CaseWorld, _ referral: SentReferral, at reader: AgencyCode,
    of addressee: AgencyCode = Town.jw
  ) throws -> ReferralCard {
    try #require(try world.folded(reader).referral(referral.document, at: addressee))
  }

  @Test func `a referral is received, accepted and fed back`() throws {
    var (world, referral) = try sent()
    #expect(try state(world, referral, at: Town.jw).state == .sent)
    try world.act(.receive, on: referral.document, by: Town.jw, role: .registry)
    #expect(try state(world, referral, at: Town.jw).state == .received)
    try world.act(.accept, on: referral.document, by: Town.jw, role: .caseOffice)
    let accepted = try state(world, referral, at: Town.jw)
    #expect(accepted.state == .accepted)
    #expect(accepted.acceptedPoints == referral.points)
    try world.act(.feedBack, on: referral.document, by: Town.jw, role: .caseOffice) {
      $0.kind = "registered"
      $0.final = true
    }
    try world.sync()
    #expect(try state(world, referral, at: Town.fzb).state == .closed)
    #expect(try world.folded(Town.fzb).clue?.isFinal == true)
    #expect(try world.folded(Town.fzb).digest == world.folded(Town.jw).digest)
  }

  @Test func `points are decided one by one`() throws {
    var (world, referral) = try sent()
    try world.act(.receive, on: referral.document, by: Town.jw, role: .registry)
    try world.act(.accept, on: referral.document, by: Town.jw, role: .caseOffice) {
      $0.points = [referral.points[0]]
    }
    #expect(try state(world, referral, at: Town.jw).state == .split)
    try world.act(.forward, on: referral.document, by: Town.jw, role: .deputy) {
      $0.agencies = [Town.countyJW]
      $0.points = [referral.points[1]]
    }
    try world.deliver(from: Town.jw, to: Town.countyJW)
    #expect(try state(world, referral, at: Town.jw).state == .split)
    let forwarded = try state(world, referral, at: Town.countyJW, of: Town.countyJW)
    #expect(forwarded.state == .sent && forwarded.points == [referral.points[1]])
    #expect(forwarded.forwardedBy == Town.jw)
    try world.act(.receive, on: referral.document, by: Town.countyJW, role: .registry)
    try world.act(.accept, on: referral.document, by: Town.countyJW, role: .caseOffice)
    try world.sync()
    #expect(try state(world, referral, at: Town.fzb, of: Town.countyJW).state == .accepted)
  }

  @Test func `edge E01 a letter returned as incomplete is sent again and counts from then`() throws
  {
    var (world, first) = try sent()
    try world.act(.receive, on: first.document, by: Town.jw, role: .registry, on: "2023-03-08")
    let returned = try world.act(
      .return, on: first.document, by: Town.jw, role: .caseOffice, on: "2023-03-09"
    ) {
      $0.reason = "incomplete"
      $0.note = "补齐第2项原始凭证后重新移送"
    }
    try world.sync()
    #expect(try state(world, first, at: Town.fzb).state == .returned)
    #expect(try world.folded(Town.fzb).clue?.holder == Town.fzb)
    let second = try world.refer(number: "样法办函〔2023〕5号", basis: [returned])
    try world.deliver(from: Town.fzb, to: Town.jw)
    try world.act(.receive, on: second.document, by: Town.jw, role: .registry, on: "2023-03-14")
    try world.act(.accept, on: second.document, by: Town.jw, role: .caseOffice, on: "2023-03-15")
    try world.sync()
    let clue = try #require(try world.folded(Town.fzb).clue)
    #expect(clue.receivedOn == CivilDate("2023-03-14"))
    #expect(clue.state.code == "accepted" && clue.holder == Town.jw)
  }

  @Test func `edge E06 a withdrawal before receipt is agreed by the node itself`() throws {
    var (world, referral) = try sent()
    try world.act(.requestWithdraw, on: referral.document, by: Town.fzb, role: .deputy) {
      $0.agencies = [Town.jw]
    }
    #expect(try state(world, referral, at: Town.fzb).withdraw == .requested)
    #expect(try world.folded(Town.fzb).clue?.state == .withdrawRequested)
    try world.sync()
    let agreed = try automatic(.agreeWithdraw, on: referral, in: &world)
    #expect(try world.flaw(agreed, at: Town.jw) == nil)
    try world.sync()
    let card = try state(world, referral, at: Town.fzb)
    #expect(card.state == .withdrawn && card.withdraw == .agreed)
  }

  @Test func `edge E07 a withdrawal that crosses the acceptance has no effect`() throws {
    var (world, referral) = try sent()
    try world.act(.receive, on: referral.document, by: Town.jw, role: .registry)
    try world.act(.accept, on: referral.document, by: Town.jw, role: .caseOffice)
    let request = try world.act(
      .requestWithdraw, on: referral.document, by: Town.fzb, role: .deputy
    ) { $0.agencies = [Town.jw] }
    try world.sync()
    #expect(try world.flaw(request, at: Town.jw) == nil)
    for reader in [Town.fzb, Town.jw] {
      let card = try state(world, referral, at: reader)
      #expect(card.state == .accepted && card.withdraw == .noEffect)
    }
    let late = try automatic(.agreeWithdraw, on: referral, in: &world)
    #expect(try world.flaw(late, at: Town.jw) == .wrongState)
  }

  @Test func `edge E08 a withdrawal that crosses the return leaves it returned`() throws {
    var (world, referral) = try sent()
    try world.act(.receive, on: referral.document, by: Town.jw, role: .registry)
    try world.act(.return, on: referral.document, by: Town.jw, role: .sectionHead) {
      $0.reason = "noJurisdiction"
      $0.note = "请移送有管辖权机关"
    }
    try world.act(.requestWithdraw, on: referral.document, by: Town.fzb, role: .deputy) {
      $0.agencies = [Town.jw]
    }
    try world.sync()
    let card = try state(world, referral, at: Town.fzb)
    #expect(card.state == .returned && card.withdraw == .noEffect)
  }

  @Test func `race K1 the addressee's first decision stands whatever arrives first`() throws {
    var (world, referral) = try sent()
    try world.act(.receive, on: referral.document, by: Town.jw, role: .registry)
    try world.act(.requestWithdraw, on: referral.document, by: Town.fzb, role: .deputy) {
      $0.agencies = [Town.jw]
    }
    try world.sync()
    try world.act(.agreeWithdraw, on: referral.document, by: Town.jw, role: .caseOffice)
    let late = try world.act(.accept, on: referral.document, by: Town.jw, role: .caseOffice)
    #expect(try world.flaw(late, at: Town.jw) == .wrongState)
    try world.sync()
    #expect(try state(world, referral, at: Town.fzb).state == .withdrawn)
  }

  @Test func `a refused request may be made again and then be agreed to`() throws {
    var (world, referral) = try sent()
    try world.act(.receive, on: referral.document, by: Town.jw, role: .registry)
    for answer in [Verb.refuseWithdraw, .agreeWithdraw] {
      try world.sync()
      try world.act(.requestWithdraw, on: referral.document, by: Town.fzb, role: .deputy) {
        $0.agencies = [Town.jw]
      }
      try world.sync()
      #expect(try state(world, referral, at: Town.jw).withdraw == .requested)
      let place = try world.act(answer, on: referral.document, by: Town.jw, role: .caseOffice)
      #expect(try world.flaw(place, at: Town.jw) == nil)
      let expected: WithdrawState = answer == .agreeWithdraw ? .agreed : .refused
      #expect(try state(world, referral, at: Town.jw).withdraw == expected)
    }
    #expect(try state(world, referral, at: Town.jw).state == .withdrawn)
  }

  @Test func `race K2 a return after acceptance is lawful for the deputy and stands`() throws {
    var (world, referral) = try sent()
    try world.act(.receive, on: referral.document, by: Town.jw, role: .registry)
    try world.act(.accept, on: referral.document, by: Town.jw, role: .caseOffice)
    let early = try world.act(
      .return, on: referral.document, by: Town.jw, role: .sectionHead, returning)
    #expect(try world.flaw(early, at: Town.jw) == .wrongRole)
    let lawful = try world.act(
      .return, on: referral.document, by: Town.jw, role: .deputy, returning)
    #expect(try world.flaw(lawful, at: Town.jw) == nil)
    try world.sync()
    #expect(try state(world, referral, at: Town.fzb).state == .returned)
    #expect(try world.folded(Town.fzb).clue?.acceptedOn == nil)
  }

  @Test func `a supplement adds points and never takes one away`() throws {
    var (world, referral) = try sent()
    let (letterID, pointID, actID) = (world.newID(), world.newID(), world.newID())
    let letter = try world.letter(.supplementLetter, number: "样法办函〔2023〕6号")
    let act = Act(
      on: referral.document, .document, verb: .supplement, actor: Town.person(Town.fzb, .deputy),
      role: .deputy, date: try CaseWorld.day("2023-03-09"), agencies: [Town.jw])
    let content = try world.composer(Town.fzb).supplement(
      letter, id: letterID,
      items: [
        (id: pointID, item: Item(document: letterID, number: 1, kind: .cluePoint, text: "新要点"))
      ],
      act: act, actID: actID)
    let change = try world.write(content, by: Town.fzb)
    #expect(try world.folded(Town.fzb).flaws(in: change).isEmpty)
    try world.sync()
    let card = try state(world, referral, at: Town.jw)
    #expect(card.points == referral.points + [pointID] && card.supplements == 1)
  }

  @Test func `a copy is noted and decides nothing`() throws {
    var world = try CaseWorld()
    try world.openClue()
    let id = world.newID()
    let content = try world.composer(Town.fzb).document(
      try world.letter(cc: [Town.sfj]), id: id)
    try world.write(content, by: Town.fzb)
    try world.deliver(from: Town.fzb, to: Town.sfj)
    let accept = try world.act(.accept, on: id, by: Town.sfj, role: .sectionHead)
    #expect(try world.flaw(accept, at: Town.sfj) == .wrongState)
    try world.act(.note, on: id, by: Town.sfj, role: .handler)
    #expect(try world.folded(Town.sfj).referral(id, at: Town.sfj)?.state == .noted)
  }

  private func returning(_ act: inout Act) {
    act.reason = "noJurisdiction"
    act.note = "请移送有管辖权机关"
  }

  private func automatic(
    _ verb: Verb, on referral: SentReferral, in world: inout CaseWorld
  ) throws -> Citation {
    let act = Act(
      on: referral.document, .document, verb: verb, actor: nil, role: nil,
      date: try CaseWorld.day("2023-03-08"), automatic: true)
    let id = world.newID()
    let change = try world.write(try world.composer(Town.jw).act(act, id: id), by: Town.jw)
    return Citation(change: change, part: 0, record: 0)
  }
}
