import Casework
import Ledger
import TestSupport
import Testing

@Suite struct `rights` {
  private func sent() throws -> (CaseWorld, SentReferral) {
    var world = try CaseWorld()
    try world.openClue()
    let referral = try world.refer()
    try world.deliver(from: Town.fzb, to: Town.jw)
    return (world, referral)
  }

  @Test(arguments: Town.roles.filter { $0 != .registry })
  func `casework A5 a role that the verb does not allow makes the act void`(role: Role) throws {
    var (world, referral) = try sent()
    let place = try world.act(.receive, on: referral.document, by: Town.jw, role: role)
    #expect(try world.flaw(place, at: Town.jw) == .wrongRole)
    #expect(try world.folded(Town.jw).referral(referral.document, at: Town.jw)?.state == .sent)
  }

  @Test func `casework A5 a role that the person does not hold makes the act void`() throws {
    var (world, referral) = try sent()
    let place = try world.act(.receive, on: referral.document, by: Town.jw, role: .registry) {
      $0.actor = Town.person(Town.jw, .handler)
    }
    #expect(try world.flaw(place, at: Town.jw) == .notHeld)
    let foreign = try world.act(.receive, on: referral.document, by: Town.jw, role: .registry) {
      $0.actor = Town.person(Town.fzb, .registry)
    }
    #expect(try world.flaw(foreign, at: Town.jw) == .notHeld)
  }

  @Test func `casework A5 an agency the letter did not go to decides nothing`() throws {
    var (world, referral) = try sent()
    let own = try world.act(.receive, on: referral.document, by: Town.fzb, role: .registry)
    #expect(try world.flaw(own, at: Town.fzb) == .wrongAuthor)
    let other = try world.act(.requestWithdraw, on: referral.document, by: Town.jw, role: .deputy) {
      $0.agencies = [Town.jw]
    }
    #expect(try world.flaw(other, at: Town.jw) == .wrongAuthor)
  }

  @Test func `who drafted does not sign`() throws {
    var world = try CaseWorld()
    try world.openClue()
    var letter = try world.letter()
    letter.signer = letter.drafter
    let id = world.newID()
    let change = try world.write(
      try world.composer(Town.fzb).document(letter, id: id), by: Town.fzb)
    #expect(try world.folded(Town.fzb).flaws(in: change).map(\.reason) == [.selfApproval])
    #expect(try world.folded(Town.fzb).referrals.isEmpty)
  }

  @Test func `who signs holds a signing role`() throws {
    var world = try CaseWorld()
    try world.openClue()
    var letter = try world.letter()
    letter.signer = Town.person(Town.fzb, .sectionHead)
    let id = world.newID()
    let change = try world.write(
      try world.composer(Town.fzb).document(letter, id: id), by: Town.fzb)
    #expect(try world.folded(Town.fzb).flaws(in: change).map(\.reason) == [.notHeld])
  }

  @Test func `an addressee without a grant makes the letter void`() throws {
    var world = try CaseWorld()
    try world.openClue()
    let id = world.newID()
    var content = try world.composer(Town.fzb).document(try world.letter(), id: id)
    content.membership = []
    let change = try world.write(content, by: Town.fzb)
    #expect(try world.folded(Town.fzb).flaws(in: change).map(\.reason) == [.notAddressed])
  }

