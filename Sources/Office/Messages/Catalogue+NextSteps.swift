import Casework

extension Catalogue {
  /// What people call the places in a question, where a refusal says whose a step is.
  static let parties: [Message] =
    Party.allCases.map { Message("party.\($0.rawValue)", $0.term.zh, $0.term.en) } + [
      Message("party.other", "有权机关", "the agency whose step it is")
    ]

  /// What to do next about the reason of a conflict; for all others the refusal says it.
  static let nextSteps: [Message] = voided + missing + refused

  private static func next(_ reason: String, _ zh: String, _ en: String) -> Message {
    Message("next.\(reason)", zh, en)
  }

  /// For each reason for which a step would have no effect, but those that have a refusal of their
  /// own.
  private static let voided: [Message] = [
    next(
      "void.notCounted", "请用 guantong void list 查看,并联系产生机关",
      "see guantong void list, and talk to its author"),
    next(
      "void.malformed", "请核对所填内容;仍不行请交维护人员",
      "look at what was stated; else give it to the maintainers"),
    next(
      "void.unknownCode", "请改用表内代码;对方版本较新时请升级本节点", "take a code of the tables, or upgrade this node"
    ),
    next("void.otherAuthor", "请以本机关名义办理;代录请加 --desk", "act in your own name, or record by --desk"),
    next("void.duplicateRecord", "请重新办理,由系统另给记录号", "do it again; another id is drawn"),
    next("void.audience", "请使知悉范围与其对象相同", "give it the audience of what it is about"),
    next(
      "void.noTarget", "请先用 guantong sync now 取回对象,再办理",
      "fetch it with guantong sync now, then try again"),
    next("void.wrongDossierKind", "请在相应类别的卷宗中办理", "do it in a dossier of the fitting kind"),
    next("void.wrongForm", "请换用适合这一步的文书种类", "take a form that fits the step"),
    next(
      "void.notAddressed", "请先用 guantong dossier admit 纳入该机关",
      "admit that agency first: guantong dossier admit"),
    next(
      "void.wrongState", "请用 guantong show 查看现在的状态和下一步",
      "see guantong show for its state and what may follow"),
    next(
      "void.missingBasis", "请先办出所依据的文书或动作,再指明其文号",
      "issue or do what it rests on first, then name its number"),
    next(
      "void.missingPoint", "请用 guantong clue show 查看仍待本机关办理的要点",
      "see guantong clue show for the points open to you"),
    next(
      "void.resultsStand", "请先撤销有关结果: guantong result revoke",
      "revoke the result first: guantong result revoke"),
    next("void.hashMismatch", "请查看最新一版,再就该版办理", "read the newest version, and answer that"),
    next(
      "void.disputed", "请先答复异议: guantong item uphold 或 dismiss",
      "answer the dispute: guantong item uphold or dismiss"),
    next("void.wrongReason", "请从表中选一个理由", "choose a reason of the table"),
    next("void.wrongReason.note", "请写明理由", "say why"),
    next("void.wrongKind", "请从表中选一个种类", "choose a kind of the table"),
    next("void.notAutomatic", "请由人员办理", "let a person do it"),
    next("void.badAddressee", "请改填可以接收的机关", "name an agency that can take it"),
    next("void.archived", "请由主办机关先重新打开本卷", "ask the home to open the dossier again"),
    next(
      "void.itemsOpen", "请先办结未了的事项、函件、纪要,或列入长期整改",
      "settle what is open, or put it on the long-term list"),
    next("void.overlap", "请另选期间,或先改原定期间", "take other days, or change those that were approved"),
    next("void.wrongAmount", "请填写大于零的金额", "state an amount above zero"),
    next(
      "void.noStatement", "请用 guantong dossier admit、exclude 或 end 办理",
      "use guantong dossier admit, exclude or end"),
    next("void.misplaced", "请在公开部分办理", "do it in the open part"),
    next("void.carriesActs", "载有办理或结果的密页须保留", "keep it: acts and results are not destroyed"),
    next("void.revisesForeign", "请取最新版本后再更正", "correct the newest version"),
  ]

  /// For what a step has to state or cite.
  private static let missing: [Message] = [
    next(
      "void.missingBasis.dueOn", "请写明新的期限;延长的须晚于现有期限",
      "state a new date; more time is later than the date in force"),
    next("void.missingBasis.number", "请写明文号", "state the number"),
    next(
      "void.missingBasis.approval", "请写明批准文号,如 样委批〔2023〕1号",
      "state the number of the approval, such as 样委批〔2023〕1号"),
    next(
      "void.missingBasis.personKey", "请写明人员代号和至少一项措施",
      "state the key of the person and at least one measure"),
    next(
      "void.missingBasis.caseFiled", "请先立案,并指明所依据的立案", "file the case first, and name the filing"),
    next(
      "void.missingBasis.report", "请等待责任单位报送报告;已退回的须重新报送",
      "wait for a report that is not answered yet"),
    next("void.missingBasis.requested", "请指明一份尚未答复的抽调申请", "name one request that is not decided"),
    next("void.missingBasis.approved", "请指明一份尚未使用的批准", "name one approval that is not used"),
  ]

  /// For what the office itself refuses.
  private static let refused: [Message] = [
    next(
      "conflict.excluded", "请改请其他机关;回避不能撤销", "ask another agency; an exclusion is not taken back"),
    next(
      "conflict.cannotEnd", "请用 guantong dossier show 查看成员",
      "see guantong dossier show for its members"),
    next(
      "conflict.cannotExclude", "主办机关、本机关和其他主送机关不能由此排除,请与主办机关联系",
      "the home, yourself and other addressees stay; talk to the home"),
    next(
      "conflict.numberWord", "请由系统管理员改正 office.number_word",
      "let an operator correct office.number_word"),
    next("conflict.movedMeanwhile", "请重新查看文稿后再办", "look at the draft again, then decide"),
    next(
      "conflict.minutesCirculate", "请用 guantong meeting circulate、finalize、issue",
      "use guantong meeting circulate, finalize and issue"),
    next("conflict.threePeople", "请由第三人印发", "let a third person issue it"),
    next("conflict.attachmentOther", "请换一个文件名", "give the file another name"),
    next("conflict.attachmentMissing", "请重传该附件", "upload it again"),
    next("conflict.othersDraft", "请由拟稿人修改,或退回拟稿人", "ask its drafter, or send it back"),
    next("conflict.ownDraft", "请由另一位科室负责人审核", "ask another section head to review it"),
    next("conflict.notLapsed", "请在该日之后再记录逾期", "record the lapse after that day"),
    next("conflict.notAsked", "请等待责任单位提出", "wait until it asks"),
    next(
      "conflict.notMember", "请用 guantong dossier admit 纳入该机关", "admit it: guantong dossier admit"),
    next(
      "conflict.notRevocable", "请用 guantong clue withdraw,或重新会签一版纪要",
      "use guantong clue withdraw, or circulate new minutes"),
    next(
      "conflict.notBothAccepted", "请用 guantong clue relate 关联", "tie them with guantong clue relate"
    ),
    next("conflict.mergeCycle", "无需再次合并", "there is nothing left to merge"),
    next("conflict.administrators", "请分别登记为两人", "list two people"),
  ]
}
