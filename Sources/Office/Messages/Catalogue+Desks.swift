extension Catalogue {
  /// Agencies without a node of their own, at the node of another.
  static let deskWords: [Message] = [
    Message("help.desk", "代管机关的席位。", "Desks of the agencies that this node hosts."),
    Message(
      "help.desk.open", "为将由本节点代管的机关生成签名密钥。",
      "Make the signing key of an agency that this node is to host."),
    Message("help.desk.list", "列出本节点代管的机关及其密钥。", "List the hosted agencies and their keys."),
    Message(
      "help.agency.move", "以登记机关身份提议代管机关迁往自有节点。",
      "Propose, as registrar, that a hosted agency moves to a node of its own."),
    Message("column.desk", "席位", "desk"),
    Message("column.next_fingerprint", "新钥指纹", "next fingerprint"),
    Message("act.recorded", "{agency} 代录", "recorded by {agency}"),
    Message("desk.prepared", "密钥已备", "prepared"),
    Message("desk.open", "在用", "open"),
    Message("desk.suspended", "密钥已停用", "key suspended"),
    Message("desk.keyless", "缺有效密钥", "key missing"),
    Message("desk.moved", "已迁出", "moved away"),
    Message(
      "desk.next.prepared",
      "请以电话等其他途径核对指纹 {fingerprint};登记机关随后运行: guantong agency add {agency} "
        + "--hosted-by 本机关 --public-key {key} --fingerprint {fingerprint} --name 全称 --kind 类别",
      "compare the fingerprint {fingerprint} by a second way; then the registrar runs: guantong "
        + "agency add {agency} --hosted-by THIS --public-key {key} --fingerprint {fingerprint} "
        + "--name NAME --kind KIND"),
    Message(
      "config.hosted", "代管机关 {agency} 的密钥,指纹 {fingerprint}",
      "key of the hosted agency {agency}, fingerprint {fingerprint}"),
    Message("environment.DESK", "代管机关的席位,同 --desk", "desk of a hosted agency, as --desk"),
    Message("conflict.noDesk", "本节点没有该机关的席位", "this node has no desk of that agency"),
    Message(
      "conflict.hostedElsewhere", "该机关不在本节点办理,现由该节点办理",
      "the agency does not work on this node but on that of"),
    Message(
      "conflict.handOver", "迁入尚未完成:须先从原代管节点取回本机关的全部记录",
      "the move is not finished: what this agency wrote must first come back from its former host"),
    Message(
      "conflict.recordedWithoutScan",
      "该人员属代管单位,不在本席位:代录须以 --scan 指明代录原件(先起草 recordedPaper 并上传扫描件);代管单位",
      "that person is the host's and not of this desk: to record for it name the paper by --scan "
        + "(a draft recordedPaper with its scan); the host is"),
    Message(
      "conflict.recordedAtDesk", "只有在代管机关的席位上才能代录:请加 --desk",
      "recording from paper is done at the desk of a hosted agency: add --desk"),
    Message(
      "conflict.recordedByHost", "本席位人员自行办理,不作代录;代录由代管单位人员办理",
      "who is of the desk acts without a paper; recording is for people of the host"),
    Message(
      "conflict.otherPaper", "所指文稿不是本卷的代录原件", "that draft is no paper of this dossier"),
    Message(
      "conflict.paperNotScanned", "代录原件尚无扫描件:先以 document attach 上传",
      "the paper has no scan yet: bring it by document attach"),
    Message(
      "conflict.paperIsPlain", "代录原件只有标题、说明和扫描件",
      "a paper has a title, a text and its scan, and nothing else"),
    Message(
      "conflict.paperComesWithAct", "代录原件不单独送审、签发、印发,随代录的办理动作入卷",
      "a paper is not submitted, signed or issued: it comes with what is recorded from it"),
    Message(
      "conflict.notRecorded", "该事项须由本机关人员办理,代管单位不得代录",
      "that is for the agency's own people; a host does not record it"),
    Message("conflict.hasNode", "该机关已有节点或另有代管", "the agency has a node, or another host"),
    Message("conflict.noHost", "该机关自身无节点,不能代管", "that agency has no node, so it hosts nobody"),
    Message("conflict.notHosted", "该机关不是代管机关", "the agency is not hosted"),
    Message(
      "conflict.moveOld", "申请所附的公示信息早于已公布的:请校准新节点时钟后重新申请",
      "the particulars that came are older than those published: set the clock of the new node and "
        + "ask again"),
  ]
}
