import Glibc

/// A socket of a stream, closed once nobody holds it: the only file here that touches memory by
/// hand.
final class StreamSocket: Sendable {
  private let descriptor: Int32

  private init(_ descriptor: Int32) {
    self.descriptor = descriptor
    // What is started later shall not keep it open.
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  deinit { _ = Glibc.close(descriptor) }

  private static func open(_ family: Int32) -> StreamSocket {
    StreamSocket(socket(family, Int32(SOCK_STREAM.rawValue), 0))
  }

  /// Connects to the server that listens at a path.
  ///
  /// - Throws: ``BenchError`` when nobody does.
  static func toPath(_ path: String) throws -> StreamSocket {
    let socket = open(AF_UNIX)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    let room = MemoryLayout.size(ofValue: address.sun_path)
    guard socket.descriptor >= 0, bytes.count < room else {
      throw BenchError("no socket for \(path)")
    }
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
    let result = unsafe Self.with(address) { unsafe connect(socket.descriptor, $0, $1) }
    guard result == 0 else { throw BenchError("nobody answers at \(path)") }
    return socket
  }

  /// Connects to the server that listens at a port of loopback.
  ///
  /// - Throws: ``BenchError`` when nobody does.
  static func toPort(_ port: Int) throws -> StreamSocket {
    let socket = open(AF_INET)
    let result = unsafe Self.with(try loopback(port)) {
      unsafe connect(socket.descriptor, $0, $1)
    }
    guard result == 0 else { throw BenchError("nobody answers at port \(port)") }
    try socket.set(Int32(IPPROTO_TCP), TCP_NODELAY)
    return socket
  }

  /// Listens at a port of loopback.
  ///
  /// - Throws: ``BenchError`` when somebody else does.
  static func listening(at port: Int) throws -> StreamSocket {
    let socket = open(AF_INET)
    try socket.set(SOL_SOCKET, SO_REUSEADDR)
    let result = unsafe Self.with(try loopback(port)) { unsafe bind(socket.descriptor, $0, $1) }
    guard result == 0, listen(socket.descriptor, 64) == 0 else {
      throw BenchError("nobody can listen at port \(port)")
    }
    return socket
  }

  /// The next connection to a socket that listens.
  ///
  /// - Throws: ``BenchError`` once it does not listen any more.
  func next() throws -> StreamSocket {
    let descriptor = accept(descriptor, nil, nil)
    guard descriptor >= 0 else { throw BenchError("nobody is listened to any more") }
    let socket = StreamSocket(descriptor)
    try socket.set(Int32(IPPROTO_TCP), TCP_NODELAY)
    return socket
  }

  /// Sends all of it.
  func send(_ bytes: [UInt8]) throws {
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes[sent...].withUnsafeBytes {
        unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw BenchError("the connection broke while it was written to") }
      sent += count
    }
  }

  /// Receives what is there, at least a byte.
  func receive() throws -> [UInt8] {
    let size = 1 << 16
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = unsafe max(0, recv(descriptor, buffer.baseAddress, size, 0))
    }
    guard !bytes.isEmpty else { throw BenchError("the connection broke while it was read") }
    return bytes
  }

  /// Ends it for both sides; whoever waits for it is told.
  func end() {
    _ = shutdown(descriptor, Int32(SHUT_RDWR))
  }

  private func set(_ level: Int32, _ option: Int32) throws {
    var on: Int32 = 1
    let size = socklen_t(MemoryLayout<Int32>.size)
    guard unsafe setsockopt(descriptor, level, option, &on, size) == 0 else {
      throw BenchError("a socket cannot be set up")
    }
  }

  private static func loopback(_ port: Int) throws -> sockaddr_in {
    guard let port = UInt16(exactly: port) else { throw BenchError("\(port) is no port") }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
    return address
  }

  private static func with<Address>(
    _ address: Address, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    let size = socklen_t(MemoryLayout<Address>.size)
    return unsafe withUnsafePointer(to: address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0, size) }
    }
  }
}
