extension Catalogue {
  /// What is said about sealed parts: opening them to others, destroying them, the certificate.
  static let sealedParts: [Message] = [
    Message("help.sealed", "密封部分:扩大知悉与销毁。", "Sealed parts: opening and destroying them."),
    Message(
      "help.sealed.certificate", "导出销毁证明,由 verify 核验。",
      "Export the certificate of a destruction, for verify."),
    Message(
      "help.sealed.destroy", "永久销毁本机关的一个密封部分。",
      "Destroy a sealed part of ours, everywhere and for good."),
    Message(
      "help.sealed.disclose", "把本机关的一个密封部分扩大到更多成员知悉。",
      "Open a sealed part of ours to further members."),
    Message(
      "help.sealed.list", "列出卷宗的密封部分,不显示内容。",
      "List the sealed parts of a dossier, without their content."),
    Message("verb.disclose", "扩大知悉", "open a sealed part"),
    Message("verb.destroy", "销毁密封部分", "destroy a sealed part"),
    Message("sealed.open", "可阅", "open"),
    Message("sealed.withheld", "不予知悉", "withheld"),
    Message("sealed.destroyed", "已销毁", "destroyed"),
    Message("shown.destruction", "销毁", "destruction"),
    Message("shown.disclosure", "扩大知悉", "disclosure"),
    Message("conflict.partDestroyed", "该密封部分已销毁", "the part is destroyed already"),
    Message("conflict.partMissing", "本机没有该密封部分", "the bytes of the part are not here"),
    Message("conflict.partOpen", "该机关已可知悉", "that agency may read the part already"),
    Message("conflict.partStranger", "该机关不是卷宗成员", "that agency is no member of the dossier"),
    Message(
      "conflict.partActed", "该密封部分已有办理,不得销毁",
      "somebody has acted on the part, so it is not destroyed"),
    Message("conflict.partStands", "该密封部分未销毁", "the part is not destroyed"),
    Message("flaw.destroyed-part", "所附头部不含该密封部分", "the header has no such sealed part"),
    Message(
      "flaw.no-destruction", "所附证据并未销毁该部分", "the change set in evidence destroys no such part"),
    Message(
      "flaw.foreign-part", "该部分与销毁记录不属同一机关或卷宗",
      "the part and its destruction are of two authors or two dossiers"),
    Message("column.audience", "知悉机关", "audience"),
    Message("column.opened_to", "扩大至", "opened to"),
    Message("column.destroyed_by", "销毁变更集", "destroyed by"),
    Message("column.ordered_by", "决定人", "ordered by"),
    Message("column.role", "职责", "role"),
    Message("column.decision", "批准依据", "decision"),
    Message("column.grounds", "理由", "grounds"),
    Message("certificate.title", "销毁证明", "Certificate of destruction"),
    Message(
      "certificate.statement",
      "兹证明:{agency}({code})于 {on} 销毁其产生的下列密封部分;各副本自收到该记录起不再保存其内容与盐值,"
        + "仅留哈希备查。",
      "{agency} ({code}) destroyed the sealed part below, its own, on {on}. From the record on no "
        + "replica keeps its content or salt; the hash remains."),
    Message("certificate.written", "已写入 {path}", "wrote {path}"),
    Message("list.truncated", "未全部列出", "there are more than are listed"),
  ]
}
