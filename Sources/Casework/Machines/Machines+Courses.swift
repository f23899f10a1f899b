extension Machines {
  private static let archivist = Roles([.registry])
  private static let chiefs = Roles([.deputy, .head])
  private static let heads = Roles([.head])
  private static let leads = Roles([.sectionHead, .deputy])

  static func step(
    _ stage: Stage, from: [Stage], by: Party, roles: Roles, needs: [Need] = []
  ) -> Rule<Stage> {
    Rule(.stage(stage), from: from, to: .moves(stage), by: by, roles: roles, needs: needs)
  }

  static func archive(from: [Stage]) -> Rule<Stage> {
    step(.archived, from: from, by: .home, roles: archivist, needs: [.itemsSettled])
  }

  /// Opens an archived dossier again; its home alone may.
  static func reopen(as stage: Stage, from: [Stage] = [.archived]) -> Rule<Stage> {
    step(stage, from: from, by: .home, roles: chiefs, needs: [.note])
  }

  /// An inspection or a campaign (SM5).
  package static let inspection = Course(
    machine: Machine(
      name: "SM5", term: Term("督察、专项", "inspection, campaign"),
      arbiter: "The lead agency, which is the home of the dossier.",
      rules: [
        step(.approved, from: [.planned], by: .home, roles: leads, needs: [.approval]),
        step(
          .noticed, from: [.approved], by: .home, roles: leads,
          needs: [.cites(.inspectionNotice)]),
        step(
          .underway, from: [.noticed], by: .home, roles: Roles([.handler, .sectionHead]),
          needs: [.inspectionMode]),
        step(.reportDrafted, from: [.underway], by: .home, roles: Roles([.sectionHead])),
        step(
          .reportApproved, from: [.reportDrafted], by: .home, roles: chiefs,
          needs: [.cites(.inspectionReport)]),
        step(
          .fedBack, from: [.reportApproved], by: .home, roles: leads, needs: [.cites(.feedback)]),
        step(.rectifying, from: [.fedBack], by: .home, roles: Roles([.handler, .sectionHead])),
        step(.completed, from: [.rectifying], by: .home, roles: chiefs, needs: [.itemsSettled]),
        archive(from: [.completed]),
        reopen(as: .rectifying, from: [.completed, .archived]),
      ]), begins: .planned)

  /// A case of enforcement against a party or government body (SM8).
  package static let enforcement = Course(
    machine: Machine(
      name: "SM8", term: Term("执行个案", "enforcement case"),
      arbiter: "The court that listed it decides what is performed and how it ends; the home names "
        + "who follows it and closes the dossier; the debtor says its plan.",
      rules: [
        step(
          .assigned, from: [.listed, .assigned, .planAgreed], by: .home, roles: leads,
          needs: [.namesHandler]),
        step(
          .planAgreed, from: [.assigned, .planAgreed], by: .handler,
          roles: Roles([.sectionHead, .deputy, .head]), needs: [.note]),
        Rule(
          .result(.performed), from: [.listed, .assigned, .planAgreed, .performing],
          to: .moves(.performing), by: .court, roles: Roles([.sectionHead]), needs: [.amount]),
        step(.performed, from: [.performing], by: .court, roles: leads),
        step(
          .settled, from: [.listed, .assigned, .planAgreed, .performing], by: .court,
          roles: leads, needs: [.note]),
        step(
          .terminated, from: [.listed, .assigned, .planAgreed, .performing], by: .court,
          roles: leads, needs: [.note]),
        step(
          .closed, from: [.performed, .settled, .terminated], by: .home,
          roles: Roles([.deputy])),
        archive(from: [.closed]),
        reopen(as: .performing, from: [.closed, .archived]),
      ]), begins: .listed)

  /// A difficult question put to several agencies; each writes its own position (SM7).
  package static let issue = Course(
    machine: Machine(
      name: "SM7i", term: Term("疑难问题", "difficult question"),
      arbiter: "The home concludes; every member's position is its own document.",
      rules: [
        step(
          .concluded, from: [.raised, .referredUp], by: .home, roles: chiefs,
          needs: [.cites(.conclusion)]),
        step(.referredUp, from: [.raised], by: .home, roles: chiefs, needs: [.note]),
        archive(from: [.concluded]),
        reopen(as: .raised),
      ]), begins: .raised)

  /// A bid to be named a model area; it goes as an inspection does, in fewer steps.
  package static let demonstration = Course(
    machine: Machine(
      name: "SM5d", term: Term("示范创建", "demonstration bid"),
      arbiter: "The home of the dossier.",
      rules: [
        step(.approved, from: [.applied], by: .home, roles: chiefs, needs: [.approval]),
        step(.declined, from: [.applied, .approved], by: .home, roles: chiefs, needs: [.note]),
        Rule(
          .result(.designation), from: [.applied, .approved], to: .moves(.designated), by: .home,
          roles: Roles([.deputy, .head])),
        archive(from: [.declined, .designated]),
        reopen(as: .applied),
      ]), begins: .applied)

  /// A dossier without steps of its own: open until it is archived.
  package static let file = Course(
    machine: Machine(
      name: "F", term: Term("归档", "archiving"), arbiter: "The home of the dossier.",
      rules: [
        archive(from: [.opened]),
        reopen(as: .opened),
      ]), begins: .opened)
}
