import HummingbirdCore
import Logging
package import NIOCore
import NIOHTTP1
import NIOSSL

/// How long the other end of a connection may take for what.
package struct SocketTimes: Sendable {
  /// From the connection to the head of the first request.
  package var firstRequest = TimeAmount.seconds(Limits.firstRequestSecondsMax)
  /// For a whole request.
  package var request = TimeAmount.seconds(Limits.requestSecondsMax)
  /// Until the kernel has taken a whole response.
  package var response = TimeAmount.seconds(Limits.responseSecondsMax)
  /// Between two requests.
  package var idle = TimeAmount.seconds(Limits.idleSecondsMax)

  /// The times of ``Limits``.
  package init() {}
}

/// Closes connections of peers that dawdle.
///
/// Three deadlines, because the server library has only an idle timeout that every byte renews: the
/// first request must begin, each request must be whole, and each response must have been taken by
/// the kernel, all in fixed times. A peer that goes on sending a body after its answer was written
/// is cut off after `Limits.discardedBytesMax`.
final class SocketDeadlines: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  private var reading: Scheduled<Void>?
  private var writing: Scheduled<Void>?
  private var isRequestOpen = false
  private var isAnswered = false
  private var discarded = 0

  private let times: SocketTimes

  /// Makes the handler of one connection.
  init(_ times: SocketTimes) {
    self.times = times
  }

  func handlerAdded(context: ChannelHandlerContext) {
    reading = schedule(times.firstRequest, context)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    reading?.cancel()
    writing?.cancel()
  }

  func channelInactive(context: ChannelHandlerContext) {
    reading?.cancel()
    writing?.cancel()
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head:
      reading?.cancel()
      reading = schedule(times.request, context)
      isRequestOpen = true
      isAnswered = false
      discarded = 0
    case .body(let bytes):
      if isAnswered {
        discarded += bytes.readableBytes
        guard discarded <= Limits.discardedBytesMax else {
          context.close(promise: nil)
          return
        }
      }
    case .end:
      reading?.cancel()
      reading = nil
      isRequestOpen = false
    }
    context.fireChannelRead(data)
  }

  func write(
    context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?
  ) {
    switch unwrapOutboundIn(data) {
    case .head(let head) where head.status.code >= 200:
      writing?.cancel()
      writing = schedule(times.response, context)
      context.write(data, promise: promise)
    case .head, .body:
      context.write(data, promise: promise)
    case .end:
      isAnswered = isRequestOpen
      let written = promise ?? context.eventLoop.makePromise(of: Void.self)
      let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
      written.futureResult.whenComplete { _ in
        bound.value.writing?.cancel()
        bound.value.writing = nil
      }
      context.write(data, promise: written)
    }
  }

  private func schedule(_ time: TimeAmount, _ context: ChannelHandlerContext) -> Scheduled<Void> {
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    return context.eventLoop.scheduleTask(in: time) {
      bound.value.close(promise: nil)
    }
  }
}

@available(*, unavailable)
extension SocketDeadlines: Sendable {}

/// An HTTP/1.1 channel whose connections have deadlines and are counted.
struct DeadlinedChannel: ServerChildChannel {
  private let base: HTTP1Channel
  private let times: SocketTimes
  private let anteroom: Anteroom

  init(
    responder: @escaping HTTPChannelHandler.Responder, times: SocketTimes, anteroom: Anteroom
  ) {
    self.times = times
    self.anteroom = anteroom
    base = HTTP1Channel(
      responder: responder,
      configuration: HTTP1Channel.Configuration(
        idleTimeout: times.idle,
        httpDecoderConfiguration: .init(
          maxHeaderFieldSize: Limits.headerBytesMax, maxHeaderListSize: Limits.headerBytesMax,
          maxHeaderFieldCount: Limits.headerFieldsMax)))
  }

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
    base.setup(channel: channel, logger: logger).flatMapThrowing { [times, anteroom] value in
      let pipeline = channel.pipeline.syncOperations
      let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
      try pipeline.addHandler(SocketDeadlines(times), position: .after(decoder))
      try Self.closeWhole(channel)
      anteroom.enter(channel)
      return value
    }
  }

  /// Ends a TLS connection when the other end closes its half.
  ///
  /// The server library lets every connection be closed by halves. The TLS handler then passes over
  /// the other end's close_notify while it waits for just that, so each connection would outlive
  /// its end, and the node's own end, by the five seconds after which the handler gives up.
  private static func closeWhole(_ channel: any Channel) throws {
    let tls = try? channel.pipeline.syncOperations.handler(type: NIOSSLServerHandler.self)
    guard tls != nil else { return }
    try channel.syncOptions?.setOption(.allowRemoteHalfClosure, value: false)
  }

  func handle(value: HTTP1Channel.Value, logger: Logger) async {
    await base.handle(value: value, logger: logger)
  }
}

extension HTTPServerBuilder {
  /// HTTP/1.1 with the node's limits on sizes, times and connections.
  ///
  /// - Parameters:
  ///   - times: how long the other end may take.
  ///   - anteroom: where connections wait until somebody lets them out; where nobody does, it is
  ///     the number of connections that the server has at most.
  /// - Returns: the builder.
  static func deadlined(
    _ times: SocketTimes = SocketTimes(), anteroom: Anteroom
  ) -> HTTPServerBuilder {
    HTTPServerBuilder { responder in
      DeadlinedChannel(responder: responder, times: times, anteroom: anteroom)
    }
  }
}
