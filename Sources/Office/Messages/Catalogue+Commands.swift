extension Catalogue {
  /// What commands say.
  static let commands: [Message] =
    sentences + outcomes + environment + keys + [
      Message(
        "help.formatting",
        """
        --format table   表格(终端默认),中文按显示宽度对齐
        --format tsv     制表符分隔(管道默认),首行为英文列名,单元格为代码
        --format csv     RFC 4180,引号转义,防公式注入
        --json           JSON,"schema" 在最前,字段只增不改;错误以 problem+json 写到标准错误
        --ascii          只用 ASCII 符号
                         文字格式中控制字符与改变书写方向的字符显示为可见符号,如 ␛ 或 <U+202E>
        --color          auto、always、never;另见 NO_COLOR、FORCE_COLOR
        """,
        """
        --format table   a table, the default on a terminal; padded by display width
        --format tsv     tab-separated, the default in a pipe; names first, cells are codes
        --format csv     RFC 4180, quoted, no cell that a spreadsheet would run
        --json           JSON, "schema" first, fields are added and never renamed; errors as
                         problem+json on standard error
        --ascii          only ASCII signs
                         text formats show control and bidirectional characters as visible signs
                         such as ␛ or <U+202E>
        --color          auto, always or never; see also NO_COLOR and FORCE_COLOR
        """)
    ]

  private static let sentences: [Message] = [
    Message("product", "贯通", "Guantong"),
    Message("sample", "样例数据", "sample data"),
    Message("command.unknown", "没有命令“{typed}”", "there is no command “{typed}”"),
    Message("command.meant", "您是否要用“{meant}”?", "did you mean “{meant}”?"),
    Message("ago.never", "从未", "never"),
    Message("ago.seconds", "{n} 秒前", "{n} s ago"),
    Message("ago.minutes", "{n} 分钟前", "{n} min ago"),
    Message("ago.hours", "{n} 小时前", "{n} h ago"),
    Message("ago.days", "{n} 天前", "{n} d ago"),
    Message("span.seconds", "{n} 秒", "{n} s"),
    Message("span.minutes", "{n} 分钟", "{n} min"),
    Message("span.hours", "{n} 小时", "{n} h"),
    Message("span.days", "{n} 天", "{n} d"),
    Message(
      "status.clockAhead", "{peer} 的时钟比本机快 {time};先后次序不取决于时钟,请核对两边的时间设置",
      "the clock of {peer} is {time} ahead of ours; no order depends on it; compare both settings"
    ),
    Message(
      "status.clockBehind", "{peer} 的时钟比本机慢 {time};先后次序不取决于时钟,请核对两边的时间设置",
      "the clock of {peer} is {time} behind ours; no order depends on it; compare both settings"
    ),
    Message("status.notReady", "尚未就绪: {reasons}", "not ready: {reasons}"),
    Message(
      "status.notJoined", "尚未加入名录: guantong join --invite 邀请码",
      "in no directory yet: guantong join --invite CODE"),
    Message(
      "agencies.head", "名录 {directory}  登记机关 {registrar}  治理机关 {governors}  {threshold} 家会签",
      "directory {directory}  registrar {registrar}  governors {governors}  {threshold} sign"),
    Message(
      "invite.next", "在对方节点上: guantong join --invite {invite}",
      "at the other node: guantong join --invite {invite}"),
    Message("list.empty", "没有条目", "nothing to list"),
    Message("verify.root.true", "已核对", "pinned"),
    Message("verify.root.false", "未核对", "not pinned"),
    Message(
      "help.unknown", "没有“{typed}”的帮助", "there is no help about “{typed}”"),
    Message(
      "list.more", "还有下一页: --page {page}", "there is another page: --page {page}"),
    Message(
      "dossier.needsUpgrade", "需升级,只读;本版本不认识以下机关写入的内容: {agencies}",
      "an upgrade is needed; read-only here: what {agencies} wrote is unknown to this version"),
    Message("dossier.forks", "分叉: {agencies}", "forked: {agencies}"),
    Message("attachment.complete", "完整", "complete"),
    Message("attachment.missing", "附件未到", "missing"),
    Message("document.sealed", "密封件", "sealed"),
    Message(
      "document.withheld", "内容未开启:请以有内容权限的人员名义查阅(--as),查阅记入日志",
      "withheld: name a person with a content role (--as); the look is logged"),
    Message("explanation.voids", "无效的办理及原因", "acts without effect, and why"),
    Message("reconcile.equal", "一致", "consistent"),
    Message("reconcile.differs", "不一致", "not consistent"),
    Message("reconcile.whole", "完整", "whole"),
    Message("reconcile.rest", "{after} 之后完整", "whole after {after}"),
    Message(
      "reconcile.uncompared", "其中 {count} 卷缺变更集,其各行尚未核对,补齐后再核",
      "the rows of {count} dossiers with holes were not compared; fill the holes first"),
    Message("reconcile.damaged", "有损坏", "damaged"),
    Message(
      "reconcile.counts",
      "对 {peer}  共有卷宗 {shared}  ={equal}  +{local}  -{remote}  *{differing}  !{errors}  "
        + "在途 {flight}  ({rounds} 轮, {bytes} 字节, {milliseconds} 毫秒)",
      "with {peer}  shared dossiers {shared}  ={equal}  +{local}  -{remote}  *{differing}  "
        + "!{errors}  in flight {flight}  "
        + "({rounds} round trips, {bytes} bytes, {milliseconds} ms)"),
    Message(
      "reconcile.checked", "变更集 {changeSets}  行 {rows}  缺 {holes}  不符 {differing}",
      "change sets {changeSets}  rows {rows}  holes {holes}  differing {differing}"),
    Message(
      "reconcile.rehearsed", "预演: 可修复 {count} 处,未作改动",
      "dry run: {count} would be repaired, nothing was changed"),
    Message(
      "reconcile.skipped", "计划中有 {count} 处此后已变,未改,列为 !",
      "{count} of the plan have changed since and were left alone; they are listed as !"),
    Message(
      "reconcile.cut", "清单每类只列前 {limit} 条,总数见上",
      "each list names its first {limit} only; the counts above are whole"),
    Message(
      "reconcile.revoked", "密钥已停用,不比较: {peers}", "not compared, their keys are withdrawn: {peers}"),
    Message(
      "reconcile.dialOut", "只主动外连、无法询问,由其自行比较: {peers}",
      "not asked, they only dial out and compare by themselves: {peers}"),
    Message("reconcile.nobody", "没有可比较的对端", "there is no peer to compare with"),
    Message("reconcile.planned", "计划已写入 {path}", "the plan is written to {path}"),
    Message(
      "reconcile.progress", "已核对 {percent}%  变更集 {changeSets}  发现 {found}  续查: --after {after}",
      "checked {percent}%  change sets {changeSets}  found {found}  go on with --after {after}"),
    Message(
      "reconcile.stopped", "已中断;续查: guantong reconcile --self --after {after}",
      "stopped; go on with: guantong reconcile --self --after {after}"),
    Message("resume.free", "可以签封,无须处理", "this node may seal; there is nothing to decide"),
    Message(
      "resume.unconfirmed", "启动后还没有对方核对过本节点", "no peer has confirmed this node since the start"),
    Message(
      "resume.restored", "数据库曾回退: {witness} 于 {since} 证实; 取回本机关签发的 {returned} 件, 不完整 {held} 件",
      "the database went back in time: proved by {witness} at {since}; {returned} of our own came "
        + "back, {held} are not whole"),
    Message(
      "resume.next",
      "逐件核实后: guantong reconcile --resume --reason 原因 --confirm {agency}",
      "look at each, then: guantong reconcile --resume --reason WHY --confirm {agency}"),
    Message("resume.done", "已恢复签封,记入审计", "this node seals again; it stands in the audit"),
    Message("reconcile.repaired", "已修复 {count} 处", "{count} repaired"),
    Message("show.written", "{id} 的证据已写入 {path}", "evidence of {id} written to {path}"),
    Message("config.good", "{path} 可用", "{path} is good"),
    Message("config.known", "已知的键,最接近的是 {nearest}", "a known key; the nearest is {nearest}"),
    Message(
      "init.done", "已建立 {agency} 的节点: {path}", "made the node of {agency}: {path}"),
    Message("init.fingerprint", "密钥指纹 {fingerprint}", "key fingerprint {fingerprint}"),
    Message(
      "init.next", "启动: guantong node run --config {config}",
      "start it: guantong node run --config {config}"),
    Message("verify.valid", "有效", "valid"),
    Message("verify.invalid", "无效: {reason}", "not valid: {reason}"),
    Message("verify.pinned", "名录根已核对", "the directory's root is the pinned one"),
    Message(
      "verify.unpinned", "自身一致,未核对名录根;请加 --directory",
      "self-consistent, root not pinned; add --directory"),
    Message("link.cut", "已断开与对端的连接", "cut off from its peers"),
    Message(
      "sync.gaveUp", "等到时限仍有未送达的内容;节点会继续自行交换。",
      "the wait is over and something is still on its way; the node goes on by itself"),
    Message("link.joined", "已恢复与对端的连接", "joined to its peers again"),
    Message("verify.hex", "64 位十六进制数", "64 hexadecimal digits"),
    Message("demo.ready", "演示已就绪: {path}", "the demo is ready: {path}"),
    Message(
      "demo.unannounced",
      "提示: {path} 写不了,其他命令找不到本演示;请加 --dir {directory}",
      "note: {path} cannot be written, so other commands do not find this demo: "
        + "give them --dir {directory}"),
    Message("demo.stopping", "正在停止…", "stopping…"),
    Message(
      "demo.kept", "演示未成功,各节点的文件和日志留在 {path};可用 guantong demo --dir {path} 接着运行,看完请删除",
      "the demo did not go well; the files and logs of its nodes stay in {path}: guantong demo "
        + "--dir {path} goes on there, delete them afterwards"),
    Message("demo.try", "可以试试:", "try:"),
  ]

  private static let outcomes: [Message] = [
    Message("outcome.0", "完成,或各副本一致", "done, or the replicas are equal"),
    Message("outcome.1", "失败", "failed"),
    Message("outcome.2", "有差异", "differences found"),
    Message("outcome.3", "部分完成", "partly done"),
    Message("outcome.4", "没有权限", "not permitted"),
    Message("outcome.5", "不通,重试可能有用", "unreachable, a retry may help"),
    Message(
      "outcome.6", "超过安全上限而拒绝,什么也没有改", "refused by a safety limit, nothing changed"),
    Message(
      "outcome.7", "签名、哈希或链无效,勿重试", "signature, hash or chain invalid, never retry"),
    Message("outcome.8", "无此件", "not found"),
    Message("outcome.9", "另一次运行占用着锁", "another run holds the lock"),
    Message("outcome.10", "节点未初始化", "node not initialised"),
    Message("outcome.64", "命令有误", "wrong command line"),
    Message("outcome.78", "配置有误,或本机缺少程序", "configuration wrong, or a program is missing"),
    Message("outcome.124", "超时", "timeout"),
    Message("outcome.130", "已取消", "cancelled"),
  ]

  private static let environment: [Message] = [
    Message("environment.CONFIG", "配置文件", "the configuration file"),
    Message("environment.AS", "办理人,同 --as", "who is acting, as --as"),
    Message("environment.LANG", "语言,同 --lang", "language, as --lang"),
    Message("environment.URL", "节点的接口地址,同 --url", "address of a node, as --url"),
    Message("environment.TOKEN_FILE", "存放令牌的文件", "file that holds the token for it"),
    Message("environment.NO_COLOR", "不用颜色", "no colours"),
    Message("environment.FORCE_COLOR", "总用颜色", "always colours"),
    Message(
      "environment.XDG_RUNTIME_DIR", "路径过长时套接字的目录",
      "where sockets go when their path is too long"),
  ]

  private static let keys: [Message] = [
    Message("key.agency", "机关代码", "code of the agency"),
    Message(
      "key.data_dir", "节点目录,相对于配置文件", "directory of the node, relative to the file"),
    Message(
      "key.database.url", "数据库;空为内嵌", "database; empty for the embedded cluster"),
    Message("key.peer.listen", "对端连到这里", "where peers reach the node"),
    Message(
      "key.peer.advertise", "名录中公布的地址;空为 peer.listen,none 为只拨出",
      "how the directory says it; empty for peer.listen, none to dial out only"),
    Message(
      "key.peer.gateway", "是否隔网闸（内容以信封传送）", "whether a gateway ends TLS (content in envelopes)"),
    Message("key.ops.listen", "健康检查与指标,仅本机", "health and metrics, loopback only"),
    Message("key.office.listen", "JSON 接口,空为关闭", "JSON API over TCP; empty for off"),
    Message("key.language", "节点自身用语的语言", "language of the node's own words"),
    Message("key.time_zone", "所有日期的时区", "the zone of every date"),
    Message("key.log.level", "日志级别", "log level"),
    Message("key.sample", "样例数据", "sample data"),
  ]
}
