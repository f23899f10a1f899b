import Ledger
import Testing

@testable import Exchange

/// Which dossiers a check of the own log reads together.
struct SelfCheckBatchTests {
  @Test func `small dossiers are checked together, a large one alone, all in their order`() {
    let ids = (0..<7).map { DossierID(first: ChangeSetID(.sha256([UInt8($0)]))) }.sorted()
    let max = Limits.checkedBytesMax
    // One has no log at all: what stands of it in a table is found all the same.
    let sizes = [max / 2, max / 2, 1, 3 * max, nil, max, 0]
    let known = zip(ids, sizes).compactMap { id, size in size.map { (id, $0) } }
    let batches = SelfCheck.batches(of: ids, Dictionary(uniqueKeysWithValues: known))
    #expect(batches.flatMap(\.self) == ids)
    #expect(batches.map(\.count) == [2, 1, 1, 3])
    #expect(SelfCheck.batches(of: [], [:]).isEmpty)
  }
}
