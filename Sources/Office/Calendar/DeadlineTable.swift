import Casework

/// The deadlines as data; ``DeadlineRule`` says what a column means.
enum DeadlineTable {
  static func row(_ code: DeadlineRule.Code) -> DeadlineRule {
    switch code {
    case .receive, .passOn, .decide, .dispose, .answerInquiry, .verify, .feedBack,
      .feedBackFinally:
      clue(code)
    case .tellPetitioner, .objectToTransfer, .closePetition, .extendPetition, .askReview,
      .answerReview, .askReexamination, .answerReexamination, .tellInformantAccepted,
      .tellInformantResult:
      petition(code)
    case .feedBackReport, .planRectification, .rectify, .rectifyOnSite, .inspectReport, .dispute,
      .decideDispute:
      inspection(code)
    case .answerLetter, .answerRecommendation, .reportOnReconsideration, .approvePoliceReferral,
      .sendToPolice, .policeDecision:
      letter(code)
    case .circulate, .countersign, .issueMinutes, .resolution, .compileReport, .publishReport:
      text(code)
    case .warningEnds, .demeritEnds, .majorDemeritEnds, .demotionEnds: sanction(code)
    }
  }

  private static func clue(_ code: DeadlineRule.Code) -> DeadlineRule {
    switch code {
    case .receive: rule(code, Term("送达后签收", "receive what was delivered"), .workingDays(2), "机制约定")
    case .passOn:
      rule(
        code, Term("无管辖权的转送或退回", "forward or return for want of jurisdiction"), .workingDays(5),
        "监察法实施条例第171条")
    case .decide:
      rule(
        code, Term("签收后受理或退回", "accept or return what was received"), .workingDays(5),
        "参照监察法实施条例第171条")
    case .dispose:
      rule(code, Term("签收后提出处置意见", "state what is done with a clue"), .months(1), "监督执纪工作规则第21条")
    case .answerInquiry:
      rule(code, Term("谈话或函询后报告", "report on a talk or inquiry"), .months(1), "监督执纪工作规则")
    case .verify:
      rule(
        code, Term("初步核实", "end a preliminary verification"), .months(6), "机制约定",
        warning: .months(3))
    case .feedBack:
      rule(code, Term("办理期间向移送机关反馈", "feed back while a clue is handled"), .months(3), "机制约定,每季度一次")
    default:
      rule(
        code, Term("办结后向移送机关反馈", "feed back after the conclusion"), .workingDays(15), "参照检举控告规则第18条"
      )
    }
  }

  private static func petition(_ code: DeadlineRule.Code) -> DeadlineRule {
    switch code {
    case .tellPetitioner:
      rule(
        code, Term("告知信访人是否受理或去向", "tell the petitioner whether it is accepted, or where it goes"),
        .calendarDays(15), "信访工作条例第23条")
    case .objectToTransfer:
      rule(
        code, Term("对转送提出异议", "object to a transferred petition"), .workingDays(5),
        "信访工作条例第23条", .right)
    case .closePetition:
      rule(code, Term("办结信访事项", "close a petition"), .calendarDays(60), "信访工作条例第34条")
    case .extendPetition:
      rule(
        code, Term("经批准延长的办结期限", "close a petition whose time was extended"), .calendarDays(30),
        "信访工作条例第34条")
    case .askReview:
      rule(
        code, Term("信访人请求复查", "the petitioner asks for a review"), .calendarDays(30), "信访工作条例第35条",
        .right)
    case .answerReview:
      rule(code, Term("提出复查意见", "answer a review"), .calendarDays(30), "信访工作条例第35条")
    case .askReexamination:
      rule(
        code, Term("信访人请求复核", "the petitioner asks for a re-examination"), .calendarDays(30),
        "信访工作条例第36条", .right)
    case .answerReexamination:
      rule(
        code, Term("提出复核意见,听证时间不计入", "answer a re-examination; a hearing is not counted"),
        .calendarDays(30), "信访工作条例第36条")
    case .tellInformantAccepted:
      rule(
        code, Term("告知实名检举人受理情况", "tell a named informant that it is accepted"), .workingDays(15),
        "检举控告规则", .byHand)
    default:
      rule(
        code, Term("办结后告知实名检举人结果", "tell a named informant the result"), .workingDays(15), "检举控告规则",
        .byHand)
    }
  }

