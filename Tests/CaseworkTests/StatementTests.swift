import Casework
import Ledger
import TestSupport
import Testing

@Suite struct `the statement of two agencies` {
  private func period(_ text: String) throws -> StatementPeriod {
    try #require(StatementPeriod(text))
  }

  private func statement(
    _ dossiers: [FoldedDossier], _ text: String = "2023", with peer: AgencyCode = Town.jw
  ) throws -> Statement {
    var statement = Statement(of: Town.fzb, and: peer, in: try period(text))
    for dossier in dossiers { statement.add(dossier) }
    return statement
  }

  @Test(arguments: [
    ("2023", "2023-01-01", "2023-12-31"), ("2023Q1", "2023-01-01", "2023-03-31"),
    ("2023Q4", "2023-10-01", "2023-12-31"), ("2024-02", "2024-02-01", "2024-02-29"),
    ("2023-12", "2023-12-01", "2023-12-31"),
  ])
  func `is of a month, a quarter or a year`(text: String, first: String, last: String) throws {
    let period = try period(text)
    #expect(period.first.description == first && period.last.description == last)
    #expect(period.contains(period.first) && period.contains(period.last))
    #expect(!period.contains(period.last.adding(days: 1)))
  }

  @Test(arguments: ["", "23", "2023Q0", "2023Q5", "2023-13", "2023-1", "2023q1", "1899", "2023Q12"])
  func `is of nothing else`(text: String) {
    #expect(StatementPeriod(text) == nil)
  }

  @Test(arguments: 1...8)
  func `casework A6 no clue is left out or counted twice at any prefix`(seed: Int) throws {
    var history = try RandomReferrals(seed: UInt64(seed))
    for _ in 0..<24 {
      try history.step()
      for reader in [Town.fzb, Town.jw] {
        let held = try history.folded(reader)
        let statement = try statement(held)
        #expect(statement.isBalanced)
        let letters = statement.sums(.letters, from: Town.fzb)
        let sent = try history.sent(heldBy: reader)
        #expect(letters.issued + letters.withdrawn == sent.count)
        #expect(Set(statement.letters.map(\.document)) == Set(sent))
        let clues = statement.sums(.clues, from: Town.fzb)
        #expect(clues.issued + clues.withdrawn == history.cluesReferred)
        #expect(statement.sums(.letters, from: Town.jw) == Statement.Sums.none)
        #expect(Statement(text: statement.text) == statement)
        #expect(try self.statement(held, with: Town.countyJW).isBalanced)
      }
    }
    try history.settle()
    let ours = try statement(try history.folded(Town.fzb))
    let theirs = try statement(try history.folded(Town.jw))
    #expect(ours.text.utf8.elementsEqual(theirs.text.utf8))
    #expect(ours.differences(of: Town.fzb, from: theirs) == [])
  }

  @Test func `casework A6 a clue that came back and went out again is one clue and two letters`()
    throws
  {
    var staged = try StagedClue()
    try staged.reach(.returned)
    _ = try staged.world.refer(number: "样法办函〔2023〕5号")
    try staged.world.sync()
    let statement = try statement([try staged.world.folded(Town.jw)])
    let letters = statement.sums(.letters, from: Town.fzb)
    #expect(letters.issued == 2 && letters.returned == 1 && letters.inTransit == 1)
    let clues = statement.sums(.clues, from: Town.fzb)
    #expect(clues.issued == 1 && clues.returned == 0 && clues.inTransit == 1)
  }

