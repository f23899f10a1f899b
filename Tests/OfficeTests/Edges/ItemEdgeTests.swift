import Casework
import Ledger
import Office
import TestSupport
import Testing

/// Findings on which two agencies act without having heard of each other, or late.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct ItemEdgeTests {
  private static let three = Array(City.six.prefix(3))

  /// Feedback of FZB with one finding for SFJ, in a dossier that JW belongs to.
  private func finding(_ city: City, due: String? = nil) async throws -> (String, String) {
    let fzb = try city["420300-FZB"]
    try city.on("2023-03-07")
    let dossier = try await fzb.open("inspection", "中期督察", admit: ["420300-JW"])
    _ = try await fzb.issue("feedback", in: dossier) { letter in
      letter.to = ["420300-SFJ"]
      letter.items = [
        API.DraftItem(kind: "finding", text: "超期办理", unit: "420300-SFJ", dueOn: due)
      ]
    }
    try await city.settle()
    return (dossier, try await fzb.item(of: dossier).id)
  }

  private func report(_ item: String, _ text: String, by unit: Agency) async throws -> String {
    let step = try await unit.office.reportItem(
      API.ItemReportRequest(item: item, text: text), by: unit.by(.head))
    return try #require(step.records.last)
  }

  @Test func `edge E11 a pass stands for the report it cites, and the newer one is new material`()
    async throws
  {
    try await City.with(Self.three, inEveryOrder: true) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      let (dossier, item) = try await finding(city)
      try city.on("2023-05-08")
      let first = try await report(item, "第一稿", by: sfj)
      try await city.settle()
      // The line is down: FZB passes what it has, SFJ sends a second report.
      let second = try await report(item, "第二稿", by: sfj)
      let act = API.ItemActRequest(item: item)
      #expect(try await fzb.office.passItem(act, by: fzb.by(.sectionHead)).state == "passed")
      #expect(try await fzb.item(of: dossier).newMaterial == false)
      try await city.settle()
      for agency in [fzb, jw, sfj] {
        let shown = try await agency.item(of: dossier)
        #expect(shown.state == "passed" && shown.newMaterial)
        let acts = try await agency.read(dossier).acts
        #expect(acts.filter { $0.target == item }.allSatisfy { $0.standing == "counts" })
        #expect(Set(acts.filter { $0.verb == "report" }.map(\.id)) == [first, second])
        let question = try #require(
          try await agency.office.explain(API.ExplainRequest(dossier: dossier)).questions
            .first { $0.machine == "SM4" })
        #expect(question.arbiter == "420300-FZB" && question.decidedBy?.verb == "pass")
        #expect(try await agency.read(dossier).digest == fzb.read(dossier).digest)
      }
    }
  }

  @Test func `edge E10 an overdue finding climbs the ladder, and more time keeps its history`()
    async throws
  {
    try await City.with(Self.three, inEveryOrder: true) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      let (dossier, item) = try await finding(city, due: "2023-05-31")
      func report(at agency: Agency) async throws -> API.DeadlineLine {
        try #require(try await agency.due(dossier).first { $0.subject == item && $0.rule == nil })
      }
      try city.on("2023-06-12")
      #expect(try await report(at: fzb).lamp == "red")
      for (level, role) in [("reminder", Role.handler), ("urging", .handler), ("letter", .deputy)] {
        _ = try await fzb.office.urgeItem(
          API.ItemUrgeRequest(item: item, level: level), by: fzb.by(role))
      }
      // The request crosses the last of them.
      _ = try await sfj.office.extendItem(
        API.ItemExtendRequest(item: item, reason: "complex", dueOn: "2023-07-31"),
        by: sfj.by(.head))
      try await city.settle()
      _ = try await fzb.office.grantItem(
        API.ItemGrantRequest(item: item), by: fzb.by(.sectionHead))
      try await city.settle()
      for agency in [fzb, jw, sfj] {
        let line = try await report(at: agency)
        #expect(line.dueOn == "2023-07-31" && line.lamp == "green" && line.level == "letter")
        let shown = try await agency.item(of: dossier)
        #expect(shown.extensionState == "granted" && shown.level == "letter")
        let verbs = try await agency.acts(on: item).sorted()
        #expect(
          verbs == [
            "420300-FZB grant", "420300-FZB urge", "420300-FZB urge", "420300-FZB urge",
            "420300-SFJ requestExtension",
          ])
      }
    }
  }

  @Test func `edge E12 a finding that relapses is open again, and the rate falls from that day`()
    async throws
  {
    try await City.with(Self.three, inEveryOrder: true) { city in
      let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
      let (dossier, item) = try await finding(city)
      try city.on("2023-05-08")
      _ = try await report(item, "已整改", by: sfj)
      try await city.settle()
      let act = API.ItemActRequest(item: item)
      _ = try await fzb.office.passItem(act, by: fzb.by(.sectionHead))
      _ = try await fzb.office.signOffItem(act, by: fzb.by(.deputy))
      try await city.settle()
      try city.on("2024-02-05")
      _ = try await fzb.office.reopenItem(
        API.ItemTextRequest(item: item, text: "反弹"), by: fzb.by(.deputy))
      try await city.settle()
      for agency in [fzb, sfj] {
        #expect(try await agency.item(of: dossier).state == "reopened")
        for (asOf, signedOff) in [("2023-12-31", 1), ("2024-02-05", 0)] {
          let figures = try await agency.office.figures(
            API.FiguresRequest(year: 2023, asOf: asOf)
          ).figures
          let rate = try #require(figures.first { $0.code == "rectRate.inspection" })
          #expect(rate.numerator == signedOff && rate.denominator == 1, "\(asOf)")
        }
      }
    }
  }
}
