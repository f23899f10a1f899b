import Foundation
import Testing

@testable import Bench

@Suite struct PlannedFiguresTests {
  private static let counts = [
    "clueReferred": 29, "caseFiled": 23, "accountable": 17, "personTimes": 20,
    "petitionsAccepted": 21, "settled": 15, "amount": 4_260_000_000, "trainings": 3,
  ]
  private static let rates = [
    "petitionRate": (21, 21), "rectRate.upperFeedback2022": (26, 26),
    "rectRate.midTerm2023": (61, 64), "itemRate.resolution": (11, 14), "itemRate.opinion": (17, 17),
  ]

  /// An answer about a year that was played twice, with other numbers of some figures.
  private func answer(_ other: [String: Int] = [:], without left: String? = nil) -> Data {
    let counts = Self.counts.map { code, count in
      (code, "\"value\": \(other[code] ?? 2 * count), \"numerator\": null")
    }
    let rates = Self.rates.map { code, rate in
      let numbers = "\"numerator\": \(other[code] ?? 2 * rate.0), \"denominator\": \(2 * rate.1)"
      return (code, "\"value\": null, \(numbers)")
    }
    let figures = (counts + rates).filter { $0.0 != left }
      .map { "{\"code\": \"\($0.0)\", \($0.1)}" }
    return Data("{\"figures\": [\(figures.joined(separator: ", "))]}".utf8)
  }

  @Test func `an answer that is not the plan so many times is wrong`() throws {
    let planned = try #require(PlannedFigures(answering: "year=2023", scale: 2))
    #expect(planned.agree(with: answer()))
    for code in planned.planned.keys {
      #expect(!planned.agree(with: answer([code: 1])), "\(code)")
      #expect(!planned.agree(with: answer(without: code)), "\(code)")
    }
    #expect(!planned.agree(with: Data("{}".utf8)))
    let once = try #require(PlannedFigures(answering: "year=2023", scale: 1))
    #expect(!once.agree(with: answer()))
  }

  @Test func `on the later day what was corrected counts otherwise`() throws {
    let later = try #require(PlannedFigures(answering: "year=2023&as_of=now", scale: 2))
    #expect(!later.agree(with: answer()))
    #expect(later.agree(with: answer(["personTimes": 38, "rectRate.midTerm2023": 120])))
    #expect(PlannedFigures(answering: "year=2023&quarter=3", scale: 2) == nil)
  }

  @Test func `lines of evidence add up to the figure or are wrong`() throws {
    let planned = try #require(PlannedFigures(answering: "year=2023", scale: 3))
    #expect(planned.agree(with: 87, of: "clueReferred"))
    #expect(!planned.agree(with: 86, of: "clueReferred"))
    #expect(Questions.figures.allSatisfy { planned.planned[$0] != nil })
  }
}
