import Casework
import Ledger
import Office
import TestSupport
import Testing

/// Clues that are split, sent twice, repeated, taken back, or accepted by two bodies.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct ClueEdgeTests {
  private static let two = Array(City.six.prefix(2))
  private static let bodies = [City.six[0], City.six[1], City.six[4]]

  private func referred(_ year: Int, at agency: Agency) async throws -> Int? {
    try await agency.office.figures(API.FiguresRequest(year: year)).figures
      .first { $0.code == "clueReferred" }?.value
  }

  private func fates(_ clue: String, at agency: Agency) async throws -> [String] {
    try await agency.office.clue(API.ClueRequest(clue: clue)).referrals
      .map { "\($0.to) \($0.state)" }.sorted()
  }

  @Test func `edge E03 a clue of which one point goes to another body counts once`()
    async throws
  {
    try await City.with(Self.bodies, inEveryOrder: true) { city in
      let (fzb, jw, county) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420322-JW"]
      )
      try city.on("2023-03-07")
      let clue = try await fzb.refer(to: ["420300-JW"]).clue.dossier
      try await city.settle()
      try await jw.receive(clue)
      _ = try await jw.office.accept(
        API.AcceptRequest(clue: clue, points: ["1"]), by: jw.by(.caseOffice))
      _ = try await jw.office.forward(
        API.ForwardRequest(clue: clue, to: "420322-JW", points: ["2"]), by: jw.by(.deputy))
      try await city.settle()
      try await county.receive(clue)
      try await county.accept(clue)
      try await city.settle()
      for agency in [fzb, jw, county] {
        #expect(
          try await fates(clue, at: agency) == ["420300-JW split", "420322-JW accepted"])
        #expect(try await agency.read(clue).digest == fzb.read(clue).digest)
      }
      for agency in [fzb, jw] { #expect(try await referred(2023, at: agency) == 1) }
    }
  }

  @Test func `edge E04 a clue that city and county both sent is merged and counts once`()
    async throws
  {
    let three = [City.six[0], City.six[1], City.six[5]]
    try await City.with(three, inEveryOrder: true) { city in
      let (fzb, jw, county) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420322-FZB"]
      )
      try city.on("2023-03-07")
      let first = try await fzb.refer("甲项", to: ["420300-JW"]).clue.dossier
      let second = try await county.refer("甲项又件", to: ["420300-JW"]).clue.dossier
      try await city.settle()
      for clue in [first, second] {
        try await jw.receive(clue)
        try await jw.accept(clue)
      }
      #expect(try await referred(2023, at: jw) == 2)
      _ = try await jw.office.merge(
        API.MergeRequest(clue: second, into: first, note: "同一问题"), by: jw.by(.caseOffice))
      try await city.settle()
      for agency in [fzb, jw] { #expect(try await referred(2023, at: agency) == 1) }
      let ended = try await jw.office.clue(API.ClueRequest(clue: second))
      #expect(ended.mergedInto == first)
      // The county has heard that its clue goes on in another, which it may not see.
      let sent = try await county.office.clue(API.ClueRequest(clue: second))
      #expect(sent.mergedInto != nil && sent.mergedInto != first)
      await expect(.notFound) { try await county.read(first) }
    }
  }

  @Test func `edge E05 a clue that repeats one closed last year is kept and counts nothing`()
    async throws
  {
    try await City.with(Self.two, inEveryOrder: true) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      var clues: [String] = []
      for (day, how) in [("2023-03-07", "direct"), ("2024-03-06", "duplicate")] {
        try city.on(day)
        let clue = try await fzb.refer(to: ["420300-JW"]).clue.dossier
        try await city.settle()
        try await jw.receive(clue)
        try await jw.accept(clue)
        _ = try await jw.office.dispose(
          API.DisposeRequest(clue: clue, kind: "closed", closeKind: how), by: jw.by(.head))
        _ = try await jw.office.feedback(
          API.FeedbackRequest(clue: clue, stage: "closed", final: true, note: "了结"),
          by: jw.by(.caseOffice))
        clues.append(clue)
      }
      _ = try await jw.office.relate(
        API.RelateRequest(dossier: clues[1], to: clues[0]), by: jw.by(.handler))
      try await city.settle()
      for agency in [fzb, jw] {
        #expect(try await referred(2023, at: agency) == 1)
        #expect(try await referred(2024, at: agency) == 0)
        let kept = try await agency.office.clue(API.ClueRequest(clue: clues[1]))
        #expect(kept.state == "closed" && kept.referrals.map(\.closeKind) == ["duplicate"])
        #expect(kept.acts.contains { $0.verb == "relate" && $0.standing == "counts" })
      }
    }
  }

  @Test func `edge E08 a clue returned while its sender took it back is returned`() async throws {
    try await City.with(Self.two, inEveryOrder: true) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let clue = try await fzb.refer(to: ["420300-JW"]).clue.dossier
      try await city.settle()
      try await jw.receive(clue)
      _ = try await jw.office.return(
        API.ReturnRequest(clue: clue, reason: "noJurisdiction", note: "请移送有管辖权机关"),
        by: jw.by(.sectionHead))
      _ = try await fzb.office.withdraw(API.WithdrawRequest(clue: clue), by: fzb.by(.deputy))
      try await city.settle()
      for agency in [fzb, jw] {
        let shown = try await agency.office.clue(API.ClueRequest(clue: clue))
        #expect(shown.referrals.map(\.state) == ["returned"])
        #expect(shown.referrals.map(\.withdrawal) == ["ineffective"])
        #expect(try await agency.read(clue).digest == fzb.read(clue).digest)
        #expect(try await referred(2023, at: agency) == 0)
      }
    }
  }

  @Test func `edge E20 of two bodies that accepted a clue their common superior names one`()
    async throws
  {
    try await City.with(Self.bodies, inEveryOrder: true) { city in
      let (fzb, jw, county) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420322-JW"]
      )
      try city.on("2023-03-07")
      let clue = try await fzb.refer(to: ["420300-JW"]).clue.dossier
      try await city.settle()
      try await jw.receive(clue)
      _ = try await jw.office.forward(
        API.ForwardRequest(clue: clue, to: "420322-JW", points: ["1"]), by: jw.by(.deputy))
      try await city.settle()
      try await county.receive(clue)
      // Neither has heard of the other's acceptance.
      try await county.accept(clue)
      _ = try await jw.office.accept(
        API.AcceptRequest(clue: clue, points: ["2"]), by: jw.by(.caseOffice))
      try await city.settle()
      #expect(try await referred(2023, at: fzb) == 1, "two acceptances of one clue")
      _ = try await jw.office.assignCompetence(
        API.AssignCompetenceRequest(clue: clue, to: "420322-JW", note: "指定管辖"),
        by: jw.by(.deputy))
      try await city.settle()
      for agency in [fzb, jw, county] {
        let shown = try await agency.office.clue(API.ClueRequest(clue: clue))
        #expect(shown.holder == "420322-JW")
        #expect(
          try await fates(clue, at: agency) == ["420300-JW overruled", "420322-JW accepted"])
        #expect(try await agency.read(clue).digest == fzb.read(clue).digest)
      }
      for agency in [fzb, jw] { #expect(try await referred(2023, at: agency) == 1) }
    }
  }
}
