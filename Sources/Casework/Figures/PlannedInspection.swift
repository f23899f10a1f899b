package import Ledger

extension FoldedDossier {
  /// The item of a plan that the approval of an inspection rests on; nil where it was approved by
  /// itself (特批), or is not approved.
  package var plannedBy: RecordID? {
    let approval = courseSteps.last { Stage(rawValue: $0.act?.kind ?? "") == .approved }
    return approval?.act?.points.first
  }
}
