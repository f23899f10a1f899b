extension Machines {
  private static let open: [ItemState] = [
    .issued, .acknowledged, .planned, .reported, .rejected, .reopened,
  ]

  /// A tracked item: finding, direction, resolution or opinion (SM4).
  package static let item = Machine<ItemState>(
    name: "SM4", term: Term("事项整改销号", "tracked item"),
    arbiter: "The issuer. What the unit writes is shown at once and decides nothing. An item ends "
      + "with its document, which a later version supersedes or its author revokes.",
    rules: [
      Rule(
        .verb(.acknowledge), from: [.issued, .reopened], to: .moves(.acknowledged), by: .unit,
        roles: Roles([.handler, .registry, .sectionHead])),
      Rule(
        .verb(.plan), from: [.issued, .acknowledged, .planned, .rejected, .reopened],
        to: .moves(.planned), by: .unit, roles: Roles([.sectionHead, .head]), needs: [.note]),
      Rule(
        .verb(.report), from: open, to: .moves(.reported), by: .unit, roles: Roles([.head]),
        needs: [.note]),
      Rule(
        .verb(.requestExtension), from: open, to: .stays, by: .unit,
        roles: Roles([.sectionHead, .head]), needs: [.reason, .dueDate]),
      Rule(
        .verb(.grant), from: open, to: .stays, by: .issuer, roles: Roles([.sectionHead, .deputy]),
        needs: [.citesExtension, .dueDate]),
      Rule(
        .verb(.deny), from: open, to: .stays, by: .issuer, roles: Roles([.sectionHead, .deputy]),
        needs: [.citesExtension]),
      Rule(
        .verb(.dispute), from: open, to: .stays, by: .unit, roles: Roles([.head]), needs: [.note]),
      Rule(
        .verb(.uphold), from: open + [.passed], to: .moves(.cancelled), by: .issuer,
        roles: Roles([.deputy]), needs: [.citesDispute, .note]),
      Rule(
        .verb(.dismissDispute), from: open + [.passed, .signedOff], to: .stays, by: .issuer,
        roles: Roles([.deputy]), needs: [.citesDispute, .note]),
      Rule(
        .verb(.pass), from: [.reported], to: .moves(.passed), by: .issuer,
        roles: Roles([.sectionHead]), needs: [.citesReport]),
      Rule(
        .verb(.reject), from: [.reported], to: .moves(.rejected), by: .issuer,
        roles: Roles([.sectionHead]), needs: [.citesReport, .reason]),
      Rule(
        .verb(.signOff), from: [.passed], to: .moves(.signedOff), by: .issuer,
        roles: Roles([.deputy]), needs: [.noOpenDispute]),
      Rule(
        .verb(.reopen), from: [.signedOff], to: .moves(.reopened), by: .issuer,
        roles: Roles([.deputy]), needs: [.note]),
      Rule(
        .verb(.reassign), from: open, to: .moves(.issued), by: .issuer, roles: Roles([.deputy]),
        needs: [.namesUnit, .note]),
      Rule(
        .verb(.cancel), from: open + [.passed], to: .moves(.cancelled), by: .issuer,
        roles: Roles([.deputy]), needs: [.note]),
      Rule(
        .verb(.prolong), from: open, to: .stays, by: .issuer, roles: Roles([.deputy]),
        needs: [.laterDueDate, .note]),
      urge(.reminder, roles: Roles([.handler, .sectionHead, .deputy, .head])),
      urge(.urging, roles: Roles([.handler, .sectionHead, .deputy, .head])),
      urge(.letter, roles: Roles([.deputy, .head])),
      urge(.talk, roles: Roles([.head])),
      urge(.circular, roles: Roles([.head])),
    ])

  private static func urge(_ level: SupervisionLevel, roles: Roles) -> Rule<ItemState> {
    Rule(.level(level), from: open, to: .stays, by: .issuerOrWatcher, roles: roles)
  }

  /// One version of minutes (SM7).
  package static let minutes = Machine<MinutesState>(
    name: "SM7", term: Term("会议纪要", "minutes"),
    arbiter: "The convenor decides which version stands; each member answers for itself alone, "
      + "and an answer binds one text by its hash.",
    rules: [
      Rule(
        .version, from: [.circulated, .replaced, .issued], to: .moves(.replaced), by: .convenor,
        roles: Roles([.deputy, .head]), needs: [.drafterIsNotSigner]),
      Rule(
        .verb(.countersign), from: [.circulated], to: .stays, by: .requiredMember,
        roles: Roles([.deputy]), needs: [.textHash]),
      Rule(
        .verb(.abstain), from: [.circulated], to: .stays, by: .requiredMember,
        roles: Roles([.deputy]), needs: [.textHash]),
      Rule(
        .verb(.object), from: [.circulated, .finalized, .issued], to: .stays, by: .requiredMember,
        roles: Roles([.deputy]), needs: [.textHash, .note]),
      Rule(
        .verb(.lapse), from: [.circulated, .replaced], to: .stays, by: .convenor,
        roles: Roles([.deputy]), needs: [.textHash, .namesSilentMembers]),
      Rule(
        .verb(.finalize), from: [.circulated, .replaced], to: .moves(.finalized), by: .convenor,
        roles: Roles([.deputy]), needs: [.textHash, .allAnswered]),
      Rule(
        .verb(.issue), from: [.finalized], to: .moves(.issued), by: .convenor,
        roles: Roles([.registry]), needs: [.textHash, .number]),
    ])

  /// A result of a deciding body.
  package static let result = Machine<ResultState>(
    name: "R", term: Term("结果", "result"), arbiter: "The body that recorded it.",
    rules: [
      Rule(
        .verb(.revoke), from: [.valid], to: .moves(.revoked), by: .author,
        roles: Roles([.head, .caseOffice]), needs: [.note]),
      Rule(
        .supersede, from: [.valid], to: .moves(.revised), by: .author,
        roles: Roles([.head, .caseOffice]), needs: [.note]),
    ])

  /// Membership of a dossier, where the states are the kinds of dossier.
  package static let membership = Machine<DossierKind>(
    name: "M", term: Term("知悉范围", "membership"),
    arbiter: "The home. The effect comes from the statement in the same change set; the act says "
      + "who did it and why. An exclude counts even where the act is void.",
    rules: [
      Rule(
        .verb(.admit), from: DossierKind.allCases, to: .stays, by: .home,
        roles: Roles([.deputy, .security]), needs: [.grantsNamed]),
      Rule(
        .verb(.exclude), from: DossierKind.allCases, to: .stays, by: .homeOrAddressee,
        roles: Roles([.deputy, .security]), needs: [.excludesNamed]),
      Rule(
        .verb(.end), from: DossierKind.allCases, to: .stays, by: .home,
        roles: Roles([.deputy, .security]), needs: [.endsNamed]),
    ])

  /// What ties clues and dossiers together, where the states are the kinds of dossier.
  package static let links = Machine<DossierKind>(
    name: "L", term: Term("管辖、合并、关联", "competence, merging, relating"),
    arbiter: "The common superior says which body is competent; the body that holds both clues "
      + "merges them, in the dossier that ends.",
    rules: [
      Rule(
        .verb(.assignCompetence), from: [.clue], to: .stays, by: .superior,
        roles: Roles([.deputy]), needs: [.competenceOpen, .namesHolder]),
      Rule(
        .verb(.merge), from: [.clue], to: .stays, by: .holder, roles: Roles([.caseOffice]),
        needs: [.namesRecord]),
      Rule(
        .verb(.relate), from: DossierKind.allCases, to: .stays, by: .member,
        roles: Roles([.handler, .sectionHead, .caseOffice]), needs: [.namesRecord]),
    ])
}
