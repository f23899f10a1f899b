import Casework
import Ledger
import TestSupport
import Testing

@Suite struct `courses that cross` {
  private func rule(_ staged: StagedCourse, _ stage: Stage) throws -> Rule<Stage> {
    try #require(staged.kind.course.machine.rules.first { $0.step == .stage(stage) })
  }

  @Test func `race K12 an archive stands, what came late is marked, and its home opens it again`()
    throws
  {
    var staged = try StagedCourse(.upperFeedback)
    let archive = try rule(staged, .archived)
    #expect(try staged.take(archive) == nil)
    // JW has not heard of it yet.
    _ = try staged.issueLate(.report, by: Town.jw)
    try staged.world.sync()
    for reader in [Town.fzb, Town.jw, Town.sfj] {
      let card = try staged.card(at: reader)
      #expect(card.stage == .archived && card.isLate)
    }
    // Who knows of it writes nothing more, the home among them.
    for agency in [Town.jw, Town.fzb] {
      var copy = staged
      #expect(try copy.issueLate(.report, by: agency) == .archived)
    }
    let cover = staged.subject
    for agency in [Town.fzb, Town.jw] {
      var copy = staged
      let place = try copy.world.act(
        .relate, on: cover, .dossier, by: agency, role: .handler
      ) { $0.points = [Town.person(Town.gsl, .head)] }
      #expect(try copy.world.flaw(place, at: agency) == nil)
    }
    let reopen = try rule(staged, .opened)
    var other = staged
    #expect(try other.take(reopen, by: Town.jw) == .wrongAuthor)
    #expect(try staged.take(reopen) == nil)
    #expect(try staged.card().stage == .opened)
    #expect(try staged.issueLate(.report, by: Town.fzb) == nil)
  }

  @Test func `nothing is archived or accepted while an item is open, but for long-term ones`()
    throws
  {
    var staged = try StagedCourse(.inspection)
    try staged.reach(.rectifying)
    let (id, itemID) = (staged.world.newID(), staged.world.newID())
    let item = Item(document: id, number: 1, kind: .finding, text: "问题", unit: Town.sfj)
    try staged.world.write(
      try staged.world.composer(Town.fzb).document(
        try staged.letter(.feedback, by: Town.fzb, to: [Town.sfj]), id: id,
        items: [(id: itemID, item: item)]), by: Town.fzb)
    try staged.world.sync()
    let accept = try rule(staged, .completed)
    var blocked = staged
    #expect(try blocked.take(accept) == .itemsOpen)
    let later = try CaseWorld.day("2024-06-30")
    let place = try staged.world.act(
      .prolong, on: itemID, .item, by: Town.fzb, role: .deputy
    ) {
      $0.note = "长期整改"
      $0.dueOn = later
    }
    #expect(try staged.world.flaw(place, at: Town.fzb) == nil)
    let card = try #require(try staged.world.folded(Town.fzb).item(itemID))
    #expect(card.isLongTerm && card.dueOn == later && card.state == .issued)
    #expect(try staged.take(accept) == nil)
    #expect(try staged.card().stage == .completed)
  }

  @Test func `race K15 an approval that overlaps an approved one is void, another period is not`()
    throws
  {
    var staged = try StagedCourse(.expertPool)
    try staged.reach(.inPool)
    let periods = ["2023-05-01/2023-05-31", "2023-05-31/2023-06-30", "2023-07-01/2023-07-31"]
    let letter = try staged.issue(.secondmentRequest, by: Town.sfj)
    let expert = staged.subject
    var requests: [Citation] = []
    for period in periods {
      let place = try staged.world.act(
        .advance, on: expert, .item, by: Town.sfj, role: .deputy
      ) {
        $0.kind = "requested"
        $0.reason = period
        $0.basis = [letter]
      }
      #expect(try staged.world.flaw(place, at: Town.sfj) == nil)
      requests.append(place)
    }
    try staged.world.sync()
    var flaws: [Invalidity?] = []
    for request in requests {
      let place = try staged.world.act(
        .advance, on: expert, .item, by: Town.fzb, role: .head
      ) {
        $0.kind = "approved"
        $0.basis = [request]
      }
      flaws.append(try staged.world.flaw(place, at: Town.fzb))
    }
    #expect(flaws == [nil, .overlap, nil])
    try staged.world.sync()
    for reader in [Town.fzb, Town.sfj, Town.gsl] {
      let card = try staged.card(at: reader)
      #expect(card.stage == .approved)
      #expect(card.secondments.map(\.outcome) == [.approved, .open, .approved])
    }
  }

