import Casework
import Ledger
import TestSupport
import Testing

@Suite struct `what a step of a course needs` {
  private func rule(
    _ staged: StagedCourse, _ stage: Stage, from: Stage? = nil
  ) throws -> Rule<Stage> {
    try #require(
      staged.kind.course.machine.rules.first { rule in
        rule.step == .stage(stage) && from.map(rule.from.contains) ?? true
      })
  }

  /// The home excludes an agency or ends its membership.
  private func leave(
    _ verb: Verb, _ agency: AgencyCode, _ staged: inout StagedCourse
  ) throws {
    let cover = staged.subject
    let place = try staged.world.act(verb, on: cover, .dossier, by: Town.fzb, role: .deputy) {
      $0.agencies = [agency]
      $0.reason = "conflict"
    }
    #expect(try staged.world.flaw(place, at: Town.fzb) == nil)
  }

  @Test(arguments: [Verb.exclude, .end])
  func `a petition is given to no agency that has left, and comes home from one that leaves`(
    _ verb: Verb
  ) throws {
    var staged = try StagedCourse(.petition)
    let transfer = try rule(staged, .transferred)
    var before = staged
    try leave(verb, Town.sfj, &before)
    #expect(try before.take(transfer) == .badAddressee)
    #expect(try staged.take(transfer) == nil)
    try staged.world.sync()
    let handle = try rule(staged, .handling)
    var kept = staged
    #expect(try kept.take(handle, by: Town.fzb) == .wrongAuthor)
    try leave(verb, Town.sfj, &staged)
    for stage in [Stage.handling, .opinionIssued] {
      #expect(try staged.take(rule(staged, stage), by: Town.fzb) == nil, "\(stage.rawValue)")
    }
    let close = try #require(
      staged.kind.course.machine.rules.first { $0.step == .result(.petitionClosed) })
    #expect(try staged.take(close, by: Town.fzb) == nil)
    #expect(try staged.card().stage == .closed)
  }

  @Test func `only the cover of a petition says by what channel it came and what it asks for`()
    throws
  {
    let covers: [(DossierKind, PetitionChannel?, DemandKind?, Invalidity?)] = [
      (.petition, .email, .report, nil), (.petition, nil, nil, nil), (.advice, nil, nil, nil),
      (.advice, .email, nil, .wrongDossierKind), (.clue, nil, .report, .wrongDossierKind),
    ]
    for (kind, channel, demand, flaw) in covers {
      var world = try CaseWorld()
      let cover = Dossier(kind: kind, title: "样例卷", channel: channel, demandKind: demand)
      let id = world.newID()
      let change = try world.write(
        try world.composer(Town.fzb).opening(cover, id: id, admitting: [Town.sfj]),
        by: Town.fzb)
      try world.deliver(from: Town.fzb, to: Town.sfj)
      for reader in [Town.fzb, Town.sfj] {
        let folded = try world.folded(reader)
        #expect(folded.flaws(in: change).first?.reason == flaw, "\(kind.rawValue)")
        #expect(folded.cover == (flaw == nil ? cover : nil))
      }
    }
  }

  @Test func `only the cover of a bid states a level and a batch`() throws {
    let covers: [(DossierKind, BidLevel?, UInt32, Invalidity?)] = [
      (.demonstration, .provincial, 2, nil), (.demonstration, nil, 0, nil),
      (.campaign, .city, 0, .wrongDossierKind), (.petition, nil, 2, .wrongDossierKind),
    ]
    for (kind, level, batch, flaw) in covers {
      var world = try CaseWorld()
      let cover = Dossier(kind: kind, title: "样例卷", level: level, batch: batch)
      let id = world.newID()
      let change = try world.write(
        try world.composer(Town.fzb).opening(cover, id: id, admitting: [Town.sfj]),
        by: Town.fzb)
      try world.deliver(from: Town.fzb, to: Town.sfj)
      for reader in [Town.fzb, Town.sfj] {
        let folded = try world.folded(reader)
        #expect(folded.flaws(in: change).first?.reason == flaw, "\(kind.rawValue)")
        #expect(folded.cover == (flaw == nil ? cover : nil))
      }
    }
  }

  @Test func `a petition that nobody takes up is taken back, and one begun stays where it is`()
    throws
  {
    var staged = try StagedCourse(.petition)
    try staged.reach(.transferred)
    let back = try rule(staged, .registered, from: .transferred)
    var crossing = staged
    #expect(try crossing.take(back) == nil)
    #expect(try crossing.take(rule(staged, .handling), by: Town.sfj) == nil)
    try crossing.world.sync()
    #expect(try staged.take(back) == nil)
    try staged.world.sync()
    for reader in [Town.fzb, Town.sfj, Town.gsl] {
      let card = try staged.card(at: reader)
      #expect(card.stage == .registered && card.handler == nil)
      let begun = try crossing.card(at: reader)
      #expect(begun.stage == .handling && begun.handler == Town.sfj)
    }
    #expect(try staged.take(rule(staged, .handling), by: Town.sfj) == .wrongState)
    #expect(try staged.take(rule(staged, .transferred)) == nil)
  }

  @Test func `a petition that is opened again is nobody's but its home's`() throws {
    var staged = try StagedCourse(.petition)
    try staged.reach(.transferred)
    for rule in [
      try rule(staged, .handling), try rule(staged, .opinionIssued),
      try #require(
        staged.kind.course.machine.rules.first { $0.step == .result(.petitionClosed) }),
      try rule(staged, .archived), try rule(staged, .registered, from: .archived),
    ] {
      #expect(try staged.take(rule) == nil, "\(rule.step.code)")
      try staged.world.sync()
    }
    #expect(try staged.card(at: Town.sfj).handler == nil)
  }

  @Test func `an approval is named by the number of a document`() throws {
    let numbers: [(String, Invalidity?)] = [
      ("", .missingBasis), ("已获批准", .malformed), ("样委批[2023]1号", .malformed),
      ("样委批〔2023〕01号", .malformed), ("样委批〔2023〕1号", nil),
    ]
    for (number, flaw) in numbers {
      var staged = try StagedCourse(.inspection)
      let place = try staged.world.act(
        .advance, on: staged.subject, .dossier, by: Town.fzb, role: .deputy
      ) {
        ($0.kind, $0.internalNumber) = (Stage.approved.rawValue, number)
      }
      #expect(try staged.world.flaw(place, at: Town.fzb) == flaw, "\(number)")
    }
  }

  @Test func `an amount that is corrected stays above zero, and a sum has an end`() throws {
    var staged = try StagedCourse(.enforcement)
    try staged.reach(.performing)
    let place = try #require(
      try staged.world.folded(Town.fy).entries.last { $0.result != nil }?.place)
    for amount in [Int64(0), -1, .min] {
      var copy = staged
      #expect(try copy.revise(place, amount: amount) == .wrongAmount, "\(amount)")
    }
    #expect(try staged.revise(place, amount: .max) == nil)
    let part = try #require(
      staged.kind.course.machine.rule(.result(.performed), from: .performing))
    #expect(try staged.take(part) == nil)
    try staged.world.sync()
    for reader in [Town.fzb, Town.fy] { #expect(try staged.card(at: reader).amount == .max) }
  }

  @Test func `one secondment uses one approval and leaves the others`() throws {
    var staged = try StagedCourse(.expertPool)
    try staged.reach(.inPool)
    let (ask, more) = (
      try rule(staged, .requested), try rule(staged, .requested, from: .approved)
    )
    let approve = try rule(staged, .approved)
    for rule in [ask, approve, more, approve] {
      #expect(try staged.take(rule) == nil)
      try staged.world.sync()
    }
    let approvals = try staged.card().secondments.compactMap(\.approval)
    #expect(approvals.count == 2)
    let expert = staged.subject
    var both = staged
    let place = try both.world.act(.advance, on: expert, .item, by: Town.fzb, role: .deputy) {
      $0.kind = "deployed"
      $0.basis = approvals
    }
    #expect(try both.world.flaw(place, at: Town.fzb) == .missingBasis)
    let deploy = try rule(staged, .deployed)
    #expect(try staged.take(deploy) == nil)
    #expect(try staged.card().secondments.map(\.outcome) == [.deployed, .approved])
    #expect(try staged.take(rule(staged, .returned)) == nil)
    #expect(try staged.take(deploy) == nil)
    #expect(try staged.card().secondments.map(\.outcome) == [.ended, .deployed])
  }

  @Test func `figures that nobody was asked to confirm are not reconciled`() throws {
    var world = try CaseWorld()
    try world.write(
      try world.composer(Town.fzb).opening(
        Dossier(kind: .report, title: "样例卷"), id: world.newID(), admitting: [Town.sfj]),
      by: Town.fzb)
    let id = world.newID()
    try world.write(
      try world.composer(Town.fzb).document(try world.letter(.annualReport, to: []), id: id),
      by: Town.fzb)
    let place = try world.act(.advance, on: id, by: Town.fzb, role: .deputy) {
      $0.kind = "reconciled"
    }
    #expect(try world.flaw(place, at: Town.fzb) == .unanswered)
  }
}

extension StagedCourse {
  /// FY corrects the amount of its result, or revokes it; why that is void, if it is.
  mutating func revise(_ place: Citation, amount: Int64?) throws -> Invalidity? {
    var result = try #require(try world.folded(Town.fy).entry(at: place)?.result)
    result.amount = amount ?? result.amount
    result.revoked = amount == nil
    result.role = .head
    result.actor = Town.person(Town.fy, .head)
    result.note = "更正"
    let id = world.newID()
    let change = try world.write(
      try world.composer(Town.fy).result(result, id: id, revising: place), by: Town.fy)
    return try world.folded(Town.fy).flaws(in: change).first?.reason
  }
}
