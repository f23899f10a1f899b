import HTTPTypes
import Hummingbird
import Office

/// Refuses what a browser sends on behalf of a web page.
///
/// Whoever reaches the office API has the operator's powers, and a page that a person on this
/// machine happens to open can send requests to loopback. Such a request tells on itself: it brings
/// an `Origin` or `Sec-Fetch-Site`, names the page's host (DNS rebinding), or is sent without the
/// question that a JSON body would need (the "simple" media types of the Fetch standard).
struct OfficeOrigin: RouterMiddleware {
  let language: Language

  func handle(
    _ request: Request, context: OfficeContext,
    next: @concurrent (Request, OfficeContext) async throws -> Response
  ) async throws -> Response {
    guard Self.isOfThisMachine(request.head) else {
      return try OfficeRouter.refusal(OfficeError(.foreignPage).problem(in: language))
    }
    return try await next(request, context)
  }

  /// Whether a program on this machine sent it, as far as its head tells.
  static func isOfThisMachine(_ head: HTTPRequest) -> Bool {
    guard head.headerFields[.origin] == nil,
      !head.headerFields.contains(where: { $0.name.canonicalName == "sec-fetch-site" })
    else {
      return false
    }
    // The unix socket's clients name no host, or localhost.
    let authority = head.authority ?? ""
    let isNamed = ListenAddress(authority.contains(":") ? authority : authority + ":80")
    guard authority.isEmpty || isNamed?.isLoopback == true else { return false }
    guard head.method == .post else { return true }
    let mediaType = head.headerFields[.contentType]?.split(separator: ";").first
    return mediaType.map { $0.lowercased() } == "application/json"
  }
}
