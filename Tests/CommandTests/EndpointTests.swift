import Testing

@testable import Office

@Suite struct EndpointTests {
  @Test func `operations are unique, and so are pairs of method and path`() {
    let operations = API.routes.map(\.operation)
    #expect(Set(operations).count == operations.count)
    let places = API.routes.map { "\($0.method) \($0.path)" }
    #expect(Set(places).count == places.count)
  }

  @Test func `a get puts variables in the path and the rest in the query`() throws {
    let target = try API.clue.target(of: API.ClueRequest(clue: "样法〔2023〕4号"))
    #expect(
      target.path == "/office/v1/clues/%E6%A0%B7%E6%B3%95%E3%80%942023%E3%80%954%E5%8F%B7")
    let list = try API.items.target(of: API.ItemListRequest(unit: "420300-SFJ", limit: 5))
    #expect(list.path == "/office/v1/items?unit=420300-SFJ&limit=5")
    #expect(list.body == nil)
  }

  @Test func `a request survives the way through path, query and body`() throws {
    let list = API.ItemListRequest(unit: "420300-SFJ", page: 2, limit: 5)
    #expect(
      try API.items.request(
        variables: [],
        query: [("unit", "420300-SFJ"), ("page", "2"), ("limit", "5")], body: []) == list)
    let forward = API.ForwardRequest(clue: "C 11", to: "420322-JW", points: ["a"], on: "2023-03-13")
    let target = try API.forward.target(of: forward)
    #expect(target.path == "/office/v1/clues/C%2011/forward")
    #expect(
      try API.forward.request(
        variables: [("clue", "C 11")], query: [("to", "ignored in a post")],
        body: target.body ?? []) == forward)
  }

  @Test func `a body that is no object is refused as malformed`() {
    let refusal = #expect(throws: OfficeError.self) {
      try API.forward.request(variables: [("clue", "x")], query: [], body: Array("[]".utf8))
    }
    #expect(refusal?.refusal == .malformed)
  }

  @Test(arguments: ["", "a b", "中文/？&=%", "𠮷"])
  func `percent encoding gives back what it took`(_ text: String) {
    let encoded = PercentEncoding.encoded(text)
    #expect(encoded.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
    #expect(PercentEncoding.decoded(encoded) == text)
  }

  @Test(arguments: ["%", "%4", "%zz", "%ff"])
  func `broken percent encoding is no text`(_ text: String) {
    #expect(PercentEncoding.decoded(text) == nil)
  }
}
