import Glibc
import NIOCore
import NIOPosix

/// One direction of a connection over a ``FaultProxy``, both of whose ends share an event loop.
final class FaultPipe: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  private let other: any Channel
  private let direction: LineFaults.Direction
  private let line: FaultProxy.Line
  private var passed = 0
  private var isSilent = false
  /// When what was handed on last is at the other end.
  private var due = NIODeadline.now()

  init(to other: any Channel, _ direction: LineFaults.Direction, of line: FaultProxy.Line) {
    (self.other, self.direction, self.line) = (other, direction, line)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    let faults = line.faults
    guard !isSilent else { return }
    var ending: LineFaults.Ending?
    if let limit = faults.limit, limit.direction == direction,
      passed + bytes.readableBytes > limit.bytes
    {
      ending = limit.ending
      bytes = bytes.readSlice(length: max(0, limit.bytes - passed)) ?? ByteBuffer()
    }
    passed += bytes.readableBytes
    schedule(bytes, faults)
    if let ending { end(context.channel, ending) }
  }

  /// Hands bytes on, in slices, as late as the line is slow.
  private func schedule(_ bytes: ByteBuffer, _ faults: LineFaults) {
    let now = NIODeadline.now()
    var rest = bytes
    let slice = faults.sliceBytes ?? max(1, bytes.readableBytes)
    while rest.readableBytes > 0, let part = rest.readSlice(length: min(slice, rest.readableBytes))
    {
      var moment = max(due, now + TimeAmount(faults.latency))
      if let rate = faults.bytesPerSecond {
        moment = moment + .nanoseconds(Int64(part.readableBytes) * 1_000_000_000 / Int64(rate))
      }
      due = max(due, moment)
      let channel = other
      if moment <= now {
        channel.writeAndFlush(part, promise: nil)
      } else {
        channel.eventLoop.scheduleTask(deadline: moment) {
          channel.writeAndFlush(part, promise: nil)
        }
      }
    }
  }

  private func end(_ channel: any Channel, _ ending: LineFaults.Ending) {
    line.noteCut()
    isSilent = true
    guard ending != .silence else { return }
    let ends = [channel, other]
    // Behind what is still on its way.
    channel.eventLoop.scheduleTask(deadline: due) {
      for end in ends {
        if ending == .reset, let options = end as? any SocketOptionProvider {
          _ = options.setSoLinger(linger(l_onoff: 1, l_linger: 0))
        }
        end.close(promise: nil)
      }
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    let channel = other
    channel.eventLoop.scheduleTask(deadline: due) { channel.close(promise: nil) }
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}

@available(*, unavailable)
extension FaultPipe: Sendable {}
