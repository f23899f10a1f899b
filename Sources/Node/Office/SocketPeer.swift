import NIOCore

/// Who sits at the other end of a unix socket, as the kernel says (SO_PEERCRED, socket(7)).
///
/// Its layout is that of Linux's `struct ucred`.
package struct SocketPeer: Sendable, Hashable {
  /// The process.
  package let process: Int32
  /// The operating system's user, for the audit.
  package let user: UInt32
  /// Its group.
  package let group: UInt32

  /// Asks the kernel; nil when the connection is not a unix socket.
  static func of(_ channel: any Channel) async -> SocketPeer? {
    guard case .unixDomainSocket? = channel.localAddress,
      let provider = channel as? any SocketOptionProvider
    else { return nil }
    let peerCredentials = NIOBSDSocket.Option(rawValue: 17)
    let answer: EventLoopFuture<SocketPeer> = provider.unsafeGetSocketOption(
      level: .socket, name: peerCredentials)
    return try? await answer.get()
  }
}
