import Casework
import Ledger
import Replica

/// What one dossier says, as of a day, of what is late in it and of what assessments took off.
struct Lateness: Sendable {
  /// Everything that is owed, was rejected or has relapsed.
  let matters: [OpenMatter]
  /// Who loses points by a matter, each with what it rests on.
  let deducted: Set<Deducted>
  /// The kind of the dossier, as people read it.
  let kind: String
  /// The lines of assessments that were issued and stand.
  let issued: [API.DeductionLine]

  /// A unit that loses points by a record that is late.
  struct Deducted: Hashable, Sendable {
    let record: String
    let type: String
    let unit: String

    init(_ line: API.OverdueLine) {
      (record, type, unit) = (line.record, line.type, line.unit)
    }
  }

  init(_ dossier: FoldedDossier, _ deadlines: Deadlines) {
    matters = OpenMatters(dossier, deadlines).all
    // Whichever of its lines a matter gives on some day.
    let lines = matters.flatMap { $0.lines(on: .latest) + $0.lines(on: .earliest) }
    deducted = Set(lines.filter { dossier.deducts($0) }.map { Deducted($0) })
    kind = dossier.cover?.kind.term.zh ?? ""
    issued = dossier.cover?.kind == .assessment ? dossier.deductions : []
  }

  /// What is late on a day, was rejected or has relapsed.
  func lines(on day: CivilDate) -> [API.OverdueLine] { matters.flatMap { $0.lines(on: day) } }

  /// What of that takes points off.
  func deducting(on day: CivilDate) -> [API.OverdueLine] {
    lines(on: day).filter { deducted.contains(Deducted($0)) }
  }

  /// Bytes that it takes.
  var weight: Int {
    MemoryLayout<OpenMatter>.stride * matters.count
      + MemoryLayout<API.DeductionLine>.stride * issued.count
      + Limits.keptEntryBytes * (matters.count + deducted.count + issued.count)
      + matters.reduce(0) { $0 + $1.text.utf8.count }
      + issued.reduce(0) { $0 + $1.text.utf8.count }
  }
}

extension CivilDate {
  /// A day on which nothing is late.
  fileprivate static let earliest = CivilDate(days: .min)
  /// A day on which everything owed is late.
  fileprivate static let latest = CivilDate(days: .max)
}

extension Office {
  /// Gives what each dossier says of what is late, as of a day, to a body until it answers that it
  /// wants no more.
  func forEachLateness(
    asOf day: CivilDate, in transaction: borrowing OfficeTransaction,
    _ body: (Lateness) throws -> Bool
  ) throws {
    let deadlines = try Deadlines.read(in: transaction.sql)
    let counted = try kept.bundles(of: KeptCounts.Scope(agency: agency), in: transaction)
    let epoch = kept.lateness.epoch(of: deadlines)
    try counted.forEach(in: transaction) { states in
      for state in states {
        let lateness = try kept.lateness.value(
          of: [state], asOf: day, at: epoch,
          fold: { try [transaction.folded(state.dossier)].compactMap(\.self) },
          make: { folded in
            folded.first.map { Lateness($0.asOf(day), deadlines) }
          })
        if let lateness { guard try body(lateness) else { return false } }
      }
      return true
    }
  }
}
