import Exchange
import Foundation
import HTTPTypes
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
