extension Catalogue {
  /// What commands say.
  static let commands: [Message] = [
    Message("sample", "样例数据", "sample data")
  ]

  /// Heads of tables.
  static let tables: [Message] = [
    Message("column.code", "代码", "code"),
    Message("column.agency", "机关", "agency"),
    Message("column.state", "状态", "state"),
  ]
}
