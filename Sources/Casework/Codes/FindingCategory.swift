/// What a finding of an inspection is about (问题类别); the `category` of a finding.
///
/// An office adds its own words to these, so a record may have any text, and none is void for it.
package enum FindingCategory: String, CodeTable {
  case leadership, majorDecision, legalityReview, threeSystems, irregularEnforcement
  case effectiveJudgment, procuratorialReply, reconsiderationDecision, businessEnvironment
  case courtLiaison, legalPublicity, ecology, roadTransport

  /// The words people see for the category.
  package var term: Term {
    switch self {
    case .leadership: Term("党政主要负责人履职", "duties of the party and government heads")
    case .majorDecision: Term("重大行政决策", "major administrative decision")
    case .legalityReview: Term("规范性文件合法性审核", "legality review of normative documents")
    case .threeSystems: Term("行政执法三项制度", "the three systems of law enforcement")
    case .irregularEnforcement: Term("执法不规范", "irregular law enforcement")
    case .effectiveJudgment: Term("履行生效裁判", "carrying out effective judgments")
    case .procuratorialReply: Term("检察建议回复", "reply to procuratorial recommendations")
    case .reconsiderationDecision: Term("复议决定履行", "carrying out decisions of reconsideration")
    case .businessEnvironment: Term("营商环境", "business environment")
    case .courtLiaison: Term("府院联动", "liaison of courts and government")
    case .legalPublicity: Term("普法责任", "duty of legal publicity")
    case .ecology: Term("生态保护(长江保护法)", "ecology (Yangtze River Protection Law)")
    case .roadTransport: Term("道路运输执法", "road transport enforcement")
    }
  }
}