  @Test func `a referral goes to discipline bodies only and only from a clue dossier`() throws {
    var world = try CaseWorld()
    try world.openClue()
    let id = world.newID()
    let astray = try world.write(
      try world.composer(Town.fzb).document(try world.letter(to: [Town.fy]), id: id),
      by: Town.fzb)
    #expect(try world.folded(Town.fzb).flaws(in: astray).map(\.reason) == [.badAddressee])
    var meeting = try CaseWorld()
    try meeting.openMeeting()
    let other = meeting.newID()
    let misplaced = try meeting.write(
      try meeting.composer(Town.fzb).document(try meeting.letter(), id: other), by: Town.fzb)
    #expect(
      try meeting.folded(Town.fzb).flaws(in: misplaced).map(\.reason) == [.wrongDossierKind])
  }

  @Test func `a person who has left no longer acts, and what was done before stands`() throws {
    var (world, referral) = try sent()
    let before = try world.act(.receive, on: referral.document, by: Town.jw, role: .registry)
    try world.publish(
      Town.jw,
      Town.people(Town.jw).map { person in
        var left = person
        left.ended = true
        return left
      })
    let after = try world.act(.accept, on: referral.document, by: Town.jw, role: .caseOffice)
    #expect(try world.flaw(before, at: Town.jw) == nil)
    #expect(try world.flaw(after, at: Town.jw) == .notHeld)
  }

  @Test func `only the node's standing rules act without a person`() throws {
    var (world, referral) = try sent()
    let act = Act(
      on: referral.document, .document, verb: .receive, actor: nil, role: nil,
      date: try CaseWorld.day("2023-03-08"), automatic: true)
    let id = world.newID()
    let change = try world.write(try world.composer(Town.jw).act(act, id: id), by: Town.jw)
    #expect(try world.folded(Town.jw).flaws(in: change).map(\.reason) == [.notAutomatic])
  }

  @Test func `an addressee may exclude and others may not`() throws {
    var (world, referral) = try sent()
    let cover = try #require(try world.folded(Town.jw).coverEntry).record.id
    let lawful = try world.act(.exclude, on: cover, .dossier, by: Town.jw, role: .deputy) {
      $0.agencies = [Town.countyFZB]
      $0.reason = "conflict"
    }
    #expect(try world.flaw(lawful, at: Town.jw) == nil)
    let widening = try world.act(.admit, on: cover, .dossier, by: Town.jw, role: .deputy) {
      $0.agencies = [Town.gsl]
    }
    #expect(try world.flaw(widening, at: Town.jw) == .wrongAuthor)
    try world.sync()
    #expect(try world.folded(Town.fzb).excluded == [Town.countyFZB])
    #expect(try world.folded(Town.fzb).members == [Town.fzb, Town.jw])
    _ = referral
  }

  @Test(arguments: [Verb.admit, .exclude, .end])
  func `an act of membership is void unless its change set states the same of everybody it names`(
    _ verb: Verb
  ) throws {
    var (world, _) = try sent()
    let cover = try #require(try world.folded(Town.fzb).coverEntry).record.id
    let agency = verb == .end ? Town.jw : Town.gsl
    let other = Town.countyFZB
    let named = Act(
      on: cover, .dossier, verb: verb, actor: Town.person(Town.fzb, .deputy), role: .deputy,
      date: try CaseWorld.day("2023-03-08"), reason: "conflict", note: "说明",
      agencies: [agency])
    var both = named
    both.agencies = [agency, other].sorted()
    let id = world.newID()
    let lawful = try world.composer(Town.fzb).act(named, id: id)
    let (grant, exclude) = (
      MembershipStatement.grant(Grant(agency: agency, ground: .admit)),
      MembershipStatement.exclude(agency: other, reason: "conflict")
    )
    var tried: [(act: Act, statements: [MembershipStatement])] = [
      (named, []), (both, lawful.membership),
      (named, [.grant(Grant(agency: agency, ground: .cc))]),
    ]
    if verb != .admit { tried.append((named, [grant])) }
    if verb != .exclude { tried.append((named, [exclude])) }
    for (act, statements) in tried {
      var copy = world
      var content = try copy.composer(Town.fzb).act(act, id: id)
      content.membership = statements
      let change = try copy.write(content, by: Town.fzb)
      let flaws = try copy.folded(Town.fzb).flaws(in: change).map(\.reason)
      #expect(flaws == [.noStatement], "\(verb) \(statements)")
    }
    let change = try world.write(lawful, by: Town.fzb)
    #expect(try world.folded(Town.fzb).flaws(in: change).isEmpty)
  }
}

@Suite struct `roles side by side` {
  @Test func `beside an administrator's role no other counts, and of two of them none does`() {
    #expect(Set<Role>([.handler, .deputy]).lawful == [.handler, .deputy])
    #expect(Set<Role>([.security]).lawful == [.security])
    #expect(Set<Role>([.security, .deputy]).lawful == [.security])
    #expect(Set<Role>([.operator, .auditor, .deputy]).lawful.isEmpty)
  }

  @Test func `casework A5 an act in a role that an administrator has beside is void`() throws {
    var world = try CaseWorld()
    let both = Person(
      id: Town.person(Town.jw, .registry), name: "样例兼任", roles: ["registry", "auditor"])
    try world.publish(Town.jw, Town.people(Town.jw).filter { $0.id != both.id } + [both])
    try world.openClue()
    let referral = try world.refer()
    try world.deliver(from: Town.fzb, to: Town.jw)
    let place = try world.act(.receive, on: referral.document, by: Town.jw, role: .registry)
    #expect(try world.flaw(place, at: Town.jw) == .notHeld)
  }
}
