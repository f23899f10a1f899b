/// Why a change set, part or record has no effect; the codes of `casework.void`.
package enum Invalidity: String, CodeTable {
  case notCounted, malformed, unknownCode, otherAuthor, duplicateRecord, audience, noTarget
  case wrongDossierKind, wrongForm, notAddressed, wrongAuthor, wrongRole, notHeld, selfApproval
  case wrongState, missingBasis, missingPoint, resultsStand, hashMismatch, unanswered, disputed
  case wrongReason, wrongKind, notAutomatic, revisesForeign, badAddressee
  case noStatement, misplaced, carriesActs, archived, itemsOpen, overlap, wrongAmount

  /// The words people see for the reason.
  package var term: Term {
    switch self {
    case .notCounted: Term("所在变更集无效", "its change set does not count")
    case .malformed: Term("格式不合法", "not in the lawful form")
    case .unknownCode: Term("代码未知", "code unknown")
    case .otherAuthor: Term("冒用他单位名义", "written in another agency's name")
    case .duplicateRecord: Term("记录号重复", "record id used before")
    case .audience: Term("知悉范围与对象不同", "audience differs from its target's")
    case .noTarget: Term("对象不存在", "target unknown in its ancestry")
    case .wrongDossierKind: Term("卷宗类别不符", "not lawful in this kind of dossier")
    case .wrongForm: Term("文书种类不符", "not lawful for this form")
    case .notAddressed: Term("主送或抄送未获知悉", "an addressee has no grant")
    case .wrongAuthor: Term("非有权机关", "not the lawful author of this verb")
    case .wrongRole: Term("角色不符", "role not allowed for this verb")
    case .notHeld: Term("本人无此角色", "person does not hold the role")
    case .selfApproval: Term("拟稿人与签发人相同", "drafter and signer are one person")
    case .wrongState: Term("当前状态不允许", "not lawful in this state")
    case .missingBasis: Term("缺少依据", "does not cite what it needs")
    case .missingPoint: Term("要点不符", "names points that are not open to it")
    case .resultsStand: Term("已有处理结果", "valid results stand")
    case .hashMismatch: Term("所签文本不符", "binds another text")
    case .unanswered: Term("会签未齐", "a required member has not answered")
    case .disputed: Term("异议未决", "a dispute is open")
    case .wrongReason: Term("理由缺失或不在表内", "reason missing or not in the table")
    case .wrongKind: Term("种类缺失或不在表内", "kind missing or not in the table")
    case .notAutomatic: Term("不得自动办理", "a person must do this")
    case .badAddressee: Term("收文机关不合适", "names an agency that cannot take it")
    case .archived: Term("本卷已归档", "the dossier is archived")
    case .itemsOpen: Term("尚有未了事项", "an item, a letter or minutes are still open")
    case .overlap: Term("与已同意的期间重叠", "overlaps an approved period")
    case .wrongAmount: Term("金额不符", "amount missing or not above zero")
    case .noStatement: Term("同一变更集未作相应声明", "its change set states nothing of the kind")
    case .misplaced: Term("不在应载部分", "stands in a part where it has no effect")
    case .carriesActs: Term("所指部分含办理或结果", "the part it destroys carries acts or results")
    case .revisesForeign: Term("改动的不是本单位现行版本", "revises what is not its own current version")
    }
  }
}
