import Replica
import Testing

@testable import Node

@Suite struct RetryAfterTests {
  @Test(
    arguments: [
      (pause: 3, asked: nil, waits: 3), (pause: 3, asked: 0, waits: 3),
      (pause: 3, asked: 2, waits: 3), (pause: 3, asked: 40, waits: 40),
      (pause: 3, asked: 120, waits: 120), (pause: 3, asked: 121, waits: 120),
      (pause: 3, asked: .max, waits: 120), (pause: 3, asked: -1, waits: 3),
      (pause: 3, asked: .min, waits: 3), (pause: 200, asked: 10, waits: 200),
    ] as [(pause: Int, asked: Int?, waits: Int)])
  func `a peer may ask for two minutes at most, and never for less than our own pause`(
    pause: Int, asked: Int?, waits: Int
  ) {
    #expect(
      PeerSession<PostgresStore>.longer(.seconds(pause), asked) == .seconds(waits))
  }
}
