/// What a dossier is about (卷宗类别).
package enum DossierKind: String, CodeTable {
  case inspection, campaign, upperFeedback, clue, petition, enforcement, issue, meeting
  case plan, advice, expertPool, assessment, demonstration, report, instrument, statement

  /// The words people see for the kind.
  package var term: Term {
    switch self {
    case .inspection: Term("督察", "inspection")
    case .campaign: Term("专项", "campaign")
    case .upperFeedback: Term("上级反馈", "feedback from above")
    case .clue: Term("线索", "clue")
    case .petition: Term("信访", "petition")
    case .enforcement: Term("执行个案", "enforcement case")
    case .issue: Term("疑难问题", "issue")
    case .meeting: Term("联席会议", "joint meeting")
    case .plan: Term("计划", "plan")
    case .advice: Term("监督意见", "supervisory advice")
    case .expertPool: Term("人才库", "expert pool")
    case .assessment: Term("考核", "assessment")
    case .demonstration: Term("示范创建", "demonstration bid")
    case .report: Term("统计年报", "annual statistics")
    case .instrument: Term("制度", "instrument")
    case .statement: Term("对账", "statement")
    }
  }

  /// The letters between agency code and year in a dossier's number, such as `XS` of a clue.
  package var numberMark: String {
    switch self {
    case .inspection: "DC"
    case .campaign: "ZX"
    case .upperFeedback: "FK"
    case .clue: "XS"
    case .petition: "XF"
    case .enforcement: "ZH"
    case .issue: "YN"
    case .meeting: "HY"
    case .plan: "JH"
    case .advice: "JD"
    case .expertPool: "RC"
    case .assessment: "KH"
    case .demonstration: "CJ"
    case .report: "NB"
    case .instrument: "ZD"
    case .statement: "DZ"
    }
  }
}

/// Which kind of oversight a matter comes from (监督类别).
package enum OversightKind: String, CodeTable {
  case ruleOfLaw, partyTour, government, discipline, judicial, enforcement, reconsideration
  case peoplesCongress, democratic, intraParty, `public`, industry, upper

  /// The words people see for the kind.
  package var term: Term {
    switch self {
    case .ruleOfLaw: Term("法治督察", "rule-of-law inspection")
    case .partyTour: Term("党委巡察", "party inspection tour")
    case .government: Term("政府督查", "government follow-up")
    case .discipline: Term("纪检监察监督", "discipline supervision")
    case .judicial: Term("司法监督", "judicial supervision")
    case .enforcement: Term("行政执法监督", "supervision of administrative enforcement")
    case .reconsideration: Term("行政复议", "administrative reconsideration")
    case .peoplesCongress: Term("人大监督", "people's congress")
    case .democratic: Term("民主监督", "democratic supervision")
    case .intraParty: Term("党内监督", "intra-party supervision")
    case .public: Term("群众监督", "the public")
    case .industry: Term("工商联、市场主体", "industry")
    case .upper: Term("上级交办", "assigned from above")
    }
  }
}

extension OversightKind {
  /// The seven kinds that the matrix always shows; the others stand in it where anything counts.
  package static let joined: [OversightKind] = [
    .ruleOfLaw, .partyTour, .government, .discipline, .judicial, .enforcement, .reconsideration,
  ]
}

extension AgencyKind {
  /// The kind of oversight that an agency of the kind exercises unless it says another; nil for a
  /// unit, which is overseen.
  package var oversight: OversightKind? {
    switch self {
    case .partyOffice: .ruleOfLaw
    case .disciplineBody: .discipline
    case .court, .procuratorate: .judicial
    case .justice: .enforcement
    case .federation: .industry
    case .unit: nil
    }
  }
}

extension DossierKind {
  /// Whether a dossier of the kind is a matter that comes from oversight and is taken up by it.
  package var isMatter: Bool {
    switch self {
    case .inspection, .campaign, .upperFeedback, .clue, .petition, .enforcement, .issue, .advice:
      true
    case .meeting, .plan, .expertPool, .assessment, .demonstration, .report, .instrument,
      .statement:
      false
    }
  }
}

/// How far a dossier may be known (密级); state secrets have no case on purpose.
///
/// Law on Guarding State Secrets, article 31(3): a system that is not classified never stores or
/// handles state secrets. The three levels are refused by name, see ``reading(_:)``.
package enum Classification: String, CodeTable {
  case `public`, `internal`, workSecret

  /// The words people see for the level.
  package var term: Term {
    switch self {
    case .public: Term("公开", "public")
    case .internal: Term("内部", "internal")
    case .workSecret: Term("工作秘密", "work secret")
    }
  }

  /// What a text that names a level turns out to be.
  package enum Reading: Equatable, Sendable {
    /// A level that this system may hold.
    case level(Classification)
    /// A state secret, with the level as its people call it: paper or a classified system only.
    case stateSecret(String)
    /// No known level.
    case unknown
  }

  /// Reads a level from its code or its Chinese name, telling state secrets apart.
  package static func reading(_ text: String) -> Reading {
    if let level = Classification(rawValue: text) { return .level(level) }
    if let level = allCases.first(where: { $0.term.zh == text }) { return .level(level) }
    for (name, code) in secrets
    where text.hasPrefix(name) || text.lowercased() == code.lowercased() {
      return .stateSecret(name)
    }
    return .unknown
  }

  /// The mark of a state secret that a text carries, as papers print it: `机密★10年`.
  ///
  /// The name of a level in running words is no mark, and 工作秘密 is no state secret.
  ///
  /// - Parameter text: the text, such as a title, a body or the name of a file.
  /// - Returns: the level as its people call it; nil where the text carries no mark.
  package static func stateSecretMark(in text: String) -> String? {
    for part in text.split(separator: "★", omittingEmptySubsequences: false).dropLast() {
      let marked = part.filter { !$0.isWhitespace }
      if let (name, _) = secrets.first(where: { marked.hasSuffix($0.0) }),
        !marked.hasSuffix(workSecret.term.zh)
      {
        return name
      }
    }
    return nil
  }

  private static let secrets = [
    ("绝密", "topSecret"), ("机密", "secret"), ("秘密", "confidential"),
  ]
}
