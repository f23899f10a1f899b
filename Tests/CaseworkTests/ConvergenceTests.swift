import Casework
import Ledger
import TestSupport
import Testing

/// Random steps at random agencies, lawful or not, with deliveries whenever chance says so.
struct RandomStory {
  var world: CaseWorld
  private var targets: [(id: RecordID, type: RecordType)] = []

  init(seed: UInt64) throws {
    world = try CaseWorld(seed: seed)
    try world.openClue()
    let cover = try #require(try world.folded(Town.fzb).coverEntry)
    targets = [(cover.record.id, .dossier)]
    let referral = try world.refer()
    targets.append((referral.document, .document))
    try world.deliver(from: Town.fzb, to: Town.jw)
  }

  mutating func play(_ steps: Int) throws {
    for _ in 0..<steps { try step() }
    try world.sync()
  }

  private mutating func pick<Element>(_ list: [Element]) throws -> Element {
    try #require(list.randomElement(using: &world.random))
  }

  private mutating func step() throws {
    let holders = world.replicas.keys.sorted()
    let agency = try pick(holders)
    switch UInt8.random(in: 0..<20, using: &world.random) {
    case 0..<5:
      let reader = try pick([Town.fzb, Town.jw, Town.countyJW, Town.sfj])
      if reader != agency { try world.deliver(from: agency, to: reader) }
    case 5: try letter(by: agency)
    case 6: try result(by: agency)
    case 7..<11: try act(by: agency)
    default: try lawfulStep(by: agency)
    }
  }

  private mutating func letter(by agency: AgencyCode) throws {
    let form = try pick([DocumentForm.referral, .supervisionLetter, .report])
    let (id, itemID) = (world.newID(), world.newID())
    var document = try world.letter(form, by: agency, number: "样法督〔2023〕1号")
    document.to = [try pick([Town.jw, Town.countyJW, Town.sfj])]
    let kind: ItemKind = form == .referral ? .cluePoint : .direction
    let item = Item(document: id, number: 1, kind: kind, text: "事项", unit: document.to.first)
    let content = try world.composer(agency).document(
      document, id: id, items: form == .report ? [] : [(id: itemID, item: item)])
    try world.write(content, by: agency)
    targets += [(id, .document), (itemID, .item)]
  }

  private mutating func act(by agency: AgencyCode) throws {
    let (target, type) = try pick(targets)
    let verb = try pick(Verb.allCases)
    var act = Act(
      on: target, type, verb: verb, actor: nil, role: nil,
      date: try CaseWorld.day("2023-04-01"), note: "说明")
    let role = try pick(try lawfulRoles(verb) + Town.roles)
    act.actor = Town.person(agency, role)
    act.role = role
    act.agencies = [try pick([Town.jw, Town.countyJW, Town.sfj, Town.countyFZB])]
    act.reason = try pick(["incomplete", "evidenceLacking", "complex", "direct"])
    let kinds: [String] =
      switch verb {
      case .advance: Stage.allCases.map(\.rawValue)
      case .urge: SupervisionLevel.allCases.map(\.rawValue)
      default: Disposition.allCases.map(\.rawValue) + ["filed"]
      }
    act.kind = try pick(kinds)
    act.points = [.merge, .relate].contains(verb) ? [world.newID()] : []
    act.final = Bool.random(using: &world.random)
    act.dueOn = try CaseWorld.day("2023-05-01")
    let id = world.newID()
    let previous = try forkPoint(agency)
    try world.write(try world.composer(agency).act(act, id: id), by: agency, after: previous)
  }

  /// A step that some row of a machine allows the agency now.
  private mutating func lawfulStep(by agency: AgencyCode) throws {
    let folded = try world.seen(agency)
    var choices: [(target: RecordID, type: RecordType, step: Step, roles: Set<Role>)] = []
    for card in folded.referrals where card.addressee == agency {
      for rule in Machines.referral.rules where rule.from.contains(card.state) {
        choices.append((card.document, .document, rule.step, rule.roles.discipline))
      }
    }
    for card in folded.items where card.unit == agency || card.issuer == agency {
      for rule in Machines.item.rules where rule.from.contains(card.state) {
        choices.append((card.item, .item, rule.step, rule.roles.discipline))
      }
    }
    for card in folded.handlings where card.body == agency {
      for rule in Machines.handling.rules where rule.from.contains(card.stage) {
        choices.append((card.document, .document, rule.step, rule.roles.discipline))
      }
    }
    guard !choices.isEmpty else { return }
    let choice = try pick(choices)
    var act = Act(
      on: choice.target, choice.type, verb: .dispose, actor: nil, role: nil,
      date: try CaseWorld.day("2023-04-01"), note: "说明")
    switch choice.step {
    case .verb(let verb): act.verb = verb
    case .disposition(let disposition): act.kind = disposition.rawValue
    case .level(let level):
      act.verb = .urge
      act.kind = level.rawValue
    default: return try result(by: agency)
    }
    try fill(&act, roles: choice.roles, by: agency)
    let id = world.newID()
    try world.write(try world.composer(agency).act(act, id: id), by: agency)
  }

