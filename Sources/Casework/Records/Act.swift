package import Ledger

/// What an agency did on a document, an item, a dossier or a result (办理); immutable.
package struct Act: Sendable, Equatable {
  /// The record type of the target.
  package var targetType: RecordType
  /// The record it acts on.
  package var target: RecordID
  /// What was done.
  package var verb: Verb
  /// The person; nil when the node acted under a standing rule.
  package var actor: RecordID?
  /// The role the person acted in.
  package var role: Role?
  /// The date the person states; it decides nothing.
  package var on: CivilDate
  /// What the agency had before it when it acted.
  package var basis: [Citation]
  /// The code of the reason, where the verb has one.
  package var reason: String
  /// A note.
  package var note: String
  /// The agencies the verb names, ascending: forwarded to, withdrawn from, admitted, excluded.
  package var agencies: [AgencyCode]
  /// The items it concerns, where not all.
  package var points: [RecordID]
  /// The kind of disposition, the stage of a feedback, or of an acceptance the kind of oversight
  /// that takes the letter up, where it states one.
  package var kind: String
  /// Whether it is final, as a last feedback is.
  package var final: Bool
  /// Whether the node acted by itself.
  package var automatic: Bool
  /// The number the acting agency gave.
  package var internalNumber: String
  /// A new due date.
  package var dueOn: CivilDate?
  /// The text that a countersignature or a finalization binds.
  package var hash: Hash256?
  /// The host that recorded the act for a hosted agency.
  package var recordedBy: AgencyCode?

  /// Makes an act.
  package init(
    on target: RecordID, _ targetType: RecordType, verb: Verb, actor: RecordID?, role: Role?,
    date: CivilDate, basis: [Citation] = [], reason: String = "", note: String = "",
    agencies: [AgencyCode] = [], points: [RecordID] = [], kind: String = "", final: Bool = false,
    automatic: Bool = false, internalNumber: String = "", dueOn: CivilDate? = nil,
    hash: Hash256? = nil, recordedBy: AgencyCode? = nil
  ) {
    self.target = target
    self.targetType = targetType
    self.verb = verb
    self.actor = actor
    self.role = role
    on = date
    self.basis = basis
    self.reason = reason
    self.note = note
    self.agencies = agencies
    self.points = points
    self.kind = kind
    self.final = final
    self.automatic = automatic
    self.internalNumber = internalNumber
    self.dueOn = dueOn
    self.hash = hash
    self.recordedBy = recordedBy
  }
}
