import Postgres

/// One page of a list: one row more than asked for says whether there is a next page.
struct Page {
  let limit: Int
  let offset: Int
  let number: Int

  init(_ page: Int?, _ limit: Int?) throws {
    (self.limit, offset, number) = try Field.page(page, limit)
  }

  /// The clause that ends the statement.
  var clause: SQL { "LIMIT \(limit + 1) OFFSET \(offset)" }

  /// The rows of the page and the number of the next one, if there is one.
  func cut(_ rows: Rows) -> (rows: [Row], next: Int?) {
    (Array(rows.prefix(limit)), rows.count > limit ? number + 1 : nil)
  }

  /// The same of values that were read without a clause.
  func cut<Value>(_ values: [Value]) -> (values: [Value], next: Int?) {
    let rest = values.dropFirst(offset)
    return (Array(rest.prefix(limit)), rest.count > limit ? number + 1 : nil)
  }
}

extension API {
  /// Cuts a list that is not paged and says whether something was cut.
  static func cut<Value>(_ values: [Value]) -> (values: [Value], truncated: Bool) {
    (Array(values.prefix(listMax)), values.count > listMax)
  }
}
