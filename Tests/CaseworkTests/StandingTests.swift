import Casework
import Ledger
import TestSupport
import Testing

@Suite struct `what does not count` {
  @Test func `after a fork the last agreed state stands and what cited the branch is marked`()
    throws
  {
    var world = try CaseWorld()
    try world.openClue()
    let referral = try world.refer()
    try world.deliver(from: Town.fzb, to: Town.jw)
    let received = try world.act(.receive, on: referral.document, by: Town.jw, role: .registry)
    try world.act(.accept, on: referral.document, by: Town.jw, role: .caseOffice)
    try world.sync()
    #expect(try world.folded(Town.fzb).clue?.state.code == "accepted")
    // A restored backup of JW signs another continuation of the same chain.
    let returned = Act(
      on: referral.document, .document, verb: .return, actor: Town.person(Town.jw, .sectionHead),
      role: .sectionHead, date: try CaseWorld.day("2023-03-10"), reason: "incomplete", note: "补齐")
    let id = world.newID()
    try world.write(
      try world.composer(Town.jw).act(returned, id: id), by: Town.jw, after: received.change)
    try world.sync()
    let folded = try world.folded(Town.fzb)
    #expect(folded.referral(referral.document, at: Town.jw)?.state == .received)
    #expect(folded.rows.filter { $0.table == "casework.void" }.count == 2)
    #expect(try folded.digest == world.folded(Town.jw).digest)
  }

  @Test func `an act on a letter whose change set no longer counts is marked for review`() throws {
    var world = try CaseWorld()
    try world.openClue()
    let first = try world.refer()
    let head = try #require(world.replicas[Town.fzb]?.head(of: Town.fzb))
    #expect(head == first.change)
    try world.deliver(from: Town.fzb, to: Town.jw)
    let second = try world.refer(number: "样法办函〔2023〕5号")
    try world.deliver(from: Town.fzb, to: Town.jw)
    let received = try world.act(.receive, on: second.document, by: Town.jw, role: .registry)
    #expect(try world.folded(Town.jw).reviews.isEmpty)
    // FZB forks before its second letter: neither branch counts any more.
    let id = world.newID()
    try world.write(
      try world.composer(Town.fzb).document(try world.letter(number: "样法办函〔2023〕6号"), id: id),
      by: Town.fzb, after: first.change)
    try world.sync()
    let folded = try world.folded(Town.jw)
    #expect(folded.flaw(at: received) == nil)
    #expect(folded.reviews.map(\.citing) == [received])
    #expect(folded.rows.contains { $0.table == "casework.review" })
    #expect(folded.referral(second.document, at: Town.jw) == nil)
    #expect(folded.referral(first.document, at: Town.jw)?.state == .sent)
  }

  @Test func `a record of a later build makes the dossier read-only and digestless`() throws {
    var world = try CaseWorld()
    try world.openClue()
    var content = ChangeContent()
    content.records = [Record(id: world.newID(), type: 99, author: Town.fzb, body: [])]
    try world.write(content, by: Town.fzb)
    let folded = try world.folded(Town.fzb)
    #expect(folded.needsUpgrade && folded.unknown == ["type 99"])
    #expect(folded.digest == nil)
  }

  @Test func `a record id used again is void`() throws {
    var world = try CaseWorld()
    try world.openClue()
    let referral = try world.refer()
    let again = try world.write(
      try world.composer(Town.fzb).document(
        try world.letter(number: "样法办函〔2023〕9号"), id: referral.document),
      by: Town.fzb)
    #expect(try world.folded(Town.fzb).flaws(in: again).map(\.reason) == [.duplicateRecord])
  }
}
