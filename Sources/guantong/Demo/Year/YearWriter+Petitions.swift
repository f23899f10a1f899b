import Casework
import Ledger
import Office

extension YearWriter {
  /// What becomes of one petition.
  private enum Course {
    case accepted(String, isExtended: Bool, isReviewed: Bool)
    case transferred, sameRunning, litigation
  }

  /// Every petition, spread over the agencies that register them.
  mutating func writePetitions() throws {
    let planned = plan.petitions
    var courses: [Course] = planned.channels.expanded.enumerated().map { index, channel in
      .accepted(
        channel, isExtended: index < planned.extended,
        isReviewed: (planned.extended..<planned.extended + planned.reviewed).contains(index))
    }
    courses += [Course](repeating: .transferred, count: planned.transferred)
    courses += [Course](repeating: .sameRunning, count: planned.sameRunning)
    courses += [Course](repeating: .litigation, count: planned.litigation)
    courses.shuffle(using: &chance)
    // The plan counts how those came that are accepted; the others come the same ways, in turn.
    let named = planned.channels.filter { $0.count > 0 }.map(\.name)
    let ways = named.isEmpty ? [PetitionChannel.letter.rawValue] : named
    for (index, (home, course)) in zip(planned.homes.expanded, courses).enumerated() {
      try writePetition(index + 1, home, course, otherwise: ways[index % ways.count])
    }
  }

  private mutating func writePetition(
    _ number: Int, _ home: String, _ course: Course, otherwise way: String
  ) throws {
    var strand = strand("P\(number)", chance.number(1...8), chance.number(5...28))
    switch course {
    case .accepted(let channel, let isExtended, let isReviewed):
      let petition = try register(
        &strand, home, "\(matter(channel).words) P\(number)", by: channel)
      strand.pass(2)
      try advance(&strand, home, .sectionHead, petition.dossier, to: "accepted")
      try tell(&strand, petition, home, "受理告知书", "你反映的事项已受理,将依规办理并答复。")
      try handle(&strand, petition, home, isExtended: isExtended)
      guard isReviewed else { return }
      strand.pass(20)
      try advance(&strand, home, .handler, petition.dossier, to: "review")
      strand.pass(20)
      try advance(
        &strand, home, .deputy, petition.dossier, to: "finalized", note: "复查维持原处理意见。")
    case .transferred:
      let other = units.first { $0 != home } ?? office
      let petition = try register(
        &strand, home, "反映事项属其他机关 P\(number)", by: way, admits: other)
      strand.pass(3)
      try advance(
        &strand, home, .sectionHead, petition.dossier, to: "transferred", handler: other)
    case .sameRunning:
      let petition = try register(&strand, home, "同一事项再次反映 P\(number)", by: way)
      strand.pass(3)
      try advance(
        &strand, home, .sectionHead, petition.dossier, to: "notAccepted", reason: "sameRunning")
      try tell(&strand, petition, home, "不予受理告知书", "同一事项正在办理,不再受理。")
    case .litigation:
      let petition = try register(&strand, home, "反映事项应由诉讼解决 P\(number)", by: way)
      strand.pass(3)
      try advance(
        &strand, home, .sectionHead, petition.dossier, to: "notAccepted", reason: "litigation")
      try tell(&strand, petition, home, "不予受理告知书", "请依法通过诉讼解决。")
    }
  }

  /// The city office answers for the figures, so it is let into each; so is whom it is passed to.
  private mutating func register(
    _ strand: inout Strand, _ home: String, _ title: String, by channel: String,
    admits other: String? = nil
  ) throws -> YearAnswer {
    let others = Set([office, other].compactMap(\.self)).subtracting([home]).sorted()
    return try take(
      &strand, "open", home, others.isEmpty ? .handler : .deputy, API.createDossier,
      API.CreateDossierRequest(
        kind: "petition", title: title, source: "public", region: String(home.prefix(6)),
        channel: channel, demandKind: matter(channel).demand.rawValue, admit: others,
        reason: others.isEmpty ? nil : other == nil ? "统计" : "转送", on: strand.on))
  }

  /// What was decided is told the petitioner by a notice, within fifteen days.
  private mutating func tell(
    _ strand: inout Strand, _ petition: YearAnswer, _ home: String, _ title: String,
    _ body: String
  ) throws {
    _ = try paper(
      &strand, "notice", home, in: petition.dossier, form: "acceptanceNotice", title: title,
      body: body)
  }

  /// From its handling to its close, within 60 days, or 90 when there is more time.
  private mutating func handle(
    _ strand: inout Strand, _ petition: YearAnswer, _ home: String, isExtended: Bool
  ) throws {
    let due = strand.date.adding(days: 85).description
    strand.pass(2)
    try advance(&strand, home, .handler, petition.dossier, to: "handling")
    strand.pass(chance.number(15...35))
    if isExtended {
      try advance(
        &strand, home, .deputy, petition.dossier, to: "extended", reason: "complex", dueOn: due,
        note: "情况复杂,延长三十日,已告知信访人。")
      strand.pass(25)
    }
    let opinion = try paper(
      &strand, "opinion", home, in: petition.dossier, form: "handlingOpinion", title: "处理意见书",
      body: "经调查核实,现提出处理意见。")
    try advance(
      &strand, home, .sectionHead, petition.dossier, to: "opinionIssued", cites: [opinion.record])
    strand.pass(3)
    try take(
      &strand, "close", home, .sectionHead, API.recordResult,
      API.ResultRequest(
        clue: petition.dossier, kind: "petitionClosed", on: strand.on, note: "已送达,办结。"))
  }

  /// What people write of, call about and come for.
  private func matter(_ channel: String) -> (words: String, demand: DemandKind) {
    switch PetitionChannel(rawValue: channel) {
    case .letter: ("反映办证超期", .appeal)
    case .call: ("反映执法不公", .report)
    case .visit: ("反映欠款不付", .appeal)
    case .email: ("反映收费不明", .report)
    default: ("建议简化办事手续", .suggestion)
    }
  }
}
