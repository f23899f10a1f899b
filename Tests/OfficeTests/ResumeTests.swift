import Casework
import Exchange
import Ledger
import Office
import Postgres
import Replica
import TestSupport
import Testing

/// An operator lets a node write again whose database went back in time.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct ResumeTests {
  @Test func `a restored node writes after an operator's reason, which stands in the audit`()
    async throws
  {
    try await City.with(Array(City.six.prefix(2))) { city in
      let agency = try city["420300-FZB"]
      let reason = "they are ours " + String(repeating: "x", count: 186)
      let before = try await agency.store.read { try $0.node().outbox }
      try await agency.store.write(
        MarkRestored(
          witness: agency.code, subject: "marker", now: try #require(.init("2023-03-07T01:00:00Z")))
      )
      await expect(.wentBack) {
        try await agency.office.createClue(
          API.CreateClueRequest(title: "甲"), by: agency.by(.handler))
      }
      let shown = try await resume(agency, API.ResumeRequest(reason: "", dryRun: true))
      #expect(shown.restored && !shown.resumed && shown.returned.isEmpty)
      #expect(shown.witness == agency.code.rawValue)
      await expect(.missingValue) {
        try await resume(agency, API.ResumeRequest(reason: " ", confirm: agency.code.rawValue))
      }
      await expect(.confirmationMissing) {
        try await resume(agency, API.ResumeRequest(reason: "ours", confirm: "420300-JW"))
      }
      await expect(.wentBack) {
        try await agency.office.createClue(
          API.CreateClueRequest(title: "甲"), by: agency.by(.handler))
      }
      let resumed = try await resume(
        agency, API.ResumeRequest(reason: reason, confirm: agency.code.rawValue))
      #expect(resumed.resumed)
      _ = try await agency.office.createClue(
        API.CreateClueRequest(title: "甲"), by: agency.by(.handler))
      let after = try await agency.store.read { try $0.node() }
      #expect(after.restored == nil && after.outbox != before)
      let lines = try await agency.store.read { try AuditLog.newest(10, in: $0.sql) }
        .filter { $0.operation == "resume" }
      #expect(lines.map(\.outcome) == ["ok", "confirmationMissing", "missingValue"])
      #expect(lines.first?.detail == "returned 0, held 0: \(reason)")
      #expect(lines.first?.osUser == "root")
      guard case .intact = try await agency.office.verifyAudit() else {
        Issue.record("the audit is damaged")
        return
      }
    }
  }

  @Test func `scenario S8 numbers of papers that came back are not drawn again after a restore`()
    async throws
  {
    try await City.with(Array(City.six.prefix(2))) { city in
      let agency = try city["420300-FZB"]
      let first = try await opened(agency)
      let sent = try await letter(agency, in: first.dossier)
      // The papers came back from peers; the series are as old as the backup.
      try await agency.store.write { transaction in
        try transaction.sql.execute("DELETE FROM office.number_series")
      }
      try await agency.store.write(
        MarkRestored(
          witness: agency.code, subject: "marker", now: try #require(.init("2023-03-07T01:00:00Z")))
      )
      _ = try await resume(
        agency, API.ResumeRequest(reason: "they are ours", confirm: agency.code.rawValue))
      let second = try await opened(agency)
      let number = try #require(sent.number)
      #expect(second.number != nil && second.number != first.number)
      #expect(try await letter(agency, in: second.dossier).number != number)
    }
  }

  @Test func `scenario S8 numbers are reserved too where a node goes on by itself`() async throws {
    try await City.with(Array(City.six.prefix(2))) { city in
      let agency = try city["420300-FZB"]
      let first = try await opened(agency)
      try await agency.store.write { transaction in
        try transaction.sql.execute("DELETE FROM office.number_series")
      }
      try await agency.office.reserveNumbers()
      #expect(try await opened(agency).number != first.number)
    }
  }

  private func opened(_ agency: Agency) async throws -> API.Step {
    try await agency.office.createDossier(
      API.CreateDossierRequest(kind: "advice", title: "甲"), by: agency.by(.handler))
  }

  private func letter(_ agency: Agency, in dossier: String) async throws -> API.Step {
    try await agency.finish(
      try await agency.office.draft(
        API.DraftRequest(
          dossier: dossier, form: "leadSupply", title: "线索提供函", body: "提供", to: ["420300-JW"]),
        by: agency.by(.handler)))
  }

  private func resume(
    _ agency: Agency, _ request: API.ResumeRequest
  ) async throws -> API.Resume {
    try await agency.office.resume(request, isConfirmed: true, by: agency.operator)
  }
}
