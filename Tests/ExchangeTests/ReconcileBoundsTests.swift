import Ledger
import TestSupport
import Testing

@testable import Exchange

/// What a comparison makes of answers that are cut, withheld or without end.
struct ReconcileBoundsTests {
  private typealias Node = SampleNode<MemoryStore>

  /// Dossiers that both have, each with a change set more at the first.
  private func differing(_ count: Int, at a: Node, from b: Node) async throws -> [StoredChangeSet] {
    let grant = Part(membership: [.grant(Grant(agency: b.agency.code, ground: .admit))])
    var dossiers: [DossierID] = []
    for _ in 0..<count { dossiers.append(try await a.append(nil, [grant]).dossier) }
    try await b.catchUp(with: a)
    var more: [StoredChangeSet] = []
    for dossier in dossiers { more.append(try await a.append(dossier, [grant])) }
    return more
  }

  /// A comparison with a peer whose answers to fetches are changed on their way.
  private func compared(
    _ b: Node, with a: Node, _ change: (inout FetchAnswer) -> Void
  ) async throws -> ReconcileReport {
    try await Reconciliation(peer: a.agency.code, mode: .compare).run(
      over: b.store, now: { .sample }, pause: { _ in },
      ask: { question in
        let bytes = try await a.answered(question, from: b.agency.code)
        guard case .fetch = question, var answer = FetchAnswer.decode(bytes) else { return bytes }
        change(&answer)
        return answer.encoded()
      })
  }

  @Test func `chains that an answer has no room for are asked for again`() async throws {
    let (a, b) = try await Node.pair()
    _ = try await differing(5, at: a, from: b)
    let report = try await compared(b, with: a) { answer in
      guard answer.chains.count > 1 else { return }
      answer.chains = [answer.chains[0]]
      answer.isTruncated = true
    }
    #expect(report.inFlight == 5, "on their way: the outbox owes them")
    #expect(report.isConsistent && report.equal == 1 && report.sharedDossiers == 6)
  }

  @Test func `an answer with change sets has room left for the chains asked for with them`()
    async throws
  {
    let (a, b) = try await Node.pair()
    let grant = MembershipStatement.grant(Grant(agency: b.agency.code, ground: .admit))
    var firsts: [ChangeSetID] = []
    for number in 0..<600 {
      let body = Array("\(number)".utf8) + [UInt8](repeating: 7, count: 16 << 10)
      let record = Record.about(nil, type: 4, by: a.agency, body: body)
      firsts.append(try await a.append(nil, [Part(membership: [grant], records: [record])]).id)
    }
    let request = FetchRequest(ids: firsts, dossiers: firsts.map { DossierID(first: $0) })
    let answer = try await a.store.read(
      AnswerFetch(requester: b.agency.code, request: request))
    #expect(answer.isTruncated && answer.chains.count == 600)
    let decoded = try #require(FetchAnswer.decode(answer.encoded()))
    #expect(decoded.deliveries.count == answer.deliveries.count)
    let alone = try await a.store.read(
      AnswerFetch(requester: b.agency.code, request: FetchRequest(ids: firsts)))
    #expect(alone.deliveries.count > answer.deliveries.count)
    #expect(FetchAnswer.decode(alone.encoded()) != nil)
  }

  @Test func `what a peer says it has and does not give is told`() async throws {
    let (a, b) = try await Node.pair()
    _ = try await differing(2, at: a, from: b)
    let report = try await compared(b, with: a) { $0.deliveries = [] }
    #expect(report.errors == [.notGiven(2)])
    #expect(!report.isConsistent && report.equal == 1 && report.sharedDossiers == 3)
    let honest = try await compared(b, with: a) { _ in }
    #expect(honest.isConsistent && honest.inFlight == 2)
  }

  @Test func `what was repaired before a peer went away is told`() async throws {
    struct Away: Error {}
    let (a, b) = try await Node.pair()
    let more = try await differing(2, at: a, from: b)
    func repaired(answering limit: Int) async throws -> ReconcileReport {
      var comparisons = 0
      return try await Reconciliation(peer: a.agency.code, mode: .repair(changesMax: nil)).run(
        over: b.store, now: { .sample }, pause: { _ in },
        ask: { question in
          if case .compare = question { comparisons += 1 }
          guard comparisons <= limit else { throw Away() }
          return try await a.answered(question, from: b.agency.code)
        })
    }
    await #expect(throws: Away.self) { try await repaired(answering: 0) }
    let report = try await repaired(answering: 1)
    #expect(report.repaired == more.count)
    #expect(report.errors.map(\.code) == [.cutOff] && !report.isConsistent)
  }

  @Test func `a peer that invents dossiers without end is heard up to a limit`() async throws {
    let (a, b) = try await Node.pair()
    let invented = (0..<Exchange.Limits.comparedItemsMax + 20_000).map { number in
      Hash256.sha256(Array("\(number)".utf8))
    }
    let liar = Negentropy(
      NegentropySet(invented), frameBytesMax: Exchange.Limits.reconcileFrameBytesMax)
    var fetches = 0
    let report = try await Reconciliation(peer: a.agency.code, mode: .compare).run(
      over: b.store, now: { .sample }, pause: { _ in },
      ask: { question in
        if case .compare(let message) = question { return try liar.answer(message) }
        fetches += 1
        return FetchAnswer().encoded()
      })
    #expect(report.errors.map(\.code) == [.notCompared])
    #expect(fetches <= Exchange.Limits.comparedItemsMax / Exchange.Limits.fetchItemsMax + 20)
  }

  @Test func `what was fetched is kept within limits, and only what is whole is stored of it`()
    async throws
  {
    let (a, b) = try await Node.pair()
    let more = try await differing(3, at: a, from: b)
    let deliveries = more.map { changeSet in
      Delivery(
        number: 0, content: .changeSet(ReceivedChangeSet(changeSet, parts: changeSet.parts)))
    }
    let size = more[0].parts.values.reduce(0) { $0 + $1.content.count }
    var run = Reconciliation.Run(peer: a.agency.code, report: ReconcileReport(peer: a.agency.code))
    run.room.parts = size
    run.room.headers = 2 * (more[0].headerBytes.count + Exchange.Limits.comparedHeaderBytesMin + 8)
    run.keep(deliveries)
    #expect(run.fetched.keys.sorted() == more.prefix(2).map(\.id).sorted())
    #expect(run.fetched[more[1].id]?.parts.isEmpty == true, "its header alone")
    #expect(run.report.errors.map(\.code) == [.notCompared])
    let whole = run.takeFetched(more.map(\.id))
    #expect(whole.compactMap { $0.received?.id } == [more[0].id])
  }
}
