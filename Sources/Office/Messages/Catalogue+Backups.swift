extension Catalogue {
  /// What is said about backups of a node.
  static let backups: [Message] = [
    Message("help.backup", "节点的备份与恢复。", "Backups of a node, and its restoration."),
    Message(
      "help.backup.create", "备份数据库、配置,以及(按所选方式)密钥;节点可照常运行。",
      "Back up database, configuration and, as chosen, the keys; the node may go on working."),
    Message("help.backup.list", "列出一个目录下的备份。", "List the backups below a folder."),
    Message(
      "help.backup.verify", "逐字节核对备份;加 --trial 则装入临时数据库清点。",
      "Compare a backup with its manifest to the last byte; --trial loads it and counts."),
    Message(
      "help.backup.restore", "用备份恢复已停止的节点;原有数据库移到一旁,不删除。",
      "Restore a stopped node from a backup; what was there is moved aside, never removed."),
    Message("backup.whole", "备份完整: {path}", "the backup is whole: {path}"),
    Message(
      "backup.tried", "已装入临时数据库并清点", "its database was loaded into a scratch cluster and counted"),
    Message(
      "backup.keys.none", "不含密钥:请另行保管 keys/,没有密钥无法恢复本机关的签名",
      "it has no keys: keep keys/ elsewhere, for without them the agency cannot sign again"),
    Message(
      "backup.keys.clear", "密钥为明文:拿到这些文件的人可以冒用本机关签名",
      "the keys are in clear: whoever has these files can sign as this agency"),
    Message(
      "backup.keys.sealed", "密钥已用口令封存:口令请另处保管,遗失则密钥不可恢复",
      "the keys are sealed by the passphrase: keep it elsewhere; without it they are lost"),
    Message(
      "backup.readable", "数据库未加密:拿到文件的人可读全部案卷",
      "the database is not encrypted: whoever has the file reads every dossier"),
    Message(
      "backup.restored", "已用 {path} 恢复 {agency} 的节点",
      "restored the node of {agency} from {path}"),
    Message("backup.before", "恢复前的数据库在 {path}", "what was there before is in {path}"),
    Message("backup.keysWritten", "已写回缺失的密钥文件: {files}", "wrote the missing files: {files}"),
    Message(
      "backup.keyless", "没有签名密钥:请放回 keys/agency.pem 等文件后再启动",
      "the signing key is not there: put keys/agency.pem and the others back before the start"),
    Message(
      "backup.next",
      "启动: guantong node run --config {config};随后: guantong reconcile --resume --dry-run",
      "start it: guantong node run --config {config}; "
        + "then: guantong reconcile --resume --dry-run"),
    Message("backup.manifest", "{path} 不是备份清单", "{path} is no manifest of a backup"),
    Message("backup.missing", "备份缺少文件 {path}", "the backup lacks {path}"),
    Message("backup.changed", "{path} 与清单不符", "{path} is not what the manifest says"),
    Message("backup.empty", "{path} 中没有节点的数据", "there is no node in {path}"),
    Message(
      "backup.count", "{path} 装入后的变更集少于清单所记", "{path} holds fewer change sets than it says"),
    Message(
      "backup.keys", "{path} 打不开:口令不对,或文件被改动",
      "{path} does not open: another passphrase, or it was changed"),
    Message(
      "expected.passphrase", "首行至少 12 个字符的口令文件",
      "a file whose first line is a passphrase of at least 12 characters"),
    Message("backupKeys.none", "不含", "none"),
    Message("backupKeys.clear", "明文", "in clear"),
    Message("backupKeys.sealed", "已封存", "sealed"),
    Message("column.keys", "密钥", "keys"),
  ]
}
