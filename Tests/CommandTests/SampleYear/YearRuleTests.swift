import Casework
import Office
import Testing

@testable import guantong

/// The steps of a year are such as the machines allow, to people who hold the role.
@Suite struct YearRuleTests {
  private static func timelines() throws -> [Timeline] {
    [
      try Timeline(
        YearPlan(YearPlan.sampleText, path: "sample"), seed: 1,
        agencies: DemoAgency.all(16).map(\.code)),
      try Timeline(
        YearPlan(SmallPlan.text, path: "small"), seed: 4, agencies: DemoAgency.all(9).map(\.code)),
    ]
  }

  private static let kinds = Dictionary(
    uniqueKeysWithValues: DemoAgency.all(16).map { ($0.code, AgencyKind(rawValue: $0.kind)) })

  private static func role(_ step: YearStep) throws -> Role {
    try #require(Role(rawValue: step.person.role))
  }

  /// The kind of every course that a step can name, by the text with which steps name it.
  private static func courses(_ timeline: Timeline) throws -> [String: Course] {
    var courses: [String: Course] = [:]
    for step in timeline.steps {
      let answer = YearAnswer(step: step.name)
      switch step.operation {
      case "createDossier":
        let kind = try #require(DossierKind(rawValue: step.request.text(at: "kind") ?? ""))
        courses[answer.dossier] = Course.of(kind)
      case "createReport":
        let issue = YearAnswer(step: step.name.replacing("-draft", with: "-issue"))
        courses[issue.record] = Course.of(.annualReport)
      case "draft":
        let form = try #require(DocumentForm(rawValue: step.request.text(at: "form") ?? ""))
        let issue = YearAnswer(step: step.name.replacing("-draft", with: "-issue"))
        courses[issue.record] = Course.of(form)
        for index in 0..<500 where step.request.text(at: "items.\(index).kind") == "expert" {
          courses[issue.item(index)] = Course.of(.expert)
        }
      default: break
      }
    }
    return courses
  }

  @Test func `every step of a course is in its table, in this stage and for this role`() throws {
    for timeline in try Self.timelines() {
      let courses = try Self.courses(timeline)
      var stages: [String: Stage] = [:]
      for step in timeline.steps {
        let taken: (subject: String, step: Casework.Step)? =
          switch step.operation {
          case "advance":
            (
              step.request.text(at: "dossier") ?? "",
              .stage(try #require(Stage(rawValue: step.request.text(at: "stage") ?? "")))
            )
          case "recordResult":
            (
              step.request.text(at: "clue") ?? "",
              .result(try #require(ResultKind(rawValue: step.request.text(at: "kind") ?? "")))
            )
          default: nil
          }
        guard let taken, let course = courses[taken.subject],
          course.machine.knows(taken.step)
        else { continue }
        let stage = stages[taken.subject] ?? course.begins
        let rule = try #require(
          course.machine.rule(taken.step, from: stage),
          "\(step.name): \(taken.step.code) from \(stage)")
        let kind = try #require(Self.kinds[step.agency])
        #expect(rule.roles.roles(in: kind).contains(try Self.role(step)), "\(step.name)")
        if case .moves(let next) = rule.to { stages[taken.subject] = next }
      }
      #expect(stages.values.contains(.archived) && stages.values.contains(.published))
    }
  }

  @Test func `every advance names a course, and every document stands where its form may`() throws {
    for timeline in try Self.timelines() {
      let courses = try Self.courses(timeline)
      var kinds: [String: DossierKind] = [:]
      for step in timeline.steps {
        switch step.operation {
        case "createDossier":
          kinds[YearAnswer(step: step.name).dossier] = DossierKind(
            rawValue: step.request.text(at: "kind") ?? "")
        case "advance":
          #expect(courses[step.request.text(at: "dossier") ?? ""] != nil, "\(step.name)")
        case "draft":
          let form = try #require(DocumentForm(rawValue: step.request.text(at: "form") ?? ""))
          let kind = try #require(kinds[step.request.text(at: "dossier") ?? ""])
          #expect(form.rule.dossiers.contains(kind), "\(step.name)")
          let author = try #require(Self.kinds[step.agency] ?? nil)
          #expect(form.rule.drafters.contains(author), "\(step.name)")
          #expect(!form.rule.isAddressed || step.request.text(at: "to.0") != nil, "\(step.name)")
        default: break
        }
      }
    }
  }

  @Test func `every act on a letter, an item or minutes is for the role of its clerk`() throws {
    let verbs: [String: Verb] = [
      "accept": .accept, "return": .return, "forward": .forward, "withdraw": .requestWithdraw,
      "agreeWithdraw": .agreeWithdraw, "feedback": .feedBack, "reportItem": .report,
      "passItem": .pass, "signOffItem": .signOff, "extendItem": .requestExtension,
      "grantItem": .grant, "reopenItem": .reopen, "countersign": .countersign,
      "object": .object, "finalize": .finalize, "issueMinutes": .issue, "merge": .merge,
      "receive": .receive, "admit": .admit,
    ]
    for timeline in try Self.timelines() {
      for step in timeline.steps {
        guard let verb = verbs[step.operation] else { continue }
        let kind = try #require(Self.kinds[step.agency])
        let roles = Self.roles(verb, in: kind)
        #expect(roles.contains(try Self.role(step)), "\(step.name): \(step.operation)")
      }
    }
  }

  private static func roles(_ verb: Verb, in kind: AgencyKind?) -> Set<Role> {
    func roles<State>(_ machine: Machine<State>) -> Set<Role> {
      Set(
        machine.rules.filter { $0.step == .verb(verb) }.flatMap { $0.roles.roles(in: kind) })
    }
    return switch verb {
    case .issue, .object, .finalize, .countersign: roles(Machines.minutes)
    case .merge: roles(Machines.links)
    case .admit: roles(Machines.membership)
    case .accept, .return, .forward, .requestWithdraw, .agreeWithdraw, .feedBack, .receive:
      roles(Machines.referral)
    default: roles(Machines.item)
    }
  }

  @Test func `every handling of a clue goes as its table says`() throws {
    for timeline in try Self.timelines() {
      var stages: [String: HandlingStage] = [:]
      for step in timeline.steps {
        let clue = step.request.text(at: "clue") ?? ""
        let kind = step.request.text(at: "kind") ?? ""
        let taken: Casework.Step? =
          switch step.operation {
          case "dispose": Disposition(rawValue: kind).map { .disposition($0) }
          case "recordResult":
            ResultKind(rawValue: kind).flatMap { $0.isDiscipline ? .result($0) : nil }
          default: nil
          }
        guard let taken else { continue }
        let place = "\(clue) \(step.agency)"
        let stage = stages[place] ?? .registered
        let rule = try #require(
          Machines.handling.rule(taken, from: stage), "\(step.name): \(taken.code) from \(stage)")
        #expect(rule.roles.roles(in: .disciplineBody).contains(try Self.role(step)))
        if case .moves(let next) = rule.to { stages[place] = next }
      }
      #expect(stages.values.contains(.executed) && stages.values.contains(.closed))
    }
  }
}
