/// The form table as data; ``FormRule`` says what a column means.
enum FormTable {
  private static let everybody = Set(AgencyKind.allCases)
  private static let everywhere = Set(DossierKind.allCases)
  private static let offices: Set<AgencyKind> = [.partyOffice, .justice]
  private static let discipline: Set<AgencyKind> = [.disciplineBody]
  private static let inspections: Set<DossierKind> = [
    .inspection, .campaign, .upperFeedback, .enforcement, .advice, .assessment,
  ]

  static let rows: [FormRule] = DocumentForm.allCases.map(row)

  static func row(_ form: DocumentForm) -> FormRule {
    switch form {
    case .instrument, .annualPlan, .inspectionNotice, .teamOrder, .inspectionReport, .feedback,
      .rectificationNotice, .rectificationPlan, .rectificationReport, .onSiteAssignment,
      .supervisionLetter, .reminder:
      inspection(form)
    case .leadSupply, .referral, .supplementLetter, .receipt, .returnLetter,
      .supervisoryRecommendation, .procuratorialRecommendation, .accountabilityProposal:
      clue(form)
    case .reconsiderationOpinion, .policeReferral: lawful(form)
    case .meetingNotice, .minutes, .position, .conclusion, .invitation:
      meeting(form)
    default:
      other(form)
    }
  }

  private static func inspection(_ form: DocumentForm) -> FormRule {
    switch form {
    case .instrument:
      rule(form, Term("实施意见", "instrument"), .instrument, in: [.instrument])
    case .annualPlan:
      rule(
        form, Term("年度计划", "annual plan"), by: offices, .plan, in: [.plan], items: [.planItem])
    case .inspectionNotice:
      rule(
        form, Term("督察通知", "inspection notice"), by: offices, .notice, in: inspections,
        addressed: true)
    case .teamOrder:
      rule(form, Term("督察组组成通知", "team order"), by: offices, .notice, in: inspections)
    case .inspectionReport:
      rule(form, Term("督察报告", "inspection report"), by: offices, .report, in: inspections)
    case .feedback:
      rule(
        form, Term("反馈意见", "feedback"), by: offices, .letter, in: inspections,
        addressed: true, items: [.finding, .direction])
    case .rectificationNotice:
      rule(
        form, Term("整改通知书", "rectification notice"), by: offices, .supervision,
        in: inspections, addressed: true, items: [.finding, .direction])
    case .rectificationPlan:
      rule(form, Term("整改方案", "rectification plan"), .plan, in: inspections)
    case .rectificationReport:
      rule(form, Term("整改报告", "rectification report"), .report, in: inspections)
    case .onSiteAssignment:
      rule(
        form, Term("现场交办单", "on-site assignment"), by: offices, .supervision,
        in: inspections, addressed: true, items: [.direction])
    case .supervisionLetter:
      rule(
        form, Term("督办函", "supervision letter"), by: offices.union(discipline), .supervision,
        in: everywhere, addressed: true, items: [.direction])
    default:
      rule(form, Term("催办单", "reminder"), .supervision, in: everywhere, addressed: true)
    }
  }

  private static func clue(_ form: DocumentForm) -> FormRule {
    switch form {
    case .leadSupply:
      rule(
        form, Term("线索提供函", "lead supply letter"), .letter, in: [.advice, .petition, .issue],
        addressed: true, items: [.opinion])
    case .referral:
      rule(
        form, Term("移送函", "referral letter"), by: offices, to: discipline, .letter, in: [.clue],
        addressed: true, items: [.cluePoint])
    case .supplementLetter:
      rule(
        form, Term("补充材料函", "supplement"), by: offices, to: discipline, .letter, in: [.clue],
        addressed: true, items: [.cluePoint])
    case .receipt:
      rule(form, Term("回执", "receipt"), .letter, in: everywhere, addressed: true)
    case .returnLetter:
      rule(form, Term("退回函", "return letter"), .letter, in: everywhere, addressed: true)
    case .supervisoryRecommendation:
      rule(
        form, Term("监察建议", "supervisory recommendation"), by: discipline, .recommendation,
        in: everywhere, addressed: true, items: [.direction])
    case .procuratorialRecommendation:
      rule(
        form, Term("检察建议", "procuratorial recommendation"), by: [.procuratorate],
        .recommendation, in: everywhere, addressed: true, items: [.direction])
    default:
      rule(
        form, Term("追责建议", "accountability proposal"), by: offices, to: discipline,
        .recommendation, in: inspections.union([.clue]), addressed: true)
    }
  }

