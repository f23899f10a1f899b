import Casework
import Ledger
import TestSupport
import Testing

@Suite struct `clues that belong together` {
  private func other() -> RecordID {
    RecordID(timestamp: Timestamp(microseconds: 7_000_000), random: [1, 2, 3, 4, 5, 6, 7, 8, 9, 9])
  }

  /// A letter that JW forwarded to the county's body, and that both of them accepted.
  private func acceptedTwice() throws -> StagedClue {
    var staged = try StagedClue()
    try staged.act(.receive, role: .registry)
    let points = staged.referral.points
    // Of two points JW keeps one and forwards the other, and then accepts that one too, before the
    // county's acceptance is heard.
    try staged.act(.accept, role: .caseOffice) { $0.points = [points[0]] }
    try staged.act(.forward, role: .deputy) {
      $0.agencies = [Town.countyJW]
      $0.points = [points[0]]
    }
    try staged.world.deliver(from: Town.jw, to: Town.countyJW, Town.fzb)
    try staged.act(.receive, by: Town.countyJW, role: .registry)
    try staged.act(.accept, by: Town.countyJW, role: .caseOffice)
    try staged.act(.accept, role: .caseOffice) { $0.points = [points[1]] }
    try staged.world.sync()
    return staged
  }

  private func assign(
    _ agency: AgencyCode, by author: AgencyCode, role: Role = .deputy, _ staged: inout StagedClue
  ) throws -> Invalidity? {
    let place = try staged.act(.assignCompetence, by: author, role: role) {
      $0.agencies = [agency]
      $0.note = "指定管辖"
    }
    return try staged.world.flaw(place, at: author)
  }

  @Test func `race K3 the common superior says whose a clue is that two bodies accepted`() throws {
    var staged = try acceptedTwice()
    let letter = staged.referral.document
    var county = staged
    #expect(try assign(Town.countyJW, by: Town.countyJW, &county) == .wrongAuthor)
    var office = staged
    #expect(try assign(Town.jw, by: Town.fzb, &office) == .wrongAuthor)
    var clerk = staged
    #expect(try assign(Town.jw, by: Town.jw, role: .caseOffice, &clerk) == .wrongRole)
    var stranger = staged
    #expect(try assign(Town.fy, by: Town.jw, &stranger) == .badAddressee)
    #expect(try assign(Town.countyJW, by: Town.jw, &staged) == nil)
    try staged.world.sync()
    for reader in [Town.fzb, Town.jw, Town.countyJW] {
      let folded = try staged.world.folded(reader)
      #expect(folded.referral(letter, at: Town.jw)?.state == .overruled)
      #expect(folded.referral(letter, at: Town.countyJW)?.state == .accepted)
      #expect(folded.clue?.holder == Town.countyJW)
    }
    // Who is not competent any more decides nothing.
    for rule in Machines.referral.rules where rule.by == .addressee {
      guard case .verb(let verb) = rule.step else { continue }
      var late = staged
      let role = try #require(Town.roles.first(where: rule.roles.discipline.contains))
      #expect(try late.complete(verb, role: role) == .wrongState, "\(verb.rawValue)")
    }
    var late = staged
    let place = try late.act(.dispose, role: .head) { $0.kind = "verification" }
    #expect(try late.world.flaw(place, at: Town.jw) == .wrongState)
    let own = try staged.act(.dispose, by: Town.countyJW, role: .head) {
      $0.kind = "verification"
    }
    #expect(try staged.world.flaw(own, at: Town.countyJW) == nil)
  }

  @Test func `race K3 competence is not assigned where one body has accepted`() throws {
    var staged = try StagedClue()
    try staged.reach(.accepted)
    #expect(try assign(Town.jw, by: Town.jw, &staged) == .wrongState)
  }

