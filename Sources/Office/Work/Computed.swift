import Replica

/// What takes long and was computed beside the writer, for a step that asked for it.
struct Computed: Sendable {
  /// A statement; nil before one was asked for.
  var statement: ComputedStatement?
  /// What was counted for a report; nil before it was asked for.
  var report: ComputedReport?
}

extension Office {
  /// Does a step that writes, and again with the statement or the report that it asks for.
  ///
  /// Each time what changed in between is computed anew, which is less and less.
  func computing<Answer: Sendable>(
    _ step: (Computed) async throws -> Answer
  ) async throws -> Answer {
    var computed = Computed()
    var rounds = 0
    func begin(_ detail: String) throws {
      guard rounds < Limits.statementRoundsMax else {
        throw OfficeError(.conflict, ["detail": detail])
      }
      rounds += 1
    }
    while true {
      let earlier = computed
      do {
        return try await step(earlier)
      } catch let wanted as UncomputedStatement {
        try begin("conflict.statementMoving")
        computed.statement = try await store.count { transaction in
          try ComputedStatement(wanted.ledgers, after: earlier.statement, in: transaction)
        }
      } catch let wanted as UncomputedReport {
        try begin("conflict.reportMoving")
        computed.report = try await store.count { transaction in
          try ComputedReport(wanted.question, after: earlier.report, in: transaction)
        }
      }
    }
  }
}
