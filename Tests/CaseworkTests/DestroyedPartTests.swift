import Casework
import Ledger
import TestSupport
import Testing

/// What the tables say of parts that were opened to others or destroyed.
@Suite struct `parts opened or destroyed later` {
  /// A clue with a sheet for FZB and JW beside its letter, of which SFJ has a copy.
  private struct Told {
    var world: CaseWorld
    let sheet: RecordID
    let change: ChangeSetID

    var place: PartPlace { PartPlace(change: change, part: 1) }

    init() throws {
      var world = try CaseWorld()
      try world.openClue()
      let composer = try world.composer(Town.fzb)
      let audience = [Town.fzb, Town.jw].sorted()
      let (letter, sheet) = (world.newID(), world.newID())
      var content = composer.document(try world.letter(cc: [Town.sfj]), id: letter)
      let document = Document(
        form: .sheet, title: "反映人信息", body: "canary 反映人甲",
        drafter: Town.person(Town.fzb, .handler), signer: Town.person(Town.fzb, .deputy),
        issuedOn: try CaseWorld.day("2023-03-06"))
      content.add(composer.document(document, id: sheet, audience: audience))
      change = try world.write(content, by: Town.fzb)
      try world.deliver(from: Town.fzb, to: Town.jw, Town.sfj)
      (self.world, self.sheet) = (world, sheet)
    }

    private func cite(_ place: PartPlace) -> Citation {
      Citation(change: place.change, part: place.part, record: 0)
    }

    mutating func destroy(
      _ place: PartPlace? = nil, by author: AgencyCode = Town.fzb
    ) throws -> ChangeSetID {
      let destruction = Destruction(
        actor: Town.person(author, .deputy), role: .deputy,
        on: try CaseWorld.day("2023-06-01"), decision: "样法销〔2023〕1号", reason: "期满")
      var content = ChangeContent()
      content.records = [
        Record(
          id: world.newID(), author: author, revises: cite(place ?? self.place),
          .destruction(destruction))
      ]
      return try world.write(content, by: author)
    }

    mutating func disclose(
      to reader: AgencyCode, by author: AgencyCode = Town.fzb
    ) throws -> ChangeSetID {
      let disclosure = Disclosure(
        actor: Town.person(author, .deputy), role: .deputy,
        on: try CaseWorld.day("2023-05-01"), reason: "复查需要")
      var content = ChangeContent()
      content.sealed = [
        Part(
          audience: [author, reader].sorted(),
          records: [
            Record(
              id: world.newID(), author: author, revises: cite(place), .disclosure(disclosure))
          ])
      ]
      return try world.write(content, by: author)
    }

    func rows(_ table: String, at agency: AgencyCode) throws -> [ProjectedRow] {
      try world.folded(agency).rows.filter { $0.table == table }
    }
  }

  private static let members = [Town.fzb, Town.jw, Town.sfj]