  private mutating func fill(
    _ act: inout Act, roles: Set<Role>, by agency: AgencyCode
  ) throws {
    let role = try pick(Role.allCases.filter(roles.contains))
    act.actor = Town.person(agency, role)
    act.role = role
    if [.forward, .reassign].contains(act.verb) {
      act.agencies = [try pick([Town.countyJW, Town.jw])]
    }
    if act.verb == .feedBack { act.kind = "registered" }
    act.reason = try pick(["incomplete", "evidenceLacking", "complex", "direct"])
    act.dueOn = try CaseWorld.day("2023-05-01")
  }

  private func lawfulRoles(_ verb: Verb) throws -> [Role] {
    let roles =
      Machines.referral.rules.filter { $0.step == .verb(verb) }.map(\.roles.discipline)
      + Machines.item.rules.filter { $0.step == .verb(verb) }.map(\.roles.discipline)
    let all = roles.flatMap { $0 }.filter(Town.roles.contains)
    let sorted = Role.allCases.filter(all.contains)
    return sorted + sorted + sorted
  }

  /// Rarely an older change set of its own, as a restored backup would go on from.
  private mutating func forkPoint(_ agency: AgencyCode) throws -> ChangeSetID? {
    guard UInt8.random(in: 0..<150, using: &world.random) == 0,
      let graph = world.replicas[agency], graph.chain(of: agency).count > 1
    else { return nil }
    return graph.chain(of: agency).dropLast().last
  }

  private mutating func result(by agency: AgencyCode) throws {
    let letters = targets.filter { $0.type == .document }
    let kind = try pick(ResultKind.allCases.filter(\.isDiscipline))
    let measure = try #require(Measure(.party, "warning"))
    let clue = try pick(letters).id
    let filings = try world.seen(agency).entries.filter { $0.result?.kind == .caseFiled }
    let result = Result(
      kind: kind, on: try CaseWorld.day("2023-06-12"),
      caseFiled: filings.randomElement(using: &world.random)?.record.id, measures: [measure],
      personKey: "P-001", actor: Town.person(agency, .caseOffice), role: .caseOffice, clue: clue)
    let id = world.newID()
    try world.write(try world.composer(agency).result(result, id: id), by: agency)
    targets.append((id, .result))
  }
}

@Suite struct `equal sets give equal rows` {
  @Test(arguments: 1...12)
  func `any order and any cutting of deliveries gives the rows of a full fold`(seed: UInt64) throws
  {
    var story = try RandomStory(seed: seed)
    try story.play(90)
    var world = story.world
    let expected = try world.folded(Town.fzb).rows
    #expect(expected.count > 20)
    for reader in world.replicas.keys.sorted() {
      #expect(try world.folded(reader).rows == expected, "\(reader)")
    }
    let source = try #require(world.replicas[Town.fzb])
    for _ in 0..<3 {
      var graph = DossierGraph(source.id)
      var fold = CaseworkFold(source.id)
      var waiting = Array(source.changeSets).shuffled(using: &world.random)
      while !waiting.isEmpty {
        let ready = waiting.firstIndex { graph.missing(of: $0.header).isEmpty }
        let next = waiting.remove(at: try #require(ready))
        graph.insert(next, directory: world.directory)
        if UInt8.random(in: 0..<4, using: &world.random) == 0 {
          fold.extend(graph, roster: world.directory)
        }
      }
      fold.extend(graph, roster: world.directory)
      #expect(fold.folded(graph).rows == expected)
    }
  }

  @Test(arguments: 21...24)
  func `every row has the cells of its table and a key of its own`(seed: UInt64) throws {
    var story = try RandomStory(seed: seed)
    try story.play(60)
    let rows =
      try story.world.folded(Town.fzb).rows + DirectoryRows.rows(story.world.directory)
    var keys: Set<[Cell]> = []
    for row in rows {
      let table = try #require(Tables.table(row.table))
      #expect(row.cells.count == table.columns.count, "\(row.table)")
      for (cell, column) in zip(row.cells, table.columns) {
        #expect(cell.type == nil || cell.type == column.type, "\(row.table).\(column.name)")
        #expect(column.isNullable || cell != .null, "\(row.table).\(column.name)")
        #expect(!column.isNullable || cell != .text(""), "\(row.table).\(column.name)")
      }
      let key = [.text(row.table)] + table.keyPositions.map { row.cells[$0] }
      #expect(keys.insert(key).inserted, "\(key)")
    }
  }

  @Test func `random stories reach the states the machines speak of`() throws {
    var states: Set<String> = []
    var reasons: Set<String> = []
    for seed in 31...40 as ClosedRange<UInt64> {
      var story = try RandomStory(seed: seed)
      try story.play(90)
      let folded = try story.world.folded(Town.fzb)
      states.formUnion(folded.referrals.map(\.state.rawValue))
      states.formUnion(folded.items.map(\.state.rawValue))
      for row in folded.rows where row.table == "casework.void" {
        if case .text(let reason) = row.cells[7] { reasons.insert(reason) }
      }
    }
    #expect(states.isSuperset(of: ["sent", "received", "accepted"]))
    #expect(
      reasons.isSuperset(of: ["wrongState", "wrongAuthor", "wrongRole", "notCounted"]), "\(reasons)"
    )
  }
}
