import Casework
import Ledger
import Replica

extension Office {
  /// Lists the plans of a year item by item: what those above approved, which inspection was made
  /// by it, and which units several authors plan to inspect (多头督查).
  package func plans(_ request: API.PlansRequest) async throws -> API.Plans {
    let today = clock.today
    let asked = try AskedFigures(API.FiguresRequest(year: request.year), today: today)
    let day = try AskedFigures.day(request.asOf, today: today) ?? today
    let unit = try request.unit.map { try Field.agency($0, "unit") }
    let page = try Page(request.page, request.limit)
    return try await count { transaction in
      var found = PlannedYear(asked.period, unit: unit)
      let scope = KeptCounts.Scope(agency: agency, kinds: [.plan, .inspection, .campaign])
      let epoch = kept.plans.epoch(of: NoBasis())
      try kept.bundles(of: scope, in: transaction).forEach(in: transaction) { states in
        let part = try kept.plans.value(
          of: states, asOf: day, at: epoch,
          fold: { try states.compactMap { try transaction.folded($0.dossier) } },
          make: { folded in PlannedPart(folded.map { $0.asOf(day) }) })
        found.add(part)
        return !found.isCut
      }
      let items = found.lines
      let approved = items.filter { $0.approval != nil }
      let (shown, next) = page.cut(items)
      return API.Plans(
        year: asked.year, asOf: day.description, planned: approved.count,
        done: approved.count { $0.done }, items: shown, truncated: found.isCut, next: next)
    }
  }
}

/// What dossiers say, as of a day, of what is planned and of inspections made by plans.
struct PlannedPart: Sendable {
  /// An inspection that was made by a plan.
  struct Inspection: Sendable {
    let item: String
    let dossier: String
    let stage: Stage
  }

  /// An item of a plan that stands.
  struct Planned: Sendable {
    let unit: AgencyCode?
    let issuedOn: CivilDate
    let line: API.PlanLine
  }

  let inspections: [Inspection]
  let planned: [Planned]

  init(_ dossiers: [FoldedDossier]) {
    inspections = dossiers.compactMap { dossier in
      guard let item = dossier.plannedBy, let course = dossier.course else { return nil }
      return Inspection(item: item.uuidString, dossier: dossier.id.hex, stage: course.stage)
    }
    planned = dossiers.filter { $0.cover?.kind == .plan }.flatMap(Self.items)
  }

  private static func items(of dossier: FoldedDossier) -> [Planned] {
    dossier.entries.compactMap { entry in
      guard let item = entry.item, item.kind == .planItem, entry.audience.isEmpty,
        let plan = dossier.entry(item.document, by: entry.author, for: []),
        let document = plan.document, dossier.state(ofDocument: plan) == .issued,
        let card = dossier.course(of: plan)
      else { return nil }
      let line = API.PlanLine(
        item: entry.record.id.uuidString, plan: plan.record.id.uuidString,
        number: document.number, author: entry.author.rawValue, position: Int(item.number),
        text: item.text, unit: item.unit?.rawValue, coUnits: item.coUnits.map(\.rawValue),
        dueOn: item.dueOn?.description,
        approval: card.stage == .approved ? card.approval : nil,
        disputed: card.disputed.map(\.rawValue))
      return Planned(unit: item.unit, issuedOn: document.issuedOn, line: line)
    }
  }

  /// Bytes that it takes.
  var weight: Int {
    MemoryLayout<Planned>.stride * planned.count
      + Limits.keptEntryBytes * (inspections.count + 2 * planned.count)
      + planned.reduce(0) { $0 + $1.line.text.utf8.count }
  }
}

/// The plans of a year with the inspections made by them, gathered dossier by dossier.
private struct PlannedYear {
  private let period: Casework.Period
  private let unit: AgencyCode?
  private var items: [API.PlanLine] = []
  /// By the item of the plan.
  private var inspections: [String: [PlannedPart.Inspection]] = [:]
  private var inspected = 0

  init(_ period: Casework.Period, unit: AgencyCode?) {
    self.period = period
    self.unit = unit
  }

  /// Whether there is more than is put in order at once.
  var isCut: Bool { items.count + inspected > Limits.overdueMax }

  mutating func add(_ part: PlannedPart) {
    for made in part.inspections {
      inspected += 1
      inspections[made.item, default: []].append(made)
    }
    items += part.planned.filter { planned in
      (unit == nil || planned.unit == unit)
        && period.first <= planned.issuedOn && planned.issuedOn <= period.last
    }.map(\.line)
  }

  /// Every item with what was made of it, ordered.
  var lines: [API.PlanLine] {
    let byUnit = Dictionary(grouping: items) { $0.unit ?? "" }
    return items.map { item in
      var line = item
      let made = inspections[item.item] ?? []
      let furthest = made.max { $0.stage.rank < $1.stage.rank }
      line.inspections = Array(made.map(\.dossier).sorted().prefix(API.listMax))
      line.stage = furthest?.stage.rawValue
      line.done = made.contains { $0.stage == .completed || $0.stage == .archived }
      let others = item.unit.flatMap { byUnit[$0] } ?? []
      line.overlaps = Array(
        others.filter { $0.author != item.author }.map(\.item).sorted().prefix(API.listMax))
      return line
    }.sorted { one, other in
      (one.author, one.number, one.plan, one.position, one.item)
        < (other.author, other.number, other.plan, other.position, other.item)
    }
  }
}
