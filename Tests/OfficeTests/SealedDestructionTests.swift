import Casework
import Exchange
import FoundationEssentials
import Ledger
import Postgres
import Replica
import TestSupport
import Testing

@testable import Office

/// An informant's sheet of FZB for JW, opened to SFJ later, and destroyed in the end.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct SealedDestructionTests {
  private static let three = Array(City.six.prefix(3))
  private static let secret = "canary联络方式"

  private struct Told {
    let city: City
    let dossier: String
    let letter: API.Step
    let fzb: Agency
    let jw: Agency
    let sfj: Agency

    func parts(at agency: Agency) async throws -> [API.SealedPart] {
      try await agency.office.sealedParts(API.SealedListRequest(dossier: dossier)).parts
        .filter { $0.changeSet == letter.changeSet }
    }

    func disclose(
      to: [String] = ["420300-SFJ"], by agency: Agency? = nil, as role: Role = .deputy
    ) async throws -> API.Step {
      let agency = agency ?? fzb
      return try await agency.office.disclose(
        API.DiscloseRequest(id: letter.changeSet, to: to, reason: "复查需要"),
        by: agency.by(role))
    }

    func destroy(
      by agency: Agency? = nil, as role: Role = .deputy, confirm: String? = "420300-FZB"
    ) async throws -> API.Step {
      let agency = agency ?? fzb
      return try await agency.office.destroy(
        API.DestroyRequest(
          id: letter.changeSet, decision: "样法销〔2023〕1号", reason: "保存期满", confirm: confirm),
        by: agency.by(role))
    }

    /// Where the text still stands in the database of an agency.
    func traces(at agency: Agency) async throws -> [String] {
      try await agency.store.read { transaction in
        let text = SealedDestructionTests.secret
        return try transaction.sql.rows(
          """
          SELECT 'part' FROM ledger.part WHERE position(convert_to(\(text), 'UTF8') IN content) > 0
          UNION ALL SELECT 'held' FROM ledger.held
            WHERE position(convert_to(\(text), 'UTF8') IN delivery) > 0
          UNION ALL SELECT 'document' FROM casework.sealed_document WHERE body LIKE '%' || \(text)
          UNION ALL SELECT 'draft' FROM office.draft WHERE content::text LIKE '%' || \(text) || '%'
          UNION ALL SELECT 'title' FROM office.draft WHERE title = '反映人'
          UNION ALL SELECT 'audit' FROM office.audit WHERE detail LIKE '%' || \(text) || '%'
          """
        ).map { try $0.value(0) }
      }
    }

    func checks() async throws -> Bool {
      for agency in [fzb, jw, sfj] {
        let check = try await agency.store.read(SelfCheck(after: nil))
        if !check.report.isConsistent { return false }
      }
      return true
    }
  }

  private func told(_ city: City) async throws -> Told {
    let fzb = try city["420300-FZB"]
    try city.on("2023-03-07")
    let clue = try await fzb.office.createClue(
      API.CreateClueRequest(
        title: "甲项",
        informant: API.SealedSheet(audience: ["420300-JW"], title: "反映人", body: Self.secret)),
      by: fzb.by(.handler))
    let letter = try await fzb.finish(
      try await fzb.office.refer(
        API.ReferRequest(
          clue: clue.dossier, to: ["420300-JW"], title: "移送函", body: "现移送", points: ["一"]),
        by: fzb.by(.handler)))
    _ = try await fzb.office.admit(
      API.AdmitRequest(dossier: clue.dossier, agency: "420300-SFJ"), by: fzb.by(.deputy))
    try await city.settle()
    return Told(
      city: city, dossier: clue.dossier, letter: letter, fzb: fzb, jw: try city["420300-JW"],
      sfj: try city["420300-SFJ"])
  }

  @Test func `a sheet is opened to a further member, who reads it, and nobody else hears of it`()
    async throws
  {
    try await City.with(Self.three) { city in
      let told = try await told(city)
      #expect(try await told.parts(at: told.sfj).map(\.state) == ["withheld"])
      #expect(try await told.parts(at: told.jw).map(\.state) == ["open"])
      await expect(.roleMissing) { try await told.disclose(as: .handler) }
      await expect(.notYours) { try await told.disclose(by: told.jw) }
      await expect(.conflict) { try await told.disclose(to: ["420300-JW"]) }
      await expect(.missingValue) { try await told.disclose(to: []) }
      _ = try await told.disclose()
      await expect(.conflict) { try await told.disclose() }
      try await city.settle()
      let opened = try await told.parts(at: told.sfj)
      #expect(opened.map(\.state) == ["open"])
      #expect(opened.map(\.openedTo) == [["420300-SFJ"]])
      #expect(try await told.parts(at: told.jw).map(\.openedTo) == [[]])
      let request = API.DocumentRequest(document: try #require(told.letter.records.first))
      let plain = try await told.sfj.office.document(request)
      #expect(plain.sealed.map(\.withheld) == [true])
      let read = try await told.sfj.office.document(request, by: told.sfj.by(.sectionHead))
      #expect(read.sealed.map(\.body) == [Self.secret])
      let shown = try await told.sfj.office.show(
        API.ShowRequest(id: told.letter.changeSet), by: told.sfj.by(.sectionHead))
      #expect(shown.records.contains { $0.part == 1 })
      let evidence = try await told.sfj.office.evidence(
        API.EvidenceRequest(id: told.letter.changeSet, parts: "1"), by: told.sfj.by(.deputy))
      let file = Array(try #require(Data(base64Encoded: evidence.content)))
      guard case .valid(let found) = Evidence.verify(file, directory: nil) else {
        Issue.record("the original seal does not prove the part")
        return
      }
      #expect(found.parts.keys.sorted() == [0, 1])
      #expect(try await told.checks())
    }
  }

  @Test func `a destroyed sheet leaves every database, and its certificate proves it`()
    async throws
  {
    try await City.with(Self.three) { city in
      let told = try await told(city)
      _ = try await told.disclose()
      try await city.settle()
      for agency in [told.fzb, told.jw, told.sfj] {
        #expect(try await told.traces(at: agency).isEmpty == false)
      }
      await expect(.conflict) {
        try await told.jw.office.certificate(
          API.CertificateRequest(id: told.letter.changeSet), by: told.jw.operator)
      }
      await expect(.roleMissing) { try await told.destroy(as: .handler) }
      await expect(.notYours) { try await told.destroy(by: told.jw) }
      await expect(.confirmationMissing) { try await told.destroy(confirm: nil) }
      let step = try await told.destroy(as: .head)
      await expect(.conflict) { try await told.destroy() }
      await expect(.conflict) { try await told.disclose(to: ["420300-SFJ"]) }
      try await city.settle()
      for agency in [told.fzb, told.jw, told.sfj] {
        #expect(try await told.traces(at: agency) == [])
        #expect(try await told.parts(at: agency).map(\.state) == ["destroyed"])
        #expect(try await told.parts(at: agency).map(\.destroyedBy) == [step.changeSet])
        let shown = try await agency.office.show(
          API.ShowRequest(id: told.letter.changeSet), by: agency.by(.deputy))
        #expect(shown.parts.map(\.destroyed) == [false, true])
        #expect(shown.parts[1].visible == false && shown.parts[1].bytes == 0)
      }
      #expect(try await told.checks())
      try await expectCertificates(told, step)
      try await expectNotLost(told)
    }
  }

  /// A rebuild of the author's node tells no destroyed part for lost.
  private func expectNotLost(_ told: Told) async throws {
    try await told.fzb.store.write { transaction in
      try RebuildNote(since: .sample).keep(in: transaction.sql)
    }
    #expect(try await told.fzb.office.rebuildReport().sealedParts.isEmpty)
  }

  /// Every member gives the certificate, and each says the same.
  private func expectCertificates(_ told: Told, _ step: API.Step) async throws {
    let directory = try #require(
      try await told.jw.store.read { try $0.directory()?.id })
    let evidence = try await told.fzb.office.evidence(
      API.EvidenceRequest(id: told.letter.changeSet), by: told.fzb.operator)
    let open = Array(try #require(Data(base64Encoded: evidence.content)))
    guard case .valid(let proved) = Evidence.verify(open, directory: directory) else {
      Issue.record("the letter is proved without its sheet")
      return
    }
    for agency in [told.fzb, told.jw, told.sfj] {
      let answer = try await agency.office.certificate(
        API.CertificateRequest(id: told.letter.changeSet), by: agency.operator)
      let file = Array(try #require(Data(base64Encoded: answer.content)))
      #expect(!file.contains(Array(Self.secret.utf8)))
      let found = try DestructionCertificate.verify(file, directory: directory).get()
      #expect(found.place.change.hex == told.letter.changeSet && found.place.part == 1)
      #expect(found.hash == proved.header.parts[1])
      #expect(found.evidence.id.hex == step.changeSet)
      guard case .record(let record) = CaseRecord.read(found.record),
        case .destruction(let order) = record.content
      else {
        Issue.record("no destruction in the certificate")
        return
      }
      #expect(order.decision == "样法销〔2023〕1号" && order.role == .head)
      #expect(found.people.contains { $0.id == order.actor })
    }
  }
}
