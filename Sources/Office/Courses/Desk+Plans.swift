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
    guard subject.card.type == .dossier, act.kind == Stage.approved.rawValue,
      let kind = folded.cover?.kind, Self.planned.contains(kind)
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

  /// Refuses the number of an approval of its own that is none by its form, or that is the approval
  /// of our plan, of which an inspection names its item.
  func refuseApproval(
    _ number: String, of subject: CourseSubject, in folded: FoldedDossier,
    _ transaction: borrowing OfficeTransaction
  ) throws {
    let rule = subject.course.machine.rule(.stage(.approved), from: subject.card.stage)
    guard rule?.needs.contains(.approval) ?? false, !number.isEmpty else { return }
    guard DocumentNumber(number) != nil else {
      throw Field.invalid(number, "number", "样委批〔2023〕1号")
    }
    guard subject.card.type == .dossier, let kind = folded.cover?.kind,
      Self.planned.contains(kind)
    else { return }
    let plan = try transaction.sql.value(
      """
      SELECT dossier FROM casework.course
      WHERE author = \(office.agency) AND kind = \(DocumentForm.annualPlan.rawValue)
        AND approval = \(number) LIMIT 1
      """, as: DossierID.self)
    guard plan == nil else {
      throw OfficeError(.conflict, ["detail": "conflict.planNotNamed, \(number)"])
    }
  }

  /// What is done by a plan.
  private static let planned: Set<DossierKind> = [.inspection, .campaign]
}
