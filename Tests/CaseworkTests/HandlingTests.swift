import Casework
import Ledger
import Testing

@Suite struct `clues at a discipline body` {
  /// The trail of one clue up to its acceptance by the county body, to which the city sent it.
  private func accepted() throws -> (CaseWorld, SentReferral) {
    var world = try CaseWorld()
    try world.openClue(excluding: [Town.countyFZB])
    let referral = try world.refer()
    try world.deliver(from: Town.fzb, to: Town.jw)
    try world.act(.receive, on: referral.document, by: Town.jw, role: .registry, on: "2023-03-08")
    try world.act(.forward, on: referral.document, by: Town.jw, role: .deputy, on: "2023-03-13") {
      $0.agencies = [Town.countyJW]
    }
    try world.deliver(from: Town.jw, to: Town.countyJW, Town.fzb)
    let county = Town.countyJW
    try world.act(.receive, on: referral.document, by: county, role: .registry, on: "2023-03-14")
    try world.act(.accept, on: referral.document, by: county, role: .caseOffice, on: "2023-03-15") {
      $0.internalNumber = "西纪线索〔2023〕11号"
    }
    return (world, referral)
  }

  private func dispose(
    _ kind: Disposition, _ referral: SentReferral, _ world: inout CaseWorld,
    by body: AgencyCode = Town.countyJW, closing: CloseKind? = nil
  ) throws -> Invalidity? {
    let place = try world.act(.dispose, on: referral.document, by: body, role: .head) {
      $0.kind = kind.rawValue
      $0.reason = closing?.rawValue ?? ""
    }
    return try world.flaw(place, at: body)
  }

