import Casework
import Dispatch
import Ledger
import Postgres
import Replica
import Synchronization
import TestSupport
import Testing

@testable import Office

/// What takes long to count stands in nobody's way.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct CountingTests {
  /// Several who wait until all of them are there.
  private final class Meeting: Sendable {
    private let number: Int
    private let there = Atomic<Int>(0)
    private let all = DispatchSemaphore(value: 0)

    init(of number: Int) { self.number = number }

    /// Whether all came while one could wait for them.
    func isWhole() -> Bool {
      guard there.add(1, ordering: .relaxed).newValue < number else {
        for _ in 1..<number { all.signal() }
        return true
      }
      return all.wait(timeout: .now() + 10) == .success
    }
  }

  /// How many wait for the table of letters, and how many lock it.
  private func locks(_ connection: Connection) async throws -> (waiting: Int, held: Int) {
    let rows = try await connection.transaction(.read) { transaction in
      try transaction.rows(
        """
        SELECT count(*) FILTER (WHERE NOT granted),
          count(*) FILTER (WHERE granted AND mode = 'AccessExclusiveLock')
        FROM pg_locks WHERE relation = 'casework.referral'::regclass
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """
      ).map { (try $0.value(0, as: Int.self), try $0.value(1, as: Int.self)) }
    }
    return try #require(rows.first.map { (waiting: $0.0, held: $0.1) })
  }

  /// Starts something that reads letters, and while it waits for them reads as often as there are
  /// readers at once, and writes.
  private func expectOthers<Answer: Sendable>(
    at agency: Agency, beside count: @escaping @Sendable () async throws -> Answer
  ) async throws -> Answer {
    let (holder, watch) = (Connection(agency.configuration), Connection(agency.configuration))
    let release = DispatchSemaphore(value: 0)
    async let held: Void = holder.transaction { transaction in
      try transaction.execute("LOCK TABLE casework.referral IN ACCESS EXCLUSIVE MODE")
      _ = release.wait(timeout: .now() + 40)
    }
    while try await locks(watch).held == 0 {}
    async let answer = count()
    while try await locks(watch).waiting == 0 {}
    let meeting = Meeting(of: 3)
    async let first = agency.store.read { _ in meeting.isWhole() }
    async let second = agency.store.read { _ in meeting.isWhole() }
    async let third = agency.store.read { _ in meeting.isWhole() }
    let came = try await [first, second, third]
    #expect(came == [true, true, true])
    try await agency.store.write { _ in }
    // It still waits for what it counts, and the writer does not wait for it.
    #expect(try await locks(watch).waiting > 0)
    release.signal()
    try await held
    let given = try await answer
    await holder.close()
    await watch.close()
    return given
  }

  @Test func `a statement, figures and a report are computed while others read and write`()
    async throws
  {
    try await City.with(Array(City.six.prefix(2))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      _ = try await fzb.refer("甲项", to: ["420300-JW"])
      try await city.settle()
      try city.on("2023-04-03")
      let draft = try await expectOthers(at: fzb) {
        try await fzb.office.createStatement(
          API.CreateStatementRequest(peer: "420300-JW", period: "2023Q1"), by: fzb.by(.handler))
      }
      #expect(draft.form == "statement")
      let issued = try #require(try await fzb.finish(draft).records.first)
      try await city.settle()
      let signed = try await expectOthers(at: jw) {
        try await jw.office.countersignStatement(
          API.CountersignStatementRequest(statement: issued), by: jw.by(.deputy))
      }
      #expect(!signed.changeSet.isEmpty)
      let figures = try await expectOthers(at: fzb) {
        try await fzb.office.figures(API.FiguresRequest(year: 2023))
      }
      #expect(figures.dossiers == 2)
      try city.on("2024-01-10")
      let report = try await expectOthers(at: fzb) {
        try await fzb.office.createReport(
          API.CreateReportRequest(year: 2023, to: ["420300-JW"]), by: fzb.by(.handler))
      }
      #expect(report.form == "annualReport")
    }
  }

  /// A step of an agency before each of whose turns another letter goes out.
  private func step<Answer: Sendable>(
    at agency: Agency, to peer: String,
    _ body: @escaping @Sendable (borrowing OfficeTransaction, Desk) throws -> Answer
  ) async throws -> (answer: Answer, turns: Int) {
    var turns = 0
    let answer = try await agency.office.computing { computed in
      turns += 1
      _ = try await agency.refer("第\(turns)项", to: [peer])
      return try await agency.store.write { transaction in
        var desk = Desk(
          office: agency.office, acting: agency.by(.deputy), now: agency.office.clock.now,
          directory: try transaction.directory(), person: nil)
        desk.computed = computed
        return try body(transaction, desk)
      }
    }
    return (answer, turns)
  }

  @Test func `where something always changes, the step computes the last of it itself`()
    async throws
  {
    try await City.with(Array(City.six.prefix(2))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let period = try #require(StatementPeriod("2023Q1"))
      let ledgers = Ledgers(of: fzb.code, with: jw.code, in: period)
      let stated = try await step(at: fzb, to: jw.code.rawValue) { transaction, desk in
        try desk.statement(ledgers, in: transaction).letters.count
      }
      #expect(stated.turns == Office.Limits.statementRoundsMax + 1)
      #expect(stated.answer == stated.turns)
      let last = try #require(CivilDate(year: 2023, month: 12, day: 31))
      let question = ReportQuestion(
        agency: fzb.code,
        subject: try #require(
          ReportSubject(of: fzb.code, year: 2023, asOf: last, rules: .newest)))
      let counted = try await step(at: fzb, to: jw.code.rawValue) { transaction, desk in
        try desk.counted(question, in: transaction).isCurrent(in: transaction)
      }
      #expect(counted.turns == Office.Limits.statementRoundsMax + 1)
      #expect(counted.answer)
    }
  }

  @Test func `a statement that was computed before a record came is computed anew`() async throws {
    try await City.with(Array(City.six.prefix(2))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let clue = try await fzb.refer("甲项", to: ["420300-JW"]).clue.dossier
      _ = try await fzb.refer("乙项", to: ["420300-JW"])
      try await city.settle()
      let period = try #require(StatementPeriod("2023Q1"))
      let ledgers = Ledgers(of: jw.code, with: fzb.code, in: period)
      let first = try await jw.store.read { try ComputedStatement(ledgers, in: $0) }
      #expect(try await jw.store.read { try first.isCurrent(in: $0) })
      _ = try await jw.office.receive(API.ReceiveRequest(clue: clue), by: jw.by(.registry))
      #expect(try await !jw.store.read { try first.isCurrent(in: $0) })
      let (again, whole) = try await jw.store.read { transaction in
        (
          try ComputedStatement(ledgers, after: first, in: transaction).statement,
          try ComputedStatement(ledgers, in: transaction).statement
        )
      }
      #expect(again == whole && again != first.statement && again.letters.count == 2)
      // Whatever a step has at hand, it signs what is stored when it writes.
      try city.on("2023-04-03")
      let draft = try await jw.office.createStatement(
        API.CreateStatementRequest(peer: "420300-FZB", period: "2023Q1"), by: jw.by(.handler))
      let id = try #require(RecordID(uuidString: draft.id))
      let body = try await jw.store.read { transaction in
        try transaction.sql.value(
          "SELECT content::jsonb ->> 'body' FROM office.draft WHERE id = \(id)", as: String.self)
      }
      #expect(body == whole.text)
    }
  }
}
