import Ledger
import Office

extension YearWriter {
  /// An inspection whose findings were fed back.
  private struct Inspection {
    let dossier: String
    let feedback: YearAnswer
    /// The agency responsible for each finding.
    let units: [String]
  }

  /// Findings from above, the inspection in the middle of the year, and the campaigns.
  mutating func writeInspections() throws {
    try writeUpperFeedback()
    try writeMidTerm()
    for (index, campaign) in plan.campaigns.enumerated() {
      try writeCampaign(index, campaign)
    }
  }

  private mutating func writeUpperFeedback() throws {
    guard plan.upperFindings > 0 else { return }
    var strand = strand("U", 1, 10)
    let matter = try take(
      &strand, "open", office, .handler, API.createDossier,
      API.CreateDossierRequest(
        kind: "upperFeedback", title: "\(plan.year - 1)年上级督察反馈问题整改", source: "upper",
        campaign: "upperFeedback\(plan.year - 1)", on: strand.on))
    let inspection = try feedBack(
      &strand, matter, plan.upperFindings, due: "\(plan.year)-10-31")
    var closings: [String] = []
    for index in inspection.units.indices {
      closings.append(try settle(inspection, index, strand, within: 20...180))
    }
    strand.date = self.strand("end", 12, 20).date
    try advance(
      &strand, office, .registry, inspection.dossier, to: "archived", after: closings)
  }

  /// What is left at the end of the year: extended, waiting to be looked at, overdue.
  private mutating func writeMidTerm() throws {
    let planned = plan.midTerm
    guard planned.findings > 0 else { return }
    var strand = strand("M", 3, 6)
    let matter = try inspect(
      &strand, kind: "inspection", title: "“一规划两方案”实施情况中期督察",
      campaign: "midTerm\(plan.year)")
    let inspection = try feedBack(&strand, matter, planned.findings, due: "\(plan.year)-11-30")
    try advance(
      &strand, office, .sectionHead, inspection.dossier, to: "fedBack",
      cites: [inspection.feedback.record])
    try advance(&strand, office, .handler, inspection.dossier, to: "rectifying")
    for index in inspection.units.indices {
      let left = inspection.units.count - 1 - index
      switch left {
      case ..<planned.overdue: try urge(inspection, index, strand)
      case ..<(planned.overdue + planned.awaiting): try report(inspection, index, strand)
      case ..<(planned.overdue + planned.awaiting + planned.extended):
        try extend(inspection, index, strand)
      default:
        let closing = try settle(inspection, index, strand, within: 20...170)
        if index < planned.relapsedLater { try relapse(inspection, index, strand, closing) }
      }
    }
  }

  private mutating func writeCampaign(_ index: Int, _ campaign: YearPlan.Count) throws {
    guard campaign.count > 0 else { return }
    var strand = strand("K\(index + 1)", 3 + index % 4, 10)
    let matter = try inspect(
      &strand, kind: "campaign", title: "\(campaign.name)专项督察", campaign: campaign.name)
    let inspection = try feedBack(&strand, matter, campaign.count, due: "\(plan.year)-11-15")
    try advance(
      &strand, office, .sectionHead, inspection.dossier, to: "fedBack",
      cites: [inspection.feedback.record])
    try advance(&strand, office, .handler, inspection.dossier, to: "rectifying")
    var closings: [String] = []
    for item in inspection.units.indices {
      closings.append(try settle(inspection, item, strand, within: 20...100))
    }
    strand.date = self.strand("end", 12, 11).date
    try advance(
      &strand, office, .deputy, inspection.dossier, to: "completed", after: closings)
    strand.pass(7)
    try advance(&strand, office, .registry, inspection.dossier, to: "archived")
  }

  /// From the plan to the approved report.
  private mutating func inspect(
    _ strand: inout Strand, kind: String, title: String, campaign: String
  ) throws -> YearAnswer {
    let matter = try take(
      &strand, "open", office, .deputy, API.createDossier,
      API.CreateDossierRequest(
        kind: kind, title: title, source: "ruleOfLaw", campaign: campaign, admit: [discipline],
        reason: "联合督察", on: strand.on))
    strand.pass(3)
    try advance(
      &strand, office, .sectionHead, matter.dossier, to: "approved",
      number: "样批〔\(plan.year)〕\(chance.number(1...60))号")
    let notice = try paper(
      &strand, "notice", office, in: matter.dossier, form: "inspectionNotice", title: "督察通知",
      body: "定于近期开展督察,请予配合。", to: units, cc: [discipline])
    try advance(
      &strand, office, .sectionHead, matter.dossier, to: "noticed", cites: [notice.record])
    strand.pass(7)
    try advance(
      &strand, office, .handler, matter.dossier, to: "underway",
      reason: kind == "campaign" ? "desk" : "onSite")
    strand.pass(10)
    try advance(&strand, office, .sectionHead, matter.dossier, to: "reportDrafted")
    let report = try paper(
      &strand, "report", office, in: matter.dossier, form: "inspectionReport", title: "督察报告",
      body: "督察情况和发现的问题报告如下。")
    try advance(
      &strand, office, .deputy, matter.dossier, to: "reportApproved", cites: [report.record])
    strand.pass(5)
    return matter
  }

