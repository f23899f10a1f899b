import Casework
import Ledger
import TestSupport
import Testing

@Suite struct `cases, accountability and person-times` {
  private func count(
    _ clues: CountedClue..., year: Int = 2023, asOf: String? = nil
  ) throws -> Count {
    try Count([try clues.map { try $0.folded() }], year: year, asOf: asOf)
  }

  @Test func `a filing counts by its day, and a later dismissal does not undo it`() throws {
    var clue = try CountedClue(in: try CaseWorld(), seed: 2)
    let filing = try clue.file(on: "2023-06-12")
    #expect(try count(clue)(.caseFiled) == 1)
    try clue.state(.caseDismissed, on: "2023-10-09", filing: filing)
    #expect(try count(clue)(.caseFiled) == 1)
    #expect(try count(clue)(.accountable) == 0)
    #expect(try count(clue, year: 2024, asOf: "2024-12-31")(.caseFiled) == 0)
  }

  @Test func `a filing that was an error and is revoked counts no more from then on`() throws {
    var clue = try CountedClue(in: try CaseWorld(), seed: 2)
    try clue.accept()
    try clue.dispose(.verification)
    let filed = try clue.state(.caseFiled, on: "2023-06-12")
    try clue.state(.caseFiled, on: "2024-02-01", revising: filed.place) { $0.revoked = true }
    #expect(try count(clue)(.caseFiled) == 1)
    #expect(try count(clue, asOf: "2024-02-01")(.caseFiled) == 0)
  }

  @Test func `a corrected date moves a filing into its year, counted in one of the two`() throws {
    for (stated, corrected, year) in [
      ("2023-12-28", "2024-01-03", 2024), ("2024-01-03", "2023-12-28", 2023),
    ] {
      var clue = try CountedClue(in: try CaseWorld(), seed: 2)
      try clue.accept()
      try clue.dispose(.verification)
      let filed = try clue.state(.caseFiled, on: stated)
      try clue.state(.caseFiled, on: corrected, revising: filed.place)
      #expect(try count(clue, year: 2023)(.caseFiled) == (year == 2023 ? 1 : 0))
      #expect(try count(clue, year: 2024)(.caseFiled) == (year == 2024 ? 1 : 0))
    }
  }

  @Test func `edge E19 two sanctions of one person in one case are one person-time`() throws {
    var clue = try CountedClue(in: try CaseWorld(), seed: 2)
    let filing = try clue.file()
    try clue.sanction("P-001", .party, "warning", filing: filing, on: "2023-09-18")
    try clue.sanction("P-001", .governmental, "demerit", filing: filing, on: "2023-09-25")
    let both = try count(clue)
    #expect(both(.personTimes) == 1 && both(.accountable) == 1)
    #expect(both.evidence(.personTimes).map(\.on) == [try CaseWorld.day("2023-09-18")])
    try clue.sanction("P-002", .organisational, "dismissed", filing: filing)
    #expect(try count(clue)(.personTimes) == 2 && count(clue)(.accountable) == 1)
  }

  @Test func `one person in two cases is two person-times`() throws {
    let town = try CaseWorld()
    var one = try CountedClue(in: town, seed: 2)
    var other = try CountedClue(in: town, seed: 3)
    for number in 0..<2 {
      let filing = try number == 0 ? one.file() : other.file()
      if number == 0 {
        try one.sanction("P-004", .party, "warning", filing: filing)
      } else {
        try other.sanction("P-004", .party, "warning", filing: filing)
      }
    }
    let both = try count(one, other)
    #expect(both(.personTimes) == 2 && both(.accountable) == 2 && both(.caseFiled) == 2)
  }

  @Test func `a formal admonition makes a case accountable and is no person-time`() throws {
    var clue = try CountedClue(in: try CaseWorld(), seed: 2)
    let filing = try clue.file()
    try clue.sanction("P-001", .firstForm, "formalAdmonition", filing: filing)
    try clue.sanction("P-002", .accountability, "circulated", filing: filing)
    #expect(try count(clue)(.accountable) == 1 && count(clue)(.personTimes) == 0)
  }

  @Test func `edge E18 a sanction revoked after the year leaves its figure and takes today's`()
    throws
  {
    var clue = try CountedClue(in: try CaseWorld(), seed: 2)
    let filing = try clue.file()
    try clue.sanction("P-001", .party, "warning", filing: filing)
    let sanction = try clue.sanction("P-002", .party, "warning", filing: filing)
    try clue.sanction(
      "P-002", .party, "warning", filing: filing, on: "2024-03-01", revising: sanction.place,
      revoked: true)
    #expect(try count(clue)(.personTimes) == 2)
    #expect(try count(clue, asOf: "2024-02-29")(.personTimes) == 2)
    #expect(try count(clue, asOf: "2024-03-01")(.personTimes) == 1)
    #expect(try count(clue, asOf: "2024-03-01")(.accountable) == 1)
  }

  @Test func `accountability of a clue counts once beside that of its case`() throws {
    var clue = try CountedClue(in: try CaseWorld(), seed: 2)
    try clue.accept()
    try clue.dispose(.verification)
    try clue.state(.accountability, on: "2023-05-01")
    #expect(try count(clue)(.accountable) == 1)
    let filing = try clue.state(.caseFiled, on: "2023-06-12").id
    try clue.sanction("P-001", .party, "warning", filing: filing)
    let both = try count(clue)
    #expect(both(.accountable) == 1)
    #expect(both.evidence(.accountable).map(\.on) == [try CaseWorld.day("2023-09-18")])
  }

  @Test func `accountability that names what is no filing is that of its clue, once`() throws {
    var clue = try CountedClue(in: try CaseWorld(), seed: 2)
    try clue.accept()
    try clue.dispose(.verification)
    for (number, named) in [clue.referral.document, clue.world.newID(), nil].enumerated() {
      try clue.state(.accountability, on: "2023-05-0\(number + 1)", filing: named)
    }
    let found = try count(clue)
    #expect(found(.accountable) == 1)
    #expect(found.evidence(.accountable).map(\.on) == [try CaseWorld.day("2023-05-01")])
  }

  @Test func `one filing that was recorded on two clues counts once after their merge`() throws {
    let town = try CaseWorld()
    var survivor = try CountedClue(in: town, seed: 2)
    var ended = try CountedClue(in: town, seed: 3)
    var other = try CountedClue(in: town, seed: 4)
    let first = try survivor.file(number: "样纪立〔2023〕3号")
    let second = try ended.file(number: "样纪立〔2023〕3号")
    _ = try other.file(number: "样纪立〔2023〕4号")
    try survivor.sanction("P-001", .party, "warning", filing: first)
    try ended.sanction("P-001", .party, "warning", filing: second)
    #expect(try count(survivor, ended, other)(.caseFiled) == 3)
    try ended.merge(into: survivor, on: "2023-10-01")
    try other.merge(into: survivor, on: "2023-10-01")
    let merged = try count(survivor, ended, other)
    #expect(merged(.caseFiled) == 2 && merged(.personTimes) == 1 && merged(.accountable) == 1)
  }
}
