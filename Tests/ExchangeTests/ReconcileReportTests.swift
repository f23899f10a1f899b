import Ledger
import TestSupport
import Testing

@testable import Exchange

struct ReconcileReportTests {
  @Test func `every list is cut at a thousand, and the totals are whole`() throws {
    var found = ChainDifferences()
    for number in 0..<1_001 {
      found.onlyLocal.insert(try entry("twin \(number)", "here"))
      found.onlyRemote.insert(try entry("twin \(number)", "there"))
      found.onlyRemote.insert(try entry("alone \(number)", "there"))
    }
    for number in 0..<3 { found.onlyLocal.insert(try entry("own \(number)", "here")) }
    var report = ReconcileReport(peer: SampleAgency("A").code)
    report.conclude(found)
    #expect(report.differing.count == 1_000 && report.differingTotal == 1_001)
    #expect(report.onlyRemote.count == 1_000 && report.onlyRemoteTotal == 1_001)
    #expect(report.onlyLocal.count == 3 && report.onlyLocalTotal == 3)
    #expect(report.isTruncated && !report.isConsistent)
    #expect(report.differing.allSatisfy { $0.ids.count == 2 && $0.ids == $0.ids.sorted() })
  }

  private func entry(_ dossier: String, _ side: String) throws -> ReconcileReport.Entry {
    ReconcileReport.Entry(
      id: ChangeSetID(.sha256(Array("\(dossier) \(side)".utf8))),
      dossier: DossierID(.sha256(Array(dossier.utf8))), author: SampleAgency("A").code, sequence: 2)
  }
}
