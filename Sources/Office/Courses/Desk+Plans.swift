import Casework
import Ledger
import Postgres
import Replica

extension Desk {
  /// Rests the approval of an inspection on an item of our plan, which is approved as a whole: the
  /// number is that of its approval.
  ///
  /// Without a plan the number of an approval of its own is needed (特批), so an inspection that has
  /// neither is held up.
  func approve(
    _ act: inout Act, by text: String, _ subject: CourseSubject, in folded: FoldedDossier,
    _ transaction: borrowing OfficeTransaction
  ) throws {
    let kinds: Set<DossierKind> = [.inspection, .campaign]
    guard subject.card.type == .dossier, act.kind == Stage.approved.rawValue,
      let kind = folded.cover?.kind, kinds.contains(kind)
    else { throw OfficeError(.conflict, ["detail": "conflict.planNotAsked"]) }
    let found = try Lookup(agency: office.agency).find(text, in: transaction)
    guard let record = found.record, let plans = try transaction.folded(found.dossier),
      let entry = plans.entry(record), let item = entry.item
    else { throw Lookup.notFound(text) }
    guard item.kind == .planItem, entry.author == office.agency, entry.audience.isEmpty,
      let plan = plans.entry(item.document, by: entry.author, for: []),
      let number = plan.document?.number
    else { throw OfficeError(.conflict, ["detail": "conflict.noPlanItem"]) }
    guard plans.state(ofDocument: plan) == .issued, let card = plans.course(of: plan),
      card.stage == .approved
    else { throw OfficeError(.conflict, ["detail": "conflict.planUnapproved, \(number)"]) }
    guard act.internalNumber.isEmpty || act.internalNumber == card.approval else {
      throw Field.invalid(act.internalNumber, "number", card.approval)
    }
    act.internalNumber = card.approval
    act.points = [record]
  }
}