  @Test func `a court's end of a case stands beside a plan that its debtor wrote unseen`() throws {
    var staged = try StagedCourse(.enforcement)
    try staged.reach(.performing)
    let assigned = try #require(
      StagedCourse.way(staged.kind.course, to: .planAgreed)?.first)
    var early = try StagedCourse(.enforcement)
    #expect(try early.take(assigned) == nil)
    try early.world.sync()
    let settle = try rule(early, .settled)
    let plan = try rule(early, .planAgreed)
    #expect(try early.take(plan) == nil)
    #expect(try early.take(settle) == nil)
    try early.world.sync()
    for reader in [Town.fzb, Town.fy, Town.sfj, Town.gsl] {
      #expect(try early.card(at: reader).stage == .settled)
    }
    // What is in parts adds up, and a revoked part is taken out again.
    let part = try #require(
      staged.kind.course.machine.rule(.result(.performed), from: .performing))
    #expect(try staged.take(part) == nil)
    try staged.world.sync()
    #expect(try staged.card().amount == 24_690)
    let place = try #require(
      try staged.world.folded(Town.fy).entries.last { $0.result != nil }?.place)
    var revoked = try #require(try staged.world.folded(Town.fy).entry(at: place)?.result)
    revoked.revoked = true
    revoked.role = .head
    revoked.actor = Town.person(Town.fy, .head)
    revoked.note = "重复确认"
    let id = staged.world.newID()
    try staged.world.write(
      try staged.world.composer(Town.fy).result(revoked, id: id, revising: place), by: Town.fy)
    try staged.world.sync()
    #expect(try staged.card().amount == 12_345)
    #expect(try staged.card().results == 1)
  }

  @Test func `race K5 figures are reconciled by each contributor's last word on this very text`()
    throws
  {
    var staged = try StagedCourse(.report)
    let reconcile = try rule(staged, .reconciled)
    let confirm = try rule(staged, .confirmed)
    let dispute = try rule(staged, .disputed)
    #expect(try staged.take(confirm) == nil)
    try staged.world.sync()
    #expect(try staged.card().confirmed == [Town.sfj])
    #expect(try staged.take(dispute) == nil)
    try staged.world.sync()
    #expect(try staged.card().confirmed == [])
    #expect(try staged.card().disputed == [Town.sfj])
    var copy = staged
    #expect(try copy.take(reconcile, isBare: true) == .unanswered)
    // The author goes on before it hears of a new dispute: what it published stands (K6).
    #expect(try staged.take(reconcile) == nil)
    try staged.world.sync()
    let publish = try rule(staged, .published)
    #expect(try staged.take(publish) == nil)
    #expect(try staged.take(dispute) == nil)
    try staged.world.sync()
    for reader in [Town.fzb, Town.sfj, Town.fy] {
      let card = try staged.card(at: reader)
      #expect(card.stage == .published && card.disputed == [Town.sfj])
    }
    let correct = try rule(staged, .corrected)
    for _ in 1...2 { #expect(try staged.take(correct) == nil) }
    #expect(try staged.card().corrections == 2)
  }

  @Test func `a transfer that is objected to goes back and to somebody else`() throws {
    var staged = try StagedCourse(.petition)
    try staged.reach(.objected)
    #expect(try staged.card().handler == nil)
    let transfer = try rule(staged, .transferred)
    #expect(try staged.take(transfer) == nil)
    try staged.world.sync()
    #expect(try staged.card(at: Town.gsl).handler == Town.sfj)
    // The home has given it away and closes nothing.
    let handle = try rule(staged, .handling)
    var other = staged
    #expect(try other.take(handle, by: Town.fzb) == .wrongAuthor)
  }

  @Test func `scenario S17 a stage or a level of a later build asks for an upgrade`() throws {
    var staged = try StagedCourse(.petition)
    let subject = staged.subject
    for (verb, kind) in [(Verb.advance, "digitalised"), (.urge, "sixth")] {
      var copy = staged
      try copy.world.act(verb, on: subject, .dossier, by: Town.fzb, role: .head) {
        $0.kind = kind
      }
      let folded = try copy.world.folded(Town.fzb)
      #expect(folded.unknown == ["kind:\(kind)"])
      #expect(folded.needsUpgrade && folded.digest == nil)
    }
    try staged.world.act(.dispose, on: subject, .dossier, by: Town.fzb, role: .head) {
      $0.kind = "later"
    }
    #expect(try !staged.world.folded(Town.fzb).needsUpgrade)
  }
}

