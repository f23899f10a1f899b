package import HTTPTypes
package import NIOCore
import NIOPosix
package import NIOSSL
package import Node

/// What a server answered, as bytes.
package struct RawAnswer: Equatable, Sendable {
  /// The status.
  package let status: Int
  /// The fields, their names in lower case.
  package let fields: [String: String]
  /// The body.
  package let body: [UInt8]

  /// The problem's code, or nil.
  package var code: String? {
    let text = String(decoding: body, as: UTF8.self)
    guard let start = text.firstRange(of: "\"code\":\"") else { return nil }
    return String(text[start.upperBound...].prefix { $0 != "\"" })
  }
}

/// A TLS connection on which a test writes what it likes.
package struct RawConnection {
  private let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>

  private init(_ channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>) {
    self.channel = channel
  }

  /// The two directions of an open connection.
  package struct Stream {
    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    /// The way out; when it is finished the other end sees the end, and its answer can be read.
    package let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var pending: [UInt8] = []

    init(
      inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
      outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) {
      self.inbound = inbound
      self.outbound = outbound
    }

    /// Writes bytes as they are.
    package func send(_ bytes: [UInt8]) async throws {
      try await outbound.write(ByteBuffer(bytes: bytes))
    }

    /// Writes a request with its body.
    package func send(_ request: HTTPRequest, body: [UInt8]) async throws {
      try await send(RawConnection.bytes(of: request) + body)
    }

    /// Waits for one whole answer; nil when the connection ends first.
    package mutating func answer() async throws -> RawAnswer? {
      while true {
        if let (answer, used) = RawConnection.parse(pending) {
          pending.removeFirst(used)
          return answer
        }
        do {
          guard let more = try await inbound.next(isolation: #isolation) else { return nil }
          pending += more.readableBytesView
        } catch is IOError {
          return nil
        } catch NIOSSLError.uncleanShutdown {
          // A server that sheds a connection does not wait for the other side's goodbye.
          return nil
        }
      }
    }
  }

  /// Opens a connection with the certificate of `node`, or none, runs `body` and closes it.
  package static func open(
    port: Int, as node: TransportCertificate?, version: TLSVersion = .tlsv13,
    _ body: (inout Stream) async throws -> Void
  ) async throws {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.certificateVerification = .none
    tls.maximumTLSVersion = version
    tls.shutdownTimeout = .milliseconds(100)
    if let node {
      tls.certificateChain = [
        .certificate(
          try NIOSSLCertificate(bytes: Array(node.certificatePEM.utf8), format: .pem))
      ]
      tls.privateKey = .privateKey(
        try NIOSSLPrivateKey(bytes: Array(node.keyPEM.utf8), format: .pem))
    }
    let context = try NIOSSLContext(configuration: tls)
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            NIOSSLClientHandler(context: context, serverHostname: nil))
          return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
            wrappingChannelSynchronously: channel,
            configuration: .init(isOutboundHalfClosureEnabled: true))
        }
      }
    try await channel.executeThenClose { inbound, outbound in
      var stream = Stream(inbound: inbound.makeAsyncIterator(), outbound: outbound)
      try await body(&stream)
    }
  }

  /// The head of a request as it goes over the wire.
  package static func bytes(of request: HTTPRequest) -> [UInt8] {
    var text = "\(request.method.rawValue) \(request.path ?? "/") HTTP/1.1\r\n"
    text += "host: \(request.authority ?? "")\r\n"
    for field in request.headerFields {
      text += "\(field.name.rawName): \(field.value)\r\n"
    }
    return Array((text + "\r\n").utf8)
  }

  /// Reads one answer from the front of `bytes`; nil while it is not whole.
  static func parse(_ bytes: [UInt8]) -> (RawAnswer, used: Int)? {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let end = text.utf8.firstRange(of: "\r\n\r\n".utf8) else { return nil }
    let headBytes = text.utf8.distance(from: text.startIndex, to: end.upperBound)
    let lines = text[..<end.lowerBound].split(separator: "\r\n")
    var fields: [String: String] = [:]
    for line in lines.dropFirst() {
      let halves = line.split(separator: ":", maxSplits: 1)
      fields[halves[0].lowercased()] =
        halves.count == 2 ? String(halves[1].drop { $0 == " " }) : ""
    }
    let length = fields["content-length"].flatMap { Int($0) } ?? 0
    guard bytes.count >= headBytes + length, let status = lines.first?.split(separator: " ")
    else { return nil }
    return (
      RawAnswer(
        status: Int(status[1]) ?? 0, fields: fields,
        body: Array(bytes[headBytes..<headBytes + length])),
      headBytes + length
    )
  }
}

extension String.UTF8View {
  fileprivate func firstRange(of other: String.UTF8View) -> Range<String.Index>? {
    let wanted = Array(other)
    var index = startIndex
    while let start = self[index...].firstIndex(of: wanted[0]) {
      if self[start...].starts(with: wanted) {
        return start..<self.index(start, offsetBy: wanted.count)
      }
      index = self.index(after: start)
    }
    return nil
  }
}
