import Exchange
import Postgres
import Replica
import TestSupport
import Testing

/// Brief works share a commit, and nothing else.
@Suite(.database, .timeLimit(.minutes(2)))
struct CommitGroupTests {
  private struct Refused: Error {}

  /// A store with a table of its own for what the works write.
  private func store() async throws -> PostgresStore {
    let configuration = try TestDatabase.configuration
    let node = SampleNode(PostgresStore(configuration), SampleAgency("A"))
    _ = try await node.found()
    let admin = Connection(configuration)
    try await admin.statement("CREATE TABLE public.work (number int PRIMARY KEY)")
    await admin.close()
    return node.store
  }

  /// Does works together, of which those that 5 divides refuse after they have written; gives the
  /// transaction of each that did not.
  private func work(_ numbers: Range<Int>, in store: PostgresStore) async -> [Int: String] {
    await withTaskGroup(of: (Int, String?).self) { group in
      for number in numbers {
        group.addTask {
          let transaction = try? await store.writeTogether { transaction in
            try transaction.sql.execute("INSERT INTO public.work VALUES (\(number))")
            if number.isMultiple(of: 5) { throw Refused() }
            return try transaction.sql.value(
              "SELECT pg_current_xact_id()::text", as: String.self) ?? ""
          }
          return (number, transaction)
        }
      }
      return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
  }

  private func kept(in store: PostgresStore) async throws -> [Int] {
    try await store.read { transaction in
      try transaction.sql.rows("SELECT number FROM public.work ORDER BY number").map {
        Int(try $0.value(0, as: Int32.self))
      }
    }
  }

  @Test func `works that wait share a transaction, and one that fails undoes itself alone`()
    async throws
  {
    let store = try await store()
    var lawful: [Int] = []
    var shared = false
    for round in 0..<50 where !shared {
      let numbers = round * 40..<(round + 1) * 40
      let transactions = await work(numbers, in: store)
      lawful += numbers.filter { !$0.isMultiple(of: 5) }
      #expect(transactions.keys.sorted() == numbers.filter { !$0.isMultiple(of: 5) })
      shared = Set(transactions.values).count < transactions.count
    }
    #expect(shared, "in none of fifty rounds did two works share a commit")
    #expect(try await kept(in: store) == lawful)
    await store.close()
  }

  @Test func `a statement that waited fails the work it is of, and no other`() async throws {
    let store = try await store()
    try await store.writeTogether { try $0.sql.later("INSERT INTO public.work VALUES (-1)") }
    let refusals = await withTaskGroup(of: (Int, String?).self) { group -> [Int: String] in
      for number in 0..<60 {
        group.addTask {
          do {
            try await store.writeTogether { transaction in
              try transaction.sql.later("INSERT INTO public.work VALUES (\(number))")
              guard number.isMultiple(of: 4) else { return }
              try transaction.sql.later("INSERT INTO public.work VALUES (\(-1))")
            }
            return (number, nil)
          } catch {
            return (number, (error as? PostgresError)?.sqlstate ?? "\(error)")
          }
        }
      }
      return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    #expect(refusals.keys.sorted() == (0..<60).filter { $0.isMultiple(of: 4) })
    #expect(refusals.values.allSatisfy { $0 == "23505" })
    let lawful = [-1] + (0..<60).filter { !$0.isMultiple(of: 4) }
    #expect(try await kept(in: store) == lawful)
    await store.close()
  }

  @Test func `a work that is undone leaves nothing behind in what the transaction remembers`()
    async throws
  {
    let store = try await store()
    let before = try await store.read { try $0.node() }
    // Many of both at once, so that some share a transaction.
    try await withThrowingTaskGroup(of: NodeRecord.self) { group in
      for _ in 0..<40 {
        group.addTask {
          await #expect(throws: Refused.self) {
            try await store.writeTogether { transaction in
              var node = try transaction.node()
              node.hasSealed.toggle()
              try transaction.save(node)
              throw Refused()
            }
          }
          return before
        }
        group.addTask { try await store.writeTogether { try $0.node() } }
      }
      for try await seen in group { #expect(seen == before) }
    }
    #expect(try await store.read { try $0.node() } == before)
    await store.close()
  }

  @Test func `a work whose task is cancelled while it waits is taken back`() async throws {
    let store = try await store()
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      try await store.writeTogether { transaction in
        try transaction.sql.execute("INSERT INTO public.work VALUES (1)")
      }
    }
    task.cancel()
    let error = await #expect(throws: PostgresError.self) { try await task.value }
    #expect(error?.code == .cancelled)
    #expect(try await kept(in: store) == [])
    await store.close()
  }

  @Test func `whoever waits at a store that was closed is told`() async throws {
    let store = try await store()
    await store.close()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<3 {
        group.addTask {
          await #expect(throws: PostgresError.self) {
            try await store.writeTogether { try $0.node() }
          }
        }
      }
    }
  }
}
