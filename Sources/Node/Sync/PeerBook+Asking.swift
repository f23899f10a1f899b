import Ledger

extension PeerBook {
  /// The peers that can be dialled, ascending by code.
  var dialled: [AgencyCode] { peers.filter { $0.endpoint != nil }.map(\.agency) }

  /// Asks every peer that can be dialled, each by a task of its own: one that answers slowly, or
  /// never, delays no other.
  ///
  /// - Parameter question: asks one peer, and says whether it answered.
  /// - Returns: the peers that answered.
  /// - Throws: the first failure of our own, after every peer was asked, so that what the others
  ///   gave stays.
  func answering(
    _ question: @escaping @Sendable (AgencyCode) async throws -> Bool
  ) async throws -> Set<AgencyCode> {
    let outcomes = await withTaskGroup(of: Outcome.self, returning: [Outcome].self) { group in
      for peer in dialled {
        group.addTask {
          do {
            return (peer, .success(try await question(peer)))
          } catch {
            return (peer, .failure(error))
          }
        }
      }
      var outcomes: [Outcome] = []
      for await outcome in group { outcomes.append(outcome) }
      return outcomes
    }
    return Set(try outcomes.filter { try $0.isAnswer.get() }.map { $0.peer })
  }

  private typealias Outcome = (peer: AgencyCode, isAnswer: Swift.Result<Bool, any Error>)
}
