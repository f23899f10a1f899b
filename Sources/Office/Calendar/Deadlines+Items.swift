package import Casework
package import Ledger

extension Deadlines {
  /// A tracked item, as far as due dates depend on it.
  package struct Tracked: Sendable {
    /// Its kind.
    package var kind: ItemKind
    /// The form of the document that carries it.
    package var form: DocumentForm?
    /// Who issued it.
    package var issuer: AgencyCode
    /// Who is responsible.
    package var unit: AgencyCode?
    /// Where it stands.
    package var state: ItemState
    /// The date of the document.
    package var issuedOn: CivilDate
    /// The date that the item, an extension or the long-term list states.
    package var stated: CivilDate?
    /// The last report.
    package var reportedOn: CivilDate?
    /// The first dispute that is not decided.
    package var disputedOn: CivilDate?
    /// The first request for more time that is not decided.
    package var askedOn: CivilDate?
    /// Whether it is on the long-term list.
    package var isLongTerm = false

    /// Describes an item; what is not known stays nil.
    package init(
      kind: ItemKind, form: DocumentForm? = nil, issuer: AgencyCode, unit: AgencyCode?,
      state: ItemState, issuedOn: CivilDate
    ) {
      self.kind = kind
      self.form = form
      self.issuer = issuer
      self.unit = unit
      self.state = state
      self.issuedOn = issuedOn
    }

    /// Since when the unit waits for the issuer: for a conclusion, or for an answer.
    var waitsSince: CivilDate? {
      let report = state == .reported ? reportedOn : nil
      return [report, disputedOn, askedOn].compactMap(\.self).min()
    }
  }

  /// What is due of an item: of its unit the plan and the report, of its issuer the answers.
  package func duties(of item: Tracked) -> [Duty] {
    var duties: [Duty] = []
    if let unit = item.unit {
      let waiting = item.waitsSince.map { Duty.Waiting(on: item.issuer, since: $0) }
      if isUnplanned(item) {
        duties.append(Duty(due(.planRectification, from: item.issuedOn), unit, waiting: waiting))
      }
      let report = report(
        of: item.kind, in: item.form, state: item.state, stated: item.stated,
        issuedOn: item.issuedOn)
      if let report { duties.append(Duty(report, unit, waiting: waiting)) }
      if item.kind == .finding, item.state.isOpen, item.disputedOn == nil {
        duties.append(Duty(due(.dispute, from: item.issuedOn), unit))
      }
    }
    if let conclusion = conclusion(state: item.state, reportedOn: item.reportedOn) {
      duties.append(Duty(conclusion, item.issuer))
    }
    if let disputed = item.disputedOn {
      duties.append(Duty(due(.decideDispute, from: disputed), item.issuer))
    }
    return duties
  }

  private func isUnplanned(_ item: Tracked) -> Bool {
    guard item.kind == .finding, !item.isLongTerm else { return false }
    return item.state == .issued || item.state == .acknowledged
  }
}
