package import Ledger

/// A number of a peer's outbox whose content could not be taken.
///
/// Every receipt names it, whichever page it came with, until its content is here: the change set
/// is stored with every part that the number carried, but for those that are destroyed since, or
/// it is rejected, and nothing of it is wanted any more. How it came does not matter: fetched, from
/// another member, out of a comparison, by a repair, or with a later number. What is only held does
/// not count, since the proof or the bytes that were wrong may be what it waits for.
package struct UntakenNumber: Sendable, Hashable {
  /// The number.
  package var number: UInt64
  /// The change set it carried; nil where a build noted it that kept the number alone, and that one
  /// is named as long as the outbox is the same.
  package var change: ChangeSetID?
  /// The bit set of the parts it carried.
  package var parts: UInt32

  /// Notes a number.
  package init(number: UInt64, change: ChangeSetID?, parts: UInt32) {
    self.number = number
    self.change = change
    self.parts = parts
  }

  init(_ number: UInt64, carrying received: ReceivedChangeSet) {
    self.init(
      number: number, change: received.id, parts: RunningHash.bits(of: received.parts.keys))
  }
}

/// What of some change sets is here now, as far as a number that carried it need not be named.
package struct Arrivals: Sendable, Equatable {
  /// The parts of each change set that are here or destroyed, as a bit set.
  package private(set) var parts: [ChangeSetID: UInt32] = [:]

  /// Begins with nothing.
  package init() {}

  /// Everything of a dossier: while its log had a hole, what was here already could not be told.
  init(of graph: DossierGraph) {
    for changeSet in graph.changeSets { add(changeSet.id, in: graph) }
  }

  /// Whether there is nothing.
  package var isEmpty: Bool { parts.isEmpty }

  /// Adds a stored change set of a dossier as it is now.
  package mutating func add(_ id: ChangeSetID, in graph: DossierGraph) {
    guard let changeSet = graph.changeSet(id) else { return }
    parts[id] =
      RunningHash.bits(of: changeSet.header.parts.indices)
      & ~RunningHash.bits(of: graph.missingParts(of: changeSet))
  }

  /// Adds a change set that is rejected.
  package mutating func add(rejected id: ChangeSetID) { parts[id] = .max }

  /// Whether everything that a number carried is among it.
  package func cover(_ untaken: UntakenNumber) -> Bool {
    guard let here = untaken.change.flatMap({ parts[$0] }) else { return false }
    return untaken.parts & ~here == 0
  }
}
