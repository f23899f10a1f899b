import Ledger
import Office

/// A sample year as the steps that its clerks take, in the order of their dates.
///
/// A pure function of plan, seed, scale and agencies. Whoever takes the steps of one agency in this
/// order, each when what it needs is there, never waits for ever: the first step that is not taken
/// yet needs only steps before it.
struct Timeline: Equatable, Sendable {
  /// The largest scale: 1,800 steps of 1 KiB a hundred times are 180 MiB.
  static let scaleMax = 100

  /// The steps.
  let steps: [YearStep]
  /// The date on which everybody looks at the year; no step is later.
  let today: CivilDate

  /// Plans a year.
  ///
  /// - Parameters:
  ///   - plan: what happens.
  ///   - seed: the same seed gives the same steps.
  ///   - scale: how often everything in the plan happens.
  ///   - agencies: who is there, the registrar first.
  /// - Throws: when a request cannot be written as JSON, which none of them is known to do.
  init(_ plan: YearPlan, seed: UInt64, scale: Int = 1, agencies: [String]) throws {
    var steps: [YearStep] = []
    for copy in 1...max(1, scale) {
      var writer = YearWriter(plan, seed: seed, copy: copy, agencies: agencies)
      steps += try writer.written()
    }
    var writer = YearWriter(plan, seed: seed, copy: 1, agencies: agencies)
    steps += try writer.writtenReport(over: steps)
    // Who was written first goes first on one day, so a step never precedes what it needs.
    self.steps = steps.enumerated()
      .sorted { ($0.element.on, $0.offset) < ($1.element.on, $1.offset) }.map(\.element)
    today = CivilDate(year: plan.year + 1, month: 4, day: 1) ?? CivilDate(days: 0)
  }
}
