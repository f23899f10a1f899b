import Casework
import Ledger
import TestSupport
import Testing

/// What a host records for the unit it hosts, from the unit's paper.
@Suite struct `recording by a host` {
  private struct Unit {
    var world: CaseWorld
    let letter: RecordID

    /// A letter of FZB to the unit, which FZB hosts.
    init() throws {
      world = try CaseWorld()
      try world.openMeeting()
      letter = world.newID()
      var document = try world.letter(.supervisionLetter, number: "样法督〔2023〕3号")
      document.to = [Town.unit]
      try world.write(
        try world.composer(Town.fzb).document(document, id: letter), by: Town.fzb)
      try world.deliver(from: Town.fzb, to: Town.unit)
    }

    /// The scan of a paper, as people of the host bring it.
    mutating func paper(
      _ fill: (inout Document) -> Void = { _ in }
    ) throws -> (id: RecordID, document: Document) {
      var paper = Document(
        form: .recordedPaper, title: "整改答复",
        attachments: [Casework.Attachment(name: "答复.pdf", size: 5, salt: .zero, root: .zero)],
        drafter: Town.person(Town.fzb, .registry), signer: Town.person(Town.fzb, .registry),
        issuedOn: try CaseWorld.day("2023-03-08"))
      fill(&paper)
      return (world.newID(), paper)
    }

    /// Issues a paper alone; its place, and why it is void.
    mutating func bring(
      by agency: AgencyCode = Town.unit, _ fill: (inout Document) -> Void = { _ in }
    ) throws -> (place: Citation, flaw: Invalidity?) {
      let (id, paper) = try paper(fill)
      let change = try world.write(try world.composer(agency).document(paper, id: id), by: agency)
      let place = Citation(change: change, part: 0, record: 0)
      return (place, try world.flaw(place, at: agency))
    }

    /// An act recorded for the unit; why it is void.
    mutating func record(
      _ verb: Verb = .receive, role: Role = .registry, citing basis: [Citation],
      _ fill: (inout Act) -> Void = { _ in }
    ) throws -> Invalidity? {
      let place = try world.act(verb, on: letter, by: Town.unit, role: role) {
        $0.actor = Town.person(Town.fzb, role)
        $0.recordedBy = Town.fzb
        $0.basis = basis
        fill(&$0)
      }
      return try world.flaw(place, at: Town.unit)
    }
  }

  @Test func `a host records for the unit it hosts, with its own people, and nobody else does`()
    throws
  {
    var unit = try Unit()
    let (paper, flaw) = try unit.bring()
    #expect(flaw == nil)
    let byOther = try unit.record(citing: [paper]) {
      $0.actor = Town.person(Town.jw, .registry)
      $0.recordedBy = Town.jw
    }
    #expect(byOther == .notHeld)
    #expect(try unit.record(citing: [paper]) { $0.recordedBy = nil } == .notHeld)
    let own = try unit.record(citing: [paper]) { $0.actor = Town.person(Town.unit, .registry) }
    #expect(own == .notHeld)
    #expect(try unit.record(citing: [paper]) == nil)
    let seen = try unit.world.folded(Town.unit).referral(unit.letter, at: Town.unit)
    #expect(seen?.state == .received)
  }

  @Test func `what is recorded without the unit's paper is void`() throws {
    var unit = try Unit()
    #expect(try unit.record(citing: []) == .missingBasis)
    let (void, flaw) = try unit.bring { $0.attachments = [] }
    #expect(flaw == .missingBasis)
    #expect(try unit.record(citing: [void]) == .missingBasis)
    // Nobody's paper but the unit's own, though it be a lawful document.
    let letter = try #require(try unit.world.folded(Town.unit).entry(unit.letter))
    #expect(try unit.record(citing: [letter.place]) == .missingBasis)
    #expect(try unit.world.folded(Town.unit).referral(unit.letter, at: Town.unit)?.state == .sent)
  }

  @Test func `a paper may come with its act, and serve several`() throws {
    var unit = try Unit()
    let (id, paper) = try unit.paper()
    let act = Act(
      on: unit.letter, .document, verb: .receive, actor: Town.person(Town.fzb, .registry),
      role: .registry, date: try CaseWorld.day("2023-03-08"), recordedBy: Town.fzb)
    var content = try unit.world.composer(Town.unit).document(paper, id: id)
    let second = unit.world.newID()
    content.records += try unit.world.composer(Town.unit).act(act, id: second).records
    let change = try unit.world.write(content, by: Town.unit)
    #expect(try unit.world.folded(Town.unit).flaws(in: change).isEmpty)
    let place = Citation(change: change, part: 0, record: 0)
    #expect(try unit.record(.accept, role: .sectionHead, citing: [place]) == nil)
  }

  @Test func `a paper is brought by people of the host for an agency that it hosts`() throws {
    var unit = try Unit()
    #expect(try unit.bring { $0.drafter = Town.person(Town.unit, .handler) }.flaw == .notHeld)
    #expect(try unit.bring { $0.signer = Town.person(Town.jw, .handler) }.flaw == .notHeld)
    #expect(try unit.bring { $0.signer = Town.person(Town.fzb, .security) }.flaw == .notHeld)
    #expect(try unit.bring(by: Town.fzb).flaw == .wrongAuthor)
  }

  @Test func `what decides about others is never recorded, nor what the node does by itself`()
    throws
  {
    var unit = try Unit()
    let paper = try unit.bring().place
    for verb in Verb.allCases where !verb.mayBeRecorded && Machines.referral.knows(.verb(verb)) {
      var copy = unit
      #expect(try copy.record(verb, role: .deputy, citing: [paper]) == .wrongAuthor, "\(verb)")
    }
    let byItself = try unit.record(citing: [paper]) {
      ($0.actor, $0.role, $0.automatic) = (nil, nil, true)
    }
    #expect(byItself == .notAutomatic)
  }

  @Test func `a clue is received by the addressee's own people alone`() throws {
    var world = try CaseWorld(hosting: Town.jw)
    try world.openClue()
    let referral = try world.refer()
    try world.deliver(from: Town.fzb, to: Town.jw)
    var unit = try Unit()
    let paper = try unit.paper().document
    let id = world.newID()
    let change = try world.write(try world.composer(Town.jw).document(paper, id: id), by: Town.jw)
    #expect(try world.folded(Town.jw).flaws(in: change).isEmpty)
    let place = try world.act(.receive, on: referral.document, by: Town.jw, role: .registry) {
      $0.actor = Town.person(Town.fzb, .registry)
      $0.recordedBy = Town.fzb
      $0.basis = [Citation(change: change, part: 0, record: 0)]
    }
    #expect(try world.flaw(place, at: Town.jw) == .wrongAuthor)
  }
}
