import Exchange
import Ledger

/// What the store keeps about a dossier beside the log itself, row by row: what the graph gives,
/// against what is on disk.
///
/// Columns that only this node knows, such as the sender and the time of storing, are none of it.
struct DerivedRows {
  /// One row.
  struct Row: Hashable {
    var table: String
    /// The key, as a plan names it.
    var id: String
    /// Every other derived column, in a fixed order.
    var text: String

    var digest: Hash256 { .sha256(Array(text.utf8)) }
  }

  /// The tables, by what they hold.
  static let (changeSet, dossier, chain, fork) = (
    "ledger.change_set", "ledger.dossier", "ledger.chain", "ledger.fork"
  )

  private(set) var rows: [Row] = []

  /// Nothing yet.
  init() {}

  /// The rows that a graph gives.
  init(_ graph: DossierGraph, needsUpgrade: Bool) {
    guard graph.count > 0 else { return }
    for changeSet in graph.changeSets {
      let header = changeSet.header
      add(
        changeSet: changeSet.id.hex, author: header.author.rawValue,
        sequence: Int64(clamping: header.sequence), authoredAt: header.authoredAt)
    }
    let summary = DossierSummary(graph)
    add(
      dossier: summary.dossier,
      lists: [
        summary.heads.map(\.hex), summary.members.map(\.rawValue),
        summary.former.map(\.rawValue), summary.excluded.map(\.rawValue),
        summary.lacking.map(\.hex),
      ], item: summary.item, count: summary.count, needsUpgrade: needsUpgrade)
    for author in graph.authors {
      guard let head = graph.head(of: author).flatMap({ graph.changeSet($0) }) else { continue }
      add(
        chain: author.rawValue, of: graph.id, sequence: Int64(clamping: head.header.sequence),
        head: head.id.hex, key: head.header.key.hex)
    }
    for fork in graph.forks {
      add(
        fork: "\(fork.author)/\(fork.sequence)/\(fork.first.id.hex)/\(fork.second.id.hex)",
        of: fork.dossier)
    }
  }

  mutating func add(changeSet id: String, author: String, sequence: Int64, authoredAt: Timestamp?) {
    let time = authoredAt.map { String($0.microseconds) } ?? "no time"
    rows.append(Row(table: Self.changeSet, id: id, text: "\(author)\t\(sequence)\t\(time)"))
  }

  mutating func add(
    dossier id: DossierID, lists: [[String]?], item: Hash256?, count: Int, needsUpgrade: Bool
  ) {
    let texts = lists.map { $0.map { $0.joined(separator: ",") } ?? "no plain list" }
    let rest = [item?.hex ?? "no hash", String(count), String(needsUpgrade)]
    rows.append(
      Row(table: Self.dossier, id: id.hex, text: (texts + rest).joined(separator: "\t")))
  }

  mutating func add(
    chain author: String, of dossier: DossierID, sequence: Int64, head: String, key: String
  ) {
    rows.append(
      Row(table: Self.chain, id: "\(dossier)/\(author)", text: "\(sequence)\t\(head)\t\(key)"))
  }

  mutating func add(fork place: String, of dossier: DossierID) {
    rows.append(Row(table: Self.fork, id: "\(dossier)/\(place)", text: ""))
  }

  /// Where the rows on disk are not what the graph gives.
  ///
  /// A fork is kept for good: of three change sets at one place every pair that was ever noted
  /// stays, so no fork is extra.
  func differences(onDisk other: DerivedRows, of dossier: DossierID) -> [RowDifference] {
    var rest = Dictionary(other.rows.map { ([$0.table, $0.id], $0) }) { first, _ in first }
    var found: [RowDifference] = []
    for row in rows {
      let kept = rest.removeValue(forKey: [row.table, row.id])
      guard kept != row else { continue }
      found.append(
        RowDifference(
          table: row.table, id: row.id, kind: kept == nil ? .missing : .changed,
          dossier: dossier, seen: kept?.digest, due: row.digest))
    }
    for row in rest.values where row.table != Self.fork {
      found.append(
        RowDifference(
          table: row.table, id: row.id, kind: .extra, dossier: dossier, seen: row.digest))
    }
    return found.sorted { ($0.table, $0.id) < ($1.table, $1.id) }
  }
}
