import Ledger
import Office

extension YearWriter {
  /// What the cases of a year draw from: sanctions, and persons that come back.
  struct Cases {
    /// How many persons each accountable clue has, by the clue's number.
    var persons: [Int: Int] = [:]
    /// The measures of the sanctions that are still to come.
    var measures: [YearPlan.Measures] = []
    /// The clue whose first person is that of an earlier clue, by its number.
    var again: [Int: Int] = [:]
    /// Clues whose sanction is revoked after the year.
    var revoked: Set<Int> = []
    /// Clues in which one more person is admonished.
    var admonished: Set<Int> = []
    /// The first person of each clue.
    var first: [Int: String] = [:]
    /// What distinguishes the keys of one copy of the year from those of another.
    var mark = ""
    /// How many persons have a key.
    var keys = 0

    /// A key for a person who has none.
    mutating func key() -> String {
      keys += 1
      let digits = String(keys)
      return "P-\(mark)" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    }
  }

  /// Spreads the persons and measures of the plan over the clues that make somebody accountable.
  mutating func plannedCases(_ clues: [Clue]) -> Cases {
    var cases = Cases()
    if copy > 1 { cases.mark = "\(copy)-" }
    let accountable = clues.filter { $0.fate == .accountable }
    var order = accountable.map(\.number)
    for number in order { cases.persons[number] = 1 }
    cases.admonished = Set(order.prefix(plan.persons.admonished))
    // Who is sanctioned twice is so by one body: keys of two bodies never agree.
    let bodies = Dictionary(grouping: accountable) { body(of: $0) }
    let most = bodies.keys.sorted().max { (bodies[$0]?.count ?? 0) < (bodies[$1]?.count ?? 0) }
    let numbers = most.flatMap { bodies[$0]?.map(\.number) } ?? []
    for pair in 0..<min(plan.persons.inTwoCases, numbers.count / 2) {
      cases.again[numbers[2 * pair + 1]] = numbers[2 * pair]
    }
    let taken = Set(cases.again.keys).union(cases.again.values)
    cases.revoked = Set(order.filter { !taken.contains($0) }.suffix(plan.persons.revokedLater))
    order.removeAll { cases.revoked.contains($0) }
    order.shuffle(using: &chance)
    let several =
      [Int](repeating: 3, count: plan.persons.casesOfThree)
      + [Int](repeating: 2, count: plan.persons.casesOfTwo)
    for (number, persons) in zip(order, several) { cases.persons[number] = persons }
    cases.measures = YearPlan.Measures.allCases.flatMap {
      [YearPlan.Measures](repeating: $0, count: plan.persons.measures[$0] ?? 0)
    }
    cases.measures.shuffle(using: &chance)
    return cases
  }

  /// What a discipline body does with a clue that it accepted.
  mutating func handle(
    _ strand: inout Strand, _ clue: Clue, _ opened: YearAnswer, _ body: String,
    _ cases: inout Cases
  ) throws {
    strand.pass(chance.number(7...14))
    switch clue.fate {
    case .inquiry:
      try dispose(&strand, opened, body, "inquiry")
      strand.pass(20)
      try dispose(&strand, opened, body, "closed", closing: "accepted")
      try feedback(&strand, opened, body, "closed", final: true, "已谈话函询,采信说明,予以了结。")
    case .shelved:
      try dispose(&strand, opened, body, "shelved")
      try feedback(&strand, opened, body, "shelved", final: false, "暂不具备核查条件,暂存待查。")
    case .closed:
      try dispose(&strand, opened, body, "closed", closing: "direct")
      try feedback(&strand, opened, body, "closed", final: true, "反映问题已有结论,予以了结。")
    case .unfounded, .firstForm, .running, .dismissed, .accountable:
      try dispose(&strand, opened, body, "verification")
      strand.pass(chance.number(25...45))
      try verify(&strand, clue, opened, body, &cases)
    }
  }

