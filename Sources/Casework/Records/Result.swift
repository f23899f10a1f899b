package import Ledger

/// What a deciding body states as done (结果); it may be revised by its author.
package struct Result: Sendable, Equatable {
  /// What it states.
  package var kind: ResultKind
  /// The date of the decision.
  package var on: CivilDate
  /// The filing it belongs to.
  package var caseFiled: RecordID?
  /// The measures, in the order given.
  package var measures: [Measure]
  /// Money in fen.
  package var amount: Int64?
  /// The keyed hash of the person, made with the deciding body's own secret.
  package var personKey: String
  /// The body that decided, where the author only records it.
  package var decidedBy: String
  /// The number of the decision.
  package var documentNumber: String
  /// Whether this version revokes the result.
  package var revoked: Bool
  /// A note.
  package var note: String
  /// The form of discipline 1 to 4, 0 where none.
  package var formOfDiscipline: UInt32
  /// The person who recorded it.
  package var actor: RecordID
  /// The role the person acted in.
  package var role: Role
  /// The referral that it answers.
  package var clue: RecordID?
  /// What it rests on.
  package var basis: [Citation]
  /// Surveys and scores: how they came out.
  package var rating: Rating

  /// Makes a result.
  package init(
    kind: ResultKind, on: CivilDate, caseFiled: RecordID? = nil, measures: [Measure] = [],
    amount: Int64? = nil, personKey: String = "", decidedBy: String = "",
    documentNumber: String = "", revoked: Bool = false, note: String = "",
    formOfDiscipline: UInt32 = 0, actor: RecordID, role: Role, clue: RecordID? = nil,
    basis: [Citation] = [], rating: Rating = Rating()
  ) {
    self.kind = kind
    self.on = on
    self.caseFiled = caseFiled
    self.measures = measures
    self.amount = amount
    self.personKey = personKey
    self.decidedBy = decidedBy
    self.documentNumber = documentNumber
    self.revoked = revoked
    self.note = note
    self.formOfDiscipline = formOfDiscipline
    self.actor = actor
    self.role = role
    self.clue = clue
    self.basis = basis
    self.rating = rating
  }
}

/// One measure of a result: its class and its value in that class's table.
package struct Measure: Sendable, Equatable, Hashable {
  /// The class.
  package let kind: MeasureClass
  /// The code of the value.
  package let value: String

  /// Makes a measure; the result is nil for a value outside the class's table.
  package init?(_ kind: MeasureClass, _ value: String) {
    guard kind.values.contains(where: { $0.code == value }) else { return nil }
    self.kind = kind
    self.value = value
  }
}
