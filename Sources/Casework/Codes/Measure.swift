/// The class of a measure against a person or a body (措施类别).
package enum MeasureClass: String, CodeTable {
  case party, governmental, organisational, accountability, firstForm, judicial

  /// The words people see for the class.
  package var term: Term {
    switch self {
    case .party: Term("党纪处分", "party sanction")
    case .governmental: Term("政务处分", "governmental sanction")
    case .organisational: Term("组织处理", "organisational measure")
    case .accountability: Term("问责", "accountability")
    case .firstForm: Term("第一种形态", "first form of discipline")
    case .judicial: Term("移送司法", "judicial")
    }
  }

  /// Whether a measure of this class makes one person-time (人次) in the published figures.
  ///
  /// A formal admonition, a circulated criticism and education count no one (统计口径第 1 版).
  package var countsPerson: Bool {
    switch self {
    case .party, .governmental, .organisational: true
    case .accountability, .firstForm, .judicial: false
    }
  }

  /// The measures of the class, each with its code and words, in ascending severity.
  package var values: [(code: String, term: Term)] {
    switch self {
    case .party:
      [
        ("warning", Term("警告", "warning")),
        ("seriousWarning", Term("严重警告", "serious warning")),
        ("removalFromPartyPosts", Term("撤销党内职务", "removal from party posts")),
        ("probation1", Term("留党察看一年", "probation within the party, one year")),
        ("probation2", Term("留党察看两年", "probation within the party, two years")),
        ("expulsion", Term("开除党籍", "expulsion from the party")),
        ("reorganised", Term("改组", "party body reorganised")),
        ("dissolved", Term("解散", "party body dissolved")),
      ]
    case .governmental:
      [
        ("warning", Term("警告", "warning")),
        ("demerit", Term("记过", "demerit")),
        ("majorDemerit", Term("记大过", "major demerit")),
        ("demotion", Term("降级", "demotion")),
        ("removal", Term("撤职", "removal from post")),
        ("discharge", Term("开除", "discharge")),
      ]
    case .organisational:
      [
        ("suspendedForInspection", Term("停职检查", "suspended for inspection")),
        ("transferred", Term("平职调整", "transferred at the same rank")),
        ("movedToRank", Term("转任职级公务员", "moved to a non-leading rank")),
        ("toldToResign", Term("责令辞职", "told to resign")),
        ("dismissed", Term("免职", "dismissed from post")),
        ("lowered", Term("降职", "lowered in post")),
        ("retiredEarly", Term("提前退休", "retired early")),
      ]
    case .accountability:
      [
        ("selfCriticism", Term("检查", "self-criticism")),
        ("circulated", Term("通报", "circulated criticism")),
        ("formalAdmonition", Term("诫勉", "formal admonition")),
        ("reorganised", Term("改组", "reorganised")),
      ]
    case .firstForm:
      [
        ("reminderTalk", Term("谈话提醒", "reminder talk")),
        ("education", Term("批评教育", "criticism and education")),
        ("selfCriticism", Term("责令检查", "told to make a self-criticism")),
        ("formalAdmonition", Term("诫勉", "formal admonition")),
      ]
    case .judicial:
      [("transferred", Term("移送司法", "transferred to the judiciary"))]
    }
  }
}
