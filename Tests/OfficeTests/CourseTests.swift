import Casework
import Ledger
import Office
import Postgres
import Replica
import TestSupport
import Testing

/// Dossiers that go their course across agencies, step by step.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct CourseTests {
  private static let four = Array(City.six.prefix(4))

  private func course(_ dossier: String, at agency: Agency) async throws -> API.CourseLine {
    let shown = try await agency.office.dossier(API.DossierRequest(dossier: dossier))
    return try #require(shown.courses.first)
  }

  /// A channel is one of the table, and no other dossier has one.
  private func refuseChannels(_ agency: Agency) async throws {
    await expect(.invalidValue) {
      try await agency.open("petition", "反映办证超期") { $0.channel = "rumour" }
    }
    await expect(.invalidValue) {
      try await agency.open("petition", "反映办证超期") { $0.demandKind = "rumour" }
    }
    await expect(.conflict) { try await agency.open("advice", "监督意见") { $0.channel = "visit" } }
    await expect(.conflict) {
      try await agency.open("inspection", "年度督察") { $0.demandKind = "appeal" }
    }
    let plain = try await agency.read(try await agency.open("petition", "反映收费不明"))
    #expect(plain.channel == nil && plain.demandKind == nil)
  }

  /// SFJ tells the petitioner that it accepts, and who that is stays with SFJ; the number of the
  /// notice.
  private func tell(_ petition: String, _ city: City) async throws -> String {
    let (fzb, jw, sfj) = (
      try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
    )
    let petitioner = "信访人甲之名"
    let notice = try await sfj.issue("acceptanceNotice", in: petition) { letter in
      letter.sealed = [
        API.SealedSheet(audience: ["420300-SFJ"], title: "信访人", body: petitioner)
      ]
    }
    await expect(.conflict) {
      try await sfj.issue("acceptanceNotice", in: petition) { $0.purpose = "judicial" }.id
    }
    try await city.settle()
    for agency in [fzb, jw] {
      let read = try await agency.read(petition)
      #expect(read.documents.map(\.form) == ["acceptanceNotice"])
      #expect(try await agency.holds(petitioner) == false)
    }
    #expect(try await sfj.holds(petitioner))
    return notice.number
  }

  @Test func `row 21: a petition is transferred, answered by an opinion and closed`() async throws {
    try await City.with(Self.four) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      try city.on("2023-03-07")
      let petition = try await fzb.open(
        "petition", "反映办证超期", admit: ["420300-SFJ", "420300-JW"]
      ) { ($0.channel, $0.demandKind) = ("visit", "appeal") }
      try await refuseChannels(fzb)
      try await city.settle()
      for agency in [fzb, sfj, jw] {
        let shown = try await agency.read(petition)
        #expect(shown.channel == "visit" && shown.demandKind == "appeal")
      }
      #expect(try await course(petition, at: sfj).stage == "registered")
      func step(
        _ stage: String, _ agency: Agency, _ role: Role,
        _ fill: (inout API.AdvanceRequest) -> Void = { _ in }
      ) async throws -> API.Step {
        var request = API.AdvanceRequest(dossier: petition, stage: stage)
        fill(&request)
        let made = try await agency.office.advance(request, by: agency.by(role))
        try await city.settle()
        return made
      }
      await expect(.roleMissing) { try await step("transferred", fzb, .registry) }
      await expect(.unlawful) { try await step("handling", sfj, .handler) }
      await expect(.invalidValue) { try await step("somewhere", fzb, .deputy) }
      await expect(.conflict) { try await step("transferred", fzb, .deputy) }
      let given = try await step("transferred", fzb, .deputy) { $0.handler = "420300-SFJ" }
      #expect(given.state == "transferred")
      #expect(try await course(petition, at: jw).handler == "420300-SFJ")
      await expect(.notYours) { try await step("handling", jw, .handler) }
      let notice = try await tell(petition, city)
      _ = try await step("handling", sfj, .handler) { $0.cites = [notice] }
      await expect(.conflict) { try await step("opinionIssued", sfj, .deputy) }
      let opinion = try await sfj.finish(
        try await sfj.office.draft(
          API.DraftRequest(
            dossier: petition, form: "handlingOpinion", title: "处理意见书", body: "已办理"),
          by: sfj.by(.handler)))
      try await city.settle()
      _ = try await step("opinionIssued", sfj, .deputy) { $0.cites = [opinion.number ?? ""] }
      let close = API.ResultRequest(clue: petition, kind: "petitionClosed")
      await expect(.notYours) { try await fzb.office.recordResult(close, by: fzb.by(.deputy)) }
      let closed = try await sfj.office.recordResult(close, by: sfj.by(.deputy))
      #expect(closed.state == "closed")
      try await city.settle()
      var digests: Set<String?> = []
      for agency in [fzb, jw, sfj] {
        let shown = try await agency.office.dossier(API.DossierRequest(dossier: petition))
        #expect(shown.courses.map(\.stage) == ["closed"])
        #expect(shown.courses.first?.movedBy == "420300-SFJ")
        digests.insert(shown.digest)
      }
      #expect(digests.count == 1)
      _ = try await step("archived", fzb, .registry)
      // Who knows of the archive writes no more in it, and is told who may open it again.
      await expect(.conflict) {
        try await sfj.finish(
          try await sfj.office.draft(
            API.DraftRequest(
              dossier: petition, form: "handlingOpinion", title: "再次处理", body: "再办"),
            by: sfj.by(.handler)))
      }
      let opened = try await step("registered", fzb, .deputy) { $0.note = "新事实" }
      #expect(opened.state == "registered")
    }
  }

  @Test func `row 33: a court confirms what is paid in parts, and the office closes the case`()
    async throws
  {
    try await City.with(Self.four) { city in
      let (fzb, sfj, fy) = (
        try city["420300-FZB"], try city["420300-SFJ"], try city["420300-FY"]
      )
      try city.on("2023-03-07")
      let dossier = try await fzb.office.createDossier(
        API.CreateDossierRequest(
          kind: "enforcement", title: "涉机关执行个案", source: "judicial",
          sourceAgency: "420300-FY", admit: ["420300-FY", "420300-SFJ"]),
        by: fzb.by(.deputy)
      ).dossier
      try await city.settle()
      _ = try await fzb.office.advance(
        API.AdvanceRequest(dossier: dossier, stage: "assigned", handler: "420300-SFJ"),
        by: fzb.by(.sectionHead))
      try await city.settle()
      _ = try await sfj.office.advance(
        API.AdvanceRequest(dossier: dossier, stage: "planAgreed", note: "分三期"),
        by: sfj.by(.head))
      try await city.settle()
      await expect(.conflict) {
        try await fy.office.recordResult(
          API.ResultRequest(clue: dossier, kind: "performed"), by: fy.by(.sectionHead))
      }
      try await expectUnfitRefused(dossier, by: fy)
      for amount in [30_000_000, 20_000_000] {
        _ = try await fy.office.recordResult(
          API.ResultRequest(clue: dossier, kind: "performed", amount: amount),
          by: fy.by(.sectionHead))
      }
      try await city.settle()
      await expect(.notYours) {
        try await fzb.office.advance(
          API.AdvanceRequest(dossier: dossier, stage: "performed"), by: fzb.by(.deputy))
      }
      _ = try await fy.office.advance(
        API.AdvanceRequest(dossier: dossier, stage: "performed"), by: fy.by(.deputy))
      try await city.settle()
      let done = try await fzb.office.advance(
        API.AdvanceRequest(dossier: dossier, stage: "closed"), by: fzb.by(.deputy))
      #expect(done.state == "closed")
      try await city.settle()
      for agency in [fzb, sfj, fy] {
        let course = try await course(dossier, at: agency)
        #expect(course.stage == "closed" && course.amount == 50_000_000)
      }
    }
  }

  /// What only a discipline body states is refused where it would be left out.
  private func expectUnfitRefused(_ dossier: String, by court: Agency) async throws {
    let fitting = API.ResultRequest(clue: dossier, kind: "performed", amount: 1)
    let changes: [(inout API.ResultRequest) -> Void] = [
      { $0.case = "x" }, { $0.personKey = "P-001" }, { $0.formOfDiscipline = 1 },
      { $0.measures = [API.Measure(class: "party", value: "warning")] },
    ]
    for change in changes {
      var request = fitting
      change(&request)
      let unfit = request
      await expect(.invalidValue) {
        try await court.office.recordResult(unfit, by: court.by(.sectionHead))
      }
    }
  }

  @Test func `row 13: the ladder of supervision climbs, and an item goes on the long-term list`()
    async throws
  {
    try await City.with(Self.four) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      try city.on("2023-03-07")
      let dossier = try await fzb.office.createDossier(
        API.CreateDossierRequest(kind: "inspection", title: "年度督察", admit: ["420300-JW"]),
        by: fzb.by(.deputy)
      ).dossier
      _ = try await fzb.finish(
        try await fzb.office.draft(
          API.DraftRequest(
            dossier: dossier, form: "feedback", title: "反馈意见", body: "请整改",
            to: ["420300-SFJ"],
            items: [API.DraftItem(kind: "finding", text: "超期办理", unit: "420300-SFJ")]),
          by: fzb.by(.handler)))
      try await city.settle()
      let items = try await fzb.office.items(API.ItemListRequest(dossier: dossier)).items
      let item = try #require(items.first).id
      func urge(_ level: String) -> API.ItemUrgeRequest {
        API.ItemUrgeRequest(item: item, level: level)
      }
      _ = try await fzb.office.urgeItem(urge("reminder"), by: fzb.by(.handler))
      await expect(.roleMissing) {
        try await fzb.office.urgeItem(urge("letter"), by: fzb.by(.handler))
      }
      _ = try await jw.office.urgeItem(urge("letter"), by: jw.by(.deputy))
      await expect(.notYours) {
        try await sfj.office.urgeItem(urge("reminder"), by: sfj.by(.handler))
      }
      let prolong = API.ItemProlongRequest(item: item, text: "长期坚持", dueOn: "2024-12-31")
      await expect(.roleMissing) {
        try await fzb.office.prolongItem(prolong, by: fzb.by(.sectionHead))
      }
      _ = try await fzb.office.prolongItem(prolong, by: fzb.by(.deputy))
      try await city.settle()
      for agency in [fzb, jw, sfj] {
        let shown = try await agency.office.items(API.ItemListRequest(dossier: dossier)).items
        #expect(shown.map(\.dueOn) == ["2024-12-31"])
        #expect(shown.map(\.level) == ["letter"] && shown.map(\.longTerm) == [true])
        let whole = try await agency.office.dossier(API.DossierRequest(dossier: dossier))
        #expect(whole.items == shown)
      }
      // Another unit has its own time.
      let given = API.ItemReassignRequest(item: item, unit: "420300-JW", text: "改派")
      _ = try await fzb.office.reassignItem(given, by: fzb.by(.deputy))
      let after = try await fzb.office.items(API.ItemListRequest(dossier: dossier)).items
      #expect(after.map(\.longTerm) == [false] && after.map(\.level) == ["letter"])
    }
  }
}
