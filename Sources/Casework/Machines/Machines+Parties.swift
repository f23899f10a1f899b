extension Act {
  /// The step that the act is, as the machines name it.
  package var step: Step {
    switch verb {
    case .advance: Stage(rawValue: kind).map(Step.stage) ?? .verb(verb)
    case .dispose: Disposition(rawValue: kind).map(Step.disposition) ?? .verb(verb)
    case .urge: SupervisionLevel(rawValue: kind).map(Step.level) ?? .verb(verb)
    default: .verb(verb)
    }
  }
}

extension Machines {
  /// The courses of documents and items, of which no dossier has one.
  private static let ofPapers = [figures, assessment, plan, expert]

  /// Whose a step is, by every row that has it.
  ///
  /// - Parameters:
  ///   - step: the step.
  ///   - target: the type of the record that it is taken on.
  ///   - kind: the kind of the dossier, where it is known.
  /// - Returns: the parties, each once, in the order of the machines; empty where no row has it.
  package static func parties(
    of step: Step, on target: RecordType, in kind: DossierKind?
  ) -> [Party] {
    func rows<State: CodeTable>(_ machine: Machine<State>) -> [Party] {
      machine.rules.filter { $0.step == step }.map(\.by)
    }
    let course = kind.map { rows(Course.of($0).machine) } ?? []
    let found: [Party] =
      switch step {
      case .result: rows(handling) + course
      case .stage: target == .dossier ? course : ofPapers.flatMap { rows($0.machine) }
      default:
        switch target {
        case .item: rows(item)
        case .result: rows(Machines.result)
        case .dossier: rows(membership) + rows(links)
        default: rows(document) + rows(referral) + rows(handling) + rows(minutes) + rows(links)
        }
      }
    var seen: Set<Party> = []
    return found.filter { seen.insert($0).inserted }
  }
}
