import Foundation
import Synchronization

/// A line on loopback that counts: what comes to its port goes on to another port, and back.
///
/// It counts what programs write to their sockets, so TLS and the heads of HTTP are in it, and how
/// often the side that dialled asks after it was answered.
final class CountingLine: Sendable {
  /// What has gone over it so far.
  struct Count {
    /// Bytes of both ways.
    var bytes = 0
    /// Questions after an answer, on every connection.
    var roundTrips = 0
  }

  private struct State {
    var count = Count()
    /// The connections whose last word was a question.
    var asking: Set<Int> = []
    var connections = 0
  }

  private let listener: StreamSocket
  private let target: Int
  private let state = Mutex(State())

  /// Listens at a port of loopback and carries on to `target`, which may come later.
  init(at port: Int, to target: Int) throws {
    listener = try StreamSocket.listening(at: port)
    self.target = target
    Thread.detachNewThread { [self] in
      while let near = try? listener.next() { connect(near) }
    }
  }

  /// What has gone over it so far.
  var count: Count { state.withLock { $0.count } }

  /// Takes no further connection.
  func end() { listener.end() }

  private func connect(_ near: StreamSocket) {
    // Where nobody answers, whoever dialled is told by the end of this connection.
    guard let far = try? StreamSocket.toPort(target) else { return }
    let number = state.withLock { state in
      state.connections += 1
      return state.connections
    }
    Thread.detachNewThread { [self] in
      carry(from: near, to: far) { state, bytes in
        state.count.bytes += bytes
        if state.asking.insert(number).inserted { state.count.roundTrips += 1 }
      }
    }
    Thread.detachNewThread { [self] in
      carry(from: far, to: near) { state, bytes in
        state.count.bytes += bytes
        state.asking.remove(number)
      }
    }
  }

  /// Carries one way until either side ends; what is carried is counted before it arrives.
  private func carry(
    from source: StreamSocket, to target: StreamSocket, note: (inout State, Int) -> Void
  ) {
    do {
      while true {
        let bytes = try source.receive()
        state.withLock { note(&$0, bytes.count) }
        try target.send(bytes)
      }
    } catch {
      for side in [source, target] { side.end() }
    }
  }
}
