import Exchange
import Ledger
import Node
import TestSupport
import Testing

/// What a monitoring system reads.
@Suite struct FiguresTests {
  @Test func `the exposition has a heading for every name and a line for every series`() {
    let figures = Figures()
    figures.count(.pull, labels: ["peer": "420300-JW", "outcome": "ok"], by: 2)
    let text = figures.exposition(gauges: [
      Gauge(.ready, 1), Gauge(.held, 3, labels: ["peer": "420300-JW", "reason": "seal"]),
      Gauge(.held, 1, labels: ["peer": "420300-FY", "reason": "a\"b\\c\nd"]),
    ])
    let lines = text.split(separator: "\n").map(String.init)
    for name in Figures.Counter.allCases.map(\.rawValue) + Gauge.Name.allCases.map(\.rawValue) {
      #expect(lines.count { $0.hasPrefix("# HELP \(name) ") } == 1, "\(name)")
      #expect(lines.count { $0.hasPrefix("# TYPE \(name) ") } == 1, "\(name)")
    }
    #expect(lines.contains(#"guantong_pulls_total{outcome="ok",peer="420300-JW"} 2"#))
    #expect(lines.contains("guantong_ready 1.0"))
    #expect(
      lines.filter { $0.hasPrefix("guantong_held_change_sets{") } == [
        #"guantong_held_change_sets{peer="420300-FY",reason="a\"b\\c\nd"} 1.0"#,
        #"guantong_held_change_sets{peer="420300-JW",reason="seal"} 3.0"#,
      ])
  }

  @Test func `the documentation says where each reason to reject, hold or void is seen`() throws {
    let page = try #require(Repository.text("Sources/Node/Node.docc/Metrics.md"))
    let rows = page.split(separator: "\n").filter {
      $0.hasPrefix("| rejected") || $0.hasPrefix("| held") || $0.hasPrefix("| void")
    }
    let named = Set(
      rows.compactMap { $0.split(separator: "|").dropFirst().first }.flatMap { cell in
        cell.split(separator: "`").map(String.init)
      })
    let codes =
      RejectionReason.all.map(\.code).filter { !$0.hasPrefix("header-") }
      + HoldReason.allCases.map(\.code)
      + [VoidReason.fork, .otherBranch, .noCountingGrant].map(\.code) + ["ended", "excluded"]
    for code in codes { #expect(named.contains(code), "\(code)") }
    for kind in ["rejected", "brokenDelivery", "fork"] {
      #expect(Alarm.Kind(rawValue: kind) != nil)
      #expect(page.contains("| `\(kind)`"), "\(kind)")
    }
  }

  @Test func `the documentation lists every name and no other`() throws {
    let page = try #require(Repository.text("Sources/Node/Node.docc/Metrics.md"))
    let listed = Set(
      page.split(separator: "\n").filter { $0.hasPrefix("| `guantong_") }
        .compactMap { $0.split(separator: "`").dropFirst().first.map(String.init) })
    #expect(
      listed
        == Set(Figures.Counter.allCases.map(\.rawValue) + Gauge.Name.allCases.map(\.rawValue)))
  }
}
