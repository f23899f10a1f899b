import Casework
import Ledger
import Office
import Postgres
import Replica
import TestSupport
import Testing

/// Results that turn out wrong: corrected with a trace, revoked with a trace.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct CorrectionTests {
  private static let two = Array(City.six.prefix(2))

  /// A filed clue with one sanction; the id of the dossier and of the sanction.
  private func sanctioned(_ city: City) async throws -> (clue: String, sanction: String) {
    let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
    try city.on("2023-03-07")
    let clue = try await fzb.refer(to: ["420300-JW"]).clue.dossier
    try await city.settle()
    _ = try await jw.office.receive(API.ReceiveRequest(clue: clue), by: jw.by(.registry))
    _ = try await jw.office.accept(API.AcceptRequest(clue: clue), by: jw.by(.caseOffice))
    _ = try await jw.office.dispose(
      API.DisposeRequest(clue: clue, kind: "verification"), by: jw.by(.head))
    _ = try await jw.office.recordResult(
      API.ResultRequest(clue: clue, kind: "caseFiled"), by: jw.by(.caseOffice))
    let sanction = try await jw.office.recordResult(
      API.ResultRequest(
        clue: clue, kind: "sanction", measures: [API.Measure(class: "party", value: "warning")],
        personKey: "P-001", documentNumber: "样决〔2023〕1号"), by: jw.by(.caseOffice))
    try await city.settle()
    return (clue, try #require(sanction.records.last))
  }

  @Test func `edge E18: a sanction is corrected, then revoked, and each version stays readable`()
    async throws
  {
    try await City.with(Self.two, inEveryOrder: true) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let (clue, sanction) = try await sanctioned(city)
      try city.on("2023-04-03")
      let correct = API.CorrectResultRequest(
        result: sanction, text: "量纪有误",
        measures: [API.Measure(class: "party", value: "seriousWarning")])
      await expect(.roleMissing) {
        try await jw.office.correctResult(correct, by: jw.by(.handler))
      }
      await expect(.notYours) {
        try await fzb.office.correctResult(correct, by: fzb.by(.head))
      }
      await expect(.missingValue) {
        try await jw.office.correctResult(
          API.CorrectResultRequest(result: sanction, text: ""), by: jw.by(.head))
      }
      let corrected = try await jw.office.correctResult(correct, by: jw.by(.head))
      #expect(corrected.state == "valid")
      try await city.settle()
      for agency in [fzb, jw] {
        let shown = try await agency.office.clue(API.ClueRequest(clue: clue))
        #expect(shown.results.map(\.state) == ["valid", "revised", "valid"])
        #expect(shown.results.last?.measures.map(\.value) == ["seriousWarning"])
        // What was not said anew stays as it was.
        #expect(shown.results.last?.documentNumber == "样决〔2023〕1号")
        #expect(shown.results.last?.on == "2023-03-07")
      }
      // Any version names the result; the one in force is revoked.
      try city.on("2023-05-04")
      let revoke = API.RevokeResultRequest(result: sanction, text: "申诉改变")
      let revoked = try await jw.office.revokeResult(revoke, by: jw.by(.head))
      #expect(revoked.state == "revoked")
      await expect(.unlawful) { try await jw.office.revokeResult(revoke, by: jw.by(.head)) }
      await expect(.unlawful) { try await jw.office.correctResult(correct, by: jw.by(.head)) }
      try await city.settle()
      let shown = try await fzb.office.clue(API.ClueRequest(clue: clue))
      #expect(shown.results.map(\.state) == ["valid", "revised", "revised", "revoked"])
      #expect(shown.results.last?.on == "2023-05-04")
    }
  }
}
