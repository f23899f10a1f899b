package import Ledger

/// The destruction (销毁) of a sealed part by its author.
///
/// Which part it is stands in the envelope, which alone has effect; the body says who ordered it,
/// when, on what decision and why.
package struct Destruction: Sendable, Equatable {
  /// The person on whose order it was done.
  package var actor: RecordID
  /// The role the person acted in.
  package var role: Role
  /// The date the person states.
  package var on: CivilDate
  /// The decision it rests on, by number or name.
  package var decision: String
  /// Why.
  package var reason: String

  /// Makes a destruction.
  package init(actor: RecordID, role: Role, on: CivilDate, decision: String, reason: String) {
    self.actor = actor
    self.role = role
    self.on = on
    self.decision = decision
    self.reason = reason
  }
}
