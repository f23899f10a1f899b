import Casework
import FoundationEssentials
import Ledger
import Office
import Postgres
import Replica
import TestSupport
import Testing

/// Who opens a sealed sheet: never the operator alone, never an administrator, and never unlogged.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct SealedSheetTests {
  private static let two = Array(City.six.prefix(2))
  private static let secret = "联络方式仅限案管"

  /// A clue of FZB referred to JW with one sheet for JW.
  private func referred(_ city: City) async throws -> (clue: String, letter: API.Step) {
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
    try await city.settle()
    return (clue.dossier, letter)
  }

  private func lines(_ agency: Agency, _ operation: String) async throws -> [AuditEntry] {
    try await agency.store.read { try AuditLog.newest(200, in: $0.sql) }
      .filter { $0.operation == operation }
  }

  @Test func `security T15 a sealed sheet opens to a named person alone, and the look is logged`()
    async throws
  {
    try await City.with(Self.two) { city in
      let jw = try city["420300-JW"]
      let (_, letter) = try await referred(city)
      let record = try #require(letter.records.first)

      let plain = try await jw.office.document(API.DocumentRequest(document: record))
      #expect(plain.body == "现移送")
      #expect(plain.sealed.map(\.withheld) == [true])
      #expect(plain.sealed.map(\.audience) == [["420300-FZB", "420300-JW"]])
      #expect(plain.sealed.allSatisfy { $0.title.isEmpty && $0.body.isEmpty })
      let shown = try await jw.office.show(API.ShowRequest(id: letter.changeSet))
      #expect(shown.parts.map(\.withheld) == [false, true])
      #expect(Set(shown.records.map(\.part)) == [0])
      #expect(try await lines(jw, "document").isEmpty)
      #expect(try await lines(jw, "show").isEmpty)

      let opened = try await jw.office.document(
        API.DocumentRequest(document: record), by: jw.by(.caseOffice))
      #expect(opened.sealed.map(\.body) == [Self.secret])
      let line = try #require(try await lines(jw, "document").first)
      #expect(line.personName == "420300-JW caseOffice")
      #expect(line.person != nil)
      #expect(line.outcome == "ok")
      #expect(line.detail == "sealed \(letter.changeSet)/1")
      let whole = try await jw.office.show(
        API.ShowRequest(id: letter.changeSet), by: jw.by(.caseOffice))
      #expect(Set(whole.records.map(\.part)) == [0, 1])
      #expect(try await lines(jw, "show").count == 1)
      #expect(try await jw.office.verifyAudit() != .missing(number: 1))
    }
  }

  @Test func `a sheet that waits in a draft is withheld like one that was sent`() async throws {
    try await City.with(Self.two) { city in
      let fzb = try city["420300-FZB"]
      let clue = try await fzb.office.createClue(
        API.CreateClueRequest(title: "甲项"), by: fzb.by(.handler))
      let draft = try await fzb.office.refer(
        API.ReferRequest(
          clue: clue.dossier, to: ["420300-JW"], title: "移送函", body: "现移送", points: ["一"],
          sealed: [API.SealedSheet(audience: ["420300-JW"], title: "反映人", body: Self.secret)]),
        by: fzb.by(.handler))
      let request = API.DocumentRequest(document: draft.id)
      let plain = try await fzb.office.document(request)
      #expect(plain.body == "现移送")
      #expect(plain.sealed.map(\.withheld) == [true])
      #expect(plain.sealed.allSatisfy { $0.body.isEmpty })
      let opened = try await fzb.office.document(request, by: fzb.by(.deputy))
      #expect(opened.sealed.map(\.body) == [Self.secret])
      #expect(try await lines(fzb, "document").map(\.detail) == ["sealed draft/\(draft.id)"])
    }
  }

  @Test func `casework A9: no administrator opens a body, and the try stands in the audit`()
    async throws
  {
    try await City.with(Self.two) { city in
      let fzb = try city["420300-FZB"]
      let (clue, letter) = try await referred(city)
      for role in ["operator", "security", "auditor"] {
        _ = try await fzb.office.addPerson(
          API.PersonRequest(name: role, roles: [role]), by: fzb.operator)
        let acting = Acting(osUser: "tester", person: role)
        await expect(.roleMissing) {
          try await fzb.office.show(API.ShowRequest(id: letter.changeSet), by: acting)
        }
        await expect(.roleMissing) {
          try await fzb.office.document(
            API.DocumentRequest(document: letter.records[0]), by: acting)
        }
        await expect(.roleMissing) {
          try await fzb.office.clue(API.ClueRequest(clue: clue), by: acting)
        }
        await expect(.roleMissing) {
          try await fzb.office.evidence(
            API.EvidenceRequest(id: letter.changeSet, parts: "1"), by: acting)
        }
      }
      let refused = try await lines(fzb, "show")
      #expect(refused.map(\.outcome) == Array(repeating: "roleMissing", count: 3))
      #expect(refused.map(\.personName) == ["auditor", "security", "operator"])
    }
  }

  @Test func `evidence shows the open part alone unless a named person names another`()
    async throws
  {
    try await City.with(Self.two) { city in
      let fzb = try city["420300-FZB"]
      let (_, letter) = try await referred(city)
      let id = letter.changeSet
      let open = try await fzb.office.evidence(API.EvidenceRequest(id: id), by: fzb.operator)
      #expect(!Self.bytes(open).contains(Array(Self.secret.utf8)))
      #expect(Self.bytes(open).contains(Array("现移送".utf8)))
      await expect(.personRequired) {
        try await fzb.office.evidence(API.EvidenceRequest(id: id, parts: "1"), by: fzb.operator)
      }
      await expect(.invalidValue) {
        try await fzb.office.evidence(
          API.EvidenceRequest(id: id, parts: "2"), by: fzb.by(.deputy))
      }
      let whole = try await fzb.office.evidence(
        API.EvidenceRequest(id: id, parts: "1"), by: fzb.by(.deputy))
      #expect(Self.bytes(whole).contains(Array(Self.secret.utf8)))
      for file in [open, whole] {
        guard case .valid = Evidence.verify(Self.bytes(file), directory: nil) else {
          Issue.record("the file proves nothing")
          continue
        }
      }
      let logged = try await lines(fzb, "evidence")
      #expect(
        logged.map(\.detail) == [
          "\(id) parts 0,1 sealed \(id)/1", "", "\(id) parts 0",
        ])
      #expect(logged.map(\.outcome) == ["ok", "invalidValue", "ok"])
      #expect(logged.first?.personName == "420300-FZB deputy")
    }
  }

  private static func bytes(_ file: API.EvidenceFile) -> [UInt8] {
    Array(Data(base64Encoded: file.content) ?? Data())
  }
}
