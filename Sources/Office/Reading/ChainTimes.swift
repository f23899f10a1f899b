import Exchange
import Ledger
import Postgres

/// When change sets were written, by what their authors state as far as their chains bear it out.
///
/// Nobody wrote a change set before the one that it follows: where its author says so, it counts as
/// written when that one was. What is put in order by these times and by the places in the chains
/// keeps the order of every author, whatever the clocks said, and is the same on every replica.
enum ChainTimes {
  /// Rows of `id`, `author`, `sequence` and `written_at`, one for each change set of a dossier.
  static func rows(of dossier: DossierID) -> SQL {
    """
    (SELECT id, author, sequence,
      max(authored_at) OVER (PARTITION BY author ORDER BY sequence) AS written_at
      FROM ledger.change_set WHERE dossier = \(dossier))
    """
  }

  /// The same of the change sets of a graph.
  static func all(of graph: DossierGraph) -> [ChangeSetID: Timestamp] {
    var times: [ChangeSetID: Timestamp] = [:]
    for chain in Dictionary(grouping: graph.changeSets, by: \.header.author).values {
      var latest: [UInt64: Timestamp] = [:]
      for changeSet in chain {
        let (sequence, stated) = (changeSet.header.sequence, changeSet.header.authoredAt)
        latest[sequence] = max(latest[sequence] ?? stated, stated)
      }
      var writtenAt: Timestamp?
      for sequence in latest.keys.sorted() {
        writtenAt = [writtenAt, latest[sequence]].compactMap(\.self).max()
        latest[sequence] = writtenAt
      }
      for changeSet in chain { times[changeSet.id] = latest[changeSet.header.sequence] }
    }
    return times
  }
}
