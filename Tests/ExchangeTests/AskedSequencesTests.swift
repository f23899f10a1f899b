import Ledger
import TestSupport
import Testing

@testable import Exchange

/// Stretches of chains that overlap, as somebody may ask for them who wants to be a burden.
struct AskedSequencesTests {
  @Test func `stretches that overlap are joined, and others are not`() {
    let asked = AskedSequences([5...9, 20...20, 1...3, 2...6, 22...UInt64.max, 30...31])
    #expect(asked.stretches == [1...9, 20...20, 22...UInt64.max])
    let found = (0...25).map(UInt64.init).filter { asked.contains($0) }
    #expect(found == Array(1...9) + [20] + Array(22...25))
    #expect(!AskedSequences([]).contains(1))
  }

  @Test func `a chain that is named a thousand times is given once`() async throws {
    let (a, b) = try await SampleNode<MemoryStore>.pair()
    let grant = Part(membership: [.grant(Grant(agency: b.agency.code, ground: .admit))])
    let dossier = try await a.append(nil, [grant]).dossier
    for _ in 0..<29 { try await a.append(dossier, [Part()]) }
    let ranges = (0..<UInt64(Exchange.Limits.fetchRangesMax)).map { number in
      FetchRequest.Range(
        dossier: dossier, author: a.agency.code, sequences: 1...number % 30 + 1)
    }
    let answer = try await a.store.read(
      AnswerFetch(requester: b.agency.code, request: FetchRequest(ranges: ranges)))
    let ids = answer.deliveries.compactMap { $0.received?.id }
    #expect(ids.count == 30 && Set(ids).count == 30 && !answer.isTruncated)
    #expect(ids.first == dossier.first, "ancestors first")
  }
}
