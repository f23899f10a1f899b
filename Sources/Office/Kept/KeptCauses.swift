import Casework
import Ledger
import Synchronization

/// Why reports were found to say otherwise than the records, kept while the dossiers are as they
/// were.
///
/// To find the day on which a line was lost, its dossiers are folded as of many days. What they
/// say of these days changes with them alone, so after a step only its own dossiers are folded.
final class KeptCauses: Sendable {
  /// What causes rest on beside the dossiers.
  struct Basis: Equatable, Sendable {
    /// The report.
    let report: Citation
    /// Whose extract alone is compared; nil for the whole report.
    let contributor: AgencyCode?
    /// The last day that is known of.
    let asOf: CivilDate
    /// Contributors whose extract is not at hand.
    let lacking: [AgencyCode]
    let calendar: WorkCalendar
    /// The covers that are held here and that merges name.
    let held: Set<RecordID>
  }

  private struct Entry: Sendable {
    let states: [DossierState]
    let asked: [ReportComparison.Difference]
    let explained: [ReportComparison.Difference]
  }

  private struct Kept: Sendable {
    let basis: Basis
    /// By the first dossier of those that count together.
    var entries: [DossierID: Entry]
  }

  /// The one that was asked for last stands last.
  private let reports = Mutex<[Kept]>([])

  /// Explains differences bundle by bundle: as it is kept where the bundle and its differences are
  /// as they were, else by a body; what is not asked for any more is forgotten.
  ///
  /// - Parameters:
  ///   - shown: the differences; those of other dossiers stay as they are.
  ///   - bundles: the dossiers that count together, each with how it stands.
  ///   - basis: what the causes rest on beside them.
  ///   - find: finds the causes of the differences of one bundle.
  /// - Throws: what finding throws.
  func explain(
    _ shown: inout [ReportComparison.Difference], by bundles: [[DossierState]], on basis: Basis,
    _ find: ([DossierState], inout [ReportComparison.Difference]) throws -> Void
  ) rethrows {
    let earlier = reports.withLock { reports in reports.first { $0.basis == basis }?.entries }
    let places = Dictionary(grouping: shown.indices) { index in
      (shown[index].was ?? shown[index].now)?.dossier
    }
    var entries: [DossierID: Entry] = [:]
    for states in bundles {
      let own = states.flatMap { places[$0.dossier] ?? [] }.sorted()
      guard let first = states.first?.dossier, !own.isEmpty else { continue }
      let asked = own.map { shown[$0] }
      var entry = earlier?[first]
      if entry?.states != states || entry?.asked != asked {
        var explained = asked
        try find(states, &explained)
        entry = Entry(states: states, asked: asked, explained: explained)
      }
      guard let entry else { continue }
      for (index, difference) in zip(own, entry.explained) { shown[index] = difference }
      entries[first] = entry
    }
    reports.withLock { [entries] reports in
      reports.removeAll { $0.basis == basis }
      reports.append(Kept(basis: basis, entries: entries))
      if reports.count > Limits.keptAnswersMax { reports.removeFirst() }
    }
  }
}
