import Office
import TestSupport
import Testing

@testable import guantong

/// How `sync now` ends.
@Suite(.timeLimit(.minutes(1))) struct SyncTests {
  @Test(
    arguments: [
      (errors: [nil, nil], caughtUp: true, code: 0),
      (errors: ["away"], caughtUp: nil, code: 5),
      (errors: [nil, "away"], caughtUp: false, code: 3),
      (errors: [nil, nil], caughtUp: false, code: 124),
    ] as [(errors: [String?], caughtUp: Bool?, code: Int32)])
  func `sync now ends with what it did not reach`(
    _ errors: [String?], _ caughtUp: Bool?, _ code: Int32
  ) async throws {
    let peers = errors.map { error in
      API.SyncedPeer(
        agency: "420300-FY", state: "behind", received: 0, outgoing: 1, error: error)
    }
    let answer = try JSONValue(encoding: API.Sync(peers: peers, caughtUp: caughtUp)).encoded()
    try await ScriptedNode.lend([ScriptedNode.answer(String(decoding: answer, as: UTF8.self))]) {
      _, configuration in
      let run = try await Program.run("sync", "now", "--wait", "--config", configuration)
      #expect(run.code == code)
      #expect(run.output.contains("420300-FY"))
      #expect(run.errors.contains("the wait is over") == (code == 124))
    }
  }
}
