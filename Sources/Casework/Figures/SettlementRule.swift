import Ledger

/// `settled` and `amount`: enforcement cases that the court calls performed or settled.
///
/// By the court's last word on how a case ends. The amount is all that the court confirmed as
/// performed of the cases settled in the period, in fen, whenever it was paid; what was paid of a
/// case still open counts with the case.
struct SettlementRule: CountingRule {
  func facts(in bundle: FigureBundle, _ terms: FigureTerms) -> [FigureFact] {
    bundle.dossiers.flatMap { dossier -> [FigureFact] in
      guard dossier.cover?.kind == .enforcement, let home = dossier.home,
        let cover = dossier.coverEntry, let end = Self.end(of: dossier), let act = end.act
      else { return [] }
      let settled = FigureEntry(
        FigureKey(.settled), in: dossier.id, cover.record.id, by: end, on: act.on, owner: home)
      let amounts = dossier.standing([.performed]).map { performed in
        FigureEntry(
          FigureKey(.amount), in: dossier.id, performed.root.record.id, by: performed.current,
          on: act.on, owner: home, count: performed.result.amount ?? 0)
      }
      return ([settled] + amounts).map { FigureFact($0) }
    }
  }

  /// The act by which the court ended the case well; nil while it runs or where it was terminated.
  private static func end(of dossier: FoldedDossier) -> Entry? {
    var end: Entry?
    for step in dossier.courseSteps {
      guard let act = step.act else { continue }
      switch Stage(rawValue: act.kind) {
      case .performed, .settled: end = step
      case .terminated, .performing: end = nil
      default: break
      }
    }
    return end
  }
}

/// `trainings`: trainings held, by the day they were held.
struct TrainingRule: CountingRule {
  func facts(in bundle: FigureBundle, _ terms: FigureTerms) -> [FigureFact] {
    bundle.dossiers.flatMap { dossier in
      dossier.standing([.training]).map { training in
        FigureFact(
          FigureEntry(
            FigureKey(.trainings), in: dossier.id, training.root.record.id, by: training.current,
            on: training.result.on, owner: training.root.author))
      }
    }
  }
}
