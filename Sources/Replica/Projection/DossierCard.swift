import Casework
package import Ledger

/// What a step asks about a dossier whose rows were written last by this process, so that it need
/// not read them: the fold that judged the records made both.
package struct DossierCard: Sendable {
  /// Something of a change set that has no effect.
  package struct Void: Sendable {
    /// The code of the reason.
    package let reason: String
    /// What exactly, as codes.
    package let detail: String
    /// The part, -1 for the whole change set.
    package let part: Int
    /// The record, -1 for the whole part.
    package let record: Int
    fileprivate let change: [UInt8]
    fileprivate let isSealed: Bool
  }

  /// The state of the clue; nil in a dossier of another kind.
  package let clueState: String?
  /// Whether the chain of an author forks in it.
  package let isForked: Bool
  /// Whether it holds records of a later build.
  package let needsUpgrade: Bool
  private let voids: [Void]

  /// How many things without effect it tells of.
  var voidCount: Int { voids.count }

  /// Notes what a fold says.
  /// - Parameters:
  ///   - log: the fold.
  ///   - graph: the graph that was folded.
  ///   - rows: the rows that were written, those of every new change set among them.
  init(_ log: FoldedLog, of graph: DossierGraph, writing rows: [ProjectedRow]) {
    clueState = log.clue?.state.code
    isForked = !log.isDirectory && graph.home != nil && !graph.forks.isEmpty
    needsUpgrade = log.needsUpgrade
    voids = rows.compactMap { Void($0) }.sorted {
      ($0.isSealed ? 1 : 0, $0.part, $0.record) < ($1.isSealed ? 1 : 0, $1.part, $1.record)
    }
  }

  /// What has no effect of a change set that was written last: of several the first, of an open
  /// part before one of a sealed part.
  ///
  /// - Returns: nil when all of it has an effect.
  package func void(in change: ChangeSetID) -> Void? {
    voids.first { $0.change == change.bytes }
  }
}

extension DossierCard.Void {
  /// Reads a row of one of the two tables; nil for one of another.
  fileprivate init?(_ row: ProjectedRow) {
    guard let places = Self.places[row.table], case .bytes(let change) = row.cells[places[0]],
      case .int(let part) = row.cells[places[1]], case .int(let record) = row.cells[places[2]],
      case .text(let reason) = row.cells[places[3]]
    else { return nil }
    self.change = change
    (self.part, self.record, self.reason) = (Int(part), Int(record), reason)
    if case .text(let detail) = row.cells[places[4]] { self.detail = detail } else { detail = "" }
    isSealed = Tables.table(row.table)?.isSealed ?? false
  }

  /// Where the columns stand, by table.
  private static let places: [String: [Int]] = {
    let names = ["change", "part", "record", "reason", "detail"]
    return Dictionary(
      uniqueKeysWithValues: ["casework.void", "casework.sealed_void"].map { name in
        let columns = Tables.table(name)?.columns.map(\.name) ?? []
        return (name, names.compactMap { columns.firstIndex(of: $0) })
      })
  }()
}
