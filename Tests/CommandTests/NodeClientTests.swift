import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import Office
@testable import guantong

/// What goes wrong between a command and its node is told as what it is.
@Suite(.timeLimit(.minutes(1))) struct NodeClientTests {
  private static let write = Endpoint<API.Nothing, API.Nothing>(
    .post, "/office/v1/x", operation: "x", credential: .operator)
  private static let read = Endpoint<API.Nothing, API.Nothing>(
    .get, "/office/v1/x", operation: "x", credential: .operator)

  private func client(_ socket: String) -> NodeClient {
    NodeClient(socket: socket, person: nil, language: .en, startCommand: "start")
  }

  /// The refusal of a call to a node that does these steps, and the keys that it was sent.
  private func refusal(
    of endpoint: Endpoint<API.Nothing, API.Nothing>, _ steps: [ScriptedNode.Step]
  ) async throws -> (error: OfficeError?, keys: [String]) {
    try await Scratch.withDirectory { directory in
      let node = try ScriptedNode(at: "\(directory)/s", steps)
      let error = await #expect(throws: OfficeError.self) {
        _ = try await client("\(directory)/s").call(endpoint, API.Nothing())
      }
      return (error, node.keys)
    }
  }

  @Test func `a lost answer is asked for once more under the same key`() async throws {
    for first in [
      ScriptedNode.Step.hangUp, .say("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"),
    ] {
      try await Scratch.withDirectory { directory in
        let node = try ScriptedNode(at: "\(directory)/s", [first, ScriptedNode.answer("{}")])
        _ = try await client("\(directory)/s").call(Self.write, API.Nothing())
        #expect(node.keys.count == 2)
        #expect(Set(node.keys).count == 1)
      }
    }
  }

  @Test func `an answer lost twice, or lost for good, says to look before repeating`() async throws
  {
    for steps in [[ScriptedNode.Step.hangUp, .hangUp], [.hangUp]] {
      let (error, keys) = try await refusal(of: Self.write, steps)
      #expect(error?.refusal == .answerLost)
      #expect(error?.refusal.outcome == .unreachable)
      #expect(error?.problem(in: .en).next.contains("look with show or list") == true)
      #expect(keys.count == steps.count)
      #expect(Set(keys).count == 1)
    }
  }

  @Test func `a question without its answer did nothing: nobody answers any more`() async throws {
    let (error, _) = try await refusal(of: Self.read, [.hangUp])
    #expect(error?.refusal == .nodeNotRunning)
  }

  @Test func `nobody at the socket is a node that does not run`() async throws {
    try await Scratch.withDirectory { directory in
      let error = await #expect(throws: OfficeError.self) {
        _ = try await client("\(directory)/s").call(Self.write, API.Nothing())
      }
      #expect(error?.refusal == .nodeNotRunning)
      #expect(error?.problem(in: .en).title.contains("start it with start") == true)
    }
  }

  @Test func `an answer over the limit is unreadable, not a node that does not run`() async throws {
    let length = NodeClient.answerBytesMax + 1
    let (error, keys) = try await refusal(
      of: Self.write, [.say("HTTP/1.1 200 OK\r\ncontent-length: \(length)\r\n\r\n{")])
    #expect(error?.refusal == .answerUnreadable)
    #expect(error?.problem(in: .en).detail == "the answer is over 64 MiB")
    #expect(keys.count == 1)
  }

  @Test func `a socket that cannot be named to the system is out of reach`() async throws {
    let error = await #expect(throws: OfficeError.self) {
      _ = try await client("/tmp/" + String(repeating: "s", count: 200))
        .call(Self.write, API.Nothing())
    }
    #expect(error?.refusal == .nodeUnreachable)
    #expect(error?.refusal.outcome == .unreachable)
  }

  @Test func `what the system says about a socket is told apart`() {
    #expect(WayFailure(connecting: ECONNREFUSED) == .nobody)
    #expect(WayFailure(connecting: ENOENT) == .nobody)
    #expect(WayFailure(connecting: EACCES) == .forbidden)
    #expect(WayFailure(connecting: ECONNRESET) == .lost)
    #expect(WayFailure(connecting: EHOSTUNREACH) == .unreachable)
    #expect(Refusal.socketForbidden.outcome == .notPermitted)
  }
}
