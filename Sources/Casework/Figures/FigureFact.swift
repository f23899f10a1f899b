package import Ledger

/// What counts for a figure as of a day, whichever period is asked for.
///
/// Most belong to the period of their day. An item belongs to those that its rate does, which go by
/// the other items of its dossier.
package struct FigureFact: Hashable, Sendable {
  /// The line of evidence that it gives.
  let entry: FigureEntry
  /// How the item stands that it is about; nil of everything else.
  let item: Standing?

  /// How an item stands.
  struct Standing: Hashable, Sendable {
    /// When its issuer settled it; nil while it is open.
    let settledOn: CivilDate?
    /// Whether it is part of the rate; one that a dispute cancelled is not.
    let counts: Bool
  }

  /// The items whose rate is one.
  private struct Group: Hashable {
    let dossier: DossierID
    let figure: FigureKey
  }

  init(_ entry: FigureEntry, item: Standing? = nil) {
    self.entry = entry
    self.item = item
  }

  /// The dossier that it counts in.
  package var dossier: DossierID { entry.dossier }
  /// The figure that it counts for.
  package var figure: FigureKey { entry.figure }

  private var group: Group { Group(dossier: entry.dossier, figure: entry.figure) }

  /// Whether an item was issued in a period, or was not settled when that began.
  private func keepsRate(in period: Period) -> Bool {
    guard let item, entry.on <= period.last else { return false }
    return entry.on >= period.first || item.settledOn.map { $0 >= period.first } ?? true
  }

  /// The evidence that facts of dossiers counted together give to a period, in their order.
  package static func evidence(of facts: [FigureFact], in period: Period) -> [FigureEntry] {
    var groups: Set<Group> = []
    for fact in facts where fact.keepsRate(in: period) { groups.insert(fact.group) }
    return facts.compactMap { fact in
      guard let item = fact.item else {
        return period.contains(fact.entry.on) ? fact.entry : nil
      }
      guard item.counts, fact.entry.on <= period.last, groups.contains(fact.group) else {
        return nil
      }
      return fact.entry
    }
  }
}
