import Foundation
import Testing

@testable import Bench

@Suite struct CountingLineTests {
  /// Two ports that nobody listens at.
  private func freePorts() throws -> (Int, Int) {
    for _ in 0..<100 {
      let port = Int.random(in: 20_000..<30_000)
      if (try? StreamSocket.listening(at: port)) != nil,
        (try? StreamSocket.listening(at: port + 1)) != nil
      {
        return (port, port + 1)
      }
    }
    throw BenchError("no port is free")
  }

  @Test func `bytes of both ways and questions are counted, and what is said arrives`() throws {
    let (near, far) = try freePorts()
    let server = try StreamSocket.listening(at: far)
    let line = try CountingLine(at: near, to: far)
    defer { line.end() }
    let asking = try StreamSocket.toPort(near)
    let answering = try server.next()
    for turn in 1...3 {
      // A question in two pieces is one.
      for _ in 0..<2 {
        try asking.send([1, 2])
        #expect(try answering.receive() == [1, 2])
      }
      try answering.send([3])
      #expect(try asking.receive() == [3])
      #expect(line.count.bytes == 5 * turn)
      #expect(line.count.roundTrips == turn)
    }
    asking.end()
    #expect(throws: BenchError.self) { try answering.receive() }
  }
}
