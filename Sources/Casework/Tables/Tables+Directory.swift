extension Tables {
  /// One agency of the directory.
  static let agency = TableSchema(
    name: "casework.agency",
    term: Term("机关", "one agency of the directory"),
    columns: [
      .init("dossier", .bytes, "卷宗", "id of the dossier"),
      .init("code", .text, "机关代码", "agency code"),
      .init("name", .text, "名称", "name"),
      .init("short_name", .text, "简称", "short name"),
      .init("level", .text, "层级", "province, city or county"),
      .init("region", .text, "行政区划代码", "GB/T 2260 region code"),
      .init("credit_code", .text, "统一社会信用代码", "GB 32100 credit code"),
      .init("kind", .text, "机关类别", "kind of agency"),
      .init("hosted_by", .text, null: true, "代管机关", "agency whose node keeps its replica"),
      .init("succeeds", .text, null: true, "承继机关", "agency whose successor it is"),
      .init("key", .bytes, null: true, "签名密钥", "id of the key in force"),
      .init("endpoint", .text, null: true, "地址", "where its node is reached"),
      .init("governor", .bool, "共管机关", "whether it is a governor"),
      .init("registrar", .bool, "登记机关", "whether it is the registrar"),
    ],
    key: ["code"])

  /// One person of an agency, as the agency last published.
  static let person = TableSchema(
    name: "casework.person",
    term: Term("人员", "one person of an agency, as the agency last published"),
    columns: [
      .init("dossier", .bytes, "卷宗", "id of the dossier"),
      .init("agency", .text, "机关", "agency"),
      .init("id", .uuid, "人员号", "person id"),
      .init("name", .text, "姓名", "name"),
      .init("section", .text, "科室", "section"),
      .init("post", .text, "职务", "post"),
      .init("roles", .textArray, "角色", "roles"),
      .init("ended", .bool, "已离任", "whether the person no longer acts"),
      .init("alternate_of", .uuid, null: true, "AB岗", "person this one stands in for"),
    ],
    key: ["agency", "id"])
}
