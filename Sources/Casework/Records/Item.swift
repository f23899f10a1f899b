package import Ledger

/// One item of a document (事项); immutable, lives by acts.
package struct Item: Sendable, Equatable {
  /// The document that carries it.
  package var document: RecordID
  /// Its number in the document, from 1.
  package var number: UInt32
  /// What it is.
  package var kind: ItemKind
  /// The text.
  package var text: String
  /// The agency responsible for it.
  package var unit: AgencyCode?
  /// The agencies that help, ascending.
  package var coUnits: [AgencyCode]
  /// The date it is due.
  package var dueOn: CivilDate?
  /// The standard it is accepted by; of a deduction the id of the record that it rests on.
  package var standard: String
  /// Money in fen; of a deduction hundredths of a point.
  package var amount: Int64?
  /// The category; a finding's is what it is about, by the table or in words, a clue point's its
  /// kind of misconduct, a deduction's its rule.
  package var category: String

  /// Makes an item.
  package init(
    document: RecordID, number: UInt32, kind: ItemKind, text: String, unit: AgencyCode? = nil,
    coUnits: [AgencyCode] = [], dueOn: CivilDate? = nil, standard: String = "",
    amount: Int64? = nil, category: String = ""
  ) {
    self.document = document
    self.number = number
    self.kind = kind
    self.text = text
    self.unit = unit
    self.coUnits = coUnits
    self.dueOn = dueOn
    self.standard = standard
    self.amount = amount
    self.category = category
  }
}
