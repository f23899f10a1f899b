package import Exchange
package import Ledger
package import Office

/// What one peer gave of what was asked of it for held change sets.
package struct Sought: Sendable, Equatable {
  /// Ids asked for.
  package var asked: Int
  /// Change sets stored by its answer, those released included.
  package var stored = 0
  /// Change sets of its answer that wait themselves.
  package var held = 0
  /// Why it was not reached; nil when it answered.
  package var fault: PeerFault?
}

/// What came of looking once more at held change sets.
package struct HeldAgain: Sendable, Equatable {
  /// Held change sets looked at.
  package var judged = 0
  /// Those of them that are rejected now.
  package var rejected = 0
  /// Those of them that wait as before.
  package var waiting = 0
  /// The peers asked, with what they gave.
  package var peers: [AgencyCode: Sought] = [:]
  /// Whether there are more than are looked at in one go.
  package var isCut = false
}

extension Synchronizer {
  /// Judges held change sets again, and asks everybody who may have it for what they still wait
  /// for, now; for an operator.
  ///
  /// Done twice it comes to the same. What came may name further ancestors: those are asked for by
  /// the loop that does so always.
  ///
  /// - Parameter choice: which of them.
  /// - Returns: what came of it.
  /// - Throws: the failure of our own database.
  package func retryHeldNow(_ choice: HeldChoice) async throws -> HeldAgain {
    let notices = try await desk.store.read(ListHeld(choice))
    guard !notices.isEmpty else { return HeldAgain() }
    let ids = Set(RetryHeld.atOnce(notices))
    let chosen = notices.filter { ids.contains($0.id) }
    let taken = try await desk.store.write(
      RetryHeld(node: desk.signatory.agency, chosen: chosen, now: desk.businessTime()))
    if taken.stored > 0 { desk.settled(Aftermath(taken)) }
    var again = HeldAgain(judged: ids.count)
    again.isCut =
      notices.count >= Exchange.Limits.fetchIDsMax || chosen.count < notices.count
    let rest: HeldChoice = if case .one = choice { choice } else { .these(ids) }
    again.peers = try await ask(for: try await desk.store.read(ListHeld(rest)))
    let waiting = Set(try await desk.store.read(ListHeld(rest)).map(\.id))
    again.waiting = waiting.count
    again.rejected = try await desk.store.read(CountRejected(ids.subtracting(waiting)))
    if !waiting.isEmpty { signals.ring(.wanted) }
    return again
  }

  private func ask(for notices: [HeldNotice]) async throws -> [AgencyCode: Sought] {
    guard !notices.isEmpty else { return [:] }
    await readDirectory()
    let questions = try await desk.store.read(ListWanted(peers: book.dialled, for: notices))
    return try await withThrowingTaskGroup(of: (AgencyCode, Sought).self) { group in
      for question in questions {
        group.addTask { (question.peer, try await answer(to: question)) }
      }
      var found: [AgencyCode: Sought] = [:]
      for try await (peer, sought) in group { found[peer] = sought }
      return found
    }
  }

  private func answer(to question: ListWanted.Question) async throws -> Sought {
    var sought = Sought(asked: question.request.ids.count)
    guard let session = await session(with: question.peer) else {
      sought.fault = PeerFault("noAddress")
      return sought
    }
    do {
      let taken = try await session.fetch(question.request)
      sought.stored = taken?.stored ?? 0
      sought.held = taken?.held ?? 0
    } catch let error as NodeError {
      sought.fault = error.fault
    }
    return sought
  }
}
