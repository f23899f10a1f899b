import Casework
import Exchange
import Ledger
import Office
import TestSupport
import Testing

/// Nodes that were away, clocks that are wrong, and months that are short.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct TimeEdgeTests {
  private static let two = Array(City.six.prefix(2))

  @Test func `edge E23 after 40 days away deadlines run from the node's own receipt`()
    async throws
  {
    try await City.with(Self.two, inEveryOrder: true) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      var clues: [String] = []
      for (day, title) in [("2023-03-07", "甲项"), ("2023-03-20", "乙项"), ("2023-04-10", "丙项")] {
        try city.on(day)
        clues.append(try await fzb.refer(title, to: ["420300-JW"]).clue.dossier)
      }
      // Meanwhile JW works on by itself.
      let own = try await jw.open("advice", "监督意见", admit: ["420300-FZB"])
      for clue in clues {
        let shown = try await fzb.office.clue(API.ClueRequest(clue: clue))
        #expect(shown.referrals.map(\.deliveredAt) == [nil] && shown.dueOn == nil)
      }
      // A Sunday; the second working day after it is Tuesday.
      try city.on("2023-04-16")
      try await city.settle()
      for agency in [fzb, jw] {
        #expect(try await agency.read(own).home == "420300-JW")
        for clue in clues {
          let shown = try await agency.office.clue(API.ClueRequest(clue: clue))
          let letter = try #require(shown.referrals.first)
          #expect(letter.deliveredAt?.hasPrefix("2023-04-16T") == true)
          #expect(shown.dueOn == "2023-04-18")
          #expect(try await agency.due(clue).map(\.rule) == ["D1"])
          #expect(try await agency.due(clue).map(\.lamp) == ["amber"])
        }
      }
      try city.on("2023-04-17")
      for clue in clues { try await jw.receive(clue) }
      try await city.settle()
      for agency in [fzb, jw] {
        for clue in clues {
          let line = try #require(try await agency.due(clue).first)
          // Five working days: 23 April is a Sunday on which offices work.
          #expect(line.rule == "D3" && line.dueOn == "2023-04-23")
          #expect(try await agency.read(clue).digest == jw.read(clue).digest)
        }
      }
    }
  }

  @Test(arguments: [0, 3, -3] as [Int64])
  func `edge E25 a clock three days wrong changes no outcome, and lamps are doubted`(
    days: Int64
  ) async throws {
    try await City.with(Self.two, inEveryOrder: true) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      jw.office.clock.set(microsecondsAhead: days * 86_400_000_000)
      try city.on("2023-03-07")
      let clue = try await fzb.refer(to: ["420300-JW"]).clue.dossier
      try await city.settle()
      // They cross.
      _ = try await fzb.office.withdraw(API.WithdrawRequest(clue: clue), by: fzb.by(.deputy))
      try await jw.receive(clue)
      try await jw.accept(clue)
      try await city.settle()
      _ = try await jw.office.dispose(
        API.DisposeRequest(clue: clue, kind: "verification"), by: jw.by(.head))
      try await city.settle()
      let ahead = -days * 86_400
      for agency in [fzb, jw] {
        let shown = try await agency.office.clue(API.ClueRequest(clue: clue))
        #expect(shown.state == "accepted" && shown.holder == "420300-JW")
        let letter = try #require(shown.referrals.first)
        #expect(letter.withdrawal == "ineffective" && letter.disposition == "verification")
        #expect(
          shown.acts.filter { $0.author == "420300-JW" }.map(\.verb)
            == ["receive", "accept", "dispose"])
        #expect(shown.acts.count == 4 && shown.acts.allSatisfy { $0.standing == "counts" })
        let whole = try await agency.read(clue)
        #expect(whole.void == 0)
        #expect(whole.digest == (try await fzb.read(clue)).digest)
        let clocks = [jw.code: ClockDifference(seconds: ahead)]
        let list = try await agency.office.deadlines(
          API.DeadlineListRequest(dossier: clue), clocks: clocks)
        #expect(list.deadlines.map(\.rule) == ["D6"])
        #expect(list.clockAheadSeconds == (days == 0 ? nil : ahead))
      }
    }
  }

  @Test(arguments: [
    ("2023-01-31", "2023-02-28", "2023-03-01"), ("2024-01-31", "2024-02-29", "2024-03-01"),
  ])
  func `edge E31 what is received on 31 January is due on the last day of February`(
    received: String, due: String, after: String
  ) async throws {
    try await City.with(Self.two, inEveryOrder: true) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on(received)
      let clue = try await fzb.refer(to: ["420300-JW"]).clue.dossier
      try await city.settle()
      try await jw.receive(clue)
      try await jw.accept(clue)
      try await city.settle()
      let lamps: [(String, String, Int?)] = [
        (received, "green", nil), (due, "amber", 0), (after, "red", -1),
      ]
      for (day, lamp, left) in lamps {
        try city.on(day)
        for agency in [fzb, jw] {
          let line = try #require(try await agency.due(clue).first)
          #expect(line.rule == "D4" && line.owes == "420300-JW" && line.dueOn == due)
          #expect(line.lamp == lamp && (left == nil || line.daysLeft == left), "\(day)")
          #expect(try await agency.office.clue(API.ClueRequest(clue: clue)).dueOn == due)
        }
      }
    }
  }
}
