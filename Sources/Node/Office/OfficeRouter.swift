import HTTPTypes
package import Hummingbird
import Logging
import NIOCore
package import Office
import Synchronization

/// Who asks the office, and how.
package struct OfficeCaller: Sendable {
  /// The process at the other end of the socket; nil over TCP.
  package let socketPeer: SocketPeer?
  /// The acting person as given: an id or a name.
  package let person: String?
  /// The hosted agency at whose desk is asked, by its code; nil for the node's own agency.
  package let desk: String?
  /// The language of what people read.
  package let language: Language
  /// Makes a repeated write answer what the first one answered.
  package let idempotencyKey: String?
}

/// What a request to the office brings besides itself.
package struct OfficeContext: RequestContext {
  /// What the framework keeps with a request.
  package var coreContext: CoreRequestContextStorage
  /// The connection, for the process at its other end.
  package let channel: any Channel

  /// Takes the connection of a request.
  package init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    channel = source.channel
  }
}

/// Ties each endpoint of the office API to the use case that answers it.
///
/// ```
/// office.on(API.status) { request, caller in try await desk.status(request, caller) }
/// ```
package struct OfficeRouter {
  /// The router being built.
  package let router: Router<OfficeContext>

  private let defaultLanguage: Language
  private let figures: Figures
  private let added = AddedOperations()

  /// The operations that have a route, in the order added.
  package var operations: [String] { added.all }

  /// Makes a router without routes.
  ///
  /// - Parameters:
  ///   - defaultLanguage: the language of who asks for none.
  ///   - figures: what counts the requests.
  ///   - token: what a request must bring; nil where reaching the server is the credential.
  package init(defaultLanguage: Language, figures: Figures, token: OfficeToken? = nil) {
    self.defaultLanguage = defaultLanguage
    self.figures = figures
    router = Router(context: OfficeContext.self)
    router.add(middleware: OfficeOrigin(language: defaultLanguage))
    if let token { router.add(middleware: OfficeBearer(token: token, language: defaultLanguage)) }
    router.add(middleware: OfficeUnrouted(language: defaultLanguage))
  }

  /// Adds the route of an endpoint.
  ///
  /// - Parameters:
  ///   - endpoint: the operation.
  ///   - perform: the use case.
  package func on<Request, Answer>(
    _ endpoint: Endpoint<Request, Answer>,
    perform: @escaping @Sendable (Request, OfficeCaller) async throws -> Answer
  ) {
    added.add(endpoint.operation)
    let path = OfficePath(endpoint.path)
    let method: HTTPRequest.Method = endpoint.method == .get ? .get : .post
    router.on(RouterPath(path.pattern), method: method) {
      [defaultLanguage, figures] request, context in
      let language = Self.language(of: request) ?? defaultLanguage
      do {
        let caller = OfficeCaller(
          socketPeer: await SocketPeer.of(context.channel),
          person: try Self.text(request, API.personHeader),
          desk: try Self.text(request, API.deskHeader), language: language,
          idempotencyKey: try Self.text(request, API.idempotencyHeader))
        let asked = try await Self.read(endpoint, path, request, context)
        let answer = try await perform(asked, caller)
        figures.count(
          .officeRequest, labels: ["route": endpoint.operation, "code": "ok"])
        return Self.json(try JSONValue(encoding: answer).encoded(), "application/json", status: .ok)
      } catch {
        let problem = Problem.office(error, in: language)
        figures.count(
          .officeRequest, labels: ["route": endpoint.operation, "code": problem.refusal])
        if problem.status >= 500 {
          context.logger.error(
            "an office request failed",
            metadata: ["operation": "\(endpoint.operation)", "error": "\(error)"])
        }
        return try Self.refusal(problem)
      }
    }
  }

  static func refusal(_ problem: API.Problem) throws -> Response {
    json(
      try JSONValue(encoding: problem).encoded(), API.problemType,
      status: .init(code: problem.status))
  }

  private static func read<Request, Answer>(
    _ endpoint: Endpoint<Request, Answer>, _ path: OfficePath, _ request: HummingbirdRequest,
    _ context: OfficeContext
  ) async throws -> Request {
    var body: [UInt8] = []
    if endpoint.method == .post {
      do {
        body = Array(
          try await request.body.collect(upTo: Limits.officeBytesMax).readableBytesView)
      } catch is NIOTooManyBytesError {
        throw OfficeError(
          .tooLarge,
          [
            "bytes": request.headers[.contentLength] ?? "?",
            "limit": "\(Limits.officeBytesMax)",
          ])
      }
    }
    var variables: [(name: String, value: String)] = []
    for (name, place) in path.variables {
      let value = context.parameters.get(place) ?? ""
      variables.append((name, try decoded(value, field: name)))
    }
    // The library's own query parameters are decoded already, some of them wrongly ("+").
    var query: [(name: String, value: String)] = []
    for pair in (request.uri.query ?? "").split(separator: "&") {
      let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(halves[0])
      query.append((name, try decoded(halves.count == 2 ? String(halves[1]) : "", field: name)))
    }
    return try endpoint.request(variables: variables, query: query, body: body)
  }

  private static func decoded(_ text: String, field: String) throws -> String {
    guard let decoded = PercentEncoding.decoded(text) else {
      throw OfficeError(.malformed, ["detail": "\(field): broken percent-encoding"])
    }
    return decoded
  }

  private static func text(_ request: HummingbirdRequest, _ header: String) throws -> String? {
    guard let name = HTTPField.Name(header), let value = request.headers[name], !value.isEmpty
    else { return nil }
    guard value.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
      throw OfficeError(.malformed, ["detail": "\(header): not percent-encoded"])
    }
    return try decoded(value, field: header)
  }

  static func language(of request: HummingbirdRequest) -> Language? {
    guard let name = HTTPField.Name(API.languageHeader), let value = request.headers[name] else {
      return nil
    }
    return Language(rawValue: value)
  }

  private static func json(
    _ bytes: [UInt8], _ mediaType: String, status: HTTPResponse.Status
  ) -> Response {
    Response(
      status: status, headers: [.contentType: mediaType],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}

/// What a router has been given.
private final class AddedOperations: Sendable {
  private let operations = Mutex<[String]>([])

  var all: [String] { operations.withLock { $0 } }

  func add(_ operation: String) {
    operations.withLock { $0.append(operation) }
  }
}

/// A path of the API as the router takes it.
///
/// The router wants one name for the variable at a place, whatever the routes that share the place
/// call it; so each is named after its place.
private struct OfficePath: Sendable {
  /// The path with `:v3` for a variable in its third component.
  let pattern: String
  /// The variables' own names and the names of their places.
  let variables: [(name: String, place: String)]

  init(_ path: String) {
    var variables: [(name: String, place: String)] = []
    let components = path.split(separator: "/").enumerated().map { index, component in
      guard component.hasPrefix("{"), component.hasSuffix("}") else { return String(component) }
      let place = "v\(index)"
      variables.append((String(component.dropFirst().dropLast()), place))
      return ":\(place)"
    }
    self.variables = variables
    pattern = "/" + components.joined(separator: "/")
  }
}

/// The library's request, where `Request` means an endpoint's.
typealias HummingbirdRequest = Hummingbird.Request

/// Answers a path that is no operation as the API answers everything else.
private struct OfficeUnrouted: RouterMiddleware {
  let language: Language

  func handle(
    _ request: Request, context: OfficeContext,
    next: @concurrent (Request, OfficeContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch is HTTPError {
      let methods = API.methods(at: request.uri.path).map(\.rawValue).joined(separator: ", ")
      guard !methods.isEmpty else {
        return try OfficeRouter.refusal(
          OfficeError(.notFound, ["id": request.uri.path]).problem(in: language))
      }
      let error = OfficeError(
        .methodUnknown, ["method": request.method.rawValue, "allowed": methods])
      var response = try OfficeRouter.refusal(error.problem(in: language))
      // RFC 9110 section 15.5.6.
      response.headers[.allow] = methods
      return response
    }
  }
}
