import AsyncHTTPClient
import Glibc
import NIOCore
import NIOPosix
import Synchronization

/// What can go wrong on the way to a node and back.
enum WayFailure: Equatable {
  /// Nobody listens there.
  case nobody
  /// This user may not open the socket.
  case forbidden
  /// The node cannot be reached for another reason: a name, TLS, a network.
  case unreachable
  /// The connection ended after the request was sent, or may have been.
  case lost
  /// No answer in time.
  case timeout
  /// The answer is larger than any that we take.
  case tooLarge

  /// Reads an error of the client.
  ///
  /// - Parameters:
  ///   - error: what the client threw.
  ///   - wasSent: whether it had begun to send the body of the request.
  init(_ error: any Error, wasSent: Bool) {
    switch error {
    case is NIOTooManyBytesError: self = .tooLarge
    case let error as HTTPClientError:
      switch error {
      case .deadlineExceeded, .readTimeout, .writeTimeout: self = .timeout
      case .connectTimeout, .getConnectionFromPoolTimeout: self = .nobody
      case .remoteConnectionClosed, .uncleanShutdown: self = .lost
      default: self = wasSent ? .lost : .unreachable
      }
    case let error as IOError where !wasSent: self = .init(connecting: error.errnoCode)
    case let error as NIOConnectionError where !wasSent:
      let ways = error.connectionErrors.map { Self($0.error, wasSent: false) }
      self = !ways.isEmpty && ways.allSatisfy { $0 == .nobody } ? .nobody : .unreachable
    case ChannelError.connectTimeout where !wasSent: self = .nobody
    default: self = wasSent ? .lost : .unreachable
    }
  }

  /// Reads the number of an error of the system before anything was sent.
  init(connecting number: CInt) {
    switch number {
    case ECONNREFUSED, ENOENT: self = .nobody
    case EACCES, EPERM: self = .forbidden
    case ECONNRESET, EPIPE: self = .lost
    default: self = .unreachable
    }
  }
}

/// The body of a request, which notes that it was asked for: from then on the node may have it.
final class NotedBody: AsyncSequence, Sendable {
  private let bytes: [UInt8]
  private let isAskedFor = Atomic<Bool>(false)

  /// Whether the client has begun to send it.
  var wasSent: Bool { isAskedFor.load(ordering: .acquiring) }

  /// How long it is.
  var count: Int { bytes.count }

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func makeAsyncIterator() -> Iterator { Iterator(body: self) }

  /// Gives the whole body at once.
  struct Iterator: AsyncIteratorProtocol {
    fileprivate var body: NotedBody?

    mutating func next() async -> ByteBuffer? {
      guard let body else { return nil }
      self.body = nil
      body.isAskedFor.store(true, ordering: .releasing)
      return ByteBuffer(bytes: body.bytes)
    }
  }
}
