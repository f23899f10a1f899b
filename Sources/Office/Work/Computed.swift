import Replica

/// What takes long and was computed beside the writer, for a step that asked for it.
struct Computed: Sendable {
  /// A statement; nil before one was asked for.
  var statement: ComputedStatement?
  /// What was counted for a report; nil before it was asked for.
  var report: ComputedReport?
  /// Whether the step itself computes what changed since, while everybody else waits to write.
  var isLast = false
}

extension Office {
  /// Does a step that writes, and again with the statement or the report that it asks for.
  ///
  /// Each time what changed in between is computed anew, which is less and less; where something
  /// always does, the step computes the last of it itself, so that a node at which everybody works
  /// refuses nobody.
  func computing<Answer: Sendable>(
    _ step: (Computed) async throws -> Answer
  ) async throws -> Answer {
    var computed = Computed()
    var rounds = 0
    while true {
      let earlier = computed
      do {
        return try await step(earlier)
      } catch let wanted as UncomputedStatement {
        computed.statement = try await store.count { transaction in
          try ComputedStatement(wanted.ledgers, after: earlier.statement, in: transaction)
        }
      } catch let wanted as UncomputedReport {
        computed.report = try await store.count { transaction in
          try ComputedReport(wanted.question, after: earlier.report, in: transaction)
        }
      }
      rounds += 1
      computed.isLast = rounds >= Limits.statementRoundsMax
    }
  }
}
