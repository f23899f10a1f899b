import Casework
import Ledger
import TestSupport
import Testing

@Suite struct `every pair of step and stage of a course` {
  private static let pairs: [(CourseKind, Stage)] = CourseKind.allCases.flatMap { kind in
    stages(kind.course).map { (kind, $0) }
  }

  private static func stages(_ course: Course) -> [Stage] {
    Stage.allCases.filter { stage in
      stage == course.begins || course.machine.rules.contains { $0.to == .moves(stage) }
    }
  }

  @Test(arguments: pairs)
  func `is void unless it stands in the table, and so is every author and role it does not name`(
    _ kind: CourseKind, _ stage: Stage
  ) throws {
    var staged = try StagedCourse(kind)
    try staged.reach(stage)
    let course = kind.course
    var steps: [Step] = []
    for rule in course.machine.rules where !steps.contains(rule.step) { steps.append(rule.step) }
    for step in steps {
      var copy = staged
      guard let rule = course.machine.rule(step, from: stage) else {
        let any = try #require(course.machine.rules.first { $0.step == step })
        // An archived dossier takes no result, whatever its course would say.
        let isClosed = if case .result = step { stage == .archived } else { false }
        #expect(
          try copy.take(any, isBare: true) == (isClosed ? .archived : .wrongState),
          "\(step.code) in \(stage.rawValue)")
        continue
      }
      #expect(try copy.take(rule) == nil, "\(step.code) in \(stage.rawValue)")
      try copy.world.sync()
      let reached: Stage = if case .moves(let next) = rule.to { next } else { stage }
      for reader in [Town.fzb, Town.jw, Town.sfj] {
        #expect(try copy.card(at: reader).stage == reached, "\(step.code) in \(stage.rawValue)")
      }
      try checkRights(rule, staged)
    }
  }

  /// casework A5: a stranger to the step, and every role that its row does not name.
  private func checkRights(_ rule: Rule<Stage>, _ staged: StagedCourse) throws {
    var stranger = staged
    #expect(
      try stranger.take(rule, by: Town.gsl, isBare: true) == .wrongAuthor, "\(rule.step.code)")
    let agency = try staged.party(rule.by)
    for role in Town.roles where !rule.roles.roles(in: Town.kind(agency)).contains(role) {
      var other = staged
      #expect(
        try other.take(rule, role: role, isBare: true) == .wrongRole, "\(rule.step.code) \(role)")
    }
    // What is settled from the start needs nothing to be said.
    guard !rule.needs.isEmpty, rule.needs != [.itemsSettled] else { return }
    var bare = staged
    let flaw = try bare.take(rule, isBare: true)
    let reasons: Set<Invalidity> = [
      .wrongReason, .missingBasis, .badAddressee, .hashMismatch, .unanswered, .wrongAmount,
    ]
    #expect(flaw.map(reasons.contains) ?? false, "\(rule.step.code): \(flaw?.rawValue ?? "nil")")
  }

  @Test func `every course begins in a stage, ends somewhere, and has every kind of dossier`() {
    for kind in DossierKind.allCases {
      let course = Course.of(kind)
      #expect(StagedCourse.way(course, to: .archived) != nil, "\(kind.rawValue)")
      #expect(Course.all.contains { $0.machine.name == course.machine.name })
    }
    for course in Course.all {
      for rule in course.machine.rules {
        #expect(rule.from.allSatisfy { StagedCourse.way(course, to: $0) != nil })
      }
    }
  }
}

@Suite struct `results that move no clue` {
  @Test(arguments: DossierKind.allCases)
  func `stand in the kinds of dossier that their row names, and are void elsewhere`(
    _ dossier: DossierKind
  ) throws {
    for kind in ResultKind.allCases where !kind.isDiscipline {
      var world = try CaseWorld()
      let cover = Dossier(kind: dossier, title: "样例卷", sourceAgency: Town.fy)
      let coverID = world.newID()
      try world.write(
        try world.composer(Town.fzb).opening(
          cover, id: coverID, admitting: [Town.fy]), by: Town.fzb)
      try world.deliver(from: Town.fzb, to: Town.fy)
      let author = kind == .performed ? Town.fy : Town.fzb
      let result = Result(
        kind: kind, on: try CaseWorld.day("2023-06-12"), amount: 1,
        actor: Town.person(author, .sectionHead), role: .sectionHead)
      let id = world.newID()
      let change = try world.write(try world.composer(author).result(result, id: id), by: author)
      let flaw = try world.folded(author).flaws(in: change).first?.reason
      guard let row = ResultRule.row(for: kind) else {
        #expect(kind == .rectified && flaw == .wrongKind)
        continue
      }
      guard row.dossiers.contains(dossier) else {
        #expect(flaw == .wrongDossierKind, "\(kind.rawValue) in \(dossier.rawValue)")
        continue
      }
      switch kind {
      case .petitionClosed: #expect(flaw == .wrongState)
      // The row of the course names higher roles than the section head.
      case .designation: #expect(flaw == .wrongRole)
      default: #expect(flaw == nil, "\(kind.rawValue) in \(dossier.rawValue)")
      }
    }
  }
}
