extension Catalogue {
  /// Why the database of a node cannot be used, and what to do about it.
  static let replicas = connections + clusters + programs + schemas

  /// By the codes of `PostgresError`.
  private static let connections: [Message] = [
    Message(
      "database.unreachable", "连不上数据库({place});请看 PostgreSQL 是否在运行,本用户是否可以连接",
      "no connection to the database ({place}); is PostgreSQL running, and may this user connect?"),
    Message("database.lost", "与数据库的连接中断", "the connection to the database was lost"),
    Message(
      "database.outcomeUnknown", "提交时与数据库的连接中断,是否办成未知",
      "the connection was lost during a commit; whether it was done is unknown"),
    Message(
      "database.refused", "数据库现在不接受(SQLSTATE {state})",
      "the database does not take it now (SQLSTATE {state})"),
    Message("database.busy", "等待数据库的任务太多", "too many tasks wait for the database"),
    Message("database.timeout", "数据库超时", "the database took too long"),
    Message(
      "database.contended", "与同时进行的办理反复冲突", "it met others at work again and again"),
    Message("database.cancelled", "已取消", "it was cancelled"),
    Message(
      "database.configuration",
      "不能使用;请写作 postgresql://用户@主机:端口/数据库 或 service=名称",
      "it cannot be used; write it as postgresql://user@host:port/database or as service=NAME"),
  ]

  private static let clusters: [Message] = [
    Message("replica.told", "{path}: {what}", "{path}: {what}"),
    Message("replica.said", "{fault}", "{fault}"),
    Message("replica.silent", "没有说明原因就结束了", "it ended without a word"),
    Message("replica.full", "磁盘已满", "the disk is full"),
    Message("replica.full.next", "请腾出空间后重新启动", "make room and start again"),
    Message("replica.denied", "{fault}", "{fault}"),
    Message(
      "replica.denied.next", "{path} 中的文件应属于运行数据库的用户,权限 0700",
      "the files of {path} belong to the user that runs the database, mode 0700"),
    Message("replica.noPermission", "没有权限", "no permission"),
    Message(
      "replica.noPermission.next", "请以节点目录所有者的身份运行",
      "run as the user that owns the node's directory"),
    Message("replica.exposed", "其他用户可以读取", "it can be read by others"),
    Message("replica.exposed.next", "chmod 0700 {path}", "chmod 0700 {path}"),
    Message(
      "replica.foreignOwner", "属于用户 {owner},而 PostgreSQL 将以 {user}({number})运行",
      "it belongs to user {owner}, but PostgreSQL would run as {user} ({number})"),
    Message(
      "replica.foreignOwner.next", "请以建立它的用户运行节点,或: chown -R {user} {path}",
      "run the node as the user it was made by, or: chown -R {user} {path}"),
    Message(
      "replica.notOwn", "是链接、属于他人,或他人可以写入",
      "it is a link, belongs to somebody else, or others may write"),
    Message(
      "replica.notOwn.next", "请查明由谁建立,并将其删除", "see who made it, and remove it"),
    Message(
      "replica.notEnterable", "运行 PostgreSQL 的用户 {user} 不能进入该目录",
      "the user {user}, which runs PostgreSQL, cannot enter this directory"),
    Message(
      "replica.notEnterable.next", "chmod o+x {path},或把节点放在别处",
      "chmod o+x {path}, or put the node elsewhere"),
    Message("replica.noDirectory", "不存在", "it is not there"),
    Message(
      "replica.noCluster", "其中有文件,但不是 PostgreSQL 的数据目录",
      "it holds files but no cluster of PostgreSQL"),
    Message(
      "replica.noCluster.next", "请移走这些文件,或另选目录",
      "move them away or choose another directory"),
    Message("replica.noVersion", "PG_VERSION 中没有版本号", "PG_VERSION names no version"),
    Message("replica.ended", "数据库自行结束", "the database ended by itself"),
    Message("replica.noAnswer", "数据库没有应答({fault})", "the database does not answer ({fault})"),
    Message(
      "replica.unknownServer", "进程 {process} 可能是其服务器,而系统没有说明它在何处运行",
      "process {process} may be its server, and the system does not say where it works"),
    Message(
      "replica.unknownServer.next", "请查看该进程;若是这个数据库的,请结束: kill -INT {process}",
      "see that process, and end it if it is this database's: kill -INT {process}"),
    Message(
      "replica.leftover", "上次运行的数据库进程仍未结束",
      "processes of an earlier run of the database are still at work"),
    Message(
      "replica.leftover.next", "请结束这些进程: {processes}", "end these processes: {processes}"),
    Message(
      "replica.noMarker", "不是标记文件", "it is no marker file"),
    Message(
      "replica.noMarker.next", "请移走该文件;节点随后像恢复备份后那样与对端核对",
      "move it away; the node then compares with its peers as after a restore"),
  ]

  private static let programs: [Message] = [
    Message(
      "replica.noPrograms", "本机没有 PostgreSQL 的程序",
      "the programs of PostgreSQL are not on this machine"),
    Message(
      "replica.noPrograms.next",
      "请安装: apt-get install --no-install-recommends postgresql-15",
      "install them with: apt-get install --no-install-recommends postgresql-15"),
    Message(
      "replica.noUser", "PostgreSQL 从不以 root 运行,而没有可供它运行的用户",
      "PostgreSQL never runs as root and there is no user to run it as"),
    Message(
      "replica.noUser.next",
      "请安装: apt-get install --no-install-recommends postgresql-15",
      "install it with: apt-get install --no-install-recommends postgresql-15"),
    Message(
      "replica.otherMajor", "数据目录由 PostgreSQL {major} 建立,而本机没有这一版本",
      "the cluster was made by PostgreSQL {major}, which is not installed"),
    Message(
      "replica.otherMajor.next", "请安装 postgresql-{major},或用 pg_upgrade 转换数据目录",
      "install postgresql-{major}, or move the cluster with pg_upgrade"),
  ]

  private static let schemas: [Message] = [
    Message(
      "replica.newerSchema", "数据库由更新版本的 guantong 写成",
      "the database was written by a newer version of guantong"),
    Message(
      "replica.newerSchema.next", "请启动更新的版本;本版本只认识到第 {newest} 版结构",
      "start the newer version; this one knows the schema up to {newest}"),
    Message(
      "replica.changedMigration", "与建立此数据库时的不同", "it is not the one that made this database"),
    Message(
      "replica.changedMigration.next", "请启动建立此数据库的版本,或恢复备份",
      "start the version that made it, or restore a backup"),
    Message(
      "replica.missingRight", "角色 {role} 不能在其中建立模式",
      "role {role} may not create schemas in it"),
    Message(
      "replica.missingRight.next", "GRANT CREATE ON DATABASE \"{database}\" TO \"{role}\"",
      "GRANT CREATE ON DATABASE \"{database}\" TO \"{role}\""),
    Message(
      "database.foreign", "数据库属于 {theirs},不属于 {ours}",
      "the database belongs to {theirs}, not to {ours}"),
    Message(
      "database.foreign.next", "请在 guantong.yaml 中恢复 agency,或另指 data_dir 或 database.url",
      "restore agency in guantong.yaml, or name another data_dir or database.url"),
  ]
}
