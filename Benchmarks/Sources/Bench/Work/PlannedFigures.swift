import Foundation

/// What the plan that comes with the program counts of its year, as often as it is played.
struct PlannedFigures {
  /// How often.
  let scale: Int
  /// The number of each figure; of a rate the numerator and the denominator.
  let planned: [String: [Int]]

  /// The whole year as of its last day; what the plan says, amounts in fen.
  private static let year: [String: [Int]] = [
    "clueReferred": [29], "caseFiled": [23], "accountable": [17], "personTimes": [20],
    "petitionsAccepted": [21], "petitionRate": [21, 21], "settled": [15],
    "amount": [4_260_000_000], "trainings": [3], "rectRate.upperFeedback2022": [26, 26],
    "rectRate.midTerm2023": [61, 64], "itemRate.resolution": [11, 14],
    "itemRate.opinion": [17, 17],
  ]

  /// What is otherwise on the day on which everybody looks at it: one sanction was revoked, and one
  /// finding has relapsed.
  private static let later: [String: [Int]] = [
    "personTimes": [19], "rectRate.midTerm2023": [60, 64],
  ]

  /// What one county office sent.
  private static let county: [String: [Int]] = ["clueReferred": [4]]

  private init(_ scale: Int, _ planned: [String: [Int]]) {
    (self.scale, self.planned) = (scale, planned)
  }

  /// What a question about the figures is to be answered; nil where the plan does not say.
  init?(answering query: String, scale: Int) {
    let whole = "year=\(YearDemo.year)"
    switch query {
    case whole: self.init(scale, Self.year)
    case "\(whole)&as_of=now": self.init(scale, Self.year.merging(Self.later) { _, now in now })
    case "\(whole)&region=420322": self.init(scale, Self.county)
    default: return nil
    }
  }

  /// Whether an answer has every figure as it is planned, so many times.
  func agree(with answer: Data) -> Bool {
    guard let told = try? OfficeConnection.decode(Told.self, answer) else { return false }
    let figures = Dictionary(told.figures.map { ($0.code, $0) }) { first, _ in first }
    return planned.allSatisfy { code, numbers in
      guard let figure = figures[code] else { return false }
      let given = [figure.value ?? figure.numerator, figure.denominator].compactMap(\.self)
      return given == numbers.map { $0 * scale }
    }
  }

  /// Whether the lines of evidence of a figure add up to it.
  func agree(with sum: Int, of figure: String) -> Bool {
    planned[figure]?.first.map { $0 * scale == sum } ?? false
  }

  private struct Told: Decodable {
    struct Figure: Decodable {
      let code: String
      let value: Int?
      let numerator: Int?
      let denominator: Int?
    }

    let figures: [Figure]
  }
}
