import Glibc

/// A connected socket of the unix family: the only file here that touches memory by hand.
struct UnixSocket: ~Copyable {
  private let descriptor: Int32

  /// Connects to the server that listens at a path.
  ///
  /// - Throws: ``BenchError`` when nobody does.
  init(_ path: String) throws {
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    let room = MemoryLayout.size(ofValue: address.sun_path)
    guard descriptor >= 0, bytes.count < room else {
      throw BenchError("no socket for \(path)")
    }
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let descriptor = descriptor
    let result = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(descriptor, $0, size)
      }
    }
    guard result == 0 else { throw BenchError("nobody answers at \(path)") }
  }

  deinit { _ = Glibc.close(descriptor) }

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
}
