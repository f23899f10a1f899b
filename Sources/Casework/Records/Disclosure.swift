package import Ledger

/// The disclosure of a sealed part to further agencies by its author.
///
/// Which part it is stands in the envelope; to whom it is opened is the audience of the sealed part
/// that carries this record, so that nobody else learns of it.
package struct Disclosure: Sendable, Equatable {
  /// The person on whose order it was done.
  package var actor: RecordID
  /// The role the person acted in.
  package var role: Role
  /// The date the person states.
  package var on: CivilDate
  /// Why.
  package var reason: String

  /// Makes a disclosure.
  package init(actor: RecordID, role: Role, on: CivilDate, reason: String) {
    self.actor = actor
    self.role = role
    self.on = on
    self.reason = reason
  }
}
