import Exchange
import Foundation
import HTTPTypes
import Hummingbird
import Ledger
import Logging
import Office
import Postgres
import Replica
import TestSupport
import Testing

@testable import Node

/// The office API's router against the one table of its routes.
@Suite struct OfficeRouterTests {
  @Test func `every operation of the API has a route, once`() async throws {
    try await Scratch.withDirectory { directory in
      let house = try await NodeHouse.make("420300-FZB", in: directory, registrar: true)
      let process = NodeProcess(
        configuration: house.configuration, keys: try NodeKeys.read(house.configuration),
        cluster: nil, figures: Figures(), desk: LateDesk(), logger: Logger(label: "test"))
      let store = PostgresStore(ConnectionConfiguration(keywords: [:]))
      let router = try await NodeParts(process, store).officeRouter()
      let office = [
        API.returnDraft.operation, API.settings.operation, API.setSetting.operation,
      ]
      let known = Set(API.routes.map(\.operation) + office)
      #expect(router.operations.sorted() == known.sorted())
      // Two routes that share a place must not shadow each other: the library checks it here.
      _ = router.router.buildResponder()
      await store.close()
    }
  }

  @Test func `a word of a path is no value of a variable at its place`() {
    #expect(API.methods(at: "/office/v1/agencies/420300-JW") == [.get])
    #expect(API.methods(at: "/office/v1/agencies/pending") == [.get])
    #expect(API.methods(at: "/office/v1/agencies/invite") == [.post])
    #expect(API.methods(at: "/office/v1/agencies/invite/more").isEmpty)
  }

  @Test func `a key file that others can read is refused with what to do`() async throws {
    try await Scratch.withDirectory { directory in
      let house = try await NodeHouse.make("420300-FZB", in: directory)
      let path = house.configuration.agencyKeyPath
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
      let error = #expect(throws: NodeError.self) { try NodeKeys.read(house.configuration) }
      #expect(error?.code == .keyFile)
      #expect(
        error?.description == "\(path): can be read by others; close it with: chmod 600 \(path)")
    }
  }

  @Test func `an agency key survives its file`() throws {
    let key = try #require(SigningKey(rawRepresentation: Entropyless.bytes(32)))
    let read = try AgencyKeyFile.key(pem: AgencyKeyFile.pem(of: key), path: "agency.pem")
    #expect(read.rawRepresentation == key.rawRepresentation)
    for broken in ["", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"] {
      #expect(throws: NodeError.self) { try AgencyKeyFile.key(pem: broken, path: "agency.pem") }
    }
  }

  @Test func `a web page cannot speak for the operator`() {
    func head(
      _ method: HTTPRequest.Method, host: String?, _ fields: [(String, String)] = []
    ) -> HTTPRequest {
      var head = HTTPRequest(
        method: method, scheme: "http", authority: host, path: "/office/v1/status")
      for (name, value) in fields {
        if let name = HTTPField.Name(name) { head.headerFields[name] = value }
      }
      return head
    }
    let json = ("Content-Type", "application/json; charset=utf-8")
    for host in ["127.0.0.1:8501", "localhost", "[::1]:8501", "", nil] {
      #expect(OfficeOrigin.isOfThisMachine(head(.get, host: host)))
      #expect(OfficeOrigin.isOfThisMachine(head(.post, host: host, [json])))
    }
    for host in ["example.test:8501", "127.0.0.1.example.test", "10.0.0.1:8501"] {
      #expect(!OfficeOrigin.isOfThisMachine(head(.get, host: host)), "\(host)")
    }
    for fields in [
      [], [("Content-Type", "text/plain")], [json, ("Origin", "http://127.0.0.1:8501")],
      [json, ("Sec-Fetch-Site", "cross-site")],
    ] {
      #expect(!OfficeOrigin.isOfThisMachine(head(.post, host: "127.0.0.1", fields)), "\(fields)")
    }
  }

  @Test func `addresses are read in one form only`() {
    #expect(ListenAddress("127.0.0.1:8401") == ListenAddress(host: "127.0.0.1", port: 8401))
    #expect(ListenAddress("[::1]:9401")?.isLoopback == true)
    #expect(ListenAddress("127.8.8.8:9401")?.isLoopback == true)
    for text in ["127.0.0.1.example:1", "127.example:1", "0.0.0.0:1", "127.0.0.256:1"] {
      #expect(ListenAddress(text)?.isLoopback == false, "\(text)")
    }
    for text in ["8401", "host:", "host:99999", "::1:80", ":80"] {
      #expect(ListenAddress(text) == nil, "\(text)")
    }
    #expect(PeerEndpoint("https://Node.example:443/")?.authority == "node.example")
    for (text, isDialable) in [
      ("https://node.example", true), ("https://[::1]:8401", true), ("https://[::1]", true),
      ("https://0.0.0.0:8401", false), ("https://[::]", false), ("https://node.example:0", false),
    ] {
      #expect(PeerEndpoint(text)?.isDialable == isDialable, "\(text)")
    }
    for text in [
      "http://a:1", "https://", "https://a/b", "https://u@a", "https://a?x", "https://:443",
      "https://a:443:443", "https://:8443", "https://a:1:2", "https://a:8443:443",
      "https://a:443:8443", "https://node.example:99999",
    ] {
      #expect(PeerEndpoint(text) == nil, "\(text)")
    }
  }
}
