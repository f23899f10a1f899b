extension Tables {
  /// The columns of every record about a part.
  private static let place: [TableSchema.Column] = [
    .init("dossier", .bytes, "卷宗", "id of the dossier"),
    .init("author", .text, "产生机关", "agency that wrote the record and the part"),
    .init("id", .uuid, "记录号", "record id"),
    .init("change", .bytes, "变更集", "change set that carries it"),
    .init("part", .int, "部分", "part of the change set"),
    .init("record", .int, "序位", "position in the part"),
    .init(
      "authored_at", .timestamp, "写入时间", "when its author says it was written; decides nothing"),
    .init("target_change", .bytes, "所指变更集", "change set whose part it is about"),
    .init("target_part", .int, "所指部分", "that part"),
    .init("hash", .bytes, "所指部分哈希", "salted hash of that part, as its header names it"),
    .init("actor", .uuid, "决定人", "person who ordered it"),
    .init("role", .text, "角色", "role the person acted in"),
    .init("on_date", .date, "日期", "date the person states"),
  ]

  /// One sealed part that its author destroyed.
  static let destruction = TableSchema(
    name: "casework.destruction",
    term: Term("销毁", "one sealed part that its author destroyed"),
    columns: place + [
      .init("decision", .text, "批准依据", "decision it rests on, by number or name"),
      .init("reason", .text, "理由", "why"),
    ],
    key: ["dossier", "change", "part", "record"])

  /// One sealed part that its author opened to further agencies; it has a sealed twin alone.
  static let disclosure = TableSchema(
    name: "casework.disclosure",
    term: Term("扩大知悉", "one sealed part opened to others by its author"),
    columns: place + [
      .init("reason", .text, "理由", "why")
    ],
    key: ["dossier", "change", "part", "record"])
}
