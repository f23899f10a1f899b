import Casework
import Ledger
import Testing

@Suite struct `the tables are data` {
  @Test func `names are unique and ordered, keys name columns that are never null`() {
    #expect(Tables.all.map(\.name) == Tables.all.map(\.name).sorted())
    #expect(Set(Tables.all.map(\.name)).count == Tables.all.count)
    for table in Tables.all {
      #expect(Set(table.columns.map(\.name)).count == table.columns.count, "\(table.name)")
      #expect(table.keyPositions.count == table.key.count, "\(table.name)")
      for position in table.keyPositions { #expect(!table.columns[position].isNullable) }
    }
  }

  @Test func `every table and column says what it is in both languages`() {
    for table in Tables.all {
      for term in [table.term] + table.columns.map(\.term) {
        #expect(!term.zh.isEmpty && !term.en.isEmpty, "\(table.name)")
      }
    }
  }

  @Test func `a twin for sealed parts has the same columns, and the audience in its key`() throws {
    let open = try #require(Tables.table("casework.act"))
    let sealed = try #require(Tables.table("casework.sealed_act"))
    #expect(sealed.columns.dropLast(2) == open.columns[...])
    #expect(sealed.columns.suffix(2).map(\.name) == ["audience", "audience_hash"])
    #expect(sealed.key == open.key + ["audience_hash"])
    #expect(sealed.isSealed && !open.isSealed)
  }

  @Test func `the form table has a row for every form and its terms differ`() {
    #expect(FormRule.table.map(\.form) == DocumentForm.allCases)
    #expect(Set(FormRule.table.map(\.term.zh)).count == DocumentForm.allCases.count)
  }
}

@Suite struct `rows print as COPY prints them` {
  private func line(_ cells: [Cell]) -> String {
    CopyText.line(ProjectedRow(table: "casework.act", cells: cells))
  }

  @Test func `cells follow the text format of PostgreSQL`() {
    #expect(line([.null, .int(-7), .bool(true), .bool(false)]) == "\\N\t-7\tt\tf\n")
    #expect(line([.text("a\tb\\c\nd")]) == "a\\tb\\\\c\\nd\n")
    #expect(line([.bytes([0, 255])]) == "\\\\x00ff\n")
    #expect(line([.date(CivilDate(days: 19_423))]) == "2023-03-07\n")
    #expect(
      line([.timestamp(Timestamp(microseconds: 1_678_147_200_500_000))])
        == "2023-03-07 00:00:00.5+00\n")
    #expect(
      line([.timestamp(Timestamp(microseconds: 1_678_147_200_000_000))])
        == "2023-03-07 00:00:00+00\n")
  }

  @Test func `array elements are quoted as PostgreSQL quotes them`() {
    #expect(
      line([.textArray(["a", "", "null", "b c", "d,e", "f\"g", "样"])])
        == "{a,\"\",\"null\",\"b c\",\"d,e\",\"f\\\\\"g\",样}\n")
  }

  @Test func `rows are ordered as PostgreSQL orders their keys`() {
    func void(_ part: Int64, _ record: Int64) -> ProjectedRow {
      ProjectedRow(
        table: "casework.void",
        cells: [
          .bytes([1]), .bytes([2]), .int(part), .int(record), .text("420300-FZB"), .null, .null,
          .text("malformed"), .null,
        ])
    }
    let rows = [void(-1, -1), void(0, -1), void(0, 2), void(0, 10), void(10, 0)]
    #expect(CopyText.ordered(rows.reversed()) == rows)
    func member(_ code: String) -> ProjectedRow {
      ProjectedRow(
        table: "casework.member", cells: [.bytes([1]), .text(code), .text("member")])
    }
    let members = ["420300-F", "420300-FZB", "420300-FZB2", "420304-A"].map(member)
    #expect(CopyText.ordered(members.reversed() + rows) == members + rows)
  }

  @Test func `the digest does not depend on the order of the rows`() {
    let rows = (0..<5).map { number in
      ProjectedRow(
        table: "casework.member",
        cells: [.bytes([1]), .text("42030\(number)-FZB"), .text("member")])
    }
    #expect(CopyText.digest(rows) == CopyText.digest(rows.reversed()))
    #expect(CopyText.digest(rows) != CopyText.digest(Array(rows.dropLast())))
  }
}
