import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1
import Node
import Office

/// Speaks the office API over a node's socket, or over TCP with a token.
struct NodeClient: Sendable {
  /// How long an answer may take when a command says nothing else.
  static let timeout = Duration.seconds(60)
  /// The largest answer: a page of 200 documents of 100 KiB is 20 MiB; 64 MiB leaves room.
  static let answerBytesMax = 64 * 1024 * 1024

  private let base: String
  private let place: String
  private let startCommand: String
  private let headers: HTTPHeaders
  private let language: Language

  /// A client of the node that listens at a socket.
  init(
    socket: String, person: String?, desk: String? = nil, language: Language, startCommand: String
  ) {
    base = "http+unix://\(PercentEncoding.encoded(socket))"
    place = socket
    self.startCommand = startCommand
    self.language = language
    headers = Self.headers(person: person, desk: desk, language: language)
  }

  /// A client of a node over TCP; the token is read from a file and never from a flag.
  ///
  /// Over plain HTTP it goes to this machine only: token and records would travel in clear.
  init(
    url: String, tokenFile: String?, person: String?, desk: String? = nil, language: Language
  ) throws {
    try Self.refuseClear(url)
    base = url.hasSuffix("/") ? String(url.dropLast()) : url
    place = url
    startCommand = "guantong node run"
    self.language = language
    var headers = Self.headers(person: person, desk: desk, language: language)
    if let tokenFile {
      let token = try SecretFile.text(
        at: tokenFile, missing: "file.noTokenFile")
      headers.add(name: "Authorization", value: "Bearer \(token.filter { !$0.isWhitespace })")
    }
    self.headers = headers
  }

  /// Refuses an address over which the token would be told to whoever listens on the way.
  private static func refuseClear(_ text: String) throws {
    let url = URL(string: text)
    let host = (url?.host() ?? "").filter { $0 != "[" && $0 != "]" }
    switch url?.scheme?.lowercased() {
    case "https" where !host.isEmpty: return
    case "http" where ListenAddress(host: host, port: 0).isLoopback: return
    case "http" where !host.isEmpty:
      throw OfficeError(.usage, ["detail": "url.clear", "url": text])
    default: throw OfficeError(.usage, ["detail": "url.none", "url": text])
    }
  }

  /// Calls an operation.
  ///
  /// When the connection ends before the answer is whole the request is sent once more, under the
  /// same idempotency key: what the node did the first time it does not do twice. Who gives the key
  /// can ask again later, too.
  ///
  /// Throws `API.Problem` for what the node refuses and `OfficeError` for what happens on the way.
  func call<Request, Answer>(
    _ endpoint: Endpoint<Request, Answer>, _ request: Request, timeout: Duration = timeout,
    key: String? = nil
  ) async throws -> Answer {
    let target = try endpoint.target(of: request)
    var message = HTTPClientRequest(url: base + target.path)
    message.method = HTTPMethod(rawValue: endpoint.method.rawValue)
    message.headers = headers
    message.headers.add(name: "Accept", value: "application/json")
    if target.body != nil {
      message.headers.add(name: "Content-Type", value: "application/json")
      message.headers.add(
        name: API.idempotencyHeader, value: key ?? UUID().uuidString.lowercased())
    }
    var outcome = await exchange(message, target.body, timeout: timeout)
    if case .failure(.lost, _) = outcome {
      let first = outcome
      outcome = await exchange(message, target.body, timeout: timeout)
      // A request that only reads has done nothing; of any other the first outcome is unknown.
      if target.body != nil, case .failure(.nobody, _) = outcome { outcome = first }
      if target.body != nil, case .failure(.unreachable, _) = outcome { outcome = first }
    }
    switch outcome {
    case .answer(let status, let bytes):
      guard (200..<300).contains(status) else { throw problem(status: status, bytes: bytes) }
      do {
        return try JSONValue(parsing: bytes).decoded()
      } catch {
        throw OfficeError(.answerUnreadable, ["detail": "\(endpoint.operation): \(error)"])
      }
    case .failure(let way, let detail):
      throw refusal(way, detail, seconds: timeout.components.seconds)
    }
  }

  private enum Exchange {
    case answer(status: Int, bytes: [UInt8])
    case failure(WayFailure, detail: String)
  }

  private func exchange(
    _ message: HTTPClientRequest, _ body: [UInt8]?, timeout: Duration
  ) async -> Exchange {
    var message = message
    let noted = body.map { NotedBody($0) }
    if let noted { message.body = .stream(noted, length: .known(Int64(noted.count))) }
    var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
    // A node that does not answer at once is not running; waiting for it is no use.
    configuration.connectionPool.retryConnectionEstablishment = false
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    do {
      let response = try await client.execute(
        message, timeout: .seconds(timeout.components.seconds))
      let body = try await response.body.collect(upTo: Self.answerBytesMax)
      try? await client.shutdown()
      return .answer(status: Int(response.status.code), bytes: Array(body.readableBytesView))
    } catch {
      try? await client.shutdown()
      return .failure(
        WayFailure(error, wasSent: noted?.wasSent ?? false), detail: "\(error)")
    }
  }

  private func refusal(_ way: WayFailure, _ detail: String, seconds: Int64) -> OfficeError {
    let values = ["socket": place, "command": startCommand, "detail": detail]
    return switch way {
    case .nobody: OfficeError(.nodeNotRunning, values)
    case .forbidden: OfficeError(.socketForbidden, values)
    case .unreachable: OfficeError(.nodeUnreachable, values)
    case .lost: OfficeError(.answerLost, values)
    case .timeout: OfficeError(.timeout, ["seconds": String(seconds)])
    case .tooLarge:
      OfficeError(
        .answerUnreadable,
        ["detail": "answer.tooLarge", "mebibytes": String(Self.answerBytesMax >> 20)])
    }
  }

  private func problem(status: Int, bytes: [UInt8]) -> any Error {
    if let problem = try? JSONValue(parsing: bytes).decoded(as: API.Problem.self) {
      return problem
    }
    return OfficeError(.answerUnreadable, ["detail": "HTTP \(status)"])
  }

  private static func headers(
    person: String?, desk: String?, language: Language
  ) -> HTTPHeaders {
    var headers = HTTPHeaders()
    headers.add(name: API.languageHeader, value: language.rawValue)
    if let person { headers.add(name: API.personHeader, value: PercentEncoding.encoded(person)) }
    if let desk { headers.add(name: API.deskHeader, value: PercentEncoding.encoded(desk)) }
    return headers
  }
}
