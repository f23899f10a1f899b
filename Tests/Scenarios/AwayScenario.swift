import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Office
import Postgres
import TestSupport
import Testing

/// A peer that was away while much was written.
@Suite(.timeLimit(.minutes(120)), .serialized) struct AwayScenario {
  /// Dossiers that wait for the peer.
  private static let waiting = LongRuns.areOn ? 100_000 : 300
  /// What catching up may take beside what a node takes anyway, in KiB, however much waits.
  private static let growthMax = 96 * 1024

  @Test func `scenario S7 a peer with much waiting catches up in bounded memory`() async throws {
    try await Scratch.withDirectory { directory in
      let node = try await RealNode.make("420300-FZB", in: directory, registrar: true)
      let peer = try await RealNode.make("420300-JW", in: directory)
      try await node.whileRunning { sender in
        try await peer.whileRunning { _ in try await node.admit(peer) }
        for number in 0..<Self.waiting { try await create("\(number)", at: node, for: peer) }
        try await peer.whileRunning { receiver in
          let begin = ContinuousClock.now
          let before = [sender, receiver].compactMap { Kernel.residentKiB(of: $0.pid) }
          var most = before
          let connection = Connection(peer.owner)
          try await eventually("all of it is there", within: .seconds(3_000)) {
            for (index, process) in [sender, receiver].enumerated() {
              most[index] = max(most[index], Kernel.residentKiB(of: process.pid) ?? 0)
            }
            return try await connection.transaction(.read) { sql in
              try sql.value("SELECT count(*) FROM casework.dossier", as: Int.self) == Self.waiting
            }
          }
          let took = ContinuousClock.now - begin
          // When it came is told by the peer's own clock, not by when it was written.
          let early = try await connection.transaction(.read) { sql in
            try sql.value(
              """
              SELECT count(*) FROM ledger.change_set AS c JOIN casework.dossier AS d USING (dossier)
              WHERE c.stored_at < (SELECT max(authored_at) FROM ledger.change_set)
              """, as: Int.self)
          }
          await connection.close()
          #expect(early == 0)
          print("\(Self.waiting) waiting took \(took); VmRSS \(before) KiB before, at most \(most)")
          for index in before.indices { #expect(most[index] - before[index] < Self.growthMax) }
          let compared = try await peer.run("reconcile", "--peer", node.code, "--json")
          #expect(compared.json["consistent"] == .bool(true))
          try await peer.run("reconcile", "--self")
        }
      }
    }
  }

  /// Opens a dossier with the peer in it, over the node's socket.
  private func create(_ title: String, at node: RealNode, for peer: RealNode) async throws {
    let socket = PercentEncoding.encoded(node.socket)
    var request = HTTPClientRequest(url: "http+unix://\(socket)/office/v1/dossiers")
    request.method = .POST
    request.headers.add(name: "Content-Type", value: "application/json")
    request.headers.add(name: API.personHeader, value: RealNode.clerk)
    request.body = .bytes(
      ByteBuffer(
        bytes: try JSONValue(
          encoding: API.CreateDossierRequest(kind: "advice", title: title, admit: [peer.code])
        ).encoded()))
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
    let body = try await response.body.collect(upTo: 1 << 16)
    #expect(response.status == .ok, "\(String(buffer: body))")
  }
}
