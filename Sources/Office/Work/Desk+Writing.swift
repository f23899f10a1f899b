import Casework
import Ledger
import Replica

extension Desk {
  /// Writes one act into a dossier.
  mutating func write(
    _ act: Act, in dossier: DossierID, granting grant: Grant? = nil, state: String? = nil,
    number: String? = nil, in transaction: borrowing OfficeTransaction
  ) throws -> API.Step {
    var composition = Composition(office.agency)
    if let grant { composition.add(.grant(grant)) }
    composition.add(newID(), .act(act))
    let written = try commit(composition, to: dossier, in: transaction)
    return try step(
      dossier, written.id, composition.ids, number: number, state: state, in: transaction)
  }
}
