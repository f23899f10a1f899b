import Office
import Postgres
import Replica
import Testing

@testable import Node

/// What a failure of the database is called, by the agency's own people and by peers.
@Suite struct DatabaseFailureTests {
  private struct Case: Sendable {
    let error: PostgresError
    let refusal: Refusal
    let peerCode: Problem.Code

    init(_ code: PostgresError.Code, _ state: String?, _ refusal: Refusal, _ peer: Problem.Code) {
      error = PostgresError(code, sqlstate: state, detail: "a value")
      (self.refusal, peerCode) = (refusal, peer)
    }
  }

  private static let cases = [
    Case(.refused, "53100", .noRoom, .unavailable),
    Case(.refused, "53200", .noRoom, .unavailable),
    Case(.lost, "53100", .noRoom, .unavailable),
    Case(.unreachable, nil, .databaseAway, .unavailable),
    Case(.lost, "57P01", .databaseAway, .unavailable),
    Case(.outcomeUnknown, nil, .databaseAway, .unavailable),
    Case(.refused, "53300", .databaseAway, .unavailable),
    Case(.busy, nil, .unavailable, .unavailable),
    Case(.timeout, "55P03", .unavailable, .unavailable),
    Case(.contended, "40P01", .unavailable, .unavailable),
    Case(.cancelled, "57014", .unavailable, .unavailable),
    Case(.refused, "42501", .internalFault, .internal),
    Case(.refused, "23505", .internalFault, .internal),
    Case(.decoding, nil, .internalFault, .internal),
    Case(.misuse, nil, .internalFault, .internal),
  ]

  @Test func `only a database that is away is called away`() {
    for one in Self.cases {
      let problem = Problem.office(one.error, in: .en)
      #expect(problem.refusal == one.refusal.rawValue, "\(one.error)")
      #expect(Problem(failure: one.error).code == one.peerCode.rawValue, "\(one.error)")
      #expect(!problem.detail.contains("a value"))
      guard one.refusal == .databaseAway || one.refusal == .unavailable else { continue }
      for language in Language.allCases {
        let detail = Problem.office(one.error, in: language).detail
        #expect(!detail.contains("database.") && !detail.contains("(?)"), "\(detail)")
        #expect(detail.allSatisfy(\.isASCII) == (language == .en), "\(detail)")
      }
    }
  }

  @Test func `a full disk is called that, with what to do, in both languages`() {
    let full = PostgresError(.refused, sqlstate: "53100")
    let failures: [any Error] = [
      full,
      ReplicaError(.diskFull, object: "marker", reason: "the disk is full", words: "replica.full"),
    ]
    for failure in failures {
      let english = Problem.office(failure, in: .en)
      #expect(english.detail == "the disk is full")
      #expect(english.next.contains("make room"))
      #expect(Problem.office(failure, in: .zh).detail == "磁盘已满")
      #expect(english.status == 503)
      #expect(Problem(failure: failure).code == "unavailable")
    }
    let memory = Problem.office(PostgresError(.refused, sqlstate: "53200"), in: .en)
    #expect(memory.detail.contains("memory"))
    #expect(Refusal.noRoom.outcome == .unreachable)
  }
}
