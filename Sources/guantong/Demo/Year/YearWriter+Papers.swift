import Casework
import Ledger
import Office

extension YearWriter {
  /// The pool of experts: nominated by their agencies, taken in by the office, sent and returned.
  mutating func writePool() throws {
    guard plan.papers.experts.sum > 0 else { return }
    var strand = strand("T", 2, 6)
    let homes = plan.papers.experts.map(\.name)
    let pool = try take(
      &strand, "open", office, .deputy, API.createDossier,
      API.CreateDossierRequest(
        kind: "expertPool", title: "法治督察人才库", admit: homes, reason: "人才库", on: strand.on))
    var sends = Dictionary(uniqueKeysWithValues: homes.map { ($0, 0) })
    let places = (0..<(plan.papers.experts.map(\.count).max() ?? 0)).flatMap { index in
      plan.papers.experts.filter { $0.count > index }.map(\.name)
    }
    for home in places.prefix(plan.papers.secondments) { sends[home, default: 0] += 1 }
    for experts in plan.papers.experts where experts.count > 0 {
      try nominate(strand, pool, experts, sends: sends[experts.name] ?? 0)
    }
  }

  private mutating func nominate(
    _ strand: Strand, _ pool: YearAnswer, _ experts: YearPlan.Count, sends: Int
  ) throws {
    var own = branch(experts.name, of: strand)
    own.pass(5)
    let nomination = try paper(
      &own, "nomination", experts.name, in: pool.dossier, form: "nomination", title: "人才推荐表",
      body: "推荐下列人员。", to: [office],
      items: (0..<experts.count).map { index in
        API.DraftItem(kind: "expert", text: "样例专家\(index + 1)", category: "法治督察")
      })
    own.pass(5)
    for index in 0..<experts.count {
      var expert = branch("\(index + 1)", of: own)
      try advance(&expert, office, .deputy, nomination.item(index), to: "inPool")
      guard index < sends else { continue }
      try second(&expert, pool, experts.name, nomination.item(index), 4 + index % 5)
    }
  }

  private mutating func second(
    _ expert: inout Strand, _ pool: YearAnswer, _ home: String, _ item: String, _ month: Int
  ) throws {
    expert.date = strand("second", month, 3).date
    let letter = try paper(
      &expert, "request", office, in: pool.dossier, form: "secondmentRequest", title: "抽调函",
      body: "商请抽调人员参加督察。", to: [home])
    let first = expert.date.adding(days: 10)
    let last = first.adding(days: 30)
    try advance(
      &expert, office, .sectionHead, item, to: "requested", reason: "\(first)/\(last)",
      cites: [letter.record])
    expert.pass(3)
    try advance(&expert, home, .head, item, to: "approved")
    expert.date = first
    expert.pass(0)
    try advance(&expert, home, .deputy, item, to: "deployed")
    expert.date = last
    expert.pass(1)
    try advance(&expert, home, .deputy, item, to: "returned")
    expert.pass(5)
    try advance(&expert, office, .sectionHead, item, to: "evaluated", note: "履职良好。")
  }

  /// Trainings, surveys, assessment, model areas, instruments, channels, and a slip of the desk.
  mutating func writePapers() throws {
    try writeTrainings()
    try writeSurveys()
    try writeAssessment()
    for (index, home) in plan.papers.designated.enumerated() {
      try writeBid("A\(index + 1)", home, isDesignated: true)
    }
    for (index, home) in plan.papers.candidates.enumerated() {
      try writeBid("B\(index + 1)", home, isDesignated: false)
    }
    for index in 0..<plan.papers.instruments { try writeInstrument(index) }
    try writeChannels()
    for index in 0..<plan.papers.revokedSameDay { try writeSlip(index) }
  }

  private mutating func writeTrainings() throws {
    guard plan.papers.trainings > 0 else { return }
    var strand = strand("X", 1, 12)
    let matter = try take(
      &strand, "open", office, .handler, API.createDossier,
      API.CreateDossierRequest(kind: "plan", title: "\(plan.year)年度交流培训计划", on: strand.on))
    for index in 0..<plan.papers.trainings {
      strand.date = self.strand("training", 2, 1).date
        .adding(days: index * 300 / plan.papers.trainings)
      strand.pass(0)
      try take(
        &strand, "training-\(index + 1)", office, .sectionHead, API.recordResult,
        API.ResultRequest(
          clue: matter.dossier, kind: "training", on: strand.on, note: "第\(index + 1)次交流培训"))
    }
  }

  private mutating func writeSurveys() throws {
    guard !plan.papers.surveys.isEmpty else { return }
    var strand = strand("S", 12, 26)
    let matter = try take(
      &strand, "open", office, .handler, API.createDossier,
      API.CreateDossierRequest(kind: "report", title: "满意度第三方测评", on: strand.on))
    for survey in plan.papers.surveys {
      try take(
        &strand, "survey-\(survey.name)", office, .sectionHead, API.recordResult,
        API.ResultRequest(
          clue: matter.dossier, kind: "survey", on: "\(survey.name)-12-20", decidedBy: "第三方机构",
          rank: survey.count == 0 ? nil : survey.count,
          ranked: survey.count == 0 || plan.papers.ranked == 0 ? nil : plan.papers.ranked))
    }
  }

