import Replica
import ServiceLifecycle

/// Rings for everybody when the database says that something is new, whoever wrote it.
struct Wakings: Service {
  let store: PostgresStore
  let bell: Bell
  let signals: SyncSignals

  func run() async throws {
    await cancelWhenGracefulShutdown {
      async let lines: Void = store.listen(for: .outbox) { bell.ringAll() }
      async let entries: Void = store.listen(for: .directory) { signals.ring(.directory) }
      _ = await (lines, entries)
    }
    try? await gracefulShutdown()
  }
}

/// When the node stops, peers that wait get their answer and new ones are sent away.
struct Closing: Service {
  let gate: PeerGate
  let bell: Bell

  func run() async throws {
    try? await gracefulShutdown()
    gate.close()
    bell.close()
  }
}