  private mutating func verify(
    _ strand: inout Strand, _ clue: Clue, _ opened: YearAnswer, _ body: String,
    _ cases: inout Cases
  ) throws {
    switch clue.fate {
    case .unfounded:
      try dispose(&strand, opened, body, "closed", closing: "unfounded")
      return try feedback(&strand, opened, body, "closed", final: true, "经核实反映失实。")
    case .firstForm:
      try dispose(&strand, opened, body, "firstForm")
      return try feedback(&strand, opened, body, "firstForm", final: true, "已谈话提醒。")
    default: break
    }
    try record(&strand, "filed", opened, body, kind: "caseFiled")
    strand.pass(2)
    try dispose(&strand, opened, body, "investigating")
    try feedback(&strand, opened, body, "investigating", final: false, "已立案,正在审查调查。")
    guard clue.fate != .running else { return }
    strand.pass(chance.number(25...40))
    guard clue.fate == .accountable else {
      try record(&strand, "dismissed", opened, body, kind: "caseDismissed", note: "不构成违纪。")
      return try feedback(&strand, opened, body, "dismissed", final: true, "已撤销案件。", "final")
    }
    try dispose(&strand, opened, body, "trial")
    strand.pass(chance.number(7...12))
    try decide(&strand, clue, opened, body, &cases)
  }

  /// The sanctions of a case, its accountability, and what follows.
  private mutating func decide(
    _ strand: inout Strand, _ clue: Clue, _ opened: YearAnswer, _ body: String,
    _ cases: inout Cases
  ) throws {
    var last: YearAnswer?
    for person in 1...max(1, cases.persons[clue.number] ?? 1) {
      let earlier = person == 1 ? cases.again[clue.number].flatMap { cases.first[$0] } : nil
      let key = earlier ?? cases.key()
      if person == 1 { cases.first[clue.number] = key }
      let classes = (cases.measures.popLast() ?? .party).classes
      last = try record(
        &strand, "sanction-\(person)", opened, body, kind: "sanction",
        measures: classes.map { measure($0) }, person: key, note: "决定书已送达。", form: 2)
    }
    try record(
      &strand, "accountability", opened, body, kind: "accountability",
      measures: [API.Measure(class: "accountability", value: "circulated")], note: "已通报。")
    if cases.admonished.contains(clue.number) {
      try record(
        &strand, "admonition", opened, body, kind: "accountability",
        measures: [API.Measure(class: "accountability", value: "formalAdmonition")],
        person: cases.key(), note: "已诫勉。")
    }
    strand.pass(2)
    try dispose(&strand, opened, body, "executed")
    strand.pass(chance.number(4...7))
    try feedback(&strand, opened, body, "executed", final: true, "处分已执行,现反馈。", "final")
    guard cases.revoked.contains(clue.number), let last else { return }
    // E18: after the figures of the year were published.
    var appeal = branch("appeal", of: strand)
    appeal.date = self.strand("appeal", 15, 15).date
    try take(
      &appeal, "revoke", body, .head, API.revokeResult,
      API.RevokeResultRequest(result: last.record, text: "经申诉复审,撤销处分。", on: appeal.on))
  }

  private mutating func measure(_ kind: String) -> API.Measure {
    let values: [String] =
      switch kind {
      case "party": ["warning", "seriousWarning", "removalFromPartyPosts", "probation1"]
      case "governmental": ["warning", "demerit", "majorDemerit", "demotion"]
      default: ["transferred", "toldToResign", "dismissed", "lowered"]
      }
    return API.Measure(class: kind, value: values[chance.number(0...values.count - 1)])
  }

  /// Records a result of a discipline body.
  @discardableResult
  private mutating func record(
    _ strand: inout Strand, _ step: String, _ clue: YearAnswer, _ body: String, kind: String,
    measures: [API.Measure] = [], person: String? = nil, note: String? = nil, form: Int? = nil
  ) throws -> YearAnswer {
    try take(
      &strand, step, body, .head, API.recordResult,
      API.ResultRequest(
        clue: clue.dossier, kind: kind, on: strand.on, measures: measures, personKey: person,
        formOfDiscipline: form, note: note))
  }

  /// Says what a discipline body does with a clue.
  mutating func dispose(
    _ strand: inout Strand, _ clue: YearAnswer, _ body: String, _ kind: String,
    closing: String? = nil
  ) throws {
    try take(
      &strand, kind, body, .head, API.dispose,
      API.DisposeRequest(clue: clue.dossier, kind: kind, closeKind: closing, on: strand.on))
  }

  /// Tells the sender.
  mutating func feedback(
    _ strand: inout Strand, _ clue: YearAnswer, _ body: String, _ stage: String, final: Bool,
    _ note: String, _ name: String = "feedback"
  ) throws {
    strand.pass(chance.number(1...5))
    try take(
      &strand, name, body, .caseOffice, API.feedback,
      API.FeedbackRequest(
        clue: clue.dossier, stage: stage, final: final, on: strand.on, note: note))
  }
}
