/// One row of the table of results that are no step of a discipline body: who records a kind where.
///
/// The results of a discipline body stand in its machine; that an item is rectified is computed
/// from the item, so nobody records it.
package struct ResultRule: Sendable {
  /// The kind.
  package let kind: ResultKind
  /// The kinds of dossier it may stand in.
  package let dossiers: Set<DossierKind>
  /// The kinds of agency that may record it.
  package let authors: Set<AgencyKind>
  /// Whether the home of the dossier alone may.
  package let isHome: Bool
  /// The roles; where a course has a row for the kind, those of the row.
  package let roles: Roles

  /// The whole table.
  package static let table: [ResultRule] = [
    ResultRule(.petitionClosed, in: [.petition]),
    ResultRule(.performed, in: [.enforcement], by: [.court]),
    ResultRule(.score, in: [.assessment], by: [.partyOffice, .justice], isHome: true),
    ResultRule(
      .survey, in: [.report, .assessment, .plan], by: [.partyOffice, .justice], isHome: true),
    ResultRule(.designation, in: [.demonstration], by: [.partyOffice, .justice], isHome: true),
    ResultRule(.training, in: [.expertPool, .plan], isHome: true),
    ResultRule(.deployed, in: [.expertPool], isHome: true),
  ]

  private static let rows = Dictionary(uniqueKeysWithValues: table.map { ($0.kind, $0) })

  /// The row for a kind; nil for those of a discipline body and for what is computed.
  package static func row(for kind: ResultKind) -> ResultRule? { rows[kind] }

  private init(
    _ kind: ResultKind, in dossiers: Set<DossierKind>,
    by authors: Set<AgencyKind> = Set(AgencyKind.allCases), isHome: Bool = false
  ) {
    self.kind = kind
    self.dossiers = dossiers
    self.authors = authors
    self.isHome = isHome
    roles = Roles([.sectionHead, .deputy, .head])
  }
}
