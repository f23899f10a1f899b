import Casework
import Ledger
import Postgres
import Replica

/// The dossiers that an agency may see, bundle by bundle, in the order of their ids.
///
/// One snapshot and a page of ids at a time: what is kept beside the bundle at hand are the ids of
/// clues tied by merges, a hundred bytes for each of them. Only a merge that may count ties: into a
/// clue of which its author accepted a letter.
struct FigureBundles {
  private let sight: Sight
  private let only: DossierID?
  private var ties = ClueTies()
  /// The covers that merges name and that are held here, in whichever bundle.
  private(set) var held: Set<RecordID> = []

  /// Looks up which clues are tied; `only` restricts it to the bundle of one dossier.
  init(
    of agency: AgencyCode, only: DossierID? = nil, in transaction: borrowing OfficeTransaction
  ) throws {
    sight = try Sight(of: agency, in: transaction)
    self.only = only
    let rows = try transaction.sql.rows(
      """
      SELECT DISTINCT a.dossier, o.dossier, o.id,
        o.kind IS NOT DISTINCT FROM \(DossierKind.clue.rawValue) AND EXISTS (
          SELECT FROM casework.referral r
          WHERE r.dossier = o.dossier AND r.addressee = a.author AND r.accepted_on IS NOT NULL)
      FROM casework.act a
      JOIN casework.dossier o ON o.id = a.points[1]::uuid
      WHERE a.verb = \(Verb.merge.rawValue) AND o.dossier <> a.dossier
        AND \(sight.sees("a.dossier")) AND \(sight.sees("o.dossier"))
      """)
    for row in rows {
      held.insert(try row.value(2))
      if try row.value(3, as: Bool.self) { ties.join(try row.value(0), try row.value(1)) }
    }
  }

  /// How many of some dossiers are tied to more others than a bundle holds.
  func crowded(among dossiers: [FoldedDossier]) -> Int {
    dossiers.count { ties.isCrowded($0.id) }
  }

  /// Gives every bundle to a body until it answers that it wants no more.
  func forEach(
    in transaction: borrowing OfficeTransaction, _ body: ([FoldedDossier]) throws -> Bool
  ) throws {
    if let only {
      _ = try body(try ties.bundle(of: only).compactMap { try transaction.folded($0) })
      return
    }
    var last: DossierID?
    while true {
      let page = try transaction.sql.rows(
        """
        SELECT d.dossier FROM casework.dossier d
        WHERE (\(last)::bytea IS NULL OR d.dossier > \(last)) AND d.kind IS NOT NULL
          AND \(sight.sees("d.dossier"))
        ORDER BY d.dossier LIMIT \(Limits.figureDossiersPerRead)
        """
      ).map { try $0.value(0, as: DossierID.self) }
      for dossier in page {
        let bundle = ties.bundle(of: dossier)
        // A bundle comes with the first of its dossiers.
        guard bundle.first == dossier else { continue }
        let folded = try bundle.compactMap { try transaction.folded($0) }
        guard try body(folded) else { return }
      }
      guard page.count == Limits.figureDossiersPerRead, let end = page.last else { return }
      last = end
    }
  }
}
