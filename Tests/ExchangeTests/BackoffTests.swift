import Exchange
import TestSupport
import Testing

/// How long a node waits after failures.
@Suite struct BackoffTests {
  /// Always the same word: nearly the least, and the greatest that a source can give.
  ///
  /// A word of zero is one that the standard library throws away when it draws from a range.
  private struct Constant: RandomNumberGenerator {
    let word: UInt64
    func next() -> UInt64 { word }
  }

  private static let first = Duration.milliseconds(100)
  private static let longest = Duration.seconds(30)
  /// 100 ms doubled until 30 s are passed, then 30 s for ever.
  private static let ceilings: [Duration] =
    (0..<9).map { first * (1 << $0) } + Array(repeating: longest, count: 80)

  @Test func `it doubles up to the longest, and the jitter fills the upper half`() {
    var least = Backoff(first: Self.first, longest: Self.longest)
    var greatest = least
    var low = Constant(word: 1)
    var high = Constant(word: .max)
    for ceiling in Self.ceilings {
      let (short, long) = (least.next(using: &low), greatest.next(using: &high))
      #expect(abs(short / ceiling - 0.5) < 1e-9)
      #expect(abs(long / ceiling - 1) < 1e-9)
    }
  }

  @Test func `any other randomness stays between the two, and spreads`() {
    var generator = SeededGenerator(seed: 7)
    var lower = 0
    for _ in 0..<100 {
      var backoff = Backoff(first: Self.first, longest: Self.longest)
      for ceiling in Self.ceilings.prefix(12) {
        let share = backoff.next(using: &generator) / ceiling
        #expect((0.5...1).contains(share))
        if share < 0.75 { lower += 1 }
      }
    }
    // 1,200 fair coins: 600 with a standard deviation of 17.
    #expect((500...700).contains(lower))
  }

  @Test func `a success begins anew`() {
    var backoff = Backoff(first: Self.first, longest: Self.longest)
    var high = Constant(word: .max)
    for _ in 0..<5 { _ = backoff.next(using: &high) }
    backoff.reset()
    #expect(backoff == Backoff(first: Self.first, longest: Self.longest))
    #expect(backoff.next(using: &high) <= Self.first)
  }

  @Test func `what a node uses begins at a tenth of a second and ends at half a minute`() {
    #expect(Backoff() == Backoff(first: .milliseconds(100), longest: .seconds(30)))
  }
}
