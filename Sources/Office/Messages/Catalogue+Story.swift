extension Catalogue {
  /// What the demo tells.
  static let story: [Message] = [
    Message(
      "story.nodes", "各节点已启动,各有自己的进程、数据库和端口",
      "every node is up, each with its own process, database and ports"),
    Message(
      "story.governors", "两家治理机关加入名录,指纹逐一核对",
      "two governors entered the directory, fingerprints compared"),
    Message("story.governance", "三家治理,两家会签生效", "three govern, two countersign"),
    Message(
      "story.admission", "其余机关经治理机关会签加入", "the others entered, countersigned by the governors"),
    Message("story.directory", "每个节点都列出同样的机关", "every node lists the same agencies"),
    Message(
      "story.certificate", "证书不符的节点被拒绝,换回后恢复",
      "a node with a wrong certificate is refused, and taken again with its own"),
    Message("story.supply", "市司法局向市依法治市办提供线索", "the justice bureau supplies a lead to the office"),
    Message(
      "story.open", "市依法治市办立线索卷,回避郧西依法治县办", "the office opens a clue and excludes the county office"
    ),
    Message(
      "story.refer", "移送函经三人拟、签、发,到达市纪委监委",
      "the letter, by three people, reaches the discipline body"),
    Message(
      "story.attachment", "附件随后到达,逐片校验后取出",
      "the attachment follows and is taken out, verified piece by piece"),
    Message(
      "story.forward", "市纪委监委签收后转送郧西县纪委监委", "received and forwarded to the county's discipline body"
    ),
    Message(
      "story.accept", "郧西县纪委监委签收、受理,处置意见期限 04-14",
      "received and accepted there; an opinion is due on 04-14"),
    Message("story.dispose", "初步核实", "preliminary verification"),
    Message("story.decide", "立案、处分、执行", "case filed, sanction, executed"),
    Message("story.feedback", "最终反馈,移送办结", "final feedback closes the referral"),
    Message(
      "story.evidence", "导出证据,断网核验通过,改一位即被拒绝",
      "evidence is proved without a network, and refused with one bit changed"),
    Message("story.meeting", "召集第三次联席会议", "the third joint meeting is called"),
    Message(
      "story.versions", "E13 两版纪要并行:会签不齐不能定稿",
      "E13 two versions at once: without countersignatures none is final"),
    Message(
      "story.finalize", "E13 第二版会签齐全后定稿、印发",
      "E13 version 2 is final once all countersigned it, and issued"),
    Message("story.resolution", "第四项:报告、验收、销号", "resolution 4: reported, passed, signed off"),
    Message(
      "story.resent", "E01 材料不全退回,补齐再送,受理", "E01 returned as incomplete, sent again, accepted"),
    Message("story.withdrawn", "E06 未签收前撤回,对方同意", "E06 withdrawn before receipt, agreed"),
    Message(
      "story.crossed", "E07 断线时撤回与受理交叉:受理有效,撤回未生效",
      "E07 withdrawal crosses acceptance on a cut line: it stays accepted"),
    Message(
      "story.ownClue", "郧西依法治县办移送自己的线索", "the excluded county office sends a clue of its own"),
    Message(
      "story.cut", "断线:工作照常,对账不通;恢复后一致",
      "cut line: work goes on, reconcile cannot reach; equal after healing"),
    Message(
      "story.row", "改一行:自查恰好指出该行,修复", "one row edited: the self-check names exactly it, and repairs"
    ),
    Message(
      "story.log", "删一个变更集:自查指出,从成员取回",
      "one change set deleted: named, and fetched again from a member"),
    Message(
      "story.stream", "一件线索连续反馈给两家", "a clue whose feedback goes to two agencies in a stream"),
    Message(
      "story.latency", "提交之后到对端可见的时间",
      "how long from a commit to a peer's seeing it"),
    Message(
      "story.kill", "连续交换中三次 kill -9:重启后一致",
      "kill -9 three times in the stream: equal after the restart"),
    Message(
      "story.former", "成员中途回避:不再收到,各方对账一致",
      "a member is excluded midway: it gets no more, and everybody reconciles"),
    Message(
      "story.secrecy", "被回避节点的数据库、日志、文件中没有一个字节",
      "the excluded node holds no byte of it: database, log, files"),
    Message(
      "story.reconciled", "各节点两两对账、自查一致", "every node agrees with every peer and with its own log"),
    Message(
      "story.digests", "各节点名录相同,每个共享卷宗在所有有权节点上摘要相同",
      "all nodes list the same directory, and every shared dossier has one digest"),
    Message("story.nothingHeld", "没有待补,没有拒收", "nothing is held, nothing rejected"),
    Message(
      "story.good", "完成: {steps} 步全部成立;从提交到对端可见的中位数 {median} 毫秒({samples} 次)",
      "done: all {steps} steps hold; commit to visible, median {median} ms of {samples}"),
    Message(
      "story.bad", "失败: {steps} 步中 {failures} 步不成立;从提交到对端可见的中位数 {median} 毫秒({samples} 次)",
      "failed: {failures} of {steps} steps do not hold; commit to visible, median {median} ms "
        + "of {samples}"
    ),
  ]
}
