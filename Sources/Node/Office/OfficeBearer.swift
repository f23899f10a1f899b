import HTTPTypes
import Hummingbird
import Office

/// Lets over TCP only pass what brings the node's token (RFC 6750).
///
/// Every process of this machine reaches loopback, whoever runs it; the mode of the socket guards
/// the other way in.
struct OfficeBearer: RouterMiddleware {
  let token: OfficeToken
  let language: Language

  func handle(
    _ request: Request, context: OfficeContext,
    next: @concurrent (Request, OfficeContext) async throws -> Response
  ) async throws -> Response {
    guard Self.isGranted(request.head, token) else {
      let language = OfficeRouter.language(of: request) ?? language
      var refusal = try OfficeRouter.refusal(OfficeError(.tokenRequired).problem(in: language))
      refusal.headers[.wwwAuthenticate] = "Bearer realm=\"guantong\""
      return refusal
    }
    return try await next(request, context)
  }

  /// Whether a request brings the token, once and in the form `Bearer TOKEN`.
  static func isGranted(_ head: HTTPRequest, _ token: OfficeToken) -> Bool {
    let given = head.headerFields[values: .authorization]
    guard given.count == 1 else { return false }
    let words = given[0].split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 2, words[0].lowercased() == "bearer" else { return false }
    return token.isEqual(to: String(words[1]))
  }
}
