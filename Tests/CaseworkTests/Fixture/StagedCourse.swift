import Casework
import Ledger
import TestSupport
import Testing

/// What the tests of courses run: each course once, with the kind of dossier that it stands in.
enum CourseKind: String, CaseIterable, Sendable {
  case inspection, petition, enforcement, issue, demonstration, upperFeedback, report, assessment
  case plan, expertPool

  var dossier: DossierKind {
    switch self {
    case .inspection: .inspection
    case .petition: .petition
    case .enforcement: .enforcement
    case .issue: .issue
    case .demonstration: .demonstration
    case .upperFeedback: .upperFeedback
    case .report: .report
    case .assessment: .assessment
    case .plan: .plan
    case .expertPool: .expertPool
    }
  }

  /// What carries the course when it is not the dossier itself.
  var form: DocumentForm? {
    switch self {
    case .report: .annualReport
    case .assessment: .assessment
    case .plan: .annualPlan
    case .expertPool: .nomination
    default: nil
    }
  }

  var course: Course {
    if self == .expertPool { return Machines.expert }
    return form.flatMap(Course.of) ?? Course.of(dossier)
  }
}

/// A dossier of FZB with JW, FY, SFJ and GSL, brought along its course; everybody has everything
/// unless a test writes after the last delivery.
struct StagedCourse {
  var world: CaseWorld
  let kind: CourseKind
  /// The record that the course is of.
  private(set) var subject: RecordID
  private var days = 0

  var type: RecordType {
    kind == .expertPool ? .item : kind.form == nil ? .dossier : .document
  }

  init(_ kind: CourseKind) throws {
    self.kind = kind
    world = try CaseWorld()
    let cover = Dossier(
      kind: kind.dossier, title: "样例卷", source: .judicial, sourceAgency: Town.fy)
    subject = world.newID()
    try world.write(
      try world.composer(Town.fzb).opening(
        cover, id: subject, admitting: [Town.jw, Town.fy, Town.sfj, Town.gsl]),
      by: Town.fzb)
    try world.deliver(from: Town.fzb, to: Town.jw, Town.fy, Town.sfj, Town.gsl)
    guard let form = kind.form else { return }
    let document = try letter(form, by: Town.fzb, to: [Town.sfj])
    let (id, itemID) = (world.newID(), world.newID())
    let item = Item(document: id, number: 1, kind: .expert, text: "样例专家甲", category: "legal")
    let isExpert = kind == .expertPool
    let content = try world.composer(Town.fzb).document(
      document, id: id, items: isExpert ? [(id: itemID, item: item)] : [])
    try world.write(content, by: Town.fzb)
    subject = isExpert ? itemID : id
    try world.sync()
  }

  func letter(
    _ form: DocumentForm, by agency: AgencyCode, to: [AgencyCode]
  ) throws -> Document {
    var document = try world.letter(form, by: agency, number: "样法办〔2023〕1号")
    document.to = to
    return document
  }

  func card(at reader: AgencyCode = Town.fzb) throws -> CourseCard {
    try #require(try world.folded(reader).course(subject))
  }

  /// Who takes a step of a row.
  func party(_ party: Party) throws -> AgencyCode {
    switch party {
    case .court: Town.fy
    case .handler: try card().handler ?? Town.fzb
    case .addressee, .contributor: Town.sfj
    default: Town.fzb
    }
  }

  /// Issues a document that a step cites, and delivers it.
  mutating func issue(_ form: DocumentForm, by agency: AgencyCode) throws -> Citation {
    let to = form.rule.isAddressed ? [agency == Town.fzb ? Town.sfj : Town.fzb] : []
    let document = try letter(form, by: agency, to: to)
    let id = world.newID()
    let change = try world.write(
      try world.composer(agency).document(document, id: id), by: agency)
    #expect(try world.folded(agency).flaws(in: change) == [])
    try world.sync()
    return Citation(change: change, part: world.sealing.isEmpty ? 0 : 1, record: 0)
  }

