import Exchange
import Ledger
import TestSupport
import Testing

/// What a comparison asks a peer, question by question: round trips are what costs on a slow line.
struct ReconcileQuestionsTests {
  private typealias Node = SampleNode<MemoryStore>

  /// The questions of one comparison, with what it said at the end.
  private struct Asked {
    var kinds: [String] = []
    var bytes: [Int] = []
    var report: ReconcileReport
  }

  private func open(_ a: Node, for b: Node) async throws -> DossierID {
    let grant = Grant(agency: b.agency.code, ground: .admit)
    return try await a.append(nil, [Part(membership: [.grant(grant)])]).dossier
  }

  private func asked(
    _ mode: Reconciliation.Mode, settle: Duration, from b: Node, to a: Node
  ) async throws -> Asked {
    var (kinds, bytes): ([String], [Int]) = ([], [])
    let report = try await Reconciliation(peer: a.agency.code, mode: mode, settle: settle).run(
      over: b.store, now: { .sample }, pause: { _ in },
      ask: { question in
        let answer = try await a.answered(question, from: b.agency.code)
        switch question {
        case .compare: kinds.append("compare")
        case .fetch: kinds.append("fetch")
        }
        bytes += [question.body.count, answer.count]
        return answer
      })
    #expect(report.roundTrips == kinds.count && report.bytes == bytes.reduce(0, +))
    return Asked(kinds: kinds, bytes: bytes, report: report)
  }

  @Test func `what is equal takes one question`() async throws {
    let (a, b) = try await Node.pair()
    for _ in 0..<40 { _ = try await open(a, for: b) }
    try await b.catchUp(with: a)
    let asked = try await asked(.repair(changesMax: nil), settle: .seconds(5), from: b, to: a)
    #expect(asked.kinds == ["compare"])
    // A version; 16 parts, each a fingerprint of 16 bytes behind its bound and mode.
    #expect(asked.bytes[0] <= 1 + 16 * 22 && asked.bytes[1] == 1)
    #expect(asked.report.isConsistent && asked.report.equal == 41)
  }

  @Test func `a change set that lacks is found, fetched and checked in three round trips`()
    async throws
  {
    let (a, b) = try await Node.pair()
    let dossier = try await open(a, for: b)
    try await b.catchUp(with: a)
    for _ in 0..<3 { try await a.append(dossier, [Part()]) }
    let asked = try await asked(.repair(changesMax: nil), settle: .zero, from: b, to: a)
    #expect(asked.kinds == ["compare", "fetch", "compare"])
    #expect(Array(asked.bytes.suffix(2)) == [20, 1], "one fingerprint of everything, and a yes")
    #expect(asked.report.isConsistent && asked.report.repaired == 3)
    #expect(asked.report.equal == 2 && asked.report.sharedDossiers == 2)
  }

  @Test func `after a while the chains alone are asked for again`() async throws {
    let (a, b) = try await Node.pair()
    let dossier = try await open(a, for: b)
    try await b.catchUp(with: a)
    try await a.append(dossier, [Part()])
    let asked = try await asked(.repair(changesMax: nil), settle: .seconds(5), from: b, to: a)
    #expect(asked.kinds == ["compare", "fetch", "fetch", "compare"])
    #expect(asked.bytes[5] < asked.bytes[3], "no change set comes twice")
    #expect(asked.report.isConsistent && asked.report.repaired == 1)
  }

  @Test func `what may have been written since the question is asked about again at once`()
    async throws
  {
    let (a, b) = try await Node.pair()
    let dossier = try await open(a, for: b)
    try await b.catchUp(with: a)
    try await b.append(dossier, [Part()])
    let asked = try await asked(.compare, settle: .zero, from: b, to: a)
    #expect(asked.kinds == ["compare", "fetch", "fetch"])
    #expect(asked.report.inFlight == 1 && asked.report.isConsistent)
  }

  @Test func `a dossier that lacks as a whole takes one question more`() async throws {
    let (a, b) = try await Node.pair()
    let dossier = try await open(a, for: b)
    try await a.append(dossier, [Part()])
    let asked = try await asked(.repair(changesMax: nil), settle: .zero, from: b, to: a)
    #expect(asked.kinds == ["compare", "fetch", "fetch", "compare"])
    #expect(asked.report.isConsistent && asked.report.repaired == 2)
  }
}
