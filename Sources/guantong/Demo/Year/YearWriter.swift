import Ledger
import Office

/// Writes the steps of one sample year.
///
/// Each matter is a strand: its steps stand in the order in which they are taken, and each needs
/// the one before it. What several strands share, such as the letter that carries their items,
/// they name.
struct YearWriter {
  /// One matter on its way through the year.
  struct Strand {
    /// Its name, which begins the names of its steps.
    let name: String
    /// The date of its next step.
    var date: CivilDate
    /// Its last step.
    var last: String?

    /// The date as requests say it.
    var on: String { date.description }

    /// Lets days go by, to the next day on which offices are open.
    mutating func pass(_ days: Int) {
      date = date.adding(days: days)
      while date.weekday > 5 { date = date.adding(days: 1) }
    }
  }

  let plan: YearPlan
  let agencies: [String]
  var chance: YearChance
  /// Which copy of the year it is, from 1.
  let copy: Int
  private(set) var steps: [YearStep] = []

  /// Who runs the directory and most of the year.
  let office = DemoAgency.registrar
  /// The discipline body of the city.
  let discipline = "420300-JW"
  /// The court.
  let court = "420300-FY"
  /// The justice bureau.
  let justice = "420300-SFJ"
  /// The federation.
  let federation = "420300-GSL"

  init(_ plan: YearPlan, seed: UInt64, copy: Int, agencies: [String]) {
    self.plan = plan
    self.copy = copy
    self.agencies = agencies
    chance = YearChance(seed: seed &+ UInt64(copy) &* 0x9E37_79B9)
  }

  /// The county offices, and the bureau whose people are inspected as well.
  var units: [String] {
    agencies.filter { ($0.hasSuffix("-FZB") && $0 != office) || $0 == justice }
  }

  /// Members of the joint meeting besides its convenor.
  var members: [String] {
    [discipline, court, "420300-JCY", justice, federation].filter(agencies.contains)
  }

  /// Every step, in the order in which it was written.
  mutating func written() throws -> [YearStep] {
    try writeClues()
    try writePetitions()
    try writeEnforcement()
    try writeInspections()
    try writeMeetings()
    try writeIssues()
    try writeOpinions()
    try writePool()
    try writePapers()
    return steps
  }

  /// Begins a matter.
  ///
  /// - Parameters:
  ///   - name: ASCII letters, digits and dashes.
  ///   - month: of the plan's year, from 1; 13 is January of the next.
  ///   - day: of the month.
  /// - Returns: the matter, at its first step.
  func strand(_ name: String, _ month: Int, _ day: Int) -> Strand {
    let date = CivilDate(
      year: plan.year + (month - 1) / 12, month: (month - 1) % 12 + 1, day: day)
    return strand(name, on: date ?? start)
  }

  /// Begins a matter on a date, or on the next day on which offices are open.
  func strand(_ name: String, on date: CivilDate) -> Strand {
    var strand = Strand(name: copy == 1 ? name : "\(copy)-\(name)", date: date)
    strand.pass(0)
    return strand
  }

  /// A matter that goes on beside the one it comes from.
  func branch(_ name: String, of strand: Strand) -> Strand {
    Strand(name: "\(strand.name)/\(name)", date: strand.date, last: strand.last)
  }

  private var start: CivilDate {
    CivilDate(year: plan.year, month: 1, day: 4) ?? CivilDate(days: 0)
  }

  /// Puts a step into the year.
  @discardableResult
  mutating func take<Request: Codable & Sendable, Answer: Codable & Sendable>(
    _ strand: inout Strand, _ step: String, _ agency: String, _ person: DemoPerson,
    _ endpoint: Endpoint<Request, Answer>, _ request: Request, after: [String] = []
  ) throws -> YearAnswer {
    let name = "\(strand.name)/\(step)"
    let value = try JSONValue(encoding: request)
    var needs: [String] = []
    for need in value.references.map(\.step) + after + [strand.last].compactMap(\.self)
    where !needs.contains(need) {
      needs.append(need)
    }
    steps.append(
      YearStep(
        name: name, agency: agency, person: person, on: strand.date,
        operation: endpoint.operation, request: value, needs: needs,
        call: { client, filled, key in
          let request: Request = try filled.decoded()
          return try JSONValue(encoding: try await client.call(endpoint, request, key: key))
        }))
    strand.last = name
    return YearAnswer(step: name)
  }

  /// Puts a paper into the year: drafted, submitted, signed and issued, by four people.
  mutating func issue<Request: Codable & Sendable>(
    _ strand: inout Strand, _ name: String, _ agency: String,
    _ endpoint: Endpoint<Request, API.Draft>, _ request: Request, after: [String] = []
  ) throws -> YearAnswer {
    let draft = try take(
      &strand, "\(name)-draft", agency, .handler, endpoint, request, after: after)
    try take(
      &strand, "\(name)-submit", agency, .handler, API.submit,
      API.DraftActRequest(draft: draft.draft))
    strand.pass(1)
    try take(
      &strand, "\(name)-sign", agency, .deputy, API.sign,
      API.DraftActRequest(draft: draft.draft))
    return try take(
      &strand, "\(name)-issue", agency, .registry, API.issue,
      API.IssueRequest(draft: draft.draft, on: strand.on))
  }

  /// Puts a paper into the year that is drafted by its form.
  mutating func paper(
    _ strand: inout Strand, _ name: String, _ agency: String, in dossier: String, form: String,
    title: String, body: String, to: [String] = [], cc: [String] = [],
    items: [API.DraftItem] = []
  ) throws -> YearAnswer {
    try issue(
      &strand, name, agency, API.draft,
      API.DraftRequest(
        dossier: dossier, form: form, title: title, body: body, to: to.filter { $0 != agency },
        cc: cc.filter { $0 != agency }, items: items))
  }

  /// Puts a step of a course into the year.
  @discardableResult
  mutating func advance(
    _ strand: inout Strand, _ agency: String, _ person: DemoPerson, _ subject: String,
    to stage: String, handler: String? = nil, reason: String? = nil, number: String? = nil,
    dueOn: String? = nil, cites: [String] = [], note: String? = nil, after: [String] = [],
    as name: String? = nil
  ) throws -> YearAnswer {
    try take(
      &strand, name ?? stage, agency, person, API.advance,
      API.AdvanceRequest(
        dossier: subject, stage: stage, handler: handler, reason: reason, number: number,
        dueOn: dueOn, cites: cites, on: strand.on, note: note), after: after)
  }
}
