import Casework
import Ledger
import Office
import TestSupport
import Testing

/// The report of a year: frozen at one node, counted again and confirmed at another.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct YearReportTests {
  /// A clue of an agency that JW accepts on the day.
  private func accepted(
    _ title: String, from sender: Agency, in city: City
  ) async throws -> String {
    let jw = try city["420300-JW"]
    let clue = try await sender.refer(title, to: ["420300-JW"]).clue.dossier
    try await city.settle()
    _ = try await jw.office.receive(API.ReceiveRequest(clue: clue), by: jw.by(.registry))
    _ = try await jw.office.accept(API.AcceptRequest(clue: clue), by: jw.by(.caseOffice))
    return clue
  }

  private func sanction(_ person: String, of clue: String, at jw: Agency) async throws -> String {
    let sanction = try await jw.office.recordResult(
      API.ResultRequest(
        clue: clue, kind: "sanction", measures: [API.Measure(class: "party", value: "warning")],
        personKey: person), by: jw.by(.caseOffice))
    return try #require(sanction.records.last)
  }

  /// The year 2023: a clue of FZB that JW filed, with one person sanctioned.
  private func year(in city: City) async throws -> String {
    let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
    try city.on("2023-03-07")
    let clue = try await accepted("甲项", from: fzb, in: city)
    _ = try await jw.office.dispose(
      API.DisposeRequest(clue: clue, kind: "verification"), by: jw.by(.head))
    _ = try await jw.office.recordResult(
      API.ResultRequest(clue: clue, kind: "caseFiled"), by: jw.by(.caseOffice))
    try city.on("2023-09-18")
    _ = try await sanction("P-001", of: clue, at: jw)
    return clue
  }

  private func create(at agency: Agency) async throws -> API.Draft {
    try await agency.office.createReport(
      API.CreateReportRequest(year: 2023), by: agency.by(.handler))
  }

  private func advance(
    _ report: String, to stage: Stage, citing: [String] = [], at agency: Agency, _ role: Role
  ) async throws -> API.Step {
    try await agency.office.advance(
      API.AdvanceRequest(dossier: report, stage: stage.rawValue, cites: citing),
      by: agency.by(role))
  }

  private func differences(
    _ report: String, asOf day: String? = nil, at agency: Agency
  ) async throws -> API.ReportDifferences {
    let request = API.ReportDifferencesRequest(report: report, year: 2023, asOf: day)
    let answer = try await agency.office.reportDifferences(request)
    // Whatever was kept of earlier answers, it is what an office says that was restarted.
    let restarted = Office(
      agency: agency.code, key: agency.key, store: agency.store, clock: agency.office.clock,
      program: agency.office.program)
    #expect(try await restarted.reportDifferences(request) == answer)
    return answer
  }

  @Test func `a contributor without a node confirms its extract at its host, who does not read it`()
    async throws
  {
    try await City.with(Array(City.six.prefix(2))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let desk = try await city.host(at: "420300-JW")
      try city.on("2023-03-08")
      let clue = try await fzb.refer(to: [City.hosted]).clue.dossier
      try await city.settle()
      _ = try await desk.office.receive(API.ReceiveRequest(clue: clue), by: desk.by(.registry))
      _ = try await desk.office.accept(API.AcceptRequest(clue: clue), by: desk.by(.caseOffice))
      try await city.settle()
      try city.on("2024-01-10")
      let report = try #require(try await fzb.finish(try await create(at: fzb)).records.first)
      try await city.settle()
      let fresh = try await differences(report, at: fzb)
      #expect(fresh.contributors == [City.hosted] && fresh.missing == [City.hosted])
      let own = try await desk.office.reportDifferences(
        API.ReportDifferencesRequest(report: report, year: 2023))
      #expect(own.contributor == City.hosted && own.differences == [] && own.lacking == [])
      #expect(own.figures.first { $0.code == "clueReferred" }?.current == 1)
      await expect(.notFound) { try await differences(report, at: jw) }
      await expect(.notFound) { try await advance(report, to: .confirmed, at: jw, .deputy) }
      _ = try await desk.office.advance(
        API.AdvanceRequest(dossier: report, stage: Stage.confirmed.rawValue),
        by: desk.by(.deputy))
      try await city.settle()
      let told = try await differences(report, at: fzb)
      #expect(told.confirmed == [City.hosted] && told.missing == [])
      _ = try await advance(report, to: .reconciled, at: fzb, .deputy)
      _ = try await advance(report, to: .published, at: fzb, .head)
      try await city.settle()
      let read = try await desk.office.reportDifferences(
        API.ReportDifferencesRequest(report: report, year: 2023))
      #expect(read.stage == "published")
    }
  }

  @Test func `row 37: a report is frozen, confirmed by its contributor and corrected by a notice`()
    async throws
  {
    try await City.with(Array(City.six.prefix(3))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let sfj = try city["420300-SFJ"]
      let clue = try await year(in: city)
      try city.on("2023-09-20")
      let second = try await sanction("P-002", of: clue, at: jw)
      // What JW decided in a dossier that FZB is no member of is of no report of FZB.
      _ = try await accepted("丙项", from: sfj, in: city)
      try await city.settle()
      try city.on("2024-01-10")
      let report = try #require(try await fzb.finish(try await create(at: fzb)).records.first)
      try await city.settle()
      let fresh = try await differences(report, at: fzb)
      #expect(fresh.differences == [] && fresh.contributors == ["420300-JW"])
      #expect(fresh.missing == ["420300-JW"] && fresh.stage == "compiled")
      await expect(.countersignaturesMissing) {
        try await advance(report, to: .reconciled, at: fzb, .deputy)
      }
      _ = try await advance(report, to: .confirmed, at: jw, .deputy)
      try await city.settle()
      _ = try await advance(report, to: .reconciled, at: fzb, .deputy)
      await expect(.conflict) { try await correct(report, at: fzb) }
      #expect(try await fzb.office.figures(API.FiguresRequest(year: 2023)).published == nil)
      let late = try await create(at: fzb)
      _ = try await advance(report, to: .published, at: fzb, .head)
      await expect(.conflict) { try await fzb.finish(late) }
      let figures = try await fzb.office.figures(API.FiguresRequest(year: 2023))
      #expect(figures.published == fresh.number && figures.published != nil)
      await expect(.conflict) { try await create(at: fzb) }
      await expect(.conflict) { try await correct(report, at: fzb) }
      // E18: revoked after the year.
      try city.on("2024-03-01")
      let revoked = try await jw.office.revokeResult(
        API.RevokeResultRequest(result: second, text: "申诉改变"), by: jw.by(.head))
      try await city.settle()
      try city.on("2024-03-31")
      for agency in [fzb, jw] {
        let found = try await differences(report, at: agency)
        #expect(found.contributor == (agency.code == jw.code ? "420300-JW" : nil))
        #expect(found.confirmed == ["420300-JW"] && found.missing == [])
        let line = try #require(found.differences.first)
        #expect(found.differences.count == 1 && line.figure == "personTimes")
        #expect(line.record == second && line.published == 1 && line.current == nil)
        #expect(line.causes.map(\.record) == revoked.records)
        #expect(line.causes.map(\.on) == ["2024-03-01"] && line.causes[0].revokes)
        let figure = try #require(found.figures.first { $0.code == "personTimes" })
        #expect(figure.published == 2 && figure.current == 1)
        let same = found.figures.filter { $0.code != "personTimes" }
        #expect(same.allSatisfy { $0.published == $0.current && $0.publishedOf == $0.currentOf })
        #expect(try await differences(report, asOf: "2024-02-29", at: agency).differences == [])
      }
      await expect(.notFound) { try await differences(report, at: sfj) }
      let notice = try await correct(report, at: fzb)
      #expect(notice.form == "correctionNotice")
      let issued = try #require(try await fzb.finish(notice).records.first)
      let step = try await advance(report, to: .corrected, citing: [issued], at: fzb, .head)
      #expect(step.state == "corrected")
      try await city.settle()
      let read = try await jw.office.document(API.DocumentRequest(document: issued))
      #expect(
        read.body.contains("更正 personTimes 党纪政务处分或组织处理 2人次 现为 1人次"))
      #expect(try await differences(report, at: jw).stage == "corrected")
    }
  }

  private func correct(_ report: String, at agency: Agency) async throws -> API.Draft {
    try await agency.office.correctReport(
      API.CorrectReportRequest(report: report), by: agency.by(.handler))
  }

  @Test func `edge E19 a report that is not what its contributor counts is not confirmed`()
    async throws
  {
    try await City.with(Array(City.six.prefix(2)), inEveryOrder: true) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let clue = try await year(in: city)
      try await city.settle()
      try city.on("2023-09-20")
      let missing = try await sanction("P-002", of: clue, at: jw)
      // The line from JW to FZB is down; the other way letters go through.
      try city.on("2024-01-10")
      let twin = try await create(at: fzb)
      let first = try #require(try await fzb.finish(try await create(at: fzb)).records.first)
      // The same figures, drafted before the other was issued: there is one report of a year.
      await expect(.conflict) { try await fzb.finish(twin) }
      for _ in 0..<3 { _ = try await city.pull(jw, from: fzb) }
      do {
        _ = try await advance(first, to: .confirmed, at: jw, .deputy)
        Issue.record("it was confirmed")
      } catch let refused as OfficeError {
        #expect(refused.refusal == .reportDiffers && refused.refusal.outcome == .differences)
        #expect(refused.values["pieces"] == "personTimes + \(missing)")
      }
      let stale = try await create(at: fzb)
      try await city.settle()
      await expect(.conflict) { try await fzb.finish(stale) }
      let second = try #require(try await fzb.finish(try await create(at: fzb)).records.first)
      try await city.settle()
      await expect(.conflict) { try await advance(first, to: .confirmed, at: jw, .deputy) }
      _ = try await advance(second, to: .confirmed, at: jw, .deputy)
      #expect(try await differences(second, at: jw).confirmed == ["420300-JW"])
      // Nothing else passes for a report, and none is of a year that runs.
      let free = try await fzb.office.draft(
        API.DraftRequest(
          dossier: try await differences(second, at: fzb).dossier, form: "annualReport",
          title: "年度报告", body: "成绩显著", to: ["420300-JW"]), by: fzb.by(.handler))
      await expect(.conflict) { try await fzb.finish(free) }
      await expect(.dateAhead) {
        try await fzb.office.createReport(
          API.CreateReportRequest(year: 2024), by: fzb.by(.handler))
      }
      await expect(.missingValue) {
        try await fzb.office.createReport(
          API.CreateReportRequest(year: 2022), by: fzb.by(.handler))
      }
    }
  }
}
