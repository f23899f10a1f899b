extension Catalogue {
  /// Why something cannot be used or reached; they stand inside other sentences.
  static let details = files + settings + reach + pages + comparisons + verdicts

  private static let files: [Message] = [
    Message("file.unreadable", "无法读取", "it cannot be read"),
    Message("file.noText", "不是 UTF-8 文本", "it cannot be read as UTF-8 text"),
    Message("file.unwritable", "无法写入", "it cannot be written"),
    Message("file.unmakable", "无法建立", "it cannot be made"),
    Message("file.exposed", "其他用户可以读取", "it can be read by others"),
    Message("file.exposed.next", "关闭: chmod 600 {path}", "close it with: chmod 600 {path}"),
    Message("file.notOurs", "当前用户无法读取", "it cannot be read by this user"),
    Message(
      "file.notOurs.next", "请以文件所有者的身份运行节点", "run the node as the user that owns the file"),
    Message("file.noKey", "不是 PKCS#8 PEM 格式的 Ed25519 私钥", "it is no Ed25519 key in PKCS#8 PEM"),
    Message(
      "file.noEncryptionKey", "不是 PKCS#8 PEM 格式的 X25519 私钥", "it is no X25519 key in PKCS#8 PEM"),
    Message(
      "file.tlsPair", "TLS 密钥与证书不配套", "the TLS key and certificate do not belong together"),
    Message("file.noKey.next", "请从备份恢复该文件", "restore the file from its backup"),
    Message("file.noEncryptionKey.next", "请从备份恢复该文件", "restore the file from its backup"),
    Message(
      "file.tlsPair.next", "请从备份取回配套的一对,或在别处用 guantong init 建一对再复制过来",
      "take the pair from a backup, or make one with guantong init elsewhere and copy it"),
    Message("file.noTLSKey", "其中没有可用的 TLS 密钥", "it has no usable TLS key"),
    Message("file.unmade", "不存在或无法读取", "it is missing or cannot be read"),
    Message(
      "file.unmade.next", "请用 guantong init 建立节点的文件",
      "make the node's files with: guantong init"),
    Message("file.missing", "不存在或无法读取", "it is missing or cannot be read"),
    Message("file.missing.next", "请指明一个已有的文件", "name a file that is there"),
    Message("file.noTokenFile", "不存在或无法读取", "it is missing or cannot be read"),
    Message(
      "file.noTokenFile.next", "请让 GUANTONG_TOKEN_FILE 指向该节点的 keys/office.token",
      "name keys/office.token of the node by GUANTONG_TOKEN_FILE"),
    Message(
      "file.tooManyHosted", "其中代录机关的密钥超过 {limit} 把",
      "it holds the keys of more than {limit} agencies"),
    Message(
      "file.tooManyHosted.next", "请移走已迁出机关的 hosted-*.pem",
      "take away the files hosted-*.pem of agencies that have moved"),
    Message("file.noToken", "不是令牌(43 个字符)", "it holds no token of 43 characters"),
    Message(
      "file.noToken.next", "请删除 {path} 并重启节点,节点会重新生成",
      "remove {path} and start the node: it makes a new one"),
    Message(
      "value.meant", "以下之一: {known};您是否想用“{nearest}”?",
      "one of: {known}; did you mean “{nearest}”?"),
    Message(
      "plan.none", "不是 reconcile --out 写出的计划", "it is no plan written by reconcile --out"),
    Message("answer.noBase64", "证据不是 base64", "the evidence is no base64"),
    Message("answer.noObject", "不是 JSON 对象", "it is no JSON object"),
    Message(
      "demo.none", "没有正在运行的演示;用 guantong demo 启动", "no demo runs: start one with guantong demo"),
    Message(
      "demo.notReady", "演示尚未就绪;用 guantong demo 启动",
      "no demo is ready there: start it with guantong demo"),
    Message(
      "demo.damaged", "不是演示的说明文件;用 guantong demo 重新启动",
      "it is no sheet of a demo: start the demo again with guantong demo"),
    Message(
      "demo.portBase", "--port-base 是 1024 到 63000 的端口",
      "--port-base is a port from 1024 to 63000"),
    Message(
      "url.clear",
      "令牌不以明文发往其他机器: {url};请用 https,或以 SSH 隧道连到那台机器的套接字",
      "no token goes to another machine in clear: {url}; use https, or an SSH tunnel to its "
        + "socket"),
    Message("url.none", "不是 http 或 https 地址: {url}", "no address of http or https: {url}"),
    Message(
      "answer.tooLarge", "答复超过 {mebibytes} MiB", "the answer is over {mebibytes} MiB"),
    Message("demo.nodes", "--nodes 只能是 9 或 16", "--nodes is 9 or 16"),
    Message(
      "reader.own",
      "自备数据库没有只读用户;可建立: CREATE ROLE guantong_reader LOGIN; GRANT USAGE ON SCHEMA casework TO "
        + "guantong_reader; 再授予各表 SELECT(sealed_ 表除外)",
      "a database of your own has no reader; make one: CREATE ROLE guantong_reader LOGIN; "
        + "GRANT USAGE ON SCHEMA casework TO guantong_reader; and SELECT on its tables but sealed_…"
    ),
  ]

  private static let settings: [Message] = [
    Message("setting.missing", "缺少“{key}”", "“{key}” is missing"),
    Message("setting.wrong", "{key}: “{value}”不是{expected}", "{key}: “{value}” is not {expected}"),
    Message(
      "setting.unknown", "没有键“{key}”;最接近的是“{nearest}”",
      "unknown key “{key}”; the nearest known key is “{nearest}”"),
    Message("setting.noYAML", "不是 YAML: {fault}", "it is no YAML: {fault}"),
    Message("setting.noMapping", "不是键与值的对应", "it is no mapping of keys to values"),
    Message("setting.oneValue", "“{key}”只有一个值", "“{key}” takes one value"),
    Message("setting.twice", "“{key}”出现两次", "“{key}” stands twice"),
    Message("expected.agency", "机关代码,如 420300-JW", "an agency code such as 420300-JW"),
    Message("expected.data_dir", "目录", "a directory"),
    Message(
      "expected.database.url",
      "空值(节点自带的数据库)、postgresql://用户@主机:端口/数据库 或 service=名称",
      "empty (the node's own database), postgresql://user@host:port/database or service=NAME"),
    Message("expected.peer.listen", "地址,如 127.0.0.1:8401", "an address such as 127.0.0.1:8401"),
    Message(
      "expected.peer.advertise", "https://主机:端口 形式的地址或 none",
      "an https URL such as https://host:port, or none"),
    Message("expected.peer.gateway", "true 或 false", "true or false"),
    Message("expected.ops.listen", "地址,如 127.0.0.1:9401", "an address such as 127.0.0.1:9401"),
    Message(
      "expected.office.listen", "地址,如 127.0.0.1:8501", "an address such as 127.0.0.1:8501"),
    Message("expected.language", "zh 或 en", "zh or en"),
    Message("expected.time_zone", "Asia/Shanghai", "Asia/Shanghai, the zone of every date"),
    Message(
      "expected.log.level", "日志级别(trace、debug、info、notice、warning、error、critical)",
      "a log level: trace, debug, info, notice, warning, error, critical"),
    Message("expected.sample", "true 或 false", "true or false"),
    Message("listen.open", "其他机器可以连到", "other machines can reach it"),
    Message(
      "listen.open.next", "{path} 请用本机回环地址", "use a loopback address for {path}"),
  ]

  private static let reach: [Message] = [
    Message(
      "ended.databaseAway", "本进程已结束;请在数据库恢复后重新运行",
      "this process has ended; start it again when the database answers"),
    Message(
      "ended.noRoom", "本进程已结束;请腾出空间后重新运行",
      "this process has ended; make room and start it again"),
    Message("room.disk", "磁盘已满", "the disk is full"),
    Message("room.memory", "数据库服务器的内存已用尽", "the memory of the database's server is used up"),
    Message("unavailable.stopping", "节点正在停止", "the node is stopping"),
    Message(
      "unavailable.comparing", "节点正与多家单位对账,请稍后再试",
      "the node is comparing with several agencies; try again later"),
    Message(
      "reach.noKey", "对方隔网闸而未公布加密公钥", "it is behind a gateway and has published no encryption key"),
    Message(
      "reach.envelope", "信封无法用本节点的密钥打开", "it answered in an envelope that our keys do not open"),
    Message(
      "reach.noKey.next", "什么也没有发出;请在对方公布加密公钥后再试",
      "nothing was sent; try again when it has published one"),
    Message(
      "reach.envelope.next", "请核对名录中是否为本节点的加密公钥",
      "see that the particulars show the encryption key of this node"),
    Message(
      "reach.unsigned.next", "请问对方管理员,密钥或地址是否已更换",
      "ask its operator whether the key or the address has changed"),
    Message(
      "reach.pin.next", "请问对方管理员,证书是否已更换", "ask its operator whether it was replaced"),
    Message("reach.refused", "对方没有接受({fault})", "it did not accept the request ({fault})"),
    Message("reach.noSignature", "请求无法签名", "a request to it cannot be signed"),
    Message("reach.silent", "对方没有应答", "it did not answer"),
    Message(
      "reach.slow", "与对方对账用时过长,已中止", "comparing with it took too long and was given up"),
    Message(
      "reach.slow.next", "已补齐的保留;下次对账接着进行",
      "what was repaired stays; the next comparison goes on from there"),
    Message(
      "reach.pin", "对方出示的证书与其公布的不符(pin mismatch),没有发送任何内容",
      "it showed another certificate than the one it has published (pin mismatch); nothing was sent"
    ),
    Message("reach.noAddress", "对方没有公布地址", "it has published no address"),
    Message("reach.unusable", "对方的应答无法使用", "it gave no usable answer"),
    Message("reach.unsigned", "应答没有有效签名", "it answered without a valid signature"),
    Message("reach.page", "对方的一页未予接收:{fault}", "its page was refused: {fault}"),
    Message("reach.receipt", "对方的回执未予接收:{fault}", "its receipt was refused: {fault}"),
  ]

  /// Why a page of a peer was not taken, by `PageRefusal`, or a receipt, by `ReceiptOutcome`.
  private static let pages: [Message] = [
    Message("page.malformed", "格式不合或超出限额", "not in its form, or over a limit"),
    Message(
      "page.headStatement", "页尾声明不是对方签给本节点的",
      "its head statement is not the peer's for this node"),
    Message(
      "page.digest", "内容与页尾声明不符", "it is not what its head statement signs"),
    Message("page.gap", "编号不接续", "its numbers do not go on from ours"),
    Message("page.withheld", "编号有缺或倒退", "its numbers leave one out or go back"),
    Message("page.runningHash", "连续哈希不符", "its running hash is not the one signed"),
    Message(
      "page.wentBack", "发文簿落后于其先前所示", "its outbox stands behind what it showed before"),
    Message(
      "page.full", "来自该对端的待补已达限额", "as much is held from it as there is room for"),
    Message(
      "page.untaken",
      "来自该对端、本节点未能收下的编号已达限额;请先运行 guantong reconcile --self --repair,再与该对端对账",
      "as many of its numbers could not be taken as a receipt can name; run guantong reconcile "
        + "--self --repair, then compare with it"),
    Message("page.hole", "本节点名录的日志有缺", "the directory's log has a hole here"),
    Message(
      "receipt.otherOutbox", "所指的不是现在的发文簿", "it is about another outbox than there is now"),
    Message("receipt.invalid", "不是对方签给本节点的", "it is not the peer's for this node"),
    Message("receipt.runningHash", "连续哈希不符", "its running hash is not ours"),
    Message("receipt.wentBack", "所及编号从未给出", "it covers a number that was never given"),
    Message("receipt.kept", "未确认新的编号", "it confirms nothing new"),
  ]

  /// Why a part of a comparison could not be made, by `ReconcileReport.Fault.Code`.
  private static let comparisons: [Message] = [
    Message(
      "comparison.not-given", "对方列有 {count} 件,两次请取均未给出",
      "the peer lists {count} that it did not give when it was asked twice"),
    Message(
      "comparison.not-compared", "不一致处过多,本次只核对了一部分;请再对账一次",
      "more differs than one comparison looks at; another one finds the rest"),
    Message(
      "comparison.cut-off", "补齐中途中断,已补 {count} 处;请再对账一次,接着补齐",
      "the repair was cut off with {count} repaired; another one goes on from there"),
    Message(
      "comparison.not-rehearsed", "另有 {count} 件超出预演限额,未预演",
      "{count} more are beyond what a rehearsal fetches"),
    Message(
      "comparison.max-changes", "须改动 {count} 处,超出限额,未作改动",
      "{count} changes are more than it may make; nothing was changed"),
    Message(
      "comparison.not-shared", "卷宗 {dossier} 不为双方共有,未核对",
      "the two do not share the dossier {dossier}; nothing was compared"),
    Message(
      "comparison.malformed", "对方的应答不合格式({fault})",
      "an answer of the peer has another form ({fault})"),
    Message(
      "comparison.sums", "本节点对账所用的合计与卷宗不符,本次已逐卷核对;请运行 guantong reconcile --self --repair",
      "the sums kept here for comparisons are not those of the dossiers, so each dossier was "
        + "looked at: run guantong reconcile --self --repair"),
  ]

  private static let verdicts: [Message] = [
    Message("warning.no-receipt", "没有他人的回执,时间只凭作者所述", "no receipt of anybody else"),
    Message("warning.back-dated", "作者所述时间远早于他人收到", "dated long before anybody had it"),
    Message("warning.post-dated", "作者所述时间晚于他人收到", "dated after somebody had it"),
    Message("warning.unconfirmed-key", "密钥已撤回,文件未含重新确认", "its key was withdrawn, unconfirmed"),
    Message("warning.root-not-pinned", "未核对名录根", "root not pinned"),
    Message("hold.ancestor", "缺前序", "an ancestor is missing"),
    Message("hold.directory-entry", "缺名录条目", "an entry of the directory is missing"),
    Message("hold.seal", "封条无法核验", "its seal cannot be checked yet"),
    Message("hold.open-part", "缺公开部分", "its open part is missing"),
    Message("hold.unknown-format", "格式较新,需升级", "a newer format; upgrade"),
    Message("hold.unknown-suite", "算法较新,需升级", "a newer suite of algorithms; upgrade"),
    Message("hold.unknown-membership", "成员规则较新,需升级", "a newer kind of membership; upgrade"),
    Message("rejection.header-too-long", "头部过长", "its header is too long"),
    Message("rejection.header-not-lawful", "头部不是唯一合法形式", "its header is not in the lawful form"),
    Message("rejection.header-format", "格式号为零", "its format number is zero"),
    Message("rejection.header-field", "头部字段不合", "a field of its header is wrong"),
    Message("rejection.header-no-parts", "没有内容部分", "it has no part"),
    Message("rejection.header-too-many-parts", "内容部分过多", "it has too many parts"),
    Message("rejection.header-too-many-parents", "前序过多", "it has too many parents"),
    Message("rejection.header-parents-not-ascending", "前序次序不合", "its parents are out of order"),
    Message(
      "rejection.header-previous-among-parents", "本机关前序重复列出",
      "it names the one before it twice"),
    Message("rejection.header-sequence", "序号与前序不符", "its number does not fit its ancestors"),
    Message("rejection.header-authored-at", "时间超出范围", "its time is outside the lawful years"),
    Message("rejection.header-first-with-ancestors", "首件不应有前序", "a first one with ancestors"),
    Message("rejection.header-without-ancestors", "缺少前序", "it names no ancestor"),
    Message("alarm.withholding", "漏号或回退", "a number left out or taken back"),
    Message("alarm.brokenPage", "整页与所签不符", "a page is not what was signed"),
    Message("alarm.brokenDelivery", "递送有损", "a broken delivery"),
    Message("alarm.brokenPiece", "附件分片有损", "a broken piece of an attachment"),
    Message("alarm.rejected", "送来应拒收的变更集", "it delivers what is rejected everywhere"),
    Message("alarm.fork", "分叉", "a fork"),
    Message("alarm.newOutbox", "发件簿更换", "another outbox"),
    Message(
      "alarm.lostRow", "本机日志缺行,可由 reconcile --self --repair 补回",
      "a row is gone from our own log, and reconcile --self --repair fetches it"),
    Message("alarm.secondNode", "另一处以本机关密钥运行", "another node runs under the key of this one"),
    Message("alarm.wentBack", "疑似数据回退", "signs that a database went back in time"),
    Message("alarm.unstorable", "内容无法入库", "a content that cannot be stored"),
    Message(
      "alarm.untaken", "未能入库的件数已达上限,暂停接收该对端",
      "more could not be taken than a receipt names; no more of this peer is taken"),
    Message("rejection.foreign-ancestor", "前序属于别的卷宗", "an ancestor of another dossier"),
    Message("rejection.sequence", "序号不连", "its number does not follow"),
    Message("rejection.second-beginning", "卷宗已另有开头", "a second beginning of the dossier"),
    Message("rejection.redundant-parent", "前序重复", "a parent that another parent reaches"),
    Message("rejection.directory-entry", "名录条目不合", "its entry of the directory does not fit"),
    Message("rejection.directory-foreign", "属于别的名录", "it belongs to another directory"),
    Message("rejection.directory-older", "名录比前序所见更旧", "an older directory than its ancestors"),
    Message("rejection.key-unknown", "密钥未登记", "its key is unknown"),
    Message("rejection.key-foreign", "密钥属于别的机关", "its key is another agency's"),
    Message("rejection.key-withdrawn", "密钥已撤回", "its key was withdrawn"),
    Message("rejection.no-grant", "作者不是成员", "its author is no member"),
    Message("rejection.rejected-ancestor", "前序已被拒收", "an ancestor was rejected"),
    Message("flaw.too-long", "超过长度上限", "over a limit of length"),
    Message("flaw.not-evidence", "不是证据文件", "no evidence file"),
    Message("flaw.not-lawful", "不是唯一合法形式", "not in the one lawful form"),
    Message("flaw.other-directory", "名录不是所核对的那一个", "another directory than the pinned one"),
    Message("flaw.newest", "名录条目的次序不合", "the entries are not in their order"),
    Message("flaw.header", "变更集的头部不合", "the header is not lawful"),
    Message("flaw.directory-entry", "所引名录条目不在文件中", "the entry that it names is not in the file"),
    Message("flaw.key", "密钥不是作者的或已撤回", "the key is not its author's, or withdrawn"),
    Message("flaw.seal", "封条不合", "the seal does not fit"),
  ]
}
