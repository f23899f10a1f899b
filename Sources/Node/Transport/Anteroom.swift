package import NIOCore
import Synchronization

/// Connections whose other end has not shown yet who it is: when there are too many, the oldest
/// goes.
///
/// So a flood of sockets that say nothing, or say it slowly, costs a fixed number of descriptors
/// and keeps nobody out for longer than it takes to open as many again; connections that have
/// proved themselves are elsewhere and stay.
package final class Anteroom: Sendable {
  private struct State {
    var waiting: [Int: any Channel] = [:]
    var places: [ObjectIdentifier: Int] = [:]
    var next = 0
    var oldest = 0
  }

  private let state = Mutex(State())
  private let connectionsMax: Int

  /// Makes an empty room for so many.
  package init(connectionsMax: Int) {
    self.connectionsMax = connectionsMax
  }

  /// How many wait.
  package var count: Int { state.withLock { $0.waiting.count } }

  /// Takes a new connection in; closes the oldest one when the room is full.
  package func enter(_ channel: any Channel) {
    let shed = state.withLock { state -> (any Channel)? in
      state.waiting[state.next] = channel
      state.places[ObjectIdentifier(channel)] = state.next
      state.next += 1
      guard state.waiting.count > connectionsMax else { return nil }
      while state.waiting[state.oldest] == nil { state.oldest += 1 }
      let shed = state.waiting.removeValue(forKey: state.oldest)
      if let shed { state.places[ObjectIdentifier(shed)] = nil }
      return shed
    }
    shed?.close(promise: nil)
    channel.closeFuture.whenComplete { _ in self.leave(channel) }
  }

  /// Lets a connection out, because it has shown who it is or is closed.
  package func leave(_ channel: any Channel) {
    state.withLock { state in
      guard let place = state.places.removeValue(forKey: ObjectIdentifier(channel)) else { return }
      state.waiting[place] = nil
    }
  }
}
