import Exchange
import Foundation
import HTTPTypes
import Ledger
import Office
import Testing
import Yams

@testable import Node

/// The peer protocol's description against the router.
@Suite struct PeerDescriptionTests {
  @Test func `every route is described, and every description has its route`() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Schema/openapi/peer.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    let description = try #require(try Yams.load(yaml: text) as? [String: Any])
    let paths = try #require(description["paths"] as? [String: [String: Any]])
    let described = Set(
      paths.flatMap { path, item in item.keys.map { "\($0.uppercased()) \(path)" } })
    let node = WorldNode(
      try TestNode("420300-FZB"),
      store: MemoryStore { _, _ in MemoryProjection(rows: [], digest: nil) })
    let served = Set(node.desk.routes.map { "\($0.method.rawValue) \($0.path)" })
    #expect(described == served)
    #expect(described.count == 8)
    for route in node.desk.routes {
      let item = try #require(paths[route.path]?[route.method.rawValue.lowercased()])
      let operation = try #require(item as? [String: Any])
      let body = operation["requestBody"] as? [String: Any]
      let content = body?["content"] as? [String: Any]
      let envelope = route.takesEnvelopes ? [GatewayEnvelopes.mediaType] : []
      let expected = Set([route.mediaType].compactMap { $0 } + envelope)
      #expect(Set(content?.keys.map(\.self) ?? []) == expected, "\(route.path)")
    }
  }

  private typealias Fields = [String: Any]

  private func description() throws -> Fields {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Schema/openapi/peer.yaml")
    return try #require(
      try Yams.load(yaml: String(contentsOf: file, encoding: .utf8)) as? Fields)
  }

  private func routes() throws -> [PeerRoute] {
    WorldNode(
      try TestNode("420300-FZB"),
      store: MemoryStore { _, _ in MemoryProjection(rows: [], digest: nil) }
    ).desk.routes
  }

  @Test func `parameters, statuses and media types are those that the gate lets through`() throws {
    let paths = try #require(try description()["paths"] as? [String: Fields])
    for route in try routes() {
      let place = "\(route.method.rawValue) \(route.path)"
      let operation = try #require(
        paths[route.path]?[route.method.rawValue.lowercased()] as? Fields)
      let parameters = try #require(operation["parameters"] as? [Fields])
      func names(in kind: String) -> Set<String> {
        Set(parameters.filter { $0["in"] as? String == kind }.compactMap { $0["name"] as? String })
      }
      #expect(names(in: "query") == route.queryNames, "\(place)")
      let inPath = Set(route.path.matches(of: /{(\w+)}/).map { String($0.1) })
      #expect(names(in: "path") == inPath, "\(place)")
      let answers = try #require(route.answers, "\(place) declares no answer")
      #expect(names(in: "header") == (answers[206] == nil ? [] : ["Range"]), "\(place)")
      let signed = ["Destination", "ContentDigest", "SignatureInput", "Signature"]
      #expect(
        Set(parameters.compactMap { $0["$ref"] as? String })
          == Set(signed.map { "#/components/parameters/\($0)" }), "\(place)")
      var responses = try #require(operation["responses"] as? Fields)
      let refusal = try #require(responses.removeValue(forKey: "default") as? Fields)
      #expect(refusal["$ref"] as? String == "#/components/responses/Problem", "\(place)")
      #expect(Set(responses.keys) == Set(answers.keys.map(String.init)), "\(place)")
      for (status, types) in answers {
        let content = (responses["\(status)"] as? Fields)?["content"] as? Fields
        #expect(Set(content.map { Array($0.keys) } ?? []) == types, "\(place) \(status)")
      }
    }
  }

  @Test func `the members of info are those that a node gives`() async throws {
    let components = try #require(try description()["components"] as? Fields)
    let info = try #require((components["schemas"] as? [String: Fields])?["Info"])
    let route = try #require(try routes().first { $0.path == "/peer/v1/info" })
    let answer = try await route.checkedAnswer(
      PeerRequest(
        agency: try #require(AgencyCode("420300-JW")), isWithdrawn: false,
        head: HTTPRequest(method: .get, scheme: "https", authority: "x", path: route.path),
        query: [:], body: []))
    guard case .object(let members) = try JSONValue(parsing: answer.body) else {
      Issue.record("info is no object")
      return
    }
    #expect(info["required"] as? [String] == members.map(\.name))
    #expect(Set((info["properties"] as? Fields ?? [:]).keys) == Set(members.map(\.name)))
  }

  @Test func `an answer that a route has not declared is a fault and not given`() async throws {
    let route = PeerRoute(.get, "/x") { _ in PeerAnswer(mediaType: PeerRoute.bytes, body: []) }
    let request = PeerRequest(
      agency: try #require(AgencyCode("420300-JW")), isWithdrawn: false,
      head: HTTPRequest(method: .get, scheme: "https", authority: "x", path: "/x"), query: [:],
      body: [])
    _ = try await route.answering([200: [PeerRoute.bytes]]).checkedAnswer(request)
    for answers in [[200: [PeerRoute.protobuf]], [204: []], [200: []]] as [[Int: Set<String>]] {
      await #expect(throws: PeerRoute.Undeclared.self) {
        _ = try await route.answering(answers).checkedAnswer(request)
      }
    }
  }

  @Test func `every problem code is described`() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Schema/openapi/peer.yaml")
    let description = try #require(
      try Yams.load(yaml: String(contentsOf: file, encoding: .utf8)) as? [String: Any])
    let components = try #require(description["components"] as? [String: Any])
    let schemas = try #require(components["schemas"] as? [String: Any])
    let problem = try #require(schemas["Problem"] as? [String: Any])
    let code = try #require((problem["properties"] as? [String: Any])?["code"] as? [String: Any])
    #expect(code["enum"] as? [String] == Problem.Code.allCases.map(\.rawValue))
  }
}
