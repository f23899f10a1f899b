/// What kind of paper a document is (文书种类).
package enum DocumentForm: String, CodeTable {
  case instrument, annualPlan, inspectionNotice, teamOrder, inspectionReport, feedback
  case rectificationNotice, rectificationPlan, rectificationReport, onSiteAssignment
  case supervisionLetter, reminder, assistanceRequest, report, bulletin, typicalCase
  case accountabilityProposal, reviewDecision, invitation, channelNotice
  case acceptanceNotice, handlingOpinion, secondmentRequest, nomination
  case leadSupply, referral, supplementLetter, receipt, returnLetter, sheet
  case meetingNotice, minutes, position, conclusion
  case supervisoryRecommendation, procuratorialRecommendation, reconsiderationOpinion
  case policeReferral
  case assessment, annualReport, correctionNotice, statement, recordedPaper

  /// The words people see for the form.
  package var term: Term { rule.term }

  /// The row of the form table for this form.
  package var rule: FormRule { FormRule.row(for: self) }
}

/// One series of document numbers inside an agency (文号系列).
///
/// Numbers of a series are gapless per agency and year; the agency's own word stands before the
/// mark, as in `样法办函〔2023〕7号`.
package enum NumberGroup: String, CodeTable {
  case letter, supervision, notice, report, instrument, plan, recommendation, decision, minutes

  /// The words people see for the series.
  package var term: Term {
    switch self {
    case .letter: Term("函", "letters")
    case .supervision: Term("督办", "supervision letters")
    case .notice: Term("通知", "notices")
    case .report: Term("报告", "reports")
    case .instrument: Term("制度文件", "instruments")
    case .plan: Term("计划", "plans")
    case .recommendation: Term("建议", "recommendations")
    case .decision: Term("决定", "decisions")
    case .minutes: Term("纪要", "minutes")
    }
  }

  /// The characters between the agency's word and the year.
  package var mark: String {
    switch self {
    case .letter: "办函"
    case .supervision: "督"
    case .notice: "办通"
    case .report: "办报"
    case .instrument: "办发"
    case .plan: "办计"
    case .recommendation: "建"
    case .decision: "决"
    case .minutes: "纪要"
    }
  }
}

/// One row of the form table: who drafts a form, who gets it, how it is numbered, where it lives.
package struct FormRule: Sendable {
  /// The form.
  package let form: DocumentForm
  /// The words people see for it.
  package let term: Term
  /// The kinds of agency that may author it.
  package let drafters: Set<AgencyKind>
  /// The kinds of agency it may be addressed to; copies go to anybody.
  package let addressees: Set<AgencyKind>
  /// Whether it must name at least one addressee.
  package let isAddressed: Bool
  /// The number series.
  package let group: NumberGroup
  /// The kinds of dossier it may stand in.
  package let dossiers: Set<DossierKind>
  /// The kinds of item it may carry.
  package let items: Set<ItemKind>
  /// Whether it draws a number when it is issued.
  package let isNumbered: Bool
  /// The name of the print template.
  package let template: String

  /// The whole table, in the order of the forms.
  package static let table: [FormRule] = FormTable.rows

  /// The row for a form.
  package static func row(for form: DocumentForm) -> FormRule { FormTable.row(form) }
}
