/// Where a course stands: an inspection, a petition, an enforcement case, an expert, figures.
///
/// One table for all of them, in the order in which a course goes on. Where two agencies move one
/// course without having seen each other, the later stage of this table stands.
package enum Stage: String, CodeTable {
  case opened, planned, registered, listed, raised, applied, compiled, nominated
  case inPool, requested, declined, approved, deployed, returned, evaluated, removed
  case noticed, underway, reportDrafted, reportApproved, fedBack, rectifying
  case transferred, objected, accepted, notAccepted, guided, handling, extended, opinionIssued
  case assigned, planAgreed, performing, settled, terminated, performed
  case closed, review, reexamination, finalized
  case confirmed, disputed, reconciled, published, corrected
  case concluded, referredUp, designated, completed, archived

  /// The words people see for the stage.
  package var term: Term { Self.terms[self] ?? Term(rawValue, rawValue) }

  /// How far along the table it stands.
  package var rank: Int { Self.ranks[self] ?? 0 }

  private static let ranks = Dictionary(
    uniqueKeysWithValues: zip(allCases, allCases.indices))

  private static let terms: [Stage: Term] = [
    .opened: Term("在办", "open"),
    .planned: Term("已列计划", "planned"),
    .registered: Term("已登记", "registered"),
    .listed: Term("已列案", "listed"),
    .raised: Term("已提出", "raised"),
    .applied: Term("已申报", "applied"),
    .compiled: Term("已汇编", "compiled"),
    .nominated: Term("已推荐", "nominated"),
    .inPool: Term("在库", "in the pool"),
    .requested: Term("待答复抽调", "requested"),
    .declined: Term("未同意", "declined"),
    .approved: Term("已批准", "approved"),
    .deployed: Term("抽调中", "deployed"),
    .returned: Term("已返回", "returned"),
    .evaluated: Term("已评价", "evaluated"),
    .removed: Term("已出库", "removed"),
    .noticed: Term("已通知", "noticed"),
    .underway: Term("督察中", "under way"),
    .reportDrafted: Term("报告已拟", "report drafted"),
    .reportApproved: Term("报告已批", "report approved"),
    .fedBack: Term("已反馈", "fed back"),
    .rectifying: Term("整改中", "rectifying"),
    .transferred: Term("已转送", "transferred"),
    .objected: Term("转送异议", "transfer objected to"),
    .accepted: Term("已受理", "accepted"),
    .notAccepted: Term("不予受理", "not accepted"),
    .guided: Term("已告知途径", "guided to another channel"),
    .handling: Term("办理中", "handled"),
    .extended: Term("已延期", "extended"),
    .opinionIssued: Term("已出处理意见", "opinion issued"),
    .assigned: Term("已定专人", "tracker assigned"),
    .planAgreed: Term("已定方案", "plan agreed"),
    .performing: Term("履行中", "performing"),
    .settled: Term("和解、无争议化解", "settled"),
    .terminated: Term("终结", "terminated"),
    .performed: Term("履行完毕", "performed"),
    .closed: Term("已办结", "closed"),
    .review: Term("复查", "review"),
    .reexamination: Term("复核", "re-examination"),
    .finalized: Term("复核终结", "finalized"),
    .confirmed: Term("核对一致", "confirmed"),
    .disputed: Term("核对有异", "disputed"),
    .reconciled: Term("已核对", "reconciled"),
    .published: Term("已公布", "published"),
    .corrected: Term("已更正", "corrected"),
    .concluded: Term("已有结论", "concluded"),
    .referredUp: Term("已请示上级", "referred up"),
    .designated: Term("已命名", "designated"),
    .completed: Term("已验收", "completed"),
    .archived: Term("已归档", "archived"),
  ]
}