  @Test func `race K3 after two forwards the body that is named decides again`() throws {
    var staged = try StagedClue()
    let letter = staged.referral.document
    try staged.act(.receive, role: .registry)
    try staged.act(.forward, role: .deputy) { $0.agencies = [Town.countyJW] }
    try staged.world.deliver(from: Town.jw, to: Town.countyJW, Town.fzb)
    // One forward that nobody answered yet is for its addressee to decide.
    var early = staged
    #expect(try assign(Town.countyJW, by: Town.jw, &early) == .wrongState)
    try staged.act(.receive, by: Town.countyJW, role: .registry)
    try staged.act(.forward, by: Town.countyJW, role: .deputy) { $0.agencies = [Town.secondJW] }
    try staged.world.deliver(from: Town.countyJW, to: Town.secondJW, Town.jw, Town.fzb)
    var peer = staged
    #expect(try assign(Town.secondJW, by: Town.secondJW, &peer) == .wrongAuthor)
    // What the county's body wrote before it heard of the word stands under it.
    #expect(try assign(Town.countyJW, by: Town.jw, &staged) == nil)
    try staged.world.sync()
    for reader in [Town.fzb, Town.jw, Town.countyJW, Town.secondJW] {
      let folded = try staged.world.folded(reader)
      #expect(folded.referral(letter, at: Town.countyJW)?.state == .received)
      #expect(folded.referral(letter, at: Town.secondJW)?.state == .overruled)
      #expect(folded.clue?.holder == Town.countyJW)
    }
    let accept = try staged.act(.accept, by: Town.countyJW, role: .caseOffice)
    #expect(try staged.world.flaw(accept, at: Town.countyJW) == nil)
    try staged.world.sync()
    #expect(
      try staged.world.folded(Town.fzb).referral(letter, at: Town.countyJW)?.state == .accepted)
  }

  @Test func `race K4 a merge stands in the dossier that ends and names the survivor`() throws {
    var staged = try StagedClue()
    try staged.reach(.accepted)
    let cover = try #require(try staged.world.folded(Town.jw).coverEntry?.record.id)
    let survivor = other()
    for (agency, role, expected) in [
      (Town.fzb, Role.caseOffice, Invalidity.wrongAuthor), (Town.jw, .registry, .wrongRole),
    ] {
      var copy = staged
      let place = try copy.world.act(.merge, on: cover, .dossier, by: agency, role: role) {
        $0.points = [survivor]
      }
      #expect(try copy.world.flaw(place, at: agency) == expected)
    }
    for points in [[], [cover], [survivor, cover]] {
      var copy = staged
      let place = try copy.world.act(.merge, on: cover, .dossier, by: Town.jw, role: .caseOffice) {
        $0.points = points
      }
      #expect(try copy.world.flaw(place, at: Town.jw) == .missingPoint)
    }
    let place = try staged.world.act(.merge, on: cover, .dossier, by: Town.jw, role: .caseOffice) {
      $0.points = [survivor]
    }
    #expect(try staged.world.flaw(place, at: Town.jw) == nil)
    try staged.world.sync()
    for reader in [Town.fzb, Town.jw] {
      #expect(try staged.world.folded(reader).clue?.mergedInto == survivor)
    }
  }

  @Test func `any member relates, and nobody but a member`() throws {
    var staged = try StagedClue()
    let cover = try #require(try staged.world.folded(Town.fzb).coverEntry?.record.id)
    let related = other()
    for agency in [Town.fzb, Town.jw] {
      let place = try staged.world.act(.relate, on: cover, .dossier, by: agency, role: .handler) {
        $0.points = [related]
      }
      #expect(try staged.world.flaw(place, at: agency) == nil)
    }
    let place = try staged.world.act(.relate, on: cover, .dossier, by: Town.jw, role: .head) {
      $0.points = [related]
    }
    #expect(try staged.world.flaw(place, at: Town.jw) == .wrongRole)
  }
}

@Suite struct `the ladder of supervision` {
  /// A direction of FZB for SFJ in a dossier of GSL, FY and JW.
  private func directed() throws -> (CaseWorld, RecordID) {
    var world = try CaseWorld()
    try world.openMeeting()
    let (id, item) = (world.newID(), world.newID())
    var document = try world.letter(.supervisionLetter, number: "样法督〔2023〕3号")
    document.to = [Town.sfj]
    try world.write(
      try world.composer(Town.fzb).document(
        document, id: id,
        items: [
          (
            id: item,
            item: Item(document: id, number: 1, kind: .direction, text: "事项", unit: Town.sfj)
          )
        ]), by: Town.fzb)
    try world.sync()
    return (world, item)
  }

  @Test(arguments: SupervisionLevel.allCases)
  func `casework A5 each level takes its roles, of the issuer or of a watching discipline body`(
    _ level: SupervisionLevel
  ) throws {
    let (world, item) = try directed()
    let rule = try #require(Machines.item.rule(.level(level), from: .issued))
    for role in Town.roles {
      for (agency, isLawful) in [
        (Town.fzb, true), (Town.jw, true), (Town.gsl, false), (Town.sfj, false),
      ] {
        var copy = world
        let place = try copy.act(.urge, on: item, .item, by: agency, role: role) {
          $0.kind = level.rawValue
        }
        let expected: Invalidity? =
          !isLawful ? .wrongAuthor : rule.roles.usual.contains(role) ? nil : .wrongRole
        #expect(try copy.flaw(place, at: agency) == expected, "\(agency) \(role)")
      }
    }
  }

  @Test
  func `race K8 more time and a higher level cross, both are kept, and the grant moves the day`()
    throws
  {
    var (world, item) = try directed()
    let later = try CaseWorld.day("2023-09-30")
    try world.act(.requestExtension, on: item, .item, by: Town.sfj, role: .head) {
      $0.reason = "complex"
      $0.dueOn = later
    }
    for (level, role) in [(SupervisionLevel.letter, Role.deputy), (.reminder, .handler)] {
      try world.act(.urge, on: item, .item, by: Town.fzb, role: role) { $0.kind = level.rawValue }
    }
    try world.sync()
    for reader in [Town.fzb, Town.sfj] {
      let card = try #require(try world.folded(reader).item(item))
      #expect(card.level == .letter && card.extensionState == .requested)
      #expect(card.state == .issued && card.dueOn == nil)
    }
    try world.act(.grant, on: item, .item, by: Town.fzb, role: .deputy) { $0.dueOn = later }
    try world.sync()
    let card = try #require(try world.folded(Town.sfj).item(item))
    #expect(card.level == .letter && card.dueOn == later && card.extensionState == .granted)
  }
}
