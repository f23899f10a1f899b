import Casework
import Ledger
import Office
import Postgres
import Replica
import TestSupport
import Testing

/// The extracts of a report of the year: each for its contributor and for whoever reports.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct SealedExtractTests {
  private static let three = Array(City.six.prefix(3))

  /// A clue of FZB that JW filed in 2023, with one person sanctioned.
  private func year(in city: City) async throws -> (clue: String, sanction: String) {
    let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
    try city.on("2023-03-07")
    let clue = try await fzb.refer("甲项", to: ["420300-JW"]).clue.dossier
    try await city.settle()
    _ = try await jw.office.receive(API.ReceiveRequest(clue: clue), by: jw.by(.registry))
    _ = try await jw.office.accept(API.AcceptRequest(clue: clue), by: jw.by(.caseOffice))
    _ = try await jw.office.dispose(
      API.DisposeRequest(clue: clue, kind: "verification"), by: jw.by(.head))
    _ = try await jw.office.recordResult(
      API.ResultRequest(clue: clue, kind: "caseFiled"), by: jw.by(.caseOffice))
    try city.on("2023-09-18")
    let sanction = try await jw.office.recordResult(
      API.ResultRequest(
        clue: clue, kind: "sanction", measures: [API.Measure(class: "party", value: "warning")],
        personKey: "P-001"), by: jw.by(.caseOffice))
    try await city.settle()
    try city.on("2024-01-10")
    return (clue, try #require(sanction.records.last))
  }

  /// Drafts the report that JW confirms and SFJ reads.
  private func create(at agency: Agency) async throws -> API.Draft {
    try await agency.office.createReport(
      API.CreateReportRequest(year: 2023, cc: ["420300-SFJ"]), by: agency.by(.handler))
  }

  private func advance(
    _ report: String, to stage: Stage, citing: [String] = [], at agency: Agency, _ role: Role
  ) async throws {
    _ = try await agency.office.advance(
      API.AdvanceRequest(dossier: report, stage: stage.rawValue, cites: citing),
      by: agency.by(role))
  }

  private func differences(
    _ report: String, at agency: Agency
  ) async throws -> API.ReportDifferences {
    try await agency.office.reportDifferences(API.ReportDifferencesRequest(report: report))
  }

  private func document(_ id: String, at agency: Agency) async throws -> API.Document {
    try await agency.office.document(
      API.DocumentRequest(document: id), by: agency.by(.deputy))
  }

  @Test func `who is no party reads figures and no row, a contributor its own alone`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let sfj = try city["420300-SFJ"]
      _ = try await year(in: city)
      let draft = try await create(at: fzb)
      let plain = try await fzb.office.document(API.DocumentRequest(document: draft.id))
      #expect(plain.sealed.map(\.withheld) == [true] && plain.sealed.allSatisfy { $0.body.isEmpty })
      let issued = try await fzb.finish(draft)
      let report = try #require(issued.records.first)
      try await city.settle()
      let read = try await document(report, at: jw)
      let sheet = try #require(read.sealed.first)
      #expect(read.sealed.count == 1 && sheet.audience == ["420300-FZB", "420300-JW"])
      let extract = try #require(ReportExtract(text: sheet.body))
      #expect(extract.contributor == jw.code && extract.digest == .sha256(Array(sheet.body.utf8)))
      #expect(read.body.contains("\nextract 420300-JW \(extract.digest.hex)"))
      let marks = extract.pieces.flatMap(\.marks).map(\.description)
      #expect(marks.count == 4)
      // SFJ has the same bytes in the open, and nothing of the extract on its whole disc.
      let others = try await document(report, at: sfj)
      #expect(others.body == read.body && others.hash == read.hash && others.sealed == [])
      #expect(others.body.contains("\nfigure personTimes 1"))
      #expect(!marks.contains(where: others.body.contains))
      #expect(!others.body.contains(extract.salt.hex))
      let parts = try await sfj.office.sealedParts(
        API.SealedListRequest(dossier: others.dossier)
      ).parts
      #expect(parts.map(\.state) == ["withheld"] && parts.map(\.audience) == [[]])
      let rows = try await sfj.store.read { transaction in
        try transaction.sql.value(
          "SELECT count(*) FROM casework.sealed_document", as: Int.self) ?? -1
      }
      #expect(rows == 0)
      let found = try await differences(report, at: sfj)
      #expect(found.differences == [] && found.contributor == "420300-SFJ")
      #expect(found.figures.allSatisfy { $0.published == 0 && $0.current == 0 })
      #expect(try await differences(report, at: jw).figures.contains { $0.published == 1 })
    }
  }

  @Test func `edge E18 what is corrected is told the party, and to readers the sums alone`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let sfj = try city["420300-SFJ"]
      let (_, sanction) = try await year(in: city)
      let report = try #require(try await fzb.finish(try await create(at: fzb)).records.first)
      try await city.settle()
      try await advance(report, to: .confirmed, at: jw, .deputy)
      try await city.settle()
      try await advance(report, to: .reconciled, at: fzb, .deputy)
      try await advance(report, to: .published, at: fzb, .head)
      try city.on("2024-03-01")
      _ = try await jw.office.revokeResult(
        API.RevokeResultRequest(result: sanction, text: "申诉改变"), by: jw.by(.head))
      try await city.settle()
      try city.on("2024-03-31")
      for agency in [fzb, jw] {
        let found = try await differences(report, at: agency)
        let codes = found.differences.map(\.figure)
        #expect(codes == ["accountable", "personTimes"], "\(agency.code)")
        #expect(found.differences.allSatisfy { $0.record != nil && $0.current == nil })
        #expect(found.lacking == [] && found.unreadable == 0)
      }
      #expect(try await differences(report, at: sfj).differences == [])
      let notice = try await fzb.finish(
        try await fzb.office.correctReport(
          API.CorrectReportRequest(report: report), by: fzb.by(.handler)))
      let issued = try #require(notice.records.first)
      try await advance(report, to: .corrected, citing: [issued], at: fzb, .head)
      try await city.settle()
      let read = try await document(issued, at: sfj)
      #expect(read.sealed == [] && read.body.contains("依据变动 2处"))
      #expect(!read.body.contains("420300-JW") && !read.body.contains(sanction))
      // The report and what was sealed with it stand as they were.
      let sheet = try #require(try await document(report, at: jw).sealed.first)
      #expect(ReportExtract(text: sheet.body)?.pieces.count == 4)
    }
  }

  @Test func `edge E19 a confirmation is of the very extract whose digest the report has`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      _ = try await year(in: city)
      let issued = try await fzb.finish(try await create(at: fzb))
      let report = try #require(issued.records.first)
      try await city.settle()
      let read = try await document(report, at: jw)
      let sheet = try #require(read.sealed.first)
      let extract = try #require(ReportExtract(text: sheet.body))
      // The same lines under another salt: other bytes, which the report says and nobody has.
      let other = sheet.body.replacing(extract.salt.hex, with: Hash256.sha256([9]).hex)
      let digest = Hash256.sha256(Array(other.utf8)).hex
      let (drafter, signer) = (try await fzb.person(.handler), try await fzb.person(.deputy))
      let day = try #require(CivilDate("2024-01-10"))
      let forged = fzb.record(
        Casework.Document(
          form: .annualReport, number: "样法办报〔2024〕9号", to: [jw.code], title: "年度统计",
          body: read.body.replacing(extract.digest.hex, with: digest), drafter: drafter,
          signer: signer, issuedOn: day), seed: 1)
      try await fzb.write([forged], in: issued.dossier)
      try await city.settle()
      await expect(.conflict) {
        try await advance(forged.id.uuidString, to: .confirmed, at: jw, .deputy)
      }
      await expect(.conflict) { try await differences(forged.id.uuidString, at: jw) }
      let sealed = fzb.record(
        Casework.Document(
          form: .sheet, title: sheet.title, body: other, drafter: drafter, signer: signer,
          issuedOn: day), seed: 2)
      try await fzb.write([sealed], for: [fzb.code, jw.code], in: issued.dossier)
      try await city.settle()
      try await advance(forged.id.uuidString, to: .confirmed, at: jw, .deputy)
      #expect(try await differences(forged.id.uuidString, at: jw).confirmed == ["420300-JW"])
      try await advance(report, to: .confirmed, at: jw, .deputy)
    }
  }

  @Test func `a draft with other sheets than were counted is not issued`() async throws {
    try await City.with(Self.three) { city in
      let fzb = try city["420300-FZB"]
      _ = try await year(in: city)
      let draft = try await create(at: fzb)
      let read = try await document(draft.id, at: fzb)
      let sheet = try #require(read.sealed.first)
      let wider = sheet.audience + ["420300-SFJ"]
      let wrong: [[API.SealedSheet]] = [
        [], [API.SealedSheet(audience: wider, title: sheet.title, body: sheet.body)],
        [API.SealedSheet(audience: sheet.audience, title: sheet.title, body: sheet.body + "\n")],
        [API.SealedSheet(audience: sheet.audience, title: sheet.title, body: sheet.body)]
          + [API.SealedSheet(audience: wider, title: sheet.title, body: "另附")],
      ]
      for sealed in wrong {
        let copy = try await fzb.office.draft(
          API.DraftRequest(
            dossier: draft.dossier, form: "annualReport", title: draft.title, body: read.body,
            to: read.to, cc: read.cc, sealed: sealed), by: fzb.by(.handler))
        await expect(.conflict) { try await fzb.finish(copy) }
      }
      #expect(try await !fzb.finish(draft).records.isEmpty)
    }
  }

  @Test func `an extract that was destroyed is named, and nothing rests on it any more`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let (_, sanction) = try await year(in: city)
      let issued = try await fzb.finish(try await create(at: fzb))
      let report = try #require(issued.records.first)
      try await city.settle()
      try await advance(report, to: .confirmed, at: jw, .deputy)
      try await city.settle()
      try await advance(report, to: .reconciled, at: fzb, .deputy)
      try await advance(report, to: .published, at: fzb, .head)
      _ = try await fzb.office.destroy(
        API.DestroyRequest(
          id: issued.changeSet, decision: "样例决定", reason: "期满", confirm: "420300-FZB"),
        by: fzb.by(.deputy))
      try city.on("2024-03-01")
      _ = try await jw.office.revokeResult(
        API.RevokeResultRequest(result: sanction, text: "申诉改变"), by: jw.by(.head))
      try await city.settle()
      let found = try await differences(report, at: fzb)
      #expect(found.lacking == ["420300-JW"] && found.differences == [])
      #expect(found.figures.allSatisfy { $0.published == $0.current })
      await expect(.conflict) { try await differences(report, at: jw) }
      await expect(.conflict) {
        try await fzb.office.correctReport(
          API.CorrectReportRequest(report: report), by: fzb.by(.handler))
      }
      // The figures stand in the open as they were published.
      let read = try await document(report, at: fzb)
      #expect(read.sealed == [] && read.body.contains("\nfigure personTimes 1"))
    }
  }

  @Test func `dossiers with a record of a later build are counted where a report is compared`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let (clue, _) = try await year(in: city)
      let report = try #require(try await fzb.finish(try await create(at: fzb)).records.first)
      try await city.settle()
      #expect(try await differences(report, at: fzb).unreadable == 0)
      let later = Record(
        id: jw.recordID(3), type: 99, author: jw.code, revises: nil, body: [0xF8, 0x07, 0x01])
      try await jw.write([later], in: clue)
      try await city.settle()
      for agency in [fzb, jw] {
        let found = try await differences(report, at: agency)
        #expect(found.unreadable == 1 && found.differences == [], "\(agency.code)")
      }
    }
  }
}
