import Exchange
import Ledger

/// The graph that the rows of one dossier make, and whether every row found its place in it.
struct LoadedLog {
  private(set) var graph: DossierGraph
  /// Whether each row proves itself and has all its ancestors.
  let isWhole: Bool
  /// The bytes of headers and parts.
  private(set) var byteCount = 0

  /// Rows come in the order of storing, which has ancestors first except where a hole was filled
  /// later; so they are brought into an order of ancestry again.
  init(rows: [LoggedChangeSet], of dossier: DossierID, directory: Directory?) throws {
    graph = DossierGraph(dossier)
    var changeSets: [ChangeSetID: StoredChangeSet] = [:]
    var ids: [ChangeSetID] = []
    for row in rows {
      guard let proof = row.proof.flatMap({ SealProof(decoding: $0) }),
        let changeSet = StoredChangeSet(headerBytes: row.header, proof: proof, parts: row.parts),
        changeSet.id == row.id
      else { continue }
      changeSets[row.id] = changeSet
      ids.append(row.id)
      byteCount += row.header.count + row.parts.values.reduce(0) { $0 + $1.content.count }
    }
    let ordered = Self.ancestorsFirst(ids, changeSets)
    graph.insert(contentsOf: ordered, directory: directory)
    isWhole = graph.count == rows.count
  }

  /// Depth first, without recursion: chains may be ten thousand long.
  private static func ancestorsFirst(
    _ ids: [ChangeSetID], _ changeSets: [ChangeSetID: StoredChangeSet]
  ) -> [StoredChangeSet] {
    var result: [StoredChangeSet] = []
    result.reserveCapacity(ids.count)
    var done = Set<ChangeSetID>()
    var open: [(id: ChangeSetID, isReady: Bool)] = []
    for id in ids {
      open.append((id, false))
      while let (id, isReady) = open.popLast() {
        guard !done.contains(id), let changeSet = changeSets[id] else { continue }
        if isReady {
          done.insert(id)
          result.append(changeSet)
          continue
        }
        open.append((id, true))
        for link in changeSet.header.links where !done.contains(link) {
          open.append((link, false))
        }
      }
    }
    return result
  }
}
