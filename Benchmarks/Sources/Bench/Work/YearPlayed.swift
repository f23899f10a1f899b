import Foundation

/// W9: the sample year of sixteen agencies, from the first step until everybody has everything.
struct YearPlayed {
  let bench: Bench

  private static let most = 180.0
  /// What the plan that comes with the program counts of clues, which two agencies see all of.
  private static let planned = [
    "clueReferred": 29, "caseFiled": 23, "accountable": 17, "personTimes": 20,
  ]
  private static let counting = ["420300-FZB", "420300-JW"]

  /// Plays it anew each time; a year in which anybody counts otherwise has no figure.
  func run() throws -> [WorkResult] {
    var seconds: [Double] = []
    var areEqual = true
    for round in 1...bench.pairs {
      let place = "\(bench.directory)/year"
      try? FileManager.default.removeItem(atPath: place)
      let demo = YearDemo(
        in: place, program: bench.program, portBase: bench.portBase, scale: 1)
      defer { demo.stop() }
      let mark = try demo.load(seconds: 3_600)
      bench.say("W9 round \(round): \(mark.steps) steps, \(mark.seconds) s")
      seconds.append(mark.seconds)
      for code in Self.counting {
        let figures = try demo.figures(at: code)
        areEqual = areEqual && Self.planned.allSatisfy { figures[$0.key] == $0.value }
      }
    }
    return [
      try WorkResult(
        "W9", "a year of 16 agencies, played and settled", unit: "s", ours: seconds,
        areEqual: areEqual, goal: "≤ \(Int(Self.most)) s", isMet: { $0 <= Self.most })
    ]
  }
}
