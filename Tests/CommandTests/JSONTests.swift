import Testing

@testable import Office

@Suite struct JSONTests {
  @Test func `fields keep their order, schema first, and an absent one is null`() throws {
    let invitation = API.Join(
      state: "pending", agency: "420300-JW", fingerprint: "a", registrar: "420300-FZB",
      registrarFingerprint: "b", directory: "c")
    let text = String(decoding: try JSONValue(encoding: invitation).encoded(), as: UTF8.self)
    #expect(
      text == """
        {"schema":"guantong.join/v1","state":"pending","agency":"420300-JW","fingerprint":"a",\
        "registrar":"420300-FZB","registrar_fingerprint":"b","directory":"c"}
        """)
    let person = API.PersonRequest(name: "经办人甲", roles: ["handler"])
    let members = String(decoding: try JSONValue(encoding: person).encoded(), as: UTF8.self)
    #expect(
      members == """
        {"id":null,"name":"经办人甲","section":null,"post":null,"roles":["handler"],\
        "alternate_of":null}
        """)
  }

  @Test func `what is encoded decodes to the same`() throws {
    let draft = API.DraftRequest(
      dossier: "d", form: "referral", title: "移送\n\"函\"\u{1}𠮷", body: "\\", to: ["420300-JW"],
      items: [API.DraftItem(kind: "cluePoint", text: "一", amount: -3)],
      sealed: [API.SealedSheet(audience: [], title: "t", body: "b")])
    let bytes = try JSONValue(encoding: draft).encoded(indented: true)
    #expect(try JSONValue(parsing: bytes).decoded(as: API.DraftRequest.self) == draft)
  }

  @Test func `unknown members are ignored, absent lists are empty and absent flags off`() throws {
    let text = #"{"dossier":"d","form":"f","title":"t","body":"b","later":{"x":[1.5e3]}}"#
    let draft = try JSONValue(parsing: text.utf8).decoded(as: API.DraftRequest.self)
    #expect(draft.to.isEmpty)
    let sync = try JSONValue(parsing: "{}".utf8).decoded(as: API.SyncRequest.self)
    #expect(!sync.wait)
  }

  @Test(arguments: [
    "", "{", "[1,]", "{\"a\":1,\"a\":2}", "\"\u{1}\"", "\"\\ud800\"", "01", "1.", "truth", "{} {}",
    "nul", "\"\\x\"", "-", "\"", "{1:2}", "1e999", String(repeating: "[", count: 40),
  ])
  func `text that is not JSON is refused`(_ text: String) {
    #expect(throws: JSONValue.ParseFailure.self) { try JSONValue(parsing: text.utf8) }
  }

  @Test(arguments: [#"{"peer":0}"#, #"{"wait":"true"}"#, #"{"wait":null}"#])
  func `a value of another kind is refused`(_ text: String) throws {
    let value = try JSONValue(parsing: text.utf8)
    #expect(throws: JSONValue.ShapeFailure.self) { try value.decoded(as: API.SyncRequest.self) }
  }

  @Test func `text of a query stands for a flag, and 2.0 is the integer 2`() throws {
    let query = try JSONValue(parsing: #"{"wait":"true"}"#.utf8)
    #expect(try query.decoded(as: API.SyncRequest.self, texts: ["wait"]).wait)
    let body = try JSONValue(parsing: #"{"threshold":2.0}"#.utf8)
    #expect(try body.decoded(as: API.GovernRequest.self).threshold == 2)
    let broken = try JSONValue(parsing: #"{"threshold":2.5}"#.utf8)
    #expect(throws: JSONValue.ShapeFailure.self) { try broken.decoded(as: API.GovernRequest.self) }
  }

  @Test func `a surrogate pair is one character`() throws {
    #expect(try JSONValue(parsing: #""\ud842\udfb7""#.utf8) == .string("𠮷"))
  }

  @Test func `a missing field is named with its path`() throws {
    let text = #"{"dossier":"d","form":"f","title":"t","body":"b","items":[{"kind":"x"}]}"#
    let value = try JSONValue(parsing: text.utf8)
    #expect(throws: JSONValue.ShapeFailure(field: "items.0.text", expected: "text")) {
      try value.decoded(as: API.DraftRequest.self)
    }
  }
}
