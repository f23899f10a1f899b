package import Ledger

/// One line of the evidence of a figure: what it counts, and the act that decided that it does.
package struct FigureEntry: Hashable, Sendable {
  /// The figure.
  package let figure: FigureKey
  /// The dossier.
  package let dossier: DossierID
  /// What is counted: the letter, the result, the item or the cover.
  package let record: RecordID
  /// The record that decided it, down to its place in the ledger.
  package let decision: RecordID
  /// Where that record stands.
  package let place: Citation
  /// Who decided it.
  package let author: AgencyCode
  /// The date of the event, by which it belongs to a period.
  package let on: CivilDate
  /// The agency that owns it, whose region it counts for.
  package let owner: AgencyCode
  /// What it adds to the figure: 1, or an amount in fen; of a rate 1 or 0.
  package let count: Int64
  /// What it adds to the denominator of a rate.
  package let of: Int64
  /// What it is one of, whichever record decides that it counts.
  let whole: Whole

  /// One of what a figure counts: a record, a case or clue, or one person in it.
  ///
  /// A case counts by its first decision that stands, so another decision may stand for the same
  /// case as of another day.
  struct Whole: Hashable, Sendable {
    let dossier: DossierID
    /// The record or filing; nil for a clue without a case.
    let record: RecordID?
    /// The key of the person.
    var person = ""
  }

  /// The region it counts for.
  package var region: String { owner.region }

  init(
    _ figure: FigureKey, in dossier: DossierID, _ record: RecordID, by decision: Entry,
    on day: CivilDate, owner: AgencyCode, count: Int64 = 1, of: Int64 = 0, whole: Whole? = nil
  ) {
    self.figure = figure
    self.dossier = dossier
    self.record = record
    self.decision = decision.record.id
    place = decision.place
    author = decision.author
    on = day
    self.owner = owner
    self.count = count
    self.of = of
    self.whole = whole ?? Whole(dossier: dossier, record: record)
  }
}
