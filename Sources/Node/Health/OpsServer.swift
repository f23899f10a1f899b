import HTTPTypes
package import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore

/// One line of `/readyz?verbose`.
package struct ReadinessCheck: Sendable {
  /// What is checked, one word.
  package let name: String
  /// Whether it is well.
  package let isReady: Bool
  /// A few words when it is not.
  package let remark: String

  /// Makes a line.
  package init(name: String, isReady: Bool, remark: String = "") {
    self.name = name
    self.isReady = isReady
    self.remark = remark
  }
}

/// Health and figures for machines, plain HTTP on a loopback address.
///
/// `/livez` says only that the process answers and asks no database; `/readyz` says whether work
/// can be done; `/metrics` is for Prometheus.
package struct OpsServer: Sendable {
  private let figures: Figures
  private let readiness: @Sendable () async -> [ReadinessCheck]
  private let gauges: @Sendable () async -> [Gauge]

  /// Makes the server.
  ///
  /// - Parameters:
  ///   - figures: what `/metrics` shows.
  ///   - readiness: the checks of `/readyz`, made at each request.
  ///   - gauges: values of this moment for `/metrics`.
  package init(
    figures: Figures, readiness: @escaping @Sendable () async -> [ReadinessCheck],
    gauges: @escaping @Sendable () async -> [Gauge]
  ) {
    self.figures = figures
    self.readiness = readiness
    self.gauges = gauges
  }

  /// The routes.
  package func router() -> Router<BasicRequestContext> {
    let router = Router()
    router.get("livez") { _, _ in Self.text("ok\n") }
    router.get("readyz") { [readiness] request, _ in
      let checks = await readiness()
      let isReady = checks.allSatisfy { $0.isReady }
      let isVerbose = request.uri.queryParameters["verbose"] != nil
      let lines = checks.map { check in
        check.isReady ? "[+]\(check.name) ok\n" : "[-]\(check.name) failed: \(check.remark)\n"
      }
      return Self.text(
        (isVerbose ? lines.joined() : "") + (isReady ? "ok\n" : "not ready\n"),
        status: isReady ? .ok : .serviceUnavailable)
    }
    router.get("metrics") { [figures, gauges] _, _ in
      Self.text(figures.exposition(gauges: await gauges()))
    }
    return router
  }

  /// The server as a service, listening on `host` and `port`.
  package func application(host: String, port: Int, logger: Logger) -> some ApplicationProtocol {
    Application(
      router: router(),
      server: .deadlined(anteroom: Anteroom(connectionsMax: Limits.opsConnectionsMax)),
      configuration: .init(address: .hostname(host, port: port), reuseAddress: true),
      logger: logger)
  }

  private static func text(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }
}
