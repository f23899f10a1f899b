import Casework
import Ledger
import TestSupport
import Testing

@testable import Replica

/// Marks that are moved on by the rows that may be others are those of all rows.
@Suite struct RowMarksTests {
  private static let states = ["member", "ended", "excluded"]

  /// A row of one of a few agencies, so that keys come again and again.
  private static func row(_ random: inout SeededGenerator) throws -> ProjectedRow {
    let number = Int.random(in: 0..<12, using: &random)
    let state = try #require(states.randomElement(using: &random))
    return ProjectedRow(
      table: "casework.member",
      cells: [.bytes(Array(repeating: 1, count: 32)), .text("990000-A\(number)"), .text(state)])
  }

  private static func key(_ row: ProjectedRow) -> Cell { row.cells[1] }

  @Test(arguments: 1...20)
  func `what is written and removed is what all rows ask for`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var rows: [ProjectedRow] = []
    var (marks, whole) = (RowMarks(), RowMarks())
    for _ in 0..<40 {
      let former = rows.filter { _ in random.chance(25) }
      var present: [ProjectedRow] = []
      for _ in 0..<4 {
        let new = try Self.row(&random)
        let isTaken = (rows.filter { !former.contains($0) } + present).contains {
          Self.key($0) == Self.key(new)
        }
        if !isTaken { present.append(new) }
      }
      rows = rows.filter { !former.contains($0) } + present
      let renewed = marks.renew(ChangedRows(former: former, present: present))
      let change = try #require(renewed)
      let expected = whole.renew(rows)
      #expect(Set(change.written) == Set(expected.written))
      #expect(Set(change.removed) == Set(expected.removed))
      #expect(marks.byteCount == whole.byteCount)
    }
    // Both know the same: all rows again ask for nothing.
    let rest = marks.renew(rows)
    #expect(rest.written.isEmpty && rest.removed.isEmpty)
  }

  @Test func `where rows share a key all rows are asked for, and nothing is marked before`()
    throws
  {
    var random = SeededGenerator(seed: 7)
    var rows: [ProjectedRow] = []
    while rows.count < 6 {
      let row = try Self.row(&random)
      if !rows.contains(where: { Self.key($0) == Self.key(row) }) { rows.append(row) }
    }
    var marks = RowMarks()
    _ = marks.renew(rows)
    let double = ProjectedRow(
      table: "casework.member", cells: Array(rows[0].cells.dropLast()) + [.text("double")])
    // The key of a row that stays, and one key twice among those that come.
    #expect(marks.renew(ChangedRows(former: [], present: [double]))?.written == nil)
    let both = ChangedRows(former: [rows[0]], present: [rows[0], double])
    #expect(marks.renew(both)?.written == nil)
    #expect(marks.renew(rows).written.isEmpty)
    // Of two rows with one key the smaller is kept; when it goes, only all rows tell of the other.
    #expect(marks.renew(rows + [double]).written == [double])
    #expect(marks.renew(ChangedRows(former: [double], present: []))?.written == nil)
    #expect(marks.renew(rows).written == [rows[0]])
    #expect(marks.renew(ChangedRows(former: [rows[0]], present: [double]))?.written == [double])
  }
}
