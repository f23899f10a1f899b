extension Tables {
  /// Where one document stands at one addressee.
  static let referral = TableSchema(
    name: "casework.referral",
    term: Term("移送办理", "where one document stands at one addressee"),
    columns: [
      .init("dossier", .bytes, "卷宗", "id of the dossier"),
      .init("sender", .text, "移送机关", "author of the document"),
      .init("document", .uuid, "文书", "document"),
      .init("addressee", .text, "收文机关", "addressee"),
      .init("ground", .text, "收文缘由", "to, cc or forward"),
      .init("form", .text, "文书种类", "form"),
      .init("number", .text, null: true, "发文字号", "number"),
      .init("state", .text, "状态", "state"),
      .init("withdraw", .text, "撤回", "none, requested, agreed, refused or noEffect"),
      .init("forwarded_by", .text, null: true, "转送机关", "agency that forwarded it here"),
      .init("forwarded_to", .textArray, "转往", "agencies it was forwarded to"),
      .init("points", .textArray, "要点", "points it covers"),
      .init("accepted_points", .textArray, "受理要点", "points accepted"),
      .init("sent_on", .date, "发文日期", "date of the document or of the forwarding"),
      .init("received_on", .date, null: true, "签收日期", "when it was received"),
      .init("accepted_on", .date, null: true, "受理日期", "when it was first accepted"),
      .init("fate_on", .date, null: true, "去向日期", "when its present fate was decided"),
      .init("return_reason", .text, null: true, "退回理由", "why it was returned"),
      .init("internal_number", .text, null: true, "受理编号", "number at the addressee"),
      .init("fed_back_on", .date, null: true, "反馈日期", "last feedback"),
      .init("supplements", .int, "补充次数", "supplements sent"),
      .init("review", .bool, "需复核", "whether something it rests on became void"),
    ],
    key: ["dossier", "sender", "document", "addressee"])

  /// How one discipline body handles one accepted referral.
  static let handling = TableSchema(
    name: "casework.handling",
    term: Term("线索处置", "how one discipline body handles one accepted referral"),
    columns: [
      .init("dossier", .bytes, "卷宗", "id of the dossier"),
      .init("sender", .text, "移送机关", "author of the referral"),
      .init("document", .uuid, "文书", "referral"),
      .init("body", .text, "承办机关", "discipline body"),
      .init("stage", .text, "阶段", "stage"),
      .init("first_disposition", .text, null: true, "首次处置", "first disposition"),
      .init("disposed_on", .date, null: true, "首次处置日期", "date of the first disposition"),
      .init("close_kind", .text, null: true, "了结方式", "how it was closed"),
      .init("filed_on", .date, null: true, "立案日期", "date of the filing"),
      .init("decided_on", .date, null: true, "决定日期", "date of the last sanction"),
      .init("executed_on", .date, null: true, "执行日期", "date of execution"),
      .init("filings", .int, "立案数", "valid filings"),
      .init("sanctions", .int, "处分数", "valid sanctions"),
      .init("accountable", .bool, "已问责", "whether a valid accountability or sanction stands"),
      .init("stage_on", .date, "阶段日期", "when the stage began"),
      .init("review", .bool, "需复核", "whether something it rests on became void"),
    ],
    key: ["dossier", "sender", "document", "body"])

  /// Where one clue stands.
  static let clue = TableSchema(
    name: "casework.clue",
    term: Term("线索", "where one clue stands"),
    columns: [
      .init("dossier", .bytes, "卷宗", "id of the dossier"),
      .init("number", .text, null: true, "线索编号", "number"),
      .init("title", .text, null: true, "标题", "title"),
      .init("home", .text, "移送机关", "home agency"),
      .init("state", .text, "状态", "state"),
      .init("holder", .text, "现办机关", "agency that has it now"),
      .init("document", .uuid, null: true, "现行移送函", "referral that is in play"),
      .init(
        "received_on", .date, null: true, "首次签收", "first date of receipt of an accepted referral"),
      .init("accepted_on", .date, null: true, "受理日期", "date of acceptance"),
      .init("stage", .text, null: true, "阶段", "stage at the discipline body"),
      .init("close_kind", .text, null: true, "了结方式", "how it was closed"),
      .init("filed", .bool, "已立案", "whether a filing stands"),
      .init("accountable", .bool, "已问责", "whether accountability stands"),
      .init("person_times", .int, "人次", "distinct persons with a counted measure per filing"),
      .init("fed_back_on", .date, null: true, "反馈日期", "last feedback"),
      .init("final", .bool, "已办结", "whether the final feedback was given"),
    ],
    key: ["dossier"])

  /// One version of minutes.
  static let minutes = TableSchema(
    name: "casework.minutes",
    term: Term("纪要版本", "one version of minutes"),
    columns: [
      .init("dossier", .bytes, "卷宗", "id of the dossier"),
      .init("convenor", .text, "召集机关", "convenor"),
      .init("document", .uuid, "文书", "the version"),
      .init("version", .int, "版本", "version"),
      .init("hash", .bytes, "文本哈希", "what a countersignature binds"),
      .init("state", .text, "状态", "state"),
      .init("number", .text, null: true, "期号", "number given at issue"),
      .init("required", .textArray, "须会签机关", "required members"),
      .init("countersigned", .textArray, "已会签", "members that countersigned"),
      .init("objected", .textArray, "有意见", "members that objected"),
      .init("abstained", .textArray, "弃权", "members that abstained"),
      .init("lapsed", .textArray, "逾期", "members whose silence was recorded"),
      .init("reserved", .textArray, "保留意见", "members whose objection came after finalization"),
      .init("circulated_on", .date, "送会签日期", "when it was circulated"),
      .init("finalized_on", .date, null: true, "定稿日期", "when it was finalized"),
      .init("issued_on", .date, null: true, "印发日期", "when it was issued"),
    ],
    key: ["dossier", "convenor", "document"])

  /// Where one tracked item stands.
  static let itemCard = TableSchema(
    name: "casework.item_card",
    term: Term("事项进展", "where one tracked item stands"),
    columns: [
      .init("dossier", .bytes, "卷宗", "id of the dossier"),
      .init("issuer", .text, "交办机关", "issuer"),
      .init("item", .uuid, "事项", "item"),
      .init("document", .uuid, "文书", "document"),
      .init("number", .int, "序号", "number in the document"),
      .init("kind", .text, "事项类别", "kind"),
      .init("unit", .text, null: true, "责任单位", "responsible agency"),
      .init("state", .text, "状态", "state"),
      .init("due_on", .date, null: true, "期限", "due date in force"),
      .init("reported_on", .date, null: true, "报告日期", "last report"),
      .init("report", .uuid, null: true, "报告", "last report"),
      .init("passed_on", .date, null: true, "验收日期", "when it passed"),
      .init("signed_off_on", .date, null: true, "销号日期", "when it was signed off"),
      .init("reopened", .int, "重开次数", "times reopened"),
      .init("extension", .text, "延期", "none, requested, granted or denied"),
      .init("new_material", .bool, "验收后新材料", "whether a report came that no decision cites"),
      .init("review", .bool, "需复核", "whether something it rests on became void"),
      .init("level", .text, null: true, "督办层级", "highest level of supervision reached"),
      .init("long_term", .bool, "长期整改", "whether it is on the list of long-term rectification"),
      .init(
        "disputed_on", .date, null: true, "异议日期", "date of the first dispute not decided yet"),
      .init(
        "asked_on", .date, null: true, "申请延期日期",
        "date of the first request for more time not decided yet"),
    ],
    key: ["dossier", "issuer", "item"])

  /// A change set, part or record that has no effect.
  static let void = TableSchema(
    name: "casework.void",
    term: Term("无效", "a change set, part or record that has no effect"),
    columns: [
      .init("dossier", .bytes, "卷宗", "id of the dossier"),
      .init("change", .bytes, "变更集", "change set"),
      .init("part", .int, "部分", "part, -1 for the whole change set"),
      .init("record", .int, "序位", "record, -1 for the whole part"),
      .init("author", .text, "产生机关", "author"),
      .init("id", .uuid, null: true, "记录号", "record id"),
      .init("type", .int, null: true, "类型", "record type"),
      .init("reason", .text, "理由", "code of the reason"),
      .init("detail", .text, null: true, "说明", "what exactly, as codes"),
    ],
    key: ["dossier", "change", "part", "record"])

  /// A record that cites something that has become void.
  static let review = TableSchema(
    name: "casework.review",
    term: Term("需复核", "a record that cites something that has become void"),
    columns: [
      .init("dossier", .bytes, "卷宗", "id of the dossier"),
      .init("author", .text, "产生机关", "author of the citing record"),
      .init("id", .uuid, "记录号", "citing record"),
      .init("cited_change", .bytes, "所引变更集", "cited change set"),
      .init("cited_part", .int, "所引部分", "cited part"),
      .init("cited_record", .int, "所引序位", "cited record"),
    ],
    key: ["dossier", "author", "id", "cited_change", "cited_part", "cited_record"])
}
