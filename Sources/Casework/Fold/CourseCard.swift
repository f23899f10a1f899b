package import Ledger

/// Where a dossier, a document of figures or an expert stands in its course (SM5, SM6, SM8–SM10).
package struct CourseCard: Sendable, Equatable {
  /// The record id of the subject: the first cover, the document or the item.
  package let subject: RecordID
  /// What the subject is.
  package let type: RecordType
  /// Its author.
  package let author: AgencyCode
  /// The code of the dossier's kind as its cover says now, of the document's form, or of the item's
  /// kind.
  package let kind: String
  /// The date of the document, or the day on which the home wrote the first cover.
  package let begunOn: CivilDate
  /// The short name of the machine, such as `SM6`.
  package let machine: String
  /// The audience of the subject; empty when it is open to every member.
  package let audience: [AgencyCode]
  /// The stage.
  package var stage: Stage
  /// When the stage began; nil in the first one.
  package var stageOn: CivilDate?
  /// Who brought it there; nil in the first stage.
  package var movedBy: AgencyCode?
  /// The agency it was given to.
  package var handler: AgencyCode?
  /// The number of the approval.
  package var approval: String = ""
  /// A new due date.
  package var dueOn: CivilDate?
  /// When a petition was accepted by whoever handles it, in so many words or by beginning.
  package var acceptedOn: CivilDate?
  /// What was performed, in fen.
  package var amount: Int64 = 0
  /// How many results moved it.
  package var results = 0
  /// The contributors whose last word confirms this text, ascending.
  package var confirmed: [AgencyCode] = []
  /// The contributors whose last word disputes it, ascending.
  package var disputed: [AgencyCode] = []
  /// How often it was corrected after it was published.
  package var corrections = 0
  /// Whether something came that its author wrote before it knew of the archiving (归档后来件).
  package var isLate = false
  /// The requests for an expert, in the order in which they stand.
  package var secondments: [Secondment] = []

  /// One request for an expert and what became of it.
  package struct Secondment: Sendable, Equatable {
    /// The request.
    package let request: Citation
    /// The days asked for.
    package let period: Period
    /// The approval, when it was approved.
    package var approval: Citation?
    /// What became of it.
    package var outcome = Outcome.open

    /// What became of a request.
    package enum Outcome: String, Sendable {
      case open, approved, declined, deployed, ended
    }
  }
}

/// Days from a first to a last one, both counted (期间), written `2023-05-01/2023-05-31`.
package struct Period: Sendable, Hashable, CustomStringConvertible {
  /// The first day.
  package let first: CivilDate
  /// The last day.
  package let last: CivilDate

  /// Makes a period; the result is nil when it ends before it begins.
  package init?(first: CivilDate, last: CivilDate) {
    guard first <= last else { return nil }
    self.first = first
    self.last = last
  }

  /// Reads a period from its one lawful form.
  package init?(_ text: String) {
    let days = text.split(separator: "/", omittingEmptySubsequences: false)
    guard days.count == 2, let first = CivilDate(String(days[0])),
      let last = CivilDate(String(days[1]))
    else { return nil }
    self.init(first: first, last: last)
    guard description == text else { return nil }
  }

  /// The period as it is written.
  package var description: String { "\(first)/\(last)" }

  /// Whether the two have a day in common.
  package func overlaps(_ other: Period) -> Bool { first <= other.last && other.first <= last }
}
