package import Exchange
package import HTTPTypes
package import Office
import Postgres
import Replica

/// A refusal as peers see it: `application/problem+json` (RFC 9457).
///
/// This is the only file that turns a failure into HTTP. A peer's problem has no words beyond its
/// code, so that two refusals of one kind are equal byte for byte and nothing internal leaks; the
/// agency's own people get the sentences of the message catalogue.
package struct Problem: Error, Hashable, Sendable {
  /// What is wrong; the text is the last component of the problem's type.
  package enum Code: String, Sendable, CaseIterable {
    /// The request is not in its lawful form, or its body came truncated.
    case malformed
    /// No signature, or one that does not verify.
    case signature
    /// The key or the certificate is not one published for that agency.
    case keyUnknown = "key-unknown"
    /// The signature is not valid now by our clock.
    case signatureExpired = "signature-expired"
    /// The request is meant for another agency.
    case destination
    /// The nonce has been seen.
    case replay
    /// There is no such thing, or it is not yours: the two are never told apart.
    case notFound = "not-found"
    /// The body is larger than this route takes.
    case tooLarge = "too-large"
    /// The body is of another media type.
    case mediaType = "media-type"
    /// Too many requests; come back after the time in `Retry-After`.
    case busy
    /// The database is away, busy or full, or the node is shutting down.
    case unavailable
    /// A defect of ours; the log has the details.
    case `internal`

    /// The HTTP status that goes with it.
    package var status: HTTPResponse.Status {
      switch self {
      case .malformed: .badRequest
      case .signature, .keyUnknown, .signatureExpired: .unauthorized
      case .destination: .misdirectedRequest
      case .replay: .conflict
      case .notFound: .notFound
      case .tooLarge: .contentTooLarge
      case .mediaType: .unsupportedMediaType
      case .busy: .tooManyRequests
      case .unavailable: .serviceUnavailable
      case .internal: .internalServerError
      }
    }
  }

  /// The media type of every problem.
  package static let mediaType = "application/problem+json"

  /// What a problem's type begins with.
  package static let typePrefix = "https://guantong.example/problems/"

  /// What is wrong, as the last component of the type.
  package let code: String
  /// The HTTP status.
  package let status: HTTPResponse.Status
  /// Seconds after which to try again.
  package var retryAfterSeconds: Int?
  /// Further members, in the order written.
  package var members: [(name: String, value: String)] = []

  /// Makes a problem of the peer protocol.
  package init(_ code: Code, retryAfterSeconds: Int? = nil) {
    self.code = code.rawValue
    status = code.status
    self.retryAfterSeconds = retryAfterSeconds
  }

  /// What a peer is told when its signature is refused.
  ///
  /// - Parameters:
  ///   - refusal: why.
  ///   - time: our time as RFC 3339, for a refusal for time.
  package init(_ refusal: SignatureRefusal, time: @autoclosure () -> String) {
    switch refusal {
    case .missing, .badSignature: self.init(.signature)
    case .malformed, .contentDiffers: self.init(.malformed)
    case .keyUnknown: self.init(.keyUnknown)
    case .expired(let nonce):
      self.init(.signatureExpired)
      members = [("time", time()), ("nonce", nonce)]
    case .wrongDestination: self.init(.destination)
    case .replayed: self.init(.replay)
    case .crowded: self.init(.busy, retryAfterSeconds: 5)
    }
  }

  /// What a peer is told about a failure that no route expected.
  ///
  /// A database that is away, busy or full passes; a statement that it refuses and anything else is
  /// ours.
  package init(failure: any Error) {
    switch failure {
    case let problem as Problem: self = problem
    case let error as PostgresError where OfficeError(error).refusal == .internalFault:
      self.init(.internal)
    case is PostgresError, is ReplicaError, is CancellationError:
      self.init(.unavailable, retryAfterSeconds: 5)
    // A log with a hole, which an operator has to fill.
    case let error as ExchangeError where error.code == .corrupt && error.hint != nil:
      self.init(.unavailable, retryAfterSeconds: 60)
    default: self.init(.internal)
    }
  }

  /// What the agency's own people and programs are told, in their language.
  ///
  /// - Parameters:
  ///   - error: what a use case threw.
  ///   - language: the language of the reader.
  /// - Returns: the problem.
  package static func office(_ error: any Error, in language: Language) -> API.Problem {
    switch error {
    case let error as OfficeError: error.problem(in: language)
    case let error as PostgresError: OfficeError(error).problem(in: language)
    case let error as ReplicaError: OfficeError(running: error).problem(in: language)
    case let error as ExchangeError where error.code == .corrupt && error.hint != nil:
      OfficeError(.conflict, ["detail": "conflict.logHole", "what": error.object])
        .problem(in: language)
    case is CancellationError:
      OfficeError(.unavailable, ["detail": "unavailable.stopping"]).problem(in: language)
    case is ComparisonTurns.Crowded:
      OfficeError(.unavailable, ["detail": "unavailable.comparing"]).problem(in: language)
    case let error as NodeError where error.code == .peerUnreachable || error.code == .peerAnswer:
      OfficeError(
        .peerUnreachable,
        error.values.merging(["peer": error.object, "detail": error.words]) { $1 }
      ).problem(in: language)
    default: OfficeError(.internalFault, ["request": "-"]).problem(in: language)
    }
  }

  /// The JSON text, the members always in the same order.
  package var json: [UInt8] {
    var text = "{\"type\":\(JSONText.quoted(Self.typePrefix + code))"
    text += ",\"title\":\(JSONText.quoted(status.reasonPhrase)),\"status\":\(status.code)"
    text += ",\"code\":\(JSONText.quoted(code))"
    for (name, value) in members {
      text += ",\(JSONText.quoted(name)):\(JSONText.quoted(value))"
    }
    return Array((text + "}").utf8)
  }

  package static func == (left: Problem, right: Problem) -> Bool {
    left.json == right.json && left.retryAfterSeconds == right.retryAfterSeconds
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(code)
    hasher.combine(status)
  }
}
