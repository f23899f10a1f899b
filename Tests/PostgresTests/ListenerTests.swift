import Postgres
import TestSupport
import Testing

/// Notifications wake listeners, also across a restart of the server.
@Suite(.timeLimit(.minutes(5)))
struct ListenerTests {
  @Test(.emptyDatabase) func `a notification wakes the listeners of its channel`() async throws {
    let configuration = try TestDatabase.configuration
    let listener = Listener(configuration)
    let sender = Connection(configuration)
    var wakeUps = listener.wakeUps(on: "outbox").makeAsyncIterator()
    var others = listener.wakeUps(on: #"odd "name""#).makeAsyncIterator()
    #expect(await wakeUps.next() != nil)  // it listens
    #expect(await others.next() != nil)
    for _ in 0..<3 {
      try await sender.statement("SELECT pg_notify('outbox', '')")
      #expect(await wakeUps.next() != nil)
    }
    try await sender.statement(#"SELECT pg_notify('odd "name"', '')"#)
    #expect(await others.next() != nil)
    await listener.close()
    #expect(await wakeUps.next() == nil)
    await sender.close()
  }

  @Test func `after every restart of the server a listener wakes and goes on`() async throws {
    let cluster = try await TestCluster.start()
    let listener = Listener(cluster.configuration())
    let sender = Connection(cluster.configuration())
    var wakeUps = listener.wakeUps(on: "outbox").makeAsyncIterator()
    #expect(await wakeUps.next() != nil)
    // Whether the server's last words and the end of the connection come together is up to chance.
    for _ in 0..<5 {
      try await cluster.restart()
      #expect(await wakeUps.next() != nil)  // "something may have passed"
      try await sender.statement("SELECT pg_notify('outbox', '')")
      #expect(await wakeUps.next() != nil)
    }
    await listener.close()
    await sender.close()
    cluster.stop()
  }
}
