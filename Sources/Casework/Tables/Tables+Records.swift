extension Tables {
  /// Cover of one dossier as its home last revised it.
  static let dossier = TableSchema(
    name: "casework.dossier",
    term: Term("卷宗", "cover of one dossier as its home last revised it"),
    columns: [
      .init("dossier", .bytes, "卷宗", "id of the dossier"),
      .init("home", .text, "主办机关", "home agency"),
      .init("id", .uuid, null: true, "封面记录号", "record id of the cover in force"),
      .init("change", .bytes, null: true, "变更集", "change set of the cover in force"),
      .init("kind", .text, null: true, "卷宗类别", "kind"),
      .init("number", .text, null: true, "卷宗编号", "number"),
      .init("title", .text, null: true, "标题", "title"),
      .init("source", .text, null: true, "来源类别", "kind of oversight it comes from"),
      .init("source_agency", .text, null: true, "来源机关", "agency it comes from"),
      .init("region", .text, null: true, "行政区划代码", "region code"),
      .init("campaign", .text, null: true, "专项代码", "campaign"),
      .init("classification", .text, null: true, "密级", "classification"),
      .init("opened_at", .timestamp, "立卷时间", "when the home says it opened the dossier"),
      .init("upgrade_needed", .bool, "需升级", "whether it holds a record this build does not know"),
      .init("forked", .bool, "分叉", "whether an author forked its chain here"),
      .init("channel", .text, null: true, "渠道", "way by which a petition came"),
      .init("demand_kind", .text, null: true, "诉求类别", "what a petitioner asks for"),
      .init("level", .text, null: true, "创建层级", "who names the model areas that a bid is for"),
      .init("batch", .int, null: true, "批次", "batch of a bid, from 1"),
    ],
    key: ["dossier"])

  /// One agency that was ever granted or excluded.
  static let member = TableSchema(
    name: "casework.member",
    term: Term("成员", "one agency that was ever granted or excluded"),
    columns: [
      .init("dossier", .bytes, "卷宗", "id of the dossier"),
      .init("agency", .text, "机关", "agency"),
      .init("state", .text, "状态", "member, ended or excluded"),
    ],
    key: ["dossier", "agency"])

  /// One issued document.
  static let document = TableSchema(
    name: "casework.document",
    term: Term("文书", "one issued document"),
    columns: [
      .init("dossier", .bytes, "卷宗", "id of the dossier"),
      .init("author", .text, "产生机关", "agency that wrote the record"),
      .init("id", .uuid, "记录号", "record id"),
      .init("change", .bytes, "变更集", "change set that carries it"),
      .init("part", .int, "部分", "part of the change set"),
      .init("record", .int, "序位", "position in the part"),
      .init(
        "authored_at", .timestamp, "写入时间", "when its author says it was written; decides nothing"),
      .init("form", .text, "文书种类", "form"),
      .init("number", .text, null: true, "发文字号", "number"),
      .init("version", .int, "版本", "version"),
      .init("supersedes", .uuid, null: true, "取代文书", "document it supersedes"),
      .init("to_agencies", .textArray, "主送", "addressees"),
      .init("cc_agencies", .textArray, "抄送", "copies"),
      .init("title", .text, "标题", "title"),
      .init("body", .text, "正文", "text"),
      .init("items", .textArray, "事项", "record ids of its items in their order"),
      .init("attachments", .int, "附件数", "number of attachments"),
      .init("due_on", .date, null: true, "回复期限", "date by which an answer is asked"),
      .init("drafter", .uuid, null: true, "拟稿人", "person who drafted it"),
      .init("signer", .uuid, null: true, "签发人", "person who signed it"),
      .init("issued_on", .date, "成文日期", "date of the document"),
      .init("required", .textArray, "须会签机关", "members whose countersignature is required"),
      .init("meeting_series", .text, null: true, "会议系列", "series of the meeting"),
      .init("meeting_issue", .int, null: true, "会议届次", "number of the meeting"),
      .init("held_on", .date, null: true, "会议日期", "when it was held"),
      .init("place", .text, null: true, "地点", "where it was held"),
      .init("chair", .text, null: true, "主持人", "who chaired it"),
      .init("present", .textArray, "出席", "agencies present"),
      .init("absent", .textArray, "请假", "agencies absent"),
      .init("topics", .textArray, "议题", "topics"),
      .init("hash", .bytes, "正文哈希", "SHA-256 of the record body; what a countersignature binds"),
      .init("state", .text, "状态", "issued, superseded or revoked; minutes have their own"),
    ],
    key: ["dossier", "author", "id"])

  /// One attachment that a document lists.
  static let attachment = TableSchema(
    name: "casework.attachment",
    term: Term("附件", "one attachment that a document lists"),
    columns: [
      .init("dossier", .bytes, "卷宗", "id of the dossier"),
      .init("author", .text, "产生机关", "agency that wrote the document"),
      .init("document", .uuid, "文书", "document"),
      .init("position", .int, "序号", "position in the list, from 0"),
      .init("name", .text, "名称", "file name"),
      .init("size", .int, "大小", "bytes"),
      .init("salt", .bytes, "盐", "salt of its pieces"),
      .init("root", .bytes, "哈希树根", "root of the tree over its pieces"),
    ],
    key: ["dossier", "author", "document", "position"])

  /// One item of a document.
  static let item = TableSchema(
    name: "casework.item",
    term: Term("事项", "one item of a document"),
    columns: [
      .init("dossier", .bytes, "卷宗", "id of the dossier"),
      .init("author", .text, "产生机关", "agency that wrote the record"),
      .init("id", .uuid, "记录号", "record id"),
      .init("change", .bytes, "变更集", "change set that carries it"),
      .init("part", .int, "部分", "part of the change set"),
      .init("record", .int, "序位", "position in the part"),
      .init(
        "authored_at", .timestamp, "写入时间", "when its author says it was written; decides nothing"),
      .init("document", .uuid, "文书", "document that carries it"),
      .init("number", .int, "序号", "number in the document"),
      .init("kind", .text, "事项类别", "kind"),
      .init("text", .text, "内容", "text"),
      .init("unit", .text, null: true, "责任单位", "responsible agency"),
      .init("co_units", .textArray, "配合单位", "agencies that help"),
      .init("due_on", .date, null: true, "期限", "due date"),
      .init("standard", .text, null: true, "验收标准", "acceptance standard"),
      .init("amount", .int, null: true, "金额", "amount in fen"),
      .init("category", .text, null: true, "类别", "category"),
    ],
    key: ["dossier", "author", "id"])

  /// One act that has effect.
  static let act = TableSchema(
    name: "casework.act",
    term: Term("办理", "one act that has effect"),
    columns: [
      .init("dossier", .bytes, "卷宗", "id of the dossier"),
      .init("author", .text, "产生机关", "agency that wrote the record"),
      .init("id", .uuid, "记录号", "record id"),
      .init("change", .bytes, "变更集", "change set that carries it"),
      .init("part", .int, "部分", "part of the change set"),
      .init("record", .int, "序位", "position in the part"),
      .init(
        "authored_at", .timestamp, "写入时间", "when its author says it was written; decides nothing"),
      .init("target_type", .int, "对象类型", "record type of the target"),
      .init("target", .uuid, null: true, "对象", "record it acts on"),
      .init("verb", .text, "动作", "verb"),
      .init(
        "actor", .uuid, null: true, "办理人", "person; null when the node acted by a standing rule"),
      .init("role", .text, null: true, "角色", "role the person acted in"),
      .init("on_date", .date, "办理日期", "date the person states"),
      .init("reason", .text, null: true, "理由", "code of the reason"),
      .init("note", .text, "说明", "note"),
      .init("agencies", .textArray, "涉及机关", "agencies it names"),
      .init("points", .textArray, "涉及要点", "items it concerns, where not all"),
      .init("kind", .text, null: true, "种类", "kind of disposition or stage of feedback"),
      .init("final", .bool, "终结", "whether it is final"),
      .init("automatic", .bool, "自动", "whether the node acted by itself"),
      .init("internal_number", .text, null: true, "内部编号", "number at the acting agency"),
      .init("due_on", .date, null: true, "期限", "new due date"),
      .init("hash", .bytes, null: true, "所签哈希", "hash it binds"),
      .init("recorded_by", .text, null: true, "代录单位", "host that recorded it"),
    ],
    key: ["dossier", "author", "id"])

  /// One result in one version.
  static let result = TableSchema(
    name: "casework.result",
    term: Term("结果", "one result in one version"),
    columns: [
      .init("dossier", .bytes, "卷宗", "id of the dossier"),
      .init("author", .text, "产生机关", "agency that wrote the record"),
      .init("id", .uuid, "记录号", "record id"),
      .init("change", .bytes, "变更集", "change set that carries it"),
      .init("part", .int, "部分", "part of the change set"),
      .init("record", .int, "序位", "position in the part"),
      .init(
        "authored_at", .timestamp, "写入时间", "when its author says it was written; decides nothing"),
      .init("root", .uuid, "首版", "first version of the result"),
      .init("revises", .uuid, null: true, "所改版本", "version it replaces"),
      .init("kind", .text, "结果类别", "kind"),
      .init("on_date", .date, "日期", "date of the decision"),
      .init("case_result", .uuid, null: true, "所属立案", "filing it belongs to"),
      .init("measures", .textArray, "措施", "measures as class:value"),
      .init("amount", .int, null: true, "金额", "amount in fen"),
      .init("person_key", .text, null: true, "人员键", "keyed hash of the person"),
      .init("decided_by", .text, null: true, "决定机关", "body that decided"),
      .init("document_number", .text, null: true, "决定文号", "number of the decision"),
      .init("note", .text, "说明", "note"),
      .init("form_of_discipline", .int, null: true, "四种形态", "form of discipline 1 to 4"),
      .init("actor", .uuid, null: true, "办理人", "person"),
      .init("role", .text, null: true, "角色", "role the person acted in"),
      .init("clue", .uuid, null: true, "所答文书", "referral it answers"),
      .init("status", .text, "状态", "valid, revised or revoked"),
      .init("rank", .int, null: true, "名次", "place of a survey or a score, from 1"),
      .init("ranked", .int, null: true, "参评数", "among how many"),
      .init("score", .int, null: true, "得分", "hundredths of a point"),
      .init("unit", .text, null: true, "被考核单位", "agency that is scored"),
    ],
    key: ["dossier", "author", "id"])
}
