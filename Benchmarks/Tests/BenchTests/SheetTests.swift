import Foundation
import Testing

@testable import Bench

@Suite struct SheetTests {
  @Test func `the median of an even number is between the middle two`() throws {
    let spread = try Spread([4, 1, 3, 2])
    #expect(spread.median == 2.5)
    #expect(spread.min == 1)
    #expect(spread.max == 4)
    #expect(throws: BenchError.self) { try Spread([]) }
  }

  @Test func `a percentile is the least value that so many do not exceed`() {
    let values = (1...200).map(Double.init)
    #expect(values.percentile(0.5) == 100)
    #expect(values.percentile(0.99) == 198)
    #expect([7.0].percentile(0.5) == 7)
  }

  private func result(areEqual: Bool) throws -> WorkResult {
    try WorkResult(
      "W1", "catch-up", beside: "Bucardo", unit: "rows/s", ours: [60, 50, 40],
      theirs: [10, 10, 10],
      areEqual: areEqual, goal: "≥ 5 × its rate", isMet: { _, ratio in ratio >= 5 })
  }

  private func fields(_ result: WorkResult) throws -> [String: Any] {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    let object = try JSONSerialization.jsonObject(with: try encoder.encode(result))
    return try #require(object as? [String: Any])
  }

  @Test func `a ratio is of medians and judged against the goal`() throws {
    let result = try result(areEqual: true)
    #expect(result.ratio == 5)
    #expect(result.met)
    let fields = try fields(result)
    #expect(fields["equal_rows"] as? Bool == true)
    let ours = try #require(fields["ours"] as? [String: Double])
    #expect(ours == ["median": 50, "min": 40, "max": 60])
  }

  @Test func `where rows differ there is no figure and no goal is met`() throws {
    let fields = try fields(result(areEqual: false))
    #expect(fields["met"] as? Bool == false)
    #expect(fields["equal_rows"] as? Bool == false)
    for name in ["ours", "theirs", "ratio"] { #expect(fields[name] is NSNull) }
  }

  @Test func `the fields of a line are those that are promised`() throws {
    let names = [
      "id", "measure", "peer", "unit", "pairs", "ours", "theirs", "ratio", "equal_rows", "goal",
      "met",
    ]
    #expect(try Set(fields(result(areEqual: true)).keys) == Set(names))
  }

  @Test func `texts have the length that is asked for and are the same for a seed`() {
    #expect(ChineseText.of(200, seed: 3).count == 200)
    #expect(ChineseText.of(70, seed: 3) == ChineseText.of(70, seed: 3))
    #expect(ChineseText.of(70, seed: 3) != ChineseText.of(70, seed: 4))
  }
}
