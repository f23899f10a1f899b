extension Catalogue {
  /// What happened, why, and what to do next, for each refusal.
  static let refusals =
    request + rights + state + reach + machine

  private static func refusal(
    _ refusal: Refusal, what: (String, String), why: (String, String), next: (String, String)
  ) -> [Message] {
    let key = "refusal.\(refusal.rawValue)"
    return [
      Message("\(key).what", what.0, what.1), Message("\(key).why", why.0, why.1),
      Message("\(key).next", next.0, next.1),
    ]
  }

  private static let request: [Message] = [
    refusal(
      .malformed, what: ("请求无法读取", "the request cannot be read"),
      why: ("{detail}", "{detail}"),
      next: ("请对照 Schema/openapi/office.yaml 改正", "compare it with Schema/openapi/office.yaml")),
    refusal(
      .invalidValue, what: ("{field} 的值不对", "{field} has a wrong value"),
      why: ("“{value}”不是{expected}", "“{value}” is not {expected}"),
      next: ("请改正后重试", "correct it and try again")),
    refusal(
      .missingValue, what: ("缺少 {field}", "{field} is missing"),
      why: ("没有它无法办理", "nothing can be done without it"),
      next: ("请补上后重试", "add it and try again")),
    refusal(
      .dateAhead, what: ("日期在今天之后", "the date is ahead of today"),
      why: ("填写的是 {on},今天是 {today}", "it says {on}, today is {today}"),
      next: ("请填写今天或以前的日期", "state today or an earlier date")),
    refusal(
      .classified,
      what: (
        "本系统不得处理国家秘密,请走涉密渠道",
        "this system must not handle state secrets; use the channel for classified material"
      ),
      why: (
        "所填内容标为“{value}”;依照保守国家秘密法第31条,非涉密系统不得存储、处理国家秘密",
        "it is marked “{value}”; by article 31 of the Law on Guarding State Secrets a system that "
          + "is not classified neither stores nor handles any"
      ),
      next: (
        "什么也没有保存;请把原件交保密人员,经涉密渠道办理",
        "nothing was kept; hand the original to whoever is responsible for secrecy"
      )),
    refusal(
      .keyReused, what: ("幂等键已用于另一请求", "the idempotency key belongs to another request"),
      why: ("键 {key} 的内容与上次不同", "key {key} came with other content before"),
      next: ("请换一个新键", "take a new key")),
    refusal(
      .tooLarge, what: ("请求太大", "the request is too large"),
      why: ("{bytes} 字节,上限 {limit}", "{bytes} bytes, the limit is {limit}"),
      next: ("请拆分后重试", "divide it and try again")),
    refusal(
      .methodUnknown, what: ("请求方法不对", "the method is wrong"),
      why: ("此处不接受 {method}", "{method} is not taken here"),
      next: ("请用 {allowed}", "use {allowed}")),
    refusal(
      .dueTooEarly, what: ("期限早于提出期限的日期", "it is due before the day that asks for it"),
      why: (
        "{field} 填写的是 {due},文书或办理的日期是 {on}",
        "{field} says {due}, the document or act is of {on}"
      ),
      next: (
        "请改期限(已送审的文稿先用 document return 退回),或用 --on 写明实际日期",
        "mend the due date, of a draft after document return, or state the true date by --on"
      )),
  ].flatMap { $0 }

  private static let rights: [Message] = [
    refusal(
      .personRequired, what: ("需要指明办理人", "an acting person is needed"),
      why: ("业务操作须以本机关人员名义办理", "a business verb is done by a person of the agency"),
      next: ("请加 --as 人员 或设置 GUANTONG_AS", "add --as PERSON or set GUANTONG_AS")),
    refusal(
      .personUnknown, what: ("没有这个人员", "there is no such person"),
      why: ("本机关名录中没有“{person}”", "“{person}” is not listed by this agency"),
      next: ("请用 guantong person list 查看名录", "see guantong person list")),
    refusal(
      .personAmbiguous, what: ("姓名不唯一", "the name is not unique"),
      why: ("有几个人叫“{person}”", "several people are called “{person}”"),
      next: ("请改用人员编号", "use the id of the person")),
    refusal(
      .roleMissing, what: ("没有办理权限", "not permitted"),
      why: ("“{person}”不能{verb},需要:{roles}", "“{person}” may not {verb}; it takes: {roles}"),
      next: ("请由有该职责的人员办理", "ask a person with that role")),
    refusal(
      .drafterSigns, what: ("拟稿人不能签发", "who drafted may not sign"),
      why: ("“{person}”是这份文稿的拟稿人", "“{person}” drafted this document"),
      next: ("请由另一位分管领导签发", "ask another deputy to sign")),
    refusal(
      .notYours, what: ("这一步不由本机关办理", "this step belongs to another agency"),
      why: ("{verb} 由 {agency} 办理", "{verb} is done by {agency}"),
      next: ("请与 {agency} 联系", "talk to {agency}")),
    refusal(
      .sampleOnly, what: ("只有样例节点可以这样做", "only a sample node allows this"),
      why: ("本节点保存真实数据,业务时钟不能移动", "this node holds real data; its clock cannot be moved"),
      next: ("请在演示环境中使用", "use it in the demo")),
    refusal(
      .registrarOnly, what: ("只有登记机关可以这样做", "only the registrar allows this"),
      why: ("登记机关是 {registrar}", "the registrar is {registrar}"),
      next: ("请在 {registrar} 的节点上办理", "do it at the node of {registrar}")),
    refusal(
      .governorOnly, what: ("只有治理机关可以会签", "only a governor countersigns"),
      why: ("本机关不是治理机关", "this agency is none"),
      next: ("请用 guantong agency list 查看治理机关", "see guantong agency list")),
    refusal(
      .foreignPage, what: ("本机接口不接受网页的请求", "the local API takes nothing from web pages"),
      why: (
        "请求带有网页来源、指明了别的主机,或不是 application/json",
        "it has a page's origin, names another host, or is not application/json"
      ),
      next: ("请由本机的程序发送", "send it from a program on this machine")),
  ].flatMap { $0 }

  private static let state: [Message] = [
    refusal(
      .tokenRequired, what: ("缺少令牌或令牌不对", "the token is missing or wrong"),
      why: ("经 TCP 的请求须带本节点的令牌", "a request over TCP brings the token of the node"),
      next: (
        "请让 GUANTONG_TOKEN_FILE 指向该节点的 keys/office.token,或改用其套接字",
        "name the node's keys/office.token by GUANTONG_TOKEN_FILE, or use its socket"
      )),
    refusal(
      .socketForbidden, what: ("本用户不能打开节点的套接字", "this user may not open the node's socket"),
      why: ("{socket}", "{socket}"),
      next: ("请以运行节点的用户办理", "do it as the user that runs the node")),
    refusal(
      .unlawful, what: ("现在不能{verb}", "{verb} is not lawful now"),
      why: ("{detail}", "{detail}"),
      next: ("请用 guantong show 查看经过", "see guantong show")),
    refusal(
      .draftState, what: ("文稿不在这一步", "the draft is not at this step"),
      why: ("现在是“{state}”,需要“{needed}”", "it is “{state}”, it must be “{needed}”"),
      next: ("请按 拟稿→送审→(审核)→签发→印发 办理", "go draft → submit → (review) → sign → issue")),
    refusal(
      .agencyUnknown, what: ("没有这个机关", "there is no such agency"),
      why: ("名录中没有 {agency}", "the directory does not list {agency}"),
      next: ("请用 guantong agency list 查看", "see guantong agency list")),
    refusal(
      .numberTaken, what: ("编号已被使用", "the number is taken"),
      why: ("{number} 已用于另一件", "{number} stands on another one"),
      next: ("请不填编号,由系统编号", "leave it out and let one be drawn")),
    refusal(
      .alreadyJoined, what: ("本节点已加入名录", "the node has joined a directory already"),
      why: ("一个节点只属于一个名录", "a node belongs to one directory"),
      next: ("无需再次加入", "there is nothing to do")),
    refusal(
      .notJoined, what: ("本节点尚未加入名录", "the node has joined no directory yet"),
      why: ("没有名录就没有对方", "without a directory there are no others"),
      next: ("请用 guantong join --invite 加入", "enter one with guantong join --invite")),
    refusal(
      .upgradeNeeded, what: ("需升级", "an upgrade is needed"),
      why: ("卷宗含本版本不认识的记录,只读", "the dossier holds records unknown to this version"),
      next: ("请升级本节点", "upgrade this node")),
    refusal(
      .forked, what: ("卷宗分叉", "the dossier forks"),
      why: ("{agency} 的记录链出现两个分支", "the chain of {agency} has two branches"),
      next: ("请联系 {agency} 换钥恢复", "ask {agency} to rotate its key")),
    refusal(
      .sealingBlocked, what: ("启动后尚未与对方核对", "not compared with any peer since the start"),
      why: ("核对前不签封,以免分叉", "nothing is sealed before, so that no chain forks"),
      next: ("请稍候,或恢复与对方的连接", "wait, or restore the connection to a peer")),
    refusal(
      .wentBack, what: ("本节点的数据库曾回退", "the database of this node went back in time"),
      why: ("{detail}", "{detail}"),
      next: (
        "请看 guantong reconcile --resume --dry-run", "see guantong reconcile --resume --dry-run"
      )),
    refusal(
      .ownDatabase, what: ("数据库不由本节点管理", "the node does not run this database"),
      why: ("{key} 指向自备的数据库", "{key} names a database of your own"),
      next: (
        "请用该数据库自己的备份工具,并另存 keys/ 与 guantong.yaml",
        "back it up with its own tools, and keep keys/ and guantong.yaml with it"
      )),
    refusal(
      .countersignaturesMissing, what: ("会签不齐", "countersignatures are missing"),
      why: ("还缺:{missing}", "still missing: {missing}"),
      next: ("请等待会签或催办", "wait for them or remind them")),
    refusal(
      .versionUnknown, what: ("没有这一版", "there is no such version"),
      why: ("第 {version} 版未印发会签", "version {version} was not circulated"),
      next: ("请用 guantong meeting show 查看", "see guantong meeting show")),
    refusal(
      .fingerprintDiffers, what: ("指纹不一致", "the fingerprint differs"),
      why: ("对方是 {fingerprint},填写的是 {expected}", "theirs is {fingerprint}, you said {expected}"),
      next: ("请停止办理并核实对方身份", "stop and find out who the other side is")),
    refusal(
      .conflict, what: ("现在不能办理", "it cannot be done now"),
      why: ("{detail}", "{detail}"),
      next: ("请处理后重试", "deal with that and try again")),
    refusal(
      .tooManyChanges, what: ("改动超过上限,什么也没有改", "more changes than allowed, nothing was changed"),
      why: ("需要改动 {changes} 处,上限 {limit}", "{changes} are needed, the limit is {limit}"),
      next: (
        "请先看 --dry-run,再加 --max-changes {changes}",
        "see --dry-run first, then add --max-changes {changes}"
      )),
    refusal(
      .confirmationMissing, what: ("需要确认", "a confirmation is needed"),
      why: ("这一步不能撤回", "this step cannot be taken back"),
      next: ("请加 --confirm {confirm}", "add --confirm {confirm}")),
    refusal(
      .foreignBackup, what: ("这是另一节点的备份", "this is a backup of another node"),
      why: ("备份属于 {theirs},本节点是 {ours}", "it is of {theirs}, and this node is {ours}"),
      next: ("请核对备份;确要恢复请加 --force", "look at it again; to restore it all the same add --force")),
    refusal(
      .secondNode, what: ("本机关的节点还在运行", "a node of this agency is running"),
      why: (
        "{address} 出示的是 {agency} 的证书;两个节点共用一把密钥会使链分叉",
        "{address} shows the certificate of {agency}; two nodes under one key fork its chains"
      ),
      next: (
        "请先永久停用那台机器;若它不在自己手里,请换钥: guantong agency suspend-key;确要继续请加 --force",
        "stop that machine for good; if it is not in your hands, replace the key: guantong agency "
          + "suspend-key; to go on all the same add --force"
      )),
    refusal(
      .integrity, what: ("签名、哈希或链无效", "a signature, hash or chain is invalid"),
      why: ("{detail}", "{detail}"),
      next: ("请勿重试,并保留原件", "do not try again, and keep the original")),
  ].flatMap { $0 }

  private static let reach: [Message] = [
    refusal(
      .notFound, what: ("无此件", "no such thing"),
      why: ("没有“{id}”", "there is no “{id}”"),
      next: ("请核对编号", "check the number")),
    refusal(
      .ambiguous, what: ("不唯一", "not unique"),
      why: ("“{id}”可指:{candidates}", "“{id}” names: {candidates}"),
      next: ("请写全,记录可写作 卷宗/记录", "write more of it, of a record DOSSIER/RECORD")),
    refusal(
      .peerUnknown, what: ("没有这个对端", "there is no such peer"),
      why: ("名录中没有 {peer} 的节点", "the directory lists no node of {peer}"),
      next: ("请用 guantong status 查看对端", "see guantong status")),
    refusal(
      .peerUnreachable, what: ("{peer} 不通", "{peer} cannot be reached"),
      why: ("{detail}", "{detail}"),
      next: ("请稍后重试,或检查网络", "try again later, or check the network")),
    refusal(
      .joinRefused, what: ("登记机关没有接受", "the registrar did not accept it"),
      why: ("{detail}", "{detail}"),
      next: ("请向登记机关要新的邀请码", "ask the registrar for a new invitation")),
    refusal(
      .databaseAway, what: ("数据库不通", "the database is away"),
      why: ("{detail}", "{detail}"),
      next: ("恢复后会自行继续", "the node goes on by itself when it is back")),
    refusal(
      .noRoom, what: ("数据库没有空间了", "the database has no room left"),
      why: ("{detail}", "{detail}"),
      next: ("请腾出空间,节点会自行继续", "make room; the node then goes on by itself")),
    refusal(
      .unavailable, what: ("节点尚未就绪", "the node is not ready"),
      why: ("{detail}", "{detail}"),
      next: ("请稍后重试", "try again in a moment")),
    refusal(
      .timeout, what: ("超时", "it took too long"),
      why: ("{seconds} 秒内没有答复", "no answer within {seconds} seconds"),
      next: ("结果未知,请查询后再办", "the outcome is unknown; look before you repeat it")),
    refusal(
      .nodeNotRunning,
      what: (
        "节点没有运行: 用 {command} 启动", "node is not running: start it with {command}"
      ),
      why: ("{socket} 无人应答", "nobody answers at {socket}"),
      next: ("{command}", "{command}")),
    refusal(
      .answerLost, what: ("答复中途丢失", "the answer was lost on the way"),
      why: ("与 {socket} 的连接中断: {detail}", "the connection to {socket} ended: {detail}"),
      next: (
        "是否办成未知,请先用 show 或 list 查询,再重办",
        "whether it was done is unknown: look with show or list, then repeat it"
      )),
    refusal(
      .nodeUnreachable, what: ("无法连到节点", "the node cannot be reached"),
      why: ("{socket}: {detail}", "{socket}: {detail}"),
      next: ("什么也没有办,请核对地址后重试", "nothing was done; check the address and try again")),
  ].flatMap { $0 }

  private static let machine: [Message] = [
    refusal(
      .notInitialised, what: ("没有初始化", "not initialised"),
      why: ("{path} 中没有节点", "there is no node at {path}"),
      next: (
        "请用 guantong init --dir 目录 --agency 代码 建立",
        "make one with guantong init --dir DIR --agency CODE"
      )),
    refusal(
      .alreadyInitialised, what: ("已经初始化", "already initialised"),
      why: ("{path} 中已有节点,什么也没有改", "there is a node at {path}; nothing was changed"),
      next: ("请换一个目录", "take another directory")),
    refusal(
      .configuration, what: ("配置有误", "the configuration is wrong"),
      why: ("{path}: {detail}", "{path}: {detail}"),
      next: ("请改正后运行 guantong config check", "correct it and run guantong config check")),
    refusal(
      .keyExposed, what: ("密钥文件他人可读", "a key file can be read by others"),
      why: ("{path}", "{path}"),
      next: ("请运行 chmod 600 {path}", "run chmod 600 {path}")),
    refusal(
      .locked, what: ("另一进程正在运行", "another process is running"),
      why: ("它占用 {path}", "it holds {path}"),
      next: ("请等待其结束,或先将其停止", "wait until it ends, or stop it first")),
    refusal(
      .portInUse, what: ("端口已被占用", "the port is in use"),
      why: ("不能监听 {address}", "cannot listen at {address}"),
      next: (
        "请停止占用者,或在 guantong.yaml 中换一个端口",
        "stop what holds it, or choose another in guantong.yaml"
      )),
    refusal(
      .programMissing, what: ("缺少程序 {program}", "{program} is missing"),
      why: ("本机没有安装 {package}", "{package} is not installed on this machine"),
      next: (
        "请运行 apt-get install -y --no-install-recommends {package}",
        "run apt-get install -y --no-install-recommends {package}"
      )),
    refusal(
      .file, what: ("文件无法读写", "a file cannot be read or written"),
      why: ("{path}: {detail}", "{path}: {detail}"),
      next: ("请检查路径、权限和磁盘空间", "check the path, its rights and the space on the disk")),
    refusal(
      .usage, what: ("命令有误", "the command line is wrong"),
      why: ("{detail}", "{detail}"),
      next: ("请看 guantong --help", "see guantong --help")),
    refusal(
      .answerUnreadable, what: ("答复无法读取", "the answer cannot be read"),
      why: ("{detail}", "{detail}"),
      next: ("请核对两边版本: guantong version", "compare both versions: guantong version")),
    refusal(
      .planWrong, what: ("样例年的计划有误", "the plan of the sample year is wrong"),
      why: ("{path}: {detail}", "{path}: {detail}"),
      next: ("请改正该处后再运行;什么都还没有建立", "correct it there and run it again; nothing was made yet")),
    refusal(
      .demoFailed, what: ("演示没有启动成功", "the demo did not come up"),
      why: ("{detail}", "{detail}"),
      next: (
        "加 --keep 再试一次,并查看其目录中各节点的 log/node.log",
        "try again with --keep and see log/node.log of each node in its directory"
      )),
    refusal(
      .internalFault, what: ("程序出错", "a fault of the program"),
      why: ("请求 {request}", "request {request}"),
      next: ("请把日志中这一请求的记录交给维护人员", "give the log of this request to the maintainers")),
    refusal(
      .programFault, what: ("程序出错", "a fault of the program"),
      why: ("{detail}", "{detail}"),
      next: (
        "请把这些文字和 guantong version 的输出交给维护人员",
        "give these words and what guantong version prints to the maintainers"
      )),
  ].flatMap { $0 }
}
