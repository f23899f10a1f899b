import Casework
import Ledger
import Postgres
import Replica
import TestSupport
import Testing

@testable import Office

/// What one step writes where its sealed parts do not fit one change set.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct CompositionTests {
  @Test func `sealed parts beyond those of one change set go out in the next, and all arrive`()
    async throws
  {
    try await City.with(Array(City.six.prefix(2))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let clue = try await fzb.refer(to: ["420300-JW"]).clue
      let dossier = try #require(DossierID(hex: clue.dossier))
      let drafter = try await fzb.person(.handler)
      let count = 2 * Office.Limits.sheetsMax + 1
      let (first, noted) = try await fzb.store.write { transaction in
        let directory = try transaction.directory()
        var desk = Desk(
          office: fzb.office, acting: fzb.by(.handler), now: fzb.office.clock.now,
          directory: directory,
          person: directory?.current.people(of: fzb.code).first { $0.id == drafter })
        var composition = Composition(fzb.code)
        for number in 1...count {
          let sheet = Casework.Document(
            form: .sheet, title: "摘录", body: String(number), drafter: drafter, signer: drafter,
            issuedOn: desk.today)
          composition.seal(.document(sheet), desk.newID(), for: [jw.code])
        }
        let first = try desk.commit(composition, to: dossier, in: transaction)
        return (first.id, desk.change?.id)
      }
      #expect(first == noted)
      try await city.settle()
      for agency in [fzb, jw] {
        let rows = try await agency.store.read { transaction in
          try transaction.sql.rows(
            """
            SELECT body, change FROM casework.sealed_document WHERE dossier = \(dossier)
            """
          ).map { try ($0.value(0, as: String.self), $0.value(1, as: ChangeSetID.self)) }
        }
        #expect(Set(rows.compactMap { Int($0.0) }) == Set(1...count))
        #expect(rows.count { $0.1 == first } == Office.Limits.sheetsMax)
        #expect(Set(rows.map(\.1)).count == 3)
      }
    }
  }
}
