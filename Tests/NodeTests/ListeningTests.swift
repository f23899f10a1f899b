import Glibc
import NIOCore
import Testing

@testable import Node

@Suite struct ListeningTests {
  @Test func `an address of another machine and a name of none are told apart`() async throws {
    // 203.0.113.0/24 is for documentation (RFC 5737); a label has 63 bytes at most, so nobody is
    // asked for the name.
    for (host, words) in [
      ("203.0.113.7", "listen.foreign"),
      (String(repeating: "n", count: 64) + ".invalid", "listen.unknown"),
    ] {
      let error = await #expect(throws: NodeError.self) {
        try await Listening.check(ListenAddress(host: host, port: 8401), key: "peer.listen")
      }
      #expect(error?.code == .configuration)
      #expect(error?.words == words)
      #expect(error?.object == "\(host):8401 (peer.listen)")
    }
  }

  @Test func `a port held by another process, and one that this user may not have`() {
    func refusal(_ number: CInt) -> NodeError? {
      Listening.refusal(
        of: "127.0.0.1:80", key: "ops.listen", IOError(errnoCode: number, reason: "bind"))
    }
    #expect(refusal(EADDRINUSE)?.code == .address)
    #expect(refusal(EACCES)?.words == "listen.forbidden")
    #expect(refusal(EMFILE)?.code == .configuration)
    #expect(refusal(EMFILE)?.words == "listen.failed")
    #expect(Listening.refusal(of: "x", key: "y", CancellationError()) == nil)
  }
}
