import Casework

/// The step of an arbiter that brought a question where it stands: an act, or a result.
///
/// The last step is the one furthest along the arbiter's own chain. No clock takes part: an author
/// may state any time, and the state is folded along the chain too.
enum Decision {
  case act(Acts.Line)
  case result(Results.Placed)

  /// The act, when it is one.
  var act: API.Act? {
    if case .act(let line) = self { line.act } else { nil }
  }

  /// The result, when it is one.
  var result: API.CaseResult? {
    if case .result(let placed) = self { placed.result } else { nil }
  }

  private var place: (sequence: Int, part: Int, record: Int) {
    switch self {
    case .act(let line): (line.act.sequence, line.part, line.record)
    case .result(let placed): (placed.sequence, placed.part, placed.record)
    }
  }

  /// The last step that moved a question; nil in its first state.
  static func last(
    of machine: String, on target: String, by arbiter: String, among acts: [Acts.Line],
    and results: [Results.Placed]
  ) -> Decision? {
    let moving = acts.filter { line in
      line.act.target == target && line.act.author == arbiter && line.act.voidReason == nil
        && moves(line, machine)
    }
    let found =
      machine == Machines.handling.name
      ? results.filter { placed in
        placed.document == target && placed.result.author == arbiter && moves(placed.result.kind)
      } : []
    return (moving.map(Decision.act) + found.map(Decision.result))
      .max { $0.place < $1.place }
  }

  /// The last step that brought a course to the stage of its question.
  ///
  /// - Parameters:
  ///   - question: the question; its arbiter is who brought the course where it stands.
  ///   - acts: the acts of the dossier.
  ///   - results: the results that may have moved it.
  ///   - isSubject: whether an act on this record is one on the course.
  /// - Returns: the step; nil where none of them led there.
  static func last(
    of question: API.Question, among acts: [Acts.Line], and results: [Results.Placed],
    where isSubject: (String) -> Bool
  ) -> Decision? {
    let rules = Course.all.first { $0.machine.name == question.machine }?.machine.rules ?? []
    let moving = acts.filter { line in
      line.act.author == question.arbiter && line.act.verb == Verb.advance.rawValue
        && line.act.kind == question.state && line.act.voidReason == nil
        && isSubject(line.act.target)
    }
    let found = results.filter { placed in
      placed.result.author == question.arbiter
        && rules.contains { rule in
          guard case .result(let kind) = rule.step, case .moves(let stage) = rule.to else {
            return false
          }
          return kind.rawValue == placed.result.kind && stage.rawValue == question.state
        }
    }
    return (moving.map(Decision.act) + found.map(Decision.result))
      .max { $0.place < $1.place }
  }

  /// Whether an act moves the question of a machine, rather than being put to its arbiter.
  private static func moves(_ line: Acts.Line, _ machine: String) -> Bool {
    guard let verb = Verb(rawValue: line.act.verb) else { return false }
    switch machine {
    case Machines.referral.name: return moves(verb, Machines.referral, isFinal: line.isFinal)
    case Machines.handling.name: return verb == .dispose
    case Machines.item.name:
      return moves(verb, Machines.item, by: .issuer, isFinal: line.isFinal)
    default: return moves(verb, Machines.minutes, isFinal: line.isFinal)
    }
  }

  private static func moves<State>(
    _ verb: Verb, _ machine: Machine<State>, by party: Party? = nil, isFinal: Bool
  ) -> Bool {
    machine.rules.contains { rule in
      guard rule.step == .verb(verb), party == nil || rule.by == party else { return false }
      return switch rule.to {
      case .stays: false
      case .moves, .byPoints: true
      case .closesWhenFinal: isFinal
      }
    }
  }

  private static func moves(_ kind: String) -> Bool {
    Machines.handling.rules.contains { rule in
      guard case .result(let known) = rule.step, case .moves = rule.to else { return false }
      return known.rawValue == kind
    }
  }
}
