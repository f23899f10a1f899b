/// The machines of the casework model, each one table of step and state.
package enum Machines {
  private static let deputies = Roles([.deputy, .head])
  private static let sectionHeads = Roles([.sectionHead])
  private static let intake = Roles([.sectionHead], discipline: [.caseOffice])
  private static let registry = Roles([.registry])
  private static let caseOffice = Roles([.caseOffice])
  private static let recorders = Roles([.head, .caseOffice])

  /// A document from draft to issue, and after (SM1).
  package static let document = Machine<DocumentState>(
    name: "SM1", term: Term("文书", "document"),
    arbiter: "The author; everything up to issue happens inside its node.",
    rules: [
      Rule(.draft, from: [.draft], to: .stays, by: .author, roles: Roles([.handler])),
      Rule(
        .submit, from: [.draft], to: .moves(.submitted), by: .author, roles: Roles([.handler])),
      Rule(
        .review, from: [.submitted], to: .moves(.reviewed), by: .author, roles: sectionHeads),
      Rule(
        .sendBack, from: [.submitted, .reviewed], to: .moves(.draft), by: .author,
        roles: Roles([.sectionHead, .deputy, .head]), needs: [.note]),
      Rule(
        .sendBack, from: [.signed], to: .moves(.draft), by: .author, roles: deputies,
        needs: [.note]),
      Rule(
        .sign, from: [.submitted, .reviewed], to: .moves(.signed), by: .author, roles: deputies,
        needs: [.drafterIsNotSigner]),
      Rule(
        .verb(.issue), from: [.signed], to: .moves(.issued), by: .author, roles: registry,
        needs: [.number]),
      Rule(
        .supersede, from: [.issued], to: .moves(.superseded), by: .author, roles: deputies),
      Rule(
        .verb(.revoke), from: [.issued], to: .moves(.revoked), by: .author, roles: deputies,
        needs: [.note]),
    ])

  /// A document at one addressee (SM2).
  package static let referral = Machine<ReferralState>(
    name: "SM2", term: Term("移送、收文", "referral at one addressee"),
    arbiter: "The addressee. A request of the sender moves nothing; the addressee's last lawful "
      + "act on the fate stands.",
    rules: [
      Rule(
        .verb(.receive), from: [.sent], to: .moves(.received), by: .addressee, roles: registry),
      Rule(
        .verb(.note), from: [.copied], to: .moves(.noted), by: .copyAddressee,
        roles: Roles([.registry, .handler])),
      Rule(
        .verb(.accept), from: [.received, .split], to: .byPoints, by: .addressee, roles: intake,
        needs: [.pointsOpen]),
      Rule(
        .verb(.return), from: [.received, .split], to: .byPoints, by: .addressee,
        roles: Roles([.sectionHead, .deputy], discipline: [.sectionHead, .caseOffice, .deputy]),
        needs: [.reason, .noStandingResult, .pointsOpen]),
      Rule(
        .verb(.return), from: [.accepted], to: .byPoints, by: .addressee, roles: Roles([.deputy]),
        needs: [.reason, .noStandingResult, .pointsOpen]),
      Rule(
        .verb(.forward), from: [.received, .split, .accepted], to: .byPoints, by: .addressee,
        roles: deputies, needs: [.namesAgencies, .noStandingResult, .pointsOpen]),
      Rule(
        .verb(.requestWithdraw), from: [.sent, .received], to: .stays, by: .sender,
        roles: deputies),
      Rule(
        .verb(.agreeWithdraw), from: [.sent, .received], to: .moves(.withdrawn), by: .addressee,
        roles: Roles([.sectionHead, .deputy], discipline: [.caseOffice]),
        needs: [.withdrawRequest], mayBeAutomatic: true),
      Rule(
        .verb(.refuseWithdraw), from: [.sent, .received, .split, .accepted, .returned, .forwarded],
        to: .stays, by: .addressee,
        roles: Roles([.sectionHead, .deputy], discipline: [.caseOffice]),
        needs: [.withdrawRequest]),
      Rule(
        .verb(.supplement), from: [.sent, .received, .split, .accepted], to: .stays, by: .sender,
        roles: Roles([.sectionHead, .deputy, .head]), needs: [.citesSupplement]),
      Rule(
        .verb(.feedBack), from: [.split, .accepted], to: .closesWhenFinal(.closed),
        by: .addressee, roles: intake, needs: [.accepted]),
    ])

  /// A clue at a discipline body (SM3).
  package static let handling = Machine<HandlingStage>(
    name: "SM3", term: Term("线索处置", "clue at a discipline body"),
    arbiter: "The discipline body that accepted it.",
    rules: [
      disposal(.inquiry, from: [.registered, .inquiry], to: .inquiry),
      disposal(
        .verification, from: [.registered, .inquiry, .shelved], to: .verification),
      disposal(.shelved, from: [.registered, .verification], to: .shelved),
      disposal(
        .closed, from: [.registered, .inquiry, .shelved, .verification], to: .closed,
        needs: [.closeKind]),
      disposal(.firstForm, from: [.inquiry, .verification], to: .firstForm),
      finding(.caseFiled, from: [.verification], to: .moves(.filed)),
      disposal(.investigating, from: [.filed], to: .investigating),
      disposal(.trial, from: [.filed, .investigating], to: .trial),
      finding(
        .sanction, from: [.filed, .investigating, .trial, .decided, .executed],
        to: .moves(.decided), needs: [.filing, .personKey]),
      finding(
        .caseDismissed, from: [.filed, .investigating, .trial], to: .moves(.dismissed),
        needs: [.filing]),
      finding(
        .transferredForProsecution, from: [.filed, .investigating, .trial, .decided, .executed],
        to: .moves(.toProcuratorate), needs: [.filing]),
      finding(
        .accountability,
        from: [
          .verification, .firstForm, .closed, .filed, .investigating, .trial, .decided, .executed,
          .toProcuratorate,
        ], to: .stays),
      disposal(.executed, from: [.decided], to: .executed),
      disposal(.modified, from: [.decided, .executed], to: .decided),
    ])

  private static func disposal(
    _ disposition: Disposition, from: [HandlingStage], to: HandlingStage, needs: [Need] = []
  ) -> Rule<HandlingStage> {
    Rule(
      .disposition(disposition), from: from, to: .moves(to), by: .disciplineAddressee,
      roles: Roles([.head, .caseOffice]), needs: [.accepted] + needs)
  }

  private static func finding(
    _ kind: ResultKind, from: [HandlingStage], to: Rule<HandlingStage>.Outcome, needs: [Need] = []
  ) -> Rule<HandlingStage> {
    Rule(
      .result(kind), from: from, to: to, by: .disciplineAddressee, roles: recorders,
      needs: [.accepted] + needs)
  }
}
