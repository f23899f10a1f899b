import Casework
import Ledger
import Replica

/// What was counted: sums, the first records that they rest on, and of how many dossiers.
struct CountedFigures {
  private(set) var tally: FigureTally
  /// One more for each figure than an answer shows, so that a cut is seen.
  private(set) var evidence: [FigureKey: [String]] = [:]
  private(set) var dossiers = 0
  /// Dossiers with a record that this build does not know; the rest of them counts.
  private(set) var unreadable = 0
  /// Clues tied to more others than are counted together.
  private(set) var crowded = 0

  /// Counts the dossiers that an office may see, or one of them.
  init(
    _ asked: AskedFigures, at office: Office, only: DossierID? = nil,
    in transaction: borrowing OfficeTransaction
  ) throws {
    let regions = try office.reporting(asked.region, in: transaction)
    tally = FigureTally(asked.rules, regions: only == nil ? regions : [])
    try office.forEachFacts(asked, only: only, in: transaction) { bundle, crowded in
      dossiers += bundle.dossiers
      unreadable += bundle.unreadable
      self.crowded += crowded
      add(asked.entries(of: bundle.facts, only: only))
      return true
    }
  }

  private mutating func add(_ entries: [FigureEntry]) {
    tally.add(entries)
    for entry in entries
    where tally.sums[entry.figure] != nil
      && evidence[entry.figure, default: []].count <= entry.figure.evidenceMax
    {
      evidence[entry.figure, default: []].append(entry.record.uuidString)
    }
  }
}
