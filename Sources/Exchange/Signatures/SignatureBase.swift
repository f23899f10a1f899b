package import HTTPTypes
package import RawStructuredFieldValues

/// A message whose components a signature covers.
package enum SignedMessage: Sendable {
  /// A request.
  case request(HTTPRequest)
  /// A response and the request it answers, for components marked `req`.
  case response(HTTPResponse, to: HTTPRequest)
}

/// One covered component: a name, and whether it is taken from the request (RFC 9421 section 2).
///
/// The parameters `sf`, `key`, `bs`, `tr` and `name` are not understood: nothing of ours uses them,
/// and a signature that covers such a component is refused as malformed.
package struct SignatureComponent: Hashable, Sendable {
  /// The lower-case field name, or a derived component's name beginning with `@`.
  package let name: String
  /// Whether the value comes from the request that the response answers.
  package let fromRequest: Bool

  /// Makes a component by name.
  package init(_ name: String, fromRequest: Bool = false) {
    self.name = name
    self.fromRequest = fromRequest
  }

  /// Reads an item of the inner list; nil when a parameter is not understood.
  package init?(_ item: Item) {
    guard case .string(let name) = item.rfc9651BareItem else { return nil }
    var fromRequest = false
    for (key, value) in item.rfc9651Parameters {
      guard key == "req", value == RFC9651BareItem.bool(true) else { return nil }
      fromRequest = true
    }
    self.init(name, fromRequest: fromRequest)
  }

  var item: Item {
    Item(
      bareItem: .string(name),
      parameters: fromRequest ? ["req": RFC9651BareItem.bool(true)] : [:])
  }

  /// The component's value in `message`; nil when the message has none (RFC 9421 sections 2.1–2.4).
  package func value(in message: SignedMessage) -> String? {
    switch message {
    case .request(let request):
      fromRequest ? nil : Self.value(name, of: request)
    case .response(let response, let request):
      if fromRequest {
        Self.value(name, of: request)
      } else if name == "@status" {
        "\(response.status.code)"
      } else {
        Self.field(name, of: response.headerFields)
      }
    }
  }

  private static func value(_ name: String, of request: HTTPRequest) -> String? {
    switch name {
    case "@method":
      return request.method.rawValue
    case "@authority":
      return request.authority.map(normalized(authority:))
    case "@path":
      let path = (request.path ?? "").prefix { $0 != "?" }
      return path.isEmpty ? "/" : String(path)
    case "@query":
      guard let path = request.path, let mark = path.firstIndex(of: "?") else { return "?" }
      return String(path[mark...])
    default:
      return field(name, of: request.headerFields)
    }
  }

  private static func field(_ name: String, of fields: HTTPFields) -> String? {
    guard let name = HTTPField.Name(name) else { return nil }
    return fields[name]
  }

  /// Lower case, without the default port of https: the peer protocol has no other scheme.
  private static func normalized(authority: String) -> String {
    let lower = authority.lowercased()
    return lower.hasSuffix(":443") ? String(lower.dropLast(4)) : lower
  }
}

/// Writes the text that is signed (RFC 9421 section 2.5).
package enum SignatureBase {
  /// Returns the signature base of `message` for a parsed or built list of components; nil when a
  /// component repeats, is not understood or is not in the message.
  package static func text(of message: SignedMessage, covering list: InnerList) -> String? {
    var lines: [String] = []
    var seen: Set<SignatureComponent> = []
    for item in list.bareInnerList {
      guard let component = SignatureComponent(item), seen.insert(component).inserted,
        let value = component.value(in: message), !value.utf8.contains(UInt8(ascii: "\n")),
        let name = try? serialized(component.item)
      else { return nil }
      lines.append("\(name): \(value)")
    }
    guard let parameters = try? serialized(list) else { return nil }
    lines.append("\"@signature-params\": \(parameters)")
    return lines.joined(separator: "\n")
  }

  /// Reads the covered components of the signature `label` from a `signature-input` value; nil when
  /// there is none in a lawful form.
  package static func components(in input: String, label: String) -> InnerList? {
    var parser = StructuredFieldValueParser(Array(input.utf8))
    guard case .innerList(let list)? = try? parser.parseDictionaryFieldValue()[label] else {
      return nil
    }
    return list
  }

  static func serialized(_ item: Item) throws -> String {
    var serializer = StructuredFieldValueSerializer()
    return String(decoding: try serializer.writeItemFieldValue(item), as: UTF8.self)
  }

  static func serialized(_ list: InnerList) throws -> String {
    var serializer = StructuredFieldValueSerializer()
    return String(decoding: try serializer.writeListFieldValue([.innerList(list)]), as: UTF8.self)
  }
}
