import Casework
import Ledger
import Postgres
import Replica

/// What supervision has left on open items: the highest level, and the long-term list.
///
/// Read from the acts as ``Casework/ItemCard`` folds them: every lawful urge counts, and of the
/// issuer's own acts the last one says whether the item is on the list.
struct ItemMarks {
  /// What one item carries.
  struct Mark {
    var level: SupervisionLevel?
    var isLongTerm = false
  }

  private struct Key: Hashable {
    let dossier: DossierID
    let issuer: AgencyCode
    let item: RecordID
  }

  private var marks: [Key: Mark] = [:]

  init(of dossiers: [DossierID], in transaction: borrowing OfficeTransaction) throws {
    let verbs: [Verb] = [.urge, .prolong, .reopen, .reassign]
    let rows = try transaction.sql.rows(
      """
      SELECT a.dossier, i.author, i.id, a.author, a.verb, coalesce(a.kind, '')
      FROM casework.act a
      JOIN casework.item i ON i.dossier = a.dossier AND i.id = a.target
      JOIN ledger.change_set s ON s.id = a.change
      WHERE a.dossier = ANY(\(dossiers)) AND a.verb = ANY(\(verbs.map(\.rawValue)))
      ORDER BY s.author, s.sequence, a.change, a.part, a.record
      """)
    for row in rows {
      let key = Key(
        dossier: try row.value(0), issuer: try row.value(1), item: try row.value(2))
      let isIssuer = try row.value(3, as: AgencyCode.self) == key.issuer
      switch Verb(rawValue: try row.value(4)) {
      case .urge:
        let level = SupervisionLevel(rawValue: try row.value(5))
        let reached = [marks[key]?.level, level].compactMap(\.self)
        marks[key, default: Mark()].level = reached.max { $0.number < $1.number }
      case .prolong: if isIssuer { marks[key, default: Mark()].isLongTerm = true }
      default: if isIssuer { marks[key, default: Mark()].isLongTerm = false }
      }
    }
  }

  subscript(dossier: DossierID, issuer: AgencyCode, item: RecordID) -> Mark {
    marks[Key(dossier: dossier, issuer: issuer, item: item)] ?? Mark()
  }
}
