import Casework
import Exchange
import Ledger
import Office
import Postgres
import Replica
import TestSupport
import Testing

/// An author who writes one record id in two sealed parts for different agencies.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct RepeatedIdTests {
  private static let three = Array(City.six.prefix(3))

  /// Writes one sheet with an id for some agencies, past the office.
  private func write(
    _ text: String, _ id: RecordID, for audience: [AgencyCode], in dossier: DossierID,
    by author: Agency
  ) async throws {
    let people = try await author.store.read { transaction in
      try transaction.directory()?.current.people(of: author.code) ?? []
    }
    let person = try #require(people.first { $0.roles.contains(Role.handler.rawValue) }).id
    let sheet = Document(
      form: .sheet, title: "反映人", body: text, drafter: person, signer: person,
      issuedOn: try #require(CivilDate("2023-03-07")))
    var content = ChangeContent()
    content.add(
      [Record(id: id, author: author.code, .document(sheet))], audience: audience.sorted())
    _ = try await author.store.write(
      Append(
        author: Signatory(agency: author.code, key: author.key),
        drafts: [Draft(dossier: dossier, parts: content.parts)], now: author.office.clock.now,
        gate: .open)
    ).get()
  }

  /// The text of every row of the sheet at an agency.
  private func sheets(_ id: RecordID, at agency: Agency) async throws -> [String] {
    try await agency.store.read { transaction in
      try transaction.sql.rows(
        "SELECT body FROM casework.sealed_document WHERE id = \(id) ORDER BY authored_at"
      ).map { try $0.value(0) }
    }
  }

  @Test func `one id in sealed parts for others stops no feed, and who holds several keeps each`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let sfj = try city["420300-SFJ"]
      try city.on("2023-03-07")
      let clue = try await fzb.refer(to: ["420300-JW"]).clue
      _ = try await fzb.office.admit(
        API.AdmitRequest(dossier: clue.dossier, agency: "420300-SFJ"), by: fzb.by(.deputy))
      try await city.settle()

      let dossier = try #require(DossierID(hex: clue.dossier))
      let id = RecordID(timestamp: fzb.office.clock.now, random: Array(repeating: 7, count: 10))
      let two = [fzb.code, jw.code]
      try await write("甲", id, for: two + [sfj.code], in: dossier, by: fzb)
      try await write("乙", id, for: two, in: dossier, by: fzb)
      try await write("丙", id, for: [fzb.code, sfj.code], in: dossier, by: fzb)
      try await city.settle()

      // Whoever writes next, the dossier is written and delivered as before.
      try city.on("2023-03-08")
      let received = try await jw.office.receive(
        API.ReceiveRequest(clue: clue.dossier), by: jw.by(.registry))
      _ = try await fzb.office.createClue(
        API.CreateClueRequest(title: "乙项"), by: fzb.by(.handler))
      try await city.settle()
      for agency in [fzb, jw, sfj] {
        _ = try await agency.office.show(API.ShowRequest(id: received.changeSet))
        let check = try await agency.store.read(SelfCheck(after: nil))
        #expect(check.report.isConsistent)
      }
      #expect(try await sheets(id, at: fzb) == ["甲", "乙", "丙"])
      #expect(try await sheets(id, at: jw) == ["甲", "乙"])
      #expect(try await sheets(id, at: sfj) == ["甲", "丙"])
    }
  }
}
