import Exchange
import Ledger
import Logging
import Synchronization

extension Synchronizer {
  /// Asks for what is missing, whoever may have it, whenever something is found missing.
  ///
  /// Every peer is asked by a task of its own, one question at a time: a peer that stalls delays
  /// nobody's change sets but its own.
  func seek() async {
    await withDiscardingTaskGroup { group in
      let open = OpenQuestions()
      while !Task.isCancelled {
        let rings = signals.rings(.wanted)
        do {
          for question in try await desk.store.read(ListWanted(peers: book.dialled))
          where open.begin(question) {
            group.addTask {
              let taken = try? await session(with: question.peer)?.fetch(question.request)
              let isAskedAnew = open.end(question.peer)
              // What came may name further ancestors.
              if isAskedAnew || (taken?.stored ?? 0) > 0 { signals.ring(.wanted) }
            }
          }
        } catch {
          logger.warning("missing change sets cannot be listed", metadata: ["error": "\(error)"])
        }
        await signals.wait(.wanted, past: rings, atMost: Limits.lookAgain)
      }
      group.cancelAll()
    }
  }

  /// Judges again what one transaction had no room to release, and what a newer build can read.
  func retryHeld() async {
    var isAfterStart = true
    while !Task.isCancelled {
      do {
        let taken = try await desk.store.write(
          RetryHeld(
            node: desk.signatory.agency, isAfterStart: isAfterStart, now: desk.businessTime()))
        isAfterStart = false
        if taken.stored > 0 { desk.settled(Aftermath(taken)) }
      } catch {
        logger.warning("held change sets cannot be judged", metadata: ["error": "\(error)"])
      }
      try? await Task.sleep(for: Limits.lookAgain)
    }
  }
}

/// The questions that are on their way, at most one to each peer.
private final class OpenQuestions: Sendable {
  private struct Question {
    var request: FetchRequest
    var isOutdated = false
  }

  private let questions = Mutex<[AgencyCode: Question]>([:])

  /// Whether a question may be asked: not while another one is open at that peer; if that one asks
  /// for something else, the end of it says so.
  func begin(_ question: ListWanted.Question) -> Bool {
    questions.withLock { questions in
      guard let former = questions[question.peer] else {
        questions[question.peer] = Question(request: question.request)
        return true
      }
      if former.request != question.request { questions[question.peer]?.isOutdated = true }
      return false
    }
  }

  /// Takes note of an answer, or of its absence.
  /// - Returns: whether there is a newer question to the peer.
  func end(_ peer: AgencyCode) -> Bool {
    questions.withLock { $0.removeValue(forKey: peer)?.isOutdated ?? false }
  }
}
