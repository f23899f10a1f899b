import Casework
import Ledger
import TestSupport
import Testing

@testable import guantong

/// The figures of a played year, in whatever order its change sets arrive.
@Suite(.timeLimit(.minutes(LongRuns.areOn ? 60 : 5))) struct YearOrderTests {
  private static let orders = LongRuns.areOn ? 200 : 20

  /// What one agency is entitled to of a year, and counts.
  private struct Holder {
    let directory: Directory
    let dossiers: [DossierID: [StoredChangeSet]]
    let year: Int

    /// Of everything that was written the dossiers that an agency is a member of.
    init(_ year: PlayedYear, _ agency: String, in period: Int) throws {
      let code = try YearReplicas.code(agency)
      let directory = year.replicas.directory
      self.directory = directory
      self.year = period
      dossiers = year.replicas.everything.filter { dossier, stored in
        var graph = DossierGraph(dossier)
        for change in stored { graph.insert(change, directory: directory) }
        return graph.members.contains(code) && !graph.excluded.contains(code)
      }
    }

    /// Everything in the order in which it was written.
    func folded() -> [FoldedDossier] {
      dossiers.map { dossier, stored in
        var graph = DossierGraph(dossier)
        for change in stored { graph.insert(change, directory: directory) }
        return CaseworkFold.full(graph, roster: directory).folded(graph)
      }
    }

    /// Everything in a random order of arrival: what comes before its parents is held until they
    /// are there, and folds grow at random moments.
    func arrived(_ random: inout SeededGenerator) -> [FoldedDossier] {
      var graphs = dossiers.keys.map { ($0, DossierGraph($0)) }.sorted { $0.0 < $1.0 }
        .reduce(into: [DossierID: DossierGraph]()) { $0[$1.0] = $1.1 }
      var folds = graphs.mapValues { CaseworkFold($0.id) }
      var held: [DossierID: [StoredChangeSet]] = [:]
      let arrivals = dossiers.sorted { $0.key < $1.key }.flatMap(\.value)
        .shuffled(using: &random)
      for change in arrivals {
        let dossier = change.dossier
        held[dossier, default: []].append(change)
        while let ready = held[dossier]?.firstIndex(where: { waiting in
          graphs[dossier]?.missing(of: waiting.header).isEmpty ?? false
        }) {
          guard let next = held[dossier]?.remove(at: ready) else { break }
          graphs[dossier]?.insert(next, directory: directory)
        }
        if random.chance(5), let graph = graphs[dossier], graph.home != nil {
          folds[dossier]?.extend(graph, roster: directory)
        }
      }
      let waiting = held.values.map(\.count).reduce(0, +)
      #expect(waiting == 0)
      return graphs.compactMap { dossier, graph in
        folds[dossier]?.extend(graph, roster: directory)
        return folds[dossier]?.folded(graph)
      }
    }

    /// The lines of evidence of the year as of a day, the last one of it when none is named.
    func evidence(_ folded: [FoldedDossier], asOf day: CivilDate? = nil) throws -> [FigureEntry] {
      let question = FigureQuestion(try #require(Period(year: year)), asOf: day)
      return CountingRules.newest.evidence(
        in: FigureBundle(folded, asOf: question.asOf), question)
    }

    /// The number of each figure, and the denominator of each rate.
    func sums(
      _ folded: [FoldedDossier], asOf day: CivilDate? = nil
    ) throws -> [String: [Int64]] {
      var tally = FigureTally(CountingRules.newest)
      tally.add(try evidence(folded, asOf: day))
      return Dictionary(
        uniqueKeysWithValues: tally.sums.map { key, sum in
          (key.description, key.code.unit == .rate ? [sum.count, sum.of] : [sum.count])
        })
    }
  }

  private static let sample: [String: [Int64]] = [
    "clueReferred": [29], "caseFiled": [23], "accountable": [17], "personTimes": [20],
    "petitionsAccepted": [21], "petitionRate": [21, 21], "settled": [15],
    "amount": [4_260_000_000], "trainings": [3], "rectRate.upperFeedback2022": [26, 26],
    "rectRate.midTerm2023": [61, 64], "itemRate.resolution": [11, 14],
    "itemRate.opinion": [17, 17],
  ]

  private static let small: [String: [Int64]] = [
    "clueReferred": [8], "caseFiled": [6], "accountable": [5], "personTimes": [7],
    "petitionsAccepted": [4], "petitionRate": [4, 4], "settled": [2], "amount": [112_500_000],
    "trainings": [2], "rectRate.upperFeedback2021": [5, 5], "rectRate.midTerm2022": [5, 7],
    "itemRate.resolution": [3, 3], "itemRate.opinion": [2, 2],
  ]

  private static func played(_ text: String, _ count: Int) throws -> PlayedYear {
    let agencies = DemoAgency.all(count)
    let plan = try YearPlan(text, path: "plan")
    return try PlayedYear(
      Timeline(plan, seed: 1, agencies: agencies.map(\.code)), among: agencies)
  }

  /// Every act and result of a year is lawful, and the figures are the same in every order: at the
  /// office, and at every other node, in the short run at one of them after the other.
  private func expect(
    _ figures: [String: [Int64]], at office: Holder, and others: [Holder], orders: Int
  ) throws {
    let written = office.folded()
    for dossier in written {
      for change in office.dossiers[dossier.id] ?? [] {
        #expect(dossier.flaws(in: change.id).isEmpty, "\(dossier.cover?.title ?? "")")
      }
    }
    let expected = try office.evidence(written)
    let sums = try office.sums(written)
    for (code, sum) in figures { #expect(sums[code] == sum, "\(code)") }
    let shares = try others.map { try $0.evidence($0.folded()) }
    var random = SeededGenerator(seed: 2023)
    for order in 0..<orders {
      #expect(try office.evidence(office.arrived(&random)) == expected)
      let turn = order % others.count
      for index in LongRuns.areOn ? Array(others.indices) : [turn] {
        let other = others[index]
        #expect(try other.evidence(other.arrived(&random)) == shares[index])
      }
    }
  }

  @Test func `casework A1 the sample year gives its figures whatever comes first`() throws {
    let year = try Self.played(YearPlan.sampleText, 16)
    let office = try Holder(year, DemoAgency.registrar, in: 2023)
    let agencies = DemoAgency.all(16).dropFirst()
    let others = try agencies.map { try Holder(year, $0.code, in: 2023) }
    try expect(Self.sample, at: office, and: others, orders: Self.orders)
    let folded = office.folded()
    let later = try office.sums(folded, asOf: CivilDate(year: 2024, month: 4, day: 1))
    #expect(later["personTimes"] == [19] && later["rectRate.midTerm2023"] == [60, 64])
    let lines = try office.evidence(folded)
    let channels = folded.filter { dossier in
      lines.contains { $0.figure == FigureKey(.petitionsAccepted) && $0.dossier == dossier.id }
    }.compactMap { $0.cover?.channel }
    let counted = Dictionary(channels.map { ($0, 1) }) { $0 + $1 }
    #expect(counted == [.letter: 9, .call: 7, .visit: 5])
    for (agency, own) in zip(agencies, others) {
      let share = try own.evidence(own.folded())
      for line in share { #expect(lines.contains(line), "\(agency.code): \(line.figure)") }
      expectShare(share, of: lines, at: agency)
    }
  }

  @Test func `casework A1 a second plan gives figures of its own whatever comes first`() throws {
    let year = try Self.played(SmallPlan.text, 9)
    let office = try Holder(year, DemoAgency.registrar, in: 2022)
    let others = try DemoAgency.all(9).dropFirst().map {
      try Holder(year, $0.code, in: 2022)
    }
    try expect(Self.small, at: office, and: others, orders: Self.orders)
    let later = try office.sums(
      office.folded(), asOf: CivilDate(year: 2023, month: 4, day: 1))
    #expect(later["personTimes"] == [6])
  }

  /// Who is entitled to a figure counts each line of it that the city counts.
  private func expectShare(
    _ share: [FigureEntry], of lines: [FigureEntry], at agency: DemoAgency
  ) {
    let clues: Set<FigureCode> = [.clueReferred, .caseFiled, .accountable, .personTimes]
    let codes: Set<FigureCode> =
      switch agency.kind {
      case "court", "federation": [.settled, .amount]
      case "disciplineBody" where agency.level == "city": clues
      case "partyOffice": clues.union([.petitionsAccepted, .petitionRate])
      default: []
      }
    let region = agency.code.prefix(6)
    let entitled = lines.filter { line in
      codes.contains(line.figure.code)
        && (agency.kind != "partyOffice" || line.region == region)
    }
    #expect(share.filter { entitled.contains($0) } == entitled, "\(agency.code)")
  }
}