  @Test func `the trail of C11 ends counted once and the excluded office is no member`() throws {
    var (world, referral) = try accepted()
    let county = Town.countyJW
    #expect(try dispose(.verification, referral, &world) == nil)
    let filed = try world.result(.caseFiled, on: referral, by: county)
    #expect(try world.flaw(filed.place, at: county) == nil)
    let warning = try #require(Measure(.party, "warning"))
    let demerit = try #require(Measure(.governmental, "demerit"))
    let sanction = try world.result(.sanction, on: referral, by: county, filing: filed.id) {
      $0.personKey = "P-001"
      $0.measures = [warning, demerit]
    }
    #expect(try world.flaw(sanction.place, at: county) == nil)
    #expect(try dispose(.executed, referral, &world) == nil)
    try world.act(.feedBack, on: referral.document, by: county, role: .caseOffice) {
      $0.kind = "executed"
      $0.final = true
    }
    try world.sync()
    for reader in [Town.fzb, Town.jw, county] {
      let folded = try world.folded(reader)
      let clue = try #require(folded.clue)
      #expect(clue.isFiled && clue.isAccountable && clue.personTimes == 1 && clue.isFinal)
      #expect(clue.receivedOn == CivilDate("2023-03-14") && clue.holder == county)
      #expect(clue.stage == .executed)
      #expect(folded.excluded == [Town.countyFZB] && !folded.members.contains(Town.countyFZB))
    }
    #expect(try world.folded(Town.fzb).digest == world.folded(county).digest)
    #expect(
      try world.folded(Town.fzb).handling(referral.document, by: county)?.firstDisposition
        == .verification)
  }

  @Test func `a step that the stage does not allow is void`() throws {
    var (world, referral) = try accepted()
    #expect(try dispose(.executed, referral, &world) == .wrongState)
    let early = try world.result(.caseFiled, on: referral, by: Town.countyJW)
    #expect(try world.flaw(early.place, at: Town.countyJW) == .wrongState)
    #expect(try dispose(.closed, referral, &world, closing: .unfounded) == .wrongReason)
    #expect(try dispose(.closed, referral, &world, closing: .direct) == nil)
    #expect(try dispose(.verification, referral, &world) == .wrongState)
  }

  @Test func `only the body that accepted the clue handles it`() throws {
    var (world, referral) = try accepted()
    try world.sync()
    #expect(try dispose(.verification, referral, &world, by: Town.jw) == .wrongState)
    #expect(try dispose(.verification, referral, &world, by: Town.fzb) == .wrongAuthor)
  }

  @Test func `a sanction needs a filing, a person and a measure`() throws {
    var (world, referral) = try accepted()
    #expect(try dispose(.verification, referral, &world) == nil)
    let filed = try world.result(.caseFiled, on: referral, by: Town.countyJW)
    let measure = try #require(Measure(.party, "warning"))
    let nameless = try world.result(
      .sanction, on: referral, by: Town.countyJW, filing: filed.id
    ) { $0.measures = [measure] }
    #expect(try world.flaw(nameless.place, at: Town.countyJW) == .missingBasis)
    let baseless = try world.result(.sanction, on: referral, by: Town.countyJW) {
      $0.personKey = "P-001"
      $0.measures = [measure]
    }
    #expect(try world.flaw(baseless.place, at: Town.countyJW) == .missingBasis)
  }

  @Test func `after a result the clue is neither returned nor forwarded`() throws {
    var (world, referral) = try accepted()
    #expect(try dispose(.verification, referral, &world) == nil)
    try world.result(.caseFiled, on: referral, by: Town.countyJW)
    let late = try world.act(.return, on: referral.document, by: Town.countyJW, role: .deputy) {
      $0.reason = "noJurisdiction"
      $0.note = "退回"
    }
    #expect(try world.flaw(late, at: Town.countyJW) == .resultsStand)
  }

  @Test func `a revoked sanction counts no one and leaves its trace`() throws {
    var (world, referral) = try accepted()
    let county = Town.countyJW
    #expect(try dispose(.verification, referral, &world) == nil)
    let filed = try world.result(.caseFiled, on: referral, by: county)
    let measure = try #require(Measure(.party, "warning"))
    let fill: (inout Casework.Result) -> Void = {
      $0.personKey = "P-001"
      $0.measures = [measure]
    }
    let sanction = try world.result(
      .sanction, on: referral, by: county, filing: filed.id, fill)
    #expect(try world.folded(county).clue?.personTimes == 1)
    let revoked = try world.result(
      .sanction, on: referral, by: county, filing: filed.id, revising: sanction.place
    ) {
      fill(&$0)
      $0.revoked = true
      $0.note = "经复审撤销"
    }
    #expect(try world.flaw(revoked.place, at: county) == nil)
    let folded = try world.folded(county)
    #expect(folded.clue?.personTimes == 0 && folded.clue?.isFiled == true)
    #expect(folded.handling(referral.document, by: county)?.stage == .filed)
    let states = folded.entries.filter { $0.result?.kind == .sanction }
      .map { folded.state(ofResult: $0) }
    #expect(Set(states) == [.revised, .revoked])
    let again = try world.result(
      .sanction, on: referral, by: county, filing: filed.id, revising: sanction.place
    ) {
      fill(&$0)
      $0.note = "再改"
    }
    #expect(try world.flaw(again.place, at: county) == .wrongState)
  }

  @Test func `two sanctions of one person in one filing are one person-time`() throws {
    var (world, referral) = try accepted()
    let county = Town.countyJW
    #expect(try dispose(.verification, referral, &world) == nil)
    let filed = try world.result(.caseFiled, on: referral, by: county)
    let party = try #require(Measure(.party, "warning"))
    let talk = try #require(Measure(.firstForm, "formalAdmonition"))
    for (person, measure) in [("P-001", party), ("P-001", party), ("P-002", talk)] {
      try world.result(.sanction, on: referral, by: county, filing: filed.id) {
        $0.personKey = person
        $0.measures = [measure]
      }
    }
    #expect(try world.folded(county).clue?.personTimes == 1)
  }
}
