import Glibc
import NIOCore
import NIOPosix
import ServiceLifecycle

/// A server that says in plain words why it cannot listen.
struct Listening: Service {
  /// The address or the socket's path.
  let place: String
  /// The configuration key to change.
  let key: String
  let server: any Service

  func run() async throws {
    do {
      try await server.run()
    } catch {
      throw Self.refusal(of: place, key: key, error) ?? error
    }
  }

  /// Makes sure that an address can be listened on, before anything is made or started.
  ///
  /// - Parameters:
  ///   - address: the address.
  ///   - key: the configuration key to change.
  /// - Throws: ``NodeError`` when it cannot.
  static func check(_ address: ListenAddress, key: String) async throws {
    do {
      let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        .bind(host: address.host, port: address.port).get()
      try await channel.close().get()
    } catch {
      throw refusal(of: "\(address)", key: key, error) ?? error
    }
  }

  /// What a failure to listen says; nil for a failure of another kind.
  static func refusal(of place: String, key: String, _ error: any Error) -> NodeError? {
    let object = "\(place) (\(key))"
    func wrong(_ words: String, _ message: String) -> NodeError {
      NodeError(.configuration, object: object, message: message, words: words, underlying: error)
    }
    switch error {
    case let error as IOError:
      switch error.errnoCode {
      case EADDRINUSE:
        return NodeError(
          .address, object: object, message: "is in use by another process",
          words: "listen.taken", underlying: error)
      case EADDRNOTAVAIL: return wrong("listen.foreign", "is no address of this machine")
      case EACCES: return wrong("listen.forbidden", "may not be bound by this user")
      default:
        return NodeError(
          .configuration, object: object, message: "cannot be listened on (\(error))",
          words: "listen.failed", values: ["fault": "\(error)"], underlying: error)
      }
    case is SocketAddressError, is SocketAddressError.UnknownHost:
      return wrong("listen.unknown", "names no host that can be found")
    default: return nil
    }
  }
}
