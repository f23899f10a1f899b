import Casework
import Ledger
import Replica

/// The lines of assessments: those that were issued and stand, and those that delays would give.
///
/// Rules take points off the unit that was given something, an item, a letter or a petition, never
/// off who gave it, whose own delays are nobody's to assess, and never off one that may no longer
/// see it. Who gets a copy of an assessment may be no member of a clue, so what is late in one
/// takes nothing off.
struct DeductionLines {
  /// What a line takes points off for; it stands once in all assessments of one author.
  struct Key: Hashable {
    let unit: String
    let rule: String
    let record: String
  }

  /// What is asked for.
  struct Question {
    let day: CivilDate
    var unit: AgencyCode?
    var region: String?

    /// Whether the lines of a unit are asked for.
    func asks(_ code: String) -> Bool {
      (unit == nil || code == unit?.rawValue) && code.hasPrefix(region ?? "")
    }
  }

  /// Lines in assessments that were issued, ordered.
  private(set) var issued: [API.DeductionLine] = []
  /// What delays give as of the day, by its key.
  private var drawn: [Key: API.DeductionLine] = [:]
  /// Whether there is more than is put in order at once.
  private(set) var isCut = false

  /// Looks through the dossiers that an agency may see.
  init(
    _ question: Question, at office: Office, in transaction: borrowing OfficeTransaction
  ) throws {
    try office.forEachLateness(asOf: question.day, in: transaction) { lateness in
      add(lateness, question)
      isCut = issued.count + drawn.count > Limits.overdueMax
      return !isCut
    }
    issued.sort { Self.order($0) < Self.order($1) }
  }

  /// What delays give and no assessment of some author has yet; of any author when none is named.
  func open(for author: AgencyCode? = nil) -> [API.DeductionLine] {
    let known = issued.filter { author == nil || $0.author == author?.rawValue }.map(\.key)
    let assessed = Set(known)
    return drawn.filter { !assessed.contains($0.key) }.map(\.value)
      .sorted { Self.order($0) < Self.order($1) }
  }

  private static func order(
    _ line: API.DeductionLine
  ) -> (String, String, String, String) {
    (line.unit, line.rule, line.record, line.assessment ?? "")
  }

  private mutating func add(_ lateness: Lateness, _ question: Question) {
    issued += lateness.issued.filter { question.asks($0.unit) }
    for var line in lateness.deducting(on: question.day) where question.asks(line.unit) {
      // The title of a dossier is for its members.
      if line.type == "course" { line.text = lateness.kind }
      for rule in DeductionRule.rules(for: line) {
        var deduction = API.DeductionLine(line, rule)
        // A unit may owe two things of one record: it is late by the longer time.
        if let other = drawn[deduction.key] { deduction.days = max(deduction.days, other.days) }
        drawn[deduction.key] = deduction
      }
    }
  }
}

extension DeductionRule {
  /// The rules that take points off for a line of what is overdue, rejected or has relapsed.
  fileprivate static func rules(for line: API.OverdueLine) -> [DeductionRule] {
    var rules = line.reasons.compactMap(DeductionRule.init(rawValue:)).filter(\.isDrawn)
    if line.days > longDays { rules.append(.longOverdue) }
    return rules
  }
}

extension FoldedDossier {
  /// Whether what is late takes points off its unit.
  func deducts(_ line: API.OverdueLine) -> Bool {
    guard let id = RecordID(uuidString: line.record), let unit = AgencyCode(line.unit),
      members.contains(unit), !excluded.contains(unit), let kind = cover?.kind, kind != .clue
    else { return false }
    return switch line.type {
    case "item": items.contains { $0.item == id && $0.unit == unit && $0.issuer != unit }
    // Of a letter with items each of them is owed, and late by itself.
    case "letter":
      referrals.contains { $0.document == id && $0.addressee == unit && $0.sender != unit }
        && !items.contains { $0.document == id }
    case "course": courses.contains { $0.subject == id && $0.author != unit }
    default: false
    }
  }

  /// The lines of assessments that were issued and stand, with what their unit said last.
  var deductions: [API.DeductionLine] {
    entries.compactMap { entry in
      guard let item = entry.item, item.kind == .deduction, entry.audience.isEmpty,
        let paper = self.entry(item.document, by: entry.author, for: []),
        state(ofDocument: paper) == .issued, let document = paper.document,
        let card = course(of: paper), let unit = item.unit
      else { return nil }
      let said: Stage? =
        card.confirmed.contains(unit) ? .confirmed : card.disputed.contains(unit) ? .disputed : nil
      return API.DeductionLine(
        unit: unit.rawValue, rule: item.category, points: Int(clamping: item.amount ?? 0),
        record: item.standard, text: item.text, assessment: paper.record.id.uuidString,
        assessmentNumber: document.number, author: entry.author.rawValue,
        stage: card.stage.rawValue, said: said?.rawValue)
    }
  }
}

extension API.DeductionLine {
  /// What the line takes points off for.
  var key: DeductionLines.Key { DeductionLines.Key(unit: unit, rule: rule, record: record) }

  fileprivate init(_ line: API.OverdueLine, _ rule: DeductionRule) {
    self.init(
      unit: line.unit, rule: rule.rawValue, points: Int(clamping: rule.points),
      record: line.record, dossier: line.dossier, number: line.number, days: line.days,
      text: line.text)
  }
}
