import Office
import Testing

@testable import Exchange
@testable import Node

@Suite struct OwnCheckTests {
  @Test func `security T15 a node whose audit was tampered is not consistent`() {
    let whole = API.ReconcileSelf(SelfCheckReport(), auditLines: 3, auditFault: nil)
    #expect(whole.consistent)
    #expect(whole.rowsChecked == 3)
    let fault = API.RowDifference(table: "office.audit", id: "seq=2", kind: "missing")
    let damaged = API.ReconcileSelf(SelfCheckReport(), auditLines: 1, auditFault: fault)
    #expect(!damaged.consistent)
    #expect(damaged.differing == [fault])
  }
}