  private static func inspection(_ code: DeadlineRule.Code) -> DeadlineRule {
    switch code {
    case .feedBackReport:
      rule(
        code, Term("督察报告批准后反馈", "feed back after the report was approved"), .workingDays(15), "机制约定"
      )
    case .planRectification:
      rule(code, Term("报送整改方案", "file the plan of rectification"), .workingDays(15), "机制约定")
    case .rectify: rule(code, Term("整改报告", "report on rectification"), .months(3), "机制约定")
    case .rectifyOnSite:
      rule(code, Term("现场交办事项", "carry out an on-site assignment"), .workingDays(5), "机制约定")
    case .inspectReport:
      rule(code, Term("收到报告后作出验收结论", "conclude on a report"), .workingDays(15), "机制约定")
    case .dispute:
      rule(
        code, Term("对督察问题申请复核", "dispute a finding"), .calendarDays(30), "参照政府督查工作条例第17条", .right)
    default:
      rule(code, Term("作出复核决定", "decide a dispute"), .calendarDays(30), "参照政府督查工作条例第17条")
    }
  }

  private static func letter(_ code: DeadlineRule.Code) -> DeadlineRule {
    switch code {
    case .answerLetter:
      rule(code, Term("未写明期限的来函", "answer a letter that states no date"), .calendarDays(15), "督查惯例")
    case .answerRecommendation:
      rule(
        code, Term("回复检察建议", "answer a procuratorial recommendation"), .months(2), "两高检察公益诉讼司法解释")
    case .reportOnReconsideration:
      rule(
        code, Term("报告行政复议意见书办理情况", "report on an opinion of reconsideration"), .calendarDays(60),
        "行政复议法第76条")
    case .approvePoliceReferral:
      rule(
        code, Term("批准向公安机关移送", "approve a referral to the police"), .calendarDays(3),
        "行政执法机关移送涉嫌犯罪案件的规定")
    case .sendToPolice:
      rule(
        code, Term("批准后移送公安机关", "send it to the police once approved"), .hours(24),
        "行政执法机关移送涉嫌犯罪案件的规定")
    default:
      rule(
        code, Term("公安机关决定是否立案", "the police decide whether to file"), .calendarDays(3),
        "行政执法机关移送涉嫌犯罪案件的规定")
    }
  }

  private static func text(_ code: DeadlineRule.Code) -> DeadlineRule {
    switch code {
    case .circulate: rule(code, Term("会后送会签", "circulate minutes"), .workingDays(5), "机制约定")
    case .countersign:
      rule(code, Term("会签、核对", "countersign minutes, confirm an extract"), .workingDays(5), "机制约定")
    case .issueMinutes: rule(code, Term("定稿后印发", "issue minutes"), .workingDays(2), "机制约定")
    case .resolution: rule(code, Term("议定事项", "carry out a resolution"), .calendarDays(20), "督查惯例")
    case .compileReport:
      rule(
        code, Term("报送法治政府建设年度报告", "compile the annual report"), .yearly(month: 3, day: 1), "督察工作规定"
      )
    default:
      rule(
        code, Term("公布法治政府建设年度报告", "publish the annual report"), .yearly(month: 4, day: 1), "督察工作规定"
      )
    }
  }

  private static func sanction(_ code: DeadlineRule.Code) -> DeadlineRule {
    let basis = "公职人员政务处分法第8条、第15条"
    return switch code {
    case .warningEnds:
      rule(code, Term("警告期满", "a warning ends"), .monthsToTheDay(6), basis, .term)
    case .demeritEnds:
      rule(code, Term("记过期满", "a demerit ends"), .monthsToTheDay(12), basis, .term)
    case .majorDemeritEnds:
      rule(code, Term("记大过期满", "a major demerit ends"), .monthsToTheDay(18), basis, .term)
    default:
      rule(
        code, Term("降级、撤职期满", "a demotion or removal ends"), .monthsToTheDay(24), basis, .term)
    }
  }

  private static func rule(
    _ code: DeadlineRule.Code, _ event: Term, _ period: DeadlineRule.Period, _ basis: String,
    _ nature: DeadlineRule.Nature = .duty, warning: DeadlineRule.Period? = nil
  ) -> DeadlineRule {
    DeadlineRule(
      code: code, event: event, period: period, basis: basis, warning: warning, nature: nature)
  }
}
