import Casework
import Ledger
import TestSupport
import Testing

@Suite struct `sealed parts` {
  private func sheet(_ text: String) throws -> Document {
    Document(
      form: .sheet, title: "反映人信息", body: text, drafter: Town.person(Town.fzb, .handler),
      signer: Town.person(Town.fzb, .handler), issuedOn: try CaseWorld.day("2023-03-06"))
  }

  /// A clue with a sheet that only FZB and JW read, and SFJ as a further member.
  private func told() throws -> (world: CaseWorld, sheet: RecordID) {
    var world = try CaseWorld()
    try world.openClue()
    let (letterID, sheetID) = (world.newID(), world.newID())
    let composer = try world.composer(Town.fzb)
    var content = composer.document(try world.letter(cc: [Town.sfj]), id: letterID)
    content.add(
      composer.document(
        try sheet("canary 反映人甲"), id: sheetID, audience: [Town.fzb, Town.jw].sorted()))
    try world.write(content, by: Town.fzb)
    try world.deliver(from: Town.fzb, to: Town.jw, Town.sfj)
    return (world, sheetID)
  }

  @Test func `a sheet is in the tables of its audience and nowhere else`() throws {
    let (world, sheet) = try told()
    for (reader, isHeld) in [(Town.fzb, true), (Town.jw, true), (Town.sfj, false)] {
      let rows = try world.folded(reader).rows
      let sealed = rows.filter { $0.table == "casework.sealed_document" }
      #expect(sealed.count == (isHeld ? 1 : 0))
      let text = rows.map { CopyText.line($0) }.joined()
      #expect(text.contains("canary") == isHeld)
      #expect(try (world.folded(reader).entry(sheet) != nil) == isHeld)
    }
    let digests = try [Town.fzb, Town.jw, Town.sfj].map { try world.folded($0).digest }
    #expect(Set(digests).count == 1)
  }

  @Test func `an act whose audience is not its target's is void`() throws {
    var (world, sheet) = try told()
    let act = Act(
      on: sheet, .document, verb: .revoke, actor: Town.person(Town.fzb, .deputy), role: .deputy,
      date: try CaseWorld.day("2023-03-09"), note: "误附")
    let (id, other) = (world.newID(), world.newID())
    var open = ChangeContent()
    open.add([Record(id: id, author: Town.fzb, .act(act))], audience: [])
    let change = try world.write(open, by: Town.fzb)
    try world.deliver(from: Town.fzb, to: Town.jw, Town.sfj)
    // Nobody learns from the reason of an open act what is sealed, and all say the same.
    for reader in [Town.fzb, Town.jw, Town.sfj] {
      #expect(try world.folded(reader).flaws(in: change).map(\.reason) == [.noTarget])
    }
    let digests = try [Town.fzb, Town.jw, Town.sfj].map { try world.folded($0).digest }
    #expect(Set(digests).count == 1)
    let sealed = try world.write(
      try world.composer(Town.fzb).act(act, id: other), by: Town.fzb)
    #expect(try world.folded(Town.fzb).flaws(in: sealed).isEmpty)
    let folded = try world.folded(Town.fzb)
    #expect(folded.entry(sheet).map { folded.state(ofDocument: $0) } == .revoked)
  }

