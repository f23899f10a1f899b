import Casework
import Ledger
import TestSupport
import Testing

/// A fold that is kept from step to step says what a fold from nothing says, and asks no more than
/// a step makes it ask.
@Suite struct `rows that are kept from step to step` {
  private func letters(_ count: Int, in world: inout CaseWorld) throws -> [SentReferral] {
    try world.openClue()
    return try (1...count).map { try world.refer(number: "样法办函〔2023〕\($0)号") }
  }

  @Test func `a step makes the rows of the letter that it touches and of no other`() throws {
    var world = try CaseWorld()
    let letters = try letters(6, in: &world)
    try world.deliver(from: Town.fzb, to: Town.jw)
    var kept = KeptRows(try #require(world.dossier))
    try kept.advance(to: try #require(world.replicas[Town.jw]), world.directory)
    #expect(kept.changed == nil && kept.rows.count > 20)
    let received = try world.act(
      .receive, on: letters[2].document, by: Town.jw, role: .registry)
    #expect(try world.flaw(received, at: Town.jw) == nil)
    try kept.advance(to: try #require(world.replicas[Town.jw]), world.directory)
    let made = try #require(kept.changed).present.filter { $0.table != "casework.clue" }
    #expect(
      made.contains {
        $0.table == "casework.referral" && $0.cells.contains(.uuid(letters[2].document))
          && $0.cells.contains(.text("received"))
      })
    for other in letters where other.document != letters[2].document {
      #expect(!made.contains { $0.cells.contains(.uuid(other.document)) })
    }
    // Nothing new: nothing is made but what stands for the dossier as a whole.
    try kept.advance(to: try #require(world.replicas[Town.jw]), world.directory)
    let again = try #require(kept.changed)
    #expect(again.former == again.present && again.present.count < 10)
  }

  @Test func `what counts no more, and what is to be reviewed, changes the rows of others`()
    throws
  {
    var world = try CaseWorld()
    let letters = try letters(3, in: &world)
    try world.deliver(from: Town.fzb, to: Town.jw)
    var kept = KeptRows(try #require(world.dossier))
    try kept.advance(to: try #require(world.replicas[Town.jw]), world.directory)
    try world.act(.receive, on: letters[2].document, by: Town.jw, role: .registry)
    try kept.advance(to: try #require(world.replicas[Town.jw]), world.directory)
    // FZB forks before its last two letters: they are void, and who received one acted on nothing.
    let id = world.newID()
    try world.write(
      try world.composer(Town.fzb).document(try world.letter(number: "样法办函〔2023〕9号"), id: id),
      by: Town.fzb, after: letters[0].change)
    try world.deliver(from: Town.fzb, to: Town.jw)
    try kept.advance(to: try #require(world.replicas[Town.jw]), world.directory)
    #expect(kept.changed == nil)
    #expect(kept.rows.values.contains { $0.table == "casework.review" })
    try world.act(.receive, on: letters[0].document, by: Town.jw, role: .registry)
    try kept.advance(to: try #require(world.replicas[Town.jw]), world.directory)
    #expect(kept.changed != nil)
  }

  @Test func `a part that comes later is judged with what came after it`() throws {
    var world = try CaseWorld()
    try world.openClue()
    let referral = try world.refer()
    try world.deliver(from: Town.fzb, to: Town.jw)
    world.sealing = [Town.fzb, Town.jw]
    let sheet = world.newID()
    try world.write(
      try world.composer(Town.fzb).document(
        try world.letter(number: "样法办函〔2023〕8号"), id: sheet),
      by: Town.fzb)
    world.sealing = []
    let source = try #require(world.replicas[Town.fzb])
    var reader = DossierGraph(source.id)
    for change in source.changeSets {
      reader.insert(CaseWorld.redacted(change, for: Town.sfj), directory: world.directory)
    }
    var kept = KeptRows(source.id)
    try kept.advance(to: reader, world.directory)
    #expect(kept.rows.values.allSatisfy { !$0.isSealed })
    #expect(kept.rows.values.contains { $0.cells.contains(.uuid(referral.document)) })
    for change in source.changeSets { reader.add(parts: change.parts, to: change.id) }
    try kept.advance(to: reader, world.directory)
    #expect(kept.rows.values.contains { $0.isSealed })
  }

  @Test(arguments: 41...52)
  func `any order of arrival and any place to fold gives the rows of a full fold`(
    seed: UInt64
  ) throws {
    var story = try RandomStory(seed: seed)
    try story.play(90)
    var world = story.world
    for holder in world.replicas.keys.sorted() {
      let source = try #require(world.replicas[holder])
      var graph = DossierGraph(source.id)
      var kept = KeptRows(source.id)
      var waiting = Array(source.changeSets).shuffled(using: &world.random)
      while !waiting.isEmpty {
        let ready = waiting.firstIndex { graph.missing(of: $0.header).isEmpty }
        graph.insert(waiting.remove(at: try #require(ready)), directory: world.directory)
        if world.random.chance(10) { try kept.advance(to: graph, world.directory) }
      }
      try kept.advance(to: graph, world.directory)
      #expect(kept.rows.count > 20)
    }
  }
}
