extension Catalogue {
  /// What is said about the rebuild of a node that lost everything but its keys.
  static let rebuilds: [Message] = [
    Message(
      "help.node.rebuild", "数据库全失且无备份时,仅凭密钥与对方重建节点。",
      "Rebuild a node that lost its database, from its keys and its peers alone."),
    Message(
      "help.node.rebuild-report", "重建后取回了什么,什么只存于本节点而已失。",
      "What a rebuilt node has again, and what only it held."),
    Message(
      "rebuild.prepared", "{agency} 的节点已备好重建,名录由 {peer} 给出并已核验",
      "the node of {agency} is ready to be rebuilt; the directory came from {peer} and is "
        + "verified"),
    Message(
      "rebuild.alone", "务必确保原机器不再启动:两个节点共用一把密钥会使链分叉",
      "see to it that the old machine never starts again: two nodes under one key fork each other"),
    Message(
      "rebuild.start",
      "启动: guantong node run --config {config};随后: guantong node rebuild-report",
      "start it: guantong node run --config {config}; then: guantong node rebuild-report"),
    Message(
      "expected.directory", "名录首条的编号,64 位十六进制",
      "the id of the directory's first change set, 64 hexadecimal digits"),
    Message("rebuild.none", "本节点不是重建的", "this node was not rebuilt"),
    Message(
      "rebuild.directory", "对方没有这个名录,或给出的不是它",
      "the peer has no such directory, or gave something else"),
    Message(
      "rebuild.foreign", "rebuild.json 中的名录与密钥不合",
      "the directory in rebuild.json does not lead to this key"),
    Message("rebuild.unlisted", "名录中没有本机关", "the directory does not list this agency"),
    Message(
      "rebuild.key", "名录中有效的不是这把密钥;请凭邀请换钥: guantong agency invite --new-key",
      "another key is in force in the directory; get a new one by an invitation: guantong agency "
        + "invite --new-key"),
    Message(
      "rebuild.pin", "名录公布的不是这对 TLS 密钥,各方会拒绝;请用公布的那对",
      "the directory shows another TLS key, so peers refuse this one; take the pair it shows"),
    Message(
      "rebuild.peer", "该地址的证书不是名录所载对方的证书",
      "the certificate at that address is not the one that the directory shows for the peer"),
    Message(
      "rebuild.refused", "对方拒绝:密钥或机关代码不对",
      "the peer refused: the keys or the code of an agency are wrong"),
    Message(
      "rebuild.refused.next", "请核对密钥是否属于所指机关,以及对方是否为所指机关",
      "see that the keys are of the agency named, and that the peer is the agency named"),
    Message(
      "rebuild.noFile", "不是 guantong node rebuild 写出的文件",
      "it is none that guantong node rebuild made"),
    Message(
      "rebuild.noFile.next", "请删除节点的目录,再运行 guantong node rebuild",
      "remove the directory of the node and run guantong node rebuild again"),
    Message(
      "rebuild.keyless", "其中没有 agency.pem、tls.pem 和 tls.crt",
      "agency.pem, tls.pem and tls.crt are not in it"),
    Message(
      "rebuild.counts", "取回卷宗 {dossiers} 卷,变更集 {changeSets} 个,其中本机关签发 {own} 个",
      "{dossiers} dossiers and {changeSets} change sets are back, {own} of them this agency's own"),
    Message(
      "rebuild.waits", "还没有给全的对方: {peers}", "peers that have not given everything yet: {peers}"),
    Message(
      "rebuild.secondNode", "{peers} 还收到另一节点以本机关密钥发出的内容:请停用它,或换钥",
      "{peers} hear from another node under this agency's key: stop it, or replace the key"),
    Message(
      "rebuild.whole", "没有证据表明还有只存于本节点的内容",
      "nothing shows that anything else existed"),
    Message(
      "rebuild.lost", "只存于本节点、无人能给的: {count} 项",
      "only this node held, and nobody can give: {count}"),
    Message(
      "rebuild.gap", "编号缺口表示该件曾经签发,除非有人手填过更大的编号;每类最末几号之后的,无从得知",
      "a gap in the numbers is a paper that was issued, unless somebody gave a higher number by "
        + "hand; what came after the last number of a series nobody can tell"),
    Message(
      "rebuild.parts", "无人给回的密封部分: {count} 个", "sealed parts that nobody gave back: {count}"),
    Message(
      "rebuild.attachments", "尚缺分片的附件: {count} 个", "attachments that lack pieces: {count}"),
    Message("rebuild.never", "只在数据库中、不能取回的:", "in the database alone, and gone for good:"),
    Message(
      "rebuild.next.wait", "等各方答复后再看;附件在后台续取",
      "ask again when the others have answered; attachments are fetched in the background"),
    Message(
      "rebuild.next.resume",
      "核实后: guantong reconcile --resume --dry-run,再 guantong reconcile --resume "
        + "--reason 原因 --confirm {agency}",
      "look at what came back: guantong reconcile --resume --dry-run; then: guantong reconcile "
        + "--resume --reason WHY --confirm {agency}"),
    Message(
      "rebuild.next.reserve", "缺口中的编号不再使用;其后可能用过的编号,请凭纸质登记在下一件上手填更大的编号",
      "no number in a gap is drawn again; where paper shows that higher ones were used, give the "
        + "next dossier a higher number by hand"),
    Message(
      "rebuild.next.done", "已恢复签封;请做一次备份: guantong backup create",
      "this node writes again; make a backup: guantong backup create"),
    Message("onlyHere.dossierNumber", "卷宗编号缺口", "gap in the numbers of dossiers"),
    Message("onlyHere.documentNumber", "文号缺口", "gap in the numbers of documents"),
    Message("onlyHere.changeSet", "他人提及的变更集", "change set that others name"),
    Message("onlyHere.deliveries", "已宣布未送达", "announced and never delivered"),
    Message("neverBack.draft", "未印发的拟稿", "drafts that were not issued"),
    Message("neverBack.audit", "审计记录(新的从重建起)", "the audit; a new one begins with the rebuild"),
    Message(
      "neverBack.setting", "设置,包括人员摘要所用的秘密:同一人此后摘要不同,人次可能重计",
      "settings, and the secret of the keyed hashes of persons: the same person has another hash "
        + "from now on and may count twice"),
    Message("neverBack.calendar", "工作日历的例外", "exceptions of the calendar of working days"),
    Message(
      "neverBack.receipt", "对方签给本节点的旧回执;他方留存的仍有效",
      "receipts that others signed for this node; those that they keep stay good"),
    Message("neverBack.invitation", "发出的邀请与待批的申请", "invitations given out, and applications"),
    Message("neverBack.alarm", "告警与隔离件", "alarms and the quarantine"),
    Message("column.count", "数量", "count"),
    Message("column.what", "内容", "what"),
    Message("column.through", "至", "through"),
    Message("column.witness", "佐证", "shown by"),
    Message("column.entries", "名录条目", "entries"),
    Message("column.answered", "已答复", "answered"),
    Message("column.own", "本机关签发", "own"),
    Message("column.dossiers", "卷宗", "dossiers"),
    Message("answered.true", "是", "yes"),
    Message("answered.false", "否", "no"),
  ]
}
