extension Tables {
  /// Where the course of a dossier, of a document of figures or of an expert stands.
  static let course = TableSchema(
    name: "casework.course",
    term: Term("流程", "where a course of a dossier, figures or an expert stands"),
    columns: [
      .init("dossier", .bytes, "卷宗", "id of the dossier"),
      .init("author", .text, "产生机关", "author of what has the course"),
      .init("subject", .uuid, "对象", "first cover, document or item"),
      .init("type", .int, "对象类型", "record type of it"),
      .init("kind", .text, "类别", "kind of the dossier, form of the document or kind of the item"),
      .init("machine", .text, "流程代号", "short name of the course"),
      .init("begun_on", .date, "开始日期", "date of the document, or when the cover was written"),
      .init("stage", .text, "阶段", "stage"),
      .init("stage_on", .date, null: true, "阶段日期", "when the stage began; none in the first"),
      .init("moved_by", .text, null: true, "推进机关", "agency that brought it there"),
      .init("handler", .text, null: true, "承办机关", "agency it was given to"),
      .init("approval", .text, null: true, "批准文号", "number of the approval"),
      .init("due_on", .date, null: true, "期限", "new due date"),
      .init("accepted_on", .date, null: true, "受理日期", "when a petition was accepted"),
      .init("amount", .int, "到位金额", "what was performed, in fen"),
      .init("results", .int, "结果数", "results that moved it"),
      .init("confirmed", .textArray, "核对一致机关", "contributors whose last word confirms it"),
      .init("disputed", .textArray, "核对有异机关", "contributors whose last word disputes it"),
      .init("corrections", .int, "更正次数", "times corrected after it was published"),
      .init("late", .bool, "归档后来件", "whether something came after the archiving"),
      .init("review", .bool, "需复核", "whether something it rests on became void"),
    ],
    key: ["dossier", "author", "subject"])

  /// One request for an expert and what became of it.
  static let secondment = TableSchema(
    name: "casework.secondment",
    term: Term("抽调", "one request for an expert and what became of it"),
    columns: [
      .init("dossier", .bytes, "卷宗", "id of the dossier"),
      .init("author", .text, "派出机关", "agency of the expert"),
      .init("expert", .uuid, "人才", "item that names the expert"),
      .init("change", .bytes, "变更集", "change set of the request"),
      .init("part", .int, "部分", "part of the change set"),
      .init("record", .int, "序位", "position in the part"),
      .init("first_on", .date, "起始日期", "first day asked for"),
      .init("last_on", .date, "截止日期", "last day asked for"),
      .init("outcome", .text, "去向", "open, approved, declined, deployed or ended"),
    ],
    key: ["dossier", "author", "expert", "change", "part", "record"])
}
