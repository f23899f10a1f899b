/// What is left to say who belongs to a dossier of whose log a part is lost.
///
/// The part that is lost may be what put somebody out, or what made a grant, a disclosure or an
/// exclude worth something else. A store notes here who belonged to the dossier when everything was
/// there; whoever is given something by such a graph must be allowed it by both: doubt closes.
package struct LogHole: Hashable, Sendable {
  /// Who was a member.
  package let members: Set<AgencyCode>
  /// Who was excluded.
  package let excluded: Set<AgencyCode>

  /// Notes who belonged to the dossier.
  package init(members: Set<AgencyCode>, excluded: Set<AgencyCode>) {
    self.members = members
    self.excluded = excluded
  }
}