  @Test func `a destroyed sheet leaves the tables, and its destruction stands in every replica`()
    throws
  {
    var told = try Told()
    #expect(try told.rows("casework.sealed_document", at: Town.jw).count == 1)
    _ = try told.world.seen(Town.jw)
    let change = try told.destroy()
    try told.world.deliver(from: Town.fzb, to: Town.jw, Town.sfj)
    for agency in Self.members {
      let folded = try told.world.folded(agency)
      #expect(folded.flaws(in: change).isEmpty)
      #expect(folded.entry(told.sheet) == nil)
      #expect(!folded.rows.map { CopyText.line($0) }.joined().contains("canary"))
      let rows = try told.rows("casework.destruction", at: agency)
      #expect(rows.count == 1)
      let text = rows.map { CopyText.line($0) }.joined()
      let hash = try #require(
        told.world.replicas[agency]?.changeSet(told.change)?.header.parts[1])
      #expect(text.contains(told.change.hex) && text.contains(hash.hex))
      #expect(text.contains("样法销〔2023〕1号"))
    }
    let digests = try Self.members.map { try told.world.folded($0).digest }
    #expect(Set(digests).count == 1 && digests[0] != nil)
    // A fold that grew with its replica comes to the same.
    let grown = try told.world.seen(Town.jw).rows
    #expect(try grown == told.world.folded(Town.jw).rows)
  }

  @Test func `a destruction by anybody but the author is void with a reason`() throws {
    var told = try Told()
    let change = try told.destroy(by: Town.jw)
    try told.world.deliver(from: Town.jw, to: Town.fzb, Town.sfj)
    for agency in Self.members {
      #expect(
        try told.world.folded(agency).flaws(in: change).map(\.reason) == [.wrongAuthor])
      #expect(try told.rows("casework.destruction", at: agency).isEmpty)
      #expect(try told.rows("casework.void", at: agency).count == 1)
    }
    #expect(try told.rows("casework.sealed_document", at: Town.jw).count == 1)
  }

  @Test func `a part with acts stays, and only who has it is told that its destruction is void`()
    throws
  {
    var told = try Told()
    let act = Act(
      on: told.sheet, .document, verb: .revoke, actor: Town.person(Town.fzb, .deputy),
      role: .deputy, date: try CaseWorld.day("2023-03-09"), note: "误附")
    let acting = try told.world.write(
      try told.world.composer(Town.fzb).act(act, id: told.world.newID()), by: Town.fzb)
    _ = try told.destroy(PartPlace(change: acting, part: 1))
    try told.world.deliver(from: Town.fzb, to: Town.jw, Town.sfj)
    for agency in [Town.fzb, Town.jw] {
      #expect(try told.rows("casework.sealed_act", at: agency).count == 1)
      let text = try told.rows("casework.sealed_void", at: agency).map { CopyText.line($0) }
      #expect(text.count == 1 && text.joined().contains("carriesActs"))
    }
    #expect(try told.rows("casework.sealed_void", at: Town.sfj).isEmpty)
    let digests = try Self.members.map { try told.world.folded($0).digest }
    #expect(Set(digests).count == 1)
  }

  @Test func `a disclosure is in the tables of those to whom it opens the part, and nowhere else`()
    throws
  {
    var told = try Told()
    let change = try told.disclose(to: Town.sfj)
    try told.world.deliver(from: Town.fzb, to: Town.jw, Town.sfj)
    #expect(try told.world.folded(Town.fzb).flaws(in: change).isEmpty)
    for (agency, count) in [(Town.fzb, 1), (Town.sfj, 1), (Town.jw, 0)] {
      #expect(try told.rows("casework.sealed_disclosure", at: agency).count == count)
    }
    // What was opened keeps the audience that it names: its rows are those of the other readers.
    let parts = try #require(told.world.replicas[Town.fzb]?.changeSet(told.change)?.parts)
    told.world.replicas[Town.sfj]?.add(parts: parts, to: told.change)
    let (own, other) = (
      try told.rows("casework.sealed_document", at: Town.sfj),
      try told.rows("casework.sealed_document", at: Town.jw)
    )
    #expect(own.count == 1 && own == other)
  }

  @Test func `a disclosure by anybody but the author is void with a reason`() throws {
    var told = try Told()
    let change = try told.disclose(to: Town.sfj, by: Town.jw)
    try told.world.deliver(from: Town.jw, to: Town.fzb, Town.sfj)
    #expect(try told.world.folded(Town.jw).flaws(in: change).map(\.reason) == [.wrongAuthor])
    #expect(try told.rows("casework.sealed_void", at: Town.sfj).count == 1)
    #expect(try told.rows("casework.sealed_void", at: Town.fzb).isEmpty)
    let graph = try #require(told.world.replicas[Town.sfj])
    #expect(graph.openedTo(told.place, in: nil).isEmpty)
  }

  @Test func `a record about a part reads its own bytes and refuses any other`() throws {
    let actor = Town.person(Town.fzb, .head)
    let day = try CaseWorld.day("2023-06-01")
    let contents: [CaseRecord.Content] = [
      .destruction(
        Destruction(actor: actor, role: .head, on: day, decision: "一", reason: "二")),
      .disclosure(Disclosure(actor: actor, role: .deputy, on: day, reason: "三")),
    ]
    for content in contents {
      let record = Record(id: actor, author: Town.fzb, content)
      guard case .record(let read) = CaseRecord.read(record) else {
        Issue.record("\(content) is lawful")
        continue
      }
      #expect(read.content == content)
      var longer = record
      longer.body += [0x0A, 0]
      #expect(CaseRecord.read(longer) == .flawed(RecordFlaw.form))
    }
  }
}

extension RecordFlaw {
  /// Not in its one lawful form.
  fileprivate static var form: RecordFlaw {
    let empty = Record(id: Town.person(Town.fzb, .head), type: 8, author: Town.fzb, body: [0xFF])
    guard case .flawed(let flaw) = CaseRecord.read(empty) else {
      preconditionFailure("no message")
    }
    return flaw
  }
}
