/// The course of a dossier, of a document of figures or of an expert: a machine and its beginning.
///
/// In each stage the rows say whose step is next, so the steps of one course are nearly always in
/// one line of ancestry; where they are not, the later stage of ``Stage`` stands.
package struct Course: Sendable {
  /// The table.
  package let machine: Machine<Stage>
  /// The stage it begins in.
  package let begins: Stage

  /// The course of a dossier.
  package static func of(_ kind: DossierKind) -> Course {
    switch kind {
    case .inspection, .campaign: Machines.inspection
    case .petition: Machines.petition
    case .enforcement: Machines.enforcement
    case .issue: Machines.issue
    case .demonstration: Machines.demonstration
    case .upperFeedback, .clue, .meeting, .plan, .advice, .expertPool, .assessment, .report,
      .instrument, .statement:
      Machines.file
    }
  }

  /// The course of a document that others confirm; nil for every other form.
  package static func of(_ form: DocumentForm) -> Course? {
    switch form {
    case .annualReport, .statement, .instrument: Machines.figures
    case .assessment: Machines.assessment
    case .annualPlan: Machines.plan
    default: nil
    }
  }

  /// The course of an item; nil for every kind but an expert.
  package static func of(_ kind: ItemKind) -> Course? {
    kind == .expert ? Machines.expert : nil
  }

  /// Every course there is, in the order of the documentation.
  package static let all: [Course] = [
    Machines.inspection, Machines.petition, Machines.enforcement, Machines.expert,
    Machines.figures, Machines.assessment, Machines.plan, Machines.issue,
    Machines.demonstration, Machines.file,
  ]
}
