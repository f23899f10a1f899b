package import Exchange
import Ledger

/// A fold for stores in memory that shows everything the protocol decides: order, standing,
/// members and records; sealed parts go to a table of their own, outside the digest.
package enum SampleFold {
  /// The fold, to be given to `MemoryStore`.
  package static let fold: MemoryStore.Fold = { graph, _ in
    var rows: [MemoryRow] = []
    let table = graph.isDirectory ? "directory.entry" : "casework.change"
    for changeSet in graph.changeSets {
      let id = changeSet.id.hex
      let standing = graph.standing(of: changeSet.id).map { "\($0)" } ?? ""
      let author = "\(changeSet.header.author) \(changeSet.header.sequence)"
      let isFolded = graph.standing(of: changeSet.id)?.isFolded ?? true
      let open = isFolded ? changeSet.part(0)?.records.map { text($0.body) } ?? [] : []
      rows.append(
        MemoryRow(
          table: table, id: id, cells: "\(author)\t\(standing)\t\(open.joined(separator: "|"))"))
      for index in changeSet.parts.keys.sorted() where index > 0 && isFolded {
        let records = changeSet.part(index)?.records.map { text($0.body) } ?? ["void"]
        rows.append(
          MemoryRow(
            table: "casework.sealed_change", id: "\(id)/\(index)",
            cells: records.joined(separator: "|")))
      }
    }
    for agency in graph.members.sorted() {
      rows.append(
        MemoryRow(table: "casework.member", id: "\(graph.id)/\(agency)", cells: "member"))
    }
    for agency in graph.excluded.sorted() {
      rows.append(
        MemoryRow(table: "casework.member", id: "\(graph.id)/\(agency)/x", cells: "excluded"))
    }
    let lines = rows.filter { !$0.table.contains("sealed_") }
      .map { "\($0.table)\t\($0.id)\t\($0.cells)\n" }.sorted()
    let digest = Hash256.sha256(Array(lines.joined().utf8))
    let made = rows
    return MemoryProjection(rows: made, digest: digest)
  }

  private static func text(_ bytes: [UInt8]) -> String { Hex.encode(bytes) }
}
