import FoundationEssentials
import Office
import Testing
import Yams

@Suite struct OpenAPITests {
  private let file: Yams.Node? = {
    let path = FileManager.default.currentDirectoryPath + "/Schema/openapi/office.yaml"
    return (try? String(contentsOfFile: path, encoding: .utf8)).flatMap {
      try? Yams.compose(yaml: $0)
    }
  }()

  @Test func `the file lists exactly the routes, with operation and credential`() throws {
    let paths = try #require(file?["paths"]?.mapping)
    var listed: [String] = []
    for (path, operations) in paths {
      for (method, operation) in try #require(operations.mapping) {
        listed.append(
          [
            method.string?.uppercased(), path.string, operation["operationId"]?.string,
            operation["x-credential"]?.string,
          ].map { $0 ?? "?" }.joined(separator: " "))
      }
    }
    let routes = API.routes.map {
      "\($0.method.rawValue) \($0.path) \($0.operation) \($0.credential.rawValue)"
    }
    #expect(listed.sorted() == routes.sorted())
  }

  // One case for all operations, because each case reads the file anew, which takes a second.
  @Test func `answers have the fields and types of the file`() throws {
    for route in API.routes {
      let answer = try operation(route)["responses"]?.member("200")
      let schema = try #require(
        answer?["content"]?["application/json"]?["schema"], "\(route.operation)")
      try compare(ShapeProbe.value(of: route.answer), schema, at: route.operation)
    }
  }

  @Test func `requests have the fields and types of the file`() throws {
    for route in API.routes {
      guard case .object(let members) = try ShapeProbe.value(of: route.request) else {
        continue  // an operation without a request
      }
      try compare(members, of: route, try operation(route))
    }
  }

  /// The members of a request are the parameters and the content that the file names.
  private func compare(
    _ members: [JSONValue.Member], of route: API.Route, _ node: Yams.Node
  ) throws {
    let variables = members.filter { route.path.contains("{\($0.name)}") }
    let rest = members.filter { !route.path.contains("{\($0.name)}") }
    let parameters = Array(try #require(node["parameters"]?.sequence, "\(route.operation)"))
    func names(in place: String) -> [String] {
      parameters.filter { $0["in"]?.string == place }.compactMap { $0["name"]?.string }.sorted()
    }
    #expect(names(in: "path") == variables.map(\.name).sorted(), "\(route.operation)")
    switch route.method {
    case .get: #expect(names(in: "query") == rest.map(\.name).sorted(), "\(route.operation)")
    case .post:
      let schema = try #require(
        node["requestBody"]?["content"]?["application/json"]?["schema"], "\(route.operation)")
      try compare(.object(rest), schema, at: route.operation)
    }
  }

  private func operation(_ route: API.Route) throws -> Yams.Node {
    try #require(
      file?["paths"]?[route.path]?[route.method.rawValue.lowercased()], "\(route.operation)")
  }

  private func compare(_ value: JSONValue, _ schema: Yams.Node, at place: String) throws {
    var schema = schema
    if let choices = schema["oneOf"]?.sequence { schema = try #require(choices.first) }
    if let reference = schema["$ref"]?.string {
      let name = String(reference.split(separator: "/").last ?? "")
      schema = try #require(file?["components"]?["schemas"]?[name])
    }
    let types =
      schema["type"]?.sequence.map { $0.compactMap(\.string) }
      ?? [schema["type"]?.string ?? "?"]
    switch value {
    case .object(let members):
      #expect(types.contains("object"), "\(place)")
      let properties = schema["properties"]?.mapping
      let listed = properties.map { $0.keys.compactMap(\.string) } ?? []
      #expect(listed == members.map(\.name), "\(place)")
      for member in members {
        let property = try #require(
          schema["properties"]?.member(member.name), "\(place).\(member.name)")
        try compare(member.value, property, at: "\(place).\(member.name)")
      }
    case .array(let values):
      #expect(types.first == "array", "\(place)")
      try compare(try #require(values.first), try #require(schema["items"]), at: "\(place)[]")
    case .string: #expect(types.contains("string"), "\(place)")
    case .integer: #expect(types.contains("integer"), "\(place)")
    case .bool: #expect(types.contains("boolean"), "\(place)")
    case .null, .number: Issue.record("\(place) has no JSON type of the API")
    }
  }
}

extension Yams.Node {
  /// The member with this name, quoted or not.
  fileprivate func member(_ name: String) -> Yams.Node? {
    mapping?.first { $0.key.string == name }?.value
  }
}
