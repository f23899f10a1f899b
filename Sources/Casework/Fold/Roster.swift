package import Ledger

/// What judging a record asks of the directory, at the entry that its change set names.
///
/// An entry never says anything else later, so a judgement that rests on it never changes.
package protocol Roster {
  /// The kind of an agency; nil when the directory does not know it there.
  func kind(of agency: AgencyCode, at entry: ChangeSetID) -> AgencyKind?
  /// The people of an agency.
  func people(of agency: AgencyCode, at entry: ChangeSetID) -> [Person]
  /// The agency whose node keeps its replica: itself, or its host.
  func host(of agency: AgencyCode, at entry: ChangeSetID) -> AgencyCode
}

extension Roster {
  /// Whether a person holds a role for an agency, directly or at the host that records for it.
  func holds(
    _ person: RecordID, _ role: Role, for agency: AgencyCode, recordedBy host: AgencyCode?,
    at entry: ChangeSetID
  ) -> Bool {
    if let host {
      guard host != agency, self.host(of: agency, at: entry) == host else { return false }
      return holds(person, role, in: host, at: entry)
    }
    return holds(person, role, in: agency, at: entry)
  }

  private func holds(
    _ person: RecordID, _ role: Role, in agency: AgencyCode, at entry: ChangeSetID
  ) -> Bool {
    people(of: agency, at: entry).contains {
      $0.id == person && !$0.ended
        && Set($0.roles.compactMap(Role.init(rawValue:))).lawful.contains(role)
    }
  }
}
