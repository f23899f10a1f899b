@unsafe @preconcurrency import Dispatch  // on Linux DispatchSourceRead is not Sendable
import Synchronization

/// One connection that waits for notifications (LISTEN) and wakes whoever listens to a channel.
///
/// A notification means "look again" and carries nothing else: several may be one, and one comes
/// whenever the connection was lost and is back, since what was sent meanwhile is not known.
/// Callers also look again slowly by themselves.
///
/// `@unchecked Sendable`: all variables are touched only by blocks on `queue`, which is serial.
@safe
package final class Listener: @unchecked Sendable {
  private let configuration: ConnectionConfiguration
  private let queue = DispatchQueue(label: "guantong.postgres.listener")
  private var session: Session?
  private var source: (any DispatchSourceRead)?
  private var streams: [String: [UInt64: AsyncStream<Void>.Continuation]] = [:]
  private var nextStream: UInt64 = 0
  private var pause = Limits.listenPauseFirst
  private var isClosed = false
  private var isReopening = false

  /// Makes a listener that connects when the first stream is asked for.
  package init(_ configuration: ConnectionConfiguration) {
    self.configuration = configuration
  }

  /// A stream that wakes after each notification on the channel, and once when it is listening.
  ///
  /// It ends when the listener is closed; stop listening by cancelling the task that reads it.
  package func wakeUps(on channel: String) -> AsyncStream<Void> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    queue.async { self.add(continuation, to: channel) }
    return stream
  }

  /// Ends all streams and the connection.
  package func close() async {
    await withCheckedContinuation { done in
      queue.async {
        self.isClosed = true
        self.disconnect()
        for continuations in self.streams.values {
          for continuation in continuations.values { continuation.finish() }
        }
        self.streams = [:]
        done.resume()
      }
    }
  }

  private func add(_ continuation: AsyncStream<Void>.Continuation, to channel: String) {
    guard !isClosed else {
      continuation.finish()
      return
    }
    let id = nextStream
    nextStream += 1
    let isNew = streams[channel] == nil
    streams[channel, default: [:]][id] = continuation
    continuation.onTermination = { [weak self] _ in
      guard let self else { return }
      self.queue.async { self.remove(id, from: channel) }
    }
    if session == nil {
      open()
    } else if isNew {
      listen(to: channel)
      continuation.yield()
    } else {
      continuation.yield()
    }
  }

  private func remove(_ id: UInt64, from channel: String) {
    streams[channel]?[id] = nil
    guard streams[channel]?.isEmpty == true else { return }
    streams[channel] = nil
    do throws(PostgresError) {
      try session?.run("UNLISTEN \(unsafeIdentifier: channel)")
    } catch {
      reopenLater()
    }
  }

  /// Connects, listens to every channel and wakes everybody, because something may have passed.
  private func open() {
    guard !isClosed, session == nil, !isReopening else { return }
    do throws(PostgresError) {
      let opened = try Session(configuration)
      session = opened
      for channel in streams.keys { try opened.run("LISTEN \(unsafeIdentifier: channel)") }
      watch(opened)
      pause = Limits.listenPauseFirst
      for channel in streams.keys { wake(channel) }
    } catch {
      reopenLater()
    }
  }

  private func watch(_ opened: Session) {
    let source = DispatchSource.makeReadSource(fileDescriptor: opened.socket, queue: queue)
    source.setEventHandler { [weak self] in self?.drain() }
    // The source holds the session until it is cancelled: libpq must not close the descriptor
    // while the source watches it.
    source.setCancelHandler { withExtendedLifetime(opened) {} }
    self.source = source
    source.activate()
  }

  private func listen(to channel: String) {
    do throws(PostgresError) {
      try session?.run("LISTEN \(unsafeIdentifier: channel)")
      drain()
    } catch {
      reopenLater()
    }
  }

  private func drain() {
    guard let session else { return }
    guard let channels = session.consumeNotifications() else {
      reopenLater()
      return
    }
    for channel in channels { wake(channel) }
  }

  private func wake(_ channel: String) {
    for continuation in (streams[channel] ?? [:]).values { continuation.yield() }
  }

  private func disconnect() {
    source?.cancel()
    source = nil
    session = nil
  }

  private func reopenLater() {
    disconnect()
    guard !isClosed, !isReopening else { return }
    isReopening = true
    let (seconds, attoseconds) = pause.components
    let delay = Double(seconds) + Double(attoseconds) / 1e18
    pause = min(pause * 2, Limits.listenPauseMax)
    queue.asyncAfter(deadline: .now() + delay) { [weak self] in
      guard let self else { return }
      self.isReopening = false
      self.open()
    }
  }
}
