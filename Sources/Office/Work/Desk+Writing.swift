import Casework
import Ledger
import Replica

extension Desk {
  /// Writes one act into a dossier; what the host records together with its paper.
  ///
  /// No time that an act asks for or gives ends before the day of the act.
  mutating func write(
    _ act: Act, in dossier: DossierID, granting grant: Grant? = nil, state: String? = nil,
    number: String? = nil, in transaction: borrowing OfficeTransaction
  ) throws -> API.Step {
    try refuse(act.dueOn, before: act.on, "dueOn")
    var composition = Composition(office.agency)
    if let grant { composition.add(.grant(grant)) }
    let paper = try scan.map { try RecordedPaper($0, for: act, in: dossier, by: self, transaction) }
    let joined = paper?.joined(by: act, to: &composition, at: self)
    composition.add(newID(), .act(joined ?? act))
    let written = try commit(composition, to: dossier, in: transaction)
    try paper?.handOver(to: written.id, by: self, in: transaction)
    if let paper { detail = paper.draft.id.uuidString }
    return try step(
      dossier, written.id, composition.ids, number: number, state: state, in: transaction)
  }
}
