package import Ledger
import Synchronization

/// Where the walks through long queues go on, by reader; whoever forgets it begins at the front.
package final class QueuePlaces: Sendable {
  private let places = Mutex<[AgencyCode: ChangeSetID]>([:])

  /// Begins every walk at the front.
  package init() {}

  /// The line behind which the walk for a reader goes on; nil at the front.
  package subscript(reader: AgencyCode) -> ChangeSetID? {
    get { places.withLock { $0[reader] } }
    set { places.withLock { $0[reader] = newValue } }
  }
}

extension Store {
  /// Serves one page, and looks behind lines that cannot be given now until there is something to
  /// give or everything has been looked at.
  ///
  /// Each serving is a transaction of its own, so that others write in between.
  ///
  /// - Parameters:
  ///   - work: the page.
  ///   - place: where the walk through the queue begins; moved to where the next one goes on.
  ///   - servingsMax: how many servings it may take.
  /// - Returns: the page; an empty one when nothing can be given, or not within so many servings.
  /// - Throws: the failure of the store.
  package func serve(
    _ work: ServeDeliveries, from place: inout ChangeSetID?,
    servingsMax: Int = Limits.servingsPerQuestionMax
  ) async throws -> ServedPage {
    var serving = work
    // A walk that begins in the middle comes to the end and then begins at the front.
    var isRound = place == nil
    var left = servingsMax
    while true {
      serving.place = place
      let page = try await write(serving)
      place = page.place
      left -= 1
      let isEmpty = page.count == 0 && !page.isOtherOutbox && !page.isDoubted
      guard isEmpty, left > 0, !(page.isThrough && isRound) else { return page }
      isRound = isRound || page.isThrough
    }
  }
}
