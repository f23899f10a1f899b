import FoundationEssentials
package import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import NIOPosix

/// The office API on the node's unix socket.
///
/// Being able to open the socket is the operator's credential, so its mode is 0600 in a directory
/// of mode 0700, and the kernel's word about the process at the other end goes into the audit.
package enum OfficeServer {
  /// The server as a service.
  ///
  /// - Parameters:
  ///   - router: the routes.
  ///   - path: the socket.
  ///   - logger: where it logs.
  ///   - onRunning: called once it listens.
  /// - Returns: the service.
  package static func application(
    router: OfficeRouter, path: String, logger: Logger,
    onRunning: @escaping @Sendable () async -> Void = {}
  ) -> some ApplicationProtocol {
    Application(
      router: router.router,
      server: .deadlined(anteroom: Anteroom(connectionsMax: Limits.officeConnectionsMax)),
      configuration: .init(address: .unixDomainSocket(path: path)),
      onServerRunning: { _ in
        do {
          try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        } catch {
          logger.error("the office socket's mode cannot be set", metadata: ["error": "\(error)"])
        }
        await onRunning()
      },
      logger: logger)
  }

  /// The same over TCP, off unless it is configured; the process at the other end is unknown.
  ///
  /// - Parameters:
  ///   - router: the routes, which ask for the token.
  ///   - address: where it listens.
  ///   - logger: where it logs.
  /// - Returns: the service.
  package static func application(
    router: OfficeRouter, at address: ListenAddress, logger: Logger
  ) -> some ApplicationProtocol {
    Application(
      router: router.router,
      server: .deadlined(anteroom: Anteroom(connectionsMax: Limits.officeConnectionsMax)),
      configuration: .init(address: .hostname(address.host, port: address.port)),
      logger: logger)
  }

  /// Makes sure that no other process serves the socket: binding would take it away silently.
  ///
  /// - Parameter path: the socket.
  /// - Throws: ``NodeError`` when somebody answers there.
  package static func checkUnserved(_ path: String) async throws {
    let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
    guard let channel = try? await bootstrap.connect(unixDomainSocketPath: path).get() else {
      return
    }
    try? await channel.close().get()
    throw NodeError(
      .locked, object: path, message: "a node is running here already",
      words: "node.running",
      hint: "stop it first, or give this one another directory")
  }
}