  /// Takes a step with everything that its row needs, so that only what a test changes is wrong.
  mutating func take(
    _ rule: Rule<Stage>, by other: AgencyCode? = nil, role: Role? = nil, isBare: Bool = false
  ) throws -> Invalidity? {
    let agency = try other ?? party(rule.by)
    let roles = rule.roles.roles(in: Town.kind(agency))
    let role = try #require(role ?? Town.roles.first(where: roles.contains))
    if !isBare { try prepare(rule) }
    if case .result(let kind) = rule.step {
      return try record(kind, by: agency, role: role, amount: isBare ? nil : 12_345)
    }
    guard case .stage(let stage) = rule.step else { return nil }
    var basis: [Citation] = []
    if !isBare {
      for case .cites(let form) in rule.needs {
        basis.append(try issue(form, by: agency))
      }
      basis += try cited(stage)
    }
    days += 40
    let first = CivilDate(days: try CaseWorld.day("2023-05-01").days + Int32(days))
    let last = CivilDate(days: first.days + 30)
    let period = try #require(Period(first: first, last: last))
    let hash = try world.folded(agency).entry(subject)?.record.hash
    let place = try world.act(.advance, on: subject, type, by: agency, role: role) {
      $0.kind = stage.rawValue
      guard !isBare else { return }
      $0.basis = basis
      $0.note = "说明"
      $0.internalNumber = "样批〔2023〕1号"
      $0.dueOn = last
      $0.agencies = rule.needs.contains(.namesHandler) ? [Town.sfj] : []
      $0.hash = rule.needs.contains(.textHash) ? hash : nil
      $0.reason =
        rule.needs.contains(.period)
        ? period.description
        : rule.needs.contains(.inspectionMode)
          ? "onSite" : rule.needs.contains(.declineReason) ? "litigation" : "complex"
    }
    let flaw = try world.flaw(place, at: agency)
    return flaw
  }

  private mutating func record(
    _ kind: ResultKind, by agency: AgencyCode, role: Role, amount: Int64?
  ) throws -> Invalidity? {
    let result = Result(
      kind: kind, on: try CaseWorld.day("2023-06-12"), amount: amount,
      actor: Town.person(agency, role), role: role)
    let id = world.newID()
    let change = try world.write(
      try world.composer(agency).result(result, id: id), by: agency)
    return try world.folded(agency).flaws(in: change).first?.reason
  }

  /// What must have happened before a step beside the stage itself.
  private mutating func prepare(_ rule: Rule<Stage>) throws {
    if rule.needs.contains(.allConfirmed) {
      let confirm = try #require(kind.course.machine.rule(.stage(.confirmed), from: card().stage))
      #expect(try take(confirm) == nil)
      try world.sync()
    }
    let isOpen = try card().secondments.contains { $0.outcome == .open }
    guard rule.needs.contains(.citesRequest), !isOpen,
      let ask = kind.course.machine.rule(.stage(.requested), from: try card().stage)
    else { return }
    #expect(try take(ask) == nil)
    try world.sync()
  }

  /// What a step of an expert's course answers.
  private func cited(_ stage: Stage) throws -> [Citation] {
    guard kind == .expertPool else { return [] }
    let secondments = try card().secondments
    switch stage {
    case .approved, .declined:
      return secondments.filter { $0.outcome == .open }.prefix(1).map(\.request)
    case .deployed:
      return secondments.filter { $0.outcome == .approved }.prefix(1).compactMap(\.approval)
    default: return []
    }
  }

  /// The rows of the shortest way from the beginning to a stage; nil when there is none.
  static func way(_ course: Course, to stage: Stage) -> [Rule<Stage>]? {
    var ways: [Stage: [Rule<Stage>]] = [course.begins: []]
    var open = [course.begins]
    while !open.isEmpty {
      let from = open.removeFirst()
      for rule in course.machine.rules where rule.from.contains(from) {
        guard case .moves(let next) = rule.to, ways[next] == nil else { continue }
        ways[next] = (ways[from] ?? []) + [rule]
        open.append(next)
      }
    }
    return ways[stage]
  }

  /// Brings the course to a stage by its shortest way, everybody hearing of every step.
  mutating func reach(_ stage: Stage) throws {
    for rule in try #require(Self.way(kind.course, to: stage)) {
      #expect(try take(rule) == nil, "\(rule.step.code)")
      try world.sync()
      if rule.step == .stage(.deployed) { try askAndApproveMore() }
    }
    #expect(try card().stage == stage)
  }

  /// While an expert is deployed: one more request approved, and one that waits.
  private mutating func askAndApproveMore() throws {
    for stage in [Stage.requested, .approved, .requested] {
      let rule = try #require(kind.course.machine.rule(.stage(stage), from: .deployed))
      #expect(try take(rule) == nil)
      try world.sync()
    }
  }
}
