import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import guantong

/// Something at a socket that treats one connection after the other as it was told, and then is
/// gone.
final class ScriptedNode: Sendable {
  /// What happens to a connection once its request has been read whole.
  enum Step: Sendable {
    /// It is closed without a word.
    case hangUp
    /// It gets these bytes and is closed.
    case say(String)
  }

  private let listener: CInt
  private let steps: [Step]
  private let read = Mutex<[String]>([])

  /// The requests that were read, in their order.
  var requests: [String] { read.withLock { $0 } }

  /// The idempotency keys of the requests that were read.
  var keys: [String] {
    requests.compactMap { request in
      request.split(separator: "\r\n").first { $0.lowercased().hasPrefix("idempotency-key:") }
        .map { String($0.drop { $0 != ":" }.dropFirst().drop { $0 == " " }) }
    }
  }

  /// Listens at a path.
  init(at path: String, _ steps: [Step]) throws {
    self.steps = steps
    listener = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { place in
      unsafe place.copyBytes(from: Array(path.utf8).prefix(place.count - 1))
    }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let isBound = unsafe withUnsafePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(listener, $0, size) == 0
      }
    }
    try #require(isBound && listen(listener, 4) == 0)
    // Blocking calls have a thread of their own.
    Thread.detachNewThread { self.serve() }
  }

  /// Lends one at the socket of a node, and the configuration file by which commands find it.
  static func lend<Result>(
    _ steps: [Step], _ body: (ScriptedNode, _ configuration: String) async throws -> Result
  ) async throws -> Result {
    try await Scratch.withDirectory { directory in
      let files = NodeFiles(directory: directory)
      try FileManager.default.createDirectory(
        atPath: AbsolutePath.parent(of: files.officeSocket), withIntermediateDirectories: true)
      try Data("agency: 420300-FZB\n".utf8).write(to: URL(filePath: files.configuration))
      return try await body(
        try ScriptedNode(at: files.officeSocket, steps), files.configuration)
    }
  }

  private func serve() {
    for (number, step) in steps.enumerated() {
      let connection = accept(listener, nil, nil)
      // From the last one on nobody listens any more.
      if number == steps.count - 1 { close(listener) }
      let request = Self.request(on: connection)
      read.withLock { $0.append(request) }
      if case .say(let text) = step {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
          let sent = unsafe bytes.withUnsafeBytes {
            unsafe send(connection, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
          }
          guard sent > 0 else { break }
          bytes.removeFirst(sent)
        }
      }
      close(connection)
    }
  }

  /// Reads a head and the body that it announces.
  private static func request(on connection: CInt) -> String {
    var text = ""
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while true {
      if let end = text.firstRange(of: "\r\n\r\n") {
        let length = text[..<end.lowerBound].split(separator: "\r\n")
          .first { $0.lowercased().hasPrefix("content-length:") }
          .flatMap { Int($0.drop { $0 != ":" }.dropFirst().filter(\.isNumber)) }
        if text[end.upperBound...].utf8.count >= length ?? 0 { return text }
      }
      let count = unsafe recv(connection, &buffer, buffer.count, 0)
      guard count > 0 else { return text }
      text += String(decoding: buffer[..<count], as: UTF8.self)
    }
  }

  /// An answer of JSON.
  static func answer(_ body: String) -> Step {
    .say(
      "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
        + "content-length: \(body.utf8.count)\r\n\r\n\(body)")
  }
}