  /// What goes to an authority by a law that fixes the time for its answer.
  private static func lawful(_ form: DocumentForm) -> FormRule {
    switch form {
    case .reconsiderationOpinion:
      rule(
        form, Term("行政复议意见书", "opinion of reconsideration"), by: [.justice],
        .recommendation, in: everywhere, addressed: true, items: [.direction])
    default:
      rule(
        form, Term("涉嫌犯罪案件移送书", "referral to the police"), to: [.unit], .letter,
        in: inspections, addressed: true)
    }
  }

  private static func meeting(_ form: DocumentForm) -> FormRule {
    let rooms: Set<DossierKind> = [.meeting, .issue, .instrument]
    return switch form {
    case .meetingNotice:
      rule(form, Term("会议通知", "meeting notice"), .notice, in: rooms, addressed: true)
    case .minutes:
      rule(form, Term("会议纪要", "minutes"), .minutes, in: [.meeting], items: [.resolution])
    case .position:
      rule(form, Term("书面意见", "position"), .letter, in: rooms)
    case .conclusion:
      rule(form, Term("研讨结论", "conclusion"), .letter, in: rooms, items: [.resolution])
    default:
      rule(form, Term("邀请函", "invitation"), .letter, in: everywhere, addressed: true)
    }
  }

  private static func other(_ form: DocumentForm) -> FormRule {
    switch form {
    case .assistanceRequest:
      rule(form, Term("协助函", "assistance request"), .letter, in: everywhere, addressed: true)
    case .bulletin:
      rule(form, Term("通报", "bulletin"), .notice, in: everywhere)
    case .typicalCase:
      rule(form, Term("典型案例", "typical case"), .notice, in: everywhere)
    case .reviewDecision:
      rule(form, Term("复核决定", "review decision"), .decision, in: everywhere, addressed: true)
    case .channelNotice:
      rule(form, Term("举报渠道公告", "channel notice"), .notice, in: [.petition, .instrument])
    case .acceptanceNotice:
      rule(form, Term("受理告知书", "acceptance notice"), .letter, in: [.petition])
    case .handlingOpinion:
      rule(form, Term("处理意见书", "handling opinion"), .decision, in: [.petition])
    case .secondmentRequest:
      rule(
        form, Term("抽调函", "secondment request"), by: offices, .letter, in: [.expertPool],
        addressed: true)
    case .nomination:
      rule(
        form, Term("人才推荐表", "nomination"), to: offices, .letter, in: [.expertPool],
        addressed: true, items: [.expert])
    case .assessment:
      rule(
        form, Term("考核评分", "assessment"), by: offices, .report, in: [.assessment],
        items: [.deduction])
    case .annualReport:
      rule(form, Term("年度报告", "annual report"), by: offices, .report, in: [.report])
    case .correctionNotice:
      rule(form, Term("更正说明", "correction notice"), .notice, in: everywhere)
    case .statement:
      rule(form, Term("对账单", "statement"), .report, in: [.statement])
    case .sheet:
      rule(form, Term("密页", "sealed sheet"), .letter, in: everywhere, numbered: false)
    case .recordedPaper:
      rule(
        form, Term("代录原件", "paper recorded by the host"), .letter, in: everywhere,
        numbered: false)
    default:
      rule(form, Term("报告", "report"), .report, in: everywhere)
    }
  }

  private static func rule(
    _ form: DocumentForm, _ term: Term, by drafters: Set<AgencyKind> = everybody,
    to addressees: Set<AgencyKind> = everybody, _ group: NumberGroup,
    in dossiers: Set<DossierKind>, addressed: Bool = false, items: Set<ItemKind> = [],
    numbered: Bool = true
  ) -> FormRule {
    FormRule(
      form: form, term: term, drafters: drafters, addressees: addressees, isAddressed: addressed,
      group: group, dossiers: dossiers, items: items, isNumbered: numbered,
      template: form.rawValue)
  }
}
