import Ledger
import Office

extension YearWriter {
  /// One clue that counts.
  struct Clue {
    /// Its number in the year, from 1.
    let number: Int
    let sender: String
    /// The kind of oversight that it comes from, and the agency.
    let source: String
    let sourceAgency: String?
    let fate: YearPlan.Fate
    let turn: Turn

    /// Its name in the year.
    var name: String { "C\(number)" }
  }

  /// What happens to a letter on its way.
  enum Turn: Sendable {
    case none, excluding, resent, forwarded, split
  }

  /// A clue that was accepted, as far as others refer to it.
  struct Accepted {
    let dossier: String
    let step: String
    let on: CivilDate
  }

  /// The discipline body that a sender's letters go to.
  func body(of sender: String) -> String {
    let own = "\(sender.prefix(6))-JW"
    return sender != office && agencies.contains(own) ? own : discipline
  }

  /// The body that handles a clue in the end.
  func body(of clue: Clue) -> String {
    clue.turn == .forwarded ? others.first ?? discipline : body(of: clue.sender)
  }

  /// Discipline bodies of counties.
  private var others: [String] {
    agencies.filter { $0.hasSuffix("-JW") && $0 != discipline }.sorted().reversed()
  }

  /// Every clue, those that count first, and the nil returns.
  mutating func writeClues() throws {
    let clues = plannedClues()
    var cases = plannedCases(clues)
    var target: Accepted?
    for clue in clues {
      let accepted = try write(clue, &cases)
      let isOrdinary = clue.turn == .none && clue.sender == office
      if isOrdinary, target == nil { target = accepted }
    }
    try writeFurtherClues(mergedInto: target)
    for sender in plan.clues.senders where sender.count == 0 {
      try writeNilReturn(sender.name)
    }
  }

  private mutating func plannedClues() -> [Clue] {
    var fates = YearPlan.Fate.allCases.flatMap {
      [YearPlan.Fate](repeating: $0, count: plan.handling[$0])
    }
    fates.shuffle(using: &chance)
    var sources = plan.clues.sources.expanded
    sources.shuffle(using: &chance)
    let turns: [(Turn, Int)] = [
      (.excluding, plan.clues.excluding), (.resent, plan.clues.resent),
      (.forwarded, plan.clues.forwarded), (.split, plan.clues.split),
    ]
    var open = turns.flatMap { [Turn](repeating: $0.0, count: $0.1) }
    return plan.clues.senders.expanded.enumerated().map { index, sender in
      let isOwn = sender == office
      let source = (isOwn ? sources.popLast() : nil) ?? "ruleOfLaw"
      let words = source.split(separator: "/").map(String.init)
      return Clue(
        number: index + 1, sender: sender, source: words[0],
        sourceAgency: words.count > 1 ? words[1] : nil, fate: fates[index],
        turn: isOwn ? open.popLast() ?? .none : .none)
    }
  }

  private mutating func write(_ clue: Clue, _ cases: inout Cases) throws -> Accepted {
    var strand = begin(clue)
    let opened = try open(
      &strand, clue.sender, title: "\(topic()) \(clue.name)", source: clue.source,
      from: clue.sourceAgency, excluding: excluded(by: clue))
    if clue.number > 1 { strand.pass(chance.number(0...2)) }
    let first = body(of: clue.sender)
    var letter = try refer(&strand, opened, from: clue.sender, to: first)
    strand.pass(1)
    try receive(&strand, opened, first)
    if clue.turn == .resent {
      strand.pass(2)
      try giveBack(&strand, opened, first, reason: "incomplete", "请补第二项问题的原始凭证后重新移送。")
      strand.pass(chance.number(4...7))
      letter = try refer(
        &strand, opened, from: clue.sender, to: first, resends: letter.record, as: "second")
      strand.pass(1)
      try receive(&strand, opened, first, as: "receive-second")
    }
    try note(&strand, opened, clue, first)
    let handling = body(of: clue)
    if clue.turn == .forwarded {
      strand.pass(3)
      try forward(&strand, opened, first, to: handling, points: [])
      strand.pass(1)
      try receive(&strand, opened, handling, as: "receive-forwarded")
    }
    strand.pass(chance.number(1...4))
    let accepted = try take(
      &strand, "accept", handling, .caseOffice, API.accept,
      API.AcceptRequest(
        clue: opened.dossier, points: clue.turn == .split ? ["1", "2"] : [], on: strand.on))
    let on = strand.date
    if clue.turn == .split { try split(strand, opened, handling) }
    try handle(&strand, clue, opened, handling, &cases)
    return Accepted(dossier: opened.dossier, step: accepted.step, on: on)
  }

  /// When a clue begins, so that what becomes of it fits into the year.
  private mutating func begin(_ clue: Clue) -> Strand {
    // The first letter of the year is received on 31 January: a month later is 28 February (E31).
    if clue.number == 1 { return strand(clue.name, 1, 27) }
    return switch clue.fate {
    case .accountable, .dismissed: strand(clue.name, chance.number(1...5), chance.number(5...28))
    case .running: strand(clue.name, chance.number(7...8), chance.number(1...28))
    case .inquiry, .shelved, .closed, .unfounded, .firstForm:
      strand(clue.name, chance.number(2...9), chance.number(1...28))
    }
  }

  private func excluded(by clue: Clue) -> [String] {
    switch clue.turn {
    case .excluding:
      units.first { $0 == "420325-FZB" }.map { [$0] } ?? units.suffix(1)
    // The county's office may know the person who is complained of.
    case .forwarded:
      units.filter { $0.hasPrefix(body(of: clue).prefix(6)) }
    case .none, .resent, .split: []
    }
  }

  private mutating func topic() -> String {
    let topics = [
      "某单位办理许可超期", "某单位未按期履行生效裁判", "某单位执法程序不规范", "某单位拖欠企业账款",
      "某单位对检察建议逾期不复", "某单位违规设置前置条件", "某单位对投诉推诿不办",
    ]
    return topics[chance.number(0...topics.count - 1)]
  }
}
