import Casework
import Ledger
import Office
import TestSupport
import Testing

/// Clues from an office to discipline bodies of city and county.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct ClueMechanismTests {
  @Test func `row 4: a clue is handed over with its points, and accepted under a number`()
    async throws
  {
    try await City.with(Array(City.six.prefix(2))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let clue = try await fzb.refer(to: ["420300-JW"]).clue.dossier
      try await city.settle()
      let accept = API.AcceptRequest(clue: clue, internalNumber: "样纪受〔2023〕8号")
      await expect(.unlawful) { try await jw.office.accept(accept, by: jw.by(.caseOffice)) }
      try city.on("2023-03-08")
      try await jw.receive(clue)
      await expect(.notYours) { try await fzb.office.accept(accept, by: fzb.by(.sectionHead)) }
      _ = try await jw.office.accept(accept, by: jw.by(.caseOffice))
      try await city.settle()
      for agency in [fzb, jw] {
        let shown = try await agency.office.clue(API.ClueRequest(clue: clue))
        #expect(shown.state == "accepted" && shown.points.map(\.text) == ["一", "二"])
        let referral = try #require(shown.referrals.first)
        #expect(referral.from == "420300-FZB" && referral.to == "420300-JW")
        #expect(referral.receivedOn == "2023-03-08")
        #expect(referral.internalNumber == "样纪受〔2023〕8号")
      }
      #expect(try await fzb.read(clue).digest == jw.read(clue).digest)
    }
  }

  @Test func `row 23: a clue is returned, sent again, split between city and county, and answered`()
    async throws
  {
    try await City.with([City.six[0], City.six[1], City.six[4]]) { city in
      let (fzb, jw, county) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420322-JW"]
      )
      try city.on("2023-03-07")
      let (opened, letter) = try await fzb.refer(to: ["420322-JW"])
      let clue = opened.dossier
      try await city.settle()
      try await county.receive(clue)
      _ = try await county.office.return(
        API.ReturnRequest(clue: clue, reason: "noJurisdiction", note: "请移送市纪委监委"),
        by: county.by(.caseOffice))
      try await city.settle()
      let again = try await fzb.office.refer(
        API.ReferRequest(
          clue: clue, to: ["420300-JW"], title: "移送函", body: "再移送", points: ["一", "二"],
          resends: letter.number), by: fzb.by(.handler))
      _ = try await fzb.finish(again)
      try await city.settle()
      try await jw.receive(clue)
      _ = try await jw.office.accept(
        API.AcceptRequest(clue: clue, points: ["1"]), by: jw.by(.caseOffice))
      _ = try await jw.office.forward(
        API.ForwardRequest(clue: clue, to: "420322-JW", points: ["2"]), by: jw.by(.deputy))
      try await city.settle()
      try await county.receive(clue)
      try await county.accept(clue)
      let ways: [(String, String?)] = [("verification", nil), ("closed", "unfounded")]
      for body in [jw, county] {
        for (kind, how) in ways {
          _ = try await body.office.dispose(
            API.DisposeRequest(clue: clue, kind: kind, closeKind: how), by: body.by(.head))
        }
        _ = try await body.office.feedback(
          API.FeedbackRequest(clue: clue, stage: "closed", final: true, note: "查否了结"),
          by: body.by(.caseOffice))
      }
      try await city.settle()
      for agency in [fzb, jw, county] {
        let shown = try await agency.office.clue(API.ClueRequest(clue: clue))
        #expect(
          shown.referrals.map { "\($0.to) \($0.state)" }.sorted() == [
            "420300-JW closed", "420322-JW closed", "420322-JW returned",
          ])
        #expect(shown.referrals.compactMap(\.forwardedBy) == ["420300-JW"])
        #expect(try await agency.read(clue).digest == fzb.read(clue).digest)
      }
      // However often it was sent and split, it is one clue.
      for agency in [fzb, jw] {
        let figures = try await agency.office.figures(API.FiguresRequest(year: 2023)).figures
        #expect(figures.first { $0.code == "clueReferred" }?.value == 1)
      }
    }
  }
}
