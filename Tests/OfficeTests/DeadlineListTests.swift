import Casework
import Ledger
import Office
import TestSupport
import Testing

/// What is due of everything that is open, in one list, at the nodes of the people concerned.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct DeadlineListTests {
  private func list(
    _ agency: Agency, _ fill: (inout API.DeadlineListRequest) -> Void = { _ in }
  ) async throws -> [API.DeadlineLine] {
    var request = API.DeadlineListRequest()
    fill(&request)
    return try await agency.office.deadlines(request).deadlines
  }

  private func short(_ lines: [API.DeadlineLine]) -> [String] {
    lines.map { "\($0.rule ?? "stated") \($0.owes) \($0.dueOn) \($0.lamp)" }
  }

  @Test func `casework A7 a petition is on the list of every member until it ends`()
    async throws
  {
    try await City.with(Array(City.six.prefix(4))) { city in
      let (fzb, jw, sfj, fy) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"],
        try city["420300-FY"]
      )
      try city.on("2023-09-20")
      let petition = try await fzb.office.createDossier(
        API.CreateDossierRequest(
          kind: "petition", title: "反映办证超期", admit: ["420300-SFJ", "420300-JW"]),
        by: fzb.by(.deputy)
      ).dossier
      #expect(short(try await list(fzb)) == ["D8 420300-FZB 2023-10-07 green"])
      _ = try await fzb.office.advance(
        API.AdvanceRequest(dossier: petition, stage: "transferred", handler: "420300-SFJ"),
        by: fzb.by(.deputy))
      try await city.settle()
      for agency in [fzb, jw, sfj] {
        #expect(short(try await list(agency)) == ["D8 420300-SFJ 2023-10-07 green"])
      }
      #expect(try await list(fy).isEmpty, "no member of the dossier")
      let rights = try await list(sfj) { $0.rights = true }
      #expect(
        short(rights) == ["D9 420300-SFJ 2023-09-27 green", "D8 420300-SFJ 2023-10-07 green"])
      #expect(rights.map(\.right) == [true, false])
      // Nobody has moved: the lamp changes with the day alone, and a right that is over is gone.
      try city.on("2023-11-20")
      let late = try await list(fzb) { $0.rights = true }
      #expect(short(late) == ["D8 420300-SFJ 2023-10-07 black"])
      #expect(late.map(\.daysLeft) == [-44] && late.map(\.suggestion) == ["letter"])
      #expect(try await list(sfj).map(\.suggestion) == [nil], "nobody urges itself")
      #expect(try await list(fzb) { $0.overdue = true }.count == 1)
      #expect(try await list(fzb) { $0.lamp = "red" }.isEmpty)
      #expect(try await list(fzb) { $0.agency = "420300-FZB" }.isEmpty)
      _ = try await sfj.office.advance(
        API.AdvanceRequest(dossier: petition, stage: "handling"), by: sfj.by(.handler))
      // To handle it is not to tell the petitioner so: the notice is owed until it is issued.
      #expect(
        short(try await list(sfj)) == [
          "D8 420300-SFJ 2023-10-07 black", "D10 420300-SFJ 2024-01-19 green",
        ])
      let overdue = try await sfj.office.overdue(API.OverdueRequest()).lines
      #expect(overdue.map(\.rule) == ["D8"] && overdue.map(\.days) == [44])
      _ = try await sfj.issue("acceptanceNotice", in: petition)
      try await city.settle()
      for agency in [fzb, sfj] {
        #expect(short(try await list(agency)) == ["D10 420300-SFJ 2024-01-19 green"])
        #expect(try await agency.office.overdue(API.OverdueRequest()).lines.isEmpty)
      }
      #expect(
        try await fzb.office.overdue(API.OverdueRequest(asOf: "2023-11-19")).lines.map(\.rule)
          == ["D8"])
      await expect(.invalidValue) { try await list(fzb) { $0.lamp = "blue" } }
      // Who enters a day moves what falls on it, and the newest entry stands.
      for (working, due) in [(false, "2024-01-22"), (true, "2024-01-19")] {
        let entered = try await sfj.office.setCalendarDay(
          API.CalendarDayRequest(day: "2024-01-19", working: working, note: "停电检修"),
          by: sfj.operator)
        #expect(entered.days.map(\.working) == [working])
        #expect(short(try await list(sfj)) == ["D10 420300-SFJ \(due) green"])
      }
      let days = try await sfj.office.calendar(API.CalendarRequest(year: 2024)).days
      #expect(days.first == API.CalendarDay(day: "2024-01-01", working: false))
      #expect(days.filter(\.own).map(\.note) == ["停电检修"])
    }
  }

  @Test func `casework A7 the term of a sanction is listed until it ends, and is never overdue`()
    async throws
  {
    try await City.with(Array(City.six.prefix(2))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-08")
      let clue = try await fzb.refer(to: ["420300-JW"]).clue.dossier
      try await city.settle()
      try await jw.receive(clue)
      try await jw.accept(clue)
      _ = try await jw.office.dispose(
        API.DisposeRequest(clue: clue, kind: "verification"), by: jw.by(.head))
      for (kind, measures) in [
        ("caseFiled", []), ("sanction", [API.Measure(class: "governmental", value: "warning")]),
      ] {
        _ = try await jw.office.recordResult(
          API.ResultRequest(
            clue: clue, kind: kind, measures: measures,
            personKey: measures.isEmpty ? nil : "P-001"), by: jw.by(.caseOffice))
      }
      try await city.settle()
      func terms(_ agency: Agency, rights: Bool = true) async throws -> [String] {
        try await list(agency) { $0.rights = rights }.filter { $0.rule == "D24" }
          .map { "\($0.owes) \($0.dueOn) \($0.right)" }
      }
      for agency in [fzb, jw] {
        #expect(try await terms(agency) == ["420300-JW 2023-09-08 true"])
        #expect(try await terms(agency, rights: false).isEmpty)
      }
      // What is decided about one person on one day ends together, about another one apart.
      for person in ["P-001", "P-002"] {
        _ = try await jw.office.recordResult(
          API.ResultRequest(
            clue: clue, kind: "sanction",
            measures: [API.Measure(class: "governmental", value: "warning")], personKey: person),
          by: jw.by(.caseOffice))
      }
      try await city.settle()
      for agency in [fzb, jw] {
        #expect(
          try await terms(agency) == [
            "420300-JW 2023-09-08 true", "420300-JW 2024-03-08 true",
          ])
      }
      try city.on("2024-03-09")
      for agency in [fzb, jw] {
        #expect(try await terms(agency).isEmpty)
        #expect(
          try await agency.office.overdue(API.OverdueRequest()).lines.allSatisfy {
            $0.rule != "D24"
          })
      }
    }
  }

  @Test func `casework A7 an office sets a term with its basis, and what the law fixes stays`()
    async throws
  {
    try await City.with(Array(City.six.prefix(2))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-08")
      let clue = try await fzb.refer(to: ["420300-JW"]).clue.dossier
      try await city.settle()
      try await jw.receive(clue)
      try await jw.accept(clue)
      try await city.settle()
      func set(_ rule: String, _ value: String) async throws -> [API.SettingValue] {
        try await jw.office.set(
          API.SettingRequest(name: "office.deadline.\(rule)", value: value), by: jw.operator
        ).settings
      }
      func due(_ agency: Agency) async throws -> [String] {
        try await list(agency).map { "\($0.rule ?? "") \($0.dueOn) \($0.basis ?? "")" }
      }
      let usual = "D4 2023-04-10 监督执纪工作规则第21条"
      for agency in [fzb, jw] { #expect(try await due(agency) == [usual]) }
      let values = try await set("D4", "15cd 县实施办法第6条")
      #expect(
        values.first { $0.name == "office.deadline.D4" }?.value == "15cd 县实施办法第6条")
      #expect(values.first { $0.name == "office.deadline.D3" }?.value?.hasPrefix("5wd ") == true)
      #expect(!values.contains { $0.name == "office.deadline.D24" })
      #expect(try await due(jw) == ["D4 2023-03-23 县实施办法第6条"])
      // It is the term of this node alone: due dates are facts of nobody.
      #expect(try await due(fzb) == [usual])
      for (rule, value) in [
        ("D4", "15cd"), ("D4", "15 县实施办法"), ("D4", "0cd 县实施办法"), ("D4", "367cd 县实施办法"),
        ("D4", "xcd 县实施办法"), ("D24", "6mo 县实施办法"), ("D22b", "2cd 县实施办法"), ("D99", "1cd 无"),
      ] {
        await expect(.invalidValue) { try await set(rule, value) }
      }
      _ = try await set("D4", "default")
      #expect(try await due(jw) == [usual])
    }
  }

  @Test func `casework A7 a finding goes from its unit to its issuer and back, with its pause`()
    async throws
  {
    try await City.with(Array(City.six.prefix(4))) { city in
      let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
      try city.on("2023-09-20")
      let dossier = try await fzb.office.createDossier(
        API.CreateDossierRequest(kind: "inspection", title: "年度督察", admit: ["420300-SFJ"]),
        by: fzb.by(.deputy)
      ).dossier
      let letter = try await fzb.finish(
        try await fzb.office.draft(
          API.DraftRequest(
            dossier: dossier, form: "feedback", title: "反馈意见", body: "请整改",
            to: ["420300-SFJ"],
            items: [API.DraftItem(kind: "finding", text: "超期办理", unit: "420300-SFJ")]),
          by: fzb.by(.handler)))
      try await city.settle()
      _ = try await sfj.office.receive(
        API.ReceiveRequest(clue: letter.number ?? ""), by: sfj.by(.registry))
      try await city.settle()
      let item = try #require(
        try await fzb.office.items(API.ItemListRequest(dossier: dossier)).items.first
      ).id
      func findings(_ agency: Agency) async throws -> [API.DeadlineLine] {
        try await list(agency) { $0.dossier = dossier }.filter { $0.subject == item }
      }
      #expect(
        short(try await findings(fzb)) == [
          "D14 420300-SFJ 2023-10-17 green", "D15 420300-SFJ 2023-12-20 green",
        ])
      // The letter itself asks for an answer; the receipt is the day from which it runs.
      let all = short(try await list(fzb) { $0.dossier = dossier })
      #expect(all.contains("D17 420300-SFJ 2023-10-07 green"))
      _ = try await sfj.office.extendItem(
        API.ItemExtendRequest(item: item, reason: "complex", dueOn: "2024-03-01"),
        by: sfj.by(.sectionHead))
      try await city.settle()
      let paused = try await findings(fzb)
      #expect(paused.map(\.lamp) == ["paused", "paused"])
      #expect(paused.map(\.waitingOn) == ["420300-FZB", "420300-FZB"])
      #expect(paused.map(\.waitingSince) == ["2023-09-20", "2023-09-20"])
      _ = try await fzb.office.denyItem(
        API.ItemAnswerRequest(item: item), by: fzb.by(.sectionHead))
      try city.on("2023-10-18")
      let overdue = try await findings(fzb)
      #expect(overdue.first?.lamp == "red" && overdue.first?.suggestion == "reminder")
      _ = try await fzb.office.urgeItem(
        API.ItemUrgeRequest(item: item, level: "reminder"), by: fzb.by(.handler))
      #expect(try await findings(fzb).first?.suggestion == "urging")
      #expect(try await findings(fzb).first?.level == "reminder")
      _ = try await fzb.office.deadlines(API.DeadlineListRequest(limit: 1))
      let page = try await fzb.office.deadlines(API.DeadlineListRequest(page: 2, limit: 1))
      #expect(page.deadlines.count == 1 && page.on == "2023-10-18" && !page.truncated)
    }
  }

  @Test func `scenario S7 a letter that comes after forty days is due from the day it came`()
    async throws
  {
    try await City.with(Array(City.six.prefix(2))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let clue = try await fzb.refer(to: ["420300-JW"]).clue.dossier
      try city.on("2023-04-16")
      try await city.settle()
      for agency in [jw, fzb] {
        let shown = try await agency.office.clue(API.ClueRequest(clue: clue)).referrals
        #expect(shown.first?.deliveredAt?.hasPrefix("2023-04-16T") == true, "\(agency.code)")
        // A Sunday, and two working days after it.
        #expect(shown.first?.dueOn == "2023-04-18", "\(agency.code)")
      }
      #expect(short(try await list(jw)).contains { $0.contains("420300-JW 2023-04-18") })
    }
  }
}
