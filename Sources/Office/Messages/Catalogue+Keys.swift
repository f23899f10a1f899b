extension Catalogue {
  /// New keys, keys withdrawn, registrars appointed and agencies renamed.
  static let keyWords: [Message] = keyHelp + keyPages + keyConflicts

  private static let keyHelp: [Message] = [
    Message(
      "help.agency.appoint", "登记机关失联时,以治理机关身份另行指定登记机关。",
      "Appoint a registrar in place of the one that is lost, as governor."),
    Message(
      "help.agency.change", "以登记机关身份提议更改机关名称,或登记合并、承继。",
      "Propose another name for an agency, or whose work it took over, as registrar."),
    Message(
      "help.agency.rotate-key", "生成新的签名密钥并申请换用;登记机关可提议他机关申请的新钥。",
      "Make a new signing key and ask for it; as registrar, propose the one another asked for."),
    Message(
      "help.agency.suspend-key", "立即停用签名密钥:本机关的,或以登记机关身份停用他机关的。",
      "Withdraw a signing key at once: ours, or anybody's as registrar."),
  ]

  private static let keyPages: [Message] = [
    Message("column.succeeds", "承继自", "successor of"),
    Message("column.public_key", "公钥", "public key"),
    Message("column.last_entry", "保留至", "last entry that stays"),
    Message("proposal.change", "变更", "change"),
    Message("rotation.prepared", "已备好", "prepared"),
    Message("rotation.asked", "已申请", "asked for"),
    Message("rotation.kept", "待送达", "waiting for the registrar"),
    Message("rotation.proposed", "待会签", "proposed"),
    Message("rotation.effective", "已生效", "effective"),
    Message(
      "rotation.next.prepared",
      "请向登记机关 {registrar} 索取邀请码(guantong agency invite {agency} --new-key),再运行: "
        + "guantong agency rotate-key --invite 邀请码",
      "ask the registrar {registrar} for an invitation "
        + "(guantong agency invite {agency} --new-key), then run: "
        + "guantong agency rotate-key --invite CODE"),
    Message(
      "rotation.next.lost",
      "本机关的密钥已停用,须由治理机关指定: guantong agency appoint {agency} --public-key {key} "
        + "--confirm {agency}",
      "the key of this registrar is withdrawn, so governors appoint it anew: guantong agency "
        + "appoint {agency} --public-key {key} --confirm {agency}"),
    Message(
      "rotation.next.asked",
      "请以电话等其他途径核对指纹 {fingerprint};登记机关 {registrar} 随后运行: "
        + "guantong agency rotate-key {agency} --fingerprint {fingerprint}",
      "compare the fingerprint {fingerprint} by a second way; then the registrar {registrar} runs: "
        + "guantong agency rotate-key {agency} --fingerprint {fingerprint}"),
    Message(
      "rotation.next.kept",
      "登记机关 {registrar} 联系不上:本节点继续尝试,下一张交它的光盘也会带去申请: guantong bundle export --to {registrar} "
        + "--out 文件;请以电话等其他途径核对指纹 {fingerprint}",
      "the registrar {registrar} is not reached: this node goes on asking, and the next disc for "
        + "it carries the request: guantong bundle export --to {registrar} --out FILE; compare the "
        + "fingerprint {fingerprint} by a second way"),
    Message(
      "rotation.next.proposed",
      "请治理机关核对指纹 {fingerprint} 后会签: guantong agency countersign {agency}",
      "governors compare the fingerprint {fingerprint} and run: "
        + "guantong agency countersign {agency}"
    ),
    Message(
      "rotation.next.effective", "新钥已写入名录,{agency} 的节点随即换用并逐卷确认",
      "it is in the directory; the node of {agency} uses it now and re-affirms every dossier"),
    Message(
      "suspension.done", "{agency} 的密钥 {fingerprint} 已停用,由 {registrar} 公布",
      "the key {fingerprint} of {agency} is withdrawn, published by {registrar}"),
    Message(
      "suspension.kept", "{agency} 的密钥 {fingerprint} 尚未停用: 登记机关 {registrar} 联系不上,已签的停用声明存着待送",
      "the key {fingerprint} of {agency} is still in force: the registrar {registrar} is not "
        + "reached, and the signed word waits for it"),
    Message(
      "suspension.next.kept",
      "打电话请登记机关直接停用最快;下一张交它的光盘也会带去: guantong bundle export --to {registrar} --out 文件",
      "a call to the registrar, which can withdraw the key itself, is quickest; the next disc for "
        + "it carries the word, too: guantong bundle export --to {registrar} --out FILE"),
    Message(
      "suspension.next",
      "{agency} 换用新钥前不能签发: {registrar} 运行 guantong agency invite {agency} --new-key",
      "{agency} writes nothing until it has a new key: {registrar} runs "
        + "guantong agency invite {agency} --new-key"),
    Message(
      "appointment.next.proposed",
      "共需 {threshold} 家治理机关同样指定: guantong agency appoint {agency} --confirm {agency}",
      "it takes {threshold} governors who say the same: guantong agency appoint {agency} "
        + "--confirm {agency}"),
    Message(
      "appointment.next.effective", "{threshold} 家治理机关已同意,{agency} 即为登记机关",
      "{threshold} governors agree, so {agency} is the registrar now"),
  ]

  private static let keyConflicts: [Message] = [
    Message(
      "conflict.keyOwnInvitation", "登记机关自己换钥不用邀请码;请运行 guantong agency rotate-key",
      "the registrar needs no invitation for its own key; run guantong agency rotate-key"),
    Message(
      "conflict.keyNotAsked",
      "{agency} 没有申请新钥;请先运行 guantong agency invite {agency} --new-key 并交付邀请码",
      "{agency} has not asked for a new key; run guantong agency invite {agency} --new-key "
        + "and hand the code over"),
    Message(
      "conflict.logHole", "日志有缺,不能写入也不提供;请先运行 guantong reconcile --self --repair({what})",
      "nothing is written or given out; run guantong reconcile --self --repair first: {what}"),
    Message(
      "conflict.keySuspended", "该机关的密钥已经停用;换新钥请用 guantong agency rotate-key",
      "its key is withdrawn already; get a new one with guantong agency rotate-key"),
    Message(
      "conflict.keyCannotSign", "本节点的密钥已不在名录中生效,不能签字;请登记机关 {registrar} 办理",
      "the key of this node is not in force, so it cannot sign; ask the registrar {registrar}"),
    Message(
      "conflict.suspensionRefused", "登记机关 {registrar} 没有接受;请电话告知其直接停用",
      "the registrar {registrar} did not take it; tell its operator to withdraw the key"),
    Message(
      "conflict.appointed", "本机关已就此登记机关表示过意见,只有第一次算数;请看 guantong agency pending",
      "this agency has spoken about this registrar, and only its first word counts; see guantong "
        + "agency pending"),
    Message(
      "conflict.appointKey", "{agency} 没有生效的密钥;请加 --public-key,公钥由其 guantong agency rotate-key 给出",
      "{agency} has no key in force; add --public-key, which its agency rotate-key prints"),
    Message(
      "conflict.appointSame", "{agency} 已是登记机关;密钥被盗时请加 --public-key 指定新钥",
      "{agency} is the registrar already; if its key was stolen, name the new one with --public-key"
    ),
    Message(
      "conflict.keyGiven", "这把公钥已登记过,不能再用;请生成新钥",
      "this public key was given before and never comes back; make a new one"),
    Message("conflict.nothingChanged", "与名录所载相同", "the directory says the same already"),
    Message(
      "conflict.succession", "{agency} 已是其承继机关,不能互相承继",
      "{agency} is its successor already; nobody succeeds its own successor"),
  ]
}
