extension Catalogue {
  /// What is said about bundles and the discs that carry them.
  static let bundles: [Message] = bundleCommands + bundleFlaws

  private static let bundleCommands: [Message] = [
    Message("help.bundle", "光盘摆渡:离线数据包。", "Offline bundles, for networks without a line."),
    Message(
      "help.bundle.export", "把欠对端的内容写成一个数据包文件。",
      "Write what a peer is owed into one file."),
    Message("help.bundle.import", "核验数据包并整包收下。", "Check a bundle and take it whole."),
    Message(
      "help.bundle.inspect", "查看数据包,不需要节点;给出 --config 则用本机密钥启封。",
      "Look into a bundle without a node; with --config its envelopes are opened."),
    Message(
      "help.bundle.renew-key", "更换启封密钥;旧密钥再保留一年。",
      "Replace the key that envelopes are sealed to; the old one opens for a year."),
    Message(
      "bundle.written", "已写入 {path}: {reader} 的第 {from} 至 {to} 号,{bytes} 字节",
      "wrote {path}: numbers {from} to {to} for {reader}, {bytes} bytes"),
    Message(
      "bundle.writtenEmpty", "已写入 {path}: 不欠 {reader} 任何内容,只带回执与索取,{bytes} 字节",
      "wrote {path}: nothing is owed to {reader}; it carries receipt and wants, {bytes} bytes"),
    Message(
      "bundle.more", "还有内容装不下:收到这一包的回执后再次导出",
      "more is owed than one file holds: export again when the receipt for this one is back"),
    Message(
      "bundle.taken", "已收下 {sender} 的第 {from} 至 {to} 号: 新存 {stored},待补 {held},拒收 {rejected}",
      "took numbers {from} to {to} of {sender}: stored {stored}, held {held}, rejected {rejected}"),
    Message(
      "bundle.takenEmpty", "{sender} 的数据包没有新内容,回执与索取已收下",
      "the bundle of {sender} has no new content; its receipt and wants were taken"),
    Message(
      "bundle.repeated", "{sender} 的第 {from} 至 {to} 号早已收下,没有改动",
      "numbers {from} to {to} of {sender} were here already; nothing changed"),
    Message(
      "bundle.wentBack",
      "数据包证明本节点的数据库曾回退,取回所写内容之前不再印发: guantong reconcile --resume --dry-run",
      "it proves that the database of this node went back in time: nothing is issued until what it "
        + "wrote is back; see guantong reconcile --resume --dry-run"),
    Message(
      "bundle.carries.suspension", "带有停用本机关密钥的声明,登记机关收下即公布",
      "it carries the word that a key is withdrawn; the registrar publishes it at the import"),
    Message(
      "bundle.carries.keyRequest", "带有换用新钥的申请", "it carries a request for a new key"),
    Message(
      "bundle.repaired", "本机日志的缺口已由它补上,连同重算的行共 {count} 处",
      "it filled holes of the log here: {count}, rows made again among them"),
    Message(
      "bundle.published.particulars", "{sender} 送来的机关资料已公布",
      "the particulars that {sender} sent are published"),
    Message(
      "bundle.published.suspension", "{sender} 送来的停用声明已公布,该密钥即刻停用",
      "the withdrawal of a key that {sender} sent is published and in force"),
    Message(
      "bundle.asked.pending",
      "{sender} 申请换用新钥:请以电话等其他途径核对指纹(guantong agency pending),再运行 guantong agency "
        + "rotate-key {sender} --fingerprint 指纹",
      "{sender} asks for a new key: compare its fingerprint by a second way (guantong agency "
        + "pending), then run guantong agency rotate-key {sender} --fingerprint FINGERPRINT"),
    Message(
      "bundle.asked.admitted", "{sender} 申请的新钥已经生效", "the key that {sender} asks for is in force"),
    Message(
      "bundle.asked.refused", "{sender} 的换钥申请没有接受({reason});请发新的邀请码",
      "the request of {sender} for a new key was not taken ({reason}); give it a new invitation"),
    Message(
      "bundle.requestAlone",
      "只收下它所求的:发方密钥已停用,或其名录有缺",
      "only what it asks for was taken: its sender's key is withdrawn, or its directory has a "
        + "hole"),
    Message(
      "bundle.next", "回程: guantong bundle export --to {sender} --out 文件",
      "the way back: guantong bundle export --to {sender} --out FILE"),
    Message("bundle.opened", "已启封", "opened"),
    Message(
      "bundle.sealed", "未启封:没有读方的密钥", "not opened: the reader's key is not here"),
    Message(
      "bundle.renewed", "新密钥 {key};旧密钥保留至 {until}。请重新启动节点,新密钥随即公布",
      "new key {key}; the old one opens until {until}. Start the node again to publish it"),
    Message("bundle.kind.page", "页", "page"),
    Message("bundle.kind.returns", "回程", "returns"),
    Message("bundle.kind.pieces", "附件", "attachments"),
    Message("column.sender", "发方", "sender"),
    Message("column.outbox", "发文簿", "outbox"),
    Message("column.delivery", "收发号", "number"),
    Message("column.stored", "新存", "stored"),
    Message("column.queued", "待发", "queued"),
    Message("column.created_at", "制作时间", "made"),
    Message("column.bytes", "字节", "bytes"),
    Message("column.envelope_key", "启封密钥", "envelope key"),
    Message("column.opened", "启封", "opened"),
    Message("column.wants", "索取", "wants"),
    Message("verb.importBundle", "收下这一数据包", "taking this bundle"),
  ]