  /// The letter that carries the findings, to those responsible, copied to the discipline body.
  private mutating func feedBack(
    _ strand: inout Strand, _ matter: YearAnswer, _ findings: Int, due: String
  ) throws -> Inspection {
    let categories = ["执法不规范", "履行生效裁判", "检察建议回复", "营商环境", "普法责任", "府院联动"]
    let responsible = (0..<findings).map { units[$0 % units.count] }
    let items = responsible.enumerated().map { index, unit in
      API.DraftItem(
        kind: "finding", text: "问题\(index + 1):整改要求见附表。", unit: unit, dueOn: due,
        standard: "措施落实,佐证齐全。", category: categories[index % categories.count])
    }
    let feedback = try paper(
      &strand, "feedback", office, in: matter.dossier, form: "feedback", title: "督察反馈意见",
      body: "现将督察发现的问题反馈你单位,请按期整改。", to: Array(Set(responsible)).sorted(),
      cc: [discipline], items: items)
    return Inspection(dossier: matter.dossier, feedback: feedback, units: responsible)
  }
}

extension YearWriter {
  /// One finding from its report to its sign-off.
  ///
  /// - Returns: the step that signs it off.
  private mutating func settle(
    _ inspection: Inspection, _ index: Int, _ strand: Strand, within days: ClosedRange<Int>
  ) throws -> String {
    var item = branch("\(index + 1)", of: strand)
    item.pass(chance.number(days))
    let finding = inspection.feedback.item(index)
    try answer(&item, inspection.units[index], finding)
    item.pass(chance.number(2...8))
    try take(
      &item, "pass", office, .sectionHead, API.passItem,
      API.ItemActRequest(item: finding, on: item.on, note: "措施已落实。"))
    item.pass(chance.number(1...3))
    return try take(
      &item, "signOff", office, .deputy, API.signOffItem,
      API.ItemActRequest(item: finding, on: item.on)
    ).step
  }

  private mutating func answer(_ item: inout Strand, _ unit: String, _ finding: String) throws {
    try take(
      &item, "report", unit, .head, API.reportItem,
      API.ItemReportRequest(item: finding, text: "已完成整改,佐证材料随附。", on: item.on))
  }

  /// A report that nobody has looked at when the year ends.
  private mutating func report(
    _ inspection: Inspection, _ index: Int, _ strand: Strand
  ) throws {
    var item = branch("\(index + 1)", of: strand)
    item.date = self.strand("late", 12, 28).date
    try answer(&item, inspection.units[index], inspection.feedback.item(index))
  }

  /// The ladder of supervision, while nothing comes.
  private mutating func urge(_ inspection: Inspection, _ index: Int, _ strand: Strand) throws {
    var item = branch("\(index + 1)", of: strand)
    item.date = self.strand("late", 12, 4).date
    let ladder: [(String, DemoPerson)] = [
      ("reminder", .handler), ("urging", .sectionHead), ("letter", .deputy),
    ]
    for (level, person) in ladder {
      try take(
        &item, level, office, person, API.urgeItem,
        API.ItemUrgeRequest(
          item: inspection.feedback.item(index), level: level, on: item.on, note: "逾期未报。"))
      item.pass(6)
    }
  }

  /// E10: urged when it was overdue, and then given more time.
  private mutating func extend(_ inspection: Inspection, _ index: Int, _ strand: Strand) throws {
    try urge(inspection, index, strand)
    var item = branch("\(index + 1)", of: strand)
    item.date = self.strand("late", 12, 25).date
    item.last = "\(item.name)/letter"
    let finding = inspection.feedback.item(index)
    let due = "\(plan.year + 1)-06-28"
    try take(
      &item, "extend", inspection.units[index], .sectionHead, API.extendItem,
      API.ItemExtendRequest(
        item: finding, reason: "funds", dueOn: due, on: item.on, note: "资金下半年到位。"))
    item.pass(2)
    try take(
      &item, "grant", office, .deputy, API.grantItem,
      API.ItemGrantRequest(item: finding, dueOn: due, on: item.on, note: "同意延期。"))
  }

  /// E12: signed off, and opened again after the year.
  private mutating func relapse(
    _ inspection: Inspection, _ index: Int, _ strand: Strand, _ closing: String
  ) throws {
    var item = branch("\(index + 1)", of: strand)
    item.date = self.strand("late", 14, 20).date
    item.last = closing
    try take(
      &item, "reopen", office, .deputy, API.reopenItem,
      API.ItemTextRequest(
        item: inspection.feedback.item(index), text: "回访发现问题反弹。", on: item.on))
  }
}
