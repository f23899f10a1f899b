import Casework
import Ledger
import Office
import Postgres
import Replica
import TestSupport
import Testing

/// An inspection from the plan of the year to the archive, as its members see it.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct InspectionMechanismTests {
  private static let offices = [City.six[0], City.six[2]]

  /// The unit reports on an item, and its issuer passes it and signs it off.
  private func rectify(_ item: String, _ fzb: Agency, _ sfj: Agency, _ city: City) async throws {
    _ = try await sfj.office.reportItem(
      API.ItemReportRequest(item: item, text: "已整改"), by: sfj.by(.head))
    try await city.settle()
    let act = API.ItemActRequest(item: item)
    _ = try await fzb.office.passItem(act, by: fzb.by(.sectionHead))
    _ = try await fzb.office.signOffItem(act, by: fzb.by(.deputy))
    try await city.settle()
  }

  @Test func `row 8: an inspection goes its whole course, and not past an open item`()
    async throws
  {
    try await City.with(Self.offices) { city in
      let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
      try city.on("2023-03-07")
      let dossier = try await fzb.open("inspection", "年度督察", admit: ["420300-SFJ"])
      var seen: [String] = []
      func step(
        _ stage: String, _ role: Role, _ fill: (inout API.AdvanceRequest) -> Void = { _ in }
      ) async throws {
        try await fzb.advance(dossier, to: stage, as: role, fill)
        try await city.settle()
        seen.append(try await sfj.course(dossier).stage)
      }
      await expect(.conflict) { try await fzb.advance(dossier, to: "approved", as: .deputy) }
      try await step("approved", .deputy) { $0.number = "样委批〔2023〕1号" }
      let notice = try await fzb.issue("inspectionNotice", in: dossier) {
        $0.to = ["420300-SFJ"]
      }
      try await step("noticed", .deputy) { $0.cites = [notice.number] }
      try await step("underway", .handler) { $0.reason = "onSite" }
      try await step("reportDrafted", .sectionHead)
      let report = try await fzb.issue("inspectionReport", in: dossier)
      try await step("reportApproved", .head) { $0.cites = [report.number] }
      let feedback = try await fzb.issue("feedback", in: dossier) {
        $0.to = ["420300-SFJ"]
        $0.items = [API.DraftItem(kind: "finding", text: "超期办理", unit: "420300-SFJ")]
      }
      try await step("fedBack", .deputy) { $0.cites = [feedback.number] }
      try await step("rectifying", .handler)
      await expect(.notYours) { try await sfj.advance(dossier, to: "completed", as: .head) }
      await expect(.conflict) { try await fzb.advance(dossier, to: "completed", as: .head) }
      let item = try await fzb.item(of: dossier).id
      try await rectify(item, fzb, sfj, city)
      try await step("completed", .head)
      _ = try await fzb.office.reopenItem(
        API.ItemTextRequest(item: item, text: "问题反弹"), by: fzb.by(.deputy))
      try await city.settle()
      await expect(.conflict) { try await fzb.advance(dossier, to: "archived", as: .registry) }
      try await rectify(item, fzb, sfj, city)
      try await step("archived", .registry)
      #expect(
        seen == [
          "approved", "noticed", "underway", "reportDrafted", "reportApproved", "fedBack",
          "rectifying", "completed", "archived",
        ])
      #expect(try await sfj.read(dossier).digest == fzb.read(dossier).digest)
    }
  }

  @Test func `row 11: a slip handed over on the spot is reported on within its five days`()
    async throws
  {
    try await City.with(Self.offices) { city in
      let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
      try city.on("2023-03-07")
      let dossier = try await fzb.open("inspection", "年度督察")
      let draft = try await fzb.office.draft(
        API.DraftRequest(
          dossier: dossier, form: "onSiteAssignment", title: "现场交办单", body: "立行立改",
          to: ["420300-SFJ"],
          items: [API.DraftItem(kind: "direction", text: "补齐公示", unit: "420300-SFJ")]),
        by: fzb.by(.handler))
      _ = try await fzb.office.attach(
        API.AttachRequest(draft: draft.id, name: "交办单.jpg", size: 4), by: fzb.by(.handler))
      _ = try await fzb.office.attachPiece(
        API.AttachPieceRequest(draft: draft.id, position: 0, piece: 0, content: "AQIDBA=="),
        by: fzb.by(.handler))
      _ = try await fzb.finish(draft)
      try await city.settle()
      let slip = try await sfj.office.document(API.DocumentRequest(document: draft.id))
      #expect(slip.attachments.map(\.name) == ["交办单.jpg"])
      let item = try await sfj.item(of: dossier).id
      func due(_ agency: Agency) async throws -> [String] {
        try await agency.due(dossier).filter { $0.subject == item }
          .map { "\($0.rule ?? "") \($0.owes) \($0.dueOn)" }
      }
      for agency in [fzb, sfj] {
        #expect(try await due(agency) == ["D15b 420300-SFJ 2023-03-14"])
      }
      _ = try await sfj.office.acknowledgeItem(
        API.ItemStepRequest(item: item), by: sfj.by(.handler))
      try await rectify(item, fzb, sfj, city)
      for agency in [fzb, sfj] {
        #expect(try await agency.item(of: dossier).state == "signedOff")
        #expect(try await due(agency).isEmpty)
      }
      #expect(
        try await sfj.acts(on: item) == [
          "420300-SFJ acknowledge", "420300-SFJ report", "420300-FZB pass", "420300-FZB signOff",
        ])
    }
  }

  @Test func `row 9: a joint team shares what is issued, and nobody's working drafts`()
    async throws
  {
    try await City.with(Array(City.six.prefix(2))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let dossier = try await fzb.open("inspection", "联合督察")
      _ = try await fzb.office.admit(
        API.AdmitRequest(dossier: dossier, agency: "420300-JW", reason: "联合督察"),
        by: fzb.by(.deputy))
      _ = try await fzb.issue("teamOrder", in: dossier) { $0.cc = ["420300-JW"] }
      try await city.settle()
      let note = API.DraftRequest(
        dossier: dossier, form: "report", title: "工作底稿", body: "未定稿")
      let ours = try await fzb.office.draft(note, by: fzb.by(.handler))
      let theirs = try await jw.office.draft(note, by: jw.by(.handler))
      try await city.settle()
      for (agency, draft) in [(fzb, theirs), (jw, ours)] {
        await expect(.notFound) {
          try await agency.office.document(API.DocumentRequest(document: draft.id))
        }
        #expect(try await agency.read(dossier).documents.map(\.form) == ["teamOrder"])
        let foreign = try await agency.store.read {
          try $0.sql.value(
            "SELECT count(*) FROM office.draft WHERE agency <> \(agency.code)", as: Int.self)
        }
        #expect(foreign == 0)
      }
      _ = try await jw.finish(theirs)
      try await city.settle()
      for agency in [fzb, jw] {
        let shown = try await agency.read(dossier)
        #expect(shown.members == ["420300-FZB", "420300-JW"])
        #expect(shown.documents.map(\.form) == ["teamOrder", "report"])
      }
      await expect(.notFound) {
        try await jw.office.document(API.DocumentRequest(document: ours.id))
      }
    }
  }

  @Test func `row 7: an inspection rests on the approved plan, and two plans for a unit show`()
    async throws
  {
    try await City.with(Array(City.six.prefix(4))) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      try city.on("2023-01-10")
      let (plan, paper) = try await draw(by: fzb, to: ["420300-SFJ"], cc: ["420300-JW"])
      let item = try await fzb.item(of: plan).id
      let inspection = try await fzb.open("inspection", "营商环境督察", admit: ["420300-SFJ"])
      // Neither an approved plan nor an approval of its own: the inspection is held up.
      await expect(.conflict) { try await fzb.advance(inspection, to: "approved", as: .deputy) }
      await expect(.conflict) {
        try await fzb.advance(inspection, to: "approved", as: .deputy) { $0.plan = item }
      }
      try await city.settle()
      try await sfj.advance(paper, to: "confirmed", as: .deputy)
      await expect(.notYours) {
        try await sfj.advance(paper, to: "approved", as: .deputy) { $0.number = "一号" }
      }
      await expect(.conflict) { try await fzb.advance(paper, to: "approved", as: .deputy) }
      try await fzb.advance(paper, to: "approved", as: .deputy) { $0.number = "样委批〔2023〕1号" }
      await expect(.invalidValue) {
        try await fzb.advance(inspection, to: "approved", as: .deputy) {
          ($0.plan, $0.number) = (item, "样委批〔2023〕2号")
        }
      }
      // An approval of its own has the number of a document, and is none of the plan.
      await expect(.invalidValue) {
        try await fzb.advance(inspection, to: "approved", as: .deputy) { $0.number = "已获批准" }
      }
      await expect(.conflict) {
        try await fzb.advance(inspection, to: "approved", as: .deputy) {
          $0.number = "样委批〔2023〕1号"
        }
      }
      await expect(.conflict) {
        try await fzb.advance(paper, to: "confirmed", as: .deputy) { $0.plan = item }
      }
      try await fzb.advance(inspection, to: "approved", as: .deputy) { $0.plan = item }
      try await city.settle()
      for agency in [fzb, jw, sfj] {
        let course = try await agency.course(paper)
        #expect(course.stage == "approved" && course.approval == "样委批〔2023〕1号")
        #expect(course.confirmed == ["420300-SFJ"])
        let read = try await agency.item(of: plan)
        #expect(read.kind == "planItem" && read.text == "二季度营商环境督察")
        #expect(read.unit == "420300-FY" && read.coUnits == ["420300-SFJ"])
      }
      #expect(try await sfj.course(inspection).approval == "样委批〔2023〕1号")
      await expect(.notFound) { try await jw.read(inspection) }
      try await overlap(item, inspection, city)
    }
  }

  /// A plan of the year with one item for the court; its dossier and its paper.
  private func draw(
    by agency: Agency, to: [String], cc: [String] = []
  ) async throws -> (dossier: String, paper: String) {
    let dossier = try await agency.open("plan", "年度督察检查考核计划")
    let paper = try await agency.issue("annualPlan", in: dossier) {
      ($0.to, $0.cc) = (to, cc)
      $0.items = [
        API.DraftItem(
          kind: "planItem", text: "二季度营商环境督察", unit: "420300-FY",
          coUnits: agency.code.rawValue == "420300-FZB" ? ["420300-SFJ"] : [])
      ]
    }
    return (dossier, paper.id)
  }

  /// Another office plans the same unit: both see it, and what is done of the plan.
  private func overlap(_ item: String, _ inspection: String, _ city: City) async throws {
    let (fzb, jw, sfj) = (
      try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
    )
    let year = API.PlansRequest(year: 2023)
    let alone = try await fzb.office.plans(year)
    #expect(alone.planned == 1 && alone.done == 0 && alone.items.map(\.item) == [item])
    #expect(alone.items.first?.stage == "approved" && alone.items.first?.overlaps == [])
    #expect(alone.items.first?.inspections == [inspection])
    let (other, _) = try await draw(by: sfj, to: ["420300-FZB"])
    try await city.settle()
    let second = try await sfj.item(of: other).id
    for agency in [fzb, sfj] {
      let plans = try await agency.office.plans(year)
      #expect(plans.planned == 1 && plans.items.count == 2)
      #expect(plans.items.first { $0.item == item }?.overlaps == [second])
      #expect(plans.items.first { $0.item == second }?.overlaps == [item])
      #expect(plans.items.first { $0.item == second }?.approval == nil)
    }
    // Who does not see the inspection, nor the other plan, reads the plan alone.
    let read = try await jw.office.plans(year)
    #expect(read.items.map(\.item) == [item] && read.items.first?.inspections == [])
    #expect(try await fzb.office.plans(API.PlansRequest(year: 2022)).items == [])
    #expect(
      try await fzb.office.plans(API.PlansRequest(year: 2023, unit: "420300-JW")).items == [])
  }
}