  private mutating func writeAssessment() throws {
    let assessed = agencies.filter { $0 != office }.prefix(plan.papers.assessed)
    guard !assessed.isEmpty else { return }
    var strand = strand("G", 12, 15)
    let matter = try take(
      &strand, "open", office, .handler, API.createDossier,
      API.CreateDossierRequest(kind: "assessment", title: "\(plan.year)年度考核", on: strand.on))
    let paper = try paper(
      &strand, "lines", office, in: matter.dossier, form: "assessment", title: "考核评分",
      body: "各单位得分及扣分项如下。", to: Array(assessed))
    strand.pass(2)
    var answers: [String] = []
    for agency in assessed {
      var own = branch(agency, of: strand)
      answers.append(
        try advance(&own, agency, .deputy, paper.record, to: "confirmed").step)
    }
    strand.pass(2)
    try advance(&strand, office, .head, paper.record, to: "published", after: answers)
    for agency in assessed {
      try take(
        &strand, "score-\(agency)", office, .sectionHead, API.recordResult,
        API.ResultRequest(
          clue: matter.dossier, kind: "score", on: strand.on,
          score: chance.number(85...99) * 100, unit: agency))
    }
  }

  private mutating func writeBid(_ name: String, _ home: String, isDesignated: Bool) throws {
    var strand = strand(name, 4, 18)
    let matter = try take(
      &strand, "open", home, .handler, API.createDossier,
      API.CreateDossierRequest(
        kind: "demonstration", title: "法治政府建设示范创建", region: String(home.prefix(6)),
        level: (isDesignated ? BidLevel.provincial : .national).rawValue,
        batch: isDesignated ? 2 : 3, on: strand.on))
    strand.pass(20)
    try advance(
      &strand, home, .deputy, matter.dossier, to: "approved", number: "样推〔\(plan.year)〕1号")
    guard isDesignated else { return }
    strand.pass(120)
    try take(
      &strand, "designation", home, .deputy, API.recordResult,
      API.ResultRequest(
        clue: matter.dossier, kind: "designation", on: strand.on, decidedBy: "上级机关",
        note: "命名为示范地区"))
  }

  private mutating func writeInstrument(_ index: Int) throws {
    var strand = strand("I\(index + 1)", 2 + index % 10, 20)
    let parties = members.filter { $0 != federation }
    let matter = try take(
      &strand, "open", office, .handler, API.createDossier,
      API.CreateDossierRequest(
        kind: "instrument", title: index == 0 ? "线索收集协作配合机制" : "高质量开展法治督察工作",
        on: strand.on))
    let text = try paper(
      &strand, "text", office, in: matter.dossier, form: "instrument", title: "实施意见",
      body: "一、范围。二、方式。三、程序。四、结果运用。", to: parties)
    strand.pass(5)
    var answers: [String] = []
    for party in parties {
      var own = branch(party, of: strand)
      answers.append(try advance(&own, party, .deputy, text.record, to: "confirmed").step)
    }
    strand.pass(3)
    try advance(&strand, office, .sectionHead, text.record, to: "reconciled", after: answers)
    try advance(&strand, office, .head, text.record, to: "published")
  }

  private mutating func writeChannels() throws {
    guard plan.papers.channels > 0, agencies.contains(justice) else { return }
    var strand = strand("H", 3, 1)
    let matter = try take(
      &strand, "open", justice, .handler, API.createDossier,
      API.CreateDossierRequest(kind: "instrument", title: "投诉举报渠道公告", on: strand.on))
    for index in 0..<plan.papers.channels {
      _ = try paper(
        &strand, "channel-\(index + 1)", justice, in: matter.dossier, form: "channelNotice",
        title: "投诉举报渠道\(index + 1)", body: "样例信箱\(index + 1)号。", to: [office])
    }
  }

  /// E34: signed under the wrong desk, and revoked on the same day.
  private mutating func writeSlip(_ index: Int) throws {
    var strand = strand("N\(index + 1)", 5, 16)
    let matter = try take(
      &strand, "open", office, .handler, API.createDossier,
      API.CreateDossierRequest(kind: "advice", title: "情况通报", on: strand.on))
    let bulletin = try paper(
      &strand, "bulletin", office, in: matter.dossier, form: "bulletin", title: "通报",
      body: "应以市司法局名义发出。")
    try take(
      &strand, "revoke", office, .deputy, API.revokeDocument,
      API.RevokeDocumentRequest(
        document: bulletin.record, text: "误用本机关名义签发,当日撤销。", on: strand.on))
  }
}
