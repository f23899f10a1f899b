/// One operation of the office API with the types of both directions.
///
/// A field of the request that the path names in braces travels in the path; the other fields
/// travel in the query of a `get` and in the JSON body of a `post`.
package struct Endpoint<Request: Codable & Sendable, Answer: Codable & Sendable>: Sendable {
  /// How it is asked.
  package let method: API.Method
  /// The path, its variables in braces.
  package let path: String
  /// The name of the operation in `office.yaml`.
  package let operation: String
  /// What it takes beyond the socket.
  package let credential: API.Credential

  init(
    _ method: API.Method, _ path: String, operation: String, credential: API.Credential
  ) {
    self.method = method
    self.path = path
    self.operation = operation
    self.credential = credential
  }

  /// Where and with what the request goes out.
  package func target(of request: Request) throws -> (path: String, body: [UInt8]?) {
    guard case .object(let members) = try JSONValue(encoding: request) else {
      return (path, method == .post ? Array("{}".utf8) : nil)
    }
    var path = path
    var rest: [JSONValue.Member] = []
    for member in members {
      let variable = "{\(member.name)}"
      if let range = path.firstRange(of: variable), let text = member.value.text {
        path.replaceSubrange(range, with: PercentEncoding.encoded(text))
      } else {
        rest.append(member)
      }
    }
    switch method {
    case .post: return (path, JSONValue.object(rest).encoded())
    case .get:
      let pairs = rest.filter { $0.value != .null && $0.value != .bool(false) }
        .compactMap { member in
          member.value.text.map { "\(member.name)=\(PercentEncoding.encoded($0))" }
        }
      return (pairs.isEmpty ? path : "\(path)?\(pairs.joined(separator: "&"))", nil)
    }
  }

  /// Puts a request together again from what a router took apart, values percent-decoded.
  ///
  /// Throws `OfficeError` with `malformed`, naming the field.
  package func request(
    variables: [(name: String, value: String)], query: [(name: String, value: String)],
    body: [UInt8]
  ) throws -> Request {
    var members: [JSONValue.Member] = []
    if method == .post, !body.isEmpty {
      do {
        guard case .object(let fields) = try JSONValue(parsing: body) else {
          throw OfficeError(.malformed, ["detail": "answer.noObject"])
        }
        members = fields
      } catch let failure as JSONValue.ParseFailure {
        throw OfficeError(.malformed, ["detail": "\(failure.reason) (\(failure.offset))"])
      }
    }
    let texts = variables + (method == .get ? query : [])
    for (name, value) in texts {
      members.removeAll { $0.name == name }
      members.append(JSONValue.Member(name, .string(value)))
    }
    do {
      return try JSONValue.object(members).decoded(texts: Set(texts.map(\.name)))
    } catch let failure as JSONValue.ShapeFailure {
      throw OfficeError(.malformed, ["detail": "\(failure.field): \(failure.expected)"])
    }
  }
}

extension API {
  /// How an operation is asked.
  package enum Method: String, Sendable {
    /// Reads and changes nothing.
    case get = "GET"
    /// Does something.
    case post = "POST"
  }

  /// What an operation takes beyond an open socket.
  package enum Credential: String, Sendable {
    /// Nothing: the socket is the credential of the operator.
    case `operator`
    /// An acting person of the agency, whose roles are checked.
    case person
  }

  /// An endpoint without its types, for tables.
  package struct Route: Sendable {
    /// How it is asked.
    package let method: Method
    /// The path, its variables in braces.
    package let path: String
    /// The name of the operation in `office.yaml`.
    package let operation: String
    /// What it takes beyond the socket.
    package let credential: Credential
    /// Type of the request.
    package let request: any (Codable & Sendable).Type
    /// Type of the answer.
    package let answer: any (Codable & Sendable).Type

    init<Request, Answer>(_ endpoint: Endpoint<Request, Answer>) {
      method = endpoint.method
      path = endpoint.path
      operation = endpoint.operation
      credential = endpoint.credential
      request = Request.self
      answer = Answer.self
    }
  }
}

extension API {
  /// How the operations at a path are asked, for who asks it otherwise.
  ///
  /// A word that stands in a path itself is no value of a variable at that place.
  ///
  /// - Parameter path: the path of a request, its variables still percent-encoded.
  /// - Returns: the methods in the order of the table; empty where there is no operation.
  package static func methods(at path: String) -> [Method] {
    let asked = path.split(separator: "/")
    let found = routes.filter { route in
      let places = route.path.split(separator: "/")
      return places.count == asked.count
        && zip(places, asked).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }
    let exact = found.filter { $0.path == path }
    return (exact.isEmpty ? found : exact).map(\.method)
  }
}
