extension Machines {
  private static let heads = Roles([.head])
  private static let leads = Roles([.sectionHead, .deputy])

  /// What a contributor says to figures that it was sent: its last word on this very text.
  private static func confirmation(from: [Stage]) -> [Rule<Stage>] {
    [
      Rule(
        .stage(.confirmed), from: from, to: .stays, by: .contributor,
        roles: Roles([.deputy, .head]), needs: [.textHash]),
      Rule(
        .stage(.disputed), from: from, to: .stays, by: .contributor,
        roles: Roles([.deputy, .head]), needs: [.textHash, .note]),
    ]
  }

  private static let correction = step(
    .corrected, from: [.published, .corrected], by: .author, roles: heads,
    needs: [.cites(.correctionNotice)])

  /// Figures that their contributors confirm before they are published (SM10).
  package static let figures = Course(
    machine: Machine(
      name: "SM10", term: Term("公布的数字、对账单、制度", "published figures, statements, instruments"),
      arbiter: "The author publishes; each contributor answers for its own extract, by the hash.",
      rules: confirmation(from: [.compiled, .reconciled, .published, .corrected]) + [
        step(
          .reconciled, from: [.compiled], by: .author, roles: leads, needs: [.allConfirmed]),
        step(.published, from: [.reconciled], by: .author, roles: heads),
        correction,
      ]), begins: .compiled)

  /// The lines of an assessment, which a unit confirms or objects to without stopping it (SM10).
  package static let assessment = Course(
    machine: Machine(
      name: "SM10a", term: Term("考核评分", "assessment"),
      arbiter: "The author; each unit says for itself whether its lines are right.",
      rules: confirmation(from: [.compiled, .published, .corrected]) + [
        step(.published, from: [.compiled], by: .author, roles: heads),
        correction,
      ]), begins: .compiled)

  /// The plan of a year, whose very text those above approve; who is to join says whether it will.
  ///
  /// A text that replaces it is another plan, and has to be approved again.
  package static let plan = Course(
    machine: Machine(
      name: "SM5p", term: Term("年度计划", "plan of the year"),
      arbiter: "The author, which records what those above approved; each addressee says for "
        + "itself whether it agrees.",
      rules: confirmation(from: [.compiled, .approved]) + [
        step(.approved, from: [.compiled], by: .author, roles: leads, needs: [.approval])
      ]), begins: .compiled)

  /// An expert of the pool (SM9).
  package static let expert = Course(
    machine: Machine(
      name: "SM9", term: Term("人才", "expert"),
      arbiter: "The expert's own agency approves each secondment in one chain; the manager of the "
        + "pool, to whom the nomination is addressed, takes in, asks and evaluates.",
      rules: [
        step(
          .inPool, from: [.nominated, .removed], by: .addressee, roles: Roles([.deputy])),
        step(
          .requested, from: [.inPool, .declined, .returned, .evaluated], by: .addressee,
          roles: leads, needs: [.period, .cites(.secondmentRequest)]),
        Rule(
          .stage(.requested), from: [.requested, .approved, .deployed], to: .stays,
          by: .addressee, roles: leads, needs: [.period, .cites(.secondmentRequest)]),
        step(
          .approved, from: [.requested, .approved, .returned, .evaluated], by: .author,
          roles: heads,
          needs: [.citesRequest, .noOverlap]),
        Rule(
          .stage(.approved), from: [.deployed], to: .stays, by: .author, roles: heads,
          needs: [.citesRequest, .noOverlap]),
        step(
          .declined, from: [.requested], by: .author, roles: heads, needs: [.citesRequest, .note]),
        Rule(
          .stage(.declined), from: [.approved, .deployed, .returned, .evaluated], to: .stays,
          by: .author, roles: heads, needs: [.citesRequest, .note]),
        step(
          .deployed, from: [.approved, .returned, .evaluated], by: .author, roles: leads,
          needs: [.citesApproval]),
        step(.returned, from: [.deployed], by: .author, roles: leads),
        step(.evaluated, from: [.returned], by: .addressee, roles: leads, needs: [.note]),
        step(
          .removed, from: [.nominated, .inPool, .declined, .returned, .evaluated],
          by: .authorOrAddressee, roles: Roles([.deputy, .head]), needs: [.note]),
      ]), begins: .nominated)
}
