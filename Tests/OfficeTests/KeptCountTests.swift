import Casework
import Ledger
import Postgres
import Replica
import TestSupport
import Testing

@testable import Office

/// What an office keeps of dossiers between two counts, beside an office that keeps nothing yet.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct KeptCountTests {
  private static let days = ["2023-03-06", "2023-03-31", "2023-06-30", "2023-12-31", "now"]

  /// The same office as it is after a restart.
  private func restarted(_ agency: Agency) -> Office {
    Office(
      agency: agency.code, key: agency.key, store: agency.store, clock: agency.office.clock,
      program: agency.office.program)
  }

  /// Every count of an agency is what it is after a restart.
  private func expectSame(at agencies: [Agency]) async throws {
    for agency in agencies {
      let (kept, cold) = (agency.office, restarted(agency))
      for day in Self.days {
        for quarter in [nil, 1, 4] {
          let asked = API.FiguresRequest(year: 2023, quarter: quarter, asOf: day)
          #expect(try await kept.figures(asked) == cold.figures(asked), "\(day)")
        }
        let matrix = API.MatrixRequest(year: 2023, asOf: day)
        #expect(try await kept.matrix(matrix) == cold.matrix(matrix), "\(day)")
        let overdue = API.OverdueRequest(asOf: day)
        #expect(try await kept.overdue(overdue) == cold.overdue(overdue), "\(day)")
        #expect(try await kept.deductions(overdue) == cold.deductions(overdue), "\(day)")
        let plans = API.PlansRequest(year: 2023, asOf: day)
        #expect(try await kept.plans(plans) == cold.plans(plans), "\(day)")
      }
      for figure in ["clueReferred", "caseFiled", "rectRate.inspection"] {
        let asked = API.FigureEvidenceRequest(figure: figure, year: 2023)
        #expect(try await kept.figureEvidence(asked) == cold.figureEvidence(asked), "\(figure)")
      }
      for peer in agencies where peer.code != agency.code {
        let asked = API.StatementRequest(peer: peer.code.rawValue, period: "2023Q1")
        #expect(try await kept.statement(asked) == cold.statement(asked))
      }
    }
  }

  @Test func `after every step each count is what it is after a restart`() async throws {
    try await City.with(Array(City.six.prefix(3))) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      try city.on("2023-03-07")
      try await expectSame(at: [fzb])
      var clues: [String] = []
      for title in ["甲项", "乙项"] {
        let clue = try await fzb.refer(title, to: ["420300-JW"]).clue.dossier
        try await city.settle()
        _ = try await jw.office.receive(API.ReceiveRequest(clue: clue), by: jw.by(.registry))
        _ = try await jw.office.accept(API.AcceptRequest(clue: clue), by: jw.by(.caseOffice))
        clues.append(clue)
      }
      try await city.settle()
      try await expectSame(at: [fzb, jw])
      try city.on("2023-03-14")
      let dossier = try await fzb.open("inspection", "年度督察")
      _ = try await fzb.issue("feedback", in: dossier) {
        $0.to = ["420300-SFJ"]
        $0.items = [
          API.DraftItem(
            kind: "finding", text: "超期办理", unit: "420300-SFJ", dueOn: "2023-03-20")
        ]
      }
      _ = try await jw.office.merge(
        API.MergeRequest(clue: clues[1], into: clues[0], note: "同一问题"), by: jw.by(.caseOffice))
      try await city.settle()
      try await expectSame(at: [fzb, jw])
      try city.on("2023-06-12")
      _ = try await jw.office.dispose(
        API.DisposeRequest(clue: clues[0], kind: "verification"), by: jw.by(.head))
      _ = try await jw.office.recordResult(
        API.ResultRequest(clue: clues[0], kind: "caseFiled"), by: jw.by(.caseOffice))
      try await city.settle()
      try await expectSame(at: [fzb, jw, sfj])
      let answer = try await fzb.office.figures(API.FiguresRequest(year: 2023, asOf: "now"))
      #expect(answer.figures.first { $0.code == "clueReferred" }?.value == 1)
      #expect(answer.figures.first { $0.code == "caseFiled" }?.value == 1)
      // What only the day changes is changed by the day.
      let late = try await fzb.office.overdue(API.OverdueRequest())
      try city.on("2023-06-13")
      let later = try await fzb.office.overdue(API.OverdueRequest())
      #expect(late.lines.contains { $0.days == 84 })
      #expect(later.lines.contains { $0.days == 85 })
      // Another calendar is another basis: what is owed in working days is due a day later.
      _ = try await fzb.office.setCalendarDay(
        API.CalendarDayRequest(day: "2023-03-15", working: false, note: "停电"), by: fzb.operator)
      try await expectSame(at: [fzb])
    }
  }

  @Test func `a desk is answered from nothing that was kept for another desk of its node`()
    async throws
  {
    try await City.with(Array(City.six.prefix(2))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let desk = try await city.host(at: "420300-JW").office
      try city.on("2023-03-07")
      let clue = try await fzb.refer("甲项", to: ["420300-JW"]).clue.dossier
      try await city.settle()
      _ = try await jw.office.receive(API.ReceiveRequest(clue: clue), by: jw.by(.registry))
      _ = try await jw.office.accept(API.AcceptRequest(clue: clue), by: jw.by(.caseOffice))
      try city.on("2023-12-20")
      let asked = API.FiguresRequest(year: 2023, asOf: "now")
      func count(_ office: Office) async throws -> [Int?] {
        let answer = try await office.figures(asked)
        return [answer.dossiers, answer.figures.first { $0.code == "clueReferred" }?.value]
      }
      // The host's dossiers are in memory before the desk asks, and the desk's none before it.
      for _ in 1...2 {
        #expect(try await count(jw.office) == [1, 1])
        #expect(try await count(desk) == [0, 0])
        #expect(try await !jw.office.overdue(API.OverdueRequest()).lines.isEmpty)
        #expect(try await desk.overdue(API.OverdueRequest()).lines.isEmpty)
      }
    }
  }

  @Test func `a dossier is as it was until its own row is written`() async throws {
    try await City.with(Array(City.six.prefix(2))) { city in
      let fzb = try city["420300-FZB"]
      try city.on("2023-03-07")
      let clue = try await fzb.refer("甲项", to: ["420300-JW"]).clue.dossier
      _ = try await fzb.refer("乙项", to: ["420300-JW"])
      let dossier = try #require(DossierID(hex: clue))
      let scope = KeptCounts.Scope(agency: fzb.code)
      let read = {
        try await fzb.store.read { transaction in
          try CountedBundles(of: scope, in: transaction).states?.flatMap(\.self) ?? []
        }
      }
      let before = try await read()
      #expect(before.count == 2)
      // Something that concerns no dossier.
      try await fzb.store.write { _ in }
      #expect(try await read() == before)
      // A part that comes later leaves the item as it is; the row is written again.
      try await fzb.store.write { transaction in
        try transaction.sql.execute(
          "UPDATE ledger.dossier SET item = item WHERE id = \(dossier)")
        return
      }
      let after = try await read()
      #expect(after.map(\.item) == before.map(\.item))
      let changed = zip(before, after).filter { $0 != $1 }
      #expect(changed.map(\.0.dossier) == [dossier])
    }
  }
}