  @Test func `a mark that rests on a sealed record is in no row of those who lack it`() throws {
    var (world, sheet) = try told()
    let void = try world.act(.revoke, on: sheet, by: Town.fzb, role: .handler) { $0.note = "误附" }
    #expect(try world.flaw(void, at: Town.fzb) == .wrongRole)
    try world.deliver(from: Town.fzb, to: Town.jw, Town.sfj)
    let letter = try #require(
      try world.folded(Town.jw).referrals.first { $0.addressee == Town.jw })
    let received = try world.act(.receive, on: letter.document, by: Town.jw, role: .registry) {
      $0.basis = [void]
    }
    #expect(try world.flaw(received, at: Town.jw) == nil)
    try world.deliver(from: Town.jw, to: Town.fzb, Town.sfj)
    let digests = try [Town.fzb, Town.jw, Town.sfj].map { try world.folded($0).digest }
    #expect(Set(digests).count == 1)
    for (reader, isMarked) in [(Town.fzb, true), (Town.jw, true), (Town.sfj, false)] {
      let rows = try world.folded(reader).rows
      #expect(rows.contains { $0.table == "casework.sealed_review" } == isMarked)
    }
  }

  @Test func `the types that the ledger reads by themselves are those of the records`() {
    #expect(RecordType.document.rawValue == Record.documentType)
    #expect(RecordType.item.rawValue == Record.itemType)
    #expect(RecordType.destruction.rawValue == Record.destructionType)
    #expect(RecordType.disclosure.rawValue == Record.disclosureType)
  }

  @Test func `a sealed act on an open record is void`() throws {
    var (world, _) = try told()
    let referral = try world.refer()
    let act = Act(
      on: referral.document, .document, verb: .revoke, actor: Town.person(Town.fzb, .deputy),
      role: .deputy, date: try CaseWorld.day("2023-03-09"), note: "误附")
    var sealed = ChangeContent()
    sealed.add(
      [Record(id: world.newID(), author: Town.fzb, .act(act))],
      audience: [Town.fzb, Town.jw].sorted())
    let change = try world.write(sealed, by: Town.fzb)
    #expect(try world.folded(Town.fzb).flaws(in: change).map(\.reason) == [.audience])
  }

  @Test func `an id that was used in a sealed part first is the open record's for all`() throws {
    var (world, sheet) = try told()
    let open = try world.write(
      try world.composer(Town.fzb).document(
        try world.letter(number: "样法办函〔2023〕9号"), id: sheet),
      by: Town.fzb)
    try world.deliver(from: Town.fzb, to: Town.jw, Town.sfj)
    for reader in [Town.fzb, Town.jw, Town.sfj] {
      #expect(try world.folded(reader).flaws(in: open).isEmpty)
    }
    let digests = try [Town.fzb, Town.jw, Town.sfj].map { try world.folded($0).digest }
    #expect(Set(digests).count == 1)
  }

  @Test func `sealed minutes with the id of open ones have no say in the open row`() throws {
    // By which of the two change sets has the smaller hash either card may come first.
    for seed in 1...8 {
      var world = try CaseWorld(seed: UInt64(seed))
      try world.openMeeting()
      let minutes = Document(
        form: .minutes, title: "联席会议纪要", body: "会议明确",
        drafter: Town.person(Town.fzb, .handler), signer: Town.person(Town.fzb, .deputy),
        issuedOn: try CaseWorld.day("2023-10-20"), required: [Town.jw],
        meeting: Meeting(series: "联席会议", issue: 3, heldOn: try CaseWorld.day("2023-10-20")))
      let id = world.newID()
      let sealed = try world.write(
        try world.composer(Town.fzb).document(
          minutes, id: id, audience: [Town.fzb, Town.jw].sorted()), by: Town.fzb)
      #expect(try world.folded(Town.fzb).flaws(in: sealed).isEmpty)
      try world.sync()
      try world.answer(.countersign, id, by: Town.jw)
      try world.sync()
      #expect(try world.finalize(id) == nil)
      let open = try world.write(
        try world.composer(Town.fzb).document(minutes, id: id), by: Town.fzb)
      try world.sync()
      var rows: Set<[ProjectedRow]> = []
      for reader in [Town.fzb, Town.jw, Town.sfj] {
        let folded = try world.folded(reader)
        #expect(folded.flaws(in: open).isEmpty)
        rows.insert(folded.rows.filter { $0.table == "casework.document" })
      }
      #expect(rows.count == 1)
      let digests = try [Town.fzb, Town.jw, Town.sfj].map { try world.folded($0).digest }
      #expect(Set(digests).count == 1)
    }
  }

  @Test func `a sealed sheet with the id of a letter takes no clue from the figures`() throws {
    var (world, sheet) = try told()
    try world.write(
      try world.composer(Town.fzb).document(
        try world.letter(number: "样法办函〔2023〕9号"), id: sheet),
      by: Town.fzb)
    try world.deliver(from: Town.fzb, to: Town.jw, Town.sfj)
    for (verb, role, day) in [
      (Verb.receive, Role.registry, "2023-03-08"), (.accept, .caseOffice, "2023-03-09"),
    ] {
      let act = Act(
        on: sheet, .document, verb: verb, actor: Town.person(Town.jw, role), role: role,
        date: try CaseWorld.day(day))
      var content = ChangeContent()
      content.add([Record(id: world.newID(), author: Town.jw, .act(act))], audience: [])
      let change = try world.write(content, by: Town.jw)
      #expect(try world.folded(Town.jw).flaws(in: change).isEmpty, "\(verb)")
    }
    try world.deliver(from: Town.jw, to: Town.fzb, Town.sfj)
    for reader in [Town.fzb, Town.jw, Town.sfj] {
      #expect(try Count([[try world.folded(reader)]])(.clueReferred) == 1, "\(reader)")
    }
  }

  @Test func `a part disclosed later gives the rows it would have given at once`() throws {
    var (world, _) = try told()
    let source = try #require(world.replicas[Town.fzb])
    let reader = try #require(world.replicas[Town.sfj])
    var fold = CaseworkFold.full(reader, roster: world.directory)
    #expect(fold.folded(reader).rows.allSatisfy { !$0.isSealed })
    var disclosed = reader
    for change in source.changeSets { disclosed.add(parts: change.parts, to: change.id) }
    fold.extend(disclosed, roster: world.directory)
    #expect(try fold.folded(disclosed).rows == world.folded(Town.fzb).rows)
    world.replicas[Town.sfj] = disclosed
  }

  @Test func `a part that does not decode is void and the open part stands`() throws {
    var world = try CaseWorld()
    try world.openClue()
    var content = ChangeContent()
    content.membership = [.grant(Grant(agency: Town.sfj, ground: .admit))]
    let foreign = Record(
      id: world.newID(), author: Town.jw, .dossier(Dossier(kind: .clue, title: "x")))
    content.sealed = [Part(audience: [Town.fzb], records: [foreign])]
    let change = try world.write(content, by: Town.fzb)
    let folded = try world.folded(Town.fzb)
    #expect(folded.flaws(in: change).map(\.reason) == [.malformed])
    #expect(folded.members.contains(Town.sfj))
  }
}
