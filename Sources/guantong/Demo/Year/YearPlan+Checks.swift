import Casework
import Ledger
import Office

extension YearPlan {
  /// Refuses a plan whose numbers contradict each other.
  func check(_ path: String) throws {
    guard Self.years.contains(year) else {
      throw PlanSection.fault(
        path, "year.noYear",
        [
          "value": String(year), "first": "\(Self.years.lowerBound)",
          "last": "\(Self.years.upperBound)",
        ])
    }
    let sums = [
      ("handling", handling.fates.values.reduce(0, +), "clues.senders", clues.total),
      ("clues.sources", clues.sources.sum, "clues.senders.\(DemoAgency.registrar)", own),
      (
        "persons.measures", persons.times, "handling.accountable, persons.cases",
        handling[.accountable] + persons.casesOfTwo + 2 * persons.casesOfThree
      ),
      (
        "petitions.homes", petitions.total, "petitions.channels…",
        petitions.accepted + petitions.transferred + petitions.sameRunning + petitions.litigation
      ),
    ]
    for (name, found, other, expected) in sums where found != expected {
      throw PlanSection.fault(
        path, "year.sum",
        ["key": name, "found": "\(found)", "other": other, "expected": "\(expected)"])
    }
    for (name, count, limit, other) in limits where count > limit {
      throw PlanSection.fault(
        path, "year.most",
        ["key": name, "found": "\(count)", "limit": "\(limit)", "other": other])
    }
    try checkNames(path)
  }

  /// Channels: one is published on each working day from March.
  private static let channelsMax = 100

  /// The clues of the registrar that count.
  private var own: Int {
    clues.senders.first { $0.name == DemoAgency.registrar }?.count ?? 0
  }

  /// What may not be more than something else: name, count, limit and what sets the limit.
  private var limits: [(String, Int, Int, String)] {
    let accountable = handling[.accountable]
    let cases = persons.casesOfTwo + persons.casesOfThree
    let special = clues.excluding + clues.resent + clues.forwarded + clues.split
    let further = clues.merged + clues.repeated + clues.returned + clues.withdrawn
    return [
      (
        "clues.excluding…split", special + min(clues.merged, 1), own,
        "clues.senders.\(DemoAgency.registrar)"
      ),
      ("clues.merged…withdrawn", further, PlanSection.entriesMax, "1…"),
      ("persons.casesOfTwo…", cases, accountable, "handling.accountable"),
      ("persons.inTwoCases", 2 * persons.inTwoCases, accountable, "handling.accountable"),
      ("persons.admonished", persons.admonished, accountable, "handling.accountable"),
      (
        "persons.revokedLater", persons.revokedLater,
        max(0, accountable - cases - 2 * persons.inTwoCases), "handling.accountable"
      ),
      (
        "petitions.extended, petitions.reviewed", petitions.extended + petitions.reviewed,
        petitions.accepted, "petitions.channels"
      ),
      (
        "enforcement.inParts", enforcement.inParts, enforcement.settled.count,
        "enforcement.settled"
      ),
      (
        "midTerm.extended…overdue", midTerm.findings - midTerm.signedOff, midTerm.findings,
        "midTerm.findings"
      ),
      (
        "midTerm.relapsedLater", midTerm.relapsedLater, max(0, midTerm.signedOff),
        "midTerm.findings"
      ),
      ("campaigns", campaigns.map(\.count).max() ?? 0, Self.findingsMax, "1…"),
      ("meetings.amended", meetings.amended, meetings.held, "meetings.held"),
      ("meetings.reserved", meetings.reserved, meetings.held, "meetings.held"),
      (
        "meetings.resolutions", meetings.resolutions,
        meetings.held == 0 ? 0 : Self.findingsMax, "meetings.held"
      ),
      ("papers.experts", papers.experts.map(\.count).max() ?? 0, Self.findingsMax, "1…"),
      ("papers.channels", papers.channels, Self.channelsMax, "1…"),
      (
        "papers.surveys", papers.surveys.map(\.count).max() ?? 0,
        papers.ranked == 0 ? PlanSection.countMax : papers.ranked, "papers.ranked"
      ),
      ("papers.secondments", papers.secondments, papers.experts.sum, "papers.experts"),
    ]
  }

  private func checkNames(_ path: String) throws {
    for source in clues.sources {
      let kind = source.name.prefix { $0 != "/" }
      guard OversightKind(rawValue: String(kind)) != nil else {
        let known = OversightKind.allCases.map(\.rawValue).joined(separator: " | ")
        throw PlanSection.fault(
          path, "year.noSource", ["value": source.name, "known": known])
      }
    }
    for channel in petitions.channels where PetitionChannel(rawValue: channel.name) == nil {
      throw PlanSection.fault(
        path, "year.noChannel", ["value": channel.name, "known": PetitionChannel.listed])
    }
    if papers.experts.contains(where: { $0.name == DemoAgency.registrar }) {
      throw PlanSection.fault(path, "year.ownExperts", ["agency": DemoAgency.registrar])
    }
    for survey in papers.surveys {
      guard let held = Int(survey.name), Self.years.contains(held), held <= year else {
        throw PlanSection.fault(
          path, "year.noYear",
          ["value": survey.name, "first": "\(Self.years.lowerBound)", "last": "\(year)"])
      }
    }
  }

  /// Refuses a plan that names agencies which are not there.
  func check(_ path: String, among agencies: [String]) throws {
    let named =
      clues.senders.map(\.name)
      + clues.sources.compactMap {
        $0.name.split(separator: "/").dropFirst().first.map(String.init)
      }
      + petitions.homes.map(\.name) + papers.experts.map(\.name) + papers.designated
      + papers.candidates
    if let missing = named.first(where: { !agencies.contains($0) }) {
      throw PlanSection.fault(path, "year.noAgency", ["agency": missing])
    }
    if papers.assessed > agencies.count - 1 {
      throw PlanSection.fault(
        path, "year.most",
        [
          "key": "papers.assessed", "found": "\(papers.assessed)",
          "limit": "\(agencies.count - 1)", "other": "--nodes",
        ])
    }
  }
}