  @Test func `casework A6 a merged clue stays accepted and is disposed of by the merging`() throws {
    var staged = try StagedClue()
    try staged.reach(.accepted)
    #expect(
      try statement([try staged.world.folded(Town.fzb)]).sums(.clues, from: Town.fzb)
        .count(.awaiting) == 1)
    let cover = try #require(try staged.world.folded(Town.jw).coverEntry?.record.id)
    let survivor = staged.world.newID()
    try staged.world.act(.merge, on: cover, .dossier, by: Town.jw, role: .caseOffice) {
      $0.points = [survivor]
    }
    try staged.world.sync()
    let sums = try statement([try staged.world.folded(Town.fzb)]).sums(.clues, from: Town.fzb)
    #expect(sums.accepted == 1 && sums.count(.merged) == 1 && sums.count(.awaiting) == 0)
    #expect(sums.isBalanced)
  }

  @Test func `stands as on the last day, whatever came later`() throws {
    var staged = try StagedClue()
    let letter = staged.referral
    try staged.act(.receive, role: .registry)
    try staged.world.act(
      .accept, on: letter.document, by: Town.jw, role: .caseOffice, on: "2023-04-02")
    try staged.world.act(
      .dispose, on: letter.document, by: Town.jw, role: .head, on: "2023-04-20"
    ) { $0.kind = "verification" }
    let filed = try staged.world.result(.caseFiled, on: letter, by: Town.jw)
    try staged.world.result(.caseFiled, on: letter, by: Town.jw, revising: filed.place) {
      $0.revoked = true
      $0.note = "撤销"
      $0.on = CivilDate(year: 2024, month: 3, day: 31) ?? $0.on
    }
    let folded = [try staged.world.folded(Town.jw)]
    #expect(folded[0].flaws(in: filed.place.change) == [])
    let march = try statement(folded, "2023-03")
    #expect(march.letters.map(\.fate) == [.pending] && march.outcomes.isEmpty)
    let quarter = try statement(folded, "2023Q2")
    #expect(quarter.letters.isEmpty)
    #expect(quarter.totals.map(\.kind) == [.caseFiled] && quarter.totals.map(\.count) == [1])
    let year = try statement(folded)
    #expect(year.letters.map(\.disposal) == [.stage(.filed)])
    let later = try statement(folded, "2024Q1")
    #expect(later.outcomes.map(\.isRevoked) == [true] && later.totals == [])
    #expect(later.outcomes.first?.records.count == 2)
    for statement in [march, quarter, year, later] {
      #expect(Statement(text: statement.text) == statement)
    }
  }

  @Test func `edge E09 says nothing of a dossier that one of the two may not see`() throws {
    var world = try CaseWorld()
    try world.openClue(excluding: [Town.countyFZB])
    _ = try world.refer(to: [Town.countyJW])
    let folded = [try world.folded(Town.fzb)]
    #expect(try statement(folded, with: Town.countyJW).letters.count == 1)
    for stranger in [Town.countyFZB, Town.jw, Town.fzb] {
      let nothing = try statement(folded, with: stranger)
      #expect(nothing.letters.isEmpty && nothing.outcomes.isEmpty)
      #expect(nothing.text == (try statement([], with: stranger)).text)
    }
  }

  @Test func `goes on to tell of a dossier that one of the two left after the period`() throws {
    var staged = try StagedClue()
    try staged.reach(.received)
    let before = try statement([try staged.world.folded(Town.fzb)], "2023Q1")
    #expect(before.letters.map(\.fate) == [.pending])
    staged.world.clock = try #require(Timestamp("2023-04-10T01:00:00Z"))
    var leaving = ChangeContent()
    leaving.membership = [.end(agency: Town.jw, reason: "办结")]
    try staged.world.write(leaving, by: Town.fzb)
    // What the home writes about the letter now, the one that left never gets.
    let late = try staged.world.act(
      .requestWithdraw, on: staged.referral.document, by: Town.fzb, role: .deputy,
      on: "2023-03-20"
    ) { $0.agencies = [Town.jw] }
    #expect(try staged.world.folded(Town.fzb).flaws(in: late.change) == [])
    let after = try statement([try staged.world.folded(Town.fzb)], "2023Q1")
    #expect(after.hasBytes(of: before))
    #expect(try statement([try staged.world.folded(Town.fzb)], "2023").letters.isEmpty)
    var barring = ChangeContent()
    barring.membership = [.exclude(agency: Town.jw, reason: "回避")]
    try staged.world.write(barring, by: Town.fzb)
    #expect(try statement([try staged.world.folded(Town.fzb)], "2023Q1").letters.isEmpty)
  }

  @Test func `names the record that one side lacks, and who must fetch it`() throws {
    var staged = try StagedClue()
    try staged.act(.receive, role: .registry)
    try staged.world.sync()
    let accept = try staged.act(.accept, role: .caseOffice)
    let theirs = try statement([try staged.world.folded(Town.jw)])
    let ours = try statement([try staged.world.folded(Town.fzb)])
    let missing = try #require(try staged.world.folded(Town.jw).entry(at: accept)?.record.id)
    let found = try #require(ours.differences(of: Town.fzb, from: theirs).first)
    #expect(found.subject == staged.referral.document && found.number == "样法办函〔2023〕4号")
    #expect(found.onlyTheirs == [missing] && found.onlyOurs == [])
    #expect(found.mustAct == [Town.fzb])
    #expect(found.ours == "2023-03-07 pending leads")
    #expect(found.theirs == "2023-03-07 accepted awaiting leads")
    let seen = try #require(theirs.differences(of: Town.jw, from: ours).first)
    #expect(seen.onlyOurs == [missing] && seen.mustAct == [Town.fzb])
    // A letter that the other side never got is all that it lacks.
    let empty = try statement([])
    let whole = try #require(ours.differences(of: Town.fzb, from: empty).first)
    #expect(whole.theirs == nil && whole.mustAct == [Town.jw])
    #expect(whole.onlyOurs == ours.letters.flatMap(\.records))
  }

  @Test func `whose tables say another thing of equal records is checked at both`() throws {
    let staged = try StagedClue()
    let ours = try statement([try staged.world.folded(Town.fzb)])
    var letter = try #require(ours.letters.first)
    letter.fate = .pending
    let theirs = Statement(
      of: Town.jw, and: Town.fzb, in: ours.period, letters: [letter])
    let found = ours.differences(of: Town.fzb, from: theirs)
    #expect(found.map(\.mustAct) == [[Town.fzb, Town.jw]])
  }

  @Test func `differs where a number has the same characters of other bytes`() throws {
    let id = Town.person(Town.fzb, .head)
    func statement(_ number: String) throws -> Statement {
      Statement(
        of: Town.fzb, and: Town.jw, in: try period("2023"),
        letters: [
          Statement.Letter(
            document: id, number: number, sender: Town.fzb, addressee: Town.jw,
            sentOn: try CaseWorld.day("2023-03-07"), fate: .inTransit, records: [id])
        ])
    }
    let (composed, decomposed) = (try statement("\u{E9}1号"), try statement("e\u{301}1号"))
    #expect(composed.text == decomposed.text && !composed.hasBytes(of: decomposed))
    #expect(composed.hasBytes(of: try statement("\u{E9}1号")))
    let found = composed.differences(of: Town.fzb, from: decomposed)
    #expect(found.map(\.subject) == [id])
    #expect(found.map(\.mustAct) == [[Town.fzb, Town.jw]])
  }

  @Test func `is read in its one form alone, and its sums are not believed`() throws {
    var staged = try StagedClue()
    try staged.reach(.accepted)
    let statement = try statement([try staged.world.folded(Town.jw)])
    let text = statement.text
    #expect(Statement(text: text) == statement)
    #expect(statement.headers.contains(where: text.hasPrefix))
    let wrong = [
      "", "guantong-statement 2", text + "\n", " " + text,
      text.replacing("issued=1", with: "issued=2"),
      text.replacing("awaiting", with: "filed"), text.replacing("accepted", with: "pending"),
      text.replacing("420300-FZB 420300-JW", with: "420300-JW 420300-FZB"),
      text.replacing("period 2023 ", with: "period 2024 "),
      text + "\ntotal 420300-JW caseFiled 1 0",
    ]
    for other in wrong { #expect(Statement(text: other) == nil, "\(other)") }
  }

  @Test(arguments: [
    ("样\nletter x\u{2028}", "样_letter_x_"), ("\u{301}样\r\n", "\u{301}样__"), ("", "-"),
    ("\u{200D}1号", "\u{200D}1号"),
  ])
  func `a number cannot break a line`(number: String, word: String) throws {
    let id = Town.person(Town.fzb, .head)
    let letter = Statement.Letter(
      document: id, number: number, sender: Town.fzb, addressee: Town.jw,
      sentOn: try CaseWorld.day("2023-03-07"), fate: .inTransit, records: [id])
    let statement = Statement(
      of: Town.fzb, and: Town.jw, in: try period("2023"), letters: [letter])
    #expect(statement.letters.map(\.number) == [word])
    #expect(Statement(text: statement.text) == statement)
  }
}