extension StagedCourse {
  /// Writes a document without telling anybody; why it is void, if it is.
  mutating func issueLate(_ form: DocumentForm, by agency: AgencyCode) throws -> Invalidity? {
    let document = try letter(form, by: agency, to: [])
    let id = world.newID()
    let change = try world.write(
      try world.composer(agency).document(document, id: id), by: agency)
    return try world.folded(agency).flaws(in: change).first?.reason
  }
}

@Suite struct `the order of steps` {
  @Test(arguments: [("2023-05-01", "2023-05-01"), ("2023-02-28", "2023-03-01")])
  func `a period is read from its one form`(_ first: String, _ last: String) throws {
    let period = try #require(Period("\(first)/\(last)"))
    #expect(period.description == "\(first)/\(last)")
    #expect(period.overlaps(period))
  }

  @Test(arguments: [
    "", "2023-05-01", "2023-05-02/2023-05-01", "2023-05-01/2023-05-01/2023-05-01",
    "2023-5-1/2023-05-02", "2023-02-30/2023-03-01", " 2023-05-01/2023-05-02",
  ])
  func `anything else is no period`(_ text: String) {
    #expect(Period(text) == nil)
  }

  @Test(arguments: 1...4)
  func `courses are equal whatever order and cutting their steps arrive in`(
    seed: UInt64
  ) throws {
    for kind in CourseKind.allCases {
      var story = try CourseStory(kind, seed: seed)
      try story.play(45)
      var world = story.staged.world
      let expected = try world.folded(Town.fzb)
      for reader in world.replicas.keys.sorted() {
        let other = try world.folded(reader)
        #expect(other.courses == expected.courses && other.digest == expected.digest)
        #expect(other.rows.filter { !$0.isSealed } == expected.rows.filter { !$0.isSealed })
      }
      let source = try #require(world.replicas[Town.fzb])
      var graph = DossierGraph(source.id)
      var fold = CaseworkFold(source.id)
      var waiting = Array(source.changeSets).shuffled(using: &story.random)
      while !waiting.isEmpty {
        let ready = waiting.firstIndex { graph.missing(of: $0.header).isEmpty }
        graph.insert(
          waiting.remove(at: try #require(ready)), directory: world.directory)
        if UInt8.random(in: 0..<4, using: &story.random) == 0 {
          fold.extend(graph, roster: world.directory)
          _ = fold.folded(graph)
        }
      }
      fold.extend(graph, roster: world.directory)
      #expect(fold.folded(graph).courses == expected.courses, "\(kind.rawValue)")
      #expect(fold.folded(graph).rows == expected.rows, "\(kind.rawValue)")
      #expect(try !world.seen(Town.fzb).courses.isEmpty)
    }
  }
}

/// Random steps of one course by random agencies, most of them lawful for what each has seen, with
/// deliveries whenever chance says so.
private struct CourseStory {
  var staged: StagedCourse
  var random: SeededGenerator

  init(_ kind: CourseKind, seed: UInt64) throws {
    staged = try StagedCourse(kind)
    random = SeededGenerator(seed: seed)
  }

  mutating func play(_ steps: Int) throws {
    let agencies = [Town.fzb, Town.fy, Town.sfj, Town.gsl]
    for _ in 0..<steps {
      let agency = try #require(agencies.randomElement(using: &random))
      switch UInt8.random(in: 0..<6, using: &random) {
      case 0:
        let reader = try #require(agencies.randomElement(using: &random))
        if reader != agency { try staged.world.deliver(from: agency, to: reader) }
      case 1: try step(by: agency, lawful: false)
      default: try step(by: agency, lawful: true)
      }
    }
    try staged.world.sync()
  }

  private mutating func step(by agency: AgencyCode, lawful: Bool) throws {
    let stage = try staged.card(at: agency).stage
    let rules = staged.kind.course.machine.rules.filter { !lawful || $0.from.contains(stage) }
    guard let rule = rules.randomElement(using: &random) else { return }
    let (letters, step) = (try audience(of: agency), try audience(of: agency))
    try staged.wander(rule, by: agency, letters: letters, step: step)
  }

  /// Who alone reads what an agency writes next: mostly everybody, sometimes itself and another.
  private mutating func audience(of agency: AgencyCode) throws -> [AgencyCode] {
    guard UInt8.random(in: 0..<6, using: &random) == 0 else { return [] }
    let other = try #require([Town.fzb, Town.sfj, Town.fy].randomElement(using: &random))
    return Set([agency, other]).sorted()
  }
}

extension StagedCourse {
  /// A step of a row by any agency, with whatever it has before it to cite.
  mutating func wander(
    _ rule: Rule<Stage>, by agency: AgencyCode, letters: [AgencyCode], step: [AgencyCode]
  ) throws {
    defer { world.sealing = [] }
    world.sealing = step
    let folded = try world.folded(agency)
    let card = try #require(folded.course(subject))
    let roles = rule.roles.roles(in: Town.kind(agency))
    let role = try #require(Town.roles.first(where: roles.contains))
    if case .result(let kind) = rule.step {
      let result = Result(
        kind: kind, on: try CaseWorld.day("2023-06-12"), amount: 7,
        actor: Town.person(agency, role), role: role)
      let id = world.newID()
      try world.write(try world.composer(agency).result(result, id: id), by: agency)
      return
    }
    guard case .stage(let stage) = rule.step else { return }
    var basis = card.secondments.prefix(1).map(\.request)
    basis += card.secondments.filter { $0.outcome == .approved }.prefix(1).compactMap(\.approval)
    world.sealing = letters
    for case .cites(let form) in rule.needs {
      let to = form.rule.isAddressed ? [agency == Town.fzb ? Town.sfj : Town.fzb] : []
      let document = try letter(form, by: agency, to: to)
      let id = world.newID()
      let change = try world.write(
        try world.composer(agency).document(document, id: id), by: agency)
      basis.append(Citation(change: change, part: letters.isEmpty ? 0 : 1, record: 0))
    }
    world.sealing = step
    let hash = folded.entry(subject)?.record.hash
    try world.act(.advance, on: subject, type, by: agency, role: role) {
      $0.kind = stage.rawValue
      $0.basis = basis
      $0.note = "说明"
      $0.internalNumber = "样批〔2023〕1号"
      $0.dueOn = CivilDate("2023-12-31")
      $0.agencies = rule.needs.contains(.namesHandler) ? [Town.sfj] : []
      $0.hash = rule.needs.contains(.textHash) ? hash : nil
      $0.reason =
        rule.needs.contains(.period)
        ? "2023-05-01/2023-05-31"
        : rule.needs.contains(.inspectionMode)
          ? "desk" : rule.needs.contains(.declineReason) ? "litigation" : "complex"
    }
  }
}
