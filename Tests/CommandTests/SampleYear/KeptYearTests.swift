import Casework
import Ledger
import TestSupport
import Testing

@testable import Office
@testable import guantong

/// What is kept of dossiers between two counts says what counting all of them anew says.
@Suite(.timeLimit(.minutes(LongRuns.areOn ? 60 : 5))) struct KeptYearTests {
  private static let batches = LongRuns.areOn ? 40 : 3
  private static let questions = LongRuns.areOn ? 8 : 2

  /// A replica to which the change sets of a year come in a random order.
  private struct Growing {
    private let directory: Directory
    private var coming: [StoredChangeSet]
    private var waiting: [DossierID: [StoredChangeSet]] = [:]
    private var graphs: [DossierID: DossierGraph] = [:]
    private var folds: [DossierID: CaseworkFold] = [:]

    init(_ year: PlayedYear, _ random: inout SeededGenerator) {
      directory = year.replicas.directory
      coming = year.replicas.everything.sorted { $0.key < $1.key }.flatMap(\.value)
        .shuffled(using: &random)
    }

    var count: Int { coming.count }

    /// Takes the next change sets; what comes before its parents waits for them.
    mutating func take(_ count: Int) {
      for change in coming.prefix(count) {
        let dossier = change.dossier
        waiting[dossier, default: []].append(change)
        while let ready = waiting[dossier]?.firstIndex(where: { waiting in
          graphs[dossier, default: DossierGraph(dossier)].missing(of: waiting.header).isEmpty
        }) {
          guard let next = waiting[dossier]?.remove(at: ready) else { break }
          graphs[dossier, default: DossierGraph(dossier)].insert(next, directory: directory)
        }
      }
      coming.removeFirst(min(count, coming.count))
    }

    /// Every dossier that has begun, as it stands and folded.
    mutating func folded() -> [(state: DossierState, folded: FoldedDossier)] {
      graphs.filter { $0.value.home != nil }.sorted { $0.key < $1.key }.compactMap {
        dossier, graph in
        folds[dossier, default: CaseworkFold(dossier)].extend(graph, roster: directory)
        let item = Hash256.sha256(graph.heads.flatMap(\.bytes))
        return folds[dossier].map {
          (DossierState(dossier: dossier, item: item, writtenBy: 0), $0.folded(graph))
        }
      }
    }
  }

  /// What is asked: of a period, as of a day.
  private struct Question {
    let period: Casework.Period
    let day: CivilDate

    init(_ random: inout SeededGenerator) throws {
      let year = Int.random(in: 2022...2024, using: &random)
      let quarter = [nil, 1, 2, 3, 4].randomElement(using: &random) ?? nil
      let asked = Casework.Period(year: year, quarter: quarter)
      period = try #require(asked)
      let first = try #require(CivilDate(year: 2022, month: 12, day: 1))
      day = first.adding(days: Int.random(in: 0..<520, using: &random))
    }
  }

  /// What is kept, with how often something had to be folded.
  private final class Kept {
    let facts: [KeptByDay<Int, BundleFacts>]
    let lateness: KeptByDay<Int, Lateness?>
    static let rules: [CountingRules] = [.newest, .oversight]
    let deadlines = Deadlines(WorkCalendar())
    let terms: FigureTerms
    var folds = 0

    init(bytesMax: Int) {
      facts = Self.rules.map { _ in KeptByDay(bytesMax: bytesMax) { $0.weight } }
      lateness = KeptByDay(bytesMax: bytesMax) { $0?.weight ?? 0 }
      let kinds = Dictionary(DemoAgency.all(16).map { ($0.code, $0.kind) }) { first, _ in first }
      var terms = FigureTerms(limit: WorkCalendar().limit)
      terms.kind = { kinds[$0.rawValue].flatMap { AgencyKind(rawValue: $0) } }
      self.terms = terms
    }

    /// Clues count together, since merges may tie them, and every other dossier by itself.
    private func bundles(
      _ all: [(state: DossierState, folded: FoldedDossier)]
    ) -> [[(state: DossierState, folded: FoldedDossier)]] {
      [all.filter { $0.folded.clue != nil }] + all.filter { $0.folded.clue == nil }.map { [$0] }
    }

    func expectSame(
      _ question: Question, _ all: [(state: DossierState, folded: FoldedDossier)]
    ) {
      for bundle in bundles(all) where !bundle.isEmpty {
        let folded = bundle.map(\.folded)
        for (kept, rules) in zip(facts, Self.rules) {
          let known = kept.value(
            of: bundle.map(\.state), asOf: question.day, at: kept.epoch(of: 1),
            where: { $0.holds([]) },
            fold: {
              folds += 1
              return folded
            },
            make: { BundleFacts($0, asOf: question.day, held: [], rules, terms) })
          var asked = FigureQuestion(question.period, asOf: question.day)
          asked.terms = terms
          let anew = rules.evidence(in: FigureBundle(folded, asOf: question.day), asked)
          #expect(FigureFact.evidence(of: known.facts, in: question.period) == anew)
        }
      }
      for (state, dossier) in all { expectSameLateness(question.day, state, dossier) }
    }

    private func expectSameLateness(
      _ day: CivilDate, _ state: DossierState, _ dossier: FoldedDossier
    ) {
      let known = lateness.value(
        of: [state], asOf: day, at: lateness.epoch(of: 1),
        fold: {
          folds += 1
          return [dossier]
        },
        make: { folded in folded.first.map { Lateness($0.asOf(day), deadlines) } })
      let anew = Lateness(dossier.asOf(day), deadlines)
      #expect(known?.lines(on: day) == anew.lines(on: day))
      #expect(known?.deducting(on: day) == anew.deducting(on: day))
      #expect(known?.issued == anew.issued)
    }
  }

  @Test func `the sample year counts the same, kept or anew, as it comes in a random order`()
    throws
  {
    let agencies = DemoAgency.all(16)
    let plan = try YearPlan(YearPlan.sampleText, path: "plan")
    let year = try PlayedYear(
      Timeline(plan, seed: 1, agencies: agencies.map(\.code)), among: agencies)
    var random = SeededGenerator(seed: 1_022)
    var growing = Growing(year, &random)
    let (kept, small) = (Kept(bytesMax: 1 << 25), Kept(bytesMax: 20_000))
    let part = growing.count / Self.batches + 1
    var last: Question?
    for _ in 0..<Self.batches {
      growing.take(part)
      let all = growing.folded()
      for _ in 0..<Self.questions {
        let question = try Question(&random)
        kept.expectSame(question, all)
        last = question
      }
      small.expectSame(try #require(last), all)
      let sizes = small.facts.map(\.byteCount) + [small.lateness.byteCount]
      #expect(sizes.allSatisfy { $0 <= 20_000 })
    }
    // The same once more: nothing is folded, and what found no room is.
    let all = growing.folded()
    let (folds, others) = (kept.folds, small.folds)
    let question = try #require(last)
    kept.expectSame(question, all)
    small.expectSame(question, all)
    #expect(kept.folds == folds && small.folds > others)
    // One dossier as it was before, the others as they are: one is folded.
    var changed = all
    let first = try #require(all.first { $0.folded.clue == nil })
    let index = try #require(all.firstIndex { $0.state == first.state })
    changed[index].state = DossierState(
      dossier: first.state.dossier, item: first.state.item, writtenBy: 1)
    kept.expectSame(question, changed)
    #expect(kept.folds == folds + Kept.rules.count + 1)
  }
}