  private static let bundleFlaws: [Message] = [
    Message("bundle.notABundle", "不是数据包文件", "it is no bundle"),
    Message("bundle.truncated", "文件不完整,末尾缺失", "the file is cut short"),
    Message("bundle.overlong", "文件末尾多出内容", "something stands behind its end"),
    Message("bundle.manifest", "清单不合规定", "its manifest is not lawful"),
    Message("bundle.signature", "清单的签名无效", "the signature of its manifest is not valid"),
    Message(
      "bundle.digest", "第 {envelope} 个信封与清单不符:被改动或调换",
      "envelope {envelope} is not the one in the manifest: changed, or in another's place"),
    Message(
      "bundle.envelope", "第 {envelope} 个信封打不开:不是封给本机密钥的;请发方重新导出",
      "envelope {envelope} does not open: it is sealed to no key of this node; export it anew"
    ),
    Message(
      "bundle.content", "第 {envelope} 个信封的内容与清单不符",
      "what envelope {envelope} holds is not what the manifest says"),
    Message(
      "bundle.withdrawnKey", "{peer} 的签名密钥已撤回;请发方重新导出",
      "the signing key of {peer} was withdrawn; have it exported anew"),
    Message(
      "bundle.olderDirectory", "{peer} 的名录比它先前出示的更旧:这是旧盘",
      "its directory is older than one that {peer} has shown before: this is an old disc"),
    Message(
      "bundle.otherHistory", "与同一发文簿先前送来的内容矛盾",
      "it contradicts what the same outbox brought before"),
    Message(
      "bundle.gap", "缺第 {number} 号:先收下前一包,或请发方用 --from-start 导出",
      "number {number} is missing: take the one before it, or have one exported with --from-start"
    ),
    Message(
      "bundle.wentBackGap",
      "缺第 {number} 号,此包没有收下,但它证明了回退;取回所写内容之前不再印发",
      "number {number} is missing, so nothing of the file was taken, but it proves that: nothing "
        + "is issued until what this agency wrote is back"),
    Message(
      "bundle.full", "来自该对端的待补内容已达上限", "too much from this peer is held already"),
    Message(
      "bundle.untaken",
      "来自该对端而未能入库的内容已达上限:先用 guantong reconcile --self --repair 与 "
        + "guantong reconcile --peer {peer} --repair 取回,再收此包",
      "more of this peer could not be taken than a receipt names; take the file again after "
        + "guantong reconcile --self --repair and guantong reconcile --peer {peer} --repair"),
    Message(
      "bundle.noEncryptionKey", "{peer} 没有公布可用的启封密钥:其节点启动一次并送达登记机关后即可",
      "{peer} has published no usable encryption key: its node makes one at its next start"),
    Message(
      "bundle.readerSuspended", "{peer} 的签名密钥已撤回且尚未更换",
      "the key of {peer} is withdrawn and not replaced yet"),
    Message(
      "bundle.outboxReplaced", "制作期间发文簿已更换,请重试", "the outbox was replaced meanwhile; try again"),
    Message("bundle.order", "应从第 {number} 字节续传", "the next byte wanted is {number}"),
    Message("bundle.base64", "内容不是 base64", "its content is no base64"),
  ]
}
