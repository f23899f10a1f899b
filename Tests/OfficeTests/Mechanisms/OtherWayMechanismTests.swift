import Casework
import Ledger
import Office
import TestSupport
import Testing

/// The ways that the mechanisms take less often: refused, extended, ended otherwise, gone on above.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct OtherWayMechanismTests {
  private static let two = Array(City.six.prefix(2))
  private static let three = Array(City.six.prefix(3))
  private static let offices = [City.six[0], City.six[2]]

  private func figure(_ code: FigureCode, at agency: Agency) async throws -> Int? {
    let figures = try await agency.office.figures(API.FiguresRequest(year: 2023)).figures
    return figures.first { $0.code == code.rawValue }?.value
  }

  @Test func `row 6: a report is received by its addressee, and noted by who has a copy`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      try city.on("2023-03-07")
      let dossier = try await fzb.open("inspection", "年度督察")
      let report = try await fzb.issue("report", in: dossier) {
        ($0.to, $0.cc, $0.body) = (["420300-SFJ"], ["420300-JW"], "督察情况报告")
      }
      try await city.settle()
      for agency in [jw, sfj] { try await agency.receive(report.id) }
      try await city.settle()
      for agency in [fzb, jw, sfj] {
        #expect(
          try await agency.acts(on: report.id).sorted() == ["420300-JW note", "420300-SFJ receive"])
        let shown = try await agency.office.document(API.DocumentRequest(document: report.id))
        #expect(shown.body == "督察情况报告")
      }
    }
  }

  @Test func `row 10: a unit reads of each numbered finding its class and what it is accepted by`()
    async throws
  {
    try await City.with(Self.offices) { city in
      let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
      try city.on("2023-03-07")
      let dossier = try await fzb.open("inspection", "年度督察")
      let findings = [
        ("超期办理(行政许可法第42条)", "执法不规范", "逾期件清零,公示办理时限"),
        ("未作合法性审核", "规范性文件合法性审核", "补审并公布"), ("台账不全", "", ""),
      ]
      let feedback = try await fzb.issue("feedback", in: dossier) {
        $0.to = ["420300-SFJ"]
        $0.items = findings.map { text, category, standard in
          API.DraftItem(
            kind: "finding", text: text, unit: "420300-SFJ", standard: standard,
            category: category)
        }
      }
      try await city.settle()
      // A category of the table is told by its code, whatever the draft called it.
      let codes = ["irregularEnforcement", "legalityReview", ""]
      let told = zip(findings, codes).map { [$0.0.0, $0.1, $0.0.2] }
      for agency in [fzb, sfj] {
        let paper = try await agency.office.document(API.DocumentRequest(document: feedback.id))
        let listed = try await agency.office.items(API.ItemListRequest(dossier: dossier)).items
        for items in [paper.items, listed.sorted { $0.number < $1.number }] {
          #expect(items.map(\.number) == [1, 2, 3])
          #expect(items.map { [$0.text, $0.category ?? "", $0.standard ?? ""] } == told)
        }
      }
    }
  }

  @Test func `row 13: the ladder ends with a talk, a circular and a clue for the discipline body`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      try city.on("2023-03-07")
      let dossier = try await fzb.open("inspection", "年度督察", admit: ["420300-JW"])
      _ = try await fzb.issue("feedback", in: dossier) {
        $0.to = ["420300-SFJ"]
        $0.items = [
          API.DraftItem(
            kind: "finding", text: "超期办理", unit: "420300-SFJ", dueOn: "2023-03-31")
        ]
      }
      try await city.settle()
      let item = try await fzb.item(of: dossier).id
      try city.on("2023-06-30")
      func urge(_ level: String, _ role: Role) async throws {
        _ = try await fzb.office.urgeItem(
          API.ItemUrgeRequest(item: item, level: level), by: fzb.by(role))
      }
      let rungs: [(level: String, by: Role, not: Role)] = [
        ("reminder", .handler, .registry), ("urging", .handler, .registry),
        ("letter", .deputy, .sectionHead), ("talk", .head, .deputy),
        ("circular", .head, .deputy),
      ]
      for rung in rungs {
        let before = try await fzb.due(dossier).first { $0.subject == item && $0.rule == nil }
        #expect(before?.suggestion == rung.level)
        await expect(.roleMissing) { try await urge(rung.level, rung.not) }
        try await urge(rung.level, rung.by)
        try await city.settle()
        for agency in [fzb, jw, sfj] {
          #expect(try await agency.item(of: dossier).level == rung.level)
        }
      }
      // Above the highest rung there is nothing but a clue, which the unit is not told of.
      let top = try await fzb.due(dossier).first { $0.subject == item && $0.rule == nil }
      #expect(top != nil && top?.suggestion == nil)
      let clue = try await fzb.refer("拒不整改", to: ["420300-JW"]).clue.dossier
      _ = try await fzb.office.relate(
        API.RelateRequest(dossier: clue, to: dossier), by: fzb.by(.handler))
      try await city.settle()
      try await jw.receive(clue)
      let acts = try await jw.read(clue).acts
      #expect(acts.contains { $0.verb == "relate" && $0.standing == "counts" })
      await expect(.notFound) { try await sfj.read(clue) }
    }
  }

  @Test func `row 21: a petition has more time, is reviewed, examined once more and final`()
    async throws
  {
    try await City.with(Self.offices) { city in
      let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
      try city.on("2023-03-07")
      let petition = try await fzb.open("petition", "反映办证超期", admit: ["420300-SFJ"])
      func step(
        _ stage: String, _ role: Role, _ fill: (inout API.AdvanceRequest) -> Void = { _ in }
      ) async throws {
        try await fzb.advance(petition, to: stage, as: role, fill)
        try await city.settle()
        #expect(try await sfj.course(petition).stage == stage)
      }
      func due() async throws -> [String] {
        try await sfj.due(petition).map { "\($0.rule ?? "") \($0.owes) \($0.dueOn)" }
      }
      try await step("accepted", .sectionHead)
      _ = try await fzb.issue("acceptanceNotice", in: petition)
      try await step("handling", .handler)
      #expect(try await due() == ["D10 420300-FZB 2023-05-06"])
      await expect(.conflict) {
        try await step("extended", .deputy) { ($0.dueOn, $0.note) = ("2023-06-05", "情况复杂") }
      }
      try await step("extended", .deputy) {
        ($0.reason, $0.dueOn, $0.note) = ("complex", "2023-06-05", "已告知信访人")
      }
      #expect(try await due() == ["D10b 420300-FZB 2023-06-05"])
      let opinion = try await fzb.issue("handlingOpinion", in: petition)
      try await step("opinionIssued", .deputy) { $0.cites = [opinion.number] }
      _ = try await fzb.office.recordResult(
        API.ResultRequest(clue: petition, kind: "petitionClosed"), by: fzb.by(.deputy))
      try await step("review", .registry)
      #expect(try await due() == ["D11b 420300-FZB 2023-04-06"])
      try city.on("2023-03-20")
      _ = try await fzb.issue("handlingOpinion", in: petition)
      try await city.settle()
      // Nothing is owed any more, and the petitioner may ask once more.
      #expect(try await due().isEmpty)
      let rights = try await sfj.office.deadlines(
        API.DeadlineListRequest(dossier: petition, rights: true)
      ).deadlines.filter(\.right)
      #expect(rights.map { "\($0.rule ?? "") \($0.dueOn)" } == ["D12 2023-04-19"])
      try await step("reexamination", .registry)
      #expect(try await due() == ["D12b 420300-FZB 2023-04-19"])
      await expect(.conflict) { try await step("finalized", .deputy) }
      try await step("finalized", .deputy) { $0.note = "复核维持" }
      #expect(try await due().isEmpty)
      // After the re-examination nothing is taken up again; it is filed.
      await expect(.unlawful) { try await step("review", .registry) }
      try await step("archived", .registry)
    }
  }

  @Test func `row 22: who is asked may decline, and who was deployed is evaluated and trained`()
    async throws
  {
    try await City.with(Self.offices) { city in
      let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
      try city.on("2023-03-07")
      let pool = try await fzb.open("expertPool", "人才库", admit: ["420300-SFJ"])
      try await city.settle()
      _ = try await sfj.issue("nomination", in: pool) {
        $0.to = ["420300-FZB"]
        $0.items = [API.DraftItem(kind: "expert", text: "样例专家甲", category: "legal")]
      }
      try await city.settle()
      let expert = try await fzb.item(of: pool).id
      func step(
        _ stage: String, _ agency: Agency, _ role: Role,
        _ fill: (inout API.AdvanceRequest) -> Void = { _ in }
      ) async throws {
        try await agency.advance(expert, to: stage, as: role, fill)
        try await city.settle()
        for reader in [fzb, sfj] {
          #expect(try await reader.course(expert).stage == stage)
        }
      }
      try await step("inPool", fzb, .deputy)
      let letter = try await fzb.issue("secondmentRequest", in: pool) { $0.to = ["420300-SFJ"] }
      try await step("requested", fzb, .deputy) {
        ($0.reason, $0.cites) = ("2023-05-01/2023-05-31", [letter.number])
      }
      await expect(.notYours) { try await step("declined", fzb, .head) { $0.note = "另有任务" } }
      await expect(.conflict) { try await step("declined", sfj, .head) }
      try await step("declined", sfj, .head) { $0.note = "另有任务" }
      try await step("requested", fzb, .deputy) {
        ($0.reason, $0.cites) = ("2023-07-01/2023-07-31", [letter.number])
      }
      try await step("approved", sfj, .head)
      try await step("deployed", sfj, .deputy)
      try await step("returned", sfj, .deputy)
      await expect(.notYours) { try await step("evaluated", sfj, .deputy) { $0.note = "自评" } }
      try await step("evaluated", fzb, .deputy) { $0.note = "称职" }
      let training = API.ResultRequest(clue: pool, kind: "training", note: "交流培训")
      await expect(.notYours) { try await sfj.office.recordResult(training, by: sfj.by(.deputy)) }
      _ = try await fzb.office.recordResult(training, by: fzb.by(.deputy))
      try await city.settle()
      for agency in [fzb, sfj] {
        #expect(try await agency.read(pool).results.map(\.kind) == ["training"])
        #expect(try await figure(.trainings, at: agency) == 1)
      }
    }
  }

  @Test func `row 25: one clue ends in the first form, of another the case goes all its ways`()
    async throws
  {
    try await City.with(Self.two) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let talked = try await fzb.refer("甲项", to: ["420300-JW"]).clue.dossier
      let filed = try await fzb.refer("乙项", to: ["420300-JW"]).clue.dossier
      try await city.settle()
      for clue in [talked, filed] {
        try await jw.receive(clue)
        try await jw.accept(clue)
      }
      /// The stage that the sender reads.
      func stage(_ clue: String) async throws -> String? {
        try await city.settle()
        let shown = try await fzb.office.clue(API.ClueRequest(clue: clue))
        return shown.referrals.first?.disposition
      }
      func dispose(_ clue: String, _ kinds: String...) async throws {
        for kind in kinds {
          _ = try await jw.office.dispose(
            API.DisposeRequest(clue: clue, kind: kind), by: jw.by(.head))
          #expect(try await stage(clue) == (kind == "modified" ? "decided" : kind))
        }
      }
      func record(_ kind: String, _ reached: String, _ measures: [API.Measure] = []) async throws {
        _ = try await jw.office.recordResult(
          API.ResultRequest(
            clue: filed, kind: kind, measures: measures,
            personKey: measures.isEmpty ? nil : "P-001"), by: jw.by(.caseOffice))
        #expect(try await stage(filed) == reached)
      }
      try await dispose(talked, "inquiry", "firstForm")
      _ = try await jw.office.recordResult(
        API.ResultRequest(
          clue: talked, kind: "accountability",
          measures: [API.Measure(class: "firstForm", value: "reminderTalk")]),
        by: jw.by(.caseOffice))
      await expect(.unlawful) { try await dispose(talked, "verification") }
      try await dispose(filed, "verification")
      try await record("caseFiled", "filed")
      try await dispose(filed, "investigating", "trial")
      await expect(.unlawful) { try await dispose(filed, "investigating") }
      try await record(
        "sanction", "decided",
        [
          API.Measure(class: "party", value: "warning"),
          API.Measure(class: "governmental", value: "demerit"),
        ])
      try await dispose(filed, "executed", "modified", "executed")
      try await record("transferredForProsecution", "toProcuratorate")
      for agency in [fzb, jw] {
        // Two sanctions of one person in one case are one person-time; a talk is none.
        #expect(try await figure(.caseFiled, at: agency) == 1)
        #expect(try await figure(.personTimes, at: agency) == 1)
      }
    }
  }

  @Test func `row 32: a question goes to those above, and their answer is its conclusion`()
    async throws
  {
    try await City.with(Self.two) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let dossier = try await fzb.open("issue", "执行异议期间能否督办", admit: ["420300-JW"])
      await expect(.conflict) { try await fzb.advance(dossier, to: "referredUp", as: .deputy) }
      try await fzb.advance(dossier, to: "referredUp", as: .deputy) { $0.note = "请示省委依法治省办" }
      try await city.settle()
      #expect(try await jw.course(dossier).stage == "referredUp")
      await expect(.notYours) { try await jw.advance(dossier, to: "concluded", as: .deputy) }
      let answer = try await fzb.issue("conclusion", in: dossier) { $0.body = "省办答复:可以督办" }
      try await fzb.advance(dossier, to: "concluded", as: .deputy) { $0.cites = [answer.number] }
      try await fzb.advance(dossier, to: "archived", as: .registry)
      try await city.settle()
      #expect(try await jw.course(dossier).stage == "archived")
    }
  }

  @Test func `row 33: a case is settled without dispute, another ends unperformed and counts none`()
    async throws
  {
    try await City.with([City.six[0], City.six[3]]) { city in
      let (fzb, fy) = (try city["420300-FZB"], try city["420300-FY"])
      try city.on("2023-03-07")
      var cases: [String] = []
      for title in ["甲案", "乙案"] {
        cases.append(
          try await fzb.open("enforcement", title, admit: ["420300-FY"]) {
            ($0.source, $0.sourceAgency) = ("judicial", "420300-FY")
          })
      }
      try await city.settle()
      for (dossier, end) in zip(cases, ["settled", "terminated"]) {
        await expect(.notYours) {
          try await fzb.advance(dossier, to: end, as: .deputy) { $0.note = "和解" }
        }
        await expect(.conflict) { try await fy.advance(dossier, to: end, as: .deputy) }
        try await fy.advance(dossier, to: end, as: .deputy) { $0.note = "裁定书已送达" }
        try await city.settle()
        #expect(try await fzb.course(dossier).stage == end)
        try await fzb.advance(dossier, to: "closed", as: .deputy)
      }
      try await city.settle()
      for agency in [fzb, fy] {
        for dossier in cases { #expect(try await agency.course(dossier).stage == "closed") }
        #expect(try await figure(.settled, at: agency) == 1)
      }
    }
  }

  @Test func `row 35: a bid that is declined is no model area, and may be made again`()
    async throws
  {
    try await City.with([City.six[0], City.six[5]]) { city in
      let (fzb, county) = (try city["420300-FZB"], try city["420322-FZB"])
      try city.on("2023-03-07")
      let bid = try await county.open("demonstration", "全省示范地区", admit: ["420300-FZB"])
      await expect(.conflict) { try await county.advance(bid, to: "declined", as: .deputy) }
      try await county.advance(bid, to: "declined", as: .deputy) { $0.note = "未列入第三批" }
      try await city.settle()
      #expect(try await fzb.course(bid).stage == "declined")
      let named = API.ResultRequest(clue: bid, kind: "designation", decidedBy: "样例省委依法治省办")
      await expect(.unlawful) {
        try await county.office.recordResult(named, by: county.by(.deputy))
      }
      try await county.advance(bid, to: "archived", as: .registry)
      try await county.advance(bid, to: "applied", as: .deputy) { $0.note = "下一批再报" }
      _ = try await county.office.recordResult(named, by: county.by(.deputy))
      try await city.settle()
      #expect(try await fzb.course(bid).stage == "designated")
    }
  }
}
