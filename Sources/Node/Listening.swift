import NIOCore
import NIOPosix
import ServiceLifecycle

/// A server that says in plain words why it cannot listen.
struct Listening: Service {
  /// What listens, for the message.
  let what: String
  /// The address or the socket's path.
  let place: String
  /// The configuration key to change.
  let key: String
  let server: any Service

  func run() async throws {
    do {
      try await server.run()
    } catch let error as IOError {
      throw Self.refusal(of: place, for: what, key: key, error)
    }
  }

  /// Makes sure that an address can be listened on, before anything is made or started.
  ///
  /// - Parameters:
  ///   - address: the address.
  ///   - what: what will listen there, for the message.
  ///   - key: the configuration key to change.
  /// - Throws: ``NodeError`` when it cannot.
  static func check(_ address: ListenAddress, for what: String, key: String) async throws {
    do {
      let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        .bind(host: address.host, port: address.port).get()
      try await channel.close().get()
    } catch let error as IOError {
      throw refusal(of: "\(address)", for: what, key: key, error)
    }
  }

  private static func refusal(
    of place: String, for what: String, key: String, _ error: IOError
  ) -> NodeError {
    NodeError(
      .address, object: place, message: words(for: error, what),
      hint: "stop what holds it, or change \(key) in guantong.yaml", underlying: error)
  }

  /// The numbers of errno(3) on Linux that binding a socket gives.
  private static func words(for error: IOError, _ what: String) -> String {
    switch error.errnoCode {
    case 98: "is in use by another process, so \(what) cannot listen"
    case 99: "is no address of this machine, so \(what) cannot listen"
    case 13: "may not be bound by this user, so \(what) cannot listen"
    default: "cannot be listened on by \(what) (\(error))"
    }
  }
}
