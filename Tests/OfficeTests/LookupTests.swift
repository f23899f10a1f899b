import Casework
import Ledger
import Postgres
import Replica
import TestSupport
import Testing

@testable import Office

/// What an id or a number names, and what finding it costs.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct LookupTests {
  private static let three = Array(City.six.prefix(3))

  /// How the database would answer where it may read no table from end to end.
  private func plan(_ query: SQL, at agency: Agency) async throws -> String {
    try await agency.store.read { transaction in
      try transaction.sql.execute("SET LOCAL enable_seqscan = off")
      return try transaction.sql.rows("EXPLAIN \(query)").map { try $0.value(0, as: String.self) }
        .joined(separator: "\n")
    }
  }

  private func bulletin(
    _ title: String, _ number: String, by author: Agency
  ) async throws -> Casework.Document {
    Casework.Document(
      form: .bulletin, number: number, title: title, body: "正文",
      drafter: try await author.person(.handler), signer: try await author.person(.deputy),
      issuedOn: try #require(CivilDate("2023-03-07")))
  }

  @Test func `an id and a number are found by the indexes of every table that they may stand in`()
    async throws
  {
    try await City.with(Array(City.six.prefix(1))) { city in
      let fzb = try city["420300-FZB"]
      let lookup = Lookup(agency: fzb.code)
      let sight = try await fzb.store.read { transaction in
        try Sight(of: fzb.code, in: transaction)
      }
      let byID = try await plan(lookup.recordsQuery(fzb.recordID(1), sight), at: fzb)
      let tables = ["document", "item", "act", "result"].flatMap { [$0, "sealed_\($0)"] }
      for table in tables + ["dossier"] { #expect(byID.contains(" \(table)_id "), "\(byID)") }
      let byNumber = try await plan(lookup.numbersQuery("样法办函〔2023〕1号", sight), at: fzb)
      for table in ["document", "dossier"] {
        #expect(byNumber.contains(" \(table)_number "), "\(byNumber)")
      }
    }
  }

  @Test func `a number longer than a row of an index is stored and found`() async throws {
    try await City.with(Array(City.six.prefix(1))) { city in
      let fzb = try city["420300-FZB"]
      try city.on("2023-03-07")
      let dossier = try await fzb.open("advice", "甲")
      // Digits of hashes, which no compression makes short.
      let number = (0..<200).map { Hash256.sha256([UInt8($0)]).hex }.joined()
      let document = try await bulletin("通报", number, by: fzb)
      try await fzb.write([fzb.record(document, seed: 1)], in: dossier)
      let shown = try await fzb.office.document(API.DocumentRequest(document: number))
      #expect(shown.title == "通报" && shown.number == number)
    }
  }

  @Test func `an id that two members wrote in one dossier names the record of its home`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      try city.on("2023-03-07")
      let dossier = try await fzb.open(
        "inspection", "年度督察", admit: ["420300-JW", "420300-SFJ"])
      try await city.settle()
      let id = fzb.recordID(1)
      // Neither has seen the other's: an id that stands already may not be written again.
      for (agency, title) in [(jw, "他人所写"), (fzb, "本机关所写")] {
        let document = try await bulletin(title, "样〔2023〕1号", by: agency)
        try await agency.write(
          [Record(id: id, author: agency.code, .document(document))], in: dossier)
      }
      try await city.settle()
      let request = API.DocumentRequest(document: id.uuidString)
      #expect(try await sfj.office.document(request).title == "本机关所写")
      #expect(try await fzb.office.document(request).title == "本机关所写")
      #expect(try await jw.office.document(request).title == "他人所写")
    }
  }
}
