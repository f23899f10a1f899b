import Foundation

/// A connection to the JSON API of a node over its socket, kept open from request to request.
final class OfficeConnection {
  private let socket: StreamSocket

  init(_ path: String) throws {
    socket = try StreamSocket.toPath(path)
  }

  /// Sends a request and gives the body of its answer.
  ///
  /// - Throws: ``BenchError`` with the words of the node when it refuses.
  @discardableResult
  func call(
    _ method: String = "POST", _ path: String, _ body: some Encodable, as person: String? = nil
  ) throws -> Data {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    let content = method == "GET" ? Data() : try encoder.encode(body)
    var head = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n"
    if let person { head += "guantong-as: \(person)\r\n" }
    if method != "GET" {
      head += "Content-Type: application/json\r\nContent-Length: \(content.count)\r\n"
      head += "Idempotency-Key: \(UUID().uuidString.lowercased())\r\n"
    }
    try socket.send(Array("\(head)\r\n".utf8) + content)
    let (status, answer) = try receive()
    guard (200..<300).contains(status) else {
      let words = String(decoding: answer.prefix(1_000), as: UTF8.self)
      throw BenchError("\(method) \(path): \(status) \(words)")
    }
    return answer
  }

  /// The same, and reads the answer.
  func call<Answer: Decodable>(
    _ method: String = "POST", _ path: String, _ body: some Encodable, as person: String? = nil,
    for type: Answer.Type
  ) throws -> Answer {
    try Self.decode(type, try call(method, path, body, as: person))
  }

  /// Reads JSON as nodes and commands write it.
  static func decode<Answer: Decodable>(_ type: Answer.Type, _ data: Data) throws -> Answer {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(type, from: data)
  }

  private func receive() throws -> (status: Int, body: Data) {
    var bytes = Data()
    let end = Data("\r\n\r\n".utf8)
    var head = bytes.range(of: end)
    while head == nil {
      bytes += try socket.receive()
      head = bytes.range(of: end)
    }
    guard let head else { throw BenchError("an answer without a head") }
    let lines = String(decoding: bytes[..<head.lowerBound], as: UTF8.self).split(separator: "\r\n")
    let length = lines.lazy.filter { $0.lowercased().hasPrefix("content-length:") }
      .compactMap { Int($0.split(separator: ":")[1].drop { $0 == " " }) }.first
    guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }),
      let length
    else { throw BenchError("an answer without a status or a length") }
    while bytes.count < head.upperBound + length { bytes += try socket.receive() }
    return (status, Data(bytes[head.upperBound...]))
  }
}

/// A body that says nothing.
struct Nothing: Codable {}
