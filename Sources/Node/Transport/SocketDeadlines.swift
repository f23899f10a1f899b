import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

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

  /// Makes the handler of one connection.
  init() {}

  func handlerAdded(context: ChannelHandlerContext) {
    reading = schedule(Limits.firstRequestSecondsMax, context)
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
      reading = schedule(Limits.requestSecondsMax, context)
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
      writing = schedule(Limits.responseSecondsMax, context)
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

  private func schedule(_ seconds: Int64, _ context: ChannelHandlerContext) -> Scheduled<Void> {
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    return context.eventLoop.scheduleTask(in: .seconds(seconds)) {
      bound.value.close(promise: nil)
    }
  }
}

@available(*, unavailable)
extension SocketDeadlines: Sendable {}

/// An HTTP/1.1 channel whose connections have deadlines.
struct DeadlinedChannel: ServerChildChannel {
  private let base: HTTP1Channel

  init(responder: @escaping HTTPChannelHandler.Responder) {
    base = HTTP1Channel(
      responder: responder,
      configuration: HTTP1Channel.Configuration(
        idleTimeout: .seconds(Limits.idleSecondsMax),
        httpDecoderConfiguration: .init(
          maxHeaderFieldSize: Limits.headerBytesMax, maxHeaderListSize: Limits.headerBytesMax,
          maxHeaderFieldCount: Limits.headerFieldsMax)))
  }

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
    base.setup(channel: channel, logger: logger).flatMapThrowing { value in
      let pipeline = channel.pipeline.syncOperations
      let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
      try pipeline.addHandler(SocketDeadlines(), position: .after(decoder))
      return value
    }
  }

  func handle(value: HTTP1Channel.Value, logger: Logger) async {
    await base.handle(value: value, logger: logger)
  }
}

extension HTTPServerBuilder {
  /// HTTP/1.1 with the node's limits on sizes and times.
  static var deadlined: HTTPServerBuilder {
    HTTPServerBuilder { responder in DeadlinedChannel(responder: responder) }
  }
}
