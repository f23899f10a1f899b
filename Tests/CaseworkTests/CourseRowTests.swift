import Casework
import Ledger
import TestSupport
import Testing

@Suite struct `rows of courses` {
  /// The last stage of each course before the archive, with what leads there.
  private static let ends: [CourseKind: Stage] = [
    .inspection: .completed, .petition: .reexamination, .enforcement: .closed,
    .issue: .concluded, .demonstration: .designated, .upperFeedback: .archived,
    .report: .published, .assessment: .published, .plan: .approved, .expertPool: .evaluated,
  ]

  private func cell(_ row: ProjectedRow, _ column: String) throws -> Cell {
    let table = try #require(Tables.table(row.table))
    return row.cells[try #require(table.columns.firstIndex { $0.name == column })]
  }

  @Test(arguments: CourseKind.allCases)
  func `are those of a full fold after any order of deliveries, and say what the card says`(
    _ kind: CourseKind
  ) throws {
    var staged = try StagedCourse(kind)
    try staged.reach(try #require(Self.ends[kind]))
    let expected = try staged.world.folded(Town.fzb).rows
    for reader in staged.world.replicas.keys.sorted() {
      #expect(try staged.world.folded(reader).rows == expected, "\(reader)")
    }
    let source = try #require(staged.world.replicas[Town.fzb])
    for _ in 0..<4 {
      var graph = DossierGraph(source.id)
      var fold = CaseworkFold(source.id)
      var waiting = Array(source.changeSets).shuffled(using: &staged.world.random)
      while !waiting.isEmpty {
        let ready = waiting.firstIndex { graph.missing(of: $0.header).isEmpty }
        graph.insert(
          waiting.remove(at: try #require(ready)), directory: staged.world.directory)
        fold.extend(graph, roster: staged.world.directory)
      }
      #expect(fold.folded(graph).rows == expected)
    }
    let card = try staged.card()
    let row = try #require(
      try expected.first {
        try $0.table == "casework.course" && cell($0, "subject") == .uuid(card.subject)
      })
    #expect(try cell(row, "stage") == .text(card.stage.rawValue))
    #expect(try cell(row, "machine") == .text(kind.course.machine.name))
    #expect(try cell(row, "begun_on") == .date(card.begunOn))
    #expect(try cell(row, "amount") == .int(card.amount))
    #expect(try cell(row, "review") == .bool(false))
    let kinds = [kind.dossier.rawValue, kind.form?.rawValue, ItemKind.expert.rawValue]
    let code = kind == .expertPool ? kinds[2] : kinds[1] ?? kinds[0]
    #expect(try cell(row, "kind") == .text(try #require(code)))
    let secondments = expected.filter { $0.table == "casework.secondment" }
    #expect(secondments.count == card.secondments.count)
    #expect(
      try Set(secondments.map { try cell($0, "outcome") })
        == Set(card.secondments.map { .text($0.outcome.rawValue) }))
    for row in expected {
      let table = try #require(Tables.table(row.table))
      #expect(row.cells.count == table.columns.count, "\(row.table)")
      for (cell, column) in zip(row.cells, table.columns) {
        #expect(cell.type == nil || cell.type == column.type, "\(row.table).\(column.name)")
        #expect(column.isNullable || cell != .null, "\(row.table).\(column.name)")
      }
    }
  }

  @Test func `say when a petition was accepted, in so many words or by beginning`() throws {
    var staged = try StagedCourse(.petition)
    #expect(try staged.card().acceptedOn == nil)
    try staged.reach(.accepted)
    let accepted = try #require(try staged.card().acceptedOn)
    #expect(try staged.card().stageOn == accepted)
    let machine = Machines.petition.machine
    #expect(try staged.take(try #require(machine.rule(.stage(.handling), from: .accepted))) == nil)
    #expect(try staged.card().acceptedOn == accepted)

    var given = try StagedCourse(.petition)
    try given.reach(.transferred)
    #expect(try given.card().acceptedOn == nil)
    #expect(
      try given.take(try #require(machine.rule(.stage(.handling), from: .transferred))) == nil)
    try given.world.sync()
    let card = try given.card()
    #expect(card.acceptedOn != nil && card.acceptedOn == card.stageOn)
  }

  @Test func `say since when a dispute and a request for more time wait`() throws {
    var world = try CaseWorld()
    try world.openClue()
    let (id, itemID) = (world.newID(), world.newID())
    var letter = try world.letter(.supervisionLetter, number: "样法督〔2023〕1号")
    letter.to = [Town.sfj]
    let item = Item(document: id, number: 1, kind: .direction, text: "事项", unit: Town.sfj)
    let content = try world.composer(Town.fzb).document(
      letter, id: id, items: [(id: itemID, item: item)])
    try world.write(content, by: Town.fzb)
    try world.deliver(from: Town.fzb, to: Town.sfj)
    let later = try CaseWorld.day("2023-07-01")
    let disputed = try world.act(.dispute, on: itemID, .item, by: Town.sfj, role: .head) {
      $0.note = "说明"
    }
    let asked = try world.act(
      .requestExtension, on: itemID, .item, by: Town.sfj, role: .sectionHead, on: "2023-03-09"
    ) {
      $0.reason = "complex"
      $0.dueOn = later
    }
    try world.sync()
    let waiting = try #require(try world.folded(Town.fzb).item(itemID))
    #expect(waiting.disputedOn?.description == "2023-03-08")
    #expect(waiting.askedOn?.description == "2023-03-09")
    try world.act(.dismissDispute, on: itemID, .item, by: Town.fzb, role: .deputy) {
      $0.basis = [disputed]
      $0.note = "说明"
    }
    try world.act(.deny, on: itemID, .item, by: Town.fzb, role: .sectionHead) {
      $0.basis = [asked]
    }
    let answered = try #require(try world.folded(Town.fzb).item(itemID))
    #expect(answered.disputedOn == nil && answered.askedOn == nil)
  }
}
