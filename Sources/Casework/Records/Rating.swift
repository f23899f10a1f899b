package import Ledger

/// How a survey or an assessment came out (名次、得分); every other result has none.
package struct Rating: Sendable, Equatable {
  /// The place, from 1; 0 where none is stated.
  package var rank: UInt32
  /// Among how many; 0 where it is not stated.
  package var ranked: UInt32
  /// Hundredths of a point.
  package var score: Int64?
  /// Scores: the agency that is scored.
  package var unit: AgencyCode?

  /// The most that is scored: ten thousand points.
  package static let scoreMax: Int64 = 1_000_000

  /// Makes a rating, empty where nothing is stated.
  package init(
    rank: UInt32 = 0, ranked: UInt32 = 0, score: Int64? = nil, unit: AgencyCode? = nil
  ) {
    self.rank = rank
    self.ranked = ranked
    self.score = score
    self.unit = unit
  }

  /// Whether its numbers fit each other: who is ranked among some is one of them.
  package var isConsistent: Bool {
    (ranked == 0 || (1...ranked).contains(rank))
      && (score.map { (0...Self.scoreMax).contains($0) } ?? true)
  }

  /// Whether it states nothing that results of a kind leave out.
  package func fits(_ kind: ResultKind) -> Bool {
    switch kind {
    case .score: true
    case .survey: unit == nil
    default: self == Rating()
    }
  }
}
