extension Machines {
  private static let chiefs = Roles([.deputy, .head])
  private static let leads = Roles([.sectionHead, .deputy])

  /// A letter or visit of the public (SM6).
  package static let petition = Course(
    machine: Machine(
      name: "SM6", term: Term("信访", "petition"),
      arbiter: "The receiving agency, which is the home, says whether it is accepted or whose it "
        + "is; from then on the agency it was given to decides, until it objects, closes it or "
        + "leaves the dossier. What it has not begun to handle the home may take back.",
      rules: [
        step(
          .accepted, from: [.registered, .objected], by: .home, roles: Roles([.sectionHead])),
        step(
          .transferred, from: [.registered, .objected], by: .home, roles: leads,
          needs: [.namesHandler]),
        step(.registered, from: [.transferred], by: .home, roles: leads, needs: [.note]),
        step(
          .notAccepted, from: [.registered, .objected], by: .home, roles: leads,
          needs: [.declineReason]),
        step(
          .guided, from: [.registered, .objected], by: .home, roles: Roles([.sectionHead]),
          needs: [.note]),
        step(
          .objected, from: [.transferred], by: .handler, roles: Roles([.sectionHead]),
          needs: [.note]),
        step(
          .handling, from: [.accepted, .transferred], by: .handler,
          roles: Roles([.handler, .sectionHead])),
        step(
          .extended, from: [.handling], by: .handler, roles: chiefs, needs: [.reason, .dueDate]),
        step(
          .opinionIssued, from: [.handling, .extended], by: .handler, roles: leads,
          needs: [.cites(.handlingOpinion)]),
        Rule(
          .result(.petitionClosed), from: [.opinionIssued], to: .moves(.closed), by: .handler,
          roles: Roles([.sectionHead, .deputy, .head])),
        step(
          .review, from: [.closed], by: .home,
          roles: Roles([.registry, .handler, .sectionHead])),
        step(
          .reexamination, from: [.review], by: .home,
          roles: Roles([.registry, .handler, .sectionHead])),
        step(
          .finalized, from: [.review, .reexamination], by: .home, roles: chiefs, needs: [.note]),
        archive(from: [.notAccepted, .guided, .closed, .finalized]),
        reopen(as: .registered),
      ]), begins: .registered)
}
