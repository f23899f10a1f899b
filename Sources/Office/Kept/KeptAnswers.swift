import Ledger
import Replica
import Synchronization

/// Answers that are kept whole for as long as nothing is written: what is found by folding dossiers
/// as of many days.
final class KeptAnswers<Key: Equatable & Sendable, Answer: Sendable>: Sendable {
  private struct Kept: Sendable {
    let key: Key
    let position: DatabasePosition
    let answer: Answer
  }

  /// The one that was found last stands last.
  private let answers = Mutex<[Kept]>([])

  /// The answer to a question: as it is kept at this position of the database, else found now.
  func answer(
    to key: Key, in transaction: borrowing OfficeTransaction, _ find: () throws -> Answer
  ) throws -> Answer {
    guard let position = try transaction.position() else { return try find() }
    let known = answers.withLock { answers in
      answers.first { $0.key == key && $0.position == position }
    }
    if let known { return known.answer }
    let answer = try find()
    answers.withLock { answers in
      answers.removeAll { $0.key == key || $0.position != position }
      answers.append(Kept(key: key, position: position, answer: answer))
      if answers.count > Limits.keptAnswersMax { answers.removeFirst() }
    }
    return answer
  }
}

/// Who asks on which day what of which report is otherwise.
struct DifferencesKey: Equatable, Sendable {
  let agency: AgencyCode
  let today: CivilDate
  let request: API.ReportDifferencesRequest
}
