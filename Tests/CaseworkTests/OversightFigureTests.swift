import Casework
import Ledger
import TestSupport
import Testing

@Suite struct `the matrix of the kinds of oversight` {
  /// The cells above zero of what a dossier shows.
  private func cells(
    _ bundle: [FoldedDossier], year: Int = 2023, asOf: String? = nil
  ) throws -> [String: Int64] {
    let period = try #require(Period(year: year))
    var question = FigureQuestion(period, asOf: try asOf.map(CaseWorld.day))
    question.terms.kind = { Town.kind($0) }
    let rules = CountingRules.oversight
    var tally = FigureTally(rules)
    #expect(tally.figures.count == 49)
    tally.add(rules.evidence(in: FigureBundle(bundle, asOf: question.asOf), question))
    return Dictionary(
      uniqueKeysWithValues: tally.sums.filter { $0.value.count > 0 }.map {
        ($0.key.part, $0.value.count)
      })
  }

  @Test func `counts a clue by who opened it and who accepted it, as of any day`() throws {
    var clue = try CountedClue(in: CaseWorld(), seed: 1)
    let home = "ruleOfLaw.ruleOfLaw"
    let year = Int(try #require(clue.folded().coverEntry).authoredAt.civilDate.year)
    #expect(try cells([clue.folded()], year: year, asOf: "2199-12-31") == [home: 1])
    try clue.accept()
    let both = [home: Int64(1), "ruleOfLaw.discipline": 1]
    for reader in [Town.fzb, Town.jw] {
      let counted = try cells([clue.folded(reader)], asOf: "2199-12-31")
      #expect(counted["ruleOfLaw.discipline"] == 1 && counted.count <= both.count)
    }
    #expect(
      try cells([clue.folded()], asOf: "2023-03-09")["ruleOfLaw.discipline"] == nil)
    // Once given back it was taken up by nobody.
    try clue.step(.return, role: .deputy, on: "2023-03-14") {
      $0.reason = ReturnReason.noJurisdiction.rawValue
    }
    #expect(try cells([clue.folded()], asOf: "2199-12-31")["ruleOfLaw.discipline"] == nil)
    #expect(
      try cells([clue.folded()], asOf: "2023-03-13")["ruleOfLaw.discipline"] == 1)
  }

  @Test func `takes the kind that the acceptance states, and no code that is none`() throws {
    for (code, column) in [("partyTour", "partyTour"), ("", "discipline"), ("x", "discipline")] {
      var clue = try CountedClue(in: CaseWorld(), seed: 1)
      try clue.step(.receive, role: .registry, on: "2023-03-08")
      try clue.step(.accept, role: .caseOffice, on: "2023-03-10") { $0.kind = code }
      #expect(try cells([clue.folded()], asOf: "2199-12-31")["ruleOfLaw.\(column)"] == 1)
    }
  }

  @Test func `takes the purpose of a letter where the acceptance states no kind`() throws {
    for (purpose, use, column) in [
      (OversightKind.judicial, "", "judicial"), (.judicial, "partyTour", "partyTour"),
      (nil, "", "enforcement"),
    ] {
      var world = try CaseWorld()
      let cover = Dossier(kind: .inspection, title: "中期督察")
      let coverID = world.newID()
      try world.write(
        try world.composer(Town.fzb).opening(cover, id: coverID, admitting: [Town.sfj]),
        by: Town.fzb)
      var letter = try world.letter(.supervisionLetter, number: "样法督〔2023〕3号", to: [Town.sfj])
      letter.purpose = purpose
      let id = world.newID()
      let change = try world.write(
        try world.composer(Town.fzb).document(letter, id: id), by: Town.fzb)
      #expect(try world.folded(Town.fzb).flaws(in: change).isEmpty)
      try world.deliver(from: Town.fzb, to: Town.sfj)
      try world.act(.receive, on: id, by: Town.sfj, role: .registry)
      let accepted = try world.act(.accept, on: id, by: Town.sfj, role: .sectionHead) {
        $0.kind = use
      }
      #expect(try world.flaw(accepted, at: Town.sfj) == nil)
      try world.sync()
      let counted = try cells([world.folded(Town.fzb)], asOf: "2199-12-31")
      #expect(counted["ruleOfLaw.\(column)"] == 1 && counted.count <= 2)
    }
  }

  /// Supplements a clue that was sent, with a purpose.
  private func supplement(
    _ clue: inout CountedClue, _ purpose: OversightKind?, number: String
  ) throws {
    let (letterID, actID) = (clue.world.newID(), clue.world.newID())
    var letter = try clue.world.letter(.supplementLetter, number: number)
    letter.purpose = purpose
    let act = Act(
      on: clue.referral.document, .document, verb: .supplement,
      actor: Town.person(Town.fzb, .deputy), role: .deputy, date: try CaseWorld.day("2023-03-09"),
      agencies: [Town.jw])
    let change = try clue.world.write(
      try clue.world.composer(Town.fzb).supplement(
        letter, id: letterID, items: [], act: act, actID: actID), by: Town.fzb)
    #expect(try clue.world.folded(Town.fzb).flaws(in: change).isEmpty)
  }

  @Test func `takes the purpose of the last supplement that the acceptance had seen`() throws {
    for (first, second, late, column) in [
      (OversightKind.judicial, nil, nil, "judicial"),
      (.judicial, .partyTour, nil, "partyTour"), (nil, nil, .judicial, "discipline"),
      (.partyTour, nil, .judicial, "partyTour"),
    ] as [(OversightKind?, OversightKind?, OversightKind?, String)] {
      var clue = try CountedClue(in: CaseWorld(), seed: 1)
      try supplement(&clue, first, number: "样法办函〔2023〕6号")
      try supplement(&clue, second, number: "样法办函〔2023〕7号")
      try clue.world.sync()
      try clue.accept()
      try supplement(&clue, late, number: "样法办函〔2023〕8号")
      try clue.world.sync()
      for reader in [Town.fzb, Town.jw] {
        let taken = try cells([clue.folded(reader)], asOf: "2199-12-31").keys
          .filter { $0 != "ruleOfLaw.ruleOfLaw" }
        #expect(taken == ["ruleOfLaw.\(column)"])
      }
    }
  }

  @Test func `a paper that is addressed to nobody has no purpose`() throws {
    var world = try CaseWorld()
    let coverID = world.newID()
    try world.write(
      try world.composer(Town.fzb).opening(
        Dossier(kind: .inspection, title: "中期督察"), id: coverID), by: Town.fzb)
    var paper = try world.letter(.inspectionReport, number: "样法办报〔2023〕3号", to: [])
    paper.purpose = .judicial
    let id = world.newID()
    let change = try world.write(
      try world.composer(Town.fzb).document(paper, id: id), by: Town.fzb)
    #expect(try world.folded(Town.fzb).flaws(in: change).map(\.reason) == [.wrongForm])
  }

  @Test func `counts merged clues once, in the survivor`() throws {
    let world = try CaseWorld()
    var (first, second) = (
      try CountedClue(in: world, seed: 1), try CountedClue(in: world, seed: 2)
    )
    try first.accept()
    try second.accept(on: "2023-03-13")
    let apart = try cells([first.folded(), second.folded()], asOf: "2199-12-31")
    #expect(apart["ruleOfLaw.discipline"] == 2)
    try second.merge(into: first, on: "2023-03-20")
    for bundle in try [
      [first.folded(), second.folded()], [second.folded(), first.folded()],
    ] {
      #expect(try cells(bundle, asOf: "2199-12-31")["ruleOfLaw.discipline"] == 1)
    }
  }

  @Test func `is no figure of the year`() {
    #expect(CountingRules.newest.figures.allSatisfy { $0.code.isOfYear })
    #expect(FigureCode.allCases.filter { !$0.isOfYear } == [.oversight])
    let kinds = AgencyKind.allCases.compactMap(\.oversight)
    #expect(AgencyKind.unit.oversight == nil && kinds.count == AgencyKind.allCases.count - 1)
    #expect(DossierKind.allCases.filter(\.isMatter).count == 8)
  }
}
