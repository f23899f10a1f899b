import HTTPTypes
package import Hummingbird
import HummingbirdCore
import HummingbirdTLS
package import Logging
import NIOCore
import NIOSSL

/// The HTTPS server that peers talk to.
///
/// TLS 1.3 with certificates known by their pins on both sides; every request verified and every
/// answer signed by the ``PeerGate``; every size, time and rate limited.
package struct PeerServer: Sendable {
  private let gate: PeerGate
  private let routes: [PeerRoute]
  private let identity: TransportIdentity
  private let book: PeerBook
  private let figures: Figures
  private let times: SocketTimes

  /// Makes the server.
  package init(
    gate: PeerGate, routes: [PeerRoute], identity: TransportIdentity, book: PeerBook,
    figures: Figures, times: SocketTimes = SocketTimes()
  ) {
    self.times = times
    self.gate = gate
    self.routes = routes
    self.identity = identity
    self.book = book
    self.figures = figures
  }

  /// The routes behind the gate.
  package func router() -> Router<PeerContext> {
    let router = Router(context: PeerContext.self)
    router.add(middleware: Unrouted(gate: gate))
    for route in routes {
      router.on(RouterPath(Self.routerPath(route.path)), method: route.method) {
        [gate] request, context in
        try await gate.respond(to: request, context: context, route: route)
      }
    }
    return router
  }

  /// The server as a service.
  ///
  /// - Parameters:
  ///   - host: the address to listen on.
  ///   - port: the port; 0 takes a free one.
  ///   - logger: where it logs.
  ///   - onRunning: called with the port once it listens.
  /// - Returns: the service.
  /// - Throws: an error of the TLS library when our certificate cannot be used.
  package func application(
    host: String, port: Int, logger: Logger,
    onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
  ) throws -> some ApplicationProtocol {
    let tls = TLSChannelConfiguration(
      tlsConfiguration: identity.serverConfiguration(),
      customAsyncVerificationCallback: { [book, figures] certificates in
        guard let first = certificates.first, let pin = try? CertificatePin(of: first),
          book.admits(pin)
        else {
          figures.count(.strangerRefused, labels: [:])
          return .failed
        }
        return .certificateVerified
      })
    return Application(
      router: router(),
      server: try .tls(.deadlined(times, anteroom: gate.anteroom), configuration: tls),
      configuration: .init(address: .hostname(host, port: port), reuseAddress: true),
      onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? port) },
      logger: logger)
  }

  /// `{name}` in OpenAPI is `:name` in the router.
  private static func routerPath(_ path: String) -> String {
    path.replacing("{", with: ":").replacing("}", with: "")
  }
}

/// Lets a request without a route pass the gate too, so that it gets the same answer at the same
/// price as for anything else that is not there.
private struct Unrouted: RouterMiddleware {
  let gate: PeerGate

  func handle(
    _ request: Request, context: PeerContext,
    next: @concurrent (Request, PeerContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch is HTTPError {
      return try await gate.respond(to: request, context: context, route: nil)
    }
  }
}
