import Ledger
import TestSupport
import Testing

@testable import Casework

/// A replica that the change sets of a dossier reach in a random lawful order, folded as they come.
struct RandomArrival {
  private(set) var graph: DossierGraph
  private var fold: CaseworkFold
  private let directory: Directory

  init(of source: DossierGraph, directory: Directory) {
    graph = DossierGraph(source.id)
    fold = CaseworkFold(source.id)
    self.directory = directory
  }

  /// What the replica holds, folded.
  var folded: FoldedDossier { fold.folded(graph) }

  /// Brings change sets until `left` of them are left, and folds at random places and at the end;
  /// at those at which the replica knows the dossier, `look` looks at it.
  mutating func take(
    _ changeSets: [StoredChangeSet], butFor left: Int = 0, using random: inout SeededGenerator,
    looking look: (RandomArrival) throws -> Void = { _ in }
  ) throws {
    var waiting = changeSets
    while waiting.count > left {
      let ready = waiting.indices.filter { graph.missing(of: waiting[$0].header).isEmpty }
      let next = waiting.remove(at: try #require(ready.randomElement(using: &random)))
      graph.insert(next, directory: directory)
      guard random.chance(30) else { continue }
      fold.extend(graph, roster: directory)
      if graph.home != nil { try look(self) }
    }
    fold.extend(graph, roster: directory)
  }
}
