import Casework
import Ledger

extension Rating {
  /// What a request states of ranks and points.
  struct Stated {
    var rank: Int?
    var ranked: Int?
    var score: Int?
    var unit: String?
  }

  /// Takes what a request states; what is absent stays as it was.
  ///
  /// - Throws: a refusal where results of the kind have none, or the numbers do not fit.
  fileprivate mutating func take(_ stated: Stated, as kind: ResultKind) throws {
    let before = self
    if let rank = stated.rank { self.rank = try Self.place(rank, "rank") }
    if let ranked = stated.ranked { self.ranked = try Self.place(ranked, "ranked") }
    if let score = stated.score {
      guard (0...Self.scoreMax).contains(Int64(score)) else {
        throw Field.invalid(String(score), "score", "0…\(Self.scoreMax)")
      }
      self.score = Int64(score)
    }
    if let unit = stated.unit, !unit.isEmpty { self.unit = try Field.agency(unit, "unit") }
    guard self != before else { return }
    guard fits(kind) else {
      let fields: [(String, String?)] = [
        ("unit", unit?.rawValue), ("rank", stated.rank.map { String($0) }),
        ("ranked", stated.ranked.map { String($0) }), ("score", stated.score.map { String($0) }),
      ]
      let first = fields.first { $0.1 != nil }
      throw Field.invalid(first?.1 ?? "", first?.0 ?? "rank", "value.absent")
    }
    guard isConsistent else {
      throw Field.invalid(String(rank), "rank", "1…\(ranked)")
    }
  }

  private static func place(_ number: Int, _ field: String) throws -> UInt32 {
    guard (1...1_000_000).contains(number) else {
      throw Field.invalid(String(number), field, "1…1000000")
    }
    return UInt32(number)
  }
}

extension Desk {
  /// How a result came out, by what a request states.
  ///
  /// - Parameters:
  ///   - stated: what the request states; what is absent stays as it was.
  ///   - former: how the result was before; nothing for a new one.
  ///   - kind: the kind of the result.
  /// - Returns: the rating.
  /// - Throws: a refusal where results of the kind have none, the numbers do not fit, or nobody
  ///   knows the agency.
  func rating(
    _ stated: Rating.Stated, from former: Rating = Rating(), as kind: ResultKind
  ) throws -> Rating {
    var rating = former
    try rating.take(stated, as: kind)
    if let unit = rating.unit { try known([unit]) }
    return rating
  }
}

extension API.ResultRequest {
  /// What it says of ranks and points.
  var rating: Rating.Stated {
    Rating.Stated(rank: rank, ranked: ranked, score: score, unit: unit)
  }
}

extension API.CorrectResultRequest {
  /// What it says of ranks and points.
  var rating: Rating.Stated {
    Rating.Stated(rank: rank, ranked: ranked, score: score, unit: unit)
  }
}
