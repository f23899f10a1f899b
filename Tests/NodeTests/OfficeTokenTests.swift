import AsyncHTTPClient
import Foundation
import HTTPTypes
import NIOCore
import NIOHTTP1
import Office
import PeerSupport
import TestSupport
import Testing

@testable import Node

/// The credential of the office API over TCP.
@Suite struct OfficeTokenTests {
  @Test func `a token is made once, closed to others, and read again`() async throws {
    try await Scratch.withDirectory { directory in
      let path = "\(directory)/office.token"
      _ = try OfficeToken.readOrMake(at: path)
      let text = try SecretFile.text(at: path)
      #expect(text.count == OfficeToken.characterCount + 1)
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect("\(attributes[.posixPermissions] ?? 0)" == "\(0o600)")
      let again = try OfficeToken.readOrMake(at: path)
      #expect(again.isEqual(to: text.filter { !$0.isWhitespace }))
      #expect(OfficeToken.fresh() != OfficeToken.fresh())
    }
  }

  @Test func `a token file that others can read, or that holds none, is refused with what to do`()
    async throws
  {
    try await Scratch.withDirectory { directory in
      let path = "\(directory)/office.token"
      try SecretFile.create("short\n", at: path)
      let damaged = #expect(throws: NodeError.self) { try OfficeToken.readOrMake(at: path) }
      #expect(damaged?.code == .keyFile)
      #expect(damaged?.hint?.contains("makes a new one") == true)
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
      let open = #expect(throws: NodeError.self) { try OfficeToken.readOrMake(at: path) }
      #expect(open?.hint == "close it with: chmod 600 \(path)")
    }
  }

  @Test func `only the token itself, once and as a bearer's, is granted`() throws {
    let text = OfficeToken.fresh()
    let token = try #require(OfficeToken(text))
    func head(_ values: [String]) -> HTTPRequest {
      var head = HTTPRequest(
        method: .get, scheme: "http", authority: "127.0.0.1", path: "/office/v1/status")
      head.headerFields[values: .authorization] = values
      return head
    }
    #expect(OfficeBearer.isGranted(head(["Bearer \(text)"]), token))
    #expect(OfficeBearer.isGranted(head(["bearer \(text)"]), token))
    let flipped = (text.first == "A" ? "B" : "A") + text.dropFirst()
    for wrong in [
      [], [""], [text], ["Bearer"], ["Bearer "], ["Basic \(text)"], ["Bearer  \(text)"],
      ["Bearer \(flipped)"], ["Bearer \(text.dropLast())"],
      ["Bearer \(text)", "Bearer \(text)"],
    ] {
      #expect(!OfficeBearer.isGranted(head(wrong), token), "\(wrong)")
    }
    #expect(OfficeToken(String(text.dropLast()) + "=") == nil)
  }
}

extension OneAtATime.WholeNodes {
  @Test func `over TCP the office answers who brings the token, and the socket asks for none`()
    async throws
  {
    try await Scratch.withDirectory { directory in
      var house = try await NodeHouse.make("420300-FZB", in: directory, registrar: true)
      let address = ListenAddress(host: "127.0.0.1", port: try await PortProbe.free())
      house.configuration.officeListen = address
      let node = house
      try await node.whileRunning {
        let path = node.configuration.officeTokenPath
        let token = try SecretFile.text(at: path).filter { !$0.isWhitespace }
        for (given, status) in [
          (nil, 401), ("Bearer \(OfficeToken.fresh())", 401), ("Bearer \(token)", 200),
        ] as [(String?, UInt)] {
          for route in ["/office/v1/status", "/office/v1/none"] {
            var request = HTTPClientRequest(url: "http://\(address)\(route)")
            if let given { request.headers.add(name: "Authorization", value: given) }
            let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
            let body = try await response.body.collect(upTo: 1 << 20)
            let isThere = route.hasSuffix("status")
            #expect(response.status.code == (status == 200 && !isThere ? 404 : status))
            guard status == 401 else { continue }
            #expect(response.headers.first(name: "WWW-Authenticate")?.hasPrefix("Bearer") == true)
            let problem: API.Problem = try JSONValue(parsing: Array(body.readableBytesView))
              .decoded()
            #expect(problem.refusal == Refusal.tokenRequired.rawValue)
          }
        }
        var wrong = HTTPClientRequest(url: "http://\(address)/office/v1/dossiers/D1/admit")
        wrong.method = .TRACE
        wrong.headers.add(name: "Authorization", value: "Bearer \(token)")
        let refused = try await HTTPClient.shared.execute(wrong, timeout: .seconds(30))
        #expect(refused.status == .methodNotAllowed)
        #expect(refused.headers["Allow"] == ["POST"])
        _ = try await refused.body.collect(upTo: 1 << 20)
        let version = try await node.ask(API.version, API.Nothing())
        #expect(version.schema == "guantong.version/v1")
        #expect(version.postgres?.first?.isNumber == true)
      }
    }
  }
}
