import Casework
import Exchange
import Ledger

/// What the fold gives against what a table holds.
struct RowComparison {
  /// Rows to write: missing or changed ones, as the fold gives them.
  private(set) var written: [String: [ProjectedRow]] = [:]
  /// Rows to remove: extra ones.
  private(set) var removed: [String: [RowKey]] = [:]
  /// Every row that differs.
  private var found: [Found] = []

  private struct Found {
    let key: RowKey
    let seen: ProjectedRow?
    let due: ProjectedRow?

    func difference(of dossier: DossierID?) -> RowDifference {
      RowDifference(
        table: key.table, id: key.text,
        kind: seen == nil ? .missing : due == nil ? .extra : .changed, dossier: dossier,
        seen: seen.map(Self.digest), due: due.map(Self.digest))
    }

    private static func digest(_ row: ProjectedRow) -> Hash256 {
      .sha256(Array(CopyText.line(row).utf8))
    }
  }

  /// Compares rows.
  init(folded: [ProjectedRow], onDisk: [ProjectedRow]) {
    var rest: [RowKey: ProjectedRow] = [:]
    for row in onDisk { rest[RowKey(row)] = row }
    for (key, row) in RowKey.unique(folded) {
      let other = rest.removeValue(forKey: key)
      if other != row { note(Found(key: key, seen: other, due: row)) }
    }
    for (key, row) in rest { note(Found(key: key, seen: row, due: nil)) }
  }

  /// The rows that differ, by table and key.
  func differences(of dossier: DossierID) -> [RowDifference] {
    found.map { $0.difference(of: dossier) }.sorted { ($0.table, $0.id) < ($1.table, $1.id) }
  }

  /// The same for only those of the rows that a plan names as they are.
  func limited(to planned: Set<RowDifference>) -> RowComparison {
    let dossier = planned.first?.dossier
    var result = RowComparison(folded: [], onDisk: [])
    for one in found where planned.contains(one.difference(of: dossier)) { result.note(one) }
    return result
  }

  private mutating func note(_ one: Found) {
    found.append(one)
    if let due = one.due {
      written[due.table, default: []].append(due)
    } else {
      removed[one.key.table, default: []].append(one.key)
    }
  }
}
