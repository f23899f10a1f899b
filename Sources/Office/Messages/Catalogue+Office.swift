import Casework

extension Catalogue {
  /// What stands in the way of a step, and the words for steps inside the office.
  static let office: [Message] =
    AgencyKind.allCases.map { Message("kind.\($0.rawValue)", $0.term.zh, $0.term.en) }
    + Disposition.allCases.map {
      Message("verb.dispose(\($0.rawValue))", "处置为\($0.term.zh)", "dispose: \($0.term.en)")
    }
    + ResultKind.allCases.map {
      Message("verb.result(\($0.rawValue))", "记录\($0.term.zh)", "record: \($0.term.en)")
    }
    + Stage.allCases.map {
      Message("verb.advance(\($0.rawValue))", "推进至“\($0.term.zh)”", "advance: \($0.term.en)")
    }
    + SupervisionLevel.allCases.map {
      Message("verb.urge(\($0.rawValue))", $0.term.zh, "urge: \($0.term.en)")
    } + steps + conflicts

  private static let steps: [Message] = [
    Message("verb.open", "立卷", "open a dossier"),
    Message("verb.read", "查阅内容", "read content"),
    Message("verb.draft", "拟稿", "draft"),
    Message("verb.submit", "送审", "submit"),
    Message("verb.review", "审核", "review"),
    Message("verb.sendBack", "退回修改", "send back"),
    Message("verb.sign", "签发", "sign"),
    Message("verb.supersede", "更正", "correct"),
    Message(
      "value.short", "不超过 \(Limits.lineCharactersMax) 个字符的一行",
      "a line of at most \(Limits.lineCharactersMax) characters"),
    Message("value.line", "一行可见文字", "one line of visible text"),
    Message(
      "unlawful.dated", "{agency} 已于 {on} 使其成为“{state}”", "{agency} made it “{state}” on {on}"),
    Message("unlawful.undated", "{agency} 已使其成为“{state}”", "{agency} made it “{state}”"),
    Message("value.absent", "空值,此类结果不填该项", "empty, as such a result leaves it"),
    Message("value.text", "不含控制字符的文字", "text without control characters"),
    Message("warning.forked", "本卷宗有机关的记录链分叉", "the chain of an agency forks in this dossier"),
    Message(
      "warning.numbersSkipped", "编号 {first} 至 {last} 未用即作废,不再编给他件;请核对所填编号",
      "numbers {first} to {last} were never used and are void: look at the number again"),
    Message(
      "warning.numberRepeated", "文号 {number} 在 {dossier} 已用过;两件都保留,请核对是否重录",
      "the number {number} stands in {dossier} already; both are kept; check what was typed"),
  ]

  private static let conflicts: [Message] = [
    Message(
      "wentBack.chains", "本机关以前签发的须先取回或由人确认,以免分叉",
      "what this agency wrote is fetched or confirmed first, so that no chain forks"),
    Message("conflict.keyNotInForce", "签名密钥未生效或已停用", "the signing key is not in force"),
    Message("conflict.excluded", "该机关已回避,不得纳入", "that agency is excluded from the dossier"),
    Message("conflict.cannotEnd", "该机关不是可终止的成员", "no membership of that agency can be ended"),
    Message("conflict.cannotExclude", "不能排除该机关", "that agency cannot be excluded here"),
    Message("conflict.numberWord", "机关代字不能用于文号", "the word cannot stand in a number"),
    Message("conflict.movedMeanwhile", "文稿刚被他人改动", "somebody else has just moved the draft"),
    Message(
      "conflict.minutesCirculate", "纪要须先送会签,由会议印发",
      "minutes are circulated and then issued by the meeting"),
    Message(
      "conflict.threePeople", "拟稿、签发、印发须由三人办理",
      "drafting, signing and issuing take three people"),
    Message(
      "conflict.attachmentOther", "文稿已有同名附件,内容或大小不同",
      "the draft has another attachment of that name"),
    Message(
      "conflict.attachmentMissing", "附件尚未传完", "an attachment of the draft is not whole yet"),
    Message("conflict.attachmentNotHere", "附件未到", "that piece has not arrived here yet"),
    Message("conflict.othersDraft", "只有拟稿人可以修改文稿", "only its drafter may change a draft"),
    Message("conflict.ownDraft", "拟稿人不能审核自己的文稿", "who drafted may not review it"),
    Message("conflict.notLapsed", "会签期限未满,最后一日", "the time to answer is not over; its last day is"),
    Message(
      "conflict.notSilent", "没有逾期未答复的应会签机关",
      "no required member that has said nothing"),
    Message("conflict.noLetter", "本件尚未移送,没有可以撤回的函件", "nothing has been sent in this dossier yet"),
    Message("conflict.notAsked", "责任单位没有提出", "the responsible agency has not asked for it"),
    Message(
      "conflict.notMember", "该机关尚未纳入本卷,请先准入", "that agency is not in the dossier: admit it first"),
    Message(
      "conflict.notRevocable", "移送函和纪要不能撤销,请用撤回或修订",
      "a referral is withdrawn and minutes are amended, never revoked"),
    Message("conflict.sameDossier", "一卷不能与自身合并或关联", "a dossier is not tied to itself"),
    Message(
      "conflict.notBothAccepted", "只能合并本机关均已受理的线索,其他请用关联",
      "a body merges clues that it has accepted both; relate the others"),
    Message(
      "conflict.mergeCycle", "该线索已合并入本件", "that clue has been merged into this one already"),
    Message(
      "conflict.noChannel", "渠道和诉求类别只用于信访件,请去掉 --channel 和 --demand-kind",
      "only a petition has a channel and a kind of demand, leave --channel and --demand-kind out"),
    Message(
      "conflict.noBid", "层级和批次只用于示范创建,请去掉 --level 和 --batch",
      "only a demonstration bid has a level and a batch, leave --level and --batch out"),
    Message("conflict.noCourse", "该记录没有流程", "that record has no course of its own"),
    Message("conflict.notTracked", "该事项不需要销号", "the item is not one that is tracked"),
    Message(
      "conflict.administrators", "系统、安全、审计管理员不得互相兼任,也不得兼任其他岗位",
      "operator, security and auditor exclude each other and every other role"),
    Message("conflict.inDirectory", "该机关已在名录中", "the agency is in the directory already"),
    Message("conflict.noApplication", "该机关没有申请加入", "the agency has not asked to join"),
    Message(
      "conflict.hostedHere", "代管机关须由代管节点先备好密钥",
      "a hosted agency needs its own key at the host first"),
    Message("conflict.noEndpoint", "本机关尚未公布地址", "this agency has published no address yet"),
    Message("conflict.governance", "治理机关须过半数会签", "more than half of the governors must agree"),
    Message("conflict.closed", "邀请已失效", "the invitation is of no use any more"),
  ]
}
