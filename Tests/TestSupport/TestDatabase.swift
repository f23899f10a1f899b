package import Postgres
import Replica
import Synchronization
package import Testing

/// The database of the test that runs now.
///
/// ```swift
/// @Test(.database) func `a row written is a row read`() async throws {
///   let connection = Connection(try TestDatabase.configuration)
/// ```
package enum TestDatabase {
  @TaskLocal static var current: ConnectionConfiguration?

  /// How to reach the test's own database.
  /// - Throws: when the test does not have the trait `.database`.
  package static var configuration: ConnectionConfiguration {
    get throws {
      guard let current else {
        throw TestCluster.Failure(description: "the test lacks the trait .database")
      }
      return current
    }
  }
}

/// Gives each test a database of its own, cloned from a template, and drops it afterwards.
package struct DatabaseTrait: TestTrait, SuiteTrait, TestScoping {
  let template: DatabaseTemplate

  /// Applies to every test of a suite.
  package var isRecursive: Bool { true }

  /// Runs one test with its database.
  package func provideScope(
    for test: Test, testCase: Test.Case?,
    performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    // A suite's trait is offered the suite itself too; only its tests get databases.
    guard testCase != nil else { return try await function() }
    await Self.turns.take()
    defer { Self.turns.give() }
    let cluster = try await TestCluster.shared()
    let source = try await template.name(in: cluster)
    let name = "test_\(Self.next.add(1, ordering: .relaxed).newValue)"
    let admin = Connection(cluster.configuration())
    try await admin.statement(
      "CREATE DATABASE \(unsafeIdentifier: name) TEMPLATE \(unsafeIdentifier: source)")
    let outcome: Result<Void, any Error>
    do {
      try await TestDatabase.$current.withValue(cluster.configuration(database: name)) {
        try await function()
      }
      outcome = .success(())
    } catch {
      outcome = .failure(error)
    }
    try await admin.statement("DROP DATABASE \(unsafeIdentifier: name) WITH (FORCE)")
    await admin.close()
    try outcome.get()
  }

  private static let next = Atomic<Int>(0)
  /// Ten connections a test fit the cluster's 100 with room for those that make databases.
  private static let turns = Turns(atOnce: 8)
}

extension Trait where Self == DatabaseTrait {
  /// A database with the schema of this version, nothing in it.
  package static var database: DatabaseTrait { DatabaseTrait(template: .migrated) }

  /// A database without any schema of ours.
  package static var emptyDatabase: DatabaseTrait { DatabaseTrait(template: .empty) }
}

/// What a test's database is cloned from; made once per process.
struct DatabaseTemplate: Sendable {
  private let made: @Sendable (TestCluster) async throws -> String

  static let empty = DatabaseTemplate { _ in "template0" }
  static let migrated = DatabaseTemplate { _ in try await migratedName.value }

  func name(in cluster: TestCluster) async throws -> String {
    try await made(cluster)
  }

  private static let migratedName = Task {
    let cluster = try await TestCluster.shared()
    let admin = Connection(cluster.configuration())
    try await admin.statement("CREATE DATABASE guantong_template")
    await admin.close()
    let owner = Connection(cluster.configuration(database: "guantong_template"))
    try await Schema.migrate(owner)
    await owner.close()
    return "guantong_template"
  }
}
